/**
 * Who is meant by a name in a relation: a unit by its name or an alias, a group by its name or an
 * alias, and nothing by guess, because a relation decides who may write.
 */
import { foldUnit } from '../../domain/units/segments.ts'
import type { UnitRegistry } from '../../domain/units.ts'

type RegistryUnit = UnitRegistry['units'][number]

/** `wrong`: why nobody is meant. */
export type FoundParty = { party: string; unitId?: string } | { wrong: PartyError }
export type PartyError = 'unknown' | 'ambiguous' | 'former-name' | 'group-cannot-lead' | 'not-valid-then'

/**
 * Finds parties of a registry. A unit must exist on `day`: whoever was abolished before it, or begins
 * after it, cannot answer for anything from then on.
 */
export function createPartyFinder(
  registry: UnitRegistry,
  day: string,
): (name: string, role: 'lead' | 'supporting') => FoundParty {
  const byName = index(registry.units.map((unit) => [unit.name, unit]))
  const byAlias = index(registry.units.flatMap((unit) => (unit.aliases ?? []).map((alias) => [alias, unit])))
  const former = new Set(registry.units.flatMap(({ formerNames = [] }) => formerNames.map(foldUnit)))
  const groups = new Map(
    (registry.groups ?? []).flatMap(({ name, aliases = [] }) =>
      [name, ...aliases].map((word) => [foldUnit(word), name]),
    ),
  )
  return (name, role) => {
    const key = foldUnit(name)
    const [unit, ...others] = byName.get(key) ?? byAlias.get(key) ?? []
    if (others.length > 0) return { wrong: 'ambiguous' }
    if (unit) {
      const exists = (unit.from ?? '') <= day && (unit.to ?? '9999') >= day
      return exists ? { party: unit.name, unitId: unit.id } : { wrong: 'not-valid-then' }
    }
    const group = groups.get(key)
    if (group !== undefined) return role === 'supporting' ? { party: group } : { wrong: 'group-cannot-lead' }
    return { wrong: former.has(key) ? 'former-name' : 'unknown' }
  }
}

function index(pairs: [spelling: string, unit: RegistryUnit][]): Map<string, RegistryUnit[]> {
  const known = new Map<string, RegistryUnit[]>()
  for (const [spelling, unit] of pairs) {
    const key = foldUnit(spelling)
    const units = known.get(key) ?? []
    if (!units.includes(unit)) units.push(unit)
    known.set(key, units)
  }
  return known
}
