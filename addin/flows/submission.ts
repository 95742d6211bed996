/**
 * What goes out of a sheet and what has to come back into it: pure functions between a table as it
 * was read and the rows as the server has them.
 */
import { foldText } from '../../domain/fold.ts'
import type { Receipt, RowList, ServerRow, Submission, SubmittedRow } from '../../domain/protocol.ts'
import type { Row, Table, TableRow } from '../../domain/table.ts'
import type { Difference } from '../state.ts'

export function rowsById(rows: RowList): Map<string, ServerRow> {
  return new Map(rows.rows.map((row) => [row.rowId, row]))
}

/**
 * The submission of a table: every row of the plan in which this person may write something, as it
 * stands. A row that carries no version (or 0, written on recognising it) takes the head's: the preview shows it against the master,
 * and confirming makes the master its base.
 */
export function buildSubmission(table: Table, rows: RowList): Submission {
  const known = rowsById(rows)
  return {
    form: table.spec.form,
    specVersion: table.spec.version,
    rows: table.rows.flatMap((row) => {
      const head = known.get(row.rowId)
      return head && head.writable.length > 0 ? [submittedRow(row, row.ver || head.ver)] : []
    }),
  }
}

function submittedRow(row: TableRow, baseVer: number): SubmittedRow {
  const { rowId, cells, spans } = row
  return spans && Object.keys(spans).length > 0 ? { rowId, baseVer, cells, spans } : { rowId, baseVer, cells }
}

/**
 * The submission that is really sent after its preview: cells that are not this person's are left
 * out, and the confirmed clearings are named.
 */
export function confirmSubmission(submission: Submission, preview: Receipt, clears: string[]): Submission {
  const dropped = new Set(
    preview.rows.flatMap((row) => row.notWritable.map(({ column }) => cellKey(row.rowId, column))),
  )
  const confirmed = preview.rows.flatMap((row) =>
    row.held
      .map(({ column }) => ({ rowId: row.rowId, column }))
      .filter((cell) => clears.includes(cellKey(cell.rowId, cell.column))),
  )
  return {
    ...submission,
    rows: submission.rows.map((row) => withoutCells(row, dropped)),
    ...(confirmed.length > 0 ? { clears: confirmed } : {}),
  }
}

function withoutCells(row: SubmittedRow, dropped: ReadonlySet<string>): SubmittedRow {
  const kept = <Value>(values: Record<string, Value>) =>
    Object.fromEntries(Object.entries(values).filter(([column]) => !dropped.has(cellKey(row.rowId, column))))
  return { ...row, cells: kept(row.cells), ...(row.spans ? { spans: kept(row.spans) } : {}) }
}

export function cellKey(rowId: string, column: string): string {
  return `${rowId} ${column}`
}

/** Edits in rows that this person may not write at all; they stay in the sheet and are not sent. */
export function foreignEdits(table: Table, rows: RowList): Difference[] {
  const known = rowsById(rows)
  return table.rows.flatMap((row) => {
    const head = known.get(row.rowId)
    return head && head.writable.length === 0 ? differences(row, head, Object.keys(head.cells)) : []
  })
}

/** Cells of the given columns whose sheet text or span is not the head's, folded. */
export function differences(row: Row, head: Row, columns: string[]): Difference[] {
  return columns.flatMap((column) => {
    const text = row.cells[column]
    const master = head.cells[column]
    if (text === undefined || master === undefined) return []
    const sameSpan = (row.spans?.[column] ?? 1) === (head.spans?.[column] ?? 1)
    if (sameSpan && foldText(text) === foldText(master)) return []
    return [{ rowId: row.rowId, column, sheet: text, head: master }]
  })
}

/**
 * What is left to do in the sheet after a submission. A row gets its new version only where every
 * cell that the person may write reads as the master does: a newer version over older texts would
 * make the next submission undo what somebody else changed meanwhile. `differing` are the cells in
 * which only the master moved on; conflicts, held clearings and refused rows are not among them.
 */
export function settleSheet(
  table: Table,
  rows: RowList,
  receipt: Receipt,
): { carriers: { row: TableRow; ver: number }[]; differing: Difference[] } {
  const known = rowsById(rows)
  const outcomes = new Map(receipt.rows.map((row) => [row.rowId, row]))
  const carriers: { row: TableRow; ver: number }[] = []
  const differing: Difference[] = []
  for (const row of table.rows) {
    const head = known.get(row.rowId)
    const outcome = outcomes.get(row.rowId)
    if (!head || !outcome || outcome.blocked.length > 0) continue
    const left = differences(row, head, head.writable)
    if (left.length === 0 && outcome.conflicts.length === 0) carriers.push({ row, ver: head.ver })
    const unsettled = new Set([
      ...outcome.conflicts.flatMap(({ column, columns }) => columns ?? (column ? [column] : [])),
      ...outcome.held.flatMap(({ column, columns }) => columns ?? [column]),
    ])
    differing.push(...left.filter(({ column }) => !unsettled.has(column)))
  }
  return { carriers, differing }
}
