/**
 * What the text rules know about characters of official Chinese prose.
 */

const CHINESE = /^[\p{Script=Han}、。〈〉《》「」『』【】〔〕“”‘’…！％（），：；？]$/u

/** A Chinese character or Chinese punctuation; false for ''. */
export function isChinese(char: string): boolean {
  return CHINESE.test(char)
}

/** The character at a UTF-16 position; '' outside. Halves of a surrogate pair give the whole. */
export function charAt(text: string, position: number): string {
  const code = text.charCodeAt(position)
  const start = code >= 0xdc00 && code <= 0xdfff ? position - 1 : position
  const point = start < 0 ? undefined : text.codePointAt(start)
  return point === undefined ? '' : String.fromCodePoint(point)
}

const AROUND = 6

/** A few characters around a place in a text, so that a person finds it in a long cell. */
export function excerpt(text: string, start: number, end: number): string {
  const from = Math.max(0, start - AROUND)
  const to = Math.min(text.length, end + AROUND)
  const shown = text
    .slice(from, to)
    .replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
    .replace(/\s+/g, ' ')
  return `${from > 0 ? '…' : ''}${shown}${to < text.length ? '…' : ''}`
}
