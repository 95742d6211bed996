/** Privileged acts and refused keys, recorded as they happen: append-only, written with the act itself. */
import { EVERY_COUNTY } from '../env.ts'
import { forEachChunk } from './batch.ts'

export type AuthEventKind =
  | 'key-issued'
  | 'key-revoked'
  | 'key-rotated'
  | 'key-refused'
  | 'key-locked'
  | 'record-exported'
  | 'record-pruned'
  | 'text-erased'

export type AuthEvent = {
  /** UTC, ISO 8601. */
  at: string
  kind: AuthEventKind
  /** The key that it was done to; '' where it is about none. */
  keyId: string
  /** Who did it; for a refused key, whose key it is. */
  actorId: string
  /** The key that it was done with; absent where a key was refused. */
  byKey?: string
  /** Whose record it belongs to. */
  county: string
  requestId: string
  /** Never a secret, never a text of a cell. */
  detail?: Record<string, string | number | boolean | undefined>
}

const COLUMNS = 'at, kind, key_id, actor_id, request_id, by_key, county, detail'

/** Statements that record acts, many in one. */
export function insertAuthEvents(db: D1Database, events: AuthEvent[]): D1PreparedStatement[] {
  return forEachChunk(
    db,
    `INSERT INTO auth_event (${COLUMNS})
     SELECT value ->> '$.at', value ->> '$.kind', value ->> '$.keyId', value ->> '$.actorId', value ->> '$.requestId',
       value ->> '$.byKey', value ->> '$.county', value -> '$.detail' FROM json_each(?1)`,
    events,
  )
}

/** Records that a key was refused, unless that stands in the record since `since` (UTC, ISO 8601). */
export function insertRefusedOnce(db: D1Database, event: AuthEvent, since: string): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO auth_event (${COLUMNS}) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
       WHERE NOT EXISTS (SELECT 1 FROM auth_event WHERE key_id = ?3 AND kind = ?2 AND at > ?9)`,
    )
    .bind(...toColumns(event), since)
}

/**
 * Records that a source was locked out, where its count of failures has just reached `count`. Guesses
 * at keys that do not exist (`actorId` '') stand under the admin, whose deployment they concern.
 */
export function insertLockedAt(db: D1Database, event: AuthEvent, source: string, count: number): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO auth_event (${COLUMNS}) SELECT ?1, ?2, ?3, a.id, ?5, ?6, ?7, ?8
       FROM auth_failure f JOIN actor a ON a.id = ?4 OR (?4 = '' AND a.role = 'admin' AND a.county = '${EVERY_COUNTY}')
       WHERE f.key_id = ?3 AND f.source = ?9 AND f.count = ?10`,
    )
    .bind(...toColumns(event), source, count)
}

function toColumns(event: AuthEvent): (string | null)[] {
  const { at, kind, keyId, actorId, requestId, byKey = null, county, detail } = event
  return [at, kind, keyId, actorId, requestId, byKey, county, detail ? JSON.stringify(detail) : null]
}
