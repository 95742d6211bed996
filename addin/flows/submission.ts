/**
 * What goes out of a sheet and what has to come back into it: pure functions between a table as it
 * was read and the rows as the server has them.
 */
import { standingAnnotations, standingByRow } from '../../domain/annotation.ts'
import { foldText } from '../../domain/fold.ts'
import type { Receipt, RowList, ServerRow, Submission, SubmittedRow } from '../../domain/protocol.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row, Table, TableRow } from '../../domain/table.ts'
import type { Said } from '../checking-state.ts'
import type { Difference, LeftOut } from '../exchange-state.ts'
import { heldColumns, isSameCopy, readsAsBefore, sameCell } from '../outbox/rebase.ts'

export function rowsById(rows: RowList): Map<string, ServerRow> {
  return new Map(rows.rows.map((row) => [row.rowId, row]))
}

/**
 * The submission of a table: every row of the plan in which this person may write something, as it
 * stands; what became of rows that the plan no longer lists is for `gone-rows.ts`. A row that carries no version (or 0, written on recognising it) takes the head's: the preview shows it against the master,
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

/** The submission with the reasons that were given only in this pane, those that stand for its rows as they read. */
export function withReasons(submission: Submission, table: Table, said: readonly Said[]): Submission {
  const rows = new Set(submission.rows.map(({ rowId }) => rowId))
  const reasons = [...standingByRow(table.spec, table.rows, said).values()]
    .flat()
    .filter(({ kind, rowId }) => kind === 'reason' && rows.has(rowId))
    .map(({ rowId, column, code, text }) => ({ rowId, ...(column !== undefined && { column }), code, reason: text }))
  return reasons.length > 0 ? { ...submission, reasons } : submission
}

/** A cell, or without `column` a row, that the commission sent back and that still reads as it did then. */
export type ReturnedCell = { rowId: string; column?: string; reason: string; by: string; at: string }

/** What was sent back of these rows and has not been changed in them since. `rows`: as they read in the sheet. */
export function findReturned(spec: SheetSpec, rows: readonly Row[], heads: RowList): ReturnedCell[] {
  const known = rowsById(heads)
  return rows.flatMap((row) =>
    standingAnnotations(spec, row, known.get(row.rowId)?.annotations ?? [])
      .filter(({ kind }) => kind === 'return')
      .map(({ rowId, column, text, by, at }) => ({
        rowId,
        ...(column !== undefined && { column }),
        reason: text,
        by,
        at,
      })),
  )
}

/** A row as it goes out. */
export function submittedRow(row: TableRow, baseVer: number): SubmittedRow {
  const { rowId, cells, spans } = row
  return spans && Object.keys(spans).length > 0 ? { rowId, baseVer, cells, spans } : { rowId, baseVer, cells }
}

/**
 * The submission that is really sent after its preview: cells that are not this person's are left
 * out, but for those that go along as suggestions, and the confirmed clearings are named.
 */
export function confirmSubmission(
  submission: Submission,
  preview: Receipt,
  clears: string[],
  suggests: string[] = [],
): Submission {
  const dropped = new Set(
    preview.rows
      .flatMap((row) => row.notWritable.map(({ column }) => cellKey(row.rowId, column)))
      .filter((cell) => !suggests.includes(cell)),
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

/** A submission with its receipt, the sheet that it was read from, and the copy of the workbook with that sheet. */
export type Arrived = {
  sheet: string
  submission: Submission
  receipt: Receipt
  copyId?: string | undefined
  leftOut?: LeftOut | undefined
}

/**
 * What is left to do in the sheet after a submission. A row gets the head's version only where the
 * person knows what the master says in every cell that they may write: a newer version over older
 * texts would make the next submission undo what somebody else changed meanwhile. A cell is known where the
 * sheet reads as the master does, where the submitted text does and the sheet was edited since, or
 * where a clearing is held. `differing` are the cells in which only the master moved on, by a decision too.
 */
export function settleSheet(
  table: Table,
  rows: RowList,
  { submission, receipt, copyId }: Arrived,
  openCopy: string,
): { carriers: { row: TableRow; ver: number }[]; differing: Difference[] } {
  const heads = rowsById(rows)
  const outcomes = new Map(receipt.rows.map((row) => [row.rowId, row]))
  const sentRows = new Map(submission.rows.map((row) => [row.rowId, row]))
  const carriers: { row: TableRow; ver: number }[] = []
  const differing: Difference[] = []
  for (const row of table.rows) {
    const head = heads.get(row.rowId)
    const outcome = outcomes.get(row.rowId)
    const sent = sentRows.get(row.rowId)
    if (!head || !outcome || !sent || outcome.blocked.length > 0) continue
    const held = heldColumns(outcome.held)
    const isEdit = (column: string) =>
      !sameCell(row, sent, column) && (isSameCopy(copyId, openCopy) || !readsAsBefore(outcome, row, column))
    const isKnown = (column: string) =>
      sameCell(row, head, column) ||
      held.includes(column) ||
      (isEdit(column) && sameCell(sent, head, column) && isOver(row, sent, head))
    if (head.writable.every(isKnown)) carriers.push({ row, ver: head.ver })
    const waiting = outcome.conflicts.filter(({ status }) => status === 'open')
    const open = new Set([...held, ...waiting.flatMap(({ column, columns }) => columns ?? column ?? [])])
    const others = head.writable.filter((column) => !open.has(column) && !isEdit(column))
    differing.push(...differences(row, head, others))
  }
  return { carriers, differing }
}

/** Whether a row of a sheet can be what was submitted, edited since: it is over the same version or a later one. */
function isOver({ ver }: TableRow, sent: SubmittedRow, head: ServerRow): boolean {
  return !ver || (ver >= sent.baseVer && ver <= head.ver)
}
