/**
 * Which numbers describe and promise nothing: where work starts, parts of a whole, sizes, who is counted,
 * how often, what follows, what each one gets.
 */
import type { Description } from '../quantity.ts'
import { PER } from './metric-words.ts'
import type { Reading } from './reading.ts'

/** 由574提至609: the figure before such a word is where the change starts. */
const CHANGES_TO = /(?:提高|提升|增加|增长|扩大|扩充|上升|下降|降低|减少|压减|压降|拓展|提|增|升|降|减)(?:到|至|为)$/
const CHANGES_FROM = /(?:由|从)(?:[^、，由从]{0,12})$/
const NOW =
  /(?:现有|原有|已有|已建有?|现存|目前有|目前共有|现共有|(?<![较比])(?:去年|上年|上一年|上年度|往年)|20\d{2}年底?(?:已|有))[^，、]{0,16}$/
const BASE = /^(?:的)?基础上|^提(?:高|升)?[到至]/
const PART = /其中|(?:包括|包含|分为|含(?!水|量|氧|糖|硫|税|油|氟))(?:[^，。]{0,16})$/
const SIZE =
  /(?:占地|用地面积|总?建筑面积|建面|建筑规模|容积|库容|路宽|路幅|宽度?|(?<![提升增])高度?|深度?|厚度?|直径|管径|净高|跨径|桥长|桥宽|单体面积|使用面积|层高|坡度|车道)(?:面积|约|达|为)?$/
const SIZE_BEHIND = /^(?:宽|高|深|厚|长)(?!期|度|效)/
const HAS_SIZE: ReadonlySet<string> = new Set(['米', '平方米', '立方米', '层', '元', '度'])
/** Sizes of one thing only: of several things the length is promised as much as their number. */
const SIZE_OF_ONE = /(?:长度?|全长|总长|总长度|里程|面积|总投资额?)(?:约|达|为|共)?$/
const BENEFIT = /(?:受益|惠及|受惠|带动|辐射|拉动)[^，。；、]{0,14}$|^[^，。；、]{0,8}(?:受益|受惠)/
const AFTERWARDS =
  /(?:建成|建好|投用|投入使用|完工|竣工|投产|达产|投运|建设完成|完成建设|改造完成|项目完成|项目实施|全部完成|全面完成)(?:以|之)?后[^；;]*$/
const OFTEN: ReadonlySet<string> = new Set(
  '次 场 场次 回 趟 遍 期 轮 小时 分钟 天 日 课时 学时 节 个工作日 批次 人次'.split(' '),
)
/** Nothing but whose duty it is. */
const LEVEL = /^[国省市县区乡镇村]级$/
const TIMES = /(?:周|月|季度?|年|天|日|学期|星期)$/
/** 每处藏书不少于2000册. */
const EACH_ONE = /每(?:座|处|栋|套|间|队|班|所|站|辆|台|批|组|个(?!行政村|自然村|村|乡镇|社区|县|镇|街道|人|家庭))/
const MONEY = '元'
const EACH = /每(?!年|月|季|周|日|天)|(?:人均|户均|亩均)(?:补|奖|资)/
/** 给予一次性补贴5000元, but 发放一次性求职创业补贴210万元 is the sum of all. */
const AT_ONCE = /一次性/
/** More than this, in 元, nobody gets at once. */
const MOST_AT_ONCE = 100_000
const RAISED = /(?:标准|待遇|补贴|补助|工资|养老金)[^，。；]{0,20}(?:提高|提升|上调|增加|达|不低于|调整)/
const GIVEN = /(?:给予|奖励|奖补|补助|补贴|发放)(?:[^，。；、]{0,10})$/
/** More than this, in 元, is no help for one. */
const MOST_TO_ONE = 500_000
const OF_ALL = /全年|年度|年内|累计|总共|合计|共计/
/** 3000元/户; a price or a standard per month is promised by itself. */
const FOR_EACH = /^\/(?:人|户|亩|个|名|例|件|头|只|公斤|吨|平方米|套|台|次|班|村|座|张|床|学期|生)/
/** 日处理能力300吨: how large a plant is; what is added to it is promised. */
const CAPACITY =
  /(?:日|时|小时|天)(?:均|最大)?(?:处理|供水|供气|供热|生产|产|加工|处置|焚烧|消纳|制水|吞吐|接待|收运)(?:量|能力|规模)?(?:为|达到?|约)?$|年(?:处理|生产|供水|供气|加工|处置|吞吐|产)能力(?:为|达到?|约)?$/
const ADDS = /新增|增加|提升|扩大|提高/
const EACH_DAY = /^\/(?:日|天|小时|时|h|d)/
/** 建设期2年, 合同期限3年; a limit that is shortened is promised. */
const DURATION = /(?:周期|工期|建设期|期限|为期|质保期|保修期|租期|合同期|服务期|有效期|历时|管护期|运营期)(?:为|约)?$/
const SHORTENED = /缩短|压缩|压减|控制|审批|办理|办结|审核|受理/
const CALENDAR_SPAN = /^(?:年|个月|月|天|日|周|个年度)$/
/** 分两批实施. */
const IN_STEPS = /(?:^|[^部百十充得评积])分$/
/** 500米站点覆盖率, 15公里半径. */
const REACHED_WITHIN = /^(?:的)?(?:站点|服务?半径|半径|范围|服务圈|覆盖)/
/** 2小时内报告: by when each is done. */
const HOW_SOON = /^(?:分钟|小时|个工作日|工作日|天|日)$/
const GRANT =
  /^(?:的)?(?:一次性|临时|社会|定额|财政)?(?:救助|补助|补贴|奖励|奖补|资助|慰问金|救助金|补助金|津贴|生活费)/
const KIND_BEHIND = /^的?[“《]?[\p{L}]{2}/u
/** Units that say how big one is; a plain counter with a noun behind it counts them. */
const SIZE_UNIT = /^(?:元|平方米|米|千克|人|名|户|千瓦|立方米|年|个月|小时|张|%|级|层|岁|台|头|只|吨)$/
const ORGANISATION =
  /^的?(?:规模|规上|大型|中型|小型|农村|工业|重点|重大|民营|外资|先进制造业|产业|种植|养殖|超|市级|省级|县级)*(?:以上)?(?:企业|项目|小学|学校|教学点|幼儿园|村|行政村|自然村|超市|商场|场所|单位|建筑|工程|机构|小区|水库|园区|家庭|商户|合作社|大户|基地|社区|医院|卫生院|公园|道路|河流|景区|餐饮|食堂|聚居点|工地|用户|农场|牧场|养殖场|养殖户|供水|锅炉|住户|场镇|企|客户|集中|污水|安置点|房屋|灾害|隐患|桥梁|楼)/

/** One entry for each reading, in their order. */
export function describe(readings: readonly Reading[]): (Description | undefined)[] {
  const descriptions: (Description | undefined)[] = []
  let whole: Reading | undefined
  for (const [nth, reading] of readings.entries()) {
    const sameSentence = (other: Reading | undefined) => other?.clause.sentence === reading.clause.sentence
    const before = readings[nth - 1]
    const after = readings[nth + 1]
    if (!sameSentence(before)) whole = undefined
    const description =
      plan(readings, nth) ??
      eligibility(reading, after) ??
      between(reading, sameSentence(before) ? before : undefined) ??
      baseline(reading, sameSentence(after) ? after : undefined) ??
      frequency(reading, descriptions[nth - 1] === 'frequency' && sameSentence(before) ? before : undefined) ??
      amount(reading) ??
      part(reading, sameSentence(before) ? before : undefined, descriptions[nth - 1], whole) ??
      effect(reading) ??
      size(reading, readings.slice(Math.max(0, nth - 4), nth).filter(sameSentence), after)
    descriptions.push(description)
    if (description === undefined) whole = reading
  }
  return descriptions
}

/** Words behind 两年 or 三年内 that say what is done in them. */
const DONE_IN_YEARS =
  /^(?:内|之内|以内|期内|期限内|时间|共|计划|规划|累计|总共|合计|拟|分期|滚动)*(?:建成|建设|新建|完成|改造|实施|投入|投资|培训|新增|打造|创建|建立|筹集|整治|治理|培育|发展|引进|安置|解决|修建|改建|推进)/
const OVER_YEARS =
  /(?:总体?规划|规划(?:期|总|建设|新建|改造)|规划期内|五年规划|[两三四五]年[^，。；、]{0,6}期?内|(?<![加高升降减长])到20\d{2}年(?!的)底?前?)[^，。；]{0,16}$/
const THIS_YEAR = /(?:今年|本年|当年|年内|年度|全年|20\d{2}年)(?!底?前)/
/** So many figures are looked through for this year's own. */
const PLAN_REACH = 4

/** 两年 of 两年建成600套, and what they bring where this year's own number stands beside it: 今年建成300套. */
function plan(readings: readonly Reading[], nth: number): Description | undefined {
  const { figure, behind, bounds, before, clause } = readings[nth]!
  if (isYears(figure)) return DONE_IN_YEARS.test(bounds.behind + behind) ? 'plan' : undefined
  const leads = readings.slice(Math.max(0, nth - PLAN_REACH), nth)
  const inYears = leads.some(
    (lead) => lead.clause === clause && isYears(lead.figure) && DONE_IN_YEARS.test(lead.bounds.behind + lead.behind),
  )
  if (!inYears && !OVER_YEARS.test(before)) return undefined
  const { normalizedUnit } = figure
  const around = [...readings.slice(nth + 1, nth + 1 + PLAN_REACH), ...(inYears ? leads : [])]
  const own = around.some(
    (other) =>
      other.clause !== clause && other.figure.normalizedUnit === normalizedUnit && THIS_YEAR.test(other.before),
  )
  return own ? 'plan' : undefined
}

function isYears({ normalizedUnit, value }: Reading['figure']): boolean {
  return /^(?:个?年度?)$/.test(normalizedUnit) && typeof value === 'number' && value >= 2
}

/** 10亿元以上企业5家: who is counted, not how much. */
function eligibility({ figure, behind, clause, bounds }: Reading, after: Reading | undefined): Description | undefined {
  const { comparator, normalizedUnit } = figure
  const bounded = comparator !== '=' && comparator !== '≈' && comparator !== 'range'
  // 10亿元以上1个: of those counted right behind.
  if (bounded && behind === '' && bounds.behind !== '' && after?.clause === clause && normalizedUnit === MONEY) {
    return 'eligibility'
  }
  if (!bounded || !KIND_BEHIND.test(behind) || !SIZE_UNIT.test(normalizedUnit)) return undefined
  const counted = after?.clause === clause
  const boundBehind = bounds.behind !== ''
  const kind = ORGANISATION.test(behind)
  return kind || (behind.startsWith('的') && counted) || (boundBehind && counted && !/[、和]/.test(behind))
    ? 'eligibility'
    : undefined
}

/** 组建3支10人以上应急救援队伍: how large each of those counted right before is. */
function between(
  { figure, before, behind, clause, bounds }: Reading,
  previous: Reading | undefined,
): Description | undefined {
  if (previous?.clause !== clause || before !== '' || bounds.behind === '' || bounds.before !== '') return undefined
  if (previous.figure.to !== figure.from || !KIND_BEHIND.test(behind)) return undefined
  return SIZE_UNIT.test(figure.normalizedUnit) ? 'eligibility' : undefined
}

/** 由574提至609; 现有120个. */
function baseline({ figure, before, behind }: Reading, after: Reading | undefined): Description | undefined {
  const rises = after !== undefined && CHANGES_TO.test(after.before + after.bounds.before)
  if (rises && CHANGES_FROM.test(before)) return 'baseline'
  if (NOW.test(before) || BASE.test(behind)) return 'baseline'
  return figure.comparator === '=' && /(?:基数|基期|底数)(?:为|是)?$/.test(before) ? 'baseline' : undefined
}

/** 每个行政村每周不少于2次; 县级每月不少于1次，乡级不少于2次. */
function frequency({ figure, before, metric }: Reading, often: Reading | undefined): Description | undefined {
  if (!OFTEN.has(figure.normalizedUnit)) return undefined
  if (LEVEL.test(metric) && often?.figure.normalizedUnit === figure.normalizedUnit) return 'frequency'
  return (before.match(PER) ?? []).some((each) => TIMES.test(each)) || /(?:周|月|季|年|日)均$/.test(before)
    ? 'frequency'
    : undefined
}

/** 每人5000元, 给予5000至20000元的社会救助; but a standard raised to a sum is a promise. */
function amount({ figure, before, behind, bounds, action = '' }: Reading): Description | undefined {
  if (figure.normalizedUnit !== MONEY || RAISED.test(before)) return undefined
  if (FOR_EACH.test(bounds.behind)) return 'amount'
  if (EACH.test(before)) return 'amount'
  if (AT_ONCE.test(before) && (/^(?:给予|奖励)/.test(action) || leastOf(figure) <= MOST_AT_ONCE)) return 'amount'
  if (!GRANT.test(behind)) return undefined
  if (GIVEN.test(before) && /^的/.test(behind)) return 'amount'
  const toOne = /给予|按照?/.test(before + action) && !OF_ALL.test(before) && leastOf(figure) <= MOST_TO_ONE
  return toOne ? 'amount' : undefined
}

function leastOf({ normalizedValue }: Reading['figure']): number {
  return typeof normalizedValue === 'number' ? normalizedValue : normalizedValue.min
}

/** 其中高校毕业生500人; 5所（小学3所、初中2所）; what follows in the same unit is a part too. */
function part(
  { figure, before, clause, action }: Reading,
  previous: Reading | undefined,
  ofPrevious: Description | undefined,
  whole: Reading | undefined,
): Description | undefined {
  if (ofPrevious !== 'plan' && PART.test(before) && (previous !== undefined || before.startsWith('其中'))) return 'part'
  if (previous === undefined) return undefined
  if (ofPrevious === 'eligibility' && previous.clause === clause && PART.test(previous.before)) return 'part'
  if (whole && clause.bracketed && !whole.clause.bracketed) {
    return figure.normalizedUnit === whole.figure.normalizedUnit ? 'part' : undefined
  }
  const goesOn = ofPrevious === 'part' && figure.normalizedUnit === previous.figure.normalizedUnit
  return goesOn && (action === undefined || action === previous.action) ? 'part' : undefined
}

/** 受益人口20000余人; all that comes after 建成后. */
function effect({ before, behind, sentence }: Reading): Description | undefined {
  if (BENEFIT.test(before) || /^[^，。；、]{0,8}(?:受益|受惠)/.test(behind)) return 'effect'
  const words = sentence + before
  return words.includes('后') && AFTERWARDS.test(words) ? 'effect' : undefined
}

/** 路宽6米, 占地4万平方米; the length of a single thing. */
function size(
  { figure, before, behind, bounds, clause, action }: Reading,
  earlier: readonly Reading[],
  after: Reading | undefined,
): Description | undefined {
  const { normalizedUnit: unit, comparator } = figure
  if (!ADDS.test(before) && (CAPACITY.test(before) || EACH_DAY.test(bounds.behind))) return 'size'
  if (CALENDAR_SPAN.test(unit) && comparator === '=' && DURATION.test(before) && !SHORTENED.test(before)) return 'size'
  // 戒断三年未复吸率: a span in the midst of a phrase.
  if (/^(?:年|个月)$/.test(unit) && comparator === '=' && /^\p{Script=Han}{2}/u.test(behind)) return 'size'
  if (/^(?:批|期|步|轮|组)$/.test(unit) && IN_STEPS.test(before)) return 'size'
  if (unit === '米' && REACHED_WITHIN.test(behind)) return 'size'
  if (HOW_SOON.test(unit) && /^(?:以|之)?内/.test(bounds.behind) && /^[^，。；、]{2}/.test(behind)) return 'size'
  if (EACH_ONE.test(before) && !/^(?:元|%|次)$/.test(figure.normalizedUnit)) return 'size'
  if (!HAS_SIZE.has(figure.normalizedUnit)) return undefined
  if (SIZE.test(before) || SIZE_BEHIND.test(behind)) return 'size'
  // 全长12.6公里的绿道1条; 总长25公里的绕城路完工, but 建设总长25公里的绕城路 is promised.
  const ofNext = SIZE_OF_ONE.test(before) && /^的/.test(behind)
  if (ofNext && (action === undefined || after?.clause === clause)) return 'size'
  const counts = earlier.filter(({ figure: { normalizedUnit } }) => !/^(?:米|平方米|元|%)$/.test(normalizedUnit))
  const one = counts.at(-1)?.figure.value === 1
  const measures = /^(?:米|平方米)$/.test(figure.normalizedUnit)
  const summed = counts.length > 0 && /总面积(?:约|达|为)?$/.test(before)
  return measures && (summed || (one && SIZE_OF_ONE.test(before))) ? 'size' : undefined
}
