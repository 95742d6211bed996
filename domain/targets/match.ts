/**
 * Which figures of the milestones speak of which target of the same row.
 */

import { mayBeOneThing, sameMetric, sameThing, sameUnit, standsWithin } from '../quantity/same-metric.ts'
import { areDifferentDoings, areOpposed } from '../quantity/same-metric-words.ts'
import type { Quantity } from '../quantity.ts'
import { amountsEqual, readAmount } from './amount.ts'
import { isMarkCarried } from './carried.ts'
import { type Stage, stageOf } from './stage.ts'
import type { Clause, Topic, WorkingMilestone } from './work.ts'

/**
 * A figure of a milestone. `place`: of its milestone among those that say something, in order of time.
 * `clause`: the words around it, at most up to the ends of its clause, which begins at `clauseStart`.
 */
export type Mention = {
  quantity: Quantity
  milestone: WorkingMilestone
  place: number
  clause: string
  clauseStart: number
  stage: Stage
  /** The words between the figures around it. */
  words: string
  /** It is the year so far only by a 累计 that is said of a figure before it; see `isUnmarked`. */
  carried: boolean
}

/**
 * `same`: of the thing promised, in the same dimension. `near`: perhaps. `loose`: only the unit, which no other
 * target has, or the words speak for it, or it rather describes; they count where they complete a sum, never
 * against it. `scoped`: of something like it (another level, object or kind). `incomparable`: of the same thing
 * in another unit. All in reading order.
 */
export type Matches = Record<'same' | 'near' | 'loose' | 'scoped' | 'incomparable', Mention[]>

/** Words further away than this say nothing of a figure. */
const AROUND = 60

/** Every figure of the milestones, in order of time. */
export function readMentions(milestones: readonly WorkingMilestone[]): Mention[] {
  return milestones.flatMap((milestone, place) => {
    let at = 0
    return milestone.quantities.map((quantity, nth) => {
      while ((milestone.clauses[at]?.end ?? Number.POSITIVE_INFINITY) <= quantity.start) at++
      const { start, end } = milestone.clauses[at] ?? { start: 0, end: milestone.text.length }
      const from = Math.max(start, quantity.start - AROUND)
      const clause = milestone.text.slice(from, Math.min(end, quantity.end + AROUND))
      const stage = stageOf(partAt(clause, quantity.start - from))
      const words = milestone.text.slice(
        Math.max(from, milestone.quantities[nth - 1]?.end ?? 0),
        Math.min(quantity.end + AROUND, end, milestone.quantities[nth + 1]?.start ?? end),
      )
      const carried = isMarkCarried(milestone.text, milestone.quantities[nth - 1], quantity)
      return { quantity, milestone, place, clause, clauseStart: start, stage, words, carried }
    })
  })
}

/** The part of a list in which a figure stands: 完工3个 in 开工2个、完工3个. */
function partAt(clause: string, at: number): string {
  const end = clause.indexOf('、', at)
  return clause.slice(clause.lastIndexOf('、', at - 1) + 1, end < 0 ? clause.length : end)
}

/** 完成工程量的30%: of the work, not of what is counted. */
export function isShare({ quantity: { role } }: Mention): boolean {
  return role === 'share'
}

/** A name for the clause of a mention, the same as for the clause itself (`clauseKey`). */
export function clauseKeyOf({ place, clauseStart }: Mention): string {
  return `${place} ${clauseStart}`
}

export function clauseKey({ place, start }: Clause): string {
  return `${place} ${start}`
}

type Relation = 'equal' | keyof Matches | 'none'
const STRENGTH: Record<Relation, number> = { equal: 5, same: 4, near: 3, loose: 2, scoped: 1, incomparable: 1, none: 0 }

/** For each target the mentions that speak of it; one that speaks of several goes to those it fits best. */
export function matchMentions(
  targets: readonly Quantity[],
  topics: readonly Topic[],
  mentions: readonly Mention[],
): Matches[] {
  const matches: Matches[] = targets.map(() => ({ same: [], near: [], loose: [], scoped: [], incomparable: [] }))
  const known = new Map<string, Relation[]>()
  const relate = (quantity: Quantity): Relation[] => {
    const key = keyOf(quantity)
    const relations = known.get(key) ?? relationsOf(targets, topics, quantity)
    known.set(key, relations)
    return relations
  }
  const owners = ownersByUnit(targets)
  for (const mention of mentions) {
    const { quantity } = mention
    let found = relate(quantity)
    const owner = isCarried(mention) ? owners.get(quantity.normalizedUnit) : undefined
    if (owner !== undefined && owner >= 0 && STRENGTH[found[owner]!] < STRENGTH.loose) {
      found = found.map((_, at) => (at === owner ? 'near' : 'none'))
    }
    if (found.every((relation) => STRENGTH[relation] < STRENGTH.loose) && isVerbOnly(mention)) {
      found = relate({ ...quantity, metric: '' }).map((relation, at) =>
        areDifferentDoings(quantity.action ?? '', targets[at]!.action ?? '') ? 'none' : relation,
      )
    }
    const relations = settleByAmount(found, targets, quantity)
    for (const [at, relation] of relations.entries()) {
      if (relation !== 'none') matches[at]![relation === 'equal' ? 'same' : relation].push(mention)
    }
  }
  return matches
}

/** Of several targets of the same thing (春季1.2万人次、秋季1.3万人次) the one with that very figure; else each is in doubt. */
function settleByAmount(relations: Relation[], targets: readonly Quantity[], quantity: Quantity): Relation[] {
  const meant = relations.flatMap((relation, at) => (STRENGTH[relation] >= STRENGTH.near ? [at] : []))
  if (meant.length < 2) return relations
  const amount = readAmount(quantity)
  const equal = meant.filter((at) => amountsEqual(readAmount(targets[at]!), amount))
  return relations.map((relation, at): Relation => {
    if (!meant.includes(at) || equal.length > 1) return relation === 'none' ? 'none' : 'near'
    if (equal.length === 1) return equal[0] === at ? relation : 'none'
    return 'near'
  })
}

/** For each unit of a target where that is; -1 where several have it. */
function ownersByUnit(targets: readonly Quantity[]): Map<string, number> {
  const owners = new Map<string, number>()
  for (const [at, { normalizedUnit, describes }] of targets.entries()) {
    if (describes === undefined) owners.set(normalizedUnit, owners.has(normalizedUnit) ? -1 : at)
  }
  return owners
}

/** 1000盏 of 20个村，1000盏: its noun is that of a figure before it, and its unit may say more. */
function isCarried({ quantity: { metric, normalizedUnit }, words }: Mention): boolean {
  return metric !== '' && !words.includes(metric) && !SHARED_UNIT.test(normalizedUnit)
}

/** Units of anything. */
const SHARED_UNIT = /^(?:元|%|‰|个|项|次|人|名|件|)$/u

/** 改造提升15家 behind 完成食品抽检300批次: the noun is that of the clause before, and need not be meant. */
function isVerbOnly({ quantity: { metric, action, start }, clause, clauseStart, milestone }: Mention): boolean {
  if (metric === '' || action === undefined || clause.includes(metric)) return false
  return milestone.text.slice(clauseStart, start).endsWith(action)
}

/** All that `relationOf` looks at. */
function keyOf({ metric, action, object, role, describes, normalizedUnit, unit }: Quantity): string {
  return JSON.stringify([metric, action, object, role, describes, normalizedUnit, /[）)]$/u.test(unit) ? unit : ''])
}

/** How a figure stands to each target: only the best relations are kept, and doubt is settled where one target alone can be meant. */
function relationsOf(targets: readonly Quantity[], topics: readonly Topic[], quantity: Quantity): Relation[] {
  if (isDescription(quantity)) {
    return targets.map((target) => (isUsable(quantity) && relationOf(target, quantity) !== 'none' ? 'loose' : 'none'))
  }
  const relations = targets.map(
    (target): Relation =>
      target.describes === undefined && !speaksOfOther(quantity, target, targets)
        ? relationOf(target, quantity)
        : 'none',
  )
  const strengths = relations.map((relation, at) => strengthOf(relation, targets[at]!, quantity))
  const best = Math.max(...strengths)
  const kept = relations.map((relation, at): Relation => (strengths[at] === best ? relation : 'none'))
  const meant = kept.filter((relation) => relation !== 'none').length
  const fitting = targets.filter(
    (target) =>
      target.describes === undefined && sameUnit(target, quantity) === 'same' && mayBeOneThing(target, quantity),
  )
  const short = [...targets.keys()].filter(
    (at) => fitting.includes(targets[at]!) && isShortFor(quantity, targets[at]!, topics[at]!),
  )
  return kept.map((relation, at) => {
    const [target, topic] = [targets[at]!, topics[at]!]
    if (relation === 'near' && meant === 1 && isShortFor(quantity, target, topic)) return 'same'
    if (relation !== 'none' || meant > 0 || isRatio(quantity)) return relation
    if (!fitting.includes(target)) return isDoseFor(quantity, target, topic) ? 'incomparable' : relation
    if (areOpposed(target.metric, quantity.metric)) return relation
    if (isTotalOf(quantity, target, topic)) return 'same'
    if (fitting.length === 1) return isShortFor(quantity, target, topic) ? 'near' : 'loose'
    if (short.length === 1 && short[0] === at) return 'near'
    return hasLetterOf(quantity, target) ? 'scoped' : relation
  })
}

/** 开展2次 beside 抽检80批次 and 活动2次: without a noun a figure goes with its very unit. */
function speaksOfOther({ metric, normalizedUnit }: Quantity, target: Quantity, targets: readonly Quantity[]): boolean {
  if (metric !== '' || target.normalizedUnit === normalizedUnit) return false
  return targets.some((other) => other.normalizedUnit === normalizedUnit)
}

/** 支出总额 behind 从严控制节庆展会支出 is the total of 节庆展会支出. */
function isTotalOf({ metric }: Quantity, target: Quantity, { around }: Topic): boolean {
  const [, what = ''] = /^(..+)总[额量数]$/u.exec(target.metric) ?? []
  return what !== '' && metric.endsWith(what) && around.includes(metric)
}

/** 接种1500剂次 for 1500名 or for so many of something else: vaccines go by doses, people are promised. */
function isDoseFor({ normalizedUnit }: Quantity, target: Quantity, { around }: Topic): boolean {
  return DOSES.test(normalizedUnit) && PEOPLE.test(target.normalizedUnit) && /接种|疫苗/u.test(target.metric + around)
}

const DOSES = /^(?:剂|剂次|针|针次|支|份)$/u
const PEOPLE = /^(?:人|名|位|人次)$/u

/** 村卫 for 卫生室: a name so short that it may be a short form, and a character of the promised one. */
function hasLetterOf({ metric }: Quantity, { metric: promised }: Quantity): boolean {
  return metric.length <= SHORT_NAME && [...metric].some((char) => !OF_DOING.has(char) && promised.includes(char))
}

/** Characters of what is done, which say nothing of the thing. */
const OF_DOING: ReadonlySet<string> = new Set('改造建设新增完成工程项目')

const SHORT_NAME = 4

/** 完成30套, with nothing said of what, or in fewer of the same words: 签约 for 老年人家庭医生签约. */
function isShortFor(quantity: Quantity, target: Quantity, { around }: Topic): boolean {
  return (
    sameUnit(target, quantity) === 'same' && [target.metric, around].some((long) => standsWithin(quantity.metric, long))
  )
}

/** 93栋 goes to the target of 栋 before one of the same thing in 个, 拆除8000平方米 to what is to be 拆除. */
function strengthOf(relation: Relation, target: Quantity, quantity: Quantity): number {
  if (relation === 'none') return STRENGTH.none
  const sameAction = quantity.action !== undefined && quantity.action === target.action
  return STRENGTH[relation] + (target.normalizedUnit === quantity.normalizedUnit ? 0.5 : 0) + (sameAction ? 0.25 : 0)
}

function relationOf(target: Quantity, quantity: Quantity): Relation {
  if (sameUnit(target, quantity) === 'other') {
    const named = !isRatio(target) && !isRatio(quantity) && !differentObjects(target, quantity)
    return named && sameThing(target.metric, quantity.metric) !== 'other' ? 'incomparable' : 'none'
  }
  // Nothing is said of what is promised, or it is so many for each.
  if (isVerbAlone(target, quantity)) return 'same'
  const unlike = target.metric === '' || isPerEach(target) !== isPerEach(quantity)
  if (unlike) return sameUnit(target, quantity) === 'same' ? 'loose' : 'none'
  const relation = sameMetric(target, quantity)
  if (relation === 'other') return sharesHead(target.metric, quantity.metric) ? 'scoped' : 'none'
  if (differentObjects(target, quantity)) return 'scoped'
  return relation === 'same' && target.metric === quantity.metric ? 'equal' : relation
}

/** 培训护理员、育婴员等800人次: the verb is all that names it, there as in 培训200人次. */
function isVerbAlone({ metric, action }: Quantity, quantity: Quantity): boolean {
  return metric === '' && action !== undefined && (quantity.metric || quantity.action) === action
}

/** 每千人托位数, 人均体育场地面积: a number for each is no number of all. */
export function isPerEach({ metric, normalizedUnit }: Quantity): boolean {
  return normalizedUnit !== '%' && /人均|户均|亩均|生均|每(?!天|日|周|月|季|年)/u.test(metric)
}

function isDescription({ describes }: Quantity): boolean {
  return describes !== undefined
}

/** A size or an amount may be what was promised after all; a part or a baseline never is. */
function isUsable({ describes }: Quantity): boolean {
  return describes === 'size' || describes === 'amount' || describes === 'effect' || describes === 'frequency'
}

function differentObjects(a: Quantity, b: Quantity): boolean {
  return a.object !== undefined && b.object !== undefined && a.object !== b.object
}

function isRatio({ normalizedUnit }: Quantity): boolean {
  return normalizedUnit === '%' || normalizedUnit === '‰'
}

/** Ends of noun phrases that say nothing of what is counted. */
const COMMON_END =
  /(?:项目|工程|设施|服务|活动|工作|人员|建设|改造|培训|贷款|投资|资金|率|占比|比例|增速|面积|数量|任务)$/u

/** Whether two metrics end in the same two characters: 市级特色专科, 县级重点专科. */
function sharesHead(a: string, b: string): boolean {
  return a.length >= 2 && a.slice(-2) === b.slice(-2) && !COMMON_END.test(a)
}
