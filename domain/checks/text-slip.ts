/** Common slips in official writing (布署, 截止目前), from a list in which only sure ones stand. */
import { SLIPS, type Slip } from '../wording/slips.ts'
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

/** By their first character, so that a text is read once whatever the length of the list. */
const BY_FIRST = new Map<number, Slip[]>()
for (const slip of SLIPS) {
  const first = slip.wrong.charCodeAt(0)
  const known = BY_FIRST.get(first)
  if (known) known.push(slip)
  else BY_FIRST.set(first, [slip])
}

export const textSlip = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'text/slip': 'hint' },
  check({ text }) {
    const places = new Map<Slip, number[]>()
    for (let at = 0; at < text.length - 1; at++) {
      const slip = BY_FIRST.get(text.charCodeAt(at))?.find((one) => standsAt(one, text, at))
      if (!slip) continue
      const known = places.get(slip)
      if (known) known.push(at)
      else places.set(slip, [at])
    }
    return [...places].map(([{ wrong, right }, found]) => ({
      code: 'text/slip' as const,
      params: { found: wrong, right, excerpt: excerpt(text, found[0]!, found[0]! + wrong.length) },
      to: replaceAt(text, found, wrong.length, right),
    }))
  },
})

function standsAt({ wrong, notAfter, notBefore, before }: Slip, text: string, at: number): boolean {
  const end = at + wrong.length
  if (!text.startsWith(wrong, at)) return false
  if (at > 0 && notAfter.includes(text.charAt(at - 1))) return false
  if (end < text.length && notBefore.includes(text.charAt(end))) return false
  return before === undefined || before.some((word) => text.startsWith(word, end))
}

/** The text with `length` characters at each of the places in other words. */
function replaceAt(text: string, places: readonly number[], length: number, words: string): string {
  let mended = ''
  let end = 0
  for (const at of places) {
    mended += text.slice(end, at) + words
    end = at + length
  }
  return mended + text.slice(end)
}
