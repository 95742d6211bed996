/**
 * Three-way merge of a submission into the head, cell by cell, for any table. Design section 6.
 * Rows are matched by rowId alone; `merge-row.ts` says what happens inside a row that all three
 * versions know.
 */
import { emptyResult, type MergeResult } from './merge-result.ts'
import { mergeRow, type SameText } from './merge-row.ts'
import { diffRow } from './replay.ts'
import { coveredColumns, type Row } from './table.ts'

export type { Hold, MergeConflict, MergeResult, SpanTuple } from './merge-result.ts'
export type { SameText } from './merge-row.ts'

export type MergeInput = {
  /** Keys of the columns in sheet order; a span covers neighbours in this order. */
  columns: string[]
  base: Row[]
  head: Row[]
  submitted: Row[]
  /** rowIds that the submitter explicitly deleted. */
  deletes?: string[]
  /** Clearings that the submitter confirmed. */
  clears?: { rowId: string; column: string }[]
  /**
   * Whether two texts of a column, both unlike the base, say the same although they differ: a list in
   * which order means nothing. Texts that fold to the same always do.
   */
  sameText?: SameText
}

/** Versions that cannot be merged at all: one row id stands twice in one of them. */
export class DuplicateRowIdError extends Error {
  readonly rowIds: string[]
  constructor(rowIds: string[]) {
    super(`duplicate row ids: ${rowIds.join(', ')}`)
    this.rowIds = rowIds
  }
}

/**
 * Merges `submitted` into `head`, both grown from `base`. A base row absent from head was deleted
 * there; one absent from submitted was not touched; a column absent from a row's cells was not
 * touched, or is covered by a span. Where the head has a column in every row and the base in none,
 * the table was given that column: its texts are no edits of a row that the submission deletes. Ids
 * in `deletes` that the head does not have, and confirmed clearings of cells that are not blank,
 * change nothing. Inputs are not changed; rows that stay as they are come back as the same objects.
 * Throws DuplicateRowIdError.
 */
export function mergeTable(input: MergeInput): MergeResult {
  const base = indexRows(input.base)
  const head = indexRows(input.head)
  const submitted = indexRows(input.submitted)
  const deletes = new Set(input.deletes)
  const clears = new Set((input.clears ?? []).map(({ rowId, column }) => `${rowId}\n${column}`))
  const result = emptyResult()

  const changed = new Map<string, Row>()
  const inserts: { row: Row; after: string | undefined }[] = []
  let predecessor: string | undefined
  for (const row of input.submitted) {
    if (deletes.has(row.rowId)) continue
    const baseRow = base.get(row.rowId)
    const headRow = head.get(row.rowId)
    if (headRow) {
      const merged = mergeRow(input, baseRow ?? { rowId: row.rowId, cells: {} }, headRow, row, clears, result)
      if (merged !== headRow) changed.set(row.rowId, merged)
    } else if (baseRow) {
      if (isEdited(input.columns, baseRow, row)) result.conflicts.push({ kind: 'delete-edit', rowId: row.rowId })
      continue // a row that is gone cannot be a predecessor
    } else {
      const inserted = keepColumns(input.columns, row)
      inserts.push({ row: inserted, after: predecessor })
      result.inserted.push(row.rowId)
      result.applied.push(...diffRow(undefined, inserted))
      // Unknown columns of a new row are held like any other's.
      for (const [column, text] of Object.entries(row.cells)) {
        if (!(column in inserted.cells) && text !== '') result.held.push({ rowId: row.rowId, column, head: '' })
      }
    }
    predecessor = row.rowId
  }

  const gone = new Set<string>()
  const added = deletes.size > 0 ? columnsAdded(input) : []
  for (const rowId of deletes) {
    const headRow = head.get(rowId)
    if (!headRow) continue
    const baseRow = base.get(rowId)
    if (baseRow && diffRow(baseRow, headRow).every(({ column }) => added.includes(column))) {
      gone.add(rowId)
      result.deleted.push(rowId)
    } else result.conflicts.push({ kind: 'edit-delete', rowId })
  }

  const rows = input.head.filter((row) => !gone.has(row.rowId)).map((row) => changed.get(row.rowId) ?? row)
  result.rows = insertRows(rows, inserts, (rowId) => base.has(rowId) || submitted.has(rowId))
  return result
}

function indexRows(rows: Row[]): Map<string, Row> {
  const index = new Map<string, Row>()
  const doubled = new Set<string>()
  for (const row of rows) {
    if (index.has(row.rowId)) doubled.add(row.rowId)
    index.set(row.rowId, row)
  }
  if (doubled.size > 0) throw new DuplicateRowIdError([...doubled])
  return index
}

/** Whether a submitted row says anything else than its base: a column that it leaves out says nothing. */
function isEdited(columns: string[], base: Row, submitted: Row): boolean {
  const nothing = emptyResult()
  const merged = mergeRow({ columns }, base, base, submitted, new Set(), nothing)
  return merged !== base || nothing.held.length > 0
}

/**
 * Columns that came to the table after the base: no row of the base has them, as a text or under a
 * span, and every row of the head does. A single row tells a new column from a cell filled in by nothing.
 */
function columnsAdded({ columns, base, head }: MergeInput): string[] {
  const has = (row: Row, column: string) =>
    column in row.cells ||
    Object.keys(row.spans ?? {}).some((from) => coveredColumns(row, from, columns).includes(column))
  if (head.length < 2) return []
  return columns.filter((column) => head.every((row) => column in row.cells) && !base.some((row) => has(row, column)))
}

function keepColumns(columns: string[], row: Row): Row {
  const known = new Set(columns)
  const entries = <T>(record: Record<string, T>) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => known.has(key)))
  const kept: Row = { rowId: row.rowId, cells: entries(row.cells) }
  if (row.spans && Object.keys(row.spans).length > 0) kept.spans = entries(row.spans)
  return kept
}

/**
 * Puts each new row after its predecessor. Several submissions may insert after the same row: new
 * neighbours stand in the order of their ids, so that the order of arrival does not show. A row that
 * the submitter knew is passed by none: the new one was put before it.
 */
function insertRows(
  rows: Row[],
  inserts: { row: Row; after: string | undefined }[],
  isKnown: (rowId: string) => boolean,
): Row[] {
  if (inserts.length === 0) return rows
  const next = new Map<string | undefined, Row>()
  let last: string | undefined
  for (const row of rows) {
    next.set(last, row)
    last = row.rowId
  }
  for (const { row, after } of inserts) {
    let place = after
    let follower = next.get(place)
    while (follower && !isKnown(follower.rowId) && follower.rowId < row.rowId) {
      place = follower.rowId
      follower = next.get(place)
    }
    next.set(place, row)
    if (follower) next.set(row.rowId, follower)
  }
  const ordered: Row[] = []
  for (let row = next.get(undefined); row; row = next.get(row.rowId)) ordered.push(row)
  return ordered
}
