/**
 * Wrong keys, counted for each key and source together. They are no record: what came of them stands
 * in auth_event, and a count is deleted once its window has passed.
 */
import { type AuthEvent, insertLockedAt, insertRefusedOnce } from './auth-events.ts'

/** Wrong keys that one source may send for one key within a window. */
export const MAX_FAILURES = 10
const WINDOW_MINUTES = 15

/** `since`: when the first of them came, UTC, ISO 8601. */
export type Failures = { count: number; since: string }

/** The moment before which failures no longer count, UTC, ISO 8601. */
export function windowStart(now: Date): string {
  return new Date(now.getTime() - WINDOW_MINUTES * 60_000).toISOString()
}

/** Seconds that a source stays locked out; 0: it is not. */
export function lockedSeconds({ count, since }: Failures, now: Date): number {
  if (count < MAX_FAILURES || since <= windowStart(now)) return 0
  return Math.ceil((Date.parse(since) - Date.parse(windowStart(now))) / 1000)
}

/**
 * Counts a wrong key and records the first of a window and the one that locks. `refused`: the event
 * of the refusal; its `keyId` is '' for an id that does not exist, which is counted but not recorded.
 */
export async function countFailure(db: D1Database, source: string, refused: AuthEvent): Promise<void> {
  const { keyId, at } = refused
  const since = windowStart(new Date(at))
  const locked: AuthEvent = { ...refused, kind: 'key-locked', detail: { failures: MAX_FAILURES } }
  await db.batch([
    db.prepare('DELETE FROM auth_failure WHERE since <= ?1').bind(since),
    db
      .prepare(
        `INSERT INTO auth_failure (key_id, source, since, count) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT (key_id, source) DO UPDATE SET count = count + 1`,
      )
      .bind(keyId, source, at),
    ...(keyId === '' ? [] : [insertRefusedOnce(db, refused, since)]),
    insertLockedAt(db, locked, source, MAX_FAILURES),
  ])
}
