/** Plans, their sheet, and the county's registry of units. */
import { breakdownSpec, type Plan, type PlanState, type SignOff } from '../../domain/plan.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import { type Actor, actsFor } from '../env.ts'
import { groupBy } from '../group-by.ts'
import { Refusal } from '../refusal.ts'

/** A plan with its one sheet: what every request about it begins with. */
export type PlanSheet = {
  plan: Plan
  spec: SheetSpec
  sheetId: string
  epoch: number
  seq: number
}

type PlanColumns = {
  id: string
  county: string
  year: number
  title: string
  state: PlanState
  document_number: string | null
  issued_on: string | null
  layout: string
  sign_off: SignOff
  /** Only where one plan is read. */
  reviewer?: string | null
}
type PlanSheetColumns = PlanColumns & { sheet_id: string; epoch: number; seq: number }

/** Name of a plan's breakdown sheet in the store. */
export function sheetIdOf(planId: string): string {
  return `${planId}/breakdown`
}

/** Reads a plan, its epoch and its last sequence. */
export function selectPlan(db: D1Database, planId: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT p.*, s.id AS sheet_id, s.epoch,
         (SELECT coalesce(max(seq), 0) FROM commit_log WHERE sheet_id = s.id) AS seq,
         (SELECT name FROM actor WHERE county = p.county AND role = 'commission') AS reviewer
       FROM plan p JOIN sheet s ON s.plan_id = p.id AND s.form = 'breakdown' WHERE p.id = ?1`,
    )
    .bind(planId)
}

/** The plan in a result of selectPlan. Throws plan-not-found, also where the actor has no business with it. */
export function readPlan(result: D1Result | undefined, planId: string, actor: Actor): PlanSheet {
  const row = (result?.results as PlanSheetColumns[] | undefined)?.[0]
  if (!row || !actsFor(actor, row.county)) throw new Refusal('plan-not-found', { plan: planId })
  const plan = toPlan(row)
  const { sheet_id: sheetId, epoch, seq } = row
  return { plan, spec: breakdownSpec(plan), sheetId, epoch, seq }
}

export async function findPlan(db: D1Database, planId: string, actor: Actor): Promise<PlanSheet> {
  return readPlan(await selectPlan(db, planId).run(), planId, actor)
}

/** Plans of the actor's county, all of them for an admin; newest year first. */
export async function listPlans(db: D1Database, actor: Actor): Promise<Plan[]> {
  const { results } = await db
    .prepare("SELECT * FROM plan WHERE ?1 = '*' OR county = ?1 ORDER BY year DESC, created_at DESC, id")
    .bind(actor.county)
    .run<PlanColumns>()
  return results.map(toPlan)
}

function toPlan(row: PlanColumns): Plan {
  const layout = JSON.parse(row.layout) as Pick<Plan, 'titleLines' | 'periods' | 'columns'>
  return {
    id: row.id,
    county: row.county,
    year: row.year,
    title: row.title,
    ...layout,
    state: row.state,
    ...(row.document_number !== null ? { documentNumber: row.document_number } : {}),
    ...(row.issued_on !== null ? { issuedOn: row.issued_on } : {}),
    ...(row.sign_off !== 'none' ? { signOff: row.sign_off } : {}),
    ...(row.reviewer ? { reviewer: row.reviewer } : {}),
  }
}

/** Reads the registry of the county that a plan belongs to. For readRegistry; three statements. */
export function selectRegistry(db: D1Database, planId: string): D1PreparedStatement[] {
  return [
    'SELECT id, name, valid_from, valid_to, successor FROM unit WHERE county = (SELECT county FROM plan WHERE id = ?1) ORDER BY rowid',
    'SELECT unit_id, alias, former FROM unit_alias WHERE county = (SELECT county FROM plan WHERE id = ?1) ORDER BY rowid',
    'SELECT name, aliases, members FROM unit_group WHERE county = (SELECT county FROM plan WHERE id = ?1) ORDER BY rowid',
  ].map((sql) => db.prepare(sql).bind(planId))
}

/**
 * Reads the stamp of everything that the master shows `today` (in Beijing), as one text: it changes
 * with every commit, submission, annotation, state of the plan and entry of the county's registry, seal and
 * erasure, and when relations that were recorded ahead come into force.
 */
export function selectStamp(db: D1Database, planId: string, today: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT s.epoch || '-' || (SELECT coalesce(max(seq), 0) FROM commit_log WHERE sheet_id = s.id)
         || '-' || (SELECT count(*) FROM submission WHERE plan_id = p.id AND day_no IS NOT NULL)
         || '-' || coalesce((SELECT registry_ver FROM county WHERE name = p.county), 0)
         || '-' || (SELECT coalesce(max(n), 0) FROM seal)
         || '-' || (SELECT count(*) FROM erasure WHERE plan_id = p.id)
         || '-' || (SELECT count(*) FROM annotation WHERE sheet_id = s.id)
         || coalesce('-' || (SELECT max(valid_from) FROM row_unit
              WHERE sheet_id = s.id AND to_seq IS NULL AND valid_from <= ?2), '') AS stamp
       FROM plan p JOIN sheet s ON s.plan_id = p.id AND s.form = 'breakdown' WHERE p.id = ?1`,
    )
    .bind(planId, today)
}

export function readStamp(result: D1Result | undefined): string {
  return (result?.results as { stamp: string }[] | undefined)?.[0]?.stamp ?? ''
}

/** The registry in the results of selectRegistry. */
export function readRegistry(results: (D1Result | undefined)[]): UnitRegistry {
  const [units, aliases, groups] = results.map((result) => result?.results ?? []) as [
    { id: string; name: string; valid_from: string | null; valid_to: string | null; successor: string | null }[],
    { unit_id: string; alias: string; former: number }[],
    { name: string; aliases: string; members: string | null }[],
  ]
  const spellings = groupBy(aliases, ({ unit_id, former }) => `${unit_id}\n${former}`)
  const words = (unitId: string, former: number) =>
    (spellings.get(`${unitId}\n${former}`) ?? []).map(({ alias }) => alias)
  return {
    units: units.map((unit) => ({
      id: unit.id,
      name: unit.name,
      ...optionalList('aliases', words(unit.id, 0)),
      ...optionalList('formerNames', words(unit.id, 1)),
      ...(unit.valid_from !== null ? { from: unit.valid_from } : {}),
      ...(unit.valid_to !== null ? { to: unit.valid_to } : {}),
      ...(unit.successor !== null ? { successor: unit.successor } : {}),
    })),
    ...(groups.length > 0
      ? {
          groups: groups.map((group) => ({
            name: group.name,
            ...optionalList('aliases', JSON.parse(group.aliases) as string[]),
            ...(group.members !== null ? { members: JSON.parse(group.members) as string[] } : {}),
          })),
        }
      : {}),
  }
}

function optionalList<Key extends string>(key: Key, list: string[]): { [K in Key]?: string[] } {
  return (list.length > 0 ? { [key]: list } : {}) as { [K in Key]?: string[] }
}
