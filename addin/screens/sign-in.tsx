/** The first screen: what this is and for whom, what must not be entered, the access key, and what can be tried without one. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { checkSheet } from '../flows/check.ts'
import { openSample } from '../flows/sample.ts'
import { signIn } from '../flows/session.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { Screen } from '../ui/screen.tsx'
import { LeftBehindNote } from './left-behind.tsx'
import type { ScreenProps } from './screen-props.ts'

export function SignInScreen({ state, flow, t }: ScreenProps) {
  const [key, setKey] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { isKeyAsked } = state
  // After the heading has taken the focus, as on every screen.
  useLayoutEffect(() => {
    if (isKeyAsked) field.current?.focus()
  }, [isKeyAsked])
  const busy = state.busy !== undefined
  return (
    <Screen title={t('signIn.title')}>
      <LeftBehindNote {...{ state, flow, t }} />
      <div>
        <p>{t('start.what')}</p>
        <p class="hint">{t('start.whom')}</p>
      </div>
      <MessageBar tone="warning" label={t('tone.notice')}>
        {t('secrecy')}
      </MessageBar>
      <form
        class="stack narrow"
        onSubmit={(event) => {
          event.preventDefault()
          void signIn(flow, key)
        }}
      >
        <TextField
          label={t('signIn.key')}
          hint={t('signIn.keyHint')}
          secret
          input={field}
          value={key}
          onInput={setKey}
          disabled={busy}
        />
        <div class="actions">
          <button type="submit" class="button primary" disabled={busy || key.trim() === ''}>
            {t('signIn.connect')}
          </button>
        </div>
      </form>
      <div class="card">
        <h3>{t('signIn.tryTitle')}</h3>
        <p>{t(flow.host.drawAlone ? 'signIn.tryFile' : 'signIn.tryText')}</p>
        <div class="actions">
          <Button onClick={() => void checkSheet(flow)} disabled={busy}>
            {t('check.button')}
          </Button>
        </div>
        <p>{t(flow.host.drawAlone ? 'sample.aboutFile' : 'sample.aboutExcel')}</p>
        <div class="actions">
          <Button onClick={() => void openSample(flow)} disabled={busy}>
            {t('sample.button')}
          </Button>
        </div>
      </div>
    </Screen>
  )
}
