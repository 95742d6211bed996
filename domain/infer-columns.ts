/**
 * Tells what the columns of a table mean that was never seen before, from its headers alone: the
 * headers that counties commonly use, and runs of columns that name periods.
 */
import { CARRIER_HEADER } from './carrier.ts'
import { nameByPeriod, saysDone } from './header-periods.ts'
import { foldHeader, foldHeaderLoosely } from './header-text.ts'
import type { HeaderColumn } from './header-window.ts'
import { parsePeriodLabel } from './period-label.ts'
import type { PlanColumnKey } from './plan.ts'
import { STANDARD_HEADERS } from './plan.ts'

type SingleKey = Exclude<PlanColumnKey, 'milestones'>

/** `assumed`: columns whose meaning was concluded from what else is there, for a person to confirm. */
export type ColumnReading = {
  single: Partial<Record<SingleKey, HeaderColumn>>
  milestones: HeaderColumn[]
  /** The header above the milestones; absent where there is none. */
  group?: string
  carrier?: HeaderColumn
  extra: HeaderColumn[]
  assumed: { key: SingleKey; header: HeaderColumn }[]
}

/** Wordings beyond STANDARD_HEADERS, compared without blanks, years and remarks in brackets. */
const WORDINGS: Record<SingleKey, RegExp> = {
  number: /^(顺序号|项次|no\.?|(项目|任务|事项|实事)(编号|序号))$/,
  leadUnits:
    /^(牵头|主体责任|责任|主责|主办|承办|实施|落实|主管)([及和与、]|或)?(责任|负责|实施|配合|协办)?(单位|部门)|^(牵头|主办|主责)$/,
  supportingUnits: /^(责任)?(配合|协办|协同|协作|协助|参与|参加)([及和与、])?(责任|实施)?(单位|部门)|^(配合|协办)$/,
  target: /目标|(建设|主要|工作|项目|实施)内容|建设规模|建设任务|(任务|工作)(要求|标准)|^内容$/,
  task: /(任务|项目|事项|实事|工程)(名称|内容)?$/,
}
/** What stands beside a task table but is none of its columns. */
const NEVER = /领导|责任人|负责人|联系|电话|时限|时间|日期|备注|资金|投资|来源|情况|进展|类别|类型|依据|佐证|得分|分值/
/** Headers of a statistic. */
const COUNTED = /数量?$|统计|其中|金额|占比|单位|部门/
/** 责任单位及责任人 names units all the same; 责任单位联系人 does not. */
const UNITS_AND_MORE = /(单位|部门)[及和与、/]/
/** Told from 工作进度, which may be what was done. */
const PLANNED = /目标|安排|计划|时序|序时/
/** A second header of the tasks that says what shall be reached. */
const TARGET_LIKE = /目标|任务|内容/
const STAGE = /^第[一二三四五六]阶段/
const WORDING_RANK = 100
/** 预期目标 says what shall be reached more surely than 建设内容, which stands behind it among the usual headers. */
const AIM_RANK = STANDARD_HEADERS.target.findIndex((header) => !/目标|任务/.test(header)) - 0.5
/** 目标任务 names the tasks only where nothing else does; beside 项目名称 it is the target. */
const WEAK_TASK = /^(目标任务|工作任务|任务内容|主要任务|任务|事项|具体.*)$/
const WEAK_RANK = 200
/** A hidden column counts only for what no visible one says. */
const HIDDEN_RANK = 1000

/** True for a text that may be a header of such a table. */
export function isLikelyHeader(text: string): boolean {
  if (text.length > 60) return false
  return parsePeriodLabel(text) !== undefined || STAGE.test(foldHeader(text)) || isSingle(text)
}

/** Tables are known by their tasks and at least one more column; 0 for anything else. */
export function scoreColumns(headers: HeaderColumn[]): number {
  const { single, milestones, group } = readColumns(headers)
  const columns = Object.keys(single).length + milestones.length
  if (!single.task || columns < 2) return 0
  return columns * 2 + (group === undefined ? 0 : 1)
}

/** Reads the headers of one window, in sheet order. */
export function readColumns(written: HeaderColumn[]): ColumnReading {
  const headers = nameByPeriod(written)
  const visible = headers.filter(({ hidden }) => !hidden)
  const carrier = headers.find((header) => foldHeader(header.text) === CARRIER_HEADER)
  const shown = findMilestones(visible)
  const { milestones, group } = shown.milestones.length > 0 ? shown : findMilestones(headers)
  const taken = new Set<HeaderColumn>(milestones)
  if (carrier) taken.add(carrier)
  const single: ColumnReading['single'] = {}
  const assumed: ColumnReading['assumed'] = []
  const take = (key: SingleKey, header: HeaderColumn | undefined): void => {
    if (!header) return
    single[key] = header
    taken.add(header)
  }
  for (const key of ['number', 'supportingUnits', 'leadUnits', 'task', 'target'] as const)
    take(key, bestOf(key, headers, taken))
  const assume = (key: SingleKey, header: HeaderColumn | undefined): void => {
    if (single[key] || !header) return
    take(key, header)
    assumed.push({ key, header })
  }
  const open = () => headers.filter((header) => !taken.has(header))
  // A county's own word for its tasks, where the rest leaves no doubt what table this is.
  const first = visible.find(
    (header) =>
      header.column > (single.number?.column ?? Number.POSITIVE_INFINITY) &&
      (header === single.target || (!taken.has(header) && isPlainHeader(header.text))),
  )
  if (!single.task && (single.target || milestones.length > 0) && first) {
    if (first === single.target) delete single.target
    assume('task', first)
    if (!single.target) take('target', bestOf('target', headers, taken))
  }
  // 牵头单位 beside 责任单位: the second carries the work out under the first. 职责分工 beside them says who does what.
  const namesUnits = ({ hidden, text }: HeaderColumn) => !hidden && rankOf('leadUnits', text) !== undefined
  assume(
    'supportingUnits',
    open().find((header) => namesUnits(header) && !foldHeaderLoosely(header.text).endsWith('分工')),
  )
  assume(
    'target',
    open().find(({ hidden, text }) => !hidden && rankOf('task', text) !== undefined && TARGET_LIKE.test(text)),
  )
  return { single, milestones, ...(group !== undefined && { group }), carrier, extra: open(), assumed }
}

function isPlainHeader(text: string): boolean {
  const loose = foldHeaderLoosely(text)
  const isOther = NEVER.test(loose) || COUNTED.test(loose) || saysDone(text)
  return loose.length <= 20 && !isOther && parsePeriodLabel(text) === undefined
}

/** The header that fits best, the leftmost of equals. */
function bestOf(key: SingleKey, headers: HeaderColumn[], taken: ReadonlySet<HeaderColumn>): HeaderColumn | undefined {
  let best: { header: HeaderColumn; rank: number } | undefined
  for (const header of headers) {
    const own = taken.has(header) ? undefined : rankOf(key, header.text)
    const rank = own !== undefined && header.hidden ? own + HIDDEN_RANK : own
    if (rank !== undefined && rank < (best?.rank ?? Number.POSITIVE_INFINITY)) best = { header, rank }
  }
  return best?.header
}

/** Lower is surer; undefined where the text is no such header. */
function rankOf(key: SingleKey, text: string): number | undefined {
  const loose = foldHeaderLoosely(text)
  const rank = STANDARD_HEADERS[key].indexOf(loose)
  const weak = key === 'task' && WEAK_TASK.test(loose) ? WEAK_RANK : 0
  // 牵头部门 beside 责任单位 leads, however the two are written.
  if (key === 'leadUnits' && loose.startsWith('牵头') && isUnits(key, loose)) return 0
  if (rank >= 0) return weak + rank
  if (STANDARD_HEADERS.milestones.includes(loose) || loose.length > 20) return undefined
  if (key === 'leadUnits' || key === 'supportingUnits') return isUnits(key, loose) ? WORDING_RANK : undefined
  if (!WORDINGS[key].test(loose) || NEVER.test(loose)) return undefined
  return key === 'target' && loose.includes('目标') ? AIM_RANK : weak + WORDING_RANK
}

function isUnits(key: 'leadUnits' | 'supportingUnits', loose: string): boolean {
  return WORDINGS[key].test(loose) && (!NEVER.test(loose) || UNITS_AND_MORE.test(loose))
}

/** The run of period columns that states what is due: under a known group if there is one, else the longest of two or more. */
function findMilestones(headers: HeaderColumn[]): { milestones: HeaderColumn[]; group?: string } {
  const runs: { group?: string; known: boolean; columns: HeaderColumn[] }[] = []
  for (const [i, header] of headers.entries()) {
    const group = groupOf(header, headers)
    if (!parsePeriodLabel(header.text) || saysDone(header.text) || saysDone(group ?? '')) continue
    const run = runs.at(-1)
    const between = headers.slice(headers.indexOf(run?.columns.at(-1) ?? header) + 1, i)
    // 一季度目标, 一季度完成情况, 二季度目标: what was done stands between.
    const follows = between.every(({ text }) => saysDone(text))
    if (run && run.group === group && follows) run.columns.push(header)
    else runs.push({ group, known: isKnownGroup(group), columns: [header] })
  }
  const [best] = runs
    .filter((run) => run.known || run.columns.length >= 2)
    .sort((a, b) => Number(b.known) - Number(a.known) || b.columns.length - a.columns.length)
  if (best) return { milestones: withoutTotal(best.columns), group: best.group }
  // Stages without dates: 第一阶段, 第二阶段 under a known group.
  const grouped = headers.filter((header) => isKnownGroup(groupOf(header, headers)))
  const numbered = headers.filter(({ text }) => STAGE.test(foldHeader(text)))
  const stages = grouped.length > 0 || numbered.length < 2 ? grouped : numbered
  if (stages.length > 0)
    return { milestones: stages.filter((header) => !isSingle(header.text)), group: stages[0]?.groups.at(-1) }
  // All stages of a task in one cell: one checkpoint, the whole year, until the county divides it.
  const undivided = headers.filter(({ text }) => isKnownGroup(text) && PLANNED.test(text))
  return undivided.length === 1 ? { milestones: undivided, group: undivided[0]!.text } : { milestones: [] }
}

/** 全年 behind 四季度 or 12月 is the target of the whole year, not a period more; behind 上半年 it is one. */
function withoutTotal(columns: HeaderColumn[]): HeaderColumn[] {
  const isYear = ({ text }: HeaderColumn) => /^(20\d{2}年)?(全年|年度)/.test(foldHeader(text))
  const reachesEnd = columns.some((column) => !isYear(column) && parsePeriodLabel(column.text)?.toMonth === 12)
  return reachesEnd ? columns.filter((column) => !isYear(column)) : columns
}

/** The header right above, unless it stands over the whole table: that is a title. */
function groupOf(header: HeaderColumn, headers: HeaderColumn[]): string | undefined {
  // 一季度 above its months groups nothing but time.
  const group = header.groups.filter((text) => parsePeriodLabel(text) === undefined).at(-1)
  return group === undefined || headers.every((other) => other.groups.includes(group)) ? undefined : group
}

function isKnownGroup(group: string | undefined): boolean {
  return group !== undefined && STANDARD_HEADERS.milestones.includes(foldHeaderLoosely(group))
}

function isSingle(text: string): boolean {
  return (Object.keys(WORDINGS) as SingleKey[]).some((key) => rankOf(key, text) !== undefined)
}
