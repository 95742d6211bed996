/**
 * Order keys: texts that sort as the rows stand. Between two of them there is always room for more,
 * which numbers halved again and again run out of.
 */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/**
 * `count` keys in order between two keys; '' and undefined stand for the beginning and the end.
 * `low` sorts before `high`; no key ends with the digit 0, so that something always fits before it.
 */
export function keysBetween(low: string, high: string | undefined, count: number): string[] {
  if (count <= 0) return []
  // The middle first: the keys of a long list stay short.
  const before = Math.floor((count - 1) / 2)
  const middle = keyBetween(low, high)
  return [...keysBetween(low, middle, before), middle, ...keysBetween(middle, high, count - 1 - before)]
}

function keyBetween(low: string, high: string | undefined): string {
  let shared = 0
  if (high !== undefined) {
    while ((low[shared] ?? '0') === high[shared]) shared++
    if (shared > 0) return high.slice(0, shared) + keyBetween(low.slice(shared), high.slice(shared))
  }
  const from = low === '' ? 0 : DIGITS.indexOf(low.charAt(0))
  const to = high === undefined ? DIGITS.length : DIGITS.indexOf(high.charAt(0))
  if (to - from > 1) return DIGITS.charAt(Math.round((from + to) / 2))
  if (high !== undefined && high.length > 1) return high.charAt(0)
  return DIGITS.charAt(from) + keyBetween(low.slice(1), undefined)
}
