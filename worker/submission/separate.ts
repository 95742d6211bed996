/**
 * Takes out of a submitted row what its submitter may not write, so that a stray edit neither lands
 * nor stops the rest.
 */
import { foldText } from '../../domain/fold.ts'
import type { RowOutcome } from '../../domain/protocol.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import { coveredColumns, type Row } from '../../domain/table.ts'

/** A submitted row without its unwritable cells, and those of them that were edited. */
export type Separated = { row: Row; writable: string[]; notWritable: RowOutcome['notWritable'] }

/** `base` and `head`: the row then and now, undefined where it was not there. */
export function separateRow(
  spec: SheetSpec,
  writable: string[],
  submitted: Row,
  base: Row | undefined,
  head: Row | undefined,
): Separated {
  const columns = spec.columns.map((column) => column.key)
  const row: Row = { rowId: submitted.rowId, cells: { ...submitted.cells } }
  const notWritable: Separated['notWritable'] = []
  for (const column of columns) {
    if (writable.includes(column)) continue
    delete row.cells[column]
    const now = head?.cells[column] ?? ''
    const text = submitted.cells[column]
    if (text !== undefined && isEdit(submitted, base, column, columns) && isEdit(submitted, head, column, columns)) {
      notWritable.push({ column, head: now, submitted: text })
    }
  }
  const spans = Object.entries(submitted.spans ?? {}).filter(([column]) => writable.includes(column))
  if (spans.length > 0) row.spans = Object.fromEntries(spans)
  return { row, writable, notWritable }
}

/** A span that is not mentioned was not touched, unless a column that it covers is. */
function isEdit(submitted: Row, other: Row | undefined, column: string, columns: readonly string[]): boolean {
  if (foldText(submitted.cells[column] ?? '') !== foldText(other?.cells[column] ?? '')) return true
  const span = submitted.spans?.[column]
  if (span !== undefined) return span !== (other?.spans?.[column] ?? 1)
  const [, ...covered] = other ? coveredColumns(other, column, columns) : []
  return covered.some((key) => submitted.cells[key] !== undefined)
}
