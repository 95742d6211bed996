/** 本岗密钥: what the key in use is and until when, and replacing it. */
import { OVERLAP_HOURS, replaceOwnKey } from '../flows/own-key.ts'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { Screen } from '../ui/screen.tsx'
import { KeyNotes } from './key-notes.tsx'
import { homeward, type ScreenProps } from './screen-props.ts'

export function OwnKeyScreen(props: ScreenProps) {
  const { state, flow, t } = props
  const { me, ownKey } = state
  if (!me) return null
  const { id, post, duty, expiresOn } = me.key
  const facts = [
    [t('ownKey.holder'), me.actor.name],
    [t('keys.post'), post],
    ...(duty && me.actor.role === 'unit' ? [[t('keys.duty'), t(`keyDuty.${duty}`)]] : []),
    [t('ownKey.expires'), expiresOn ?? t('keys.unlimited')],
    [t('ownKey.id'), id],
  ]
  return (
    <Screen title={t('ownKey.title')} back={homeward(props)}>
      <KeyNotes {...props} />
      <dl class="facts">
        {facts.map(([label, text]) => (
          <>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </>
        ))}
      </dl>
      {ownKey ? (
        <MessageBar tone="warning" label={t('tone.notice')}>
          {t(`ownKey.${ownKey}`, { hours: OVERLAP_HOURS })}
        </MessageBar>
      ) : null}
      {ownKey === 'replaced' ? null : (
        <ConfirmButton
          label={t('ownKey.replace')}
          about={t('ownKey.replaceAbout', { hours: OVERLAP_HOURS })}
          confirm={t('ownKey.replaceConfirm')}
          cancel={t('cancel')}
          disabled={state.busy !== undefined || state.offline !== undefined}
          onConfirm={() => void replaceOwnKey(flow)}
        />
      )}
    </Screen>
  )
}
