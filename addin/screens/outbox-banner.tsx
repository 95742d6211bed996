/** One line on the first screen while something is in 待发箱. */
import { openOutbox } from '../flows/outbox-records.ts'
import { isUnsent } from '../outbox/record.ts'
import { Button } from '../ui/button.tsx'
import { MessageBar } from '../ui/message-bar.tsx'
import type { ScreenProps } from './screen-props.ts'

export function OutboxBanner({ state, flow, t }: ScreenProps) {
  const records = state.outbox?.records ?? []
  if (records.length === 0) return null
  const waiting = records.filter(isUnsent).length
  return (
    <MessageBar
      tone={waiting > 0 ? 'warning' : 'info'}
      label={t(waiting > 0 ? 'tone.notice' : 'tone.info')}
      actions={
        <Button small disabled={state.busy !== undefined} onClick={() => void openOutbox(flow)}>
          {t('outbox.open')}
        </Button>
      }
    >
      {waiting > 0 ? t('outbox.waiting', { count: waiting }) : t('outbox.ended', { count: records.length })}
    </MessageBar>
  )
}
