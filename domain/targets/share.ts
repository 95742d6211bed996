/**
 * Shares of work: 完成工程量的30%, 50%, 全面完工. They cover a count that is not written again.
 */
import { exactOf } from '../decimal.ts'
import { type Amount, compareAmounts, readAmount } from './amount.ts'
import { clauseKey, clauseKeyOf, type Mention } from './match.ts'
import { DOUBTFUL, evidenceOf, evidenceOfClauses, type Judged, type Outcome, PLAIN, standing } from './outcome.ts'
import { type Clause, saysAftermath, saysFinished, type WorkFound } from './work.ts'

/** The shares that stand in clauses on one target's work. */
export function sharesOf({ named, unnamed }: WorkFound, shares: readonly Mention[]): Mention[] {
  if (shares.length === 0) return []
  const clauses = new Set([...named, ...unnamed].map(clauseKey))
  return shares.filter((share) => clauses.has(clauseKeyOf(share)))
}

/**
 * Undefined where the milestones tell neither a share nor an end of the work. `target`: a share of work may
 * itself be the target.
 */
export function judgeShares(task: Judged): Outcome | undefined {
  const fall = findFall(task.shares)
  if (fall) {
    const found = { evidence: evidenceOf(fall), terms: fall, reached: readAmount(fall[1].quantity) }
    return { ...found, verdict: 'share-regresses', confidence: isSameWork(fall) ? PLAIN : DOUBTFUL }
  }
  const finish = finishOf(task)
  if (!finish && !sharesReachAll(task)) return undefined
  return {
    verdict: 'covered-by-share',
    confidence: PLAIN,
    evidence: [...evidenceOf(task.shares), ...evidenceOfClauses(finish ? [finish] : [], task.milestones)],
    terms: task.shares,
  }
}

/** A share of work that is itself the target (完成工程量的60%). */
export function judgeShareTarget(task: Judged): Outcome | undefined {
  const outcome = judgeShares(task)
  if (outcome) return outcome.verdict === 'covered-by-share' ? { ...outcome, verdict: 'share-ok' } : outcome
  const last = task.shares.at(-1)
  if (!last) return undefined
  const found = { evidence: evidenceOf(task.shares), terms: task.shares, reached: readAmount(last.quantity) }
  return standing(last, task) === 'short'
    ? { ...found, verdict: 'falls-short', confidence: PLAIN }
    : { ...found, verdict: 'share-ok', confidence: PLAIN }
}

/** All of the work, or everybody: 100%. */
export const ALL: Amount = { min: exactOf(100), max: exactOf(100) }

export function sharesReachAll({ shares }: Judged): boolean {
  return shares.some(({ quantity }) => compareAmounts(readAmount(quantity).max, ALL.min) >= 0)
}

/** Shares of the same part of the work that become less from one period to a later one. */
function findFall(shares: readonly Mention[]): [Mention, Mention] | undefined {
  const last = new Map<string, Mention>()
  for (const share of shares) {
    const key = partOf(share)
    const before = last.get(key)
    if (
      before &&
      before.place < share.place &&
      compareAmounts(readAmount(share.quantity).max, readAmount(before.quantity).min) < 0
    ) {
      return [before, share]
    }
    last.set(key, share)
  }
  return undefined
}

function isSameWork([before, after]: [Mention, Mention]): boolean {
  return before.quantity.object === after.quantity.object && before.quantity.metric === after.quantity.metric
}

/** The clause without its figures and dates: 土建工程完成%, 完成工程量的%. */
function partOf({ clause, quantity }: Mention): string {
  const said = clause.replace(
    /\d+(?:\.\d+)?[%％]?|[^\p{Script=Han}]|月底前?|月份?|累计|完成|达到?|总|以上|左右|力争|确保|的/gu,
    '',
  )
  return `${quantity.object ?? ''}\n${said}`
}

/** The last clause that ends the work; nothing after it but what follows such an end. */
function finishOf({ work, shares }: Judged): Clause | undefined {
  const from = shares.at(-1)?.place ?? 0
  const clauses = [...work.named, ...work.unnamed].filter(({ place }) => place >= from)
  const finish = clauses
    .filter(({ text }) => saysFinished(text))
    .sort((a, b) => a.place - b.place)
    .at(-1)
  if (!finish) return undefined
  const goesOn = clauses.some(({ place, text }) => place > finish.place && !saysAftermath(text))
  return goesOn ? undefined : finish
}
