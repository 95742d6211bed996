/**
 * Prunes the record of refused keys: the one part of it that anybody outside can make grow. Nothing else
 * is ever pruned. Which lines went is written in the record, so that a verification knows them.
 */
import type { Services } from '../env.ts'
import { EVERY_COUNTY } from '../env.ts'
import { insertAuthEvents } from '../store/auth-events.ts'
import { emptyGuard } from '../store/batch.ts'
import { writeRanges } from './excuses.ts'

/** The law asks for six months; this leaves more than a year. The database itself refuses under 180. */
export const KEPT_DAYS = 400
const STEP_LINES = 500
const MAX_STEPS = 10

/**
 * Removes lines on refused keys that are older than `days`, in steps, each with the line that says so.
 * Gives how many went. What one run leaves the next one takes.
 */
export async function pruneRefusedKeys(
  db: D1Database,
  services: Pick<Services, 'now' | 'newId'>,
  days = KEPT_DAYS,
): Promise<number> {
  let pruned = 0
  for (let step = 0; step < MAX_STEPS; step++) {
    const count = await pruneStep(db, services, days)
    pruned += count
    if (count < STEP_LINES) break
  }
  return pruned
}

async function pruneStep(db: D1Database, services: Pick<Services, 'now' | 'newId'>, days: number): Promise<number> {
  const now = services.now()
  const before = new Date(now.getTime() - days * 86_400_000).toISOString()
  const [lines, admins] = await db.batch([
    db
      .prepare(
        `SELECT id FROM auth_event WHERE kind IN ('key-refused', 'key-locked') AND at < ?1
           AND id < (SELECT max(id) FROM auth_event) ORDER BY id LIMIT ${STEP_LINES}`,
      )
      .bind(before),
    db.prepare("SELECT id FROM actor WHERE role = 'admin' ORDER BY id LIMIT 1"),
  ])
  const ids = ((lines?.results ?? []) as { id: number }[]).map(({ id }) => id)
  const [admin] = (admins?.results ?? []) as { id: string }[]
  if (ids.length === 0 || !admin) return 0
  const list = JSON.stringify(ids)
  await db.batch([
    // Another run may have taken them.
    db
      .prepare(
        `INSERT INTO guard (scope_same)
         SELECT count(*) = ?2 FROM auth_event WHERE id IN (SELECT value FROM json_each(?1))`,
      )
      .bind(list, ids.length),
    ...insertAuthEvents(db, [
      {
        at: now.toISOString(),
        kind: 'record-pruned',
        keyId: '',
        actorId: admin.id,
        county: EVERY_COUNTY,
        requestId: services.newId(),
        detail: { count: ids.length, before, ids: writeRanges(ids) },
      },
    ]),
    db.prepare('DELETE FROM auth_event WHERE id IN (SELECT value FROM json_each(?1))').bind(list),
    emptyGuard(db),
  ])
  return ids.length
}
