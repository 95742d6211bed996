/** Rows as they stand, their events, and who leads and supports them. */
import type { CellChange, Row } from '../../domain/table.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import type { Actor } from '../env.ts'
import { forEachChunk } from './batch.ts'
import { THIS_COMMIT } from './commits.ts'

/** A row at the head. A deleted one keeps its last cells. */
export type HeadRow = { row: Row; ver: number; orderKey: string; spansConfirmed: boolean; deleted: boolean }

export type EventKind = 'insert' | 'update' | 'delete' | 'resolve' | 'confirm' | 'move' | 'adjust' | 'correct'
export type EventChange = Omit<CellChange, 'rowId'>

/**
 * One change of one row. Order, confirmed spans and deletion are set only by events that change them;
 * reason, paper and first period only by an adjustment or erratum.
 */
export type RowEvent = {
  rowId: string
  seq: number
  kind: EventKind
  actorId: string
  actorName: string
  at: string
  changes: EventChange[]
  orderKey?: string
  spansConfirmed?: boolean
  deleted?: boolean
  reason?: string
  documentNumber?: string
  effectivePeriod?: string
}

/** Approved relations of one row, by name; supporting parties may be groups. */
export type Parties = { lead: Party[]; supporting: Party[] }
type Party = { name: string; unitId?: string }

export type Relation = { rowId: string; role: 'lead' | 'supporting'; party: string; unitId?: string | undefined }

/**
 * Statements that store relations from the commit of the same batch on, each party once a role.
 * `validFrom`: their first day; absent for a new row's, which hold since ever.
 */
export function insertRelations(
  db: D1Database,
  sheetId: string,
  relations: Relation[],
  validFrom?: string,
): D1PreparedStatement[] {
  const once = [...new Map(relations.map((it) => [`${it.rowId}\n${it.role}\n${it.party}`, it])).values()]
  return forEachChunk(
    db,
    `INSERT INTO row_unit (sheet_id, row_id, role, position, party, unit_id, from_seq, valid_from)
     SELECT ?2, value ->> '$.rowId', value ->> '$.role', value ->> '$.position', value ->> '$.party',
       value ->> '$.unitId', ${THIS_COMMIT}, ?3 FROM json_each(?1)`,
    once.map((relation, position) => ({ ...relation, position })),
    sheetId,
    validFrom ?? null,
  )
}

/** Every row of a sheet, deleted ones too, in the order of the table. */
export function selectRows(db: D1Database, sheetId: string): D1PreparedStatement {
  return db.prepare('SELECT * FROM row_state WHERE sheet_id = ?1 ORDER BY order_key, row_id').bind(sheetId)
}

/** The named rows of a sheet, deleted ones too. `rowIds`: JSON list. */
export function selectSomeRows(db: D1Database, sheetId: string, rowIds: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT r.* FROM json_each(?2) e CROSS JOIN row_state r ON r.sheet_id = ?1 AND r.row_id = e.value
       ORDER BY r.order_key, r.row_id`,
    )
    .bind(sheetId, rowIds)
}

/** At most `limit` ids of rows that are not deleted, in the order of the ids, behind `after` ('': from the first). */
export async function listRowIds(db: D1Database, sheetId: string, after: string, limit: number): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT row_id AS id FROM row_state WHERE sheet_id = ?1 AND deleted = 0 AND row_id > ?2
       ORDER BY row_id LIMIT ?3`,
    )
    .bind(sheetId, after, limit)
    .run<{ id: string }>()
  return results.map(({ id }) => id)
}

export function readRows(result: D1Result | undefined): HeadRow[] {
  const rows = (result?.results ?? []) as {
    row_id: string
    ver: number
    order_key: string
    spans_confirmed: number
    deleted: number
    cells: string
    spans: string
  }[]
  return rows.map((row) => ({
    row: toRow(row.row_id, JSON.parse(row.cells) as Record<string, string>, JSON.parse(row.spans) as Row['spans']),
    ver: row.ver,
    orderKey: row.order_key,
    spansConfirmed: row.spans_confirmed === 1,
    deleted: row.deleted === 1,
  }))
}

/** A row without an empty `spans`. */
export function toRow(rowId: string, cells: Record<string, string>, spans: Row['spans']): Row {
  return spans && Object.keys(spans).length > 0 ? { rowId, cells, spans } : { rowId, cells }
}

/**
 * What is needed of the rows that a submission does not name: their order and their tasks. `isNew`: the
 * row was added after a given version.
 */
export type Outline = { rowId: string; orderKey: string; task: string; isNew: boolean }

/** Every row that is not deleted, in order. `sinceVer`: rows added after it are new. */
export function selectOutline(
  db: D1Database,
  sheetId: string,
  sinceVer = Number.MAX_SAFE_INTEGER,
): D1PreparedStatement {
  return db
    .prepare(
      `SELECT row_id AS rowId, order_key AS orderKey, coalesce(json_extract(cells, '$.task'), '') AS task,
         ver > ?2 AND ?2 < (SELECT min(v.seq) FROM row_event v
           WHERE v.sheet_id = r.sheet_id AND v.row_id = r.row_id) AS isNew
       FROM row_state r WHERE sheet_id = ?1 AND deleted = 0 ORDER BY order_key, row_id`,
    )
    .bind(sheetId, sinceVer)
}

export function readOutline(result: D1Result | undefined): Outline[] {
  const rows = (result?.results ?? []) as (Omit<Outline, 'isNew'> & { isNew: number })[]
  return rows.map((row) => ({ ...row, isNew: row.isNew === 1 }))
}

const EVENT_COLUMNS = `v.row_id, v.seq, v.kind, v.actor_id, a.name AS actor_name, c.at, v.order_key,
  v.spans_confirmed, v.deleted`
const EVENT_JOINS = 'JOIN actor a ON a.id = v.actor_id JOIN commit_log c ON c.seq = v.seq'
const WHY_COLUMNS = 'w.reason, w.document_number, w.effective_period'
const WHY_JOIN = 'LEFT JOIN plan_change w ON w.seq = v.seq'

/**
 * Events of the named rows from the named version on, oldest first; that version's own without its
 * changes, because it only has to be there. `bases`: JSON list of {rowId, ver}. CROSS JOIN keeps SQLite from walking the whole log instead of the few named rows.
 */
export function selectEventsSince(db: D1Database, sheetId: string, bases: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT ${EVENT_COLUMNS}, iif(v.seq = json_extract(e.value, '$.ver'), '[]', v.changes) AS changes
       FROM json_each(?2) e
       CROSS JOIN row_event v ON v.sheet_id = ?1 AND v.row_id = json_extract(e.value, '$.rowId')
         AND v.seq >= json_extract(e.value, '$.ver')
       ${EVENT_JOINS} ORDER BY v.seq`,
    )
    .bind(sheetId, bases)
}

/** All events of a sheet, or of one row, oldest first, with the reason of those that have one. */
export function selectEvents(db: D1Database, sheetId: string, rowId?: string): D1PreparedStatement {
  return rowId === undefined
    ? db
        .prepare(
          `SELECT ${EVENT_COLUMNS}, v.changes, ${WHY_COLUMNS} FROM row_event v ${EVENT_JOINS} ${WHY_JOIN}
           WHERE v.sheet_id = ?1 ORDER BY v.seq, v.row_id`,
        )
        .bind(sheetId)
    : db
        .prepare(
          `SELECT ${EVENT_COLUMNS}, v.changes, ${WHY_COLUMNS} FROM row_event v ${EVENT_JOINS} ${WHY_JOIN}
           WHERE v.sheet_id = ?1 AND v.row_id = ?2 ORDER BY v.seq`,
        )
        .bind(sheetId, rowId)
}

export function readEvents(result: D1Result | undefined): RowEvent[] {
  const rows = (result?.results ?? []) as {
    row_id: string
    seq: number
    kind: EventKind
    actor_id: string
    actor_name: string
    at: string
    changes: string
    order_key: string | null
    spans_confirmed: number | null
    deleted: number | null
    // Absent where the events were read without their reasons.
    reason?: string | null
    document_number?: string | null
    effective_period?: string | null
  }[]
  return rows.map((row) => ({
    rowId: row.row_id,
    seq: row.seq,
    kind: row.kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    at: row.at,
    changes: JSON.parse(row.changes) as EventChange[],
    ...(row.order_key !== null ? { orderKey: row.order_key } : {}),
    ...(row.spans_confirmed !== null ? { spansConfirmed: row.spans_confirmed === 1 } : {}),
    ...(row.deleted !== null ? { deleted: row.deleted === 1 } : {}),
    ...(row.reason != null ? { reason: row.reason } : {}),
    ...(row.document_number != null ? { documentNumber: row.document_number } : {}),
    ...(row.effective_period != null ? { effectivePeriod: row.effective_period } : {}),
  }))
}

/**
 * The approved relations of a sheet as they hold on `day` (in Beijing) by what is recorded now; only
 * of the named rows where `rowIds` (JSON list) is given. A unit has the name it has now.
 */
export function selectParties(db: D1Database, sheetId: string, day: string, rowIds?: string): D1PreparedStatement {
  const columns = 'u.row_id, u.role, coalesce(n.name, u.party) AS party, u.unit_id'
  const names = `LEFT JOIN unit n ON n.id = u.unit_id
    AND n.county = (SELECT p.county FROM sheet s JOIN plan p ON p.id = s.plan_id WHERE s.id = ?1)`
  const onDay = `u.to_seq IS NULL AND coalesce(u.valid_from, '') <= ?2 AND coalesce(u.valid_to, '9999') >= ?2
    ORDER BY u.row_id, u.role, u.position`
  return rowIds === undefined
    ? db.prepare(`SELECT ${columns} FROM row_unit u ${names} WHERE u.sheet_id = ?1 AND ${onDay}`).bind(sheetId, day)
    : db
        .prepare(
          `SELECT ${columns} FROM json_each(?3) e
           CROSS JOIN row_unit u ON u.sheet_id = ?1 AND u.row_id = e.value ${names} WHERE ${onDay}`,
        )
        .bind(sheetId, day, rowIds)
}

export function readParties(result: D1Result | undefined): Map<string, Parties> {
  const rows = (result?.results ?? []) as {
    row_id: string
    role: 'lead' | 'supporting'
    party: string
    unit_id: string | null
  }[]
  const parties = new Map<string, Parties>()
  for (const row of rows) {
    const of = parties.get(row.row_id) ?? { lead: [], supporting: [] }
    of[row.role].push(row.unit_id === null ? { name: row.party } : { name: row.party, unitId: row.unit_id })
    parties.set(row.row_id, of)
  }
  return parties
}

/** How an actor stands to a row: a unit leads it, supports it (itself or in a group), or neither. */
export function roleOn(
  parties: Parties | undefined,
  actor: Actor,
  registry: UnitRegistry,
): 'lead' | 'supporting' | 'none' {
  if (actor.unitId === undefined || !parties) return 'none'
  if (parties.lead.some((party) => party.unitId === actor.unitId)) return 'lead'
  const name = registry.units.find((unit) => unit.id === actor.unitId)?.name
  const supports = parties.supporting.some(
    (party) =>
      party.unitId === actor.unitId ||
      (party.unitId === undefined &&
        registry.groups?.some(
          (group) => group.name === party.name && name !== undefined && group.members?.includes(name),
        )),
  )
  return supports ? 'supporting' : 'none'
}
