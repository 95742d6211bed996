/**
 * The noun phrase before or behind a figure: what it counts, without the verbs, times and tone around it.
 */

import {
  COUNTED_DOING,
  DOING,
  DOING_OF_SUBJECT,
  DOING_OR_NOUN,
  ENDS_COUNTED,
  LEADING,
  LEADING_CHARACTER,
  LEVEL_NAME,
  MAKES_NOUN,
  MANNER,
  NOT_COUNTED,
  NOT_TRAILING,
  PER,
  PLAIN_DOING,
  PREPOSITION,
  RAISING,
  STAGE,
  TIME,
  TRAILING,
  VERB_IN_NAME,
  VERB_OR_MODIFIER,
} from './quantity-metric-words.ts'
import { isNamedPlace } from './quantity-object.ts'

/**
 * action: the verb cut off last. subject: what stood before it. per: 每周, where the cut would lose it.
 * doing: the noun is that verb, for want of another (培训2000人次). done: the verb stands right before the
 * figure (各学校召开一次家长会), so that a noun behind the figure is the one counted. serving: the figure
 * counts those for whom something is done (为5000名妇女开展检查).
 */
export type Phrase = {
  noun: string
  action?: string
  subject: string
  per: string
  doing: boolean
  done: boolean
  serving: boolean
}

/** Farther from its figure no word belongs to it; also what keeps a long cell linear. */
const REACH = 80
/** Nouns that can be counted by themselves: behind a verb at the front they are the metric (举办活动20场). */
const THINGS = [
  '项目',
  '工程',
  '活动',
  '设施',
  '设备',
  '企业',
  '人才',
  '人员',
  '机构',
  '基地',
  '资金',
  '任务',
  '行动',
  '补贴',
  '补助',
]
/** “春风行动”等招聘活动, 图书馆、文化馆等场馆: the kind behind the examples is what is counted. */
const EXAMPLES = /^[^等]*[”》、][^等]*(?<![平高初中同])等(?![级次离])(?=..)/
/** 低保标准提高到每人每月. */
const PER_AT_END = /(?:每(?:人|户|名|位|生|亩|年|月|周|日|天|季度|学期|学年)){1,3}$/
const DOING_AT_END = DOING.filter((verb) => !COUNTED_DOING.includes(verb))
/** A longer phrase is no name of a thing. */
const LONGEST = 40

/** Words before a figure as one line: blanks, brackets without figures and marks of lists gone. */
export function cleanWords(words: string): string {
  return words
    .slice(-2 * REACH)
    .replace(/[\s\u200B-\u200D\u2060\uFEFF\u00A0]/g, '')
    .replace(/（[^（）]*）|\([^()]*\)/g, '')
    .slice(-REACH)
    .replace(/^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）.．、](?!\d)|[①-⑳])+/, '')
    .replace(/^[、\-—·*•"”’》）)]+/, '')
}

/** 统筹开发公益性岗位 → 公益性岗位. Of cleaned words. */
export function nounBefore(words: string): Phrase {
  let noun = cutTrailing(words)
  const trailing = trailingAction(words.slice(noun.length))
  let action = trailing
  let subject = ''
  const cut = lastDoing(noun)
  if (cut) {
    const earlier = cutLeading(noun.slice(0, cut.at))
    const relative = noun.startsWith('的', cut.at + cut.verb.length)
    action = relative ? earlier.action : earlier.noun === '' ? (earlier.action ?? '') + cut.verb : cut.verb
    subject = noun.slice(0, cut.at)
    noun = noun.slice(cut.at + cut.verb.length)
  }
  const front = cutLeading(noun, cut !== undefined)
  let { doing } = front
  noun = front.noun
  if (front.action !== undefined) action = (cut ? (action ?? '') : '') + front.action
  const behind = doingOfSubject(noun, front.prepositional)
  if (behind) {
    subject += noun.slice(0, behind.at)
    const done = cutLeading(noun.slice(behind.at + behind.verb.length), true)
    doing = done.doing
    action = done.action ?? behind.verb
    noun = done.noun
  }
  noun = cutRatio(noun)
  const per = words.match(PER)?.join('') ?? ''
  if (noun.replace(PER, '') === '') noun = ''
  return {
    noun: noun.slice(-LONGEST),
    ...(action !== undefined && { action }),
    subject: /^(?:从|由|与|同|向)/.test(subject) ? '' : cutLeading(subject).noun,
    per: noun.includes(per) ? '' : per,
    doing,
    done: trailing !== undefined,
    serving: /[为对向给]$/.test(words) || (noun === '' && front.prepositional),
  }
}

/**
 * 养老服务机构公建民营改革和提档升级 → 养老服务机构公建民营改革; '' where something else begins (用于…).
 * serving: 5000名妇女开展免费检查 → 妇女免费检查, since milestones count by the service.
 */
export function nounBehind(words: string, serving: boolean): string {
  const line = words
    .slice(0, REACH)
    .replace(/[\s\u200B-\u200D\u2060\uFEFF\u00A0]/g, '')
    .replace(/（[^（）]*）|\([^()]*\)/g, '')
    .replace(/^的/, '')
  if (NOT_COUNTED.test(line)) return ''
  const end = endOfCounted(line)
  const noun = cutBehind(line.slice(0, Math.min(end, LONGEST)))
  if (!serving || noun === '') return noun
  const served = line.slice(end).split(/[，,。；;：:、]/)[0] ?? ''
  const service = nounBefore(served).noun
  return STAGE.test(service) ? noun : noun + service
}

function cutBehind(noun: string): string {
  return noun.replace(/(?:的|等|和|及|与|后|前|时|内|均|已|将|各)$/, '')
}

/** Quotes are one word: nothing in them ends the phrase. */
function endOfCounted(line: string): number {
  const masked = line.replace(/“[^“”]*”|《[^《》]*》/g, (quote) => '＂'.repeat(quote.length))
  const ends = [masked.search(ENDS_COUNTED)]
  for (const verb of DOING) {
    const at = masked.indexOf(verb)
    if (at < 0 || makesNoun(verb, line.slice(at + verb.length)) || VERB_IN_NAME.test(line.slice(at))) continue
    ends.push(/[和及与]/.test(masked.charAt(at - 1)) ? at - 1 : at)
  }
  return Math.min(line.length, ...ends.filter((at) => at >= 0))
}

function cutTrailing(words: string): string {
  let noun = words.replace(PER_AT_END, '')
  for (let word: string | undefined = ''; word !== undefined; ) {
    if (NOT_TRAILING.test(noun)) break
    word = [...TRAILING, ...DOING_AT_END].find((trailing) => noun.endsWith(trailing))
    if (word !== undefined) noun = noun.slice(0, -word.length).replace(PER_AT_END, '')
  }
  return noun
}

/** The verb among the words cut off the end. */
function trailingAction(cut: string): string | undefined {
  return DOING.find((verb) => cut.includes(verb)) ?? DOING_OR_NOUN.find((verb) => cut.includes(verb))
}

/** The last verb of doing with a noun behind it. */
function lastDoing(noun: string): { at: number; verb: string } | undefined {
  let last: { at: number; verb: string } | undefined
  const masked = noun.replace(/“[^“”]*”|《[^《》]*》/g, (quote) => '＂'.repeat(quote.length))
  for (const verb of DOING) {
    for (let at = masked.indexOf(verb); at >= 0; at = masked.indexOf(verb, at + 1)) {
      const rest = noun.slice(at + verb.length)
      if (
        rest === '' ||
        VERB_IN_NAME.test(noun.slice(at)) ||
        (makesNoun(verb, rest) && !(at === 0 && THINGS.includes(rest)))
      )
        continue
      if (!last || at + verb.length > last.at + last.verb.length) last = { at, verb }
    }
  }
  return last
}

function makesNoun(verb: string, rest: string): boolean {
  return PLAIN_DOING.includes(verb) ? /^[率额量]/.test(rest) : MAKES_NOUN.test(rest)
}

type Front = { noun: string; action?: string; prepositional: boolean; doing: boolean }

/** Takes times, tone and verbs off the front; where nothing remains a verb that can be counted stays. */
function cutLeading(words: string, behindVerb = false): Front {
  let noun = words
  let action: string | undefined
  let counted = ''
  let prepositional = false
  for (;;) {
    if (noun.startsWith('、')) noun = noun.slice(1)
    const verb = leadingVerb(noun, behindVerb || action !== undefined)
    if (verb !== undefined) {
      action = (action ?? '') + verb
      if (COUNTED_DOING.includes(verb)) counted = verb
      noun = noun.slice(verb.length)
      continue
    }
    const preposition = PREPOSITION.exec(noun)?.[0]
    if (preposition !== undefined) prepositional = true
    const front = preposition ?? leadingWords(noun)
    if (!front) break
    noun = noun.slice(front.length)
  }
  noun = noun.replace(/^[、的，]+/, '').replace(EXAMPLES, '')
  const doing = noun === '' && counted !== ''
  if (doing && action?.endsWith(counted)) action = action.slice(0, -counted.length) || undefined
  return { noun: doing ? counted : noun, prepositional, doing, ...(action !== undefined && { action }) }
}

function leadingVerb(words: string, again: boolean): string | undefined {
  const verb = [...DOING, ...DOING_OR_NOUN].find((doing) => words.startsWith(doing))
  if (verb === undefined || isName(words, verb)) return undefined
  if (LEVEL_NAME.test(words) && DOING_OR_NOUN.includes(verb) && !RAISING.includes(verb)) return undefined
  return again && words !== verb && VERB_OR_MODIFIER.includes(verb) ? undefined : verb
}

/** Times with the 、 between them, tone, and manner before a verb. */
function leadingWords(words: string): string | undefined {
  const time = TIME.exec(words)?.[0]
  if (time) return words.charAt(time.length) === '、' ? `${time}、` : time
  const front = LEADING.find((word) => words.startsWith(word)) ?? LEADING_CHARACTER.exec(words)?.[0]
  if (front !== undefined) return front
  const manner = MANNER.find((word) => words.startsWith(word))
  return manner !== undefined && leadingVerb(words.slice(manner.length), false) !== undefined ? manner : undefined
}

/** With these behind it the verb is part of a noun: 新增就业, 建设用地, 培训机构; but 引进人才 are 人才. */
function isName(noun: string, verb: string): boolean {
  const rest = noun.slice(verb.length)
  if (verb === '新增') return rest.startsWith('就业')
  if (VERB_IN_NAME.test(noun) || /^\p{L}$/u.test(rest)) return true
  return makesNoun(verb, rest) && !(DOING.includes(verb) && THINGS.includes(rest))
}

/** 永安中学新增学位 → at 新增: only behind a named place or a level, or where 为 or 在 stood before it. */
function doingOfSubject(noun: string, prepositional: boolean): { at: number; verb: string } | undefined {
  let first: { at: number; verb: string } | undefined
  for (const verb of DOING_OF_SUBJECT) {
    const at = noun.indexOf(verb)
    const rest = noun.slice(at + verb.length)
    if (at <= 0 || rest === '' || makesNoun(verb, rest)) continue
    if (!prepositional && !isNamedPlace(noun.slice(0, at))) continue
    if (!first || at < first.at) first = { at, verb }
  }
  return first
}

/** 交流轮岗占比达交流总数 → 交流轮岗占比. */
function cutRatio(noun: string): string {
  const ratio = /^(.*?(?:率|占比|比例|比重))(?:达到?|为|占|不低于|超过?)/.exec(noun)
  return ratio?.[1] ?? noun
}
