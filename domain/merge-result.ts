/**
 * What a merge says: the new rows, and every change, conflict and hold on the way there.
 */
import type { CellChange, Row } from './table.ts'

/** A row's cells and spans within the columns of one span conflict. */
export type SpanTuple = { cells: Record<string, string>; spans: Record<string, number> }

export type MergeConflict = {
  /** What happened to the head comes first: delete-edit is a row deleted at the head and edited in the submission. */
  kind: 'cell' | 'span' | 'delete-edit' | 'edit-delete'
  rowId: string
  column?: string
  /** Columns of the union of spans that is in conflict. */
  columns?: string[]
  base?: string
  head?: string
  submitted?: string
  /** With kind span: the three versions complete, so that any of them can be chosen. */
  tuples?: { base: SpanTuple; head: SpanTuple; submitted: SpanTuple }
}

/** A clearing that waits for its confirmation; `columns` where it comes from a changed span. */
export type Hold = { rowId: string; column: string; columns?: string[]; head: string }

export type MergeResult = {
  /** The new head in head order, inserted rows after their predecessor. */
  rows: Row[]
  applied: CellChange[]
  /** Both sides made the same change: `old` is the base, `new` what stands. */
  converged: CellChange[]
  conflicts: MergeConflict[]
  held: Hold[]
  inserted: string[]
  deleted: string[]
}

/** A result to which nothing has been added yet. */
export function emptyResult(): MergeResult {
  return { rows: [], applied: [], converged: [], conflicts: [], held: [], inserted: [], deleted: [] }
}
