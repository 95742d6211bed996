/**
 * A registry made ready for look-ups: what each listed spelling means, and which listed unit a spelling
 * that nobody listed stands for (财政局, 奉节县财政局, 县发展和改革委员会). Two units never become one: a
 * form that fits both is ambiguous.
 */

import type { UnitMention, UnitRegistry } from '../units.ts'
import { territoryKey } from './groups.ts'
import { isSamePlace, LEVELS, type PlacedName, placeName, placeNames } from './places.ts'
import { foldUnit } from './segments.ts'
import { isGenericStem, stemKeys } from './stems.ts'

export type Meaning = Pick<UnitMention, 'unit' | 'group' | 'via' | 'candidates'>

export type UnitIndex = {
  /** What a folded spelling means as the registry lists it. */
  listed(key: string): Meaning | undefined
  /** What a folded spelling that is not listed stands for by the rules of official names; undefined for none. */
  derived(key: string): Meaning | undefined
  /** Characters of the longest listed spelling. */
  longest: number
}

type Unit = UnitRegistry['units'][number]
/** One listed spelling of a unit, taken apart. */
type Entry = { unit: string; isFormer: boolean; level: string; place: string }
/** `isLevelled`: the name as written has a level of its own. */
type Match = Entry & { isLevelled: boolean }
type Spellings = Map<string, Set<string>>

const MOST_CANDIDATES = 3
/** Longer texts are phrases. */
const LONGEST_NAME = 60

export function indexRegistry(registry: UnitRegistry): UnitIndex {
  const county = countyOf(registry)
  const units = listUnits(registry)
  const groups = listGroups(registry)
  const entries = indexStems(units, county)
  const own = commonLevel(units, county)
  const territories = indexTerritories(registry)
  return {
    listed: (key) => units.get(key)?.meaning ?? groups.get(key) ?? groups.get(dropAndOthers(key)),
    derived(key) {
      if (key.length > LONGEST_NAME) return undefined
      const territory = territoryKey(key)
      const group = (territory === undefined ? undefined : territories.get(territory)) ?? groups.get(dropEach(key))
      if (group || territory !== undefined) return group
      const found = findEntries(key, entries, { county, own })
      // 教育局 is the county's own; but where the registry lists 市教育局 too, it is asked.
      const isOwn = ({ level, isLevelled }: Match) => isLevelled || level === '' || own === undefined || level === own
      return found.some(isOwn) ? readMeaning(found) : undefined
    },
    longest: Math.max(0, ...[...units.keys(), ...groups.keys()].map(({ length }) => length)),
  }
}

/** The unit that has taken over, through any number of reorganisations; the unit itself if none has. */
export function successorOf(unit: Unit, byId: ReadonlyMap<string, Unit>): Unit {
  const seen = new Set([unit.id])
  let today = unit
  while (today.successor !== undefined && !seen.has(today.successor)) {
    const next = byId.get(today.successor)
    if (!next) break
    seen.add(next.id)
    today = next
  }
  return today
}

/** Its last character says the level of its units. Anything else (a company, a park) tells nothing. */
export function countyOf({ county }: UnitRegistry): string | undefined {
  const key = foldUnit(county ?? '')
  return key.length >= 2 && LEVELS.includes(key.slice(-1)) ? key : undefined
}

type Listed = { meaning: Meaning; units: ReadonlySet<string> }

/**
 * Folded spelling → meaning. A current name wins over an alias, an alias over a former name; a spelling
 * that two units share at its level is ambiguous.
 */
function listUnits(registry: UnitRegistry): Map<string, Listed> {
  const listed = new Map<string, Listed>()
  const addAll = (spellings: Spellings, via: 'name' | 'alias' | 'former-name') => {
    for (const [key, units] of spellings) {
      if (listed.has(key)) continue
      const [unit] = units
      const meaning: Meaning =
        units.size === 1 ? { unit, via } : { via: 'ambiguous', candidates: [...units].slice(0, MOST_CANDIDATES) }
      listed.set(key, { meaning, units })
    }
  }
  const byId = new Map(registry.units.map((unit) => [unit.id, unit]))
  const current = registry.units.filter((unit) => successorOf(unit, byId) === unit)
  addAll(collect(current.map((unit) => [unit.name, unit.name])), 'name')
  const aliases = collect(current.flatMap((unit) => (unit.aliases ?? []).map((alias) => [alias, unit.name] as const)))
  const former = collect(
    registry.units.flatMap((unit) => {
      const today = successorOf(unit, byId)
      const replaced = today === unit ? [] : [unit.name, ...(unit.aliases ?? [])]
      return [...replaced, ...(unit.formerNames ?? [])].map((name) => [name, today.name] as const)
    }),
  )
  // An alias of one unit that was another's former name is ambiguous too, so both are looked at together.
  for (const [key, names] of former) {
    const shared = aliases.get(key)
    if (shared) for (const name of names) shared.add(name)
  }
  addAll(aliases, 'alias')
  addAll(former, 'former-name')
  return listed
}

function collect(pairs: (readonly [spelling: string, unit: string])[]): Spellings {
  const spellings: Spellings = new Map()
  for (const [spelling, unit] of pairs) {
    const key = foldUnit(spelling)
    if (key === '') continue
    const names = spellings.get(key)
    if (names) names.add(unit)
    else spellings.set(key, new Set([unit]))
  }
  return spellings
}

function listGroups({ groups = [] }: UnitRegistry): Map<string, Meaning> {
  const listed = new Map<string, Meaning>()
  for (const { name: group, aliases = [] } of groups)
    for (const key of [group, ...aliases].flatMap((name) => [foldUnit(name), dropAndOthers(foldUnit(name))]))
      if (key !== '' && !listed.has(key)) listed.set(key, { group, via: 'group' })
  return listed
}

/** …等27个政府组成部门 → 27个政府组成部门: how a group is written does not depend on what it follows. */
function dropAndOthers(key: string): string {
  return key.replace(/^[.…]*等/, '').replace(/^[.…]+/, '')
}

/** 各有关单位 → 有关单位: every one of a listed group is that group. */
function dropEach(key: string): string {
  return key.replace(/^各(?=.{2})/, '')
}

/** 各乡镇（街道） and 各乡镇人民政府、街道办事处 are one group, unless the county has listed two. */
function indexTerritories({ groups = [] }: UnitRegistry): Map<string, Meaning> {
  const found = new Map<string, Set<string>>()
  for (const { name, aliases = [] } of groups)
    for (const word of [name, ...aliases]) {
      const key = territoryKey(foldUnit(word))
      if (key !== undefined) found.set(key, (found.get(key) ?? new Set()).add(name))
    }
  return new Map(
    [...found].flatMap(([key, names]): [string, Meaning][] => {
      const [group] = names
      return names.size === 1 ? [[key, { group, via: 'group' }]] : []
    }),
  )
}

function indexStems(units: ReadonlyMap<string, Listed>, county: string | undefined): Map<string, Entry[]> {
  const index = new Map<string, Entry[]>()
  for (const [spelling, { meaning, units: names }] of units) {
    const { level, place, stem } = readListed(spelling, county)
    for (const key of stemKeys(stem)) {
      const entries = index.get(key) ?? []
      for (const unit of names) entries.push({ unit, level, place, isFormer: meaning.via === 'former-name' })
      index.set(key, entries)
    }
  }
  return index
}

/** 经开区管委会 is a name whole; 县政府 is the government of the county. */
function readListed(spelling: string, county: string | undefined): PlacedName {
  const placed = placeName(spelling, county)
  return isGenericStem(placed.stem) && !placed.stem.endsWith('政府') ? { place: '', level: '', stem: spelling } : placed
}

/** The registry's own level: the county's, unless its units go by another; then the one that most of them have. */
function commonLevel(units: ReadonlyMap<string, Listed>, county: string | undefined): string | undefined {
  const counts = new Map<string, number>()
  for (const spelling of units.keys()) {
    const { level } = readListed(spelling, county)
    if (level !== '') counts.set(level, (counts.get(level) ?? 0) + 1)
  }
  const level = county?.slice(-1)
  if (level !== undefined && (counts.size === 0 || counts.has(level))) return level
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}

type Home = { county: string | undefined; own: string | undefined }

function findEntries(key: string, index: ReadonlyMap<string, Entry[]>, home: Home): Match[] {
  return placeNames(key, home.county).flatMap((name) =>
    stemKeys(name.stem).flatMap((stem) =>
      (index.get(stem) ?? [])
        .filter((entry) => mayBelong(name, entry, home))
        .map((entry) => ({ ...entry, isLevelled: name.level !== '' })),
    ),
  )
}

/** Whether a name as written may belong to where the listed unit belongs. */
function mayBelong(name: PlacedName, entry: Entry, { county, own }: Home): boolean {
  if (isGenericStem(name.stem) && (name.level === '' || entry.level === '')) return false
  if (name.level !== '' && entry.level !== '' && name.level !== entry.level) return false
  if (name.level !== '' && entry.level === '' && !(own ?? '县区旗').includes(name.level)) return false
  if (name.place === '') return true
  const home = entry.place === '' ? county : entry.place
  return home === undefined || isSamePlace(name.place, home)
}

function readMeaning(entries: Entry[]): Meaning | undefined {
  const units = new Set(entries.map(({ unit }) => unit))
  const [unit] = units
  if (unit === undefined) return undefined
  if (units.size > 1) return { via: 'ambiguous', candidates: [...units].slice(0, MOST_CANDIDATES) }
  return { unit, via: entries.every(({ isFormer }) => isFormer) ? 'former-name' : 'alias' }
}
