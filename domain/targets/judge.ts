/**
 * Which judgement a target asks for: a level to reach, a share of work, or a count to make up; and what is
 * said where its number never returns.
 */

import type { Quantity } from '../quantity.ts'
import { compareAmounts, subtractAmounts } from './amount.ts'
import { isPerEach } from './match.ts'
import { judgeOpen } from './open.ts'
import {
  DOUBTFUL,
  evidenceOf,
  evidenceOfClauses,
  isGood,
  type Judged,
  type Outcome,
  PLAIN,
  READ_INTO,
} from './outcome.ts'
import { isLevel, judgeLevel } from './rate.ts'
import { ALL, judgeShares, judgeShareTarget } from './share.ts'
import { judgeCount } from './sum.ts'
import { saysRemainder } from './work.ts'

const WHOLE_PROJECT = /(?:总投资额?|总概算|总规模)$/u
const SHARE_OF_WORK = /工程量|工程进度|形象进度|建设进度|投资进度/u

/** Whether a target is how far the work comes: 完成工程量的60%. */
export function isShareOfWork({ role, normalizedUnit, metric }: Quantity): boolean {
  return role === 'share' || (normalizedUnit === '%' && SHARE_OF_WORK.test(metric))
}

/** The target is a promise (describes nothing), and at least one milestone says something. */
export function judgeTarget(task: Judged): Outcome {
  const outcome = judgeFigures(task) ?? judgeWords(task)
  // Some of the work goes by time alone, or the figure is the project's over several years: nothing can be missing.
  const owesNothing = task.byTime || task.begins || WHOLE_PROJECT.test(task.target.metric)
  const unsaid =
    task.measures && (outcome.verdict === 'not-covered' || (outcome.verdict === 'stage-only' && isPerEach(task.target)))
  const unmet = LACKING.has(outcome.verdict)
  if (unsaid || (owesNothing && unmet)) {
    return { verdict: 'not-checkable', confidence: PLAIN, evidence: [] }
  }
  // What is to be done in several years is not owed by this one.
  if (
    outcome.confidence > DOUBTFUL &&
    OVER_YEARS.test(task.around) &&
    (unmet || outcome.verdict === 'restated-differs')
  ) {
    return { ...outcome, confidence: DOUBTFUL }
  }
  if (outcome.verdict !== 'falls-short') return outcome
  if (task.effect && outcome.evidence.length < 2) return { ...outcome, confidence: DOUBTFUL }
  if (task.rated && goesOnInRates(task, outcome)) return { ...outcome, confidence: DOUBTFUL, asks: true }
  const grown = judgeGrowth(task, outcome)
  return (grown.verdict === 'falls-short' && judgeOpen(task, grown)) || grown
}

/** 体检1万名, then 体检率60%, 75%: later milestones tell in a rate how far the same work is. */
function goesOnInRates({ milestones }: Judged, { evidence }: Outcome): boolean {
  const last = Math.max(...evidence.map(({ milestone }) => milestone))
  const later = milestones.filter(({ index }) => index > last)
  return later.length > 0 && later.every(({ quantities }) => quantities.some(({ role }) => role === 'rate'))
}

/** 由320公顷增加到356公顷: the milestones may say what is added, which makes up the difference alone. */
function judgeGrowth(task: Judged, short: Outcome): Outcome {
  const { baseline, amount } = task
  if (!baseline || short.confidence < PLAIN) return short
  const added = judgeCount({ ...task, amount: subtractAmounts(amount, baseline) })
  if (added && isGood(added, task.target)) return { ...added, confidence: READ_INTO }
  return { ...short, verdict: 'ambiguous', confidence: DOUBTFUL }
}

const OVER_YEARS = /(?<![今去前上近百])[两二三四五六]年|20\d{2}年?\s*[—–\-~～至到]+\s*20\d{2}年|到20\d{2}年|总体?规划/u

const LACKING: ReadonlySet<Outcome['verdict']> = new Set(['falls-short', 'not-covered', 'stage-only'])

function judgeFigures(task: Judged): Outcome | undefined {
  const { target } = task
  if (isShareOfWork(target)) return judgeShareTarget(task)
  if (isLevel(target)) return judgeLevel(task)
  return judgeCount(task) ?? judgeShares(task)
}

/** The number never returns. */
function judgeWords(task: Judged): Outcome {
  const { matches, work, milestones, alone } = task
  if (matches.incomparable.length > 0) {
    return { verdict: 'not-comparable', confidence: DOUBTFUL, evidence: evidenceOf(matches.incomparable) }
  }
  if (matches.scoped.length > 0) {
    return { verdict: 'scope-differs', confidence: DOUBTFUL, evidence: evidenceOf(matches.scoped) }
  }
  if (work.named.length > 0) {
    return { verdict: 'stage-only', confidence: PLAIN, evidence: evidenceOfClauses(work.named, milestones) }
  }
  if (work.unnamed.length > 0 && (alone || speaksOfAll(task))) {
    return { verdict: 'stage-only', confidence: DOUBTFUL, evidence: evidenceOfClauses(work.unnamed, milestones) }
  }
  // 应补尽补 says of everybody what a rate of 100% says.
  if (task.target.normalizedUnit === '%' && compareAmounts(task.amount.min, ALL.min) === 0) {
    const everybody = milestones.flatMap(({ clauses }) => clauses.filter(({ text }) => EVERYBODY.test(text)))
    const evidence = evidenceOfClauses(everybody, milestones)
    if (everybody.length > 0) return { verdict: 'stage-only', confidence: DOUBTFUL, evidence }
  }
  // Where most milestones only tell steps, those that name no target may be the way to this one; a rate has none.
  const steps = milestones.filter(({ quantities }) => quantities.length === 0).length
  if (work.strange.length > 0 && steps * 2 > milestones.length && !isLevel(task.target)) {
    return { verdict: 'stage-only', confidence: DOUBTFUL, evidence: evidenceOfClauses(work.strange, milestones) }
  }
  const sure = !alone && !isPerEach(task.target) && !isMeans(task.target)
  return { verdict: 'not-covered', confidence: sure ? PLAIN : DOUBTFUL, evidence: [] }
}

/** 投入2400万元，建设公园3个: what it costs need not return. */
function isMeans({ action, normalizedUnit }: Quantity): boolean {
  return normalizedUnit === '元' && /^(?:计划|预计|总)?(?:投入|整合|统筹)$/u.test(action ?? '')
}

const EVERYBODY = /应.{1,2}尽.|愿.尽.|全覆盖|清零/u

/** Clauses that name nothing fill most milestones, or one of them owes all the rest. */
function speaksOfAll({ work: { unnamed }, milestones }: Judged): boolean {
  const places = new Set(unnamed.map(({ place }) => place)).size
  return places * 2 > milestones.length || unnamed.some(({ text }) => saysRemainder(text))
}
