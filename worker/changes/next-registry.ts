/**
 * The county's registry with units and groups added or replaced. Pure; refuses what would make a name
 * mean two things, a successor that leads nowhere, or a recorded name that nobody could look up.
 */
import type { ChangeUnits } from '../../domain/protocol.ts'
import { foldUnit } from '../../domain/units/segments.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import { Refusal } from '../refusal.ts'
import { refuseAt } from './refuse-rows.ts'

type Unit = UnitRegistry['units'][number]
type Group = NonNullable<UnitRegistry['groups']>[number]

/** Units and groups as they are to be stored: those of the request, and groups that name a renamed unit. */
export type RegistryChange = { units: Unit[]; groups: Group[] }

/**
 * `recorded`: names under which relations of a unit were recorded, by unit id. A renamed unit keeps its
 * id, and its old name becomes a former name by itself. Throws invalid, unit-in-use, unit-not-found.
 */
export function changeRegistry(
  registry: UnitRegistry,
  { units = [], groups = [] }: Omit<ChangeUnits, 'reason'>,
  recorded: ReadonlyMap<string, string[]>,
): RegistryChange {
  if (units.length + groups.length === 0) refuseAt('invalid', ['/units'], {}, 'empty')
  refuseDoubled(
    units.map(({ id }) => id),
    (i) => `/units/${i}/id`,
  )
  refuseDoubled(
    groups.map(({ name }) => foldUnit(name)),
    (i) => `/groups/${i}/name`,
  )
  const known = new Map(registry.units.map((unit) => [unit.id, unit]))
  const changed = units.map((unit) => keepOldName(unit, known.get(unit.id)))
  const all = new Map([...known, ...changed.map((unit): [string, Unit] => [unit.id, unit])])
  refuseNames(changed, [...all.values()])
  for (const [i, unit] of changed.entries()) {
    if ((unit.from ?? '') > (unit.to ?? '9999')) refuseAt('invalid', [`/units/${i}/to`], {}, 'before-from')
    refuseSuccessor(unit, i, all)
    const spellings = new Set([unit.name, ...(unit.aliases ?? []), ...(unit.formerNames ?? [])])
    const lost = (recorded.get(unit.id) ?? []).find((name) => !spellings.has(name))
    if (lost !== undefined) refuseUse(unit.name, `/units/${i}/formerNames`, 'name-in-relations')
  }
  return { units: changed, groups: changeGroups(registry, groups, known, all) }
}

function refuseDoubled(values: string[], path: (i: number) => string): void {
  const seen = new Set<string>()
  const doubled = values.flatMap((value, i) => (seen.size === seen.add(value).size ? [path(i)] : []))
  refuseAt('invalid', doubled, {}, 'doubled')
}

function refuseUse(unit: string, pointer: string, detail: string): never {
  throw new Refusal('unit-in-use', { unit }, [{ pointer, detail }])
}

/** A spelling is an alias or a former name, not both, and neither repeats the name. */
function keepOldName({ aliases = [], formerNames = [], ...unit }: Unit, before: Unit | undefined): Unit {
  const words = [...new Set(aliases)].filter((alias) => alias !== unit.name)
  const renamed = before && before.name !== unit.name ? [before.name] : []
  const former = [...new Set([...formerNames, ...renamed])].filter((it) => it !== unit.name && !words.includes(it))
  return {
    ...unit,
    ...(words.length > 0 ? { aliases: words } : {}),
    ...(former.length > 0 ? { formerNames: former } : {}),
  }
}

/** No name or alias of a changed unit may be a name or an alias of another. Former names may be shared. */
function refuseNames(changed: Unit[], all: Unit[]): void {
  const owners = new Map<string, Set<string>>()
  for (const { id, name, aliases = [] } of all) {
    for (const word of [name, ...aliases]) {
      const key = foldUnit(word)
      owners.set(key, (owners.get(key) ?? new Set()).add(id))
    }
  }
  const isTaken = (word: string) => (owners.get(foldUnit(word))?.size ?? 0) > 1
  for (const [i, { name, aliases = [] }] of changed.entries()) {
    if (isTaken(name)) refuseUse(name, `/units/${i}/name`, 'name-taken')
    const alias = aliases.findIndex(isTaken)
    if (alias >= 0) refuseUse(name, `/units/${i}/aliases/${alias}`, 'alias-taken')
  }
}

/** Through any number of reorganisations the last unit must be there, and nobody comes back to itself. */
function refuseSuccessor(unit: Unit, i: number, all: Map<string, Unit>): void {
  const seen = new Set([unit.id])
  for (let next = unit.successor; next !== undefined; next = all.get(next)?.successor) {
    if (!all.has(next)) refuseUse(unit.name, `/units/${i}/successor`, 'successor-unknown')
    if (seen.has(next)) refuseUse(unit.name, `/units/${i}/successor`, 'successor-ring')
    seen.add(next)
  }
}

/** Groups of the request with their members by name; and others that name a renamed unit, by its new name. */
function changeGroups(
  { groups: before = [] }: UnitRegistry,
  groups: Group[],
  known: Map<string, Unit>,
  all: Map<string, Unit>,
): Group[] {
  const names = new Map<string, string>()
  for (const { name, aliases = [] } of all.values()) for (const alias of aliases) names.set(foldUnit(alias), name)
  for (const { name } of all.values()) names.set(foldUnit(name), name)
  const requested = new Map(groups.map((group) => [group.name, group]))
  const others = before.filter(({ name }) => !requested.has(name))
  const otherWords = new Set(others.flatMap(({ name, aliases = [] }) => [name, ...aliases].map(foldUnit)))
  for (const [i, { name, aliases = [], members = [] }] of groups.entries()) {
    const taken = [name, ...aliases].findIndex((word) => names.has(foldUnit(word)) || otherWords.has(foldUnit(word)))
    if (taken >= 0)
      refuseUse(name, taken === 0 ? `/groups/${i}/name` : `/groups/${i}/aliases/${taken - 1}`, 'name-taken')
    const unknown = members.flatMap((member, n) => (names.has(foldUnit(member)) ? [] : [n]))
    const [first] = unknown
    if (first !== undefined) {
      const pointers = unknown.map((n) => `/groups/${i}/members/${n}`)
      refuseAt('unit-not-found', pointers, { unit: members[first] ?? '' }, 'unknown')
    }
  }
  const renamed = new Map([...known.values()].map(({ id, name }) => [name, all.get(id)?.name ?? name]))
  const follow = (members: string[]) => members.map((member) => renamed.get(member) ?? member)
  return [
    ...groups.map((group) => ({
      ...group,
      ...(group.members ? { members: [...new Set(group.members.map((it) => names.get(foldUnit(it)) ?? it))] } : {}),
    })),
    ...others.flatMap((group) => {
      const members = follow(group.members ?? [])
      return members.join('\n') === (group.members ?? []).join('\n') ? [] : [{ ...group, members }]
    }),
  ]
}
