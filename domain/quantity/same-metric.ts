/**
 * Whether two quantities count the same thing, so that one may be set against the other or added to it.
 */
import type { Quantity } from '../quantity.ts'
import { countersOf, mayCount, sameCounter } from './same-metric-counters.ts'
import { areDifferentDoings, areOpposed, LIGHT_END, LIGHT_START, SYNONYMS } from './same-metric-words.ts'

/** same: certain. near: perhaps (农村户厕 and 户厕), a question for a person. other: certainly not, or nothing speaks for it. */
export type Sameness = 'same' | 'near' | 'other'

/**
 * Compares what two quantities count. Symmetric. An empty metric (完成30套) is near to any of its unit:
 * which one is meant only the other targets of the row tell. Objects are not compared.
 */
export function sameMetric(a: Quantity, b: Quantity): Sameness {
  const units = sameUnit(a, b)
  if (units === 'other' || !mayBeOneThing(a, b)) return 'other'
  if (a.metric === '' || b.metric === '') return 'near'
  if ((a.role === 'share') !== (b.role === 'share') && (a.role === 'rate' || b.role === 'rate')) return 'other'
  if (a.action !== undefined && b.action !== undefined && areDifferentDoings(a.action, b.action)) return 'other'
  if (isVerbOf(a, b) || isVerbOf(b, a)) return 'near'
  const thing = isThingWithVerb(a, b) || isThingWithVerb(b, a) ? 'same' : sameThing(withoutObject(a), withoutObject(b))
  return thing === 'same' && units === 'near' ? 'near' : thing
}

/** Whether values in both units may be added: normalised units equal, or counters of the same things. */
export function sameUnit(a: Quantity, b: Quantity): Sameness {
  const [one, other] = [a.normalizedUnit, b.normalizedUnit]
  if (one === other) return 'same'
  if (one === '' || other === '') return 'near'
  if (shareCounter(a, b)) return 'same'
  return sameCounter(one, other)
}

/** 建成2所 and 学校2所 say nothing of 学位2000个: what is counted in two ways has to be what both counters count. */
export function mayBeOneThing(a: Quantity, b: Quantity): boolean {
  if (a.normalizedUnit === b.normalizedUnit || shareCounter(a, b)) return true
  const named = a.metric !== '' && b.metric !== ''
  return mayCount(a.normalizedUnit, b.metric, named) && mayCount(b.normalizedUnit, a.metric, named)
}

/** 套（间） is as well 套 as 间, and so is 台套. */
function shareCounter(a: Quantity, b: Quantity): boolean {
  if (!/[）)]$/u.test(a.unit) && !/[）)]$/u.test(b.unit)) return false
  const counters = [...countersOf(b.unit), b.normalizedUnit]
  return [...countersOf(a.unit), a.normalizedUnit].some((counter) => counters.includes(counter))
}

/** Compares two noun phrases, whatever their units. Symmetric. An empty one is other than everything. */
export function sameThing(one: string, other: string): Sameness {
  const [a, b] = [plainPhrase(one), plainPhrase(other)]
  if (a === '' || b === '') return 'other'
  if (a === b) return 'same'
  if (isBareGrowth(a, b) || isBareGrowth(b, a)) return 'near'
  if (areOpposed(a, b) || per(a) !== per(b)) return 'other'
  const [coreA, coreB] = [cutLight(a), cutLight(b)]
  if (coreA === coreB) return 'same'
  return isNear(coreA, coreB) ? 'near' : 'other'
}

/** 完成整治60户 beside 整治危房150户: the verb of the one is all that the other says. */
function isVerbOf({ metric }: Quantity, { metric: thing, action }: Quantity): boolean {
  return metric.length >= 2 && !thing.includes(metric) && (action?.includes(metric) ?? false)
}

/** 食品抽检500批次 beside 抽检食品2200批次. */
function isThingWithVerb({ metric }: Quantity, { metric: thing, action }: Quantity): boolean {
  return action !== undefined && (metric === thing + action || metric === action + thing)
}

/** 羊市镇卫生院床位 of the object 羊市镇卫生院 → 床位. */
function withoutObject({ metric, object }: Quantity): string {
  return object !== undefined && object !== metric && metric.startsWith(object) ? metric.slice(object.length) : metric
}

/** Most phrases: nothing of them is folded or taken away. */
const ONLY_HAN = /^[\u4E00-\u9FFF]*$/

/** Without quotes, brackets and blanks; one name for one thing. */
function plainPhrase(phrase: string): string {
  let plain = ONLY_HAN.test(phrase)
    ? phrase
    : phrase
        .normalize('NFKC')
        .replace(/[(（【[][^()（）【】[\]]*[)）】\]]/g, '')
        .replace(/[^\p{L}\p{N}、%]/gu, '')
  plain = plain.replace(/的|全年|年度|免费/g, '')
  for (const [from, to] of SYNONYMS) {
    if (plain.includes(from) && (!to.includes(from) || !plain.includes(to))) plain = plain.replaceAll(from, to)
  }
  return plain
}

/** 增长6% where 居民人均可支配收入增长 is promised. */
function isBareGrowth(short: string, long: string): boolean {
  return short === '增速' && long.endsWith(short)
}

/** 每千人, 人均, 户均: a number for each of something is not a number of all. */
function per(phrase: string): string {
  return /每[\p{L}]{1,3}?(?:人口?|户|年|月|周|日|天|季度?|村|亩)|人均|户均/u.exec(phrase)?.[0] ?? ''
}

/** What a noun phrase names, without what may be missing in another one of the same thing. */
export function coreOf(phrase: string): string {
  return cutLight(plainPhrase(phrase))
}

/** Takes away words that add nothing, at both ends, while at least two characters remain. */
function cutLight(phrase: string): string {
  let core = phrase
  for (let cut = true; cut; ) {
    cut = false
    for (const word of LIGHT_START)
      if (core.startsWith(word) && core.length - word.length >= 2) {
        core = core.slice(word.length)
        cut = true
      }
    for (const word of LIGHT_END)
      if (core.endsWith(word) && core.length - word.length >= 2) {
        core = core.slice(0, -word.length)
        cut = true
      }
  }
  return core
}

/** A longer name is no contraction. */
const LONGEST_CONTRACTION = 4

/** One within the other, a short form, or most pairs of neighbouring characters in common and the same end. */
function isNear(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.includes(short)) return true
  if (isThinnedOut(short, long)) return short.length >= 3
  if (isContraction(short, long)) return true
  const sameEnd = short.slice(-2) === long.slice(-2)
  return shareOfPairs(one, other) >= (sameEnd ? 0.5 : 0.75)
}

/** 社养中心 for 社区养老服务中心: characters of the long name in their order, the last two at its end. */
function isThinnedOut(short: string, long: string): boolean {
  return short.slice(-2) === long.slice(-2) && standsWithin(short, long)
}

/** Whether all characters of the short phrase stand in the long one in this order. */
export function standsWithin(short: string, long: string): boolean {
  let at = -1
  for (const character of short) {
    at = long.indexOf(character, at + 1)
    if (at < 0) return false
  }
  return true
}

/** 高农 for 高标准农田, 消防站 for 乡镇消防救援站: characters of the long name in their order, the first or the last among them. */
function isContraction(short: string, long: string): boolean {
  return (
    short.length >= 2 &&
    short.length <= LONGEST_CONTRACTION &&
    short.length < long.length &&
    (short.charAt(0) === long.charAt(0) || (short.length > 2 && short.at(-1) === long.at(-1))) &&
    standsWithin(short, long)
  )
}

/** Neighbouring characters that both have, as a share of all (Dice). */
function shareOfPairs(one: string, other: string): number {
  const pairs = new Map<string, number>()
  for (let i = 0; i + 1 < one.length; i++) pairs.set(one.slice(i, i + 2), (pairs.get(one.slice(i, i + 2)) ?? 0) + 1)
  let common = 0
  for (let i = 0; i + 1 < other.length; i++) {
    const left = pairs.get(other.slice(i, i + 2)) ?? 0
    if (left > 0) common++
    pairs.set(other.slice(i, i + 2), left - 1)
  }
  return (2 * common) / Math.max(1, one.length + other.length - 2)
}
