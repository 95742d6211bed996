/**
 * Units in words, resolved through a registry. An alias may resolve silently; a typo never does,
 * it only suggests.
 *
 * A phrase such as 县科技局等27个政府组成部门 gives two mentions: 县科技局 as the unit it is, and
 * 等27个政府组成部门 as a group, or as a placeholder where the county never listed its members.
 */
import { nearUnits, type Spelling, toSpelling } from './units/candidates.ts'
import { completeEndings } from './units/endings.ts'
import { isOneGroup, isPlaceholder } from './units/groups.ts'
import { countyOf, indexRegistry, type Meaning, successorOf } from './units/index.ts'
import type { UnitRole } from './units/roles.ts'
import { foldUnit, segmentMentions } from './units/segments.ts'
import { readNone } from './wording/placeholders.ts'

export type UnitRegistry = {
  /** The county's full name (奉节县), where known: 奉节县财政局 is then its own, 云阳县财政局 another's. */
  county?: string
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

/** A cell full of invented names must not cost a search each; no real table needs so many comparisons of names. */
const MOST_COMPARISONS = 1_000_000

/** So many different spellings are remembered; a cell of nothing but new ones costs no memory without end. */
const MOST_REMEMBERED = 20_000

/**
 * Mentions of a unit cell in reading order. A cell that only says that there is no unit (——, /, 无) is one
 * placeholder; a blank one holds none. Linear in the text.
 */
export function resolveUnits(text: string, registry: UnitRegistry): UnitMention[] {
  const none = readNone(text)
  if (none === undefined) return createUnitResolver(registry)(text)
  const start = text.indexOf(none)
  return [{ text: none, start, end: start + none.length, via: 'placeholder' }]
}

/** The same for many cells, but with no mention for —— and the like: the registry is indexed once, and nearest names are looked up once a spelling. */
export function createUnitResolver(registry: UnitRegistry): UnitResolver {
  const index = indexRegistry(registry)
  const county = countyOf(registry)
  const known = new Map<string, Meaning | undefined>()
  const spellings = spellingsOf(registry, county)
  const unknown = new Map<string, Meaning>()

  const findKnown = (key: string): Meaning | undefined => {
    const listed = index.listed(key)
    if (listed || known.has(key)) return listed ?? known.get(key)
    const derived = index.derived(key)
    if (known.size < MOST_REMEMBERED) known.set(key, derived)
    return derived
  }
  const meaningOf = (mention: string): Meaning => {
    const key = foldUnit(mention)
    const found = findKnown(key)
    if (found) return found
    if (isPlaceholder(key)) return { via: 'placeholder' }
    let meaning = unknown.get(key)
    if (!meaning) {
      const candidates = unknown.size * spellings.length < MOST_COMPARISONS ? nearUnits(key, spellings, county) : []
      meaning = candidates.length > 0 ? { via: 'unknown', candidates } : { via: 'unknown' }
      unknown.set(key, meaning)
    }
    return meaning
  }
  const lexicon = {
    isKnown: (part: string) => findKnown(foldUnit(part)) !== undefined,
    named: (part: string) => {
      const found = findKnown(foldUnit(part))
      return found?.unit ?? found?.group
    },
    isPlaceholder: (part: string) => isPlaceholder(foldUnit(part)),
    isOneName: (parts: string) => {
      const key = foldUnit(parts)
      return index.listed(key) !== undefined || isOneGroup(key) || findKnown(key)?.via === 'group'
    },
    longest: 2 * index.longest + 40,
  }
  return (text) =>
    completeEndings(
      text,
      segmentMentions(text, lexicon).map((stretch) => {
        const words = text.slice(stretch.start, stretch.end)
        return { ...stretch, text: words, ...copyMeaning(meaningOf(words)) }
      }),
      (words) => findKnown(foldUnit(words))?.unit,
    )
}

function copyMeaning(meaning: Meaning): Meaning {
  return meaning.candidates ? { ...meaning, candidates: [...meaning.candidates] } : meaning
}

/** Every way to write a unit that exists today. */
function spellingsOf(registry: UnitRegistry, county: string | undefined): Spelling[] {
  const byId = new Map(registry.units.map((unit) => [unit.id, unit]))
  return registry.units.flatMap((unit) => {
    const today = successorOf(unit, byId).name
    const written = [unit.name, ...(unit.aliases ?? []), ...(unit.formerNames ?? [])]
    return written.map((spelling) => toSpelling(foldUnit(spelling), today, county))
  })
}
