/**
 * The way to a target over the periods, as far as it is a matter of numbers. Left out wherever a picture would
 * claim more than is known: figures in doubt, of several kinds, or ranges; and a single one is no way. Pure.
 */
import { divide, exactOf, toNumber } from '../../domain/decimal.ts'
import type { Quantity } from '../../domain/quantity.ts'
import { type Amount, addAmounts, factorOf, printAmount, readAmount } from '../../domain/targets/amount.ts'
import { isLevel } from '../../domain/targets/rate.ts'
import { ALL } from '../../domain/targets/share.ts'
import type { TargetCheck, TargetTask, Verdict } from '../../domain/targets.ts'
import type { Found } from './target-rows.ts'

/** `at`: where its milestone ends, 0 to 1 of all periods. `value`: in one unit with the goal. */
export type PathStep = { milestone: number; at: number; value: number; label: string }

/** sum: what is done so far, period after period. level: what is reached in each. */
export type Path = { kind: 'sum' | 'level'; steps: PathStep[]; goal: { value: number; label: string }; periods: number }

/** Verdicts that rest on figures and on one reading of them. */
const DRAWN: ReadonlySet<Verdict> = new Set([
  'adds-up',
  'exceeds',
  'falls-short',
  'cumulative-ok',
  'cumulative-falls',
  'rate-ok',
  'rate-regresses',
  'share-ok',
  'share-regresses',
  'covered-by-share',
])

/** `found`: the figures that the verdict rests on, with their roles. */
export function pathOf(check: TargetCheck, found: readonly Found[], task: TargetTask): Path | undefined {
  const { verdict, target } = check
  const figures = found.filter((one): one is Found & { quantity: Quantity } => one.quantity !== undefined)
  const isRange = [target, ...figures.map(({ quantity }) => quantity)].some(({ value }) => typeof value !== 'number')
  const kind = DRAWN.has(verdict) && !isRange ? kindOf(check, figures) : undefined
  if (!kind) return undefined
  const isOfWork = figures.some(({ role }) => role === 'share')
  const [first] = figures
  const goal = isOfWork && verdict !== 'share-ok' && target.normalizedUnit !== '%' ? ALL : readAmount(target)
  const scale = goal === ALL ? first?.quantity : target
  const factor = scale && factorOf(scale)
  if (!scale || !factor) return undefined
  const reached = inPeriods(kind, figures)
  const finish = isOfWork ? found.findIndex(({ quantity }) => quantity === undefined) : -1
  // 全面完工 behind the shares is all of the work.
  const finished = found[finish]?.milestone
  if (finished !== undefined && reached && !reached.has(finished)) reached.set(finished, ALL)
  if (!reached || reached.size < 2) return undefined
  const periods = [...new Set(task.milestones.flatMap((milestone) => milestone.periods))]
  const print = (amount: Amount) => `${printAmount(amount, factor)}${scale.unit}`
  const steps = [...reached].map(([milestone, amount]) => {
    const last = task.milestones[milestone]?.periods.at(-1) ?? ''
    return {
      milestone,
      at: (periods.indexOf(last) + 1) / periods.length,
      value: toNumber(divide(amount.max, factor)),
      label: print(amount),
    }
  })
  return {
    kind,
    steps: steps.sort((a, b) => a.at - b.at),
    goal: { value: toNumber(divide(goal.max, factor)), label: print(goal) },
    periods: periods.length,
  }
}

/** Undefined where the figures are of several kinds. */
function kindOf({ target, written }: TargetCheck, figures: readonly Found[]): Path['kind'] | undefined {
  const roles = new Set(figures.map(({ role = 'increment' }) => role))
  const [role] = roles
  if (roles.size !== 1) return undefined
  if (role === 'cumulative' || role === 'rate' || role === 'share') return 'level'
  if (role !== 'increment') return undefined
  if (isLevel(target)) return 'level'
  // Only where every figure was added: a reading that leaves some out cannot be drawn from all.
  return written?.adds && written.figures.split('+').length === figures.length ? 'sum' : undefined
}

/** What stands at the end of each milestone; undefined where one gives several levels. */
function inPeriods(
  kind: Path['kind'],
  figures: readonly { milestone: number; quantity: Quantity }[],
): Map<number, Amount> | undefined {
  const reached = new Map<number, Amount>()
  let sum: Amount = { min: exactOf(0), max: exactOf(0) }
  for (const { milestone, quantity } of figures) {
    if (kind === 'level' && reached.has(milestone)) return undefined
    sum = addAmounts(sum, readAmount(quantity))
    reached.set(milestone, kind === 'sum' ? sum : readAmount(quantity))
  }
  return reached
}
