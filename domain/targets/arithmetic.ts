/**
 * Writes the figures of a judgement out, in one unit: 1000+500=1500个，目标2000个，少500个.
 */
import { compare as compareExact, type Exact, exactOf, subtract } from '../decimal.ts'
import { sameUnit } from '../quantity/same-metric.ts'
import type { Quantity } from '../quantity.ts'
import { type Amount, amountsEqual, compareAmounts, factorOf, printAmount, readAmount } from './amount.ts'
import { isCap, type Outcome } from './outcome.ts'
import { sumOf } from './readings.ts'
import { ALL } from './share.ts'

/**
 * `figures`: the terms as they were joined (1000+500, 70%→90%). `reached`: their sum or the level they reach.
 * `last`: the last of them.
 * `target`: the target in the same unit. `gap`: what is missing or too much; '' where the target is met.
 * `short`: what is reached is less than the target. `ofWork`: they are shares of
 * the work for a target that is none. `adds`: the terms were added; otherwise they follow one another.
 */
export type Written = {
  figures: string
  reached: string
  last: string
  target: string
  gap: string
  several: boolean
  short: boolean
  ofWork: boolean
  adds: boolean
}

/** Undefined where the judgement rests on words. */
export function writeOut(outcome: Outcome, target: Quantity): Written | undefined {
  const { terms = [], reached } = outcome
  const last = terms.at(-1)
  if (!last) return undefined
  const unit = commonUnit([...terms.map(({ quantity }) => quantity)], target)
  const print = (amount: Amount) => `${printAmount(amount, unit.factor)}${unit.name}`
  const amounts = terms.map(({ quantity }) => readAmount(quantity))
  const adds = joinsByAdding(outcome)
  const steps = adds
    ? amounts.map((amount) => printAmount(amount, unit.factor)).join('+')
    : amounts.map(print).join('→')
  const end = reached ?? readAmount(last.quantity)
  const byShare = target.normalizedUnit !== '%' && terms.every(({ quantity }) => quantity.normalizedUnit === '%')
  const promised = byShare ? ALL : readAmount(target)
  const missing = compareAmounts(end.max, promised.min) < 0
  // Less than a cap is no lack.
  const gap = missing && !isCap(target) ? subtract(promised.min, end.max) : subtract(end.min, promised.max)
  return {
    figures: steps,
    reached: print(end),
    last: print(readAmount(last.quantity)),
    target: print(promised),
    gap: gap.parts > 0n ? print({ min: gap, max: gap }).replace(/%$/u, '个百分点') : '',
    several: terms.length > 1,
    short: missing,
    ofWork: byShare,
    adds,
  }
}

/** One line for a person; '' fields left out. */
export function arithmeticText(outcome: Outcome, target: Quantity, written: Written): string {
  const { figures, reached, gap, several, adds } = written
  const left = !several ? reached : adds ? `${figures}=${reached}` : figures
  const text = target.text.replace(/\s/gu, '')
  const promised = written.target === text ? text : `${text}（${written.target}）`
  if (outcome.verdict === 'ambiguous' && written.ofWork) return left
  if (outcome.verdict === 'ambiguous') return `${left}，末期${written.last}，目标${promised}`
  if (COVERED.has(outcome.verdict)) return left
  if (gap === '') return `${left}，目标${promised}`
  return `${left}，目标${promised}，${written.short ? '少' : '多'}${gap}`
}

const COVERED: ReadonlySet<Outcome['verdict']> = new Set(['covered-by-share', 'share-regresses'])

/** Levels, shares and figures of the year so far follow one another; all others are added. */
function joinsByAdding({ verdict, terms = [], reached }: Outcome): boolean {
  if (!ADDED.has(verdict) || terms.some(({ quantity }) => IN_SEQUENCE.has(quantity.role))) return false
  const sum = sumOf(terms)
  // Never a sum that is none, whatever the verdict.
  return sum === undefined || reached === undefined || amountsEqual(sum, reached)
}

const IN_SEQUENCE: ReadonlySet<Quantity['role']> = new Set(['cumulative', 'share', 'rate'])

const ADDED: ReadonlySet<Outcome['verdict']> = new Set([
  'adds-up',
  'exceeds',
  'falls-short',
  'ambiguous',
  'restated',
  'scope-differs',
  'covered-by-share',
])

type Unit = { name: string; factor: Exact }

/** The unit that all figures have in common, else the target's, so that nothing is rounded by choice. */
function commonUnit(terms: readonly Quantity[], target: Quantity): Unit {
  const own = factorOf(target)
  const [first] = terms
  const shared = first && terms.every(({ unit }) => unit === first.unit) ? factorOf(first) : undefined
  // 名 and 人, 个 and 家 are one unit: the target's word stands for both.
  const alike = first && own && shared && compareExact(own, shared) === 0 && sameUnit(first, target) !== 'other'
  if (first && shared && !alike) return { name: first.unit, factor: shared }
  return own ? { name: target.unit, factor: own } : { name: target.normalizedUnit, factor: exactOf(1) }
}

const LONGEST_PROMISE = 40
const BOUND_BEHIND = /^(?:及以上|以上|以内|之内|及以下|以下|左右|上下)/u

/** A target as its text says it, as short as it can be: 公益性岗位2000个以上. */
export function promiseText(text: string, { metric, start, end }: Quantity): string {
  const from = metric === '' ? -1 : text.lastIndexOf(metric, start - 1)
  const head = from >= 0 && !/[。；;\n]/u.test(text.slice(from, start)) ? from : clauseStart(text, start)
  const behind = BOUND_BEHIND.exec(text.slice(end, end + 4))?.[0] ?? ''
  const tail = metric !== '' && text.startsWith(metric, end) ? metric : ''
  const promise = `${text.slice(Math.max(head, start - LONGEST_PROMISE), end)}${tail}${behind}`
  return promise.replace(/\s+/gu, '')
}

function clauseStart(text: string, start: number): number {
  return Math.max(...['。', '；', '，', '、', ';', '\n'].map((stop) => text.lastIndexOf(stop, start - 1))) + 1
}
