/** Lists of units as texts: when two of them say the same. */
import { foldText } from './fold.ts'
import { foldUnit } from './units/segments.ts'

const SEPARATORS = /[、，,；;\n]+/

/**
 * Whether two lists name the same units, in whatever order and however often: what a list of supporting
 * units means does not depend on it. Each name is compared as it is written; an alias is another text.
 */
export function sameUnitSet(a: string, b: string): boolean {
  const [left, right] = [namesOf(a), namesOf(b)]
  return left.size === right.size && [...left].every((name) => right.has(name))
}

function namesOf(text: string): Set<string> {
  return new Set(
    foldText(text)
      .split(SEPARATORS)
      .map(foldUnit)
      .filter((name) => name !== ''),
  )
}
