/**
 * Exact numbers for target arithmetic: 0.1 + 0.2 is 0.3, and 亩 (2000/3 平方米) loses nothing. A value is a
 * fraction of two bigints in lowest terms.
 */

/** `of` is above zero and shares no divisor with `parts`. */
export type Exact = { readonly parts: bigint; readonly of: bigint }

const ZERO: Exact = { parts: 0n, of: 1n }

/** A number as people and JavaScript write it: sign, digits, fraction, exponent. Lengths are bounded on purpose. */
const DECIMAL = /^([+-]?)(\d{1,400})(?:\.(\d{1,400}))?(?:e([+-]?\d{1,3}))?$/i
const FRACTION = /^([+-]?\d{1,400})\/(\d{1,400})$/
/** Full-width digits, point, sign and slash. */
const FULL_WIDTH = /[\uFF0B-\uFF19]/g
const FULL_WIDTH_OFFSET = 0xfee0
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/

/** `parts / of` in lowest terms; throws a RangeError where `of` is zero. */
export function exact(parts: bigint, of = 1n): Exact {
  if (of === 1n) return { parts, of }
  if (of === 0n) throw new RangeError('A fraction has no parts of zero')
  const sign = of < 0n ? -1n : 1n
  const divisor = gcd(parts < 0n ? -parts : parts, of * sign)
  return divisor === 0n ? ZERO : { parts: (sign * parts) / divisor, of: (sign * of) / divisor }
}

function gcd(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b]
  while (right !== 0n) [left, right] = [right, left % right]
  return left
}

/** Reads 10000, 10,000, 1.2, -3, 1/3, 1e21, also full width; undefined for anything else. */
export function parseExact(text: string): Exact | undefined {
  const plain = text
    .trim()
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replaceAll('，', ',')
  const fraction = FRACTION.exec(plain)
  if (fraction) {
    const [, parts = '', of = ''] = fraction
    return BigInt(of) === 0n ? undefined : exact(BigInt(parts), BigInt(of))
  }
  return readDecimal(GROUPED.test(plain) ? plain.replaceAll(',', '') : plain)
}

function readDecimal(plain: string): Exact | undefined {
  const match = DECIMAL.exec(plain)
  if (!match) return
  const [, sign = '', whole = '', decimals = '', exponent = '0'] = match
  const shift = Number(exponent) - decimals.length
  const digits = BigInt(whole + decimals) * (sign === '-' ? -1n : 1n)
  return shift >= 0 ? exact(digits * 10n ** BigInt(shift)) : exact(digits, 10n ** BigInt(-shift))
}

/** The decimal that a number is written as: 0.1 gives 1/10. Throws a RangeError on NaN and infinities. */
export function exactOf(value: number): Exact {
  if (Number.isSafeInteger(value)) return { parts: BigInt(value), of: 1n }
  const read = readDecimal(String(value))
  if (!read) throw new RangeError(`No finite number: ${value}`)
  return read
}

export function add(a: Exact, b: Exact): Exact {
  return exact(a.parts * b.of + b.parts * a.of, a.of * b.of)
}

export function subtract(a: Exact, b: Exact): Exact {
  return exact(a.parts * b.of - b.parts * a.of, a.of * b.of)
}

export function multiply(a: Exact, b: Exact): Exact {
  return exact(a.parts * b.parts, a.of * b.of)
}

/** Throws a RangeError where `b` is zero. */
export function divide(a: Exact, b: Exact): Exact {
  return exact(a.parts * b.of, a.of * b.parts)
}

export function sum(values: readonly Exact[]): Exact {
  return values.reduce(add, ZERO)
}

/** Below zero where a < b, zero where they are equal, above zero where a > b. */
export function compare(a: Exact, b: Exact): -1 | 0 | 1 {
  const difference = a.parts * b.of - b.parts * a.of
  if (difference === 0n) return 0
  return difference < 0n ? -1 : 1
}

/** The nearest number of JavaScript. */
export function toNumber(value: Exact): number {
  const [parts, of] = [Number(value.parts), Number(value.of)]
  // A division of two numbers that are exact is rounded once, to the nearest.
  if (Number.isSafeInteger(parts) && Number.isSafeInteger(of)) return parts / of
  return Number(printExact(value, 40))
}

/**
 * In digits, never with an exponent or grouping: 10000, 0.5, -3.25. A fraction without end (亩 in 平方米) is cut
 * after `decimals` places towards zero, so that a shortfall never reads as met.
 */
export function printExact(value: Exact, decimals = 4): string {
  if (value.of === 1n) return value.parts.toString()
  const places = terminates(value.of) ? Math.max(decimals, value.of.toString(2).length) : decimals
  const size = value.parts < 0n ? -value.parts : value.parts
  const digits = ((size * 10n ** BigInt(places)) / value.of).toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const fraction = trimZeros(digits.slice(digits.length - places))
  const printed = fraction === '' ? whole : `${whole}.${fraction}`
  return value.parts < 0n && printed !== '0' ? `-${printed}` : printed
}

function trimZeros(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end--
  return digits.slice(0, end)
}

/** Whether a fraction of so many parts is a decimal with an end: only 2 and 5 divide them. */
function terminates(of: bigint): boolean {
  let rest = of
  for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime
  return rest === 1n
}
