/** Keys in the store: found at every request, issued, replaced, revoked, listed. Never the key itself. */

import type { KeyInfo, Role } from '../../domain/protocol.ts'
import { lastDayBefore } from '../beijing-date.ts'
import type { Actor, CallerKey } from '../env.ts'
import { type AuthEvent, insertAuthEvents } from './auth-events.ts'
import type { Failures } from './auth-failures.ts'
import { type Committer, emptyGuard, forEachChunk, guardKey, runBatch } from './batch.ts'

/** A key as stored. Times are UTC, ISO 8601; `expiresAt`: first moment at which it no longer works. */
export type KeyRecord = {
  actor: Actor
  key: CallerKey
  hmac: string
  expiresAt: string | null
  revokedAt: string | null
  replacedBy: string | null
  lastUsedAt: string | null
}

type KeyColumns = {
  id: string
  hmac: string
  post: string
  duty: CallerKey['duty']
  rows: string | null
  rows_of: string | null
  created_at: string
  expires_at: string | null
  revoked_at: string | null
  replaced_by: string | null
  last_used_at: string | null
  actor_id: string
  role: Role
  name: string
  county: string
  unit_id: string | null
}

const KEY_COLUMNS = `k.id, k.hmac, k.post, k.duty, k.rows, k.rows_of, k.created_at, k.expires_at, k.revoked_at,
  k.replaced_by, k.last_used_at, a.id AS actor_id, a.role, a.name, a.county, a.unit_id`

/** A key, working or not; undefined where the id is unknown. */
export async function findKey(db: D1Database, id: string): Promise<KeyRecord | undefined> {
  const row = await db
    .prepare(`SELECT ${KEY_COLUMNS} FROM access_key k JOIN actor a ON a.id = k.actor_id WHERE k.id = ?1`)
    .bind(id)
    .first<KeyColumns>()
  return row ? toKeyRecord(row) : undefined
}

/** A key and what wrong keys a source sent for it, or for ids that do not exist where it does not; one read. */
export async function findAccess(
  db: D1Database,
  id: string,
  source: string,
): Promise<{ record: KeyRecord | undefined; failures: Failures }> {
  const row = await db
    .prepare(
      `SELECT ${KEY_COLUMNS}, f.count AS failures, f.since AS failing_since FROM (SELECT ?1 AS id) asked
       LEFT JOIN access_key k ON k.id = asked.id LEFT JOIN actor a ON a.id = k.actor_id
       LEFT JOIN auth_failure f ON f.key_id = coalesce(k.id, '') AND f.source = ?2`,
    )
    .bind(id, source)
    .first<KeyColumns & { id: string | null; failures: number | null; failing_since: string | null }>()
  return {
    record: row && row.id !== null ? toKeyRecord(row) : undefined,
    failures: { count: row?.failures ?? 0, since: row?.failing_since ?? '' },
  }
}

function toKeyRecord(row: KeyColumns): KeyRecord {
  const actor: Actor = { id: row.actor_id, role: row.role, name: row.name, county: row.county }
  if (row.unit_id !== null) actor.unitId = row.unit_id
  const rows = row.rows === null ? null : (JSON.parse(row.rows) as string[])
  const key: CallerKey = {
    id: row.id,
    post: row.post,
    duty: row.duty,
    scope: rows && row.rows_of !== null ? { planId: row.rows_of, rows: new Set(rows) } : null,
    expiresOn: row.expires_at && lastDayBefore(row.expires_at),
  }
  return {
    actor,
    key,
    hmac: row.hmac,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    replacedBy: row.replaced_by,
    lastUsedAt: row.last_used_at,
  }
}

/** Whether a key works at a moment (UTC, ISO 8601), or how it ended. */
export function stateOf(key: Pick<KeyRecord, 'expiresAt' | 'revokedAt'>, at: string): KeyInfo['state'] {
  if (key.revokedAt !== null) return 'revoked'
  return key.expiresAt !== null && key.expiresAt <= at ? 'expired' : 'active'
}

/** Every key of the named counties ('*': the admin's), those of one holder together, newest first. */
export async function listKeys(db: D1Database, counties: string[], at: string): Promise<KeyInfo[]> {
  const { results } = await db
    .prepare(
      `SELECT ${KEY_COLUMNS} FROM access_key k JOIN actor a ON a.id = k.actor_id
       WHERE a.county IN (SELECT value FROM json_each(?1)) ORDER BY a.role, a.name, k.created_at DESC, k.id`,
    )
    .bind(JSON.stringify(counties))
    .run<KeyColumns>()
  return results.map((row) => {
    const record = toKeyRecord(row)
    const { id, post, duty, scope, expiresOn } = record.key
    return {
      id,
      role: row.role,
      holder: row.name,
      post,
      duty,
      rows: scope && [...scope.rows],
      ...(scope ? { planId: scope.planId } : {}),
      createdAt: row.created_at,
      lastUsedAt: record.lastUsedAt,
      expiresOn,
      revokedAt: record.revokedAt,
      replacedBy: record.replacedBy,
      state: stateOf(record, at),
    }
  })
}

export type NewKey = {
  id: string
  actorId: string
  hmac: string
  post: string
  duty: CallerKey['duty']
  scope: CallerKey['scope']
  /** UTC, ISO 8601. */
  expiresAt: string | null
}

/** What an act on keys is done with, and what is recorded of it. */
type Act = { by: Committer; events: AuthEvent[] }

/** Stores new keys and the record of them together. Throws key-revoked, key-expired: the issuer's own. */
export async function insertKeys(db: D1Database, keys: NewKey[], { by, events }: Act): Promise<void> {
  await runBatch(db, [
    guardKey(db, by),
    ...keyStatements(db, keys, by.at),
    ...insertAuthEvents(db, events),
    emptyGuard(db),
  ])
}

function keyStatements(db: D1Database, keys: NewKey[], at: string): D1PreparedStatement[] {
  return forEachChunk(
    db,
    `INSERT INTO access_key (id, actor_id, hmac, post, duty, rows, rows_of, expires_at, created_at)
     SELECT value ->> '$.id', value ->> '$.actorId', value ->> '$.hmac', value ->> '$.post', value ->> '$.duty',
       value -> '$.rows', value ->> '$.rowsOf', value ->> '$.expiresAt', ?2 FROM json_each(?1)`,
    keys.map(({ scope, ...key }) => ({ ...key, ...(scope ? { rows: [...scope.rows], rowsOf: scope.planId } : {}) })),
    at,
  )
}

/**
 * Stores the key that replaces another. The old one is revoked at `by.at`, or ends at `overlapUntil`
 * (UTC, ISO 8601) at the latest. Throws key-not-active where the old one no longer works or was
 * replaced before; key-revoked, key-expired.
 */
export async function replaceKey(
  db: D1Database,
  oldId: string,
  key: NewKey,
  overlapUntil: string | undefined,
  { by, events }: Act,
): Promise<void> {
  await runBatch(db, [
    guardKey(db, by),
    db
      .prepare(
        `INSERT INTO guard (key_active) VALUES ((SELECT revoked_at IS NULL AND replaced_by IS NULL
           AND coalesce(expires_at > ?2, 1) FROM access_key WHERE id = ?1))`,
      )
      .bind(oldId, by.at),
    ...keyStatements(db, [key], by.at),
    overlapUntil === undefined
      ? db.prepare('UPDATE access_key SET replaced_by = ?2, revoked_at = ?3 WHERE id = ?1').bind(oldId, key.id, by.at)
      : db
          .prepare(
            'UPDATE access_key SET replaced_by = ?2, expires_at = min(coalesce(expires_at, ?3), ?3) WHERE id = ?1',
          )
          .bind(oldId, key.id, overlapUntil),
    ...insertAuthEvents(db, events),
    emptyGuard(db),
  ])
}

/**
 * Revokes a key. Throws key-revoked, key-expired: the caller's own; last-admin-key where no other
 * admin key would work.
 */
export async function revokeKey(db: D1Database, { actor, key }: KeyRecord, { by, events }: Act): Promise<void> {
  const adminLeft = db
    .prepare(
      `INSERT INTO guard (admin_left) VALUES ((SELECT count(*) > 0 FROM access_key k JOIN actor a ON a.id = k.actor_id
         WHERE a.role = 'admin' AND k.revoked_at IS NULL AND coalesce(k.expires_at > ?1, 1)))`,
    )
    .bind(by.at)
  await runBatch(db, [
    guardKey(db, by),
    db.prepare('UPDATE access_key SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL').bind(key.id, by.at),
    ...(actor.role === 'admin' ? [adminLeft] : []),
    ...insertAuthEvents(db, events),
    emptyGuard(db),
  ])
}

/** Notes that a key was used in an hour (UTC, ISO 8601). */
export async function noteUse(db: D1Database, id: string, hour: string): Promise<void> {
  await db
    .prepare("UPDATE access_key SET last_used_at = ?2 WHERE id = ?1 AND coalesce(last_used_at, '') < ?2")
    .bind(id, hour)
    .run()
}
