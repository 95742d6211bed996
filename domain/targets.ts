/**
 * Target arithmetic: whether the milestones of a task keep the promise of its target.
 */
import type { Severity } from './issue.ts'
import { extractQuantities, type Quantity, type QuantityReader } from './quantity.ts'
import { readAmount } from './targets/amount.ts'
import { arithmeticText, type Written, writeOut } from './targets/arithmetic.ts'
import { promiseEffects } from './targets/effects.ts'
import { isShareOfWork, judgeTarget } from './targets/judge.ts'
import {
  clauseKey,
  clauseKeyOf,
  isPerEach,
  isShare,
  type Matches,
  type Mention,
  matchMentions,
  readMentions,
} from './targets/match.ts'
import { findOpen } from './targets/open.ts'
import { type Judged, type Outcome, severityOf } from './targets/outcome.ts'
import { sharesOf } from './targets/share.ts'
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
      begins: promises.some(
        (other) =>
          other !== target &&
          isShareOfWork(other) &&
          !isShareOfWork(target) &&
          areInOneSentence(task.target, target, other),
      ),
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

function leadsSentence(text: string, promises: readonly Quantity[], target: Quantity): boolean {
  const before = promises[promises.indexOf(target) - 1]
  return before === undefined || !sameSentence(text, before.end, target.start)
}

/** A share that is promised without a noun (续建水厂1座，完成工程量的60%) goes with all that the milestones tell. */
function sharesFor(target: Quantity, work: WorkFound, shares: readonly Mention[]): Mention[] {
  const own = sharesOf(target, work, shares)
  return own.length === 0 && isShareOfWork(target) && work.named.length === 0 ? [...shares] : own
}

function areInOneSentence(text: string, one: Quantity, other: Quantity): boolean {
  return sameSentence(text, Math.min(one.end, other.end), Math.max(one.start, other.start))
}

/** 每个行政村1个, beside the 86个 that all of them together have. */
function isEachOfCount(target: Quantity, promises: readonly Quantity[]): boolean {
  return (
    isPerEach(target) &&
    promises.some(
      (other) =>
        !isPerEach(other) && other.normalizedUnit === target.normalizedUnit && target.metric.endsWith(other.metric),
    )
  )
}

/** 体检率 beside 老年人免费体检6.5万名: the same work, told as a rate. */
function isRateOf({ metric, normalizedUnit }: Quantity, target: Quantity): boolean {
  if (normalizedUnit !== '%' || !metric.endsWith('率') || target.normalizedUnit === '%') return false
  const work = metric.slice(-RATED_WORK - 1, -1)
  return work.length === RATED_WORK && `${target.action ?? ''}${target.metric}`.includes(work)
}

/** Characters before 率 that name the work. */
const RATED_WORK = 2

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

const SIZE_UNITS: ReadonlySet<string> = new Set(['米', '平方米', '立方米', '延米', '延长米', '千瓦', '千伏安', '吨位'])
/** 26条，总长9.8公里、总面积7.2万平方米: so many figures tell of one thing. */
const FIGURES_OF_ONE = 4
const SIZE_WORDS =
  /(?:总|全|单|合计|设计)[^，。；、]{0,4}$|(?:长度?|宽度?|面积|里程|跨径?|跨度|库容|容量|规模|体量|总量)$/u

/** 8条，合计56华里; 6段430延米. */
const SIZE_BEHIND = /^\s*[，,、（(]?(?:涉及|合计|共计|总计|[总全单共计约长])*\s*$/u

/** 28亿元，同比增长10%: how much more that is than before. */
const GROWTH_BEHIND = /^\s*[，,、（(]?(?:同比|较上年|比上年|较去年|年均)*(?:增长|提高|下降)(?:率|幅)?(?:达到?|约|在)?$/u

/** 总长9.8公里 behind 背街小巷26条: a size of what is counted before it in the same sentence. */
function isMeasureOfCount(text: string, targets: readonly Quantity[], at: number): boolean {
  const target = targets[at]!
  if (target.normalizedUnit === '%') {
    return GROWTH_BEHIND.test(text.slice(targets[at - 1]?.end ?? 0, target.start)) && at > 0
  }
  if (!SIZE_UNITS.has(target.normalizedUnit)) return false
  const before = targets.slice(Math.max(0, at - FIGURES_OF_ONE), at)
  const counted = before.filter(({ normalizedUnit }) => !SIZE_UNITS.has(normalizedUnit)).at(-1)
  if (counted === undefined || counted.describes !== undefined) return false
  if (SIZE_BEHIND.test(text.slice(counted.end, target.start))) return true
  return SIZE_WORDS.test(target.metric) && sameSentence(text, counted.end, target.start)
}

/** Quantities of a target. What is listed after a part of a whole (其中新建80公里、改造120公里) is a part, too. */
function readTargets(text: string, read: QuantityReader): Quantity[] {
  const targets: Quantity[] = []
  for (const target of read(text)) {
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

function sameSentence(text: string, from: number, to: number): boolean {
  return !/[。；;\n]/u.test(text.slice(from, to))
}
