/**
 * Frequent words of two characters in official prose: what a doubled character or a lone mark is judged by. A word
 * more makes more slips known and more boundaries legal; none is needed for correctness.
 */
import { OFFICIAL_WORDS } from './official-words.ts'
import { unfoldRanks } from './slip-model.ts'
import { WORDS } from './slip-words-data.ts'

/** Every word of two characters in the lists by which slips are found. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  [...unfoldRanks(WORDS).flat(), ...OFFICIAL_WORDS].filter((word) => word.length === 2),
)
