/**
 * A submission that was put in while an earlier one of the same sheet was still on its way was built
 * over the same base. Sent as it is, every cell edited twice would be in conflict with the person's
 * own earlier text. Pure.
 */
import { foldText } from '../../domain/fold.ts'
import type { RowOutcome, ServerRow, Submission, SubmittedRow } from '../../domain/protocol.ts'
import type { Row } from '../../domain/table.ts'
import type { Landed, OutboxRecord } from './record.ts'

/**
 * The record's submission with its rows brought onto the earlier one's outcome. A row over the same base
 * names only the cells that the person changed since the earlier one: what became of the others stands in
 * the earlier receipt, and naming them again could undo what somebody else wrote meanwhile. It takes
 * the version of the earlier outcome where the person knows what that version says in those cells: the
 * earlier submission put it there, or the head (`heads`, read after it arrived) reads as it did.
 * Any other row keeps its base, and a cell changed by two people becomes a conflict as it should.
 * A row that was kept out for its errors goes out as it is, and so does one that the master had deleted:
 * the version of its deletion is no base.
 */
export function rebase(
  { submission, copyId }: Pick<OutboxRecord, 'submission' | 'copyId'>,
  landed: Landed,
  heads: readonly ServerRow[],
): Submission {
  const before = new Map(landed.submission.rows.map((row) => [row.rowId, row]))
  const outcomes = new Map(landed.outcomes.map((outcome) => [outcome.rowId, outcome]))
  const headById = new Map(heads.map((row) => [row.rowId, row]))
  return {
    ...submission,
    rows: submission.rows.map((row) => {
      const earlier = before.get(row.rowId)
      const outcome = outcomes.get(row.rowId)
      if (!earlier || !outcome || outcome.blocked.length > 0 || outcome.isGone) return row
      // The sheet may have been given the earlier one's versions meanwhile, but none beyond.
      if (row.baseVer < earlier.baseVer || row.baseVer > outcome.ver) return row
      const changed = changedColumns(earlier, row, clearedIn(submission, row.rowId)).filter(
        (column) => isSameCopy(copyId, landed.copyId) || !readsAsBefore(outcome, row, column),
      )
      const known = knownColumns(outcome)
      const isSeen = changed.every((column) => known.has(column) || sameCell(earlier, headById.get(row.rowId), column))
      return cut(row, changed, isSeen ? outcome.ver : row.baseVer)
    }),
  }
}

/** Columns whose text differs as typed; where any cell is wider or covered, all of both rows: spans hang together. */
function changedColumns(earlier: Row, later: Row, always: readonly string[]): string[] {
  const columns = [...new Set([...Object.keys(earlier.cells), ...Object.keys(later.cells)])]
  if (columns.some((column) => !sameShape(earlier, later, column))) return columns
  return columns.filter((column) => earlier.cells[column] !== later.cells[column] || always.includes(column))
}

/**
 * Columns in which the person knows what the master says after this outcome: the submitted text was
 * taken, or the master was unchanged and its text is kept until the clearing is confirmed.
 */
export function knownColumns({ applied, converged, held }: RowOutcome): Set<string> {
  return new Set([...[...applied, ...converged].map(({ column }) => column), ...heldColumns(held)])
}

export function heldColumns(held: RowOutcome['held']): string[] {
  return held.flatMap(({ column, columns }) => columns ?? [column])
}

/** Whether both were read from one copy of the workbook that was open all the time. */
export function isSameCopy(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one === other
}

/**
 * Whether a cell reads as it did before this outcome changed it. In one copy of the workbook that is a
 * person's second thought; in another it may be a file that was closed unsaved, which undoes nothing.
 */
export function readsAsBefore({ applied }: RowOutcome, row: Row, column: string): boolean {
  const change = applied.find((candidate) => candidate.column === column)
  const text = row.cells[column]
  return (
    change !== undefined &&
    (change.old === null ? null : foldText(change.old)) === (text === undefined ? null : foldText(text))
  )
}

/** Whether both have this cell, as wide and with the same text, folded. */
export function sameCell(one: Row, other: Row | undefined, column: string): boolean {
  if (!other || !sameShape(one, other, column)) return false
  return foldText(one.cells[column] ?? '') === foldText(other.cells[column] ?? '')
}

function sameShape(one: Row, other: Row, column: string): boolean {
  return column in one.cells === column in other.cells && (one.spans?.[column] ?? 1) === (other.spans?.[column] ?? 1)
}

function clearedIn({ clears = [] }: Submission, rowId: string): string[] {
  return clears.filter((cell) => cell.rowId === rowId).map(({ column }) => column)
}

function cut(row: SubmittedRow, columns: readonly string[], baseVer: number): SubmittedRow {
  const pick = <Value>(values: Record<string, Value>) =>
    Object.fromEntries(Object.entries(values).filter(([column]) => columns.includes(column)))
  const spans = pick(row.spans ?? {})
  const cells = pick(row.cells)
  return Object.keys(spans).length > 0
    ? { rowId: row.rowId, baseVer, cells, spans }
    : { rowId: row.rowId, baseVer, cells }
}
