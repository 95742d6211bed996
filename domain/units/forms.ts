/**
 * Two names that are regular forms of one (县住建局, 县住房和城乡建设局), told without a registry: for a table whose
 * county has listed no units yet.
 */
import { isSamePlace, type PlacedName, placeName } from './places.ts'
import { foldUnit } from './segments.ts'
import { isGenericStem, stemKeys } from './stems.ts'

/**
 * For each name, in order, the longer one of them that it is a short form of; undefined for none. Only names of one level
 * and place. `county`: 奉节县, where known. Linear in the names.
 */
export function findLongForms(names: readonly string[], county?: string): (string | undefined)[] {
  const read = names.map((name) => {
    const placed = placeName(foldUnit(name), county)
    return { name, placed, keys: isGenericStem(placed.stem) ? [] : stemKeys(placed.stem) }
  })
  const longest = new Map<string, { name: string; placed: PlacedName }>()
  for (const { name, placed, keys } of read)
    for (const key of keys) {
      const known = longest.get(key)
      if (!known || placed.stem.length > known.placed.stem.length) longest.set(key, { name, placed })
    }
  return read.map(({ placed, keys }) => {
    const isShort = (other: PlacedName) =>
      other.stem.length > placed.stem.length && other.level === placed.level && mayBeOnePlace(other, placed)
    return keys.flatMap((key) => longest.get(key) ?? []).find((other) => isShort(other.placed))?.name
  })
}

function mayBeOnePlace(a: PlacedName, b: PlacedName): boolean {
  return a.place === '' || b.place === '' || isSamePlace(a.place, b.place)
}
