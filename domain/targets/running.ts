/**
 * Figures of the year so far (累计完成60批次): they may never fall, and the last one has to reach the target.
 */
import { type Amount, addAmounts, compareAmounts, readAmount } from './amount.ts'
import type { Mention } from './match.ts'
import {
  DOUBTFUL,
  evidenceOf,
  isCap,
  isGood,
  type Judged,
  type Outcome,
  PLAIN,
  READ_INTO,
  standing,
  standingOf,
} from './outcome.ts'
import { judgeShortfall } from './shortfall.ts'

export function asCumulative(mention: Mention): Mention {
  return { ...mention, carried: false, quantity: { ...mention.quantity, role: 'cumulative' } }
}

/**
 * Marked figures tell the year so far, the others add to it; where that contradicts itself, all are read as
 * the year so far, as the first of them (对食品抽检20批次, then 累计60批次) often is.
 */
export function judgeRunning(task: Judged, all: readonly Mention[]): Outcome {
  const mentions = all.filter((mention) => !isGoal(mention, task))
  const fall = findFall(mentions.filter(isMarked))
  if (fall) return judgeFall(fall)
  const last = mentions.at(-1)
  if (!last) return { verdict: 'restated', confidence: READ_INTO, evidence: evidenceOf(all), terms: [...all] }
  const found = { evidence: evidenceOf(mentions), terms: [...mentions] }
  const total = addUp(mentions)
  if (!total && findFall(mentions)) return { ...found, verdict: 'ambiguous', confidence: DOUBTFUL }
  const reached = total ?? readAmount(last.quantity)
  const reads = standingOf(reached, task.amount)
  if (reads === 'short' && !isCap(task.target))
    return { ...judgeShortfall(task, mentions), terms: [...mentions], reached }
  const exceeds: Outcome = { ...found, verdict: 'exceeds', confidence: PLAIN, reached }
  if (reads === 'exceeds' && !isGood(exceeds, task.target)) return exceeds
  return { ...found, verdict: 'cumulative-ok', confidence: total ? PLAIN : READ_INTO, reached }
}

/** An error only where both speak of the same thing in the same words, at the same stage of the work. */
function judgeFall([before, after]: [Mention, Mention]): Outcome {
  const certain =
    before.stage === after.stage &&
    before.quantity.metric !== '' &&
    before.quantity.metric === after.quantity.metric &&
    before.quantity.object === after.quantity.object
  return {
    verdict: 'cumulative-falls',
    confidence: certain ? PLAIN : DOUBTFUL,
    evidence: evidenceOf([before, after]),
    terms: [before, after],
    reached: readAmount(after.quantity),
  }
}

function isMarked({ quantity }: Mention): boolean {
  return quantity.role === 'cumulative'
}

/** 确保全年累计完成200批次, written before the end: the target said again, not yet reached. */
function isGoal(mention: Mention, task: Judged): boolean {
  if (mention.place === task.milestones.length - 1 || standing(mention, task) !== 'meets') return false
  return /全年|年度|年内|年底|目标/u.test(mention.clause)
}

/** The first figure that is smaller than one of an earlier period, with that one. */
function findFall(mentions: readonly Mention[]): [Mention, Mention] | undefined {
  for (const [at, after] of mentions.entries()) {
    const before = mentions[at - 1]
    if (!before || before.place === after.place) continue
    if (compareAmounts(readAmount(after.quantity).max, readAmount(before.quantity).min) < 0) return [before, after]
  }
  return undefined
}

/** The total at the end; undefined where a marked figure is less than what was done before it. */
function addUp(mentions: readonly Mention[]): Amount | undefined {
  let total: Amount | undefined
  // Within a cell what is added comes before what it makes together, however it is written.
  const order = [...mentions].sort((a, b) => a.place - b.place || Number(isMarked(a)) - Number(isMarked(b)))
  for (const mention of order) {
    const amount = readAmount(mention.quantity)
    if (!isMarked(mention)) total = total ? addAmounts(total, amount) : amount
    else if (total && compareAmounts(amount.max, total.min) < 0) return undefined
    else total = amount
  }
  return total
}
