/**
 * Where a table is its own registry, a misspelt name would be a unit of its own. A rare name beside one
 * that it only misspells, or that is written otherwise more often, is told here. Never two names that are
 * both in use in the country (县财政局, 县税务局; 县民政局, 县民宗局), never towns, firms or schools, which
 * are named alike on purpose.
 */
import { soundsAlike } from './units/candidates.ts'
import type { UnitIndex } from './units/index.ts'
import { placeName } from './units/places.ts'
import { foldUnit } from './units/segments.ts'
import { isUsualDepartment } from './units/stems.ts'

/** `text`: the rare name; `other`: the name that is meant. `isMisspelt`: not just another form of it. */
export type Slip = { text: string; other: string; isMisspelt: boolean }

type Named = { name: string; count: number; level: string; place: string; stem: string; isUsual: boolean }

const NAMED_ALIKE =
  /(?:[乡镇村]|街道|苏木|政府|办事处|街道办|公司|集团|学校|[中小]学|幼儿园|医院|[银支]行|协会|社区|[园新林矿景]区|开发区|水库|分局|[大中支]队|站|所)$/
const RARE = 2
const OFTEN = 3
/** Shorter names with a character more or less are other names. */
const LONG = 4

/** `names`: name → in how many places it stands. At most one slip a name; `index`: of all these names. */
export function findSlips(names: ReadonlyMap<string, number>, { derived }: UnitIndex): Slip[] {
  const all = [...names].map(([name, count]): Named => {
    const { level, place, stem } = placeName(foldUnit(name))
    return { name, count, level, place, stem, isUsual: isUsualDepartment(stem) }
  })
  const rare = all.filter(({ count }) => count <= RARE)
  return rare.flatMap((text): Slip[] => {
    const forms = derived(foldUnit(text.name))?.candidates ?? []
    const sameUnit = all.filter(({ name }) => name !== text.name && forms.includes(name))
    const [usual] = sameUnit
    if (usual && sameUnit.length === 1 && usual.count >= 2 * text.count)
      return [{ text: text.name, other: usual.name, isMisspelt: false }]
    if (forms.length > 1 || text.isUsual || NAMED_ALIKE.test(text.stem)) return []
    const meant = all.filter((other) => isMeant(text, other))
    return meant.length === 1 ? [{ text: text.name, other: meant[0]!.name, isMisspelt: true }] : []
  })
}

function isMeant(text: Named, other: Named): boolean {
  if (text.level !== other.level || text.place !== other.place || text.stem === other.stem) return false
  const isOften = other.count >= OFTEN * text.count
  if (soundsAlike(text.stem, other.stem)) return other.isUsual ? other.count >= text.count : isOften
  return isOften && other.isUsual && other.stem.length >= LONG && isOneMoreOrLess(text.stem, other.stem)
}

/** 自然资资源局, 自然源局 beside 自然资源局. The ends tell units apart, so they must be the same. */
function isOneMoreOrLess(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (long.length !== short.length + 1 || short.length < LONG) return false
  let same = 0
  while (same < short.length && short[same] === long[same]) same++
  return same > 0 && same < short.length && short.slice(same) === long.slice(same + 1)
}
