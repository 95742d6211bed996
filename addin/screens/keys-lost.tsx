/** A request for keys that met no answer: what it made all the same, and putting it right. */
import { checkLostKeys, dismissLostKeys, reissueLostKeys } from '../flows/keys.ts'
import type { LostKeys } from '../state.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { formatTime } from '../ui/time.ts'
import type { ScreenProps } from './screen-props.ts'

export function LostKeysCard({ state, flow, t, lost: { found } }: ScreenProps & { lost: LostKeys }) {
  const busy = state.busy !== undefined
  const count = found?.length ?? 0
  return (
    <div class="card issue warning">
      <h3>{t('keys.lost')}</h3>
      {found ? (
        <>
          <p>{t('keys.lostFound', { count })}</p>
          <ul>
            {found.map(({ id, holder, post, createdAt }) => (
              <li key={id}>
                {holder} · {post} · {t('keys.id', { id })} · {formatTime(createdAt)}
              </li>
            ))}
          </ul>
          <ConfirmButton
            label={t('keys.lostReissue')}
            about={t('keys.lostReissueAbout', { count })}
            confirm={t('keys.lostReissueConfirm')}
            cancel={t('cancel')}
            disabled={busy}
            onConfirm={() => void reissueLostKeys(flow)}
          />
          <div class="actions">
            <Button small disabled={busy} onClick={() => dismissLostKeys(flow)}>
              {t('keys.lostDismiss')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>{t('keys.lostUnknown')}</p>
          <div class="actions">
            <Button primary disabled={busy} onClick={() => void checkLostKeys(flow)}>
              {t('keys.lostCheck')}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
