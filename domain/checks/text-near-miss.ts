/**
 * A frequent word with a character that only sounds or looks right: 职则 for 职责. Names are made of any characters,
 * so it says nothing inside quotation marks and titles, nor in front of what ends a name of a place.
 */
import { COMMON_WORDS } from '../wording/common-words.ts'
import { NEAR_MISSES } from '../wording/near-misses.ts'
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

const [OPENING_QUOTE, CLOSING_QUOTE, OPENING_TITLE, CLOSING_TITLE] = [...'“”《》'].map((mark) => mark.charCodeAt(0))
const NAME_ENDINGS = '村镇乡街路社河江湖山坝坪桥沟溪岭寨湾塘庄屯巷苑府州县小中园组'

/** By both characters as one number: a text is looked through without cutting it into pieces. */
const BY_CODES = new Map([...NEAR_MISSES].map(([wrong, right]) => [codesOf(wrong, 0), right]))

function codesOf(text: string, at: number): number {
  return text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1)
}

export const textNearMiss = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'text/near-miss': 'hint' },
  check({ text }) {
    const found: { wrong: string; right: string; at: number }[] = []
    let quoted = 0
    for (let at = 0; at < text.length - 1; at++) {
      const code = text.charCodeAt(at)
      if (code === OPENING_QUOTE || code === OPENING_TITLE) quoted++
      else if (code === CLOSING_QUOTE || code === CLOSING_TITLE) quoted--
      const right = quoted > 0 ? undefined : BY_CODES.get(codesOf(text, at))
      if (right !== undefined && !joinsNeighbours(text, at)) found.push({ wrong: text.slice(at, at + 2), right, at })
    }
    return found.map(({ wrong, right, at }) => ({
      code: 'text/near-miss' as const,
      params: { found: wrong, right, excerpt: excerpt(text, at, at + 2) },
      to: text.slice(0, at) + right + text.slice(at + 2),
    }))
  },
})

/** The first of the two ends a word (队伍|质量), the second begins one, or both belong to a name. */
function joinsNeighbours(text: string, at: number): boolean {
  const after = text.charAt(at + 2)
  if (after !== '' && NAME_ENDINGS.includes(after)) return true
  return COMMON_WORDS.has(text.slice(Math.max(0, at - 1), at + 1)) || COMMON_WORDS.has(text.slice(at + 1, at + 3))
}
