/** A plan read from the sheet itself: for checking before anyone has signed in, and for making a new plan. */
import type { Grid } from '../../domain/grid.ts'
import type { InferOptions, InferResult } from '../../domain/infer-plan.ts'
import type { PlanDetail } from '../../domain/protocol.ts'
import type { Flow } from './flow.ts'

/** Infers the plan; year and county that the sheet does not name are filled in for the person to correct. */
export async function inferSheet(flow: Flow, grid: Grid, planId: string, newId: () => string): Promise<InferResult> {
  const { inferPlan } = await flow.checking()
  const options: InferOptions = { planId, newId }
  const first = inferPlan(grid, options)
  if (first.issues.some(({ code }) => code === 'plan/no-year')) options.year = flow.now().getFullYear()
  const second = options.year === undefined ? first : inferPlan(grid, options)
  if (second.file || !second.issues.some(({ code }) => code === 'plan/no-county')) return second
  return inferPlan(grid, { ...options, county: flow.state().me?.plans[0]?.county ?? UNNAMED_COUNTY })
}

const UNNAMED_COUNTY = '本县'

/** Spec and units of the sheet as they can be read from it; undefined where it has no such table. */
export async function inferredPlan(flow: Flow, grid: Grid): Promise<PlanDetail | undefined> {
  let count = 0
  const { file, checkRegistry } = await inferSheet(flow, grid, 'sheet', () => `row-${++count}`)
  return file && { plan: { ...file.plan, state: 'collecting' }, registry: checkRegistry ?? file.registry }
}
