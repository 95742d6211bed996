/**
 * What each figure counts: the words of its own clause, else those of the head of its list
 * (老旧小区7个，1608户，93栋).
 */
import type { Figure } from '../quantity.ts'
import { type Clause, splitClauses } from './clauses.ts'
import { ownNoun } from './metric-own.ts'
import { cleanWords, nounBefore, nounBehind, type Phrase } from './metric-phrase.ts'
import { nameRates, nameThroughSizes, shareAmong } from './metric-share.ts'
import { CHANGE, LENGTH, MEASURE, PER, STAGE } from './metric-words.ts'
import { namedSubject, namedThing, placeIn } from './object.ts'
import type { Reading } from './reading.ts'

/** Behind these the number is no more about the thing named before. */
const WHOLE_AREA = /^(?:全[县市区镇乡州旗省]|县域|城区|城镇|农村)/
/** What begins with these is of all periods together. */
const OF_ALL = /^(?:全年|年内|年度|本年|今年|一?共|总共|合计|共计|总计|累计)/
/** 清洁取暖率达到85%，新增2万户: a rate has no number of households. */
const RATE_NAME = /(?:率|占比|比例|比重)$/
const RATE_UNIT = /^(?:%|‰|百分点|倍|)$/
/** 抽检食品2200批次、药品180批次: the verb of the first is that of the second. */
const IN_LIST = /^\s*[、和及与]/
const JOINT = /、|和(?!美|谐|平|睦)|(?<!以)及(?!时|格)|与(?!会)|以及|并(?!网|轨|联)/g

/** So many clauses without figures are looked at for what the next figure may count. */
const LOOK_BACK = 4

/** One reading for each figure, in their order. */
export function readFigures(text: string, figures: readonly Figure[]): Reading[] {
  if (figures.length === 0) return []
  const readings: Reading[] = []
  let head: Head = noHead
  let paragraph = 0
  let last: Clause | undefined
  let plain: Clause[] = []
  for (const clause of splitClauses(text, figures)) {
    if (clause.sentence !== last?.sentence && !isSemicolon(text.charAt(clause.start - 1))) paragraph = clause.start
    last = clause
    if (clause.figures.length === 0) {
      plain.push(clause)
      if (plain.length > 2 * LOOK_BACK) plain = plain.slice(-LOOK_BACK)
      continue
    }
    for (const earlier of plain.slice(-LOOK_BACK)) head = headAfter(text, earlier, inSentence(head, earlier))
    plain = []
    head = inSentence(head, clause)
    const read = readClause(text, clause, head, text.slice(Math.max(paragraph, clause.start - 200), clause.start))
    shareAmong(read)
    readings.push(...read)
    if (!clause.bracketed) head = headBehind(read, head)
  }
  nameRates(readings)
  nameThroughSizes(readings)
  return readings
}

function isSemicolon(char: string): boolean {
  return char === '；' || char === ';'
}

/**
 * What a bare number in the next clause counts, and the named thing that the sentence is about. promised: the
 * noun was counted before. before: the noun of the sentence before, for lengths alone.
 */
type Head = { noun: string; action?: string; promised: boolean; before: string; object?: string; sentence: number }
const noHead: Head = { noun: '', promised: false, before: '', sentence: 0 }

/** A new sentence starts afresh. */
function inSentence(head: Head, { sentence }: Clause): Head {
  return head.sentence === sentence ? head : { ...noHead, before: head.noun, sentence }
}

function headBehind(read: readonly Reading[], head: Head): Head {
  const last = read.filter(({ metric, carried }) => metric !== '' && !carried).at(-1)
  if (!last) return head
  const { sentence } = head
  return {
    noun: thingOf(last.metric),
    promised: true,
    before: '',
    sentence,
    ...actionOf(last),
    ...objectOf(read.at(-1)?.object),
  }
}

/** Behind a clause without figures. */
function headAfter(text: string, clause: Clause, head: Head): Head {
  const words = cleanWords(clause.lead + text.slice(clause.start, clause.end))
  const phrase = nounBefore(words)
  const topic = objectOf(topicOf(words, phrase, head.object))
  const { noun, action } = phrase
  if (noun.length < 2 || head.promised) return { ...head, ...topic }
  return { noun, promised: false, before: head.before, sentence: head.sentence, ...actionOf({ action }), ...topic }
}

/** The named thing of a clause without figures: 三江初中迁建工程 of 三江初中迁建工程建成. A list of names is none. */
function topicOf(words: string, whole: Phrase, current: string | undefined): string | undefined {
  if (words.includes('、')) return undefined
  for (const part of words.split(/并(?!网|轨)/)) {
    const { noun, subject } = part === words ? whole : nounBefore(part)
    const named = namedThing(noun) ?? namedSubject(subject)
    if (named !== undefined) return named
  }
  return current
}

function actionOf({ action }: { action?: string | undefined }): { action?: string } {
  return action === undefined ? {} : { action }
}

function objectOf(object: string | undefined): { object?: string } {
  return object === undefined ? {} : { object }
}

/** 消防通道总长 → 消防通道, so that the next length is not named after this one. */
function thingOf(metric: string): string {
  return metric.replace(/(?:总长度?|全长|长度|总里程|路宽|宽度?)$/, '') || metric
}

function readClause(text: string, clause: Clause, head: Head, sentence: string): Reading[] {
  const read: Reading[] = []
  let carry = head
  let taken = ''
  for (const [nth, figure] of clause.figures.entries()) {
    const previous = clause.figures[nth - 1]
    const next = clause.figures[nth + 1]
    const words = (previous ? '' : clause.lead) + text.slice(previous?.to ?? clause.start, figure.from)
    const behind = text.slice(figure.to, next?.from ?? clause.end)
    const gap = cleanWords(previous ? ofThis(words) : words)
    const before = gap === taken ? '' : gap
    const phrase = nounBefore(before)
    const following = nounBehind(next ? ofPrevious(behind) : behind, phrase.serving)
    const said = ownNoun(phrase, figure, { before, behind, following })
    // 分两批: no noun.
    const own = said === '分' ? '' : said
    const whole = WHOLE_AREA.test(before)
    const noun = own === '' ? carriedNoun(carry, phrase, nth > 0) : ''
    const known = RATE_NAME.test(noun) && !RATE_UNIT.test(figure.normalizedUnit) ? '' : noun
    // 每个乡镇1个，全县20个 and 每月2次，全年24次: for each no more.
    const carried = whole || OF_ALL.test(before) ? known.replace(PER, '') : known
    const counts = MEASURE.test(own) || CHANGE.test(own) ? measuredNoun(own, carry) : own || carried
    const action = phrase.action ?? (own === '' || (nth > 0 && IN_LIST.test(words)) ? carry.action : undefined)
    taken = own === following ? following : ''
    const named = namedSubject(own === phrase.noun ? phrase.subject : phrase.noun) ?? placeIn(own)
    const object = named ?? (whole ? undefined : carry.object)
    read.push({
      figure,
      clause,
      before,
      behind,
      bounds: { before: text.slice(figure.from, figure.start), behind: text.slice(figure.end, figure.to) },
      sentence,
      metric: phrase.per + counts,
      carried: own === '',
      ...actionOf({ action }),
      ...objectOf(object),
    })
    const counted =
      own === ''
        ? { ...carry, ...actionOf({ action }) }
        : {
            ...noHead,
            noun: thingOf(phrase.per + counts),
            promised: true,
            sentence: head.sentence,
            ...actionOf({ action }),
          }
    carry = { ...counted, ...objectOf(object) }
  }
  return read
}

/** Of words between two figures: those behind the last joint belong to the second. */
function ofThis(words: string): string {
  const joint = lastJoint(words)
  return joint ? words.slice(joint.end) : words
}

function ofPrevious(words: string): string {
  const joint = lastJoint(words)
  return joint ? words.slice(0, joint.start) : words
}

function lastJoint(words: string): { start: number; end: number } | undefined {
  const joint = [...words.slice(-60).matchAll(JOINT)].at(-1)
  if (!joint) return undefined
  const start = Math.max(0, words.length - 60) + joint.index
  return { start, end: start + joint[0].length }
}

/** Behind an earlier figure always; behind a clause without one only where it names a thing, not a stage of work. */
function carriedNoun(head: Head, phrase: Phrase, sameClause: boolean): string {
  if (head.promised || sameClause) return head.noun
  const bare = phrase.action === undefined
  return head.noun !== '' && (bare || !STAGE.test(head.noun)) ? head.noun : ''
}

function measuredNoun(measure: string, head: Head): string {
  const thing = [head.noun, head.before].find((noun) => noun !== '' && !LENGTH.test(noun)) ?? ''
  return (LENGTH.test(measure) || CHANGE.test(measure)) && thing !== '' ? thing + measure : measure
}
