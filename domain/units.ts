/**
 * Units in words, resolved through a registry. An alias may resolve silently; a typo never does,
 * it only suggests.
 *
 * A phrase such as 县科技局等27个政府组成部门 gives two mentions: 县科技局 as the unit it is, and
 * 等27个政府组成部门 as a group, or as a placeholder where the county never listed its members.
 */
import { nearUnits, type Spelling } from './unit-candidates.ts'
import type { UnitRole } from './unit-roles.ts'
import { foldUnit, type Stretch, segmentMentions } from './unit-segments.ts'

export type UnitRegistry = {
  units: {
    id: string
    name: string
    aliases?: string[]
    formerNames?: string[]
    from?: string
    to?: string
    successor?: string
  }[]
  /** members: unit names; absent where the county never listed them. */
  groups?: { name: string; aliases?: string[]; members?: string[] }[]
}

/** One mention in a unit cell; offsets are UTF-16 positions in the text. `unit` and `group` are names, not ids. */
export type UnitMention = {
  text: string
  start: number
  end: number
  unit?: string
  group?: string
  via: 'name' | 'alias' | 'former-name' | 'group' | 'placeholder' | 'ambiguous' | 'unknown'
  candidates?: string[]
  /** What the cell itself says of it (牵头：…；配合：…), whatever the column. */
  role?: UnitRole
}

export type UnitResolver = (text: string) => UnitMention[]

/** A cell full of invented names must not cost a search each; no real table has this many. */
const MOST_SEARCHES = 2_000

type Meaning = Pick<UnitMention, 'unit' | 'group' | 'via' | 'candidates'>

/** Mentions of a unit cell in reading order; none for a blank cell or ——. Linear in the text. */
export function resolveUnits(text: string, registry: UnitRegistry): UnitMention[] {
  return createUnitResolver(registry)(text)
}

/** The same for many cells: the registry is indexed once, and nearest names are looked up once a spelling. */
export function createUnitResolver(registry: UnitRegistry): UnitResolver {
  const known = indexRegistry(registry)
  const spellings = spellingsOf(registry)
  const unknown = new Map<string, Meaning>()

  const meaningOf = (mention: string): Meaning => {
    const key = foldUnit(mention)
    const found = known.get(key) ?? known.get(foldGroup(mention))
    if (found) return found
    if (isPlaceholder(key)) return { via: 'placeholder' }
    let meaning = unknown.get(key)
    if (!meaning) {
      const candidates = unknown.size < MOST_SEARCHES ? nearUnits(key, spellings) : []
      meaning = candidates.length > 0 ? { via: 'unknown', candidates } : { via: 'unknown' }
      unknown.set(key, meaning)
    }
    return meaning
  }

  const isKnown = (stretch: string) => known.has(foldUnit(stretch)) || known.has(foldGroup(stretch))
  return (text) =>
    segmentMentions(text, isKnown, (part) => isPlaceholder(foldUnit(part))).map((stretch) => ({
      ...stretch,
      text: text.slice(stretch.start, stretch.end),
      ...copyMeaning(meaningOf(text.slice(stretch.start, stretch.end))),
    })) satisfies (Stretch & UnitMention)[]
}

function copyMeaning(meaning: Meaning): Meaning {
  return meaning.candidates ? { ...meaning, candidates: [...meaning.candidates] } : meaning
}

/**
 * Folded spelling → meaning. A current name wins over an alias, an alias over a former name, and
 * all over a group; a spelling that two units share at its level is ambiguous.
 */
function indexRegistry(registry: UnitRegistry): Map<string, Meaning> {
  const known = new Map<string, Meaning>()
  const addAll = (spellings: Map<string, Set<string>>, via: 'name' | 'alias' | 'former-name') => {
    for (const [key, names] of spellings) {
      if (known.has(key)) continue
      const [unit] = names
      known.set(key, names.size === 1 ? { unit, via } : { via: 'ambiguous', candidates: [...names].slice(0, 3) })
    }
  }
  const current = registry.units.filter((unit) => successorOf(unit, registry) === unit)
  addAll(collect(current.map((unit) => [unit.name, unit.name])), 'name')
  const aliases = current.flatMap((unit) => (unit.aliases ?? []).map((alias) => [alias, unit.name] as const))
  const former = registry.units.flatMap((unit) => {
    const today = successorOf(unit, registry)
    const replaced = today === unit ? [] : [unit.name, ...(unit.aliases ?? [])]
    return [...replaced, ...(unit.formerNames ?? [])].map((name) => [name, today.name] as const)
  })
  // An alias of one unit that was another's former name is ambiguous too, so both are looked at together.
  const aliasKeys = collect(aliases)
  const formerKeys = collect(former)
  for (const [key, names] of formerKeys) {
    const shared = aliasKeys.get(key)
    if (shared) for (const name of names) shared.add(name)
  }
  addAll(aliasKeys, 'alias')
  addAll(formerKeys, 'former-name')
  for (const group of registry.groups ?? []) {
    for (const name of [group.name, ...(group.aliases ?? [])]) {
      for (const key of [foldUnit(name), foldGroup(name)]) {
        if (key !== '' && !known.has(key)) known.set(key, { group: group.name, via: 'group' })
      }
    }
  }
  return known
}

function collect(pairs: (readonly [spelling: string, unit: string])[]): Map<string, Set<string>> {
  const spellings = new Map<string, Set<string>>()
  for (const [spelling, unit] of pairs) {
    const key = foldUnit(spelling)
    if (key === '') continue
    const names = spellings.get(key)
    if (names) names.add(unit)
    else spellings.set(key, new Set([unit]))
  }
  return spellings
}

/** Every way to write a unit that exists today. */
function spellingsOf(registry: UnitRegistry): Spelling[] {
  return registry.units.flatMap((unit) => {
    const today = successorOf(unit, registry).name
    const written = [unit.name, ...(unit.aliases ?? []), ...(unit.formerNames ?? [])]
    return written.map((spelling) => ({ key: foldUnit(spelling), unit: today }))
  })
}

/** The unit that has taken over, through any number of reorganisations; the unit itself if none has. */
function successorOf(unit: UnitRegistry['units'][number], registry: UnitRegistry): UnitRegistry['units'][number] {
  const seen = new Set([unit.id])
  let today = unit
  while (today.successor !== undefined && !seen.has(today.successor)) {
    const next = registry.units.find((other) => other.id === today.successor)
    if (!next) break
    seen.add(next.id)
    today = next
  }
  return today
}

/** …等27个政府组成部门 → 27个政府组成部门: how a group is written does not depend on what it follows. */
function foldGroup(text: string): string {
  return foldUnit(text)
    .replace(/^[.…]*等/, '')
    .replace(/^[.…]+/, '')
}

/** Words that name no single unit: 各金融机构, 全县各部门, 相关街道, …成员单位, 等27个部门, 机构. */
function isPlaceholder(key: string): boolean {
  return (
    /^(?:各|全[县市区省]|相关|有关|其[他它]|所有|涉及|涉事|属地)./.test(key) ||
    /(?:各|相关|有关|所在地?)(?:级|类|个)?(?:部门|单位|乡镇|镇街|街道|机构|企业|学校|委办局|园区|村|社区)/.test(key) ||
    /成员单位$/.test(key) ||
    /^等/.test(key) ||
    /^(?:部门|单位|机构|企业|社会组织|(?:乡镇|镇街|镇|乡|街道)(?:\([^)]*\))?|街道办|街道办事处)$/.test(key)
  )
}
