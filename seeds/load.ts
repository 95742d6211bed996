/**
 * Seeds: counties as data. A seed folder holds three files that people can read and edit: plan.json
 * (title, periods, columns), units.json (the registry) and rows.json (the table, with each milestone
 * written as one target over a range of periods). This file turns them into the PlanFile that the
 * API takes, and says where a seed is wrong. It reads no disk, so that tests in workerd can import
 * the JSON and call it.
 */
import { milestoneKey } from '../domain/plan.ts'
import { PlanFile, type PlanRow } from '../domain/protocol.ts'
import type { UnitRegistry } from '../domain/units.ts'

/** One row as a person writes it; `from` and `to` are period keys, both inclusive. */
export type SeedRow = {
  rowId: string
  number: string
  task: string
  target?: string
  /** Empty where the plan has no periods. */
  milestones: { from: string; to: string; text: string }[]
  /** False where the source does not say which periods its cells span. */
  spansConfirmed: boolean
  /** The words of the unit cells. */
  leadUnits: string
  supportingUnits?: string
  /** The same as names of the registry: leads are units, supporting ones units or groups. */
  lead: string[]
  supporting: string[]
}

/** The three files of a seed folder, parsed as JSON or imported; `plan` and `units` as the schema will have them. */
export type SeedFiles = { plan: unknown; units: unknown; rows: SeedRow[] }

/** A seed that is wrong; the message names the file and the place. */
export class SeedError extends Error {
  override name = 'SeedError'
}

/**
 * Complete plan of a seed.
 * @throws SeedError where a file breaks the schema of a plan file, milestones do not cover the
 * periods exactly, an id or a unit word occurs twice, or a relation names no unit of the registry.
 */
export function toPlanFile(files: SeedFiles): PlanFile {
  const plan = accept(PlanFile.shape.plan.safeParse(files.plan), (path) => `plan.json ${path.join('/')}`)
  const registry = accept(PlanFile.shape.registry.safeParse(files.units), (path) => `units.json ${path.join('/')}`)
  checkRegistry(registry)
  const periods = plan.periods.map((period) => period.key)
  const placeOf = (index: number) => place(files.rows[index]!, index)
  const rows = accept(
    PlanFile.shape.rows.safeParse(files.rows.map((row, index) => toPlanRow(row, periods, placeOf(index)))),
    ([index, ...rest]) => (typeof index === 'number' ? `${placeOf(index)} ${rest.join('/')}` : 'rows.json'),
  )
  refuseDoubles(
    'rows.json: rowId',
    rows.map((row) => row.rowId),
  )
  for (const [index, row] of rows.entries()) checkRelations(row, registry, placeOf(index))
  return { plan, registry, rows }
}

type Parsed<T> =
  | { success: true; data: T }
  | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } }

function accept<T>(parsed: Parsed<T>, locate: (path: readonly PropertyKey[]) => string): T {
  if (parsed.success) return parsed.data
  throw new SeedError(parsed.error.issues.map((issue) => `${locate(issue.path)}: ${issue.message}`).join('\n'))
}

/** Columns that a table lacks are absent from `cells`, and so are those that a span covers. */
function toPlanRow(row: SeedRow, periods: string[], where: string): PlanRow {
  const cells: Record<string, string> = { number: row.number, task: row.task }
  if (row.target !== undefined) cells.target = row.target
  const spans: Record<string, number> = {}
  let next = 0
  for (const { from, to, text } of row.milestones) {
    const first = periods.indexOf(from)
    const last = periods.indexOf(to)
    if (first !== next || last < first) {
      throw new SeedError(`${where}: milestone ${from}-${to} does not continue at ${periods[next] ?? 'the end'}`)
    }
    cells[milestoneKey(from)] = text
    if (last > first) spans[milestoneKey(from)] = last - first + 1
    next = last + 1
  }
  if (next !== periods.length) throw new SeedError(`${where}: no milestone covers ${periods.slice(next).join(' ')}`)
  cells.leadUnits = row.leadUnits
  if (row.supportingUnits !== undefined) cells.supportingUnits = row.supportingUnits
  return {
    rowId: row.rowId,
    cells,
    ...(Object.keys(spans).length > 0 ? { spans } : {}),
    spansConfirmed: row.spansConfirmed,
    lead: row.lead,
    supporting: row.supporting,
  }
}

/** A word that stands for two units would resolve to neither. */
function checkRegistry(registry: UnitRegistry): void {
  const groups = registry.groups ?? []
  const units = new Set(registry.units.map((unit) => unit.name))
  refuseDoubles(
    'units.json: id',
    registry.units.map((unit) => unit.id),
  )
  refuseDoubles('units.json: word', [
    ...registry.units.flatMap((unit) => [unit.name, ...(unit.aliases ?? []), ...(unit.formerNames ?? [])]),
    ...groups.flatMap((group) => [group.name, ...(group.aliases ?? [])]),
  ])
  for (const group of groups) {
    for (const member of group.members ?? []) {
      if (!units.has(member)) throw new SeedError(`units.json: group ${group.name} has no unit ${member}`)
    }
  }
}

function checkRelations(row: PlanRow, registry: UnitRegistry, where: string): void {
  const units = new Set(registry.units.map((unit) => unit.name))
  const groups = new Set((registry.groups ?? []).map((group) => group.name))
  if (row.lead.length === 0) throw new SeedError(`${where}: no lead unit`)
  for (const name of row.lead) {
    if (!units.has(name)) throw new SeedError(`${where}: lead ${name} is no unit of units.json`)
  }
  for (const name of row.supporting) {
    if (!units.has(name) && !groups.has(name)) {
      throw new SeedError(`${where}: supporting ${name} is no unit or group of units.json`)
    }
  }
}

function refuseDoubles(where: string, words: string[]): void {
  const seen = new Set<string>()
  for (const word of words) {
    if (seen.has(word)) throw new SeedError(`${where} ${word} occurs twice`)
    seen.add(word)
  }
}

function place(row: SeedRow, index: number): string {
  return `rows.json, entry ${index + 1} (序号 ${row.number})`
}
