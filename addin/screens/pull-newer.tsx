/** Says that the master is newer than a sheet, with the way to bring it in. */
import { openPull } from '../flows/pull-open.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import type { ScreenProps } from './screen-props.ts'

export function NewerBar({ state, flow, t }: ScreenProps) {
  const { sheet = '', updates = 0, conflicts = 0, missing = 0 } = state.newer ?? {}
  const count = updates + conflicts + missing
  if (count === 0) return null
  return (
    <MessageBar
      tone="info"
      label={t('tone.info')}
      actions={
        <Button small disabled={state.busy !== undefined} onClick={() => void openPull(flow, sheet)}>
          {t('pull.see')}
        </Button>
      }
    >
      {t('pull.newer', { sheet, count })}
    </MessageBar>
  )
}
