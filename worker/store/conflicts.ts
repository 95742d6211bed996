/** Conflicts and their resolutions. A conflict is never changed; it is open until a resolution names it. */
import type { SpanTuple } from '../../domain/merge.ts'
import type { ConflictBody } from '../../domain/protocol.ts'
import { cutTuple, tupleText } from '../../domain/span-units.ts'
import type { Row } from '../../domain/table.ts'
import type { Actor } from '../env.ts'
import { forEachChunk } from './batch.ts'
import { THIS_COMMIT } from './commits.ts'
import { type EventChange, toRow } from './rows.ts'

export type Tuples = { base: SpanTuple; head: SpanTuple; submitted: SpanTuple }

/** A conflict as stored. `proposal`: what the submission changed in a row that the head deleted. */
export type StoredConflict = {
  id: string
  rowId: string
  kind: ConflictBody['kind']
  column?: string
  columns?: string[]
  base?: string
  head?: string
  submitted?: string
  tuples?: Tuples
  proposal?: EventChange[]
  baseVer: number
  submissionId: string
  submittedBy: { id: string; name: string }
  /** Who last wrote the head: until now while it is open, until it was found where it is resolved. */
  headBy?: { id: string; name: string }
  at: string
  isOpen: boolean
  /** How it was decided; absent while it is open. */
  resolution?: NonNullable<ConflictBody['resolution']>
  /** The row now; absent where it never was. */
  current?: { row: Row; ver: number; deleted: boolean }
}

type ConflictColumns = {
  place: number
  id: string
  sheet_id: string
  row_id: string
  kind: ConflictBody['kind']
  col: string | null
  columns: string | null
  base: string | null
  head: string | null
  submitted: string | null
  tuples: string | null
  proposal: string | null
  base_ver: number
  submission_id: string
  submitted_by: string
  submitted_name: string
  head_writer: string | null
  head_name: string | null
  at: string
  choice: 'head' | 'submitted' | 'edited' | null
  decided_name: string | null
  reason: string | null
  decided_at: string | null
  decided_seq: number | null
  ver: number | null
  deleted: number | null
  cells: string | null
  spans: string | null
}

/** Whoever last changed the columns of an open conflict since its base; the row, where it names none. */
const LAST_WRITER = `
  SELECT v.actor_id FROM row_event v
  WHERE x.seq IS NULL AND v.sheet_id = c.sheet_id AND v.row_id = c.row_id AND v.seq > c.base_ver
    AND (c.col IS NULL OR EXISTS (
      SELECT 1 FROM json_each(v.changes) j WHERE j.value ->> '$.column' = c.col
        OR j.value ->> '$.column' IN (SELECT value FROM json_each(c.columns))))
  ORDER BY v.seq DESC LIMIT 1`

const SELECT = `
  SELECT c.rowid AS place, c.*, s.name AS submitted_name, h.id AS head_writer, h.name AS head_name,
    x.choice, d.name AS decided_name, x.reason, x.at AS decided_at, x.seq AS decided_seq,
    r.ver, r.deleted, r.cells, r.spans
  FROM conflict c
  JOIN actor s ON s.id = c.submitted_by
  LEFT JOIN conflict_resolution x ON x.conflict_id = c.id
  LEFT JOIN actor d ON d.id = x.actor_id
  LEFT JOIN actor h ON h.id = coalesce((${LAST_WRITER}), c.head_by)
  LEFT JOIN row_state r ON r.sheet_id = c.sheet_id AND r.row_id = c.row_id`

export type ConflictStatus = 'open' | 'resolved'

/** Which conflicts of a sheet; all of them where nothing is said. */
export type ConflictFilter = {
  /** JSON lists. */
  ids?: string | undefined
  rowIds?: string | undefined
  status?: ConflictStatus | undefined
  /** Place of the last one that is known. */
  after?: number | undefined
  limit?: number | undefined
}

/** Conflicts of a sheet as they were recorded, oldest first, those of one submission in the order of its cells. */
export function selectConflicts(
  db: D1Database,
  sheetId: string,
  { ids, rowIds, status, after, limit }: ConflictFilter = {},
): D1PreparedStatement {
  const values: (string | number)[] = []
  const bind = (value: string | number) => `?${values.push(value)}`
  const conditions = [
    `c.sheet_id = ${bind(sheetId)}`,
    ...(ids === undefined ? [] : [`c.id IN (SELECT value FROM json_each(${bind(ids)}))`]),
    ...(rowIds === undefined ? [] : [`c.row_id IN (SELECT value FROM json_each(${bind(rowIds)}))`]),
    ...(status === undefined ? [] : [`x.seq IS ${status === 'open' ? 'NULL' : 'NOT NULL'}`]),
    ...(after === undefined ? [] : [`c.rowid > ${bind(after)}`]),
  ]
  const end = limit === undefined ? '' : `LIMIT ${bind(limit)}`
  return db.prepare(`${SELECT} WHERE ${conditions.join(' AND ')} ORDER BY c.rowid ${end}`).bind(...values)
}

/** Counts the open conflicts of each row of a sheet, without their texts, however many there are. */
export function selectOpenCounts(db: D1Database, sheetId: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT c.row_id AS rowId, count(*) AS n FROM conflict c
       WHERE c.sheet_id = ?1 AND NOT EXISTS (SELECT 1 FROM conflict_resolution x WHERE x.conflict_id = c.id)
       GROUP BY c.row_id`,
    )
    .bind(sheetId)
}

/** Open conflicts by row, in a result of selectOpenCounts. */
export function readOpenCounts(result: D1Result | undefined): Map<string, number> {
  const counts = (result?.results ?? []) as { rowId: string; n: number }[]
  return new Map(counts.map(({ rowId, n }) => [rowId, n]))
}

/** One conflict and the sheet it belongs to. */
export async function findConflict(
  db: D1Database,
  id: string,
): Promise<{ conflict: StoredConflict; planId: string } | undefined> {
  const row = await db
    .prepare(`SELECT q.*, sh.plan_id FROM (${SELECT} WHERE c.id = ?1) q JOIN sheet sh ON sh.id = q.sheet_id`)
    .bind(id)
    .first<ConflictColumns & { plan_id: string }>()
  return row ? { conflict: toConflict(row), planId: row.plan_id } : undefined
}

export function readConflicts(result: D1Result | undefined): StoredConflict[] {
  return ((result?.results ?? []) as ConflictColumns[]).map(toConflict)
}

/**
 * A page of at most `limit` conflicts (all where absent) in a result of selectConflicts that asked for one more;
 * `next`: place of the last one, where others follow.
 */
export function readConflictPage(
  result: D1Result | undefined,
  limit = Number.POSITIVE_INFINITY,
): { conflicts: StoredConflict[]; next?: string } {
  const rows = (result?.results ?? []) as ConflictColumns[]
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { conflicts: page.map(toConflict), ...(rows.length > limit && last ? { next: String(last.place) } : {}) }
}

function toConflict(row: ConflictColumns): StoredConflict {
  return {
    id: row.id,
    rowId: row.row_id,
    kind: row.kind,
    ...(row.col !== null ? { column: row.col } : {}),
    ...(row.columns !== null ? { columns: JSON.parse(row.columns) as string[] } : {}),
    ...(row.base !== null ? { base: row.base } : {}),
    ...(row.head !== null ? { head: row.head } : {}),
    ...(row.submitted !== null ? { submitted: row.submitted } : {}),
    ...(row.tuples !== null ? { tuples: JSON.parse(row.tuples) as Tuples } : {}),
    ...(row.proposal !== null ? { proposal: JSON.parse(row.proposal) as EventChange[] } : {}),
    baseVer: row.base_ver,
    submissionId: row.submission_id,
    submittedBy: { id: row.submitted_by, name: row.submitted_name },
    ...(row.head_writer !== null ? { headBy: { id: row.head_writer, name: row.head_name ?? '' } } : {}),
    at: row.at,
    isOpen: row.choice === null,
    ...(row.choice !== null
      ? {
          resolution: {
            choose: row.choice,
            by: row.decided_name ?? '',
            reason: row.reason,
            at: row.decided_at ?? '',
            seq: row.decided_seq ?? 0,
          },
        }
      : {}),
    ...(row.ver !== null
      ? {
          current: {
            row: toRow(
              row.row_id,
              JSON.parse(row.cells ?? '{}') as Record<string, string>,
              JSON.parse(row.spans ?? '{}') as Record<string, number>,
            ),
            ver: row.ver,
            deleted: row.deleted === 1,
          },
        }
      : {}),
  }
}

/** Whether a conflict is an actor's to see: a unit sees those of its own texts and of rows that it leads. */
export function concerns({ submittedBy }: StoredConflict, actor: Actor, role: 'lead' | 'supporting' | 'none'): boolean {
  return actor.role !== 'unit' || submittedBy.id === actor.id || role === 'lead'
}

/**
 * A conflict as it is sent. While it is open, `head` is the text that stands now, because that is
 * what whoever decides would keep.
 */
export function toConflictBody(conflict: StoredConflict): ConflictBody {
  const { id, kind, rowId, column, columns, base, submitted, submissionId, at, isOpen, current } = conflict
  const head = isOpen ? currentText(conflict) : conflict.head
  return {
    id,
    kind,
    rowId,
    ...(column !== undefined ? { column } : {}),
    ...(columns ? { columns } : {}),
    ...(base !== undefined ? { base } : {}),
    ...(head !== undefined ? { head } : {}),
    ...(submitted !== undefined ? { submitted } : {}),
    status: isOpen ? 'open' : 'resolved',
    ver: current?.ver ?? 0,
    submissionId,
    submittedBy: conflict.submittedBy.name,
    ...(conflict.headBy ? { headBy: conflict.headBy.name } : {}),
    at,
    task: current?.row.cells.task ?? '',
    number: current?.row.cells.number ?? '',
    ...(conflict.tuples ? { versions: conflict.tuples } : {}),
    ...(conflict.resolution ? { resolution: conflict.resolution } : {}),
  }
}

function currentText({ kind, column, columns, head, proposal, current }: StoredConflict): string | undefined {
  if (!current || current.deleted) return head
  // A deleted row that is back: what the edit would change in it.
  if (proposal) return proposal.flatMap((edit) => current.row.cells[edit.column] ?? []).join('\n')
  if (kind === 'cell' && column !== undefined) return current.row.cells[column] ?? ''
  return kind === 'span' && columns ? tupleText(columns, cutTuple(columns, current.row)) : head
}

/**
 * Makes a batch fail, as a stale row, where more conflicts of the actor in these rows are recorded than the `known`
 * ones: a conflict leaves the version of its row, and the same text sent twice at once would be asked about twice.
 */
export function guardUnasked(
  db: D1Database,
  sheetId: string,
  actorId: string,
  rowIds: readonly string[],
  known: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO guard (row_fresh) VALUES ((SELECT count(*) = ?4 FROM conflict
         WHERE sheet_id = ?1 AND submitted_by = ?2 AND row_id IN (SELECT value FROM json_each(?3))))`,
    )
    .bind(sheetId, actorId, JSON.stringify(rowIds), known)
}

/** Statements that store new conflicts. */
export function insertConflicts(
  db: D1Database,
  sheetId: string,
  submissionId: string,
  at: string,
  conflicts: StoredConflict[],
): D1PreparedStatement[] {
  return forEachChunk(
    db,
    `INSERT INTO conflict (id, sheet_id, row_id, kind, col, columns, base, head, submitted, tuples, proposal,
       base_ver, submission_id, submitted_by, head_by, at)
     SELECT value ->> '$.id', ?2, value ->> '$.rowId', value ->> '$.kind', value ->> '$.column',
       value -> '$.columns', value ->> '$.base', value ->> '$.head', value ->> '$.submitted', value -> '$.tuples',
       value -> '$.proposal', value ->> '$.baseVer', ?3, value ->> '$.submittedBy.id', value ->> '$.headBy.id', ?4
     FROM json_each(?1)`,
    conflicts.map(({ current: _, ...stored }) => stored),
    sheetId,
    submissionId,
    at,
  )
}

export type ResolutionRecord = {
  conflictId: string
  actorId: string
  choice: 'head' | 'submitted' | 'edited'
  reason: string | undefined
  at: string
}

/** Closes a conflict with the commit of the same batch; fails as append_only where it is closed already. */
export function insertResolution(db: D1Database, record: ResolutionRecord): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO conflict_resolution (conflict_id, seq, actor_id, choice, reason, at)
       VALUES (?1, ${THIS_COMMIT}, ?2, ?3, ?4, ?5)`,
    )
    .bind(record.conflictId, record.actorId, record.choice, record.reason ?? null, record.at)
}
