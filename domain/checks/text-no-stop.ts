/**
 * A text without a full stop where the column's others have one. A few words (前期规划) count only where
 * texts as short end with one too.
 */
import { DASH } from '../fold.ts'
import type { ColumnSpec } from '../sheet-spec.ts'
import { type TableScope, tableRule } from './rule.ts'

const FEWEST = 4
const FEWEST_SHORT = 3
const MOST = 0.7
const SHORT = 8

/** 。 ！ ？ and what may stand behind them; …… is an end of its own. */
const STOPPED = /[。！？….!?][”’」』）)》]*$/
/** Ends in a word, a figure, a quotation or a bracket; what ends in a comma is text/stray-end. */
const STOPLESS = /[\p{L}\p{N}%％‰”’」』）)》℃㎡²³]$/u

type Ending = { index: number; column: string; text: string; isStopped: boolean; isShort: boolean }

export const textNoStop = tableRule({
  level: 'table',
  per: 'table',
  codes: { 'text/no-stop': 'hint' },
  check(scope) {
    const columns = scope.table.spec.columns.filter(({ kind }) => kind === 'text' || kind === 'milestone')
    const byColumn = new Map(columns.map((column) => [column.key, endingsOf(scope, column)]))
    const allMilestones = columns
      .filter(({ kind }) => kind === 'milestone')
      .flatMap(({ key }) => byColumn.get(key) ?? [])
    return columns.flatMap(({ key, kind }) => {
      const own = byColumn.get(key) ?? []
      const others = kind === 'milestone' && own.length <= FEWEST ? allMilestones : own
      const stopped = others.filter(({ isStopped }) => isStopped)
      const short = others.filter(({ isShort }) => isShort)
      const shortStopped = short.filter(({ isStopped }) => isStopped)
      if (!isHabit(stopped.length, others.length, FEWEST)) return []
      return own
        .filter(({ text, isStopped }) => !isStopped && STOPLESS.test(text) && isProse(text))
        .filter(({ isShort }) => !isShort || isHabit(shortStopped.length, short.length, FEWEST_SHORT))
        .map(({ index, column, text }) => ({ code: 'text/no-stop' as const, index, column, to: `${text}。` }))
    })
  },
})

/** Not a figure alone (95%以上, 3-5家), nor a remark in brackets. */
function isProse(text: string): boolean {
  return /\p{Script=Han}{4}/u.test(text) && !(text.length <= SHORT && /\d/.test(text)) && !/^[（(].*[）)]$/.test(text)
}

/** Whether so many of all but one, the one that is judged, are a habit. */
function isHabit(stopped: number, all: number, fewest: number): boolean {
  return stopped >= fewest && stopped >= (all - 1) * MOST
}

/** Of a text its last characters decide: more marks than that do not stand behind a stop. */
const LAST = 8

function isStopped(text: string): boolean {
  return text.endsWith('。') || STOPPED.test(text.slice(-LAST))
}

function endingsOf({ table, foldText }: TableScope, column: ColumnSpec): Ending[] {
  return table.rows.flatMap((row, index) => {
    const text = foldText(row.cells[column.key] ?? '')
    if (text === '' || text === DASH) return []
    return [{ index, column: column.key, text, isStopped: isStopped(text), isShort: text.length <= SHORT }]
  })
}
