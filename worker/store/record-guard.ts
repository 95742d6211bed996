/** What sealing and erasing were computed from: the seals and erasures that were there. */

export type RecordState = { seals: number; erasures: number }

const SEALS = '(SELECT coalesce(max(n), 0) FROM seal)'
const ERASURES = '(SELECT coalesce(max(id), 0) FROM erasure)'

/** Reads one RecordState. */
export function selectRecordState(db: D1Database): D1PreparedStatement {
  return db.prepare(`SELECT ${SEALS} AS seals, ${ERASURES} AS erasures`)
}

/** Makes a batch fail (changed_scope) where a seal or an erasure came in between. */
export function guardRecord(db: D1Database, { seals, erasures }: RecordState): D1PreparedStatement {
  return db.prepare(`INSERT INTO guard (scope_same) VALUES (${SEALS} = ?1 AND ${ERASURES} = ?2)`).bind(seals, erasures)
}
