/** 单位名录: names, aliases, successors and groups of the open plan's county, changed by the commission. */
import type { ChangeUnits, PlanDetail } from '../../domain/protocol.ts'
import { type Flow, notice, run } from './flow.ts'

export type RegistryUnit = PlanDetail['registry']['units'][number]
export type RegistryGroup = NonNullable<PlanDetail['registry']['groups']>[number]

/** Adds or replaces a unit or a group, and reads plan and rows again: names may mean other units now. */
export function changeRegistry(
  flow: Flow,
  change: { unit: RegistryUnit } | { group: RegistryGroup },
  reason: string,
): Promise<void> {
  const key = flow.newId()
  return run(flow, 'busy.registry', async () => {
    const { plan } = flow.state()
    if (!plan) return
    const body: ChangeUnits = 'unit' in change ? { reason, units: [change.unit] } : { reason, groups: [change.group] }
    await flow.api.changeUnits(plan.plan.id, body, key)
    const [detail, rows] = await Promise.all([flow.api.plan(plan.plan.id), flow.api.rows(plan.plan.id)])
    flow.dispatch({ type: 'registryChanged', plan: detail, rows })
    const { name } = 'unit' in change ? change.unit : change.group
    notice(flow, { tone: 'success', text: 'registry.saved', params: { name } })
  })
}

/** An id that no unit of the registry has: letters and figures only, as the wire asks. */
export function newUnitId(flow: Flow): string {
  return `U-${flow.newId()}`.slice(0, 64)
}
