/** Under the results of a check that was made without a key: what was not done, and the way to go on. */
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import type { ScreenProps } from './screen-props.ts'

export function ConnectNext({ state, flow, t }: ScreenProps) {
  const { check, me, sampleSheet } = state
  if (me || !check) return null
  const isSample = check.sheet === sampleSheet
  return (
    <MessageBar
      tone="info"
      label={t(isSample ? 'sample.label' : 'connect.label')}
      actions={
        <Button small disabled={state.busy !== undefined} onClick={() => flow.dispatch({ type: 'keyAsked' })}>
          {t('connect.button')}
        </Button>
      }
    >
      {isSample
        ? t(flow.host.drawAlone ? 'sample.noteFile' : 'sample.noteExcel', { sheet: check.sheet })
        : t('connect.about')}
    </MessageBar>
  )
}
