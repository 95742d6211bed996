/** Keys that were just made: shown once, saved as slips, and left only when the person says so. */
import { useEffect } from 'preact/hooks'
import type { KeyCreated } from '../../domain/protocol.ts'
import { copyText } from '../copy-text.ts'
import { notice } from '../flows/flow.ts'
import { saveSlips } from '../flows/keys.ts'
import { OVERLAP_HOURS } from '../flows/own-key.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmButton } from '../ui/confirm-button.tsx'
import { TextField } from '../ui/field.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { Screen } from '../ui/screen.tsx'
import { useElementId } from '../ui/use-element-id.ts'
import type { ScreenProps } from './screen-props.ts'

export function IssuedKeysScreen(props: ScreenProps) {
  const { state, flow, t } = props
  useEffect(() => {
    // The browser asks before the page is closed with keys on it.
    const onLeave = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', onLeave)
    return () => window.removeEventListener('beforeunload', onLeave)
  }, [])
  const { issuedKeys } = state
  if (!issuedKeys) return null
  const { keys, skipped, own, saved } = issuedKeys
  const busy = state.busy !== undefined
  return (
    <Screen title={t('keys.issued')}>
      <MessageBar tone="success" label={t('tone.success')}>
        {t('keys.issuedCount', { count: keys.length })}
      </MessageBar>
      {own ? <p>{t('keys.ownIssued', { hours: OVERLAP_HOURS })}</p> : null}
      {skipped.length > 0 ? <p>{t('keys.skipped', { units: skipped.join('、') })}</p> : null}
      {own && saved === 0 ? null : <p>{t(saved > 0 ? 'keys.saved' : 'keys.notSaved')}</p>}
      <div class="actions">
        <Button primary={saved === 0 && !own} disabled={busy} onClick={() => void saveSlips(flow)}>
          {t(saved > 0 ? 'keys.saveAgain' : 'keys.save')}
        </Button>
      </div>
      <details open={keys.length === 1}>
        <summary>{t('keys.list')}</summary>
        <div class="stack narrow">
          {keys.map((key) => (
            <IssuedKey key={key.id} {...props} made={key} />
          ))}
        </div>
      </details>
      <ConfirmButton
        label={t('keys.keep')}
        about={t('keys.keepAbout')}
        confirm={t('keys.keepConfirm')}
        cancel={t('cancel')}
        disabled={busy}
        onConfirm={() => flow.dispatch({ type: 'keysKept' })}
      />
    </Screen>
  )
}

function IssuedKey({ state, flow, t, made }: ScreenProps & { made: KeyCreated }) {
  const id = useElementId()
  const holder = made.unit ?? t(`role.${made.role}`)
  const copy = async () => {
    const isCopied = await copyText(made.key)
    notice(flow, {
      tone: isCopied ? 'success' : 'warning',
      text: isCopied ? 'keys.copied' : 'keys.notCopied',
      params: { holder },
    })
  }
  return (
    <div class="stack" id={id}>
      <TextField label={t('keys.key', { holder, post: made.post })} value={made.key} onInput={() => {}} readOnly />
      <div class="actions">
        <Button small describedBy={id} disabled={state.busy !== undefined} onClick={() => void copy()}>
          {t('keys.copy')}
        </Button>
      </div>
    </div>
  )
}
