/**
 * Levels: rates, and what is so many for each person, day or case. They are reached, not added up; what
 * is better depends on the thing: a rate of unemployment is to go down.
 */

import { standsWithin } from '../quantity/same-metric.ts'
import type { Quantity } from '../quantity.ts'
import { type Amount, compareAmounts, readAmount } from './amount.ts'
import { asIncrement } from './carried.ts'
import { isPerEach, type Mention } from './match.ts'
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
import { inOrder, isRising, sumOf } from './readings.ts'

const MEAN = /平均|均价/u
const EVERY_PERIOD = /每(?:天|日|周|月|季|年)/u
/** Spans of time that limit or measure one thing: 响应时间15分钟, 审批时限3个工作日. */
const SPANS: ReadonlySet<string> = new Set(['分钟', '个工作日', '工作日', '周', '个月', '年', '秒'])
/** Spans that may as well be counted up: 开放330天, 志愿服务600小时. */
const COUNTED_SPANS: ReadonlySet<string> = new Set(['小时', '天', '日'])
const LENGTH_OF_TIME = /时限|时长|用时|耗时|时间|期限?$|周期|等候|等待|响应|住院日|缩短|压缩|压减/u
const RATIOS: ReadonlySet<string> = new Set(['%', '‰', '倍', '℃', '分贝'])
/** A rate that a hundred cannot bound and that may be lower in any quarter: growth is measured anew each time. */
const GROWTH = /增速|增长|增幅|涨幅/u
const BETTER_DOWN =
  /失业|死亡|发生率|事故|投诉|污染|PM|负担|空置|能耗|排放|患病|发病|辍学|流失|时限|时长|用时|耗时|等候|响应|住院日|压缩|降低|下降至|漏损/u

/** Whether the target is a level to reach rather than an amount to make up. */
export function isLevel(quantity: Quantity): boolean {
  const { metric, action = '', normalizedUnit, role } = quantity
  if (SPANS.has(normalizedUnit)) return !/数$/u.test(metric)
  if (COUNTED_SPANS.has(normalizedUnit)) {
    return isCap(quantity) || LENGTH_OF_TIME.test(metric + action) || MEAN.test(metric) || EVERY_PERIOD.test(metric)
  }
  return (
    isRatio(normalizedUnit) || isPerEach(quantity) || MEAN.test(metric) || EVERY_PERIOD.test(metric) || role === 'rate'
  )
}

/** %, and so many for each: 4批次/千人. */
function isRatio(unit: string): boolean {
  return RATIOS.has(unit) || unit.includes('/')
}

/** Undefined where the milestones have no figure for the target. */
export function judgeLevel(task: Judged): Outcome | undefined {
  const { same, near, loose } = task.matches
  if (same.length > 0) return judgeLevels(task, same)
  for (const perhaps of [near, loose]) {
    const outcome = perhaps.length > 0 ? judgeLevels(task, inOrder(perhaps)) : undefined
    if (outcome && isGood(outcome, task.target)) return { ...outcome, confidence: READ_INTO }
    if (outcome && perhaps === near) return { ...outcome, verdict: 'scope-differs', confidence: DOUBTFUL }
  }
  return undefined
}

/** `levels`: at least one, in order of time. */
function judgeLevels(task: Judged, levels: readonly Mention[]): Outcome {
  const last = levels.at(-1)
  if (!last) throw new TypeError('no levels to compare')
  const found = { evidence: evidenceOf(levels), terms: [...levels], reached: readAmount(last.quantity) }
  const misses = isMissed(last, task)
  if (misses) {
    if (last.quantity.role === 'restated') return { ...found, verdict: 'restated-differs', confidence: READ_INTO }
    if (isCap(task.target))
      return { ...found, verdict: 'exceeds', confidence: isCertain(last, task) ? PLAIN : READ_INTO }
    const sum = mayBeAdded(task, levels)
    // 提高0.5个百分点, 提高1个百分点: each adds to the one before.
    if (sum && task.target.normalizedUnit === '百分点' && standingOf(sum, task.amount) === 'meets') {
      return { ...found, verdict: 'adds-up', confidence: READ_INTO, terms: levels.map(asIncrement), reached: sum }
    }
    if (sum) return { ...found, verdict: 'ambiguous', confidence: DOUBTFUL }
    if (isDecline(task) && mayBeOfPeriods(task, levels))
      return { ...found, verdict: 'falls-short', confidence: DOUBTFUL }
    return { ...found, verdict: 'falls-short', confidence: isCertain(last, task) ? PLAIN : DOUBTFUL }
  }
  const worse = findWorse(task, levels)
  if (worse) {
    return {
      ...found,
      verdict: 'rate-regresses',
      confidence: isSteady(worse, task) ? PLAIN : DOUBTFUL,
      evidence: evidenceOf(worse),
      terms: worse,
    }
  }
  const equal = standing(last, task) === 'meets'
  if (levels.length === 1 && equal && isFinal(last, task)) return { ...found, verdict: 'restated', confidence: PLAIN }
  return { ...found, verdict: 'rate-ok', confidence: PLAIN }
}

/** Their sum, where figures that make up the target together may be what each period adds after all. */
function mayBeAdded({ target, amount }: Judged, levels: readonly Mention[]): Amount | undefined {
  if (isRatio(target.normalizedUnit) || isPerEach(target) || MEAN.test(target.metric) || isBetterDown(target))
    return undefined
  const sum = levels.length > 1 ? sumOf(levels) : undefined
  return sum && standingOf(sum, amount) !== 'short' ? sum : undefined
}

/** How far something is to go down (能耗下降3.5%), not the level that it goes down to: more is better. */
function isDecline({ target, around }: Judged): boolean {
  return target.comparator === '=' && DECLINE.test(leadOf(target, around))
}

const DECLINE = /(?:下降|降低|减少|减排|压减|压降|缩短|压缩|回落|下调|降幅|(?:下降|降低)(?:率|幅度))[达为]?[了约]*$/u

/** 保持在98%以上: a level may come and go above its bound. */
function isToBeKept({ target, around }: Judged): boolean {
  return KEPT.test(leadOf(target, around))
}

const KEPT = /(?:保持|稳定|控制|维持|巩固)[在于]?(?:不[低高少多]于|不超过)?$/u

/** The last words before the figure of a target. */
function leadOf({ text }: Quantity, around: string): string {
  const at = Math.max(0, around.lastIndexOf(text))
  return around.slice(Math.max(0, at - LEAD_REACH), at).trimEnd()
}

const LEAD_REACH = 16

/** 下降1%, 下降1%: what makes the very target up together, or more without growing, may be the decline of each period. */
function mayBeOfPeriods({ amount }: Judged, levels: readonly Mention[]): boolean {
  const sum = sumOf(levels)
  const total = sum && standingOf(sum, amount)
  return total === 'meets' || (total === 'exceeds' && !isRising(levels, 'weakly'))
}

/** Whether more is worse. */
function isDownward(task: Judged): boolean {
  return isBetterDown(task.target) && !isDecline(task)
}

function isBetterDown({ metric, comparator, normalizedUnit }: Quantity): boolean {
  if (comparator !== '=') return comparator === '<=' || comparator === '<'
  const span = SPANS.has(normalizedUnit) || COUNTED_SPANS.has(normalizedUnit)
  return BETTER_DOWN.test(metric) || (span && /办理|办结|审批|等待/u.test(metric))
}

function isMissed(level: Mention, task: Judged): boolean {
  return standing(level, task) === (isDownward(task) ? 'exceeds' : 'short')
}

/** The last milestone speaks of the same rate of the same thing; what is still to come cannot mend it. */
function isCertain(level: Mention, task: Judged): boolean {
  return (
    isFinal(level, task) &&
    isNamedAlike(level, task) &&
    level.quantity.object === task.target.object &&
    level.quantity.comparator !== '≈' &&
    task.target.comparator !== '≈'
  )
}

/** 漏损率 for 城区公共供水管网漏损率, where no other target of the row can be meant. */
function isNamedAlike({ quantity: { metric } }: Mention, { target, alone }: Judged): boolean {
  if (alone && standsWithin(metric, target.metric)) return true
  return metric !== '' && target.metric.endsWith(metric)
}

/** The first level that is worse than one of the period before it. */
function findWorse(task: Judged, levels: readonly Mention[]): [Mention, Mention] | undefined {
  const down = isDownward(task)
  const kept = isToBeKept(task)
  for (const [at, after] of levels.entries()) {
    const before = levels[at - 1]
    if (!before || before.place === after.place) continue
    const [a, b] = [readAmount(before.quantity), readAmount(after.quantity)]
    const change = down ? compareAmounts(b.min, a.max) : compareAmounts(a.min, b.max)
    if (change > 0 && !(kept && !isMissed(before, task) && !isMissed(after, task))) return [before, after]
  }
  return undefined
}

/** Growth may differ from quarter to quarter; a level that keeps within the target has not got worse than promised. */
function isSteady(pair: [Mention, Mention], task: Judged): boolean {
  return (
    !GROWTH.test(task.target.metric) &&
    !isDecline(task) &&
    pair.every((level) => isNamedAlike(level, task)) &&
    pair.some((level) => isMissed(level, task))
  )
}
