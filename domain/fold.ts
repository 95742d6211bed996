/**
 * Folding: when two texts count as the same. Only comparisons fold; what is stored and shown is
 * what was typed.
 */

/** A blank that people cannot see: Unicode white space (U+3000, NBSP included) or a zero-width character. */
const BLANK = /[\s\u200B-\u200D\u2060\uFEFF]/

/** Dashes, minus signs and box lines that people type for ——, alone or repeated. */
const LONE_DASHES = /^[-\u2010-\u2015\u2212\u2500\u2501\u30FC\uFE58\uFE63\uFF0D]+$/

/** The value that means: no work in this period, or no supporting unit. */
export const DASH = '——'

/** NFC, CRLF → LF, outer blanks off, a lone dash of any kind → ——. */
export function foldText(text: string): string {
  const oneBreak = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  const plain = trimBlanks(oneBreak.normalize('NFC'))
  return isLoneDash(plain) ? DASH : plain
}

/** By a scan from both ends: a pattern anchored at the end takes quadratic time on a cell full of blanks. */
function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlankAt(text, start)) start++
  while (end > start && isBlankAt(text, end - 1)) end--
  return text.slice(start, end)
}

/** Whether the character at a position is a blank that people cannot see. */
export function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  // Nearly all characters are Chinese, printable ASCII, full width, or dashes and quotes: no pattern is asked of these.
  if (code >= 0x3001 && code !== 0xfeff) return false
  if ((code > 0x20 && code < 0xa0) || (code > 0x200d && code < 0x2028)) return false
  return BLANK.test(text.charAt(at))
}

/** Not filled in. `——` is filled in. */
export function isBlank(text: string): boolean {
  return trimBlanks(text) === ''
}

/** `——` in any of its spellings. */
export function isDash(text: string): boolean {
  return isLoneDash(trimBlanks(text))
}

function isLoneDash(plain: string): boolean {
  const first = plain.charCodeAt(0)
  const isHan = first >= 0x4e00 && first <= 0x9fff
  return !isHan && LONE_DASHES.test(plain)
}
