/** Which periods each text of a row covers, as a person corrects the proposal. */
import { isBlank, isDash } from '../../domain/fold.ts'
import { coveredColumns, type Row } from '../../domain/table.ts'

/** A text and the first and last period that it covers, as positions in the milestone columns. */
export type Range = { text: string; from: number; to: number }

/** The milestones of a row, and only these, as the wire takes them. */
export type Respanned = { cells: Record<string, string>; spans: Record<string, number> }

const NO_WORK = '——'

/** The texts of a row with the periods that they cover now; cells without work are left out. */
export function rangesOf(row: Row, columns: readonly string[]): Range[] {
  return columns.flatMap((column, from) => {
    const text = row.cells[column]
    if (text === undefined || isFiller(text)) return []
    return [{ text, from, to: from + coveredColumns(row, column, columns).length - 1 }]
  })
}

/** Whether every range runs forwards and no two share a period. */
export function rangesFit(ranges: readonly Range[]): boolean {
  const ordered = [...ranges].sort((one, other) => one.from - other.from)
  return ordered.every(({ from, to }, i) => from <= to && (i === 0 || from > (ordered[i - 1]?.to ?? -1)))
}

/**
 * The milestones with the texts moved to these periods. A period that no text covers keeps the cell
 * without work that it had, whole or in part, and otherwise says ——. The ranges must fit.
 */
export function respan(row: Row, columns: readonly string[], ranges: readonly Range[]): Respanned {
  const fillers = fillersOf(row, columns)
  const result: Respanned = { cells: {}, spans: {} }
  const put = (from: number, to: number, text: string) => {
    const column = columns[from] as string
    result.cells[column] = text
    if (to > from) result.spans[column] = to - from + 1
  }
  for (let at = 0; at < columns.length; ) {
    const range = ranges.find(({ from }) => from === at)
    let to = range?.to ?? at
    if (!range) {
      const isFree = (period: number) => !ranges.some(({ from }) => from === period)
      const isSame = (period: number) => fillers[period] !== undefined && fillers[period] === fillers[at]
      while (to + 1 < columns.length && isFree(to + 1) && isSame(to + 1)) to++
    }
    put(at, to, range?.text ?? fillers[at]?.text ?? NO_WORK)
    at = to + 1
  }
  return result
}

/** By period: the blank or —— cell that covers it; the same object for every period of one cell. */
function fillersOf(row: Row, columns: readonly string[]): ({ text: string } | undefined)[] {
  const fillers: ({ text: string } | undefined)[] = columns.map(() => undefined)
  for (const [from, column] of columns.entries()) {
    const text = row.cells[column]
    if (text === undefined || !isFiller(text)) continue
    const filler = { text }
    for (let i = 0; i < coveredColumns(row, column, columns).length; i++) fillers[from + i] = filler
  }
  return fillers
}

function isFiller(text: string): boolean {
  return isBlank(text) || isDash(text)
}
