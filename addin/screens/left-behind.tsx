/** What stays in this browser after signing out, with the way to delete it on a computer that others use too. */
import { deleteKept } from '../flows/session.ts'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { formatTime } from '../ui/time.ts'
import type { ScreenProps } from './screen-props.ts'

export function LeftBehindNote({ state, flow, t }: ScreenProps) {
  const { files = [], unsent = 0 } = state.left ?? {}
  if (files.length + unsent === 0) return null
  return (
    <section class="card">
      <h3>{t('left.title')}</h3>
      {unsent > 0 ? <p>{t('left.unsent', { count: unsent })}</p> : null}
      {files.length > 0 ? (
        <>
          <p>{t('left.files')}</p>
          <ul>
            {files.map(({ name, at }) => (
              <li key={`${at} ${name}`}>{t('left.file', { name, at: formatTime(at) })}</li>
            ))}
          </ul>
          <p class="hint">{t('left.shared')}</p>
          <ConfirmButton
            label={t('left.delete')}
            about={t('left.deleteAbout')}
            confirm={t('left.deleteConfirm')}
            cancel={t('cancel')}
            disabled={state.busy !== undefined}
            onConfirm={() => void deleteKept(flow)}
          />
        </>
      ) : null}
    </section>
  )
}
