/** Actors: the offices of a county, its units, the admin. */
import type { Role } from '../../domain/protocol.ts'
import type { Actor } from '../env.ts'

type ActorColumns = { id: string; role: Role; name: string; county: string; unit_id: string | null }

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
    .first<ActorColumns>()
  return row ? toActor(row) : undefined
}

function toActor({ id, role, name, county, unit_id: unitId }: ActorColumns): Actor {
  return { id, role, name, county, ...(unitId ? { unitId } : {}) }
}

/** A unit of a county with its actor; `hasKey`: whether any key of it works at `at` (UTC, ISO 8601). */
export type UnitHolder = { actorId: string; unitId: string; name: string; hasKey: boolean }

export async function listUnitHolders(db: D1Database, county: string, at: string): Promise<UnitHolder[]> {
  const { results } = await db
    .prepare(
      `SELECT a.id, u.id AS unit_id, u.name, EXISTS (SELECT 1 FROM access_key k WHERE k.actor_id = a.id
           AND k.revoked_at IS NULL AND coalesce(k.expires_at > ?2, 1)) AS has_key
       FROM actor a JOIN unit u ON u.county = a.county AND u.id = a.unit_id
       WHERE a.role = 'unit' AND a.county = ?1 ORDER BY u.rowid`,
    )
    .bind(county, at)
    .run<{ id: string; unit_id: string; name: string; has_key: number }>()
  return results.map((row) => ({
    actorId: row.id,
    unitId: row.unit_id,
    name: row.name,
    hasKey: row.has_key === 1,
  }))
}
