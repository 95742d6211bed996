/** Actors and their keys: who may come in, and a record of every key issued, revoked, refused. */
import type { Role } from '../../domain/protocol.ts'
import type { Actor } from '../env.ts'
import { emptyGuard, guardKey, runBatch } from './batch.ts'

type KeyRecord = { id: string; hmac: string; post: string; revokedAt: string | null; actor: Actor }
type KeyColumns = {
  id: string
  hmac: string
  post: string
  revoked_at: string | null
  actor_id: string
  role: Role
  name: string
  county: string
  unit_id: string | null
}

/** A key with its actor, revoked or not; undefined where the id is unknown. */
export async function findKey(db: D1Database, id: string): Promise<KeyRecord | undefined> {
  const row = await db
    .prepare(
      `SELECT k.id, k.hmac, k.post, k.revoked_at, a.id AS actor_id, a.role, a.name, a.county, a.unit_id
       FROM access_key k JOIN actor a ON a.id = k.actor_id WHERE k.id = ?1`,
    )
    .bind(id)
    .first<KeyColumns>()
  return row ? toKeyRecord(row) : undefined
}

function toKeyRecord(row: KeyColumns): KeyRecord {
  const actor: Actor = { id: row.actor_id, role: row.role, name: row.name, county: row.county }
  if (row.unit_id !== null) actor.unitId = row.unit_id
  return { id: row.id, hmac: row.hmac, post: row.post, revokedAt: row.revoked_at, actor }
}

/** The office of a county, or one of its units by name. */
export async function findActor(
  db: D1Database,
  role: Role,
  county: string,
  unit: string | undefined,
): Promise<Actor | undefined> {
  const row = await db
    .prepare(
      `SELECT a.id, a.role, a.name, a.county, a.unit_id FROM actor a
       LEFT JOIN unit u ON u.county = a.county AND u.id = a.unit_id
       WHERE a.role = ?1 AND a.county = ?2 AND (a.role <> 'unit' OR u.name = ?3)`,
    )
    .bind(role, county, unit ?? null)
    .first<{ id: string; role: Role; name: string; county: string; unit_id: string | null }>()
  if (!row) return undefined
  return {
    id: row.id,
    role: row.role,
    name: row.name,
    county: row.county,
    ...(row.unit_id ? { unitId: row.unit_id } : {}),
  }
}

type AuthEvent = {
  at: string
  kind: 'key-issued' | 'key-revoked' | 'key-refused'
  keyId: string
  actorId: string
  requestId: string
}

function authEventStatement(db: D1Database, event: AuthEvent): D1PreparedStatement {
  return db
    .prepare('INSERT INTO auth_event (at, kind, key_id, actor_id, request_id) VALUES (?1, ?2, ?3, ?4, ?5)')
    .bind(event.at, event.kind, event.keyId, event.actorId, event.requestId)
}

export async function recordAuthEvent(db: D1Database, event: AuthEvent): Promise<void> {
  await authEventStatement(db, event).run()
}

/** Stores a new key and the record of it together. Throws key-revoked where the issuer's own key is. */
export async function insertKey(
  db: D1Database,
  key: { id: string; actorId: string; hmac: string; post: string },
  event: AuthEvent,
  byKeyId: string,
): Promise<void> {
  await runBatch(db, [
    guardKey(db, byKeyId),
    db
      .prepare('INSERT INTO access_key (id, actor_id, hmac, post, created_at) VALUES (?1, ?2, ?3, ?4, ?5)')
      .bind(key.id, key.actorId, key.hmac, key.post, event.at),
    authEventStatement(db, event),
    emptyGuard(db),
  ])
}

/** Revokes a key; revoking it again keeps the first time. Throws key-revoked where the caller's own key is. */
export async function revokeKey(db: D1Database, event: AuthEvent, byKeyId: string): Promise<void> {
  await runBatch(db, [
    guardKey(db, byKeyId),
    db
      .prepare('UPDATE access_key SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL')
      .bind(event.keyId, event.at),
    authEventStatement(db, event),
    emptyGuard(db),
  ])
}
