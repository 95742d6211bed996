/**
 * What a rule may know beside the table itself.
 */
import type { Period, Plan } from './plan.ts'
import type { TargetAnswer } from './targets.ts'
import type { UnitRegistry } from './units.ts'

export type CheckContext = {
  registry: UnitRegistry
  periods: Period[]
  /** Task texts by rowId as the plan has them: tells shifted, unknown and missing ids. Absent for a sheet not yet in a plan. */
  planTasks?: Record<string, string>
  /** By rowId and column: further texts that only the commission may change, as the plan has them (年度目标). */
  planTexts?: Record<string, Record<string, string>>
  /** Whoever checks may change the texts of the plan: another text is an edit and no slip. */
  mayChangeTexts?: boolean
  /** Rows whose spans the commission has not confirmed: no period check there. */
  unconfirmed?: ReadonlySet<string>
  /** By rowId: answers to questions of target arithmetic that stand for the row as it reads. */
  answers?: ReadonlyMap<string, readonly TargetAnswer[]>
  /** Name of the unit that reviews what the others report (县发展改革委), in any form that the registry reads. */
  reviewer?: string
}

/** What the plan itself tells the rules: its county's units, its periods, and who reviews. */
export function planContext(
  { county, periods, reviewer }: Pick<Plan, 'county' | 'periods' | 'reviewer'>,
  registry: UnitRegistry,
): Pick<CheckContext, 'registry' | 'periods' | 'reviewer'> {
  return { registry: { ...registry, county }, periods, ...(reviewer !== undefined && { reviewer }) }
}
