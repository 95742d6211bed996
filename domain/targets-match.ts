/**
 * Which figures of the milestones speak of which target of the same row.
 */
import type { Quantity } from './quantity.ts'
import { sameMetric, sameThing, sameUnit } from './same-metric.ts'
import { type Stage, stageOf } from './targets-stage.ts'
import type { WorkingMilestone } from './targets-work.ts'

/** A figure of a milestone. `place`: of its milestone among those that say something, in order of time. */
export type Mention = {
  quantity: Quantity
  milestone: WorkingMilestone
  place: number
  /** The clause it stands in. */
  clause: string
  stage: Stage
}

/**
 * `same`: of the thing promised, in the same dimension. `near`: perhaps. `scoped`: of something like it
 * (another level, object or kind). `incomparable`: of the same thing in another unit. All in reading order.
 */
export type Matches = { same: Mention[]; near: Mention[]; scoped: Mention[]; incomparable: Mention[] }

/** Figures that only describe are nobody's progress. */
export function readMentions(milestones: readonly WorkingMilestone[]): Mention[] {
  return milestones.flatMap((milestone, place) => {
    let at = 0
    return milestone.quantities.flatMap((quantity) => {
      while ((milestone.clauses[at]?.end ?? Number.POSITIVE_INFINITY) <= quantity.start) at++
      const clause = milestone.clauses[at]?.text ?? milestone.text
      if (quantity.describes !== undefined || quantity.role === 'share') return []
      return [{ quantity, milestone, place, clause, stage: stageOf(clause) }]
    })
  })
}

type Relation = 'equal' | 'same' | 'near' | 'scoped' | 'incomparable' | 'none'
const STRENGTH: Record<Relation, number> = { equal: 4, same: 3, near: 2, scoped: 1, incomparable: 1, none: 0 }

/** For each target the mentions that speak of it; one that speaks of several goes to those it fits best. */
export function matchMentions(targets: readonly Quantity[], mentions: readonly Mention[]): Matches[] {
  const matches: Matches[] = targets.map(() => ({ same: [], near: [], scoped: [], incomparable: [] }))
  const known = new Map<string, Relation>()
  const relate = (target: Quantity, quantity: Quantity): Relation => {
    const key = [target, quantity].map((q) => `${q.metric}\t${q.object ?? ''}\t${q.normalizedUnit}`).join('\n')
    let relation = known.get(key)
    if (relation === undefined) {
      relation = relationOf(target, quantity)
      known.set(key, relation)
    }
    return relation
  }
  for (const mention of mentions) {
    const relations = targets.map((target) =>
      mention.quantity.metric === '' ? ellipsis(targets, target, mention.quantity) : relate(target, mention.quantity),
    )
    const strengths = relations.map((relation, at) => strengthOf(relation, targets[at], mention.quantity))
    const best = Math.max(...strengths)
    for (const [at, relation] of relations.entries()) {
      if ((strengths[at] ?? 0) < best || relation === 'none') continue
      matches[at]![relation === 'equal' ? 'same' : relation].push(mention)
    }
  }
  return matches
}

/** 93栋 goes to the target of 栋 before one of the same thing in 个. */
function strengthOf(relation: Relation, target: Quantity | undefined, quantity: Quantity): number {
  return STRENGTH[relation] + (target?.normalizedUnit === quantity.normalizedUnit ? 0.5 : 0)
}

function relationOf(target: Quantity, quantity: Quantity): Relation {
  if (sameUnit(target, quantity) === 'other') {
    const named = !isRatio(target) && !isRatio(quantity) && !differentObjects(target, quantity)
    return named && sameThing(target.metric, quantity.metric) === 'same' ? 'incomparable' : 'none'
  }
  const relation = sameMetric(target, quantity)
  if (relation === 'other') return sharesHead(target.metric, quantity.metric) ? 'scoped' : 'none'
  if (differentObjects(target, quantity)) return 'scoped'
  return relation === 'same' && target.metric === quantity.metric ? 'equal' : relation
}

/** 完成30套, with nothing said of what: the only target of that unit, or perhaps each of them. */
function ellipsis(targets: readonly Quantity[], target: Quantity, quantity: Quantity): Relation {
  if (sameUnit(target, quantity) !== 'same') return 'none'
  const fitting = targets.filter((other) => other.describes === undefined && sameUnit(other, quantity) === 'same')
  return fitting.length === 1 ? 'same' : 'near'
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
