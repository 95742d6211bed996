/**
 * Chooses between the noun before a figure and the noun behind it.
 */
import type { Figure } from '../quantity.ts'
import { indexStarts, wordAt } from '../word-index.ts'
import type { Phrase } from './metric-phrase.ts'
import { DOING_OR_NOUN, LENGTH } from './metric-words.ts'
import { isNamedPlace } from './object.ts'
import { AND } from './reading.ts'

/** Counters and the like: a number of these stands before its noun (5个养老服务机构) as well as behind it. */
const MEASURED: ReadonlySet<string> = new Set(
  '元 平方米 米 千克 % ‰ 百分点 倍 立方米 千瓦 千瓦时 小时 天 年 个月 个工作日 工作日 分钟 周 日'.split(' '),
)
/** 老城桥至东门3.4公里道路: the noun is behind. */
const STRETCH = /[^、]{2,}至[^、]{2,}$/
const VERBS = indexStarts(DOING_OR_NOUN)
/** Says of which kind the noun behind the figure is. */
const ATTRIBUTE = /^(?:公共|公办|民办|普惠性?|共享|临时)$/
const ACTIVITY_END = /(?:评定|验收|改造|建设|提升|治理|整治|审核|认定|检查|培训)$/

/** Cleaned words before the figure, raw words behind it, and the noun phrase found in these. */
export type Around = { before: string; behind: string; following: string }

/**
 * Of the nouns before and behind the figure the one that is counted. Behind a verb with its noun what
 * follows is the next thing said; behind a bare name or a list of names the counted kind follows. '' where neither says anything.
 */
export function ownNoun(phrase: Phrase, figure: Figure, { before, behind, following }: Around): string {
  const noun = /[、和及与]$/.test(before) ? '' : kindOfNames(phrase.noun, before, figure)
  if (noun === '' || following === '') return noun || following
  const qualifies = before.endsWith('的') || (/^\s*的/.test(behind) && !isActivity(following))
  const measured = MEASURED.has(figure.normalizedUnit)
  // 总长25公里的环湖路; 公共500个停车位.
  if (LENGTH.test(noun) && qualifies) return following
  if (ATTRIBUTE.test(noun)) return noun + following
  if (STRETCH.test(noun) || phrase.serving || (qualifies && (phrase.done || !measured))) return following
  if (measured) return noun
  if (phrase.doing || phrase.done || noun.includes('、')) return following
  return phrase.action === undefined && isFrame(noun) && !isActivity(following) ? following : noun
}

/** 义务教育阶段66所学校, 永安中学2个班: the noun before says where. */
function isFrame(noun: string): boolean {
  return /(?:阶段|范围内?|系统|地区|领域)$/.test(noun) || isNamedPlace(noun)
}

/** 改造 or 完成 … behind a figure is what is done with the thing before it. */
function isActivity(words: string): boolean {
  return ACTIVITY_END.test(words) || wordAt(VERBS, words, 0) !== undefined
}

/**
 * 城东书房、河滨书房2家 → 书房: as many names as are counted, or names before 等, are not what is counted;
 * the kind that they have in common is.
 */
function kindOfNames(noun: string, before: string, { value, normalizedUnit }: Figure): string {
  if (MEASURED.has(normalizedUnit)) return noun
  const names = noun.split(AND)
  if (names.length < 2) return before.endsWith('等') ? '' : noun
  if (names.length !== value && !before.endsWith('等')) return noun
  const last = names.at(-1) ?? ''
  let length = 0
  while (length < last.length - 1 && names.every((name) => name.endsWith(last.slice(-length - 1)))) length++
  if (length >= 2) return last.slice(-length)
  return before.endsWith('等') ? '' : noun
}
