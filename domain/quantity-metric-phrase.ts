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
  MANNER,
  NOT_COUNTED,
  NOT_TRAILING,
  NOUN_MAKERS,
  PER,
  PREPOSITION,
  TIME,
  TRAILING,
  VERB_OR_MODIFIER,
} from './quantity-metric-words.ts'
import { isNamedPlace } from './quantity-object.ts'

/**
 * action: the verb cut off last. subject: what stood before it. per: 每周, where the cut would lose it.
 * doing: the noun is that verb, for want of another (培训2000人次). done: the verb stands right before the
 * figure (各学校召开一次家长会), so that a noun behind the figure is the one counted.
 */
export type Phrase = { noun: string; action?: string; subject: string; per: string; doing: boolean; done: boolean }

/** Farther from its figure no word belongs to it; also what keeps a long cell linear. */
const REACH = 80
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
    action = cut.verb
    subject = noun.slice(0, cut.at)
    noun = noun.slice(cut.at + cut.verb.length)
  }
  const front = cutLeading(noun, cut !== undefined)
  let { doing } = front
  noun = front.noun
  action = front.action ?? action
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
  if (noun === per) noun = ''
  return {
    noun: noun.slice(-LONGEST),
    ...(action !== undefined && { action }),
    subject: cutLeading(subject).noun,
    per: noun.includes(per) ? '' : per,
    doing,
    done: trailing !== undefined,
  }
}

/** 养老服务机构公建民营改革和提档升级 → 养老服务机构公建民营改革; '' where something else begins (用于…). */
export function nounBehind(words: string): string {
  const line = words
    .slice(0, REACH)
    .replace(/[\s\u200B-\u200D\u2060\uFEFF\u00A0]/g, '')
    .replace(/（[^（）]*）|\([^()]*\)/g, '')
    .replace(/^的/, '')
  if (NOT_COUNTED.test(line)) return ''
  const end = endOfCounted(line)
  const noun = line.slice(0, Math.min(end, LONGEST)).replace(/(?:的|等|和|及|与|后|前|时|内|中的|均|已|将|各)$/, '')
  return noun
}

/** Quotes are one word: nothing in them ends the phrase. */
function endOfCounted(line: string): number {
  const masked = line.replace(/“[^“”]*”|《[^《》]*》/g, (quote) => '＂'.repeat(quote.length))
  const ends = [masked.search(ENDS_COUNTED)]
  for (const verb of DOING) {
    const at = masked.indexOf(verb)
    if (at < 2 || makesNoun(line.slice(at + verb.length))) continue
    ends.push(/[和及与]/.test(masked.charAt(at - 1)) ? at - 1 : at)
  }
  return Math.min(line.length, ...ends.filter((at) => at > 0))
}

function cutTrailing(words: string): string {
  let noun = words
  for (let word: string | undefined = ''; word !== undefined; ) {
    if (NOT_TRAILING.test(noun)) break
    word = [...TRAILING, ...DOING].find((trailing) => noun.endsWith(trailing))
    if (word !== undefined) noun = noun.slice(0, -word.length)
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
      if (rest === '' || (at > 0 && makesNoun(rest))) continue
      if (!last || at + verb.length > last.at + last.verb.length) last = { at, verb }
    }
  }
  return last
}

function makesNoun(rest: string): boolean {
  return NOUN_MAKERS.some((maker) => rest.startsWith(maker) && (maker.length === 1 || rest.length === maker.length))
}

type Front = { noun: string; action?: string; prepositional: boolean; doing: boolean }

/** Takes times, tone and verbs off the front; where nothing remains a verb that can be counted stays. */
function cutLeading(words: string, behindVerb = false): Front {
  let noun = words
  let action: string | undefined
  let counted = ''
  let prepositional = false
  for (;;) {
    const verb = leadingVerb(noun, behindVerb || action !== undefined)
    if (verb !== undefined) {
      action = verb
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
  noun = noun.replace(/^[、的，]+/, '')
  const doing = noun === '' && counted !== ''
  return { noun: doing ? counted : noun, prepositional, doing, ...(action !== undefined && { action }) }
}

function leadingVerb(words: string, again: boolean): string | undefined {
  const verb = [...DOING, ...DOING_OR_NOUN].find((doing) => words.startsWith(doing))
  if (verb === undefined || isName(words, verb)) return undefined
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

/** Behind these fronts the noun needs them: 新增就业, 建设用地, 服务机构, 培训机构. */
function isName(noun: string, verb: string): boolean {
  const rest = noun.slice(verb.length)
  if (verb === '新增' && rest.startsWith('就业')) return true
  return (
    rest !== '' && rest !== '项目' && makesNoun(rest) && !/^(?:完成|开展|实施|推进|启动|落实|新增|增加)$/.test(verb)
  )
}

/** 永安中学新增学位 → at 新增: only behind a named place or a level, or where 为 or 在 stood before it. */
function doingOfSubject(noun: string, prepositional: boolean): { at: number; verb: string } | undefined {
  let first: { at: number; verb: string } | undefined
  for (const verb of DOING_OF_SUBJECT) {
    const at = noun.indexOf(verb)
    const rest = noun.slice(at + verb.length)
    if (at <= 0 || rest === '' || makesNoun(rest)) continue
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
