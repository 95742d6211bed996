/**
 * Shares of work: 完成工程量的30%, 50%, 全面完工. They cover a count that is not written again. Without 累计 or
 * 达到 a share may be that of its period alone, and the shares of all periods make up the whole together.
 */
import { exactOf } from '../decimal.ts'
import type { Quantity } from '../quantity.ts'
import { type Amount, addAmounts, compareAmounts, readAmount } from './amount.ts'
import { asIncrement } from './carried.ts'
import { clauseKey, clauseKeyOf, type Mention } from './match.ts'
import {
  DOUBTFUL,
  evidenceOf,
  evidenceOfClauses,
  isFinal,
  type Judged,
  type Outcome,
  PLAIN,
  standing,
} from './outcome.ts'
import { sumOf } from './readings.ts'
import { type Clause, isPartOfWork, saysAftermath, saysFinished, type WorkFound } from './work.ts'

/** The shares that stand in clauses on one target's work. */
export function sharesOf(
  { normalizedUnit }: Quantity,
  { named, unnamed }: WorkFound,
  shares: readonly Mention[],
): Mention[] {
  if (shares.length === 0) return []
  const clauses = new Set([...named, ...unnamed].map(clauseKey))
  // Money paid for the work is no share of the work.
  return shares.filter((share) => clauses.has(clauseKeyOf(share)) && (normalizedUnit === '元' || !isPaid(share)))
}

/** 拨付工程款的80%. */
function isPaid({ milestone: { text }, clauseStart, quantity: { start } }: Mention): boolean {
  return /支付|拨付|付款|工程款|进度款|资金/u.test(text.slice(clauseStart, start).slice(-MARK_REACH))
}

/**
 * Undefined where the milestones tell neither a share nor an end of the work. `target`: a share of work may
 * itself be the target.
 */
export function judgeShares(task: Judged): Outcome | undefined {
  const fallen = findFall(task)
  if (fallen) return fallen
  const finish = finishOf(task)
  const added = addsUpToAll(task)
  if (!finish && !reachesAll(task) && !added) return judgeEnd(task)
  // What says no more than 竣工验收 leaves open how many that is.
  if (finish && task.shares.length === 0 && leavesCountOpen(task, finish)) {
    return { verdict: 'stage-only', confidence: DOUBTFUL, evidence: evidenceOfClauses([finish], task.milestones) }
  }
  return {
    verdict: 'covered-by-share',
    confidence: PLAIN,
    evidence: [...evidenceOf(task.shares), ...evidenceOfClauses(finish ? [finish] : [], task.milestones)],
    ...(added ? addition(task.shares) : { terms: task.shares }),
  }
}

/** A share of work that is itself the target (完成工程量的60%). */
export function judgeShareTarget(task: Judged): Outcome | undefined {
  const outcome = judgeShares(task)
  if (outcome && outcome.verdict !== 'falls-short' && outcome.verdict !== 'stage-only') {
    return outcome.verdict === 'covered-by-share' ? { ...outcome, verdict: 'share-ok' } : outcome
  }
  const last = task.shares.at(-1)
  if (!last) return undefined
  const found = { evidence: evidenceOf(task.shares), terms: task.shares, reached: readAmount(last.quantity) }
  return standing(last, task) === 'short'
    ? { ...found, verdict: 'falls-short', confidence: PLAIN }
    : { ...found, verdict: 'share-ok', confidence: PLAIN }
}

/** All of the work, or everybody: 100%. */
export const ALL: Amount = { min: exactOf(100), max: exactOf(100) }

/** Whether the shares say that all is done by the end, at once or together. */
export function sharesReachAll(task: Judged): boolean {
  return reachesAll(task) || addsUpToAll(task)
}

function reachesAll({ shares }: Judged): boolean {
  return shares.some(({ quantity }) => compareAmounts(readAmount(quantity).max, ALL.min) >= 0)
}

/** 30%, 20%, 50%: each of its period. */
function addsUpToAll({ shares, answer }: Judged): boolean {
  const total = answer === 'cumulative' || shares.some(isMarked) ? undefined : sumOf(shares)
  return total !== undefined && shares.length > 1 && compareAmounts(total.max, ALL.min) === 0
}

/** The shares written as a sum. */
function addition(shares: readonly Mention[]): Pick<Outcome, 'terms' | 'reached'> {
  const reached = sumOf(shares)
  return { terms: shares.map(asIncrement), ...(reached && { reached }) }
}

/** 累计完成30%, 进度达到30%, 完成至30%: of the work from its begin. */
function isMarked({ milestone: { text }, quantity: { start } }: Mention): boolean {
  return /累[计积][^。；;]*$|(?:达到?|至|到)[^，,。；;、\d]{0,4}$/u.test(
    text.slice(Math.max(0, start - MARK_REACH), start),
  )
}

const MARK_REACH = 40

/**
 * Shares of the same part of the work that become less from one period to a later one: an error where they
 * cannot be what each period adds, a question where they can and do not make up the whole.
 */
function findFall(task: Judged): Outcome | undefined {
  let open: Outcome | undefined
  for (const shares of byPart(task.shares)) {
    const fall = fallIn(shares)
    const total = fall && (task.answer === 'cumulative' ? undefined : totalOf(shares))
    if (!fall || (total && compareAmounts(total.max, ALL.min) === 0)) continue
    const found = { evidence: evidenceOf(shares), ...addition(shares) }
    if (total && task.answer === 'increment') return { ...found, verdict: 'falls-short', confidence: PLAIN }
    if (total) open ??= { ...found, verdict: 'ambiguous', confidence: DOUBTFUL }
    else {
      return {
        verdict: 'share-regresses',
        confidence: isSameWork(fall) ? PLAIN : DOUBTFUL,
        evidence: evidenceOf(fall),
        terms: fall,
        reached: readAmount(fall[1].quantity),
      }
    }
  }
  return open
}

function byPart(shares: readonly Mention[]): Mention[][] {
  const parts = new Map<string, Mention[]>()
  for (const share of shares) {
    const key = partOf(share)
    const list = parts.get(key)
    if (list) list.push(share)
    else parts.set(key, [share])
  }
  return [...parts.values()]
}

function fallIn(shares: readonly Mention[]): [Mention, Mention] | undefined {
  for (const [at, share] of shares.entries()) {
    const before = shares[at - 1]
    if (!before || before.place >= share.place) continue
    if (compareAmounts(readAmount(share.quantity).max, readAmount(before.quantity).min) < 0) return [before, share]
  }
  return undefined
}

/** What the shares make where each adds to those before it and a marked one counts from the begin; undefined where that cannot be. */
function totalOf(shares: readonly Mention[]): Amount | undefined {
  let total: Amount = { min: exactOf(0), max: exactOf(0) }
  for (const share of shares) {
    const amount = readAmount(share.quantity)
    if (!isMarked(share)) total = addAmounts(total, amount)
    else if (compareAmounts(amount.max, total.min) < 0) return undefined
    else total = amount
  }
  return compareAmounts(total.min, ALL.max) > 0 ? undefined : total
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

/** Work that is begun or goes on beyond the year: nothing says that it ends with it. */
const NOT_TO_THE_END =
  /启动|开工|动工|续建|推进|加快|实施|谋划|主体|前期|分[两二三四五]?年|跨年|20\d{2}年?[—–\-~至到]+20\d{2}年?/u

/** The work stands at less than all of it in the last milestone that says something. */
function judgeEnd(task: Judged): Outcome | undefined {
  const shares = task.shares.filter(({ clause }) => !isPartOfWork(clause))
  const last = shares.at(-1)
  if (!last || !isFinal(last, task) || compareAmounts(readAmount(last.quantity).max, ALL.min) >= 0) return undefined
  const together = shares.some(isMarked) ? undefined : sumOf(shares)
  const added = together !== undefined && compareAmounts(together.max, ALL.min) < 0
  const sure = task.target.value !== 1 && !NOT_TO_THE_END.test(task.around)
  return {
    verdict: 'falls-short',
    confidence: sure ? PLAIN : DOUBTFUL,
    evidence: evidenceOf(shares),
    ...(added && shares.length > 1 && !isRisingShare(shares)
      ? addition(shares)
      : { terms: shares, reached: readAmount(last.quantity) }),
  }
}

function isRisingShare(shares: readonly Mention[]): boolean {
  return shares.every(({ quantity }, at) => {
    const before = shares[at - 1]
    return !before || compareAmounts(readAmount(before.quantity).max, readAmount(quantity).min) < 0
  })
}

const COUNTER_OF_THINGS = /^(?:个|家|所|座|处|间|项|套|台|部|张|户|栋|幢|条|片区|盏|辆|眼|口|件|块|片)$/u

/** 竣工验收，投入使用 says nothing of 1200套, unless it is one thing, or all of them, or named as they are. */
function leavesCountOpen(
  { target: { value, normalizedUnit }, leads, work, milestones }: Judged,
  finish: Clause,
): boolean {
  if (!leads || value === 1 || !COUNTER_OF_THINGS.test(normalizedUnit) || work.named.includes(finish)) return false
  const said = milestones[finish.place]?.clauses.map(({ text }) => text).join('，') ?? ''
  return !/[全均各\d]|所有|剩余|余下|其余|任务|目标/u.test(said)
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
