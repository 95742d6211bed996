import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  add,
  compare,
  divide,
  exact,
  exactOf,
  multiply,
  parseExact,
  printExact,
  subtract,
  sum,
  toNumber,
} from '../../domain/decimal.ts'

const printed = (text: string) => {
  const value = parseExact(text)
  return value && printExact(value)
}

describe('exact numbers', () => {
  test.each([
    ['10000', '10000'],
    ['10,000', '10000'],
    ['１０，０００．５', '10000.5'],
    ['1.20', '1.2'],
    ['-3.25', '-3.25'],
    ['＋7', '7'],
    ['0.000001', '0.000001'],
    ['1e21', '1000000000000000000000'],
    ['2.5e-7', '0.00000025'],
    ['1/3', '0.3333'],
    ['-2/3', '-0.6666'],
    ['1/8', '0.125'],
    ['-0', '0'],
    ['007', '7'],
  ])('%s is read and printed as %s', (text, expected) => {
    expect(printed(text)).toBe(expected)
  })

  test.each(['', '.', '1.', '.5', '1,00', '1 000', '一', '1/0', '0x1', 'NaN', '1.2.3', '--1', '9'.repeat(500)])(
    '%j is no number',
    (text) => {
      expect(parseExact(text)).toBeUndefined()
    },
  )

  test('decimals add without the errors of binary fractions', () => {
    expect(printExact(add(exactOf(0.1), exactOf(0.2)))).toBe('0.3')
    expect(compare(sum([exactOf(0.1), exactOf(0.2)]), exactOf(0.3))).toBe(0)
  })

  test('亩 convert to 平方米 and back without loss', () => {
    const mu = exact(2000n, 3n)
    expect(printExact(multiply(exactOf(3), mu))).toBe('2000')
    expect(compare(divide(multiply(exactOf(7), mu), mu), exactOf(7))).toBe(0)
  })

  test('a shortfall of a third of a unit is never printed as met', () => {
    expect(printExact(exact(2999999n, 3000000n), 4)).toBe('0.9999')
    expect(printExact(exact(-1n, 300000n), 4)).toBe('0')
  })

  test('no fraction of zero parts, no number that is not finite', () => {
    expect(() => exact(1n, 0n)).toThrow(RangeError)
    expect(() => divide(exact(1n), exact(0n))).toThrow(RangeError)
    expect(() => exactOf(Number.NaN)).toThrow(RangeError)
    expect(() => exactOf(Number.POSITIVE_INFINITY)).toThrow(RangeError)
  })

  const decimal = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
  const fraction = fc
    .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 9n }))
    .map(([parts, of]) => exact(parts, of))

  test('every number survives the way there and back', () => {
    fc.assert(fc.property(decimal, (value) => toNumber(exactOf(value)) === (value === 0 ? 0 : value)))
  })

  test('printing never uses an exponent and reads back', () => {
    fc.assert(
      fc.property(decimal, (value) => {
        const text = printExact(exactOf(value))
        expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/)
        const read = parseExact(text)
        expect(read && toNumber(read)).toBe(value === 0 ? 0 : value)
      }),
    )
  })

  test('adding and taking away, multiplying and dividing undo each other', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        expect(compare(subtract(add(a, b), b), a)).toBe(0)
        if (b.parts !== 0n) expect(compare(divide(multiply(a, b), b), a)).toBe(0)
      }),
    )
  })

  test('a sum does not depend on its order', () => {
    fc.assert(
      fc.property(fc.array(fraction), (values) => {
        expect(compare(sum(values), sum(values.toReversed()))).toBe(0)
      }),
    )
  })
})
