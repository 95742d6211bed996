/** Changing a county's registry: units and groups added or replaced whole, with the actors of new units. */
import type { UnitRegistry } from '../../domain/units.ts'
import { actorId } from '../keys.ts'
import { forEachChunk } from './batch.ts'

/** Reads the version of the registry that a plan's county has. */
export function selectRegistryVersion(db: D1Database, planId: string): D1PreparedStatement {
  return db
    .prepare('SELECT registry_ver AS ver FROM county WHERE name = (SELECT county FROM plan WHERE id = ?1)')
    .bind(planId)
}

/** Reads the names under which relations of the named units were ever recorded. `unitIds`: JSON list. */
export function selectRecordedNames(db: D1Database, planId: string, unitIds: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT DISTINCT u.unit_id AS unitId, u.party FROM plan mine
       JOIN plan p ON p.county = mine.county
       JOIN sheet s ON s.plan_id = p.id
       JOIN row_unit u ON u.sheet_id = s.id
       WHERE mine.id = ?1 AND u.unit_id IN (SELECT value FROM json_each(?2))`,
    )
    .bind(planId, unitIds)
}

/** Makes a batch fail, as a changed scope, unless the county's registry has this version. */
export function guardRegistry(db: D1Database, county: string, ver: number): D1PreparedStatement {
  return db
    .prepare('INSERT INTO guard (scope_same) VALUES ((SELECT registry_ver = ?2 FROM county WHERE name = ?1))')
    .bind(county, ver)
}

/** Statements that store the units and groups, whole, and end what anybody in the county read before. */
export async function replaceInRegistry(
  db: D1Database,
  county: string,
  { units, groups = [] }: UnitRegistry,
): Promise<D1PreparedStatement[]> {
  const actors = await Promise.all(
    units.map(async ({ id, name }) => ({ id: await actorId('unit', county, id), name, unitId: id })),
  )
  const ids = units.map(({ id }) => id)
  return [
    db.prepare('UPDATE county SET registry_ver = registry_ver + 1 WHERE name = ?1').bind(county),
    db
      .prepare('UPDATE sheet SET epoch = epoch + 1 WHERE plan_id IN (SELECT id FROM plan WHERE county = ?1)')
      .bind(county),
    // Two units may take each other's names: none may stand in the other's way. No name has a line break.
    ...forEachChunk(
      db,
      `UPDATE unit SET name = char(10) || id WHERE county = ?2 AND id IN (SELECT value FROM json_each(?1))`,
      ids,
      county,
    ),
    ...forEachChunk(
      db,
      `INSERT INTO unit (county, id, name, valid_from, valid_to, successor)
       SELECT ?2, value ->> '$.id', value ->> '$.name', value ->> '$.from', value ->> '$.to', value ->> '$.successor'
       FROM json_each(?1) WHERE true
       ON CONFLICT (county, id) DO UPDATE SET name = excluded.name, valid_from = excluded.valid_from,
         valid_to = excluded.valid_to, successor = excluded.successor`,
      units,
      county,
    ),
    ...forEachChunk(
      db,
      'DELETE FROM unit_alias WHERE county = ?2 AND unit_id IN (SELECT value FROM json_each(?1))',
      ids,
      county,
    ),
    ...forEachChunk(
      db,
      `INSERT INTO unit_alias (county, unit_id, alias, former)
       SELECT ?2, value ->> '$.unitId', value ->> '$.alias', value ->> '$.former' FROM json_each(?1)`,
      units.flatMap(({ id: unitId, aliases = [], formerNames = [] }) => [
        ...aliases.map((alias) => ({ unitId, alias, former: 0 })),
        ...formerNames.map((alias) => ({ unitId, alias, former: 1 })),
      ]),
      county,
    ),
    ...forEachChunk(
      db,
      `INSERT INTO unit_group (county, name, aliases, members)
       SELECT ?2, value ->> '$.name', value -> '$.aliases', value -> '$.members' FROM json_each(?1) WHERE true
       ON CONFLICT (county, name) DO UPDATE SET aliases = excluded.aliases, members = excluded.members`,
      groups.map(({ name, aliases = [], members }) => ({ name, aliases, members })),
      county,
    ),
    ...forEachChunk(
      db,
      `INSERT INTO actor (id, role, name, county, unit_id)
       SELECT value ->> '$.id', 'unit', value ->> '$.name', ?2, value ->> '$.unitId' FROM json_each(?1) WHERE true
       ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
      actors,
      county,
    ),
  ]
}
