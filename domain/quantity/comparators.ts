/**
 * Words that bound a number: before it (不少于), behind it (以上), and inside (20000余人).
 */
import type { Comparator } from '../quantity.ts'

/** How far a comparator reaches from its number, in characters. */
const REACH = 14
/** How far 预计 and 至少 reach over a verb and its object: 预计新增学位2000个. */
const LONG_REACH = 24

export type Bound = { comparator: Comparator; length: number }

const NEGATED = '不(?:得|能|应|可|宜)?'
/** What may stand before a number, each with its sign. A longer word wins over the one inside it. */
const BEFORE: readonly (readonly [words: string, comparator: Comparator])[] = [
  [`${NEGATED}(?:少于|低于|小于)`, '>='],
  ['至少|达到?或超过|(?:≥|≧|⩾|>=|=>)=?', '>='],
  ['(?:达到|达至|达)了?', '>='],
  [`${NEGATED}(?:超过|超出|突破|高于|大于|多于|超|大过)|未超过?|不多于`, '<='],
  ['(?:严格)?(?:控制|限制|控)(?:在|到|于)?|最多|至多|(?:≤|≦|⩽|<=|=<)', '<='],
  ['超过了?|超出了?|突破了?|高于|多于|大于|超|逾|>', '>'],
  ['低于|少于|小于|不到|不足|不满|未达到?|<', '<'],
  ['大约|约为|约占|约有|约|大概|将近|接近|近|预计|估计|预估|≈', '≈'],
]
/** Words that end like a comparator and are none: 签约50家, 附近3个. */
const NO_COMPARATOR =
  /(?:[节签续预履契集解相邀违合毁立条公]约|[附最就临邻靠亲贴切]近|[赶反高B彩]超|[送到抵直传下通表四八]达|督控|监控|调控|防控|管控|布控|掌控)$/
const BEFORE_PATTERN = new RegExp(`(?:${BEFORE.map(([words]) => `(${words})`).join('|')})$`)
/** 达到总数的30%: a bound may be parted from a share by what it is a share of. */
const OF_WHOLE = /[^，。；、：,;\d%]{1,10}的$/
/** 至少完成3个, 预计投资1亿元: what stands between is a verb and its object. */
const DISTANT = /(至少|最多|至多|预计|估计|预估)([^，。；、：,;\d%“”‘’《》跑]{1,20})$/
const DISTANT_COMPARATORS: Readonly<Record<string, Comparator>> = { 至少: '>=', 最多: '<=', 至多: '<=' }

const INCLUDED = '(?:[（(]含[^（）()]{0,4}[）)])?'
/** What may stand behind a number. */
const BEHIND: readonly (readonly [pattern: RegExp, comparator: Comparator])[] = [
  [new RegExp(`^${INCLUDED}(?:及其?|或|和)?以上${INCLUDED}`), '>='],
  [new RegExp(`^${INCLUDED}(?:及其?|或|和)?(?:以下|以内|之内)${INCLUDED}`), '<='],
  [/^(?:左右|上下(?![^，。；、的])|上下浮动)/, '≈'],
  [/^(?:有余|开外|[余多](?=$|[，。；、：,;）)]))/, '>'],
]
/** 15个工作日内, 3公里内; 内容 and the like are other words. */
const WITHIN = /^内(?![容部外涵科镜设在含置需陆河蒙衣])/
const WITHIN_UNITS = /(?:年|月|天|日|周|星期|小时|分钟|秒|米|公里|千米|km|里)$/

/** With none of these in front the patterns need not be asked one by one. */
const MAY_BIND_BEHIND = new RegExp(
  [...BEHIND.map(([pattern]) => pattern), WITHIN].map(({ source }) => source).join('|'),
)

const BOTH_WAYS = /(?:增减|升降|涨跌|波动|浮动|偏差|误差|变动|变化幅度|正负)[^，。；、,;\d]{0,8}$/

/** The bound that ends at `at`, directly or with …的 between it and a share; the length covers it. */
export function boundBefore(plain: string, at: number, share: boolean): Bound | undefined {
  const before = plain.slice(Math.max(0, at - REACH), at)
  const direct = matchBefore(before)
  if (direct || !share) return direct
  const whole = OF_WHOLE.exec(before)
  if (!whole) return
  for (let length = whole[0].length; length >= 2; length--) {
    const bound = matchBefore(before.slice(0, before.length - length))
    if (bound) return { ...bound, length: bound.length + length }
  }
  return
}

function matchBefore(before: string): Bound | undefined {
  const match = BEFORE_PATTERN.exec(before)
  if (!match || NO_COMPARATOR.test(before)) return
  const group = match.slice(1).findIndex((words) => words !== undefined)
  const comparator = BEFORE[group]?.[1]
  return comparator && { comparator, length: match[0].length }
}

/** 预计 or 至少 further before in the same clause, with no other number between. */
export function distantBound(plain: string, at: number): Comparator | undefined {
  const [, word = '', between = ''] = DISTANT.exec(plain.slice(Math.max(0, at - LONG_REACH), at)) ?? []
  if (word === '' || /[年月日]/.test(between.charAt(0))) return
  return DISTANT_COMPARATORS[word] ?? '≈'
}

/** The bound that starts at `at`, directly behind the unit. */
export function boundBehind(plain: string, at: number, unit: string): Bound | undefined {
  const behind = plain.slice(at, at + REACH)
  if (!MAY_BIND_BEHIND.test(behind)) return undefined
  for (const [pattern, comparator] of BEHIND) {
    const match = pattern.exec(behind)
    if (match) return { comparator, length: match[0].length }
  }
  return WITHIN.test(behind) && WITHIN_UNITS.test(unit) ? { comparator: '<=', length: 1 } : undefined
}

/** 670元/月, 3000元/人/年, 300吨/日: for what or how long each is; no noun. */
const EACH =
  /^(?:\/(?:人|户|亩|月|年|日|天|小时|时|个|名|例|件|头|只|公斤|吨|平方米|套|台|次|班|村|座|张|床|学期|生)){1,2}/u

/** Length of 元/月 and the like that starts at `at`. */
export function eachBehind(plain: string, at: number): number {
  return plain.charAt(at) === '/' ? (EACH.exec(plain.slice(at, at + REACH))?.[0].length ?? 0) : 0
}

/** Whether what is bounded at `at` is a change that may go up or down: 增减幅度控制在10%以内. */
export function isBothWays(plain: string, at: number): boolean {
  return plain.charAt(at - 1) === '±' || BOTH_WAYS.test(plain.slice(Math.max(0, at - REACH), at))
}
