/**
 * Small faultless tables of an invented district in which one cell is tried at a time.
 */
import type { CheckContext } from '../../../domain/check-context.ts'
import { breakdownSpec, type Plan, type PlanColumnKey } from '../../../domain/plan.ts'
import type { Table, TableRow } from '../../../domain/table.ts'

/** Where a cell stands; `lead` and `units` are the two unit columns. */
export type CellColumn = 'task' | 'target' | 'milestone' | 'lead' | 'units'

/** Row that holds the cell that is tried. */
export const TRIED_ROW = 'tried'

const HEADERS: Record<PlanColumnKey, string> = {
  number: '序号',
  task: '重点任务',
  target: '年度目标',
  milestones: '每季度工作目标',
  leadUnits: '牵头单位',
  supportingUnits: '配合单位',
}

const quarter = (key: string, label: string, from: string, to: string) => ({
  key,
  label,
  from,
  to,
  dueOn: to,
  supervisedOn: to,
})

const PERIODS = [
  quarter('P1', '一季度', '2024-01-01', '2024-03-31'),
  quarter('P2', '二季度', '2024-04-01', '2024-06-30'),
  quarter('P3', '三季度', '2024-07-01', '2024-09-30'),
  quarter('P4', '四季度', '2024-10-01', '2024-12-31'),
]

const UNITS =
  '区教育局 区民政局 区财政局 区人力资源和社会保障局 区卫生健康局 区住房和城乡建设局 区交通运输局 区农业农村局 区水利局 区文化广电旅游局 区应急管理局 区市场监督管理局 区发展和改革局 区工业和信息化局 区科技局 区公安分局 区司法局 区自然资源和规划局 市生态环境局梧桐分局 区城市管理局 区商务局 区审计局 区统计局 区医疗保障局 区退役军人事务局 区信访局 区大数据中心 区残联 区妇联 团区委 区总工会 区红十字会 区融媒体中心 区疾控中心 区人民医院 区中医医院 区城投公司 国网梧桐供电公司 区消防救援大队 区气象局 区税务局 区委宣传部 区委组织部 区委编办 区委政法委 区政府办公室 河滨街道 东升街道 青石镇 双桥镇 白鹭乡 区自来水公司'.split(
    ' ',
  )

const ALIASES: Record<string, string[]> = {
  区人力资源和社会保障局: ['区人社局'],
  区住房和城乡建设局: ['区住建局'],
  区市场监督管理局: ['区市场监管局'],
  区文化广电旅游局: ['区文广旅局'],
  区发展和改革局: ['区发改局'],
  区卫生健康局: ['区卫健局'],
}

export const cellContext: CheckContext = {
  periods: PERIODS,
  registry: {
    units: UNITS.map((name, i) => ({ id: `u${i}`, name, ...(ALIASES[name] && { aliases: ALIASES[name] }) })),
    groups: [
      { name: '各镇（街道）', aliases: ['各镇、街道', '各镇人民政府、街道办事处'] },
      { name: '区级有关部门' },
      { name: '各中小学校' },
    ],
  },
}

const OTHER_ROWS: [task: string, target: string, milestones: [string, string, string, string], lead: string][] = [
  [
    '推进城市书房建设。',
    '建成开放',
    ['完成选址。', '完成装修设计。', '开展内部装修。', '对外开放。'],
    '区文化广电旅游局',
  ],
  [
    '加强校园食品安全监管。',
    '全面覆盖',
    ['制定年度检查方案。', '开展春季学期检查。', '组织从业人员培训。', '开展秋季学期检查。'],
    '区市场监督管理局',
  ],
  [
    '完善社区养老服务网络。',
    '基本建成',
    ['开展养老服务需求调查。', '确定服务机构。', '启动上门服务。', '开展服务质量评估。'],
    '区民政局',
  ],
  [
    '提升农村供水保障能力。',
    '稳定达标',
    ['排查供水薄弱环节。', '编制改造方案。', '组织工程施工。', '完成工程验收。'],
    '区水利局',
  ],
  [
    '优化城区公交线网。',
    '便捷有序',
    ['征求群众意见。', '形成线路优化方案。', '组织线路试运行。', '全面实施优化方案。'],
    '区交通运输局',
  ],
]

export type TriedCell = {
  column: CellColumn
  text: string
  /** Period of a milestone; the whole year where left out. */
  period?: 'P1' | 'P2' | 'P3' | 'P4'
  /** The same row's lead units. */
  lead?: string
  /** Another row has the same text in the same column and period. */
  twin?: boolean
}

/** A table of six rows that is clean but for the cell tried, and that cell's column key. */
export function placeCell({ column, text, period, lead = '区教育局', twin }: TriedCell): { table: Table; key: string } {
  const spec = breakdownSpec(planOf(column === 'target'))
  const cells = {
    number: '1',
    task: column === 'task' ? text : '推进年度重点工作。',
    ...(column === 'target' && { target: text }),
    ...(column === 'milestone' ? milestones(text, period) : { 'milestone.P1': '序时推进。' }),
    leadUnits: column === 'lead' ? text : lead,
    supportingUnits: column === 'units' ? text : '——',
  }
  const spans: Record<string, number> = period ? {} : { 'milestone.P1': 4 }
  const tried: TableRow = { rowId: TRIED_ROW, cells, spans }
  const key = keyOf(column, period)
  const others = OTHER_ROWS.map((_, i) => otherRow(i, column === 'target'))
  if (twin) others[2] = twinOf(others[2]!, tried, key)
  return { table: { spec, rows: [tried, ...others], complete: true }, key }
}

function planOf(withTarget: boolean): Plan {
  const keys: PlanColumnKey[] = ['number', 'task', 'target', 'milestones', 'leadUnits', 'supportingUnits']
  return {
    id: 'plan-corpus',
    county: '梧桐区',
    year: 2024,
    title: '梧桐区2024年民生实事任务分解表',
    titleLines: ['梧桐区2024年民生实事任务分解表'],
    state: 'collecting',
    periods: PERIODS,
    columns: keys.filter((key) => withTarget || key !== 'target').map((key) => ({ key, header: HEADERS[key] })),
  }
}

function keyOf(column: CellColumn, period = 'P1'): string {
  if (column === 'milestone') return `milestone.${period}`
  return { task: 'task', target: 'target', lead: 'leadUnits', units: 'supportingUnits' }[column]
}

function milestones(text: string, period: string | undefined): Record<string, string> {
  if (period === undefined) return { 'milestone.P1': text }
  return Object.fromEntries(PERIODS.map(({ key }) => [`milestone.${key}`, key === period ? text : '——']))
}

function otherRow(i: number, withTarget: boolean): TableRow {
  const [task, target, texts, lead] = OTHER_ROWS[i]!
  return {
    rowId: `other-${i}`,
    cells: {
      number: `${i + 2}`,
      task,
      ...(withTarget && { target }),
      ...Object.fromEntries(texts.map((text, n) => [`milestone.P${n + 1}`, text])),
      leadUnits: lead,
      supportingUnits: '各镇（街道）',
    },
  }
}

/** The other row with the tried cell's text; a span comes along. */
function twinOf(row: TableRow, tried: TableRow, key: string): TableRow {
  const cells = { ...row.cells, [key]: tried.cells[key] ?? '' }
  const span = tried.spans?.[key] ?? 1
  for (let n = 2; n <= span; n++) delete cells[`milestone.P${n}`]
  return { ...row, cells, ...(span > 1 && { spans: { [key]: span } }) }
}
