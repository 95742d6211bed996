/**
 * Counts: whether what is done in the periods makes up what was promised. Official prose leaves open whether
 * a figure is this period's or the year's so far, so several readings are tried, and a table is right where
 * one plain reading of it is.
 */
import { type Amount, addAmounts, readAmount } from './amount.ts'
import { asIncrement, isUnmarked } from './carried.ts'
import type { Mention } from './match.ts'
import { isOfOther } from './other-thing.ts'
import {
  DOUBTFUL,
  evidenceOf,
  isCap,
  isFinal,
  isGood,
  type Judged,
  type Outcome,
  PLAIN,
  READ_INTO,
  standing,
  standingOf,
} from './outcome.ts'
import { inOrder, isRising, sumOf, withoutParts, withoutRepeats, withoutTotals } from './readings.ts'
import { asCumulative, judgeRunning } from './running.ts'
import { judgeShortfall } from './shortfall.ts'
import { STAGES_BACKWARDS } from './stage.ts'

/**
 * Undefined where the milestones have no figure for the target. A sum of figures that name another thing fits by
 * chance, and somebody is asked.
 */
export function judgeCount(task: Judged): Outcome | undefined {
  const outcome = judgeMatched(task)
  const byChance = outcome && FITTING.has(outcome.verdict) && outcome.terms?.some((term) => isOfOther(term, task))
  return byChance && !task.answer ? { ...outcome, verdict: 'scope-differs', confidence: DOUBTFUL } : outcome
}

const FITTING: ReadonlySet<Outcome['verdict']> = new Set(['adds-up', 'exceeds', 'restated', 'cumulative-ok'])

function judgeMatched(task: Judged): Outcome | undefined {
  const { same, near, loose, scoped } = task.matches
  const sure = judgeReadings(task, same)
  if (sure && isGood(sure, task.target)) return sure
  const wide = near.length > 0 ? judgeReadings(task, inOrder([...same, ...near])) : undefined
  if (wide && isGood(wide, task.target)) return { ...wide, confidence: Math.min(wide.confidence, READ_INTO) }
  const widest = loose.length > 0 ? judgeReadings(task, inOrder([...same, ...near, ...loose])) : undefined
  if (widest && isGood(widest, task.target)) return { ...widest, confidence: Math.min(widest.confidence, READ_INTO) }
  // Three figures and more that make up the very target are no chance, whatever they are called.
  const named = same.length + near.length === 0 && scoped.length > 2 ? judgeReadings(task, scoped) : undefined
  if (named?.verdict === 'adds-up') return { ...named, confidence: DOUBTFUL }
  // 新建 where 新建（改建） was promised, too: what makes the very sum up may be meant, and is no shortfall.
  const short = (sure ?? wide)?.verdict === 'falls-short' && scoped.length > 0
  const all = short ? judgeReadings(task, inOrder([...same, ...near, ...loose, ...scoped])) : undefined
  if (all?.verdict === 'adds-up') return { ...all, verdict: 'scope-differs', confidence: DOUBTFUL }
  if (sure) return wide ? { ...sure, confidence: Math.min(sure.confidence, DOUBTFUL) } : sure
  return wide && { ...wide, verdict: 'scope-differs', confidence: DOUBTFUL }
}

/** The same figure twice in a cell counts once, a total before its parts counts for them; else as they stand. */
function judgeReadings(task: Judged, mentions: readonly Mention[]): Outcome | undefined {
  const first = judgeMentions(task, withoutRepeats(mentions))
  if (!first || isGood(first, task.target)) return first
  for (const reading of [mentions, withoutTotals(mentions), withoutParts(mentions)]) {
    const outcome = reading.length === 0 ? undefined : judgeMentions(task, reading)
    if (outcome && isGood(outcome, task.target)) return { ...outcome, confidence: READ_INTO }
  }
  return first
}

function judgeMentions(task: Judged, mentions: readonly Mention[]): Outcome | undefined {
  if (mentions.length === 0) return undefined
  if (task.answer === 'cumulative') return judgeRunning(task, mentions.map(asCumulative))
  if (task.answer === 'increment') return judgeIncrements(task, mentions)
  const added = mentions.map((mention) => (isUnmarked(mention, task.target) ? asIncrement(mention) : mention))
  return added.every((mention, at) => mention === mentions[at])
    ? judgeMarked(task, mentions)
    : judgeEitherWay(task, judgeMarked(task, added), judgeMarked(task, mentions))
}

/** A figure whose 累计 is said of another one only: a table that is right in one of both readings is right. */
function judgeEitherWay({ target }: Judged, added: Outcome, running: Outcome): Outcome {
  const good = [added, running].find((outcome) => isGood(outcome, target))
  if (good) return { ...good, confidence: Math.min(good.confidence, READ_INTO) }
  // Too little even where all is added up.
  if (added.verdict === 'falls-short' && running.verdict === 'falls-short') return added
  return { ...running, confidence: DOUBTFUL }
}

/** Every figure as it is marked. `mentions`: at least one. */
function judgeMarked(task: Judged, mentions: readonly Mention[]): Outcome {
  const [first] = mentions
  if (!first) throw new TypeError('no figures to judge')
  if (mentions.length === 1) return judgeSingle(task, first)
  if (mentions.every((mention) => standing(mention, task) === 'meets')) {
    return { verdict: 'restated', confidence: PLAIN, evidence: evidenceOf(mentions), terms: mentions.slice(-1) }
  }
  return judgeByStage(task, mentions)
}

/**
 * 开工3所 and 完工3所 are the same three schools: where the figures of all stages together make no sense,
 * those of one stage may.
 */
function judgeByStage(task: Judged, mentions: readonly Mention[]): Outcome {
  const whole = judgePath(task, mentions)
  if (isGood(whole, task.target)) return whole
  const stages = STAGES_BACKWARDS.map((stage) => mentions.filter((mention) => mention.stage === stage))
  const outcomes = stages.filter((part) => part.length > 0).map((part) => judgePath(task, part))
  const good = outcomes.find((outcome) => isGood(outcome, task.target))
  if (good) return { ...good, confidence: READ_INTO }
  if (whole.verdict !== 'cumulative-falls') return whole
  return outcomes.find(({ verdict }) => verdict === whole.verdict) ?? { ...whole, confidence: DOUBTFUL }
}

function judgePath(task: Judged, mentions: readonly Mention[]): Outcome {
  const roles = new Set(mentions.map(({ quantity }) => quantity.role))
  if (roles.has('restated')) return judgeRestated(task, mentions)
  if (roles.has('cumulative')) return judgeRunning(task, mentions)
  return judgeIncrements(task, mentions)
}

/** The number returns once. */
function judgeSingle(task: Judged, mention: Mention): Outcome {
  const found = { evidence: evidenceOf([mention]), terms: [mention], reached: readAmount(mention.quantity) }
  const isRestated = mention.quantity.role === 'restated'
  switch (standing(mention, task)) {
    case 'meets':
      if (isFinal(mention, task) || isRestated) return { ...found, verdict: 'restated', confidence: PLAIN }
      return { ...found, verdict: 'adds-up', confidence: PLAIN }
    case 'exceeds':
      if (isRestated && task.target.comparator === '=') return differing(task, mention)
      return { ...found, verdict: 'exceeds', confidence: PLAIN }
    case 'short':
      if (isCap(task.target)) return { ...found, verdict: 'adds-up', confidence: PLAIN }
      return isRestated ? differing(task, mention) : judgeShortfall(task, [mention])
  }
}

/** 全年新增1500个 where 2000个 were promised. Only words that leave no doubt what is meant make it certain. */
function differing({ target, milestones }: Judged, mention: Mention): Outcome {
  const { quantity } = mention
  const certain =
    quantity.metric !== '' &&
    quantity.metric === target.metric &&
    quantity.object === target.object &&
    target.comparator !== '≈' &&
    mention.place === milestones.length - 1
  return {
    verdict: 'restated-differs',
    confidence: certain ? PLAIN : READ_INTO,
    evidence: evidenceOf([mention]),
    terms: [mention],
    reached: readAmount(quantity),
  }
}

/** Increments beside the year's figure written again. */
function judgeRestated(task: Judged, mentions: readonly Mention[]): Outcome {
  const restated = mentions.filter(({ quantity }) => quantity.role === 'restated')
  const differs = restated.find((mention) => standing(mention, task) !== 'meets')
  if (differs) return judgeSingle(task, differs)
  const rest = mentions.filter(({ quantity }) => quantity.role !== 'restated')
  const last = rest.at(-1)
  const kept = { verdict: 'restated', evidence: evidenceOf(mentions), terms: restated.slice(-1) } as const
  if (!last) return { ...kept, confidence: PLAIN }
  const outcome = judgePath(task, rest)
  // With nothing of its own, the last period owes the rest of the year's figure.
  const restOpen = last.place < task.milestones.length - 1
  return !isGood(outcome, task.target) && restOpen ? { ...kept, confidence: READ_INTO } : outcome
}

/** Every figure is what its period adds. */
function judgeIncrements(task: Judged, mentions: readonly Mention[]): Outcome {
  const sum = sumOf(mentions)
  if (!sum) throw new TypeError('no figures to add')
  const found = { evidence: evidenceOf(mentions), terms: [...mentions], reached: sum }
  const total = standingOf(sum, task.amount)
  if (total === 'meets') return { ...found, verdict: 'adds-up', confidence: PLAIN }
  if (total === 'short') {
    if (isCap(task.target)) return { ...found, verdict: 'adds-up', confidence: PLAIN }
    return judgeShortfall(task, mentions)
  }
  if (task.answer !== 'increment') {
    const last = mentions.at(-1)
    const rest = sumOf(mentions.slice(0, -1))
    const ends = last && standing(last, task) === 'meets'
    const repeats = ends && rest && standingOf(rest, task.amount) === 'meets'
    if (isRising(mentions, repeats ? 'strictly' : 'weakly') && (ends || isFarBeyond(task, mentions, sum))) {
      return { ...found, verdict: 'ambiguous', confidence: DOUBTFUL }
    }
    if (repeats) {
      return { ...found, verdict: 'restated', confidence: PLAIN, terms: mentions.slice(0, -1), reached: rest }
    }
    if (ends)
      return { ...found, verdict: 'restated', confidence: READ_INTO, terms: [last], reached: readAmount(last.quantity) }
  }
  return { ...found, verdict: 'exceeds', confidence: PLAIN }
}

/** Three or more rising figures that make half as much again, none beyond the target: probably the year so far each time. */
function isFarBeyond(task: Judged, mentions: readonly Mention[], sum: Amount): boolean {
  const last = mentions.at(-1)
  if (mentions.length < 3 || !last || standing(last, task) === 'exceeds') return false
  const { amount } = task
  return standingOf(addAmounts(sum, sum), addAmounts(amount, addAmounts(amount, amount))) !== 'short'
}
