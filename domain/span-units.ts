/**
 * Spans compared across versions of a row: which columns hang together, and what a row says
 * within them.
 */
import type { SpanTuple } from './merge-result.ts'
import type { Row } from './table.ts'

/**
 * The row with a text or a cover for every column. A column that it leaves out is as `otherwise`
 * has it, its spans too: what is not mentioned was not touched. A span ends before a column that has
 * a text of its own, so contradictory input loses nothing. Without `otherwise`, a missing column is ''.
 */
export function completeRow(columns: string[], row: Row, otherwise?: Row): Row {
  const complete: Row & { spans: Record<string, number> } = { rowId: row.rowId, cells: {}, spans: {} }
  for (let at = 0; at < columns.length; ) {
    const column = columns[at] as string
    const source = column in row.cells ? row : otherwise
    const span = row.spans?.[column] ?? otherwise?.spans?.[column] ?? 1
    const declared = row.spans?.[column] !== undefined
    let end = at + 1
    while (end < columns.length && end < at + span) {
      const next = columns[end] as string
      if (next in row.cells || (!declared && otherwise && next in otherwise.cells)) break
      end++
    }
    complete.cells[column] = source?.cells[column] ?? ''
    if (end - at > 1) complete.spans[column] = end - at
    at = end
  }
  return complete
}

/**
 * Splits the columns into the smallest runs that no span of any version crosses. `differs` where
 * the versions cut a run differently. Rows must be complete.
 */
export function splitByUnits(columns: string[], rows: Row[]): { columns: string[]; differs: boolean }[] {
  const units: { columns: string[]; differs: boolean }[] = []
  for (let from = 0; from < columns.length; ) {
    let to = from + 1
    let differs = false
    for (let at = from; at < to; at++) {
      const column = columns[at] as string
      const spans = rows.map((row) => (column in row.cells ? (row.spans?.[column] ?? 1) : 0))
      to = Math.max(to, ...spans.map((span) => at + span))
      differs ||= spans.some((span) => span !== spans[0])
    }
    units.push({ columns: columns.slice(from, to), differs })
    from = to
  }
  return units
}

/** The part of a complete row within these columns. */
export function cutTuple(columns: string[], row: Row): SpanTuple {
  const tuple: SpanTuple = { cells: {}, spans: {} }
  for (const column of columns) {
    const text = row.cells[column]
    if (text === undefined) continue
    tuple.cells[column] = text
    const span = row.spans?.[column]
    if (span) tuple.spans[column] = span
  }
  return tuple
}

/** Whether two tuples have the same cells, spans and (folded) texts. */
export function tuplesEqual(
  columns: string[],
  a: SpanTuple,
  b: SpanTuple,
  fold: (text: string) => string = (text) => text,
): boolean {
  return columns.every((column) => {
    const [left, right] = [a.cells[column], b.cells[column]]
    if (left === undefined || right === undefined) return left === right
    return (a.spans[column] ?? 1) === (b.spans[column] ?? 1) && fold(left) === fold(right)
  })
}

/** The texts of a tuple in words, for a list of conflicts. */
export function tupleText(columns: string[], tuple: SpanTuple): string {
  return columns.flatMap((column) => tuple.cells[column] ?? []).join(' | ')
}
