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
  return LONE_DASHES.test(plain) ? DASH : plain
}

/** By a scan from both ends: a pattern anchored at the end takes quadratic time on a cell full of blanks. */
function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlankAt(text, start)) start++
  while (end > start && isBlankAt(text, end - 1)) end--
  return text.slice(start, end)
}

function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  // Nearly all characters are Chinese.
  return (code < 0x3001 || code > 0xd7ff) && BLANK.test(text.charAt(at))
}

/** Not filled in. `——` is filled in. */
export function isBlank(text: string): boolean {
  return trimBlanks(text) === ''
}

/** `——` in any of its spellings. */
export function isDash(text: string): boolean {
  return LONE_DASHES.test(trimBlanks(text))
}
