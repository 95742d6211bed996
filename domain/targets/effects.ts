/**
 * What follows from the work (惠及居民1.2万户) promises nothing by itself, unless the milestones count it too: then
 * it is a target like any other.
 */
import { sameThing, sameUnit } from '../quantity/same-metric.ts'
import type { Quantity } from '../quantity.ts'
import type { WorkingMilestone } from './work.ts'

/** The same targets and milestones with the effects that return read as counts; `effects`: those of the targets. */
export type Promised = { targets: Quantity[]; milestones: WorkingMilestone[]; effects: ReadonlySet<Quantity> }

/** So many figures of milestones are looked through for each effect. */
const MOST_LOOKED_AT = 1000

export function promiseEffects(written: readonly Quantity[], milestones: WorkingMilestone[]): Promised {
  const told = milestones.flatMap(({ quantities }) => quantities.filter(isEffect)).slice(0, MOST_LOOKED_AT)
  const returned =
    told.length === 0 ? [] : written.filter((target) => isEffect(target) && told.some((one) => isSame(target, one)))
  if (returned.length === 0) return { targets: [...written], milestones, effects: new Set() }
  const effects = new Set<Quantity>()
  const targets = written.map((target) => {
    if (!returned.includes(target)) return target
    const promise = withoutDescription(target)
    effects.add(promise)
    return promise
  })
  const counting = milestones.map((milestone) => ({
    ...milestone,
    quantities: milestone.quantities.map((one) =>
      isEffect(one) && returned.some((target) => isSame(target, one)) ? withoutDescription(one) : one,
    ),
  }))
  return { targets, milestones: counting, effects }
}

function isEffect({ describes }: Quantity): boolean {
  return describes === 'effect'
}

/** In the same unit and of the same noun, or led by the same verb where neither has one. */
function isSame(target: Quantity, one: Quantity): boolean {
  if (sameUnit(target, one) !== 'same') return false
  return target.metric === one.metric ? target.action === one.action : sameThing(target.metric, one.metric) !== 'other'
}

function withoutDescription({ describes: _, ...count }: Quantity): Quantity {
  return count
}
