/**
 * Figures that do not reach the target: whether that is a shortfall, or whether the milestones owe the rest
 * in other words.
 */
import { clauseKey, clauseKeyOf, type Mention } from './match.ts'
import { DOUBTFUL, evidenceOf, isFinal, type Judged, type Outcome, PLAIN, READ_INTO } from './outcome.ts'
import { sumOf } from './readings.ts'
import { sharesReachAll } from './share.ts'
import { stageOf } from './stage.ts'
import { type Clause, saysAftermath, saysAll, saysRemainder, saysRest } from './work.ts'

/** `mentions`: at least one, in order of time. */
export function judgeShortfall(task: Judged, mentions: readonly Mention[]): Outcome {
  const sum = sumOf(mentions)
  const found = { evidence: evidenceOf(mentions), terms: [...mentions], ...(sum && { reached: sum }) }
  const owed = sharesReachAll(task) ? 'surely' : restOwed(task, mentions)
  if (owed === 'surely') return { ...found, verdict: 'covered-by-share', confidence: READ_INTO }
  if (owed === 'perhaps') return { ...found, verdict: 'falls-short', confidence: DOUBTFUL, asks: true }
  // Figures of single things where the target speaks of all of them.
  if (task.target.object === undefined && mentions.every(({ quantity }) => quantity.object !== undefined)) {
    return { ...found, verdict: 'scope-differs', confidence: DOUBTFUL }
  }
  return { ...found, verdict: 'falls-short', confidence: isPlain(task, mentions) ? PLAIN : DOUBTFUL }
}

/**
 * Whether words without a figure, in or after the last milestone that has one, owe the rest. surely: 完成剩余任务, or
 * all is done in a later milestone (全部完工), or a single figure or one of the year so far is followed by an end.
 * perhaps: beside that last figure all is said to be done. 完成验收 and 投入使用 end increments that fall short as they are.
 */
function restOwed(
  { work, matches, alone, closed }: Judged,
  mentions: readonly Mention[],
): 'surely' | 'perhaps' | undefined {
  const last = Math.max(...mentions.map(({ place }) => place))
  const figures = new Set([...matches.same, ...matches.near, ...matches.loose].map(clauseKeyOf))
  const plain = (clause: Clause) => clause.place >= last && !figures.has(clauseKey(clause)) && !hasFigure(clause.text)
  // 完成年度任务 is said of the whole row: where the others are done by then, it promises nothing.
  const closing = (text: string) => saysRest(text) || (!closed && saysRemainder(text) && !isOnlyAftermath(text))
  const owing = [
    ...work.named.filter((clause) => plain(clause) && saysRemainder(clause.text)),
    ...[...work.unnamed, ...(alone ? work.strange : [])].filter((clause) => plain(clause) && closing(clause.text)),
  ]
  const soFar = mentions.length === 1 || mentions.at(-1)?.quantity.role === 'cumulative'
  const surely = owing.some(({ place, text }) => saysRest(text) || (place > last && (soFar || saysAll(text))))
  if (surely) return 'surely'
  return owing.some(({ text }) => saysAll(text)) ? 'perhaps' : undefined
}

/** 通水验收, 投入运营: what follows the work, not the rest of it. */
function isOnlyAftermath(text: string): boolean {
  return saysAftermath(text) && !/完成|完工|竣工|建成|全部|全面|任务/u.test(text)
}

/** A plan or a summing-up does nothing of the work itself; a figure of its own is that of another thing. */
function isAside(text: string): boolean {
  return stageOf(text) === 'prepared' || saysAftermath(text) || hasFigure(text)
}

/** Beside dates and shares. */
function hasFigure(text: string): boolean {
  return /\d/u.test(text.replace(/\d+(?:[年月日%％]|\.\d+[%％])/gu, ''))
}

/** No other period works on the same thing without a number, and nothing is 约, at least or still in preparation. */
function isPlain(task: Judged, mentions: readonly Mention[]): boolean {
  const work = [...task.work.named, ...(task.alone ? task.work.unnamed : [])]
  const places = new Set(mentions.map(({ place }) => place))
  const first = Math.min(...places)
  const last = mentions.at(-1)
  const isMore = ({ place, text }: Clause) => !places.has(place) && place > first && !isAside(text)
  return (
    task.target.comparator !== '≈' &&
    mentions.every(({ stage, quantity }) => stage !== 'prepared' && quantity.comparator !== '≈') &&
    (mentions.length > 1 || (last !== undefined && isFinal(last, task)) || !task.work.unnamed.some(isMore)) &&
    work.every(({ place, text }) => places.has(place) || place < first || isAside(text))
  )
}
