/**
 * Ways to read the figures of one target: which of them are the same said twice, totals, or parts of a total.
 */
import { type Amount, addAmounts, amountsEqual, compareAmounts, readAmount } from './amount.ts'
import type { Mention } from './match.ts'

/** By period, then by place in the text. */
export function inOrder(mentions: readonly Mention[]): Mention[] {
  return [...mentions].sort((a, b) => a.place - b.place || a.quantity.start - b.quantity.start)
}

/** Undefined for none. */
export function sumOf(mentions: readonly Mention[]): Amount | undefined {
  const [first, ...rest] = mentions.map(({ quantity }) => readAmount(quantity))
  return first && rest.reduce(addAmounts, first)
}

/** A figure that a cell says twice of the same thing is one figure. */
export function withoutRepeats(mentions: readonly Mention[]): Mention[] {
  const said = new Set<string>()
  return mentions.filter(({ place, quantity }) => {
    const { normalizedValue, normalizedUnit, object, role } = quantity
    const key = JSON.stringify([place, normalizedValue, normalizedUnit, object, role])
    return said.size < said.add(key).size
  })
}

/** Where a cell gives a total and the parts that make it up, the parts alone. */
export function withoutTotals(mentions: readonly Mention[]): Mention[] {
  return perCell(mentions, (total, parts) => (total ? parts : undefined))
}

/** Where a cell gives a total and the parts that make it up, the total alone. */
export function withoutParts(mentions: readonly Mention[]): Mention[] {
  return perCell(mentions, (total) => total && [total])
}

/** Cells of three and more figures of which the first or the last is the sum of the others, otherwise read. */
function perCell(
  mentions: readonly Mention[],
  read: (total: Mention | undefined, parts: Mention[]) => Mention[] | undefined,
): Mention[] {
  const cells = new Map<number, Mention[]>()
  for (const mention of mentions) cells.set(mention.place, [...(cells.get(mention.place) ?? []), mention])
  return [...cells.values()].flatMap((cell) => {
    const total = cell.length < 3 ? undefined : [cell[0], cell.at(-1)].find((one) => one && isSumOfOthers(one, cell))
    return (
      read(
        total,
        cell.filter((one) => one !== total),
      ) ?? cell
    )
  })
}

function isSumOfOthers(total: Mention, cell: readonly Mention[]): boolean {
  const sum = sumOf(cell.filter((one) => one !== total))
  return sum !== undefined && amountsEqual(sum, readAmount(total.quantity))
}

/** From period to period more (strictly) or never less, and at the end more than at first. */
export function isRising(mentions: readonly Mention[], how: 'strictly' | 'weakly'): boolean {
  const amounts = mentions.map(({ quantity }) => readAmount(quantity))
  const [first, last] = [amounts[0], amounts.at(-1)]
  const most = how === 'strictly' ? -1 : 0
  return (
    first !== undefined &&
    last !== undefined &&
    compareAmounts(first.max, last.min) < 0 &&
    mentions.every(({ place }, at) => at === 0 || place > (mentions[at - 1]?.place ?? -1)) &&
    amounts.every((amount, at) => at === 0 || compareAmounts(amounts[at - 1]!.min, amount.max) <= most)
  )
}
