/**
 * Events and rows: what one changed row looks like as an event, and how events are applied and
 * undone. The store's rows can be rebuilt from events alone, and a base is a head with its later
 * events undone.
 */
import type { CellChange, Row } from './table.ts'

/** Changes that turn `before` into `after`; a row that is not there is undefined. */
export function diffRow(before: Row | undefined, after: Row | undefined): CellChange[] {
  const rowId = (after ?? before)?.rowId
  if (rowId === undefined) return []
  const columns = new Set([...Object.keys(before?.cells ?? {}), ...Object.keys(after?.cells ?? {})])
  const changes: CellChange[] = []
  for (const column of columns) {
    const change = diffCell(rowId, column, before, after)
    if (change) changes.push(change)
  }
  return changes
}

/** The change of one column, or undefined where text and span are the same. */
export function diffCell(
  rowId: string,
  column: string,
  before: Row | undefined,
  after: Row | undefined,
): CellChange | undefined {
  const oldText = before?.cells[column] ?? null
  const newText = after?.cells[column] ?? null
  const oldSpan = oldText === null ? 1 : (before?.spans?.[column] ?? 1)
  const newSpan = newText === null ? 1 : (after?.spans?.[column] ?? 1)
  if (oldText === newText && oldSpan === newSpan) return undefined
  const change: CellChange = { rowId, column, old: oldText, new: newText }
  if (oldSpan !== 1 || newSpan !== 1) change.spans = [oldSpan, newSpan]
  return change
}

/** The row after the changes. The row given is left as it is. */
export function applyChanges(row: Row, changes: readonly Omit<CellChange, 'rowId'>[]): Row {
  return setCells(
    row,
    changes.map(({ column, new: text, spans }) => ({ column, text, span: spans?.[1] ?? 1 })),
  )
}

/** The row as it was before the changes. The row given is left as it is. */
export function undoChanges(row: Row, changes: readonly Omit<CellChange, 'rowId'>[]): Row {
  return setCells(
    row,
    changes.map(({ column, old, spans }) => ({ column, text: old, span: spans?.[0] ?? 1 })),
  )
}

function setCells(row: Row, values: { column: string; text: string | null; span: number }[]): Row {
  const cells = { ...row.cells }
  const spans = { ...row.spans }
  for (const { column, text, span } of values) {
    if (text === null) delete cells[column]
    else cells[column] = text
    if (span > 1) spans[column] = span
    else delete spans[column]
  }
  const result: Row = { rowId: row.rowId, cells }
  if (Object.keys(spans).length > 0) result.spans = spans
  return result
}
