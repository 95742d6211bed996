/** Above every screen while the pane shows what it knew last. */
import { goOnline } from '../flows/session.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import { formatTime } from '../ui/time.ts'
import type { ScreenProps } from './screen-props.ts'

export function OfflineBar({ state, flow, t }: ScreenProps) {
  if (!state.offline) return null
  return (
    <MessageBar
      tone="warning"
      label={t('offline.label')}
      actions={
        <Button small disabled={state.busy !== undefined} onClick={() => void goOnline(flow)}>
          {t('offline.connect')}
        </Button>
      }
    >
      {t('offline.about', { at: formatTime(state.offline.readAt) })}
    </MessageBar>
  )
}
