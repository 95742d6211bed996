/**
 * Characters that other programs drop, reorder or show as a box. Invisible ones can be taken out
 * safely; one that stands for a lost character cannot.
 */
import { cellRule } from './rule.ts'

/** Control characters but tab and line ends, line separators, bidirectional controls, noncharacters. */
const INVISIBLE =
  /(?![\t\n\r])\p{Cc}|[\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFDD0-\uFDEF\uFFFE\uFFFF]/gu
/** Lone surrogates, private use and the replacement character. */
const LOST = /[\p{Cs}\p{Co}\uFFFD]/u
/** Printable ASCII, tab and line ends, dashes and quotes, Chinese characters and marks: of these nearly all cells consist. */
const ONLY_COMMON = /^[\t\n\r -~\u2010-\u2027\u3000-\u303F\u4E00-\u9FFF\uFF01-\uFF5E]*$/
/** Line breaks in other programs' spelling: vertical tab, form feed, next line, line and paragraph separator. */
const LINE_BREAKS = [0x0b, 0x0c, 0x85, 0x2028, 0x2029]

export const textIllegalCharacter = cellRule({
  level: 'cell',
  per: 'cell',
  codes: { 'text/illegal-character': 'error' },
  check({ text }) {
    if (ONLY_COMMON.test(text)) return []
    const lost = LOST.exec(text)
    const [invisible] = text.match(INVISIBLE) ?? []
    const found = lost?.[0] ?? invisible
    if (found === undefined) return []
    const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    const finding = { code: 'text/illegal-character' as const, params: { found: `U+${code}` } }
    if (lost) return [finding]
    return [{ ...finding, to: text.replace(INVISIBLE, plainBreak) }]
  },
})

function plainBreak(char: string): string {
  return LINE_BREAKS.includes(char.charCodeAt(0)) ? '\n' : ''
}
