/**
 * What a figure in a milestone says: done in this period, done so far, a share of the work, a level
 * reached, or the target of the year once more.
 */
import type { Description, Figure, QuantityRole } from '../quantity.ts'
import type { Reading } from './reading.ts'

const SHARE =
  /(?:工程量|工作量|任务量|工程进度|施工进度|建设进度|投资进度|形象进度|总进度|进度|总体任务|总任务|年度任务|目标任务|工程任务|建设任务|任务|主体工程|工程总量|总工程|总量|工程|计划|目标)(?:的|达到|达|完成|至|到|约|超|超过|的约)*$/
/** 完成主体工程的60%: a part of something done. */
const SHARE_OF = /(?:完成|建成|达到|实现)[^，。；、]*的(?:约|近)?$/
const LEVEL =
  /率|占比|比例|比重|覆盖|增速|增幅|涨幅|降幅|幅度|增长|下降|降低|提高|提升|上升|回落|减少|满意度|指数|达标|便捷度|贡献|水平|占[^地]|压减|利用度|知晓|同比|人均|户均|每[百千万]|普及|优良/
/** 完成率达到60%: of the row's own work, where nothing else is named. */
const SHARE_DONE = /^(?:总体|年度|目标|任务|计划|建设|工程)*完成率$/
/** A count that is a level: for each head, or measured, not done. */
const LEVEL_OF_COUNT = /^(?:每|千人|万人)|人均|户均|亩均|平均|率$|标准$|浓度$|时限$|均价$|水平$/
/** Spans of time that are counted: 空气质量优良天数. */
const DAYS = /天数|日数|时长|学时|课时/
/** 发放补贴资金的40%: of the money promised. */
const PAID =
  /(?:发放|拨付|兑付|支付|下达|到位)[^，。；、]{0,8}(?:资金|补贴|补助|奖补|贷款|救助金)(?:总额|总量)?的?(?:约)?$/
const WORK = /完成|建成|改造|施工|形象/
const ADDED_UP = /累计|累积|总共/
const SO_FAR = /共计|已达|已完成|已建成|已有|总数|总量|总计|合计|完成总量|(?<!公)共$|共完成|共有$/
/** Said anywhere in the sentence before the figure. */
const SINCE = /截至|截止|今年以来|年初以来|上半年|前三季度/
const MONTHS = /(\d{1,2})月?[-—－–~～至]+(\d{1,2})月/g
/** Of the same sentence only: a semicolon ends what 累计 speaks of. */
const SUMMED = /累计[^；;]*$/
/** In a list under one head 共 adds nothing: 改造7个，共1608户. */
const TOGETHER = /^(?:共|共计|合计|总计|涉及|惠及|约)/
const WHOLE_YEAR = /全年|年度|年内|全部(?!完|达|落|建|开|投|竣)/
const ADDING = /新增|增加|完成|新建|改造|发放|培训|建设|筹集|引进/
const RATIO: ReadonlySet<string> = new Set(['%', '‰', '百分点', '倍'])
const TIME_SPAN: ReadonlySet<string> = new Set(
  '年 个月 个工作日 工作日 小时 分钟 天 日 周 个星期 星期 学时 课时'.split(' '),
)

const COUNTED_SPAN = /^(?:小时|天|日)$/

/** Undefined where the words leave it open, and for what promises nothing and counts nothing done. */
export function roleOf(reading: Reading, describes: Description | undefined): QuantityRole | undefined {
  if (describes !== undefined && describes !== 'part' && describes !== 'effect') return undefined
  const { figure, before, metric, bounds } = reading
  if (TIME_SPAN.has(figure.normalizedUnit) && !DAYS.test(metric) && !isCountedSpan(reading)) return undefined
  if (isRatio(figure)) return shareOrRate(reading)
  if (LEVEL_OF_COUNT.test(metric) || figure.normalizedUnit.includes('/')) return 'rate'
  const words = before + bounds.before
  const listed = (TOGETHER.test(words) && reading.carried) || /[、等][^累]*共$/.test(words)
  if (!listed && ADDED_UP.test(words)) return 'cumulative'
  if (WHOLE_YEAR.test(words)) return 'restated'
  if (!listed && (SO_FAR.test(words) || sinceJanuary(reading.sentence + words) || SUMMED.test(reading.sentence)))
    return 'cumulative'
  if (/达到?$/.test(words)) return ADDING.test(before) ? undefined : 'cumulative'
  return 'increment'
}

/** 累计开放120天, 全年服务600小时, 优良天数80天、达到160天: days and hours that are added up. */
function isCountedSpan({ figure, before, bounds }: Reading): boolean {
  const words = before + bounds.before
  return (
    COUNTED_SPAN.test(figure.normalizedUnit) && (ADDED_UP.test(words) || WHOLE_YEAR.test(words) || /达到?$/.test(words))
  )
}

/** Whether the words between a figure and the one before it mark it as the year so far. */
export function saysSoFar(words: string): boolean {
  return ADDED_UP.test(words) || SO_FAR.test(words) || /达到?$/.test(words) || sinceJanuary(words)
}

/** 1—9月, 上半年, 截至6月底; not a period of its own (4—6月), which 1—3月 may be too. */
function sinceJanuary(words: string): boolean {
  if (words.search(MONTHS) < 0) return SINCE.test(words)
  const range = [...words.matchAll(MONTHS)].at(-1)
  return range ? range[1] === '1' && Number(range[2]) > 3 : SINCE.test(words)
}

function isRatio({ normalizedUnit, normalizedValue }: Figure): boolean {
  return (
    RATIO.has(normalizedUnit) || (normalizedUnit === '' && typeof normalizedValue === 'number' && normalizedValue < 1)
  )
}

function shareOrRate({ before, metric, carried, action }: Reading): QuantityRole {
  if (carried && /完成|建成/.test(action ?? '')) return 'share'
  if (SHARE_DONE.test(metric)) return 'share'
  if (/(?:任务|工程量|进度|工作量|计划|目标|总量)的?$/.test(before)) return 'share'
  if (LEVEL.test(metric) && !/(?:任务|工程量|进度|工作量)(?:完成率|的|$)/.test(metric)) return 'rate'
  return PAID.test(before) || SHARE.test(before) || SHARE_OF.test(before) || WORK.test(before) ? 'share' : 'rate'
}
