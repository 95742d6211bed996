/**
 * Whether a later draft holds all of an earlier one, so that the earlier one need not be decided any
 * more. The pane sends every row of a sheet that its person may write, as it stands, so the later
 * draft of one sheet normally does; that of another sheet, or of one drawn anew, may not.
 */
import { foldText, isBlank } from '../../domain/fold.ts'
import { mergeTable } from '../../domain/merge.ts'
import type { CellChange, Row } from '../../domain/table.ts'
import { rowAt } from '../history.ts'
import type { Loaded, SubmissionBody } from '../submission/load.ts'

/** A draft with the rows and events that its bases are found by. */
export type Side = { body: SubmissionBody; loaded: Pick<Loaded, 'spec' | 'heads' | 'events'> }

/**
 * True where every cell that `older` changes against its base is changed by `newer` too, or reads the
 * same there, and every clearing and reason of `older` is named again. A cell that merely stands in
 * `newer` as its base has it does not count: nobody can tell an edit taken back from a sheet that never
 * had it.
 */
export function coversDraft(newer: Side, older: Side): boolean {
  const rows = new Map(newer.body.rows.map((row) => [row.rowId, row]))
  const editsByRow = new Map(newer.body.rows.map((row) => [row.rowId, editsOf(newer, row)]))
  const hasCells = older.body.rows.every((row) =>
    editsOf(older, row).every((change) => {
      const { column } = change
      return editsByRow.get(row.rowId)?.some((edit) => edit.column === column) || reads(rows.get(row.rowId), change)
    }),
  )
  const hasClears = (older.body.clears ?? []).every(
    ({ rowId, column }) =>
      newer.body.clears?.some((clear) => clear.rowId === rowId && clear.column === column) ||
      !isBlank(rows.get(rowId)?.cells[column] ?? ''),
  )
  const hasReasons = (older.body.reasons ?? []).every(({ rowId, column, code }) =>
    newer.body.reasons?.some((other) => other.rowId === rowId && other.column === column && other.code === code),
  )
  return hasCells && hasClears && hasReasons
}

type SubmittedRow = SubmissionBody['rows'][number]

/** What a row changes against its base, clearings included, also in columns that the plan does not know. */
function editsOf({ loaded }: Side, submitted: SubmittedRow): CellChange[] {
  const { rowId, baseVer } = submitted
  const base = rowAt(loaded.heads.get(rowId), loaded.events.get(rowId) ?? [], baseVer) ?? { rowId, cells: {} }
  const known = loaded.spec.columns.map(({ key }) => key)
  const columns = [...new Set([...known, ...Object.keys(submitted.cells)])]
  const clears = columns.map((column) => ({ rowId, column }))
  return mergeTable({ columns, base: [base], head: [base], submitted: [toRow(submitted)], clears }).applied
}

/** Whether a row reads as a change leaves it. A span that came or went also changes the cells that it covers. */
function reads(row: SubmittedRow | undefined, { column, new: text }: CellChange): boolean {
  const now = row?.cells[column]
  return now !== undefined && text !== null && foldText(now) === foldText(text)
}

function toRow({ rowId, cells, spans }: SubmittedRow): Row {
  return spans ? { rowId, cells, spans } : { rowId, cells }
}
