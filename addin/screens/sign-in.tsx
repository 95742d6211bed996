/** The first screen: what must not be entered here, and the access key. */
import { useState } from 'preact/hooks'
import { checkSheet } from '../flows/check.ts'
import { signIn } from '../flows/session.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { Screen } from '../ui/screen.tsx'
import type { ScreenProps } from './screen-props.ts'

export function SignInScreen({ state, flow, t }: ScreenProps) {
  const [key, setKey] = useState('')
  return (
    <Screen title={t('signIn.title')}>
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
          value={key}
          onInput={setKey}
          disabled={state.busy !== undefined}
        />
        <div class="actions">
          <button type="submit" class="button primary" disabled={state.busy !== undefined || key.trim() === ''}>
            {t('signIn.connect')}
          </button>
        </div>
      </form>
      <div class="card">
        <h3>{t('signIn.tryTitle')}</h3>
        <p>{t('signIn.tryText')}</p>
        <div class="actions">
          <Button onClick={() => void checkSheet(flow)} disabled={state.busy !== undefined}>
            {t('check.button')}
          </Button>
        </div>
      </div>
    </Screen>
  )
}
