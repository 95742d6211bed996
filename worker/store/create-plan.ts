/** Storing a new plan: its county's units and actors, the plan, its rows with their first events. */

import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import type { PlanFile } from '../../domain/protocol.ts'
import { diffRow } from '../../domain/replay.ts'
import { actorId } from '../keys.ts'
import { keysBetween } from '../order-key.ts'
import { forEachChunk } from './batch.ts'
import { type Commit, commitStatements } from './commits.ts'
import { sheetIdOf } from './plans.ts'
import { insertRelations, toRow } from './rows.ts'

/** Names of a county's two offices, until the county gives them others. */
function officesOf(county: string): { role: 'commission' | 'supervision'; name: string }[] {
  return [
    { role: 'commission', name: `${county}发展改革委` },
    { role: 'supervision', name: `${county}政府督查室` },
  ]
}

/**
 * Statements that create a plan in state 征集. `unitIds`: ids of the registry's units by name, as the
 * county knows them.
 */
export async function planStatements(
  db: D1Database,
  plan: Plan,
  file: PlanFile,
  unitIds: Map<string, string>,
  commit: Commit,
): Promise<D1PreparedStatement[]> {
  const sheetId = sheetIdOf(plan.id)
  const { titleLines, periods, columns } = plan
  const orderKeys = keysBetween('', undefined, file.rows.length)
  return [
    ...(await registryStatements(db, plan.county, file.registry, unitIds)),
    db
      .prepare(
        `INSERT INTO plan (id, county, year, title, state, document_number, issued_on, layout, created_at)
         VALUES (?1, ?2, ?3, ?4, 'collecting', ?5, ?6, ?7, ?8)`,
      )
      .bind(
        plan.id,
        plan.county,
        plan.year,
        plan.title,
        plan.documentNumber ?? null,
        plan.issuedOn ?? null,
        JSON.stringify({ titleLines, periods, columns }),
        commit.at,
      ),
    db
      .prepare("INSERT INTO sheet (id, plan_id, form, spec_version, epoch) VALUES (?1, ?2, 'breakdown', ?3, 1)")
      .bind(sheetId, plan.id, breakdownSpec(plan).version),
    ...commitStatements(
      db,
      commit,
      file.rows.map(({ rowId, cells, spans, spansConfirmed }, i) => {
        const row = toRow(rowId, cells, spans)
        return { row, kind: 'insert', changes: diffRow(undefined, row), orderKey: orderKeys[i]!, spansConfirmed }
      }),
    ),
    ...insertRelations(db, sheetId, relationsOf(file, unitIds)),
  ]
}

function relationsOf(file: PlanFile, unitIds: Map<string, string>) {
  const groups = new Set((file.registry.groups ?? []).map(({ name }) => name))
  return file.rows.flatMap((row) =>
    (['lead', 'supporting'] as const).flatMap((role) =>
      row[role]
        .filter((party) => unitIds.has(party) || (role === 'supporting' && groups.has(party)))
        .map((party) => ({ rowId: row.rowId, role, party, unitId: unitIds.get(party) })),
    ),
  )
}

/** Adds what a county does not have yet; what it has keeps its id. */
async function registryStatements(
  db: D1Database,
  county: string,
  registry: PlanFile['registry'],
  unitIds: Map<string, string>,
): Promise<D1PreparedStatement[]> {
  const idOf = (name: string) => unitIds.get(name) ?? ''
  const nameOfId = new Map(registry.units.map(({ id, name }) => [id, name]))
  // An id that the file does not explain is one that the county has.
  const idOfSuccessor = (id: string) => idOf(nameOfId.get(id) ?? '') || id
  const units = registry.units.map(({ name, from, to, successor }) => ({
    id: idOf(name),
    name,
    from,
    to,
    successor: successor === undefined ? undefined : idOfSuccessor(successor),
  }))
  const aliases = registry.units.flatMap(({ name, aliases: words = [], formerNames = [] }) => [
    ...words.map((alias) => ({ unitId: idOf(name), alias, former: 0 })),
    ...formerNames.map((alias) => ({ unitId: idOf(name), alias, former: 1 })),
  ])
  const offices = await Promise.all(
    officesOf(county).map(async ({ role, name }) => ({ id: await actorId(role, county), role, name })),
  )
  const unitActors = await Promise.all(
    units.map(async ({ id, name }) => ({ id: await actorId('unit', county, id), role: 'unit', name, unitId: id })),
  )
  return [
    db
      .prepare(
        `INSERT INTO county (name, registry_ver) VALUES (?1, 1)
         ON CONFLICT (name) DO UPDATE SET registry_ver = registry_ver + 1`,
      )
      .bind(county),
    ...forEachChunk(
      db,
      `INSERT INTO unit (county, id, name, valid_from, valid_to, successor)
       SELECT ?2, value ->> '$.id', value ->> '$.name', value ->> '$.from', value ->> '$.to', value ->> '$.successor'
       FROM json_each(?1) WHERE true
       ON CONFLICT (county, id) DO UPDATE SET valid_from = coalesce(excluded.valid_from, valid_from),
         valid_to = coalesce(excluded.valid_to, valid_to), successor = coalesce(excluded.successor, successor)`,
      units,
      county,
    ),
    ...forEachChunk(
      db,
      `INSERT INTO unit_alias (county, unit_id, alias, former)
       SELECT ?2, value ->> '$.unitId', value ->> '$.alias', value ->> '$.former'
       FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`,
      aliases,
      county,
    ),
    ...forEachChunk(
      db,
      `INSERT INTO unit_group (county, name, aliases, members)
       SELECT ?2, value ->> '$.name', value -> '$.aliases', value -> '$.members'
       FROM json_each(?1) WHERE true
       ON CONFLICT (county, name) DO UPDATE SET aliases = excluded.aliases,
         members = coalesce(excluded.members, members)`,
      (registry.groups ?? []).map(({ name, aliases: words = [], members }) => ({ name, aliases: words, members })),
      county,
    ),
    ...forEachChunk(
      db,
      `INSERT INTO actor (id, role, name, county, unit_id)
       SELECT value ->> '$.id', value ->> '$.role', value ->> '$.name', ?2, value ->> '$.unitId'
       FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`,
      [...offices, ...unitActors],
      county,
    ),
  ]
}
