/** 变更记录, wherever a row is named. */
import { openHistory } from '../flows/history.ts'
import { Button } from '../ui/button.tsx'
import type { ScreenProps } from './screen-props.ts'

/** `describedBy`: id of what names the row, since many such buttons read alike. */
export function HistoryButton(props: ScreenProps & { rowId: string; describedBy?: string }) {
  const { state, flow, t, rowId, describedBy } = props
  // Without a plan there is no record to show.
  if (!state.plan) return null
  return (
    <Button
      small
      {...(describedBy !== undefined && { describedBy })}
      disabled={state.busy !== undefined}
      onClick={() => void openHistory(flow, rowId)}
    >
      {t('history.button')}
    </Button>
  )
}
