/**
 * The same clause or sentence twice in a cell. Two projects in one cell may rightly both “完成主体施工”, so apart
 * from neighbours only what is long and says more than the official formulas counts.
 */
import { isBlankAt } from '../fold.ts'
import { countOwnWords } from '../wording/formulas.ts'
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

const CLAUSE = /[^，。；！？,;!?\n]+/g
const ENDS: ReadonlySet<number> = new Set([...'，。；！？,;!?\n'].map((mark) => mark.charCodeAt(0)))
/** Adverbs and dates before the same words make no difference; marks of a list neither. */
const OPENING =
  /^(?:[（(]?[\d一二三四五六七八九十]{1,2}[）).、]|[①-⑳]|\d{1,2}月[底份]?前?|[一二三四五六七]是|重点|切实|持续|继续|进一步|全面|深入|同时|并|及时|认真|积极|稳步)*/
const NEAR = 4
const FAR = 8
const FAR_OWN = 4

export const textRepeated = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'text/repeated': 'hint' },
  check({ text }) {
    if (!mayRepeat(text)) return []
    const seen = new Map<string, number>()
    for (const [place, { 0: clause, index }] of [...text.matchAll(CLAUSE)].entries()) {
      const words = clause.trim().replace(OPENING, '')
      const before = seen.get(words)
      seen.set(words, place)
      if (before === undefined || !isRepetition(words, place - before)) continue
      const start = index + clause.indexOf(words)
      return [{ code: 'text/repeated', params: { found: words, excerpt: excerpt(text, start, start + words.length) } }]
    }
    return []
  },
})

/** Clauses with the same words end alike: whether two of them have their last two characters in common. */
function mayRepeat(text: string): boolean {
  const ends = new Set<number>()
  for (let at = 2; at <= text.length; at++) {
    if (at < text.length && !ENDS.has(text.charCodeAt(at))) continue
    const end = (text.charCodeAt(at - 2) << 16) | text.charCodeAt(at - 1)
    // Behind blanks the words may end anywhere.
    if (ends.has(end) || isBlankAt(text, at - 1)) return true
    ends.add(end)
  }
  return false
}

function isRepetition(words: string, distance: number): boolean {
  const length = words.match(/\p{Script=Han}/gu)?.length ?? 0
  if (distance === 1) return length >= NEAR
  return length >= FAR && !/\d/.test(words) && countOwnWords(words) >= FAR_OWN
}
