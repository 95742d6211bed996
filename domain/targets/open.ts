/**
 * Figures of the unit of a target that belong to none: where they would make it up exactly they may be meant,
 * by another name or as a part that has a period of its own (其中大学新生500人), and nobody is warned.
 */

import { sameUnit } from '../quantity/same-metric.ts'
import type { Quantity } from '../quantity.ts'
import { addAmounts, compareAmounts, readAmount } from './amount.ts'
import type { Matches, Mention } from './match.ts'
import { DOUBTFUL, evidenceOf, type Judged, type Outcome, standingOf } from './outcome.ts'
import { sumOf } from './readings.ts'

/** The figures that no target is known to be meant by. */
export function findOpen(figures: readonly Mention[], matches: readonly Matches[]): Mention[] {
  const bound = new Set(matches.flatMap(({ same, near }) => [...same, ...near]))
  return figures.filter((figure) => {
    const { describes, role } = figure.quantity
    const counts = describes === undefined || describes === 'part'
    return counts && role !== 'share' && role !== 'rate' && !bound.has(figure)
  })
}

/** Undefined where no open figure, none of one name together, and not all of them are what is missing. */
export function judgeOpen({ target, amount, open }: Judged, short: Outcome): Outcome | undefined {
  const { terms = [], reached } = short
  if (!reached) return undefined
  const fitting = open.filter((figure) => mayCountAlike(target, figure.quantity) && !isCountedInWhole(figure, terms))
  const alike = new Map<string, Mention[]>()
  for (const figure of fitting) {
    const { metric } = figure.quantity
    const list = alike.get(metric)
    if (list) list.push(figure)
    else alike.set(metric, [figure])
  }
  const groups = [...fitting.map((one) => [one]), ...alike.values(), fitting]
  const closing = groups.find((group) => {
    const sum = sumOf(group)
    return sum && standingOf(addAmounts(reached, sum), amount) === 'meets'
  })
  const sum = closing && sumOf(closing)
  if (!sum) return undefined
  return {
    verdict: 'scope-differs',
    confidence: DOUBTFUL,
    evidence: evidenceOf(closing),
    terms: [...terms, ...closing],
    reached: addAmounts(reached, sum),
  }
}

/** 培训500人，其中大学新生100人: what is a part of a figure that is added already closes no gap. */
function isCountedInWhole({ milestone, quantity: part }: Mention, terms: readonly Mention[]): boolean {
  if (part.describes !== 'part') return false
  const isWhole = (one: Quantity) => one.end <= part.start && one.describes === undefined && mayCountAlike(one, part)
  const whole = milestone.quantities.filter(isWhole).at(-1)
  return (
    whole !== undefined &&
    compareAmounts(readAmount(part).min, readAmount(whole).max) <= 0 &&
    terms.some((term) => term.milestone === milestone && term.quantity.start === whole.start)
  )
}

/** 500人 may be among 1.2万人次. */
function mayCountAlike(a: Quantity, b: Quantity): boolean {
  return sameUnit(a, b) !== 'other' || (PEOPLE.test(a.normalizedUnit) && PEOPLE.test(b.normalizedUnit))
}

const PEOPLE = /^(?:人|名|位|人次)$/u
