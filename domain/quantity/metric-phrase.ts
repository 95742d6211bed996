/**
 * The noun phrase before or behind a figure: what it counts, without the verbs, times and tone around it.
 */

import { cutLeading, cutTrailing, doingOfSubject, findDoing, firstVerb, lastDoing, maskQuotes } from './metric-verbs.ts'
import { ENDS_COUNTED, NOT_COUNTED, PER, STAGE } from './metric-words.ts'

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

/** 新建和 before 改扩建: two verbs over one noun. */
const JOINT_AT_END = /[、和及与或/]$/
/** Farther from its figure no word belongs to it; also what keeps a long cell linear. */
const REACH = 80
/** A longer phrase is no name of a thing. */
const LONGEST = 40

/** What a line or a list adds to words; most words have none of it, and then nothing is replaced. */
const LAYOUT = /[\s\u200B-\u200D\u2060\uFEFF\u00A0（(]/
const LIST_MARK = /^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）.．、](?!\d)|[①-⑳])+/
const MARKS = /^[、\-—·*•"”’》）)]+/
const MAY_BE_MARK = /^[（(\d一二三四五六七八九十①-⑳、\-—·*•"”’》）)]/

/** Words before a figure as one line: blanks, brackets without figures and marks of lists gone. */
export function cleanWords(words: string): string {
  const line = asLine(words.slice(-2 * REACH)).slice(-REACH)
  return MAY_BE_MARK.test(line) ? line.replace(LIST_MARK, '').replace(MARKS, '') : line
}

function asLine(words: string): string {
  if (!LAYOUT.test(words)) return words
  return words.replace(/[\s\u200B-\u200D\u2060\uFEFF\u00A0]/g, '').replace(/（[^（）]*）|\([^()]*\)/g, '')
}

const NO_PHRASE: Phrase = { noun: '', subject: '', per: '', doing: false, done: false, serving: false }

/** 统筹开发公益性岗位 → 公益性岗位. Of cleaned words. */
export function nounBefore(words: string): Phrase {
  if (words === '') return NO_PHRASE
  let noun = cutTrailing(words)
  const trailing = firstVerb(words.slice(noun.length))
  let action = trailing
  let subject = ''
  const cut = lastDoing(noun)
  if (cut) {
    const earlier = cutLeading(noun.slice(0, cut.at).replace(JOINT_AT_END, ''))
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
  const per = words.includes('每') ? (words.match(PER)?.join('') ?? '') : ''
  if (per !== '' && noun.replace(PER, '') === '') noun = ''
  return {
    noun: noun.slice(-LONGEST),
    ...(action !== undefined && { action }),
    subject: subject === '' || /^(?:从|由|与|同|向)/.test(subject) ? '' : cutLeading(subject).noun,
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
  const whole = asLine(words.slice(0, REACH))
  const line = whole.startsWith('的') ? whole.slice(1) : whole
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
  const masked = maskQuotes(line)
  const doing = findDoing(masked)
  const joined = doing > 0 && /[和及与]/.test(masked.charAt(doing - 1)) ? doing - 1 : doing
  return Math.min(line.length, ...[masked.search(ENDS_COUNTED), joined].filter((at) => at >= 0))
}

/** 交流轮岗占比达交流总数 → 交流轮岗占比. */
function cutRatio(noun: string): string {
  if (!noun.includes('率') && !noun.includes('比')) return noun
  const ratio = /^(.*?(?:率|占比|比例|比重))(?:达到?|为|占|不低于|超过?)/.exec(noun)
  return ratio?.[1] ?? noun
}
