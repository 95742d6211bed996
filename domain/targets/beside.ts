/**
 * What a target is to the others of its row: a size or a rate of what they count, one of each of them, or the
 * first of its sentence.
 */
import type { Quantity } from '../quantity.ts'
import { isShareOfWork } from './judge.ts'
import { isPerEach } from './match.ts'

/** Whether no other promise stands before it in its sentence. */
export function leadsSentence(text: string, promises: readonly Quantity[], target: Quantity): boolean {
  const before = promises[promises.indexOf(target) - 1]
  return before === undefined || !sameSentence(text, before.end, target.start)
}

/** Whether its sentence promises a share of the work (完成工程量的60%), so that not all of it has to be done. */
export function isMeantInPart(text: string, target: Quantity, promises: readonly Quantity[]): boolean {
  if (isShareOfWork(target)) return false
  return promises.some(
    (other) =>
      isShareOfWork(other) && sameSentence(text, Math.min(target.end, other.end), Math.max(target.start, other.start)),
  )
}

/** 每个行政村1个, beside the 86个 that all of them together have. */
export function isEachOfCount(target: Quantity, promises: readonly Quantity[]): boolean {
  return (
    isPerEach(target) &&
    promises.some(
      (other) =>
        !isPerEach(other) && other.normalizedUnit === target.normalizedUnit && target.metric.endsWith(other.metric),
    )
  )
}

/** 体检率 beside 老年人免费体检6.5万名: the same work, told as a rate. */
export function isRateOf({ metric, normalizedUnit }: Quantity, target: Quantity): boolean {
  if (normalizedUnit !== '%' || !metric.endsWith('率') || target.normalizedUnit === '%') return false
  const work = metric.slice(-RATED_WORK - 1, -1)
  return work.length === RATED_WORK && `${target.action ?? ''}${target.metric}`.includes(work)
}

/** Characters before 率 that name the work. */
const RATED_WORK = 2

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
export function isMeasureOfCount(text: string, targets: readonly Quantity[], at: number): boolean {
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

/** Whether no stop or line break stands between two places of a text. */
export function sameSentence(text: string, from: number, to: number): boolean {
  return !/[。；;\n]/u.test(text.slice(from, to))
}
