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
  const plain = trimBlanks(text.replace(/\r\n?/g, '\n').normalize('NFC'))
  return LONE_DASHES.test(plain) ? DASH : plain
}

/** By a scan from both ends: a pattern anchored at the end takes quadratic time on a cell full of blanks. */
function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && BLANK.test(text.charAt(start))) start++
  while (end > start && BLANK.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/** Not filled in. `——` is filled in. */
export function isBlank(text: string): boolean {
  return foldText(text) === ''
}

/** `——` in any of its spellings. */
export function isDash(text: string): boolean {
  return foldText(text) === DASH
}
