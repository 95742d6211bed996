/**
 * What a seal covers: every table of the record, with the columns of its lines that never change, and
 * the mark by which its lines are told apart in time. Shared by the Worker that seals and the command
 * that verifies.
 *
 * A mark only grows. D1 has one writer, a batch is one transaction, and a rowid is the highest so far
 * plus one; lines are never deleted (of auth_event never the last). So whatever is committed after a
 * seal was read has higher rowids than everything that it covers. Relations have no rowid; they carry
 * the commit that made or ended them, which grows in the same way.
 */

/** How the lines of a seal are written down and hashed; raised when that changes. Old seals keep theirs. */
export const SEAL_FORMAT = 1

/** Values of one line as SQLite gives them; STRICT tables hold nothing else. */
export type Value = string | number | null
export type Line = { id: string | number; mark: number; values: Value[] }

export type RecordTable = {
  /** Name in marks, pages and findings. */
  name: string
  from: string
  mark: 'rowid' | 'from_seq' | 'to_seq'
  /** SQL of what tells its lines apart. */
  id: string
  columns: readonly string[]
}

const RELATION = 'json_array(sheet_id, row_id, role, position, from_seq)'

function table(from: string, columns: string): RecordTable {
  return { name: from, from, mark: 'rowid', id: 'rowid', columns: columns.split(' ') }
}

/**
 * In the order in which they are sealed. What hangs on a line stands before it and commits stand last:
 * a seal reaches a commit only after everything that belongs to it.
 */
export const RECORD_TABLES: readonly RecordTable[] = [
  table('submission_chunk', 'submission_id part n text'),
  table(
    'submission',
    'id plan_id sheet_id kind path actor_id key_id idem_key body_sha256 at day day_no status commit_seq row_outcomes totals body result',
  ),
  table('draft_chunk', 'draft_id part n text'),
  table('draft', 'id plan_id actor_id key_id idem_key path body_sha256 at totals'),
  table('draft_decision', 'draft_id kind submission_id reason key_id at'),
  table('row_event', 'sheet_id row_id seq kind actor_id order_key spans_confirmed deleted changes'),
  table(
    'conflict',
    'id sheet_id row_id kind col columns base head submitted tuples proposal base_ver submission_id submitted_by head_by at',
  ),
  table('conflict_resolution', 'conflict_id seq actor_id choice reason at'),
  table('annotation', 'id sheet_id row_id col kind code text of_text actor_id submission_id at'),
  table('plan_change', 'seq kind reason document_number effective_period effective_on'),
  table('erasure', 'id act plan_id tbl line old_leaf new_leaf at'),
  table('auth_event', 'id at kind key_id actor_id request_id by_key county detail'),
  {
    name: 'row_unit',
    from: 'row_unit',
    mark: 'from_seq',
    id: RELATION,
    columns: 'sheet_id row_id role position party unit_id from_seq valid_from valid_to'.split(' '),
  },
  {
    name: 'row_unit.ended',
    from: 'row_unit',
    mark: 'to_seq',
    id: RELATION,
    columns: 'sheet_id row_id role position from_seq to_seq'.split(' '),
  },
  table('commit_log', 'seq sheet_id kind actor_id key_id at'),
]

export function recordTable(name: string): RecordTable {
  const found = RECORD_TABLES.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`not a table of the record: ${name}`)
  return found
}

/** Reads the last mark of every table, as one row with a column for each. */
export const SELECT_TOPS = `SELECT ${RECORD_TABLES.map(({ name, from, mark }) => `(SELECT max(${mark}) FROM ${from}) AS "${name}"`).join(', ')}`

/** Lines and bytes for each mark after `after` up to `upTo`, lowest first, at most `limit` marks. */
export function selectSizes({ from, mark, columns }: RecordTable, after: number, upTo: number, limit: number): string {
  const bytes = columns.map((column) => `coalesce(octet_length("${column}"), 0)`).join(' + ')
  return `SELECT ${mark} AS mark, count(*) AS lines, sum(${bytes}) AS bytes FROM ${from}
    WHERE ${mark} > ${after} AND ${mark} <= ${upTo} GROUP BY ${mark} ORDER BY ${mark} LIMIT ${limit}`
}

/** Lines after the mark `after` (undefined: from wherever they begin) up to `upTo`. For readLines. */
export function selectLines({ from, mark, id, columns }: RecordTable, after: number | undefined, upTo: number): string {
  const quoted = columns.map((column, i) => `"${column}" AS v${i}`).join(', ')
  const since = after === undefined ? '' : `${mark} > ${after} AND `
  return `SELECT ${mark} AS mark, ${id} AS id, ${quoted} FROM ${from} WHERE ${since}${mark} <= ${upTo} ORDER BY ${mark}, id`
}

/** The lines in the rows that selectLines gave. */
export function readLines({ columns }: RecordTable, rows: readonly Record<string, unknown>[]): Line[] {
  return rows.map((row) => ({
    id: row.id as string | number,
    mark: row.mark as number,
    values: columns.map((_, i) => (row[`v${i}`] ?? null) as Value),
  }))
}
