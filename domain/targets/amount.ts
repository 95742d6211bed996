/**
 * Amounts of target arithmetic: exact, in the normalised unit, with two ends where the text gives a range.
 */
import { add, compare, divide, type Exact, exactOf, printExact, subtract } from '../decimal.ts'
import { exactValue } from '../quantity/units.ts'
import type { Quantity } from '../quantity.ts'

/** Both ends are equal unless the text gives a range. */
export type Amount = { min: Exact; max: Exact }

export const compareAmounts: (a: Exact, b: Exact) => -1 | 0 | 1 = compare

/** What a quantity says, in its normalised unit. */
export function readAmount(quantity: Quantity): Amount {
  return exactValue(quantity)
}

export function addAmounts(a: Amount, b: Amount): Amount {
  return { min: add(a.min, b.min), max: add(a.max, b.max) }
}

/** What is to be added to `less` to reach `amount`; the least of it where either is a range. */
export function subtractAmounts(amount: Amount, less: Amount): Amount {
  return { min: subtract(amount.min, less.max), max: subtract(amount.max, less.min) }
}

export function amountsEqual(a: Amount, b: Amount): boolean {
  return compareAmounts(a.min, b.min) === 0 && compareAmounts(a.max, b.max) === 0
}

/** How many of the normalised unit one of the written unit is; undefined for a zero, which does not tell. */
export function factorOf(quantity: Quantity): Exact | undefined {
  const written = exactOf(typeof quantity.value === 'number' ? quantity.value : quantity.value.max)
  return written.parts === 0n ? undefined : divide(readAmount(quantity).max, written)
}

/** In digits, as a count of units that are each `factor` of the normalised one: 1500, 3-5. */
export function printAmount({ min, max }: Amount, factor: Exact): string {
  const [from, to] = [min, max].map((end) => printExact(divide(end, factor)))
  return from === to ? `${to}` : `${from}-${to}`
}
