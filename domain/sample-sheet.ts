/**
 * 示例表: the breakdown table of a county that does not exist, for whoever wants to see what the check finds before
 * there is a key. It reads as such tables do, and holds one slip of each usual kind.
 */
import { drawTable } from './draw-table.ts'
import { breakdownSpec, milestoneKey, type Plan } from './plan.ts'
import type { SheetModel } from './sheet-model.ts'
import type { TableRow } from './table.ts'

const MONTHS = [3, 6, 9, 12]
const BUREAU = '县人力资源社会保障局'

/** Task, milestones (a text, or a text and how many periods it covers), lead and supporting units. */
type SampleRow = [task: string, milestones: (string | [text: string, periods: number])[], lead: string, others: string]

/* What the check is to find stands behind the row. */
const ROWS: SampleRow[] = [
  [
    '城镇新增就业6000人以上，发放创业担保贷款5000万元。',
    [
      '新增就业1500人，发放创业担保贷款1000万元。',
      '新增就业1800人，发放创业担保贷款1500万元。',
      '新增就业1500人，发放创业担保贷款1500万元。',
      '新增就业1200人，发放创业担保贷款1000万元。',
    ],
    BUREAU,
    '县财政局、各乡镇（街道）',
  ],
  // The milestones give 750 of 800.
  [
    '开发公益性岗位800个，兜底安置就业困难人员。',
    ['开发公益性岗位200个。', '开发公益性岗位200个。', '开发公益性岗位200个。', '开发公益性岗位150个。'],
    BUREAU,
    '各乡镇（街道）',
  ],
  // A short name of a unit that is written out elsewhere.
  [
    '开展职业技能培训3000人次。',
    ['培训800人次。', '培训800人次。', '培训800人次。', '培训600人次。'],
    '县人社局',
    '县教委、县农业农村委',
  ],
  // A full stop twice.
  [
    '新建公办幼儿园2所，新增学位540个。',
    ['完成项目选址和施工图设计。', '完成主体工程50%。。', '完成主体工程。', '建成公办幼儿园2所，新增学位540个。'],
    '县教委',
    '县住房城乡建设委、县规划自然资源局',
  ],
  [
    '城乡居民基本医疗保险参保率稳定在95%以上。',
    ['参保率达到60%。', '参保率达到80%。', '参保率达到90%。', '参保率达到95%以上。'],
    '县医保局',
    '县税务局、各乡镇（街道）',
  ],
  // A character that was mistaken for another.
  [
    '改造乡镇卫生院6所，配备必要的诊疗设备。',
    [['布署改造任务，完成方案编制和立项审批。', 2], '改造乡镇卫生院3所。', '改造乡镇卫生院3所。'],
    '县卫生健康委',
    '县财政局、各乡镇（街道）',
  ],
  // A cell that is not filled in.
  ['建设社区养老服务站12个。', ['建成3个。', '建成3个。', '', '建成6个。'], '县民政局', '各乡镇（街道）'],
  [
    '实施农村危房改造160户。',
    ['完成对象核查和审批。', '改造40户。', '改造80户。', '改造40户。'],
    '县住房城乡建设委',
    '各乡镇（街道）',
  ],
  // A bracket that is not closed.
  [
    '新改建农村公路45公里。',
    ['完成招标和开工准备。', '完成15公里（含安防工程。', '完成20公里。', '完成10公里。'],
    '县交通运输委',
    '各乡镇（街道）',
  ],
  // Digits of double width.
  [
    '改造老旧小区18个。',
    ['完成18个小区入户调查。', '开工18个。', '完工８个。', '完工10个。'],
    '县住房城乡建设委',
    '县财政局、县城市管理局',
  ],
  // The same work for every period.
  [
    '开展食品安全抽检，每千人检验量达到5批次。',
    [['按月开展抽检，年内每千人检验量达到5批次。', 4]],
    '县市场监管局',
    '——',
  ],
  [
    '举办惠民演出120场，公共文化场馆免费开放。',
    ['举办演出20场。', '举办演出40场。', '举办演出40场。', '举办演出20场。'],
    '县文化旅游委',
    '各乡镇（街道）',
  ],
]

/** The sample of a year as a sheet of this name. It carries no ids: it belongs to no plan. */
export function sampleSheet(year: number, name: string): SheetModel {
  const spec = breakdownSpec(samplePlan(year))
  return drawTable({ spec, rows: ROWS.map(toRow), complete: true }, { name, carrier: false })
}

function samplePlan(year: number): Plan {
  const day = (month: number) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
  return {
    id: 'sample',
    county: '示例县',
    year,
    title: `示例县${year}年民生实事任务分解表`,
    titleLines: ['附件', `示例县${year}年民生实事任务分解表（示例，内容均为虚构）`],
    state: 'collecting',
    periods: MONTHS.map((month, i) => ({
      key: `P${i + 1}`,
      label: `${month}月`,
      from: `${year}-${String(month - 2).padStart(2, '0')}-01`,
      to: day(month),
      dueOn: day(month),
      supervisedOn: day(month),
    })),
    columns: [
      { key: 'number', header: '序号' },
      { key: 'task', header: '重点任务' },
      { key: 'milestones', header: '阶段性目标任务' },
      { key: 'leadUnits', header: '牵头单位' },
      { key: 'supportingUnits', header: '配合单位' },
    ],
  }
}

function toRow([task, milestones, leadUnits, supportingUnits]: SampleRow, index: number): TableRow {
  const cells: Record<string, string> = { number: String(index + 1), task, leadUnits, supportingUnits }
  const spans: Record<string, number> = {}
  let period = 1
  for (const milestone of milestones) {
    const [text, length] = typeof milestone === 'string' ? [milestone, 1] : milestone
    cells[milestoneKey(`P${period}`)] = text
    if (length > 1) spans[milestoneKey(`P${period}`)] = length
    period += length
  }
  return { rowId: `sample-${index + 1}`, cells, spans }
}
