/**
 * Half-width punctuation in Chinese prose. Numbers, times, ratios, addresses of sites and words of
 * other scripts keep theirs.
 */
import { COMMON_WORDS } from '../wording/common-words.ts'
import { charAt, excerpt, isChinese } from './characters.ts'
import { cellRule } from './rule.ts'

const FULL: Record<string, string> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '?': '？',
  '!': '！',
  '(': '（',
  ')': '）',
  '.': '。',
}
const STOPS = /[,;:?!.]/g

export const punctuationWrong = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'punctuation/wrong': 'hint' },
  check({ text }) {
    const brackets = wrongBrackets(text)
    const bracketed = toFull(text, brackets)
    const stops = wrongStops(bracketed)
    const [first] = [...brackets, ...stops].sort((a, b) => a - b)
    if (first === undefined) return []
    const found = text.charAt(first)
    return [
      {
        code: 'punctuation/wrong',
        to: toFull(bracketed, stops),
        params: {
          found,
          right: FULL[found] ?? '',
          count: brackets.length + stops.length,
          excerpt: excerpt(text, first, first + 1),
        },
      },
    ]
  },
})

function wrongStops(text: string): number[] {
  if (text.search(STOPS) < 0) return []
  const wrong: number[] = []
  for (const { 0: mark, index } of text.matchAll(STOPS)) {
    const before = charAt(text, index - 1)
    const after = charAt(text, index + 1)
    const isWrong =
      mark === '.' ? endsSentence(before, after) || dividesWords(text, index) : standsInProse(before, after)
    if (isWrong) wrong.push(index)
  }
  return wrong
}

/** Every mark stays one UTF-16 unit, so positions hold. */
function toFull(text: string, positions: readonly number[]): string {
  if (positions.length === 0) return text
  const chars = text.split('')
  for (const at of positions) chars[at] = FULL[text.charAt(at)] ?? text.charAt(at)
  return chars.join('')
}

/** One side is Chinese, and the other is no mark that would make the two something else. */
function standsInProse(before: string, after: string): boolean {
  if (isChinese(before)) return after === '' || /[\s\p{L}\p{N}]/u.test(after) || isChinese(after)
  return isChinese(after) && /[\p{L}\p{N}%℃]/u.test(before)
}

/** A point is a full stop only at the end, or behind a percentage: 诗.橙 may stand for a middle dot, 1. for a list. */
function endsSentence(before: string, after: string): boolean {
  if (before === '%' || before === '％') return after === '' || after === '\n' || /\p{Script=Han}/u.test(after)
  return isChinese(before) && (after === '' || after === '\n')
}

/** 完成设计.启动施工: words that everyone uses on both sides are no parts of a name. */
function dividesWords(text: string, at: number): boolean {
  return COMMON_WORDS.has(text.slice(Math.max(0, at - 2), at)) && COMMON_WORDS.has(text.slice(at + 1, at + 3))
}

/** Half-width brackets around or behind Chinese words, and those whose other half is full-width. */
function wrongBrackets(text: string): number[] {
  if (!/[()]/.test(text)) return []
  const wrong: number[] = []
  const open: { at: number; chinese: number }[] = []
  let chinese = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '(' || char === '（') open.push({ at, chinese })
    else if (char === ')' || char === '）') {
      const start = open.pop()
      if (!start) continue
      const [left, right] = [text.charAt(start.at), char]
      const before = charAt(text, start.at - 1)
      const leads = /^\s?$/.test(before) && isChinese(charAt(text, at + 1))
      const inProse = chinese > start.chinese || isChinese(before) || leads || left === '（' || right === '）'
      if (inProse && left === '(') wrong.push(start.at)
      if (inProse && right === ')') wrong.push(at)
    } else if (/\p{Script=Han}/u.test(charAt(text, at))) chinese++
  }
  return wrong
}
