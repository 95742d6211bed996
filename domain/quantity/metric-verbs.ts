/**
 * Finds the verbs, times and tone around a noun phrase, and tells verbs from the nouns they are part of.
 */

import { indexEnds, indexStarts, wordAt, wordAtEnd, wordsAt } from '../word-index.ts'
import {
  COUNTED_DOING,
  DOING,
  DOING_OF_SUBJECT,
  DOING_OR_NOUN,
  LEADING,
  LEADING_CHARACTER,
  LEVEL_NAME,
  MAKES_NOUN,
  MANNER,
  NOT_TRAILING,
  PLAIN_DOING,
  PREPOSITION,
  RAISING,
  THINGS,
  TIME,
  TRAILING,
  VERB_IN_NAME,
  VERB_OR_MODIFIER,
} from './metric-words.ts'
import { isNamedPlace } from './object.ts'

/** A verb and its position. */
export type Doing = { at: number; verb: string }

/** What remains of a phrase without its front. prepositional: 为, 对 or 在 stood there. doing: see Phrase. */
export type Front = { noun: string; action?: string; prepositional: boolean; doing: boolean }

const DOING_STARTS = indexStarts(DOING)
const VERB_STARTS = indexStarts([...DOING, ...DOING_OR_NOUN])
const SUBJECT_STARTS = indexStarts(DOING_OF_SUBJECT)
const LEADING_STARTS = indexStarts(LEADING)
const MANNER_STARTS = indexStarts(MANNER)
const ENDS = indexEnds([...TRAILING, ...DOING.filter((verb) => !COUNTED_DOING.includes(verb))])
const IS_DOING = new Set(DOING)
const IS_PLAIN = new Set(PLAIN_DOING)
const IS_COUNTED = new Set(COUNTED_DOING)
const IS_MODIFIER = new Set(VERB_OR_MODIFIER)
const IS_RAISING = new Set(RAISING)
const IS_THING = new Set(THINGS)
/** 低保标准提高到每人每月. */
const PER_AT_END = /(?:每(?:人|户|名|位|生|亩|年|月|周|日|天|季度|学期|学年)){1,3}$/
/** “春风行动”等招聘活动, 图书馆、文化馆等场馆: the kind behind the examples is what is counted. */
const EXAMPLES = /^[^等]*[”》、][^等]*(?<![平高初中同])等(?![级次离])(?=..)/

/** All that may stand in front as one pattern: most words have nothing of it, and are asked once instead of three times. */
const MAY_LEAD = new RegExp([PREPOSITION, TIME, LEADING_CHARACTER].map(({ source }) => source).join('|'))
const CUT_FIRST: ReadonlySet<string> = new Set('、的，')

/** Same length, but nothing within quotes is found. */
export function maskQuotes(words: string): string {
  if (!words.includes('“') && !words.includes('《')) return words
  return words.replace(/“[^“”]*”|《[^《》]*》/g, (quote) => '＂'.repeat(quote.length))
}

/** 就业率力争达到 → 就业率. */
export function cutTrailing(words: string): string {
  const cutPer = (phrase: string) => (words.includes('每') ? phrase.replace(PER_AT_END, '') : phrase)
  let noun = cutPer(words)
  while (!NOT_TRAILING.test(noun)) {
    const word = wordAtEnd(ENDS, noun)
    if (word === undefined) break
    noun = cutPer(noun.slice(0, -word.length))
  }
  return noun
}

/** The first verb of doing in a phrase, for the words cut off its end. */
export function firstVerb(words: string): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const verb = wordAt(VERB_STARTS, words, at)
    if (verb !== undefined) return verb
  }
  return undefined
}

/** The last verb of doing with a noun behind it. */
export function lastDoing(noun: string): Doing | undefined {
  let last: Doing | undefined
  const masked = maskQuotes(noun)
  for (let at = 0; at < masked.length; at++)
    for (const verb of wordsAt(DOING_STARTS, masked, at)) {
      const rest = noun.slice(at + verb.length)
      if (rest === '' || VERB_IN_NAME.test(noun.slice(at))) continue
      if (makesNoun(verb, rest) && !(at === 0 && IS_THING.has(rest))) continue
      if (!last || at + verb.length > last.at + last.verb.length) last = { at, verb }
    }
  return last
}

/** Where the first verb of doing stands; -1 where none does. */
export function findDoing(words: string): number {
  for (let at = 0; at < words.length; at++)
    for (const verb of wordsAt(DOING_STARTS, words, at))
      if (!makesNoun(verb, words.slice(at + verb.length)) && !VERB_IN_NAME.test(words.slice(at))) return at
  return -1
}

/**
 * 永安中学新增学位 → at 新增: only behind a named place or a level, or where 为 or 在 stood before it.
 */
export function doingOfSubject(noun: string, prepositional: boolean): Doing | undefined {
  for (let at = 1; at < noun.length; at++)
    for (const verb of wordsAt(SUBJECT_STARTS, noun, at)) {
      const rest = noun.slice(at + verb.length)
      if (rest === '' || makesNoun(verb, rest)) continue
      if (prepositional || isNamedPlace(noun.slice(0, at))) return { at, verb }
    }
  return undefined
}

/** Takes times, tone and verbs off the front; where nothing remains a verb that can be counted stays. */
export function cutLeading(words: string, behindVerb = false): Front {
  let noun = words
  let action: string | undefined
  let counted = ''
  let prepositional = false
  while (noun !== '') {
    if (noun.startsWith('、')) noun = noun.slice(1)
    const verb = leadingVerb(noun, behindVerb || action !== undefined)
    if (verb !== undefined) {
      action = (action ?? '') + verb
      if (IS_COUNTED.has(verb)) counted = verb
      noun = noun.slice(verb.length)
      continue
    }
    const preposition = MAY_LEAD.test(noun) ? PREPOSITION.exec(noun)?.[0] : undefined
    if (preposition !== undefined) prepositional = true
    const front = preposition ?? leadingWords(noun)
    if (!front) break
    noun = noun.slice(front.length)
  }
  if (CUT_FIRST.has(noun.charAt(0))) noun = noun.replace(/^[、的，]+/, '')
  if (noun.includes('等')) noun = noun.replace(EXAMPLES, '')
  const doing = noun === '' && counted !== ''
  if (doing && action?.endsWith(counted)) action = action.slice(0, -counted.length) || undefined
  return { noun: doing ? counted : noun, prepositional, doing, ...(action !== undefined && { action }) }
}

function leadingVerb(words: string, again: boolean): string | undefined {
  const verb = wordAt(VERB_STARTS, words, 0)
  if (verb === undefined || isName(words, verb)) return undefined
  if (LEVEL_NAME.test(words) && !IS_DOING.has(verb) && !IS_RAISING.has(verb)) return undefined
  return again && words !== verb && IS_MODIFIER.has(verb) ? undefined : verb
}

/** Times with the 、 between them, tone, and manner before a verb. */
function leadingWords(words: string): string | undefined {
  const mayLead = MAY_LEAD.test(words)
  const time = mayLead ? TIME.exec(words)?.[0] : undefined
  if (time) return words.charAt(time.length) === '、' ? `${time}、` : time
  const front = wordAt(LEADING_STARTS, words, 0) ?? (mayLead ? LEADING_CHARACTER.exec(words)?.[0] : undefined)
  if (front !== undefined) return front
  const manner = wordAt(MANNER_STARTS, words, 0)
  return manner !== undefined && leadingVerb(words.slice(manner.length), false) !== undefined ? manner : undefined
}

/** With these behind it the verb is part of a noun: 新增就业, 建设用地, 培训机构; but 引进人才 are 人才. */
function isName(noun: string, verb: string): boolean {
  const rest = noun.slice(verb.length)
  if (verb === '新增') return rest.startsWith('就业')
  if (VERB_IN_NAME.test(noun) || /^\p{L}$/u.test(rest)) return true
  return makesNoun(verb, rest) && !(IS_DOING.has(verb) && IS_THING.has(rest))
}

function makesNoun(verb: string, rest: string): boolean {
  return IS_PLAIN.has(verb) ? /^[率额量]/.test(rest) : MAKES_NOUN.test(rest)
}
