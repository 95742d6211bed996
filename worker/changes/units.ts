/** The county's registry of units, changed by way of one of its plans. */
import type { ChangeUnits, PlanChanged } from '../../domain/protocol.ts'
import type { Call } from '../endpoint.ts'
import { groupBy } from '../group-by.ts'
import { readRegistry, selectRegistry } from '../store/plans.ts'
import { guardRegistry, replaceInRegistry, selectRecordedNames, selectRegistryVersion } from '../store/registry.ts'
import { changePlan } from './change-plan.ts'
import { changeRegistry } from './next-registry.ts'

/**
 * Adds units and groups or replaces them whole. It changes what names mean, so nothing that anybody in
 * the county read before can be committed after. Throws invalid, unit-in-use, unit-not-found.
 */
export async function changeUnits(call: Call<ChangeUnits>): Promise<PlanChanged> {
  const { db, body, params } = call
  const planId = params.plan ?? ''
  const unitIds = JSON.stringify((body.units ?? []).map(({ id }) => id))
  return changePlan(call, {
    select: () => [
      selectRegistryVersion(db, planId),
      selectRecordedNames(db, planId, unitIds),
      ...selectRegistry(db, planId),
    ],
    prepare: async ({ plan }, [version, names, ...registry]) => {
      const [{ ver = 0 } = {}] = (version?.results ?? []) as { ver: number }[]
      const recorded = groupBy((names?.results ?? []) as { unitId: string; party: string }[], ({ unitId }) => unitId)
      const byUnit = new Map([...recorded].map(([id, lines]) => [id, lines.map(({ party }) => party)]))
      const change = changeRegistry(readRegistry(registry), body, byUnit)
      return {
        kind: 'units',
        why: { reason: body.reason },
        guards: [guardRegistry(db, plan.county, ver)],
        statements: await replaceInRegistry(db, plan.county, change),
        rows: [],
      }
    },
  })
}
