/**
 * Target arithmetic: whether the milestones of a task keep the promise of its target.
 */
import type { Severity } from './issue.ts'
import { extractQuantities, type Quantity, type QuantityReader } from './quantity.ts'
import { readAmount } from './targets/amount.ts'
import { arithmeticText, type Written, writeOut } from './targets/arithmetic.ts'
import {
  isEachOfCount,
  isMeantInPart,
  isMeasureOfCount,
  isRateOf,
  leadsSentence,
  sameSentence,
} from './targets/beside.ts'
import { promiseEffects } from './targets/effects.ts'
import { isShareOfWork, judgeTarget } from './targets/judge.ts'
import {
  clauseKey,
  clauseKeyOf,
  isShare,
  type Matches,
  type Mention,
  matchMentions,
  readMentions,
} from './targets/match.ts'
import { findOpen } from './targets/open.ts'
import { type Judged, type Outcome, severityOf } from './targets/outcome.ts'
import { sharesOf } from './targets/share.ts'
import { markStretches } from './targets/stretch.ts'
import {
  type Clause,
  clausesOf,
  findWork,
  isByTime,
  namesThing,
  readMilestones,
  type Topic,
  type WorkFound,
} from './targets/work.ts'

export type Verdict =
  | 'adds-up'
  | 'exceeds'
  | 'falls-short'
  | 'cumulative-ok'
  | 'cumulative-falls'
  | 'rate-ok'
  | 'rate-regresses'
  | 'share-ok'
  | 'share-regresses'
  | 'restated'
  | 'restated-differs'
  | 'covered-by-share'
  | 'not-covered'
  | 'stage-only'
  | 'scope-differs'
  | 'ambiguous'
  | 'not-comparable'
  | 'not-checkable'

/** `milestone`: index in the milestones given; offsets are UTF-16 positions in its text. */
export type Evidence = { milestone: number; start: number; end: number }

export type TargetCheck = {
  metric: string
  target: Quantity
  verdict: Verdict
  severity: Severity | 'ok'
  /** Written out in one unit: 1000+500=1500个，目标2000个，少500个. */
  arithmetic?: string
  /** The figures of `arithmetic` one by one, for sentences. */
  written?: Written
  /** 0 to 1. */
  confidence: number
  evidence: Evidence[]
}

/** `periods`: keys of the periods that the text spans, in order of time. */
export type TargetTask = { target: string; milestones: { periods: string[]; text: string }[] }

/**
 * What a person answered to a question about one target. increment, cumulative: how its figures are meant
 * (口径). elsewhere: it is arranged outside this table (另有安排).
 */
export type TargetAnswer = { subject: string; answer: 'increment' | 'cumulative' | 'elsewhere' }

/** So many figures of targets times figures of milestones are judged; a cell beyond that is no plan but an attack. */
const MOST_PAIRS = 100_000

/**
 * One check for each quantity of the target, in order of the text. `answers`: what people said of them before;
 * an answer whose subject no target has is ignored. `read`: for a caller that reads the same texts elsewhere.
 * Never throws on any text.
 */
export function checkTargets(
  task: TargetTask,
  answers: readonly TargetAnswer[] = [],
  read: QuantityReader = extractQuantities,
): TargetCheck[] {
  const written = readTargets(task.target, read)
  if (written.every(({ describes }) => describes !== undefined && describes !== 'effect')) {
    return written.map((target) => toCheck(target, NOT_CHECKABLE, undefined))
  }
  const { targets, milestones, effects } = promiseEffects(written, readMilestones(task.milestones, read))
  const figures = readMentions(milestones)
  const subjects = answers.length > 0 ? subjectsOf(targets) : []
  if (milestones.length === 0 || targets.length * (figures.length + targets.length) > MOST_PAIRS) {
    return targets.map((target) => toCheck(target, NOT_CHECKABLE, undefined))
  }
  const topics = topicsOf(task.target, targets)
  const counted = figures.filter((figure) => !isShare(figure))
  const matches = matchMentions(targets, topics, counted)
  const open = findOpen(counted, matches)
  const shares = figures.filter((figure) => isShare(figure) && figure.quantity.describes === undefined)
  const work = findWork(task.target, topics, milestones).map((found, at) => ({
    ...found,
    named: found.named.filter(isNotOfAnother(targets, matches, at)),
  }))
  const promises = targets.filter(({ describes }) => describes === undefined)
  const byTime = task.milestones.some(({ text }) => isByTime(text))
  const periods = new Set(task.milestones.flatMap((milestone) => milestone.periods)).size
  const judged = targets.map((target, at): Judged | undefined => {
    if (target.describes !== undefined) return undefined
    const answer = answers.find(({ subject }) => subject === subjects[at])?.answer
    const baseline = baselineOf(targets, at)
    return {
      target,
      amount: readAmount(target),
      matches: matches[at]!,
      shares: sharesFor(target, work[at]!, shares),
      open,
      work: work[at]!,
      milestones,
      periods,
      around: topics[at]!.around,
      begins: isMeantInPart(task.target, target, promises),
      leads: leadsSentence(task.target, promises, target),
      alone: promises.length === 1,
      byTime,
      measures: isMeasureOfCount(task.target, targets, at) || isEachOfCount(target, promises),
      effect: effects.has(target),
      rated: promises.some((other) => isRateOf(other, target)),
      ...(baseline && { baseline: readAmount(baseline) }),
      ...(answer && { answer }),
    }
  })
  const outcomes = judged.map((one) => (one ? judgeTarget(one) : NOT_CHECKABLE))
  return targets.map((target, at) => {
    const [one, outcome] = [judged[at], outcomes[at]!]
    const closed = one && outcome.verdict === 'covered-by-share' && isClosed(outcome, outcomes)
    return toCheck(target, closed ? judgeTarget({ ...one, closed }) : outcome, one?.answer)
  })
}

/** 建成足球场2片 is no work on the 健身房 of 建成健身房4个、足球场3片, though one verb governs both. */
function isNotOfAnother(targets: readonly Quantity[], matches: readonly Matches[], at: number) {
  const { action, metric } = targets[at]!
  const others = matches.filter((_, of) => of !== at && action !== undefined && targets[of]!.action === action)
  const theirs = new Set(others.flatMap(({ same }) => same.map(clauseKeyOf)))
  return (clause: Clause) => !theirs.has(clauseKey(clause)) || namesThing(clause.text, metric)
}

/** A share that is promised without a noun (续建水厂1座，完成工程量的60%) goes with all that the milestones tell. */
function sharesFor(target: Quantity, work: WorkFound, shares: readonly Mention[]): Mention[] {
  const own = sharesOf(target, work, shares)
  return own.length === 0 && isShareOfWork(target) && work.named.length === 0 ? [...shares] : own
}

/** Whether figures in the same last milestone make up another target of the row. */
function isClosed({ evidence }: Outcome, outcomes: readonly Outcome[]): boolean {
  const last = evidence.at(-1)?.milestone
  return outcomes.some(
    ({ verdict, evidence: of }) => verdict === 'adds-up' && last !== undefined && of.at(-1)?.milestone === last,
  )
}

/** 由320公顷 before 增加到356公顷. */
function baselineOf(targets: readonly Quantity[], at: number): Quantity | undefined {
  const [before, target] = [targets[at - 1], targets[at]]
  return before?.describes === 'baseline' && before.normalizedUnit === target?.normalizedUnit ? before : undefined
}

/** Quantities of a target. What is listed after a part of a whole (其中新建80公里、改造120公里) is a part, too. */
function readTargets(text: string, read: QuantityReader): Quantity[] {
  const targets: Quantity[] = []
  for (const target of markStretches(text, read(text))) {
    const before = targets.at(-1)
    const listed =
      before?.describes === 'part' &&
      before.normalizedUnit === target.normalizedUnit &&
      /^[^。；;，,\n]{0,20}、[^。；;，,\n]{0,20}$/u.test(text.slice(before.end, target.start))
    targets.push(listed && target.describes === undefined ? { ...target, describes: 'part' } : target)
  }
  return targets
}

const NOT_CHECKABLE: Outcome = { verdict: 'not-checkable', confidence: 1, evidence: [] }

function toCheck(target: Quantity, outcome: Outcome, answer: TargetAnswer['answer'] | undefined): TargetCheck {
  const { verdict, confidence, evidence } = outcome
  const written = writeOut(outcome, target)
  return {
    metric: target.metric,
    target,
    verdict,
    severity: severityOf(outcome, target, answer),
    ...(written && { arithmetic: arithmeticText(outcome, target, written), written }),
    confidence,
    evidence,
  }
}

const LONGEST_SUBJECT = 60

/**
 * A short name of one target of a row, the same as long as its metric and figure are. `nth`: counted from 0
 * among the targets of the row that read the same.
 */
export function subjectOf(target: Quantity, nth = 0): string {
  const suffix = nth === 0 ? '' : ` ${nth + 1}`
  const name = `${target.metric} ${target.text}`.replace(/\s+/gu, ' ').trim()
  // Half a character could not be sent.
  return `${name.slice(0, LONGEST_SUBJECT - suffix.length).replace(/[\uD800-\uDBFF]$/, '')}${suffix}`
}

/** The names of all targets of a row, in their order, no two the same. */
export function subjectsOf(targets: readonly Quantity[]): string[] {
  const seen = new Map<string, number>()
  return targets.map((target) => {
    const name = subjectOf(target)
    const nth = seen.get(name) ?? 0
    seen.set(name, nth + 1)
    return subjectOf(target, nth)
  })
}

/** For each target that promises something its metric, its own clause and the clauses without figures that lead up to it. */
function topicsOf(text: string, targets: readonly Quantity[]): Topic[] {
  const clauses = clausesOf(text)
  let at = 0
  return targets.map(({ metric, start, describes }, nth) => {
    while ((clauses[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at++
    if (describes !== undefined) return { metric: '', around: '' }
    const before = targets[nth - 1]?.end ?? 0
    const from = clauses
      .slice(Math.max(0, at - 2), at)
      .find((clause) => clause.start >= before && sameSentence(text, clause.end, start))
    return { metric, around: text.slice(from?.start ?? clauses[at]?.start ?? start, clauses[at]?.end ?? start) }
  })
}
