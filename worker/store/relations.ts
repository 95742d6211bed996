/** Relations through time: replaced from a day on, and told as they were recorded. */
import { dayBefore } from '../beijing-date.ts'
import { forEachChunk } from './batch.ts'
import { THIS_COMMIT } from './commits.ts'
import { insertRelations, type Relation } from './rows.ts'

/**
 * Statements that give rows these relations from `day` on, by the commit of the same batch. What was
 * recorded for days from then on ends; of what began before, a copy that ends the day before stays,
 * so that the open lines alone say who answered on any day.
 */
export function replaceRelations(
  db: D1Database,
  sheetId: string,
  day: string,
  rowIds: string[],
  relations: Relation[],
): D1PreparedStatement[] {
  return [
    ...forEachChunk(
      db,
      `UPDATE row_unit SET to_seq = ${THIS_COMMIT}
       WHERE sheet_id = ?2 AND to_seq IS NULL AND coalesce(valid_to, '9999') >= ?3
         AND row_id IN (SELECT value FROM json_each(?1))`,
      rowIds,
      sheetId,
      day,
    ),
    // Lines of one row and day come from one commit, so that their positions differ; behind the new ones.
    db
      .prepare(
        `INSERT INTO row_unit (sheet_id, row_id, role, position, party, unit_id, from_seq, valid_from, valid_to)
         SELECT sheet_id, row_id, role, position + ?3, party, unit_id, ${THIS_COMMIT}, valid_from, ?4
         FROM row_unit WHERE sheet_id = ?1 AND to_seq = ${THIS_COMMIT} AND coalesce(valid_from, '') < ?2`,
      )
      .bind(sheetId, day, relations.length, dayBefore(day)),
    ...insertRelations(db, sheetId, relations, day),
  ]
}

/** One recorded line: between which days, by which commit, and by which it was replaced. */
export type RecordedRelation = {
  rowId: string
  role: 'lead' | 'supporting'
  /** Name now, and the name it was recorded under. */
  unit: string
  recordedAs: string
  from: string | null
  to: string | null
  seq: number
  at: string
  by: string
  reason: string | null
  documentNumber: string | null
  replacedSeq: number | null
  replacedAt: string | null
  isDeleted: number
}

/** Reads every recorded relation of a sheet in the order of its rows; of one row where `rowId` is given. */
export function selectRecorded(db: D1Database, sheetId: string, rowId?: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT u.row_id AS rowId, u.role, coalesce(n.name, u.party) AS unit, u.party AS recordedAs,
         u.valid_from AS "from", u.valid_to AS "to", u.from_seq AS seq, c.at, a.name AS by, w.reason,
         w.document_number AS documentNumber, u.to_seq AS replacedSeq, e.at AS replacedAt, r.deleted AS isDeleted
       FROM row_unit u
       JOIN row_state r ON r.sheet_id = u.sheet_id AND r.row_id = u.row_id
       JOIN commit_log c ON c.seq = u.from_seq
       JOIN actor a ON a.id = c.actor_id
       LEFT JOIN plan_change w ON w.seq = u.from_seq
       LEFT JOIN commit_log e ON e.seq = u.to_seq
       LEFT JOIN unit n ON n.id = u.unit_id
         AND n.county = (SELECT p.county FROM sheet s JOIN plan p ON p.id = s.plan_id WHERE s.id = ?1)
       WHERE u.sheet_id = ?1 AND (?2 IS NULL OR u.row_id = ?2)
       ORDER BY r.order_key, u.row_id, coalesce(u.valid_from, ''), u.from_seq, u.role, u.position`,
    )
    .bind(sheetId, rowId ?? null)
}

export function readRecorded(result: D1Result | undefined): RecordedRelation[] {
  return (result?.results ?? []) as RecordedRelation[]
}
