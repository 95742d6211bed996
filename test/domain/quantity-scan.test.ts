import { describe, expect, test } from 'vitest'
import { scanQuantities } from '../../domain/quantity/scan.ts'
import type { Figure } from '../../domain/quantity.ts'
import { COMPARATORS, NO_QUANTITIES, NUMERALS, RANGES, SENTENCES } from './quantity-scan-cases.ts'

function show(figures: readonly Figure[]): string {
  return figures
    .map(({ text, comparator, bothWays }) => `${text}${comparator === '=' ? '' : comparator}${bothWays ? '±' : ''}`)
    .join('  ')
}

describe('a number with its unit', () => {
  test.each(NUMERALS)('%s', (text, found, value, unit, normalizedValue, normalizedUnit) => {
    expect(scanQuantities(text)).toMatchObject([{ text: found, value, unit, normalizedValue, normalizedUnit }])
  })
})

describe('what bounds it', () => {
  test.each(COMPARATORS)('%s: %s', (text, found) => {
    expect(show(scanQuantities(text))).toBe(found)
  })
})

describe('ranges and lists', () => {
  test.each(RANGES)('%s: %s', (text, found) => {
    expect(show(scanQuantities(text))).toBe(found)
  })
})

describe('numbers that count nothing', () => {
  test.each(NO_QUANTITIES)('%s', (text) => {
    expect(show(scanQuantities(text))).toBe('')
    expect(show(scanQuantities(`按照${text}要求，`))).toBe('')
  })
})

describe('sentences with both', () => {
  test.each(SENTENCES)('%s: %s', (text, found) => {
    expect(show(scanQuantities(text))).toBe(found)
  })
})
