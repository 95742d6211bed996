/** Finds the slips of the list in a text; one pass, whatever the length of the list. */
import { indexStarts, wordAt } from '../word-index.ts'
import { SLIPS, type Slip } from './slips.ts'

/** Tells where none of them can stand, which is nearly everywhere. */
const WRONG = indexStarts(SLIPS.map(({ wrong }) => wrong))
/** By their first character. */
const BY_FIRST = new Map<number, Slip[]>()
for (const slip of SLIPS) {
  const first = slip.wrong.charCodeAt(0)
  const known = BY_FIRST.get(first)
  if (known) known.push(slip)
  else BY_FIRST.set(first, [slip])
}

/** Each slip that stands in the text, with its places. */
export function findListedSlips(text: string): Map<Slip, number[]> {
  const places = new Map<Slip, number[]>()
  for (let at = 0; at < text.length - 1; at++) {
    if (wordAt(WRONG, text, at) === undefined) continue
    const slip = BY_FIRST.get(text.charCodeAt(at))?.find((one) => standsAt(one, text, at))
    if (!slip) continue
    const known = places.get(slip)
    if (known) known.push(at)
    else places.set(slip, [at])
  }
  return places
}

function standsAt({ wrong, notAfter, notBefore, before }: Slip, text: string, at: number): boolean {
  const end = at + wrong.length
  if (!text.startsWith(wrong, at)) return false
  if (at > 0 && notAfter.includes(text.charAt(at - 1))) return false
  if (end < text.length && notBefore.includes(text.charAt(end))) return false
  return before === undefined || before.some((word) => text.startsWith(word, end))
}
