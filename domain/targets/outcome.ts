/**
 * What judging one target gives, before it becomes a TargetCheck: the verdict, how sure it is, the figures
 * written out and where they stand.
 */
import type { Severity } from '../issue.ts'
import type { Quantity } from '../quantity.ts'
import type { Evidence, TargetAnswer, Verdict } from '../targets.ts'
import { type Amount, compareAmounts, readAmount } from './amount.ts'
import type { Matches, Mention } from './match.ts'
import type { Clause, WorkFound, WorkingMilestone } from './work.ts'

/** One target of a row with all that the milestones say of it. */
export type Judged = {
  target: Quantity
  amount: Amount
  matches: Matches
  /** Shares of work (完成工程量的30%) of the same object, in order of time. */
  shares: Mention[]
  /** Figures of the row that belong to no target, of any unit. */
  open: readonly Mention[]
  work: WorkFound
  /** The milestones that say something, in order of time. */
  milestones: readonly WorkingMilestone[]
  /** Number of periods of the row. */
  periods: number
  /** The words of the target's clause, and of those before it that lead up to it. */
  around: string
  /** The row promises a share of the work (完成工程量的60%), so that not all of it has to be done. */
  begins: boolean
  /** No other target stands before it in its sentence. */
  leads: boolean
  /** The row has no other target. */
  alone: boolean
  /** Some milestone is 序时推进. */
  byTime: boolean
  /** What the target starts from (由320公顷增加到356公顷), in the normalised unit. */
  baseline?: Amount
  /** It says what follows from the work (惠及居民1.2万户), which the milestones count, too. */
  effect: boolean
  /** The row promises a rate beside it: 体检率达到75%. */
  rated: boolean
  /** Says how long or large the things are that the target before it counts (26条，总长9.8公里). */
  measures: boolean
  /** Another target of the row is made up by figures of the same milestones, so no closing sentence owes more of them. */
  closed?: boolean
  answer?: TargetAnswer['answer']
}

export type Outcome = {
  verdict: Verdict
  /** 0 to 1. */
  confidence: number
  evidence: Evidence[]
  /** Figures as they are to be written, in the order in which they are added or compared. */
  terms?: Mention[]
  /** Only somebody who knows can tell, whatever the verdict would be else. */
  asks?: true
  /** Their sum, or the last level reached. */
  reached?: Amount
}

/** Confidence of a verdict on plain figures, of one that took a benevolent reading, and of one full of doubt. */
export const PLAIN = 0.95
export const READ_INTO = 0.8
export const DOUBTFUL = 0.6

export type Standing = 'short' | 'meets' | 'exceeds'

/** Where an amount stands to what was promised; a range promises all that lies between its ends. */
export function standingOf(amount: Amount, promised: Amount): Standing {
  if (compareAmounts(amount.max, promised.min) < 0) return 'short'
  return compareAmounts(amount.min, promised.max) > 0 ? 'exceeds' : 'meets'
}

export function standing(mention: Mention, { amount }: Judged): Standing {
  return standingOf(readAmount(mention.quantity), amount)
}

/** ≤ and <: less is kept, more is broken. */
export function isCap({ comparator }: Quantity): boolean {
  return comparator === '<=' || comparator === '<'
}

export function evidenceOf(mentions: readonly Mention[]): Evidence[] {
  return mentions.map(({ milestone, quantity: { start, end } }) => ({ milestone: milestone.index, start, end }))
}

export function evidenceOfClauses(clauses: readonly Clause[], milestones: readonly WorkingMilestone[]): Evidence[] {
  return clauses.flatMap(({ place, start, end }) => {
    const milestone = milestones[place]
    return milestone ? [{ milestone: milestone.index, start, end }] : []
  })
}

/** Whether a figure stands for the whole year: in the last milestone that says something, or in one over all periods. */
export function isFinal({ place, milestone }: Mention, { milestones, periods }: Judged): boolean {
  return place === milestones.length - 1 || milestone.periods.length >= periods
}

const GOOD: ReadonlySet<Verdict> = new Set([
  'adds-up',
  'cumulative-ok',
  'rate-ok',
  'share-ok',
  'restated',
  'covered-by-share',
  'not-checkable',
])

/** Whether nothing is left to ask or to mend; more than a floor promises is good, too. */
export function isGood({ verdict }: Outcome, { comparator }: Quantity): boolean {
  return GOOD.has(verdict) || (verdict === 'exceeds' && isFloor(comparator))
}

function isFloor(comparator: Quantity['comparator']): boolean {
  return comparator === '>=' || comparator === '>' || comparator === '≈'
}

const USUAL: Partial<Record<Verdict, Severity>> = {
  exceeds: 'hint',
  'falls-short': 'warning',
  'cumulative-falls': 'error',
  'rate-regresses': 'warning',
  'share-regresses': 'error',
  'restated-differs': 'error',
  'not-covered': 'warning',
  'stage-only': 'hint',
  'scope-differs': 'ask',
  ambiguous: 'ask',
  'not-comparable': 'hint',
}

/** Below these a finding is softened: what is not certain is no error, what is doubtful no warning. */
const CERTAIN = 0.9
const LIKELY = 0.7

/** Answered with 另有安排: the table owes nothing more. */
const ELSEWHERE: ReadonlySet<Verdict> = new Set(['falls-short', 'not-covered', 'stage-only', 'scope-differs'])

export function severityOf(
  { verdict, confidence, asks }: Outcome,
  target: Quantity,
  answer: TargetAnswer['answer'] | undefined,
): Severity | 'ok' {
  if (answer === 'elsewhere' && ELSEWHERE.has(verdict)) return 'ok'
  const usual = verdict === 'exceeds' && isCap(target) ? 'error' : USUAL[verdict]
  if (usual === undefined || isGood({ verdict, confidence, evidence: [] }, target)) return 'ok'
  if (asks) return 'ask'
  if (usual === 'error' && confidence < CERTAIN) return 'ask'
  return usual === 'warning' && confidence < LIKELY ? 'hint' : usual
}
