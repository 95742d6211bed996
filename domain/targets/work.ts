/**
 * What milestones say beside their figures: whether they describe work at all, whether that work is on what
 * a target promises, and whether it is finished at the end. It only decides between silence, a hint and
 * “not covered”, so every doubt counts in favour of the table.
 */
import { foldText, isDash } from '../fold.ts'
import type { Quantity, QuantityReader } from '../quantity.ts'
import { indexStarts, wordAt } from '../word-index.ts'
import { markStretches } from './stretch.ts'

/** A stretch of a milestone between commas and stops; `place`: of its milestone among those that say something. */
export type Clause = { place: number; start: number; end: number; text: string }

/** A milestone that owes something. `index`: its place among those given. */
export type WorkingMilestone = {
  index: number
  periods: readonly string[]
  text: string
  clauses: Clause[]
  quantities: readonly Quantity[]
}

/** 序时推进, 全年推进: the share of the year that has passed, which no text can fall short of. */
const BY_TIME =
  /^(?:(?:按照?)?(?:计划|时间|目标|任务){0,3}序时(?:进度)?(?:有序|持续|稳步|全面)?(?:推进|完成|实施|开展)?|全年(?:有序|持续|稳步)?(?:推进|实施|开展))(?:各项)?(?:工作|任务)?[。.；;]?$/u

export function isByTime(text: string): boolean {
  return BY_TIME.test(foldText(text).replace(/\s/g, ''))
}

/** The milestones that say something: neither blank nor —— nor 序时推进. */
export function readMilestones(
  milestones: readonly { periods: readonly string[]; text: string }[],
  read: QuantityReader,
): WorkingMilestone[] {
  const working = [...milestones.entries()].filter(
    ([, { text }]) => foldText(text) !== '' && !isDash(text) && !isByTime(text),
  )
  return working.map(([index, { periods, text }], place) => ({
    index,
    periods,
    text,
    clauses: clausesOf(text).map((clause) => ({ ...clause, place })),
    quantities: markStretches(text, read(text)),
  }))
}

/** By their codes: every character of every milestone is asked for. */
const STOPS: ReadonlySet<number> = new Set([...'。；;，,！!\n'].map((mark) => mark.charCodeAt(0)))

/** Stretches between commas and stops, without the commas inside figures (10,000人). */
export function clausesOf(text: string): Omit<Clause, 'place'>[] {
  const clauses: Omit<Clause, 'place'>[] = []
  let start = 0
  for (let end = 0; end <= text.length; end++) {
    if (end < text.length && !(STOPS.has(text.charCodeAt(end)) && !isThousands(text, end))) continue
    if (end > start) clauses.push({ start, end, text: text.slice(start, end) })
    start = end + 1
  }
  return clauses
}

function isThousands(text: string, comma: number): boolean {
  return /[,，]/u.test(text.charAt(comma)) && /^\d.\d{3}$/u.test(text.slice(comma - 1, comma + 4))
}

/** Words of the course of any project and of no project in particular. */
const COURSE = [
  '招投标 招标 投标 立项 可行性研究 可研 批复 审批 审查 审核 评审 选址 勘察 勘测 地勘 测绘 调研 摸底 摸排 排查 筹备 准备 前期',
  '初步设计 施工图设计 施工图 初设 设计 规划 实施方案 方案 编制 制定 形成 确定 启动 开工 动工 进场 施工 主体 结构 基础 场平 装修 装饰',
  '室内外 室内 室外 附属 配套 设施 设备 安装 调试 采购 验收 竣工 完工 投入使用 投用 投入运行 试运行 运行 运营 交付 移交 结算 审计 决算',
  '新建 改建 扩建 改扩建 改造 建成 封顶 启用 新增 征地 拆迁 征收 用地 手续 办理 签订 合同 建设 项目 工程量 工程 工作 任务 目标 推进 实施 开展 完成 进行 组织 落实 达到 实现 加快 加强',
  '持续 有序 稳步 全面 全部 基本 扎实 深入 继续 进一步 做好 抓好 确保 力争 按照 根据 计划 要求 进度 序时 阶段 时序 年度 全年 本年 年底',
  '累计 累积 总体 形象 以上 以内 左右 月底 月份 季度 上半年 下半年 总结 考核 检查 迎接 查漏补缺 资金 拨付 情况 相关 各项 剩余 余下 其余 所有 收尾 扫尾 整改 资料 归档',
].flatMap((line) => line.split(' '))

const COURSE_STARTS = indexStarts([...COURSE, ...'的并及和与对在等前后中内将把年月日一二三四五六七八九十'])

/** Pairs of neighbouring characters of what is left of a text without the words of any project's course; see `pairAt`. */
function topicPairs(text: string): Set<number> {
  const pairs = new Set<number>()
  /** Where the words begin that are still unbroken. */
  let from = 0
  for (let at = 0; at < text.length; ) {
    const length = wordAt(COURSE_STARTS, text, at)?.length ?? (isHan(text, at) ? 0 : 1)
    if (length === 0 && at > from) pairs.add(pairAt(text, at - 1))
    at += length || 1
    if (length > 0) from = at
  }
  return pairs
}

/** Two characters as one number: as strings these pairs would cost more than all else that is done with them. */
function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1)
}

function sharesPair(pairs: ReadonlySet<number>, others: ReadonlySet<number>): boolean {
  for (const pair of pairs) if (others.has(pair)) return true
  return false
}

function textOfPair(pair: number): string {
  return String.fromCharCode(pair >>> 16, pair & 0xffff)
}

/** A Chinese character of the common planes. */
function isHan(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x2e80 && /\p{Script=Han}/u.test(text.charAt(at)))
}

/** What often is promised beside the thing that is built for it: its milestones name the thing only. */
const COMES_WITH: readonly [RegExp, RegExp][] = [
  [/学位/u, /学校|幼儿园|小学|中学|初中|高中|校区|教学楼|校舍/u],
  [/床位/u, /医院|院区|病房|养老|敬老|福利院|卫生院|护理/u],
  [/托位/u, /托育|托幼|幼儿园/u],
  [/车位|泊位/u, /停车/u],
  [/摊位|商铺|铺位/u, /市场/u],
  [/楼栋|居民/u, /小区|片区/u],
]

/** `around`: the words of the target's clause, and of those before it that lead up to it. */
export type Topic = { metric: string; around: string }

/**
 * `named`: clauses that name the thing promised. `unnamed`: those that name nothing (完成前期工作) and so are
 * about every target. `strange`: those that name what the target text does not (启动专家评审), whatever they serve.
 */
export type WorkFound = { named: Clause[]; unnamed: Clause[]; strange: Clause[] }

/**
 * For each topic of the target `text` the clauses that work on it. Words that another topic shares prove
 * nothing, unless all are shared. Reads each clause once.
 */
export function findWork(text: string, topics: readonly Topic[], milestones: readonly WorkingMilestone[]): WorkFound[] {
  const clauses = milestones.flatMap((milestone) => milestone.clauses)
  const naming = new Map<number, Clause[]>()
  const promised = topicPairs(text)
  const unnamed: Clause[] = []
  const strange: Clause[] = []
  let before: { clause: Clause; pairs: Set<number> } | undefined
  for (const clause of clauses) {
    let pairs = topicPairs(clause.text)
    // 新增泊位200个，完成竣工验收: what names nothing goes with what stands before it in the cell.
    if (pairs.size === 0 && before?.clause.place === clause.place) pairs = before.pairs
    before = { clause, pairs }
    if (pairs.size === 0) unnamed.push(clause)
    else if (!sharesPair(pairs, promised)) strange.push(clause)
    for (const pair of pairs) {
      const list = naming.get(pair)
      if (list) list.push(clause)
      else naming.set(pair, [clause])
    }
  }
  const words = topics.map(({ metric, around }) => topicPairs(`${metric}，${around}`))
  const uses = new Map<number, number>()
  for (const pairs of words) for (const pair of pairs) uses.set(pair, (uses.get(pair) ?? 0) + 1)
  return topics.map(({ metric }, at) => {
    const all = [...(words[at] ?? [])]
    const own = all.filter((pair) => uses.get(pair) === 1)
    const found = new Set((own.length > 0 ? own : all).flatMap((pair) => naming.get(pair) ?? []))
    for (const [what, thing] of COMES_WITH) {
      if (what.test(metric)) for (const clause of clauses) if (thing.test(clause.text)) found.add(clause)
    }
    return { named: [...found].sort((a, b) => a.place - b.place || a.start - b.start), unnamed, strange }
  })
}

/** Whether a clause speaks of a thing by its own name, or of what comes with it. */
export function namesThing(text: string, metric: string): boolean {
  const pairs = topicPairs(metric)
  if (pairs.size === 0 || [...pairs].some((pair) => text.includes(textOfPair(pair)))) return true
  return COMES_WITH.some(([what, thing]) => what.test(metric) && thing.test(text))
}

const FINISHED =
  /完工|竣工|投用|投入(?:使用|运行|运营)|建成|交付|开园|开业|通车|通水|启用|办结|(?:全面|全部|圆满|如期|按期)完成|完成(?:全部|所有|剩余|余下|其余|(?:全年|年度)(?![^，。；;、]{0,6}(?:总结|考核|评|绩效|审计|决算|结算|报告|验收|归档))|既定)|完成.{0,8}验收|通过.{0,6}验收|(?:目标|任务)(?:全面|全部)?完成|(?:全部|全额|足额)[^，。；、]{0,6}(?:到位|发放|拨付|兑付)/u

/** 主体完工, 完成室内装修: a part or an early step of the work. */
const IN_PART = /主体|基础|砌筑|基本|部分|一期|首批|方案|前期|设计|手续|采购|招标|力争|准备|试运行/u

/** 完成年度任务的60%: not the end, whatever its other words say, unless it is the rest. */
const LESS_THAN_ALL = /(?<![\d.])\d{1,2}(?:\.\d+)?[%％]|百分之(?!百)/u

/** Whether a clause speaks of a part or an early step of the work. */
export function isPartOfWork(text: string): boolean {
  return IN_PART.test(text)
}

/** Whether a clause says that the work is done. */
export function saysFinished(text: string): boolean {
  return FINISHED.test(text) && !isPartOfWork(text) && (saysRest(text) || !LESS_THAN_ALL.test(text))
}

const REMAINDER =
  /序时|清零|(?:剩余|余下|其余)[^。；;，,\d]{2}|(?:全部|所有|全面|全年|年度)[^。；;，,\d]{0,14}(?:完成|任务|目标|到位|发放|认定)|完成(?:剩余|余下|其余|全部|所有|(?:全年|年度)(?![^，。；;、]{0,6}(?:总结|考核|评|绩效|审计|决算|结算|报告|验收|归档)))/u

/** Whether a clause speaks of what comes after the end of the work. */
export function saysAftermath(text: string): boolean {
  return /验收|评审|考核|总结|结算|决算|审计|拨付|拨款|移交|运行|运营|管护|维护|招生|开学|迎检|查漏补缺|回头看|归档/u.test(
    text,
  )
}

/** Whether a clause says that something remains to be done: 完成剩余任务. */
export function saysRest(text: string): boolean {
  return /剩余|余下|其余/u.test(text)
}

const ALL_OF_IT =
  /序时|清零|(?:全部|所有|全面|全线|均)[^。；;，,\d]{0,14}(?:完成|完工|竣工|建成|通车|投用|投入使用|交付|启用|任务|目标|到位|发放|认定)|(?:完成|实现)(?:全部|所有|既定)|(?:全年|年度|既定)[^。；;，,\d]{0,8}(?:任务|目标)|(?:任务|目标)(?:全面|全部)?完成/u

/** Whether a clause says of all that was promised that it is done: 全部建成, 完成年度任务. */
export function saysAll(text: string): boolean {
  return ALL_OF_IT.test(text) && !LESS_THAN_ALL.test(text)
}

/** Whether a clause owes the rest of what was promised without its number: 完成剩余任务, 全面完成年度目标. */
export function saysRemainder(text: string): boolean {
  return (REMAINDER.test(text) && (saysRest(text) || !LESS_THAN_ALL.test(text))) || saysFinished(text)
}
