/**
 * What each figure counts: the words of its own clause, else those of the head of its list
 * (老旧小区7个，1608户，93栋).
 */
import type { Figure } from './quantity.ts'
import { type Clause, splitClauses } from './quantity-clauses.ts'
import { indexStarts, wordAt } from './quantity-metric-index.ts'
import { cleanWords, nounBefore, nounBehind, type Phrase } from './quantity-metric-phrase.ts'
import { CHANGE, DOING_OR_NOUN, LENGTH, MEASURE, STAGE } from './quantity-metric-words.ts'
import { isNamedPlace, namedSubject, namedThing, placeIn } from './quantity-object.ts'

/** A figure with the words around it. */
export type Reading = {
  figure: Figure
  clause: Clause
  /** Cleaned words between the figure before it, or the begin of its clause, and the figure. */
  before: string
  /** Words from the figure to the next one, or to the end of its clause. */
  behind: string
  /** Words that bound the figure, on both sides of it: 达到, 以上. */
  bounds: { before: string; behind: string }
  /** Words before its clause back to the last full stop, the last of them; semicolons may part them. */
  sentence: string
  metric: string
  action?: string
  object?: string
  /** Whether the metric was taken from an earlier figure or clause. */
  carried: boolean
}

/** Counters and the like: a number of these stands before its noun (5个养老服务机构) as well as behind it. */
const MEASURED = /^(?:元|平方米|米|千克|%|‰|百分点|倍|立方米|千瓦|千瓦时|小时|天|年|个月|个工作日|工作日|分钟|周|日)$/
/** Behind these the number is no more about the thing named before. */
const WHOLE_AREA = /^(?:全[县市区镇乡州旗省]|县域|城区|城镇|农村)/
/** 老城桥至东门3.4公里道路: the noun is behind. */
const STRETCH = /[^、]{2,}至[^、]{2,}$/
const VERBS = indexStarts(DOING_OR_NOUN)
const ACTIVITY_END = /(?:评定|验收|改造|建设|提升|治理|整治|审核|认定|检查|培训)$/
const AND = /[、和与及]/
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
    if (clause.sentence !== last?.sentence && !/[；;]/.test(text.charAt(clause.start - 1))) paragraph = clause.start
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
  return readings
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
  const topic = objectOf(topicOf(words, head.object))
  const { noun, action } = nounBefore(words)
  if (noun.length < 2 || head.promised) return { ...head, ...topic }
  return { noun, promised: false, before: head.before, sentence: head.sentence, ...actionOf({ action }), ...topic }
}

/** The named thing of a clause without figures: 三江初中迁建工程 of 三江初中迁建工程建成. A list of names is none. */
function topicOf(words: string, current: string | undefined): string | undefined {
  if (words.includes('、')) return undefined
  for (const part of words.split(/并(?!网|轨)/)) {
    const { noun, subject } = nounBefore(part)
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
    const own = ownNoun(phrase, figure, { before, behind, following })
    const carried = own === '' ? carriedNoun(carry, phrase, nth > 0) : ''
    const noun = MEASURE.test(own) || CHANGE.test(own) ? measuredNoun(own, carry) : own || carried
    const action = phrase.action ?? (own === '' ? carry.action : undefined)
    taken = own === following ? following : ''
    const named = namedSubject(own === phrase.noun ? phrase.subject : phrase.noun) ?? placeIn(own)
    const object = named ?? (WHOLE_AREA.test(before) ? undefined : carry.object)
    read.push({
      figure,
      clause,
      before,
      behind,
      bounds: { before: text.slice(figure.from, figure.start), behind: text.slice(figure.end, figure.to) },
      sentence,
      metric: phrase.per + noun,
      carried: own === '',
      ...actionOf({ action }),
      ...objectOf(object),
    })
    const counted =
      own === ''
        ? { ...carry, ...actionOf({ action }) }
        : {
            ...noHead,
            noun: thingOf(phrase.per + noun),
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

type Around = { before: string; behind: string; following: string }

/**
 * Of the nouns before and behind the figure the one that is counted. Behind a verb with its noun what
 * follows is the next thing said; behind a bare name or a list of names the counted kind follows.
 */
function ownNoun(phrase: Phrase, figure: Figure, { before, behind, following }: Around): string {
  const noun = /[、和及与]$/.test(before) ? '' : kindOfNames(phrase.noun, before, figure)
  if (noun === '' || following === '') return noun || following
  const qualifies = before.endsWith('的') || (/^\s*的/.test(behind) && !isActivity(following))
  const measured = MEASURED.test(figure.normalizedUnit)
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
  const names = noun.split(AND)
  if (MEASURED.test(normalizedUnit)) return noun
  if (names.length < 2) return before.endsWith('等') ? '' : noun
  if (names.length !== value && !before.endsWith('等')) return noun
  const last = names.at(-1) ?? ''
  let length = 0
  while (length < last.length - 1 && names.every((name) => name.endsWith(last.slice(-length - 1)))) length++
  if (length >= 2) return last.slice(-length)
  return before.endsWith('等') ? '' : noun
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

/** 小学、初中分别完成300、500个: as many names as figures share the figures among them. */
function shareAmong(read: readonly Reading[]): void {
  const first = read.findIndex(({ before }) => before.includes('分别'))
  const sharing = first < 0 ? [] : read.slice(first)
  if (sharing.length < 2) return
  const sides = (sharing[0]?.before ?? '').split('分别').map(nounBefore)
  const named = sides.find(({ noun }) => noun.split(AND).length === sharing.length)
  if (named === undefined) return
  const { noun, action } = named
  const list = noun.split(AND)
  const last = list.at(-1) ?? ''
  const shared = sides[0] === named ? (sides[1]?.noun ?? '') : ''
  const kind = /(?:[一-龥]{1,2}率|占比|比例|(?:片区)?改造|建设|户厕|床位|学位)$/.exec(last)?.[0] ?? ''
  for (const [nth, reading] of sharing.entries()) {
    const name = list[nth] ?? ''
    const whole = name.endsWith(kind) ? name : name + kind
    reading.metric = shared || whole
    if (shared !== '') reading.object = whole
    reading.carried = false
    if (action !== undefined) reading.action = action
  }
}

/** 卡介苗接种率99.8%、乙肝疫苗98%: the second is a rate of the same kind. */
function nameRates(readings: readonly Reading[]): void {
  let kind = ''
  let sentence = -1
  for (const reading of readings) {
    const { figure, clause, metric } = reading
    if (clause.sentence !== sentence) kind = ''
    sentence = clause.sentence
    if (figure.normalizedUnit !== '%') continue
    const own = /[一-龥]{2}率$/.exec(metric)?.[0]
    if (own !== undefined) kind = own
    else if (kind !== '' && !reading.carried && metric !== '' && !/率|占|比|增|降|幅|速|量/.test(metric))
      reading.metric += kind
  }
}
