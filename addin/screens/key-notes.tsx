/** What a person should know of the access key in use: which tasks it covers, and that it ends soon. */
import { MessageBar } from '../ui/message-bar.tsx'
import { beijingDay } from '../ui/time.ts'
import type { ScreenProps } from './screen-props.ts'

const WARN_DAYS = 14
const DAY_MS = 86_400_000

export function KeyNotes({ state, flow, t }: ScreenProps) {
  const { expiresOn, rows } = state.me?.key ?? {}
  const days = expiresOn === undefined ? undefined : daysUntil(expiresOn, beijingDay(flow.now()))
  return (
    <>
      {days !== undefined && days <= WARN_DAYS ? (
        <MessageBar tone="warning" label={t('tone.notice')}>
          {t(days > 0 ? 'key.expires' : 'key.expiresToday', { date: expiresOn ?? '', days })}
        </MessageBar>
      ) : null}
      {rows ? <p>{t('key.rows', { rows: numbersOf(state, rows) })}</p> : null}
    </>
  )
}

/** Whole days between two days, YYYY-MM-DD. */
function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS)
}

/** 序号 of the rows where the plan is open and numbers them. */
function numbersOf(state: ScreenProps['state'], rowIds: readonly string[]): string {
  const numbers = new Map(state.rows?.rows.map(({ rowId, cells }) => [rowId, cells.number]))
  return rowIds.map((rowId) => numbers.get(rowId) || rowId).join('、')
}
