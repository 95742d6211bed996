/**
 * The text as the readers of figures see it: half width, and without the blanks and line breaks that a
 * narrow column puts between a number and its unit. Every position leads back to the text as typed.
 */

import { isBlankAt } from '../fold.ts'

/**
 * `origin[i]`: position in the typed text of the character at i; one more entry for the end. `lineStarts`:
 * where in `plain` a line begins, the first one included.
 */
export type PlainText = { plain: string; origin: readonly number[]; lineStarts: ReadonlySet<number> }

/** Blanks between two of these keep apart what would else grow together: 10 20, CT 5. */
const WORDLIKE = /[0-9A-Za-z.,]/
const HAN_FROM = 0x4e00
const HAN_TO = 0x9fff
const FULL_WIDTH_FROM = 0xff01
const FULL_WIDTH_TO = 0xff5e
const FULL_WIDTH_OFFSET = 0xfee0
/** Signs of the prose itself stay as they are: a full-width comma parts clauses, a half-width one thousands. */
const KEPT = new Set('，：；！？（）')
const TWINS = new Map([
  ['﹪', '%'],
  ['−', '-'],
  ['\u2010', '-'],
  ['\u2011', '-'],
  ['\u2012', '-'],
  ['∼', '~'],
])

/** One character in `plain` for each that is not dropped; a kept run of blanks is one space. */
export function readPlainly(text: string): PlainText {
  const origin: number[] = []
  const lineStarts = new Set([0])
  let plain = ''
  let blankAt = -1
  let lineBroken = false
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    const code = text.charCodeAt(i)
    // Nearly all characters are Chinese or printable ASCII and stay as they are.
    const common = (code >= HAN_FROM && code <= HAN_TO) || (code > 0x20 && code < 0x7f)
    if (!common && isBlankAt(text, i)) {
      lineBroken ||= char === '\n'
      if (blankAt < 0) blankAt = i
      continue
    }
    const half = common ? char : isGrouping(text, i) ? ',' : toHalfWidth(char, code)
    if (blankAt >= 0) {
      if (WORDLIKE.test(half) && WORDLIKE.test(plain.charAt(plain.length - 1))) {
        plain += ' '
        origin.push(blankAt)
      }
      if (lineBroken) lineStarts.add(plain.length)
      blankAt = -1
      lineBroken = false
    }
    plain += half
    origin.push(i)
  }
  origin.push(text.length)
  return { plain, origin, lineStarts }
}

/** The comma of １０，０００, which is full width like its digits. */
function isGrouping(text: string, i: number): boolean {
  return text.charAt(i) === '，' && isFullDigit(text.charCodeAt(i - 1)) && isFullDigit(text.charCodeAt(i + 1))
}

function isFullDigit(code: number): boolean {
  return code >= 0xff10 && code <= 0xff19
}

function toHalfWidth(char: string, code: number): string {
  if (code < FULL_WIDTH_FROM || code > FULL_WIDTH_TO || KEPT.has(char)) return TWINS.get(char) ?? char
  return String.fromCharCode(code - FULL_WIDTH_OFFSET)
}
