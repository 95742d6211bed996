import { describe, expect, test } from 'vitest'
import type { Grid } from '../../domain/grid.ts'
import type { InferOptions } from '../../domain/infer-plan.ts'
import { inferPlan } from '../../domain/infer-plan.ts'
import { buildRegistry } from '../../domain/infer-units.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { PlanFile } from '../../domain/protocol.ts'
import { readTable } from '../../domain/read-table.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import { gridOf } from '../support/model-grid.ts'

function infer(grid: Grid, options: Partial<InferOptions> = {}) {
  let count = 0
  const result = inferPlan(grid, { planId: 'p', newId: () => `n${++count}`, ...options })
  // Whatever is inferred must be acceptable to the API as it is.
  if (result.file) PlanFile.parse(result.file)
  return result
}

const across = (text: string, columns: number): string[] => [text, ...Array<string>(columns - 1).fill('<')]

const FENGJIE = gridOf([
  ['附件'],
  across('奉节县2023年保障和改善民生行动计划任务分解表', 10),
  ['序号', '重点任务', ...across('每两月工作目标任务', 6), '牵头单位', '配合单位'],
  ['^', '^', '3月', '5月', '7月', '9月', '11月', '2024年1月', '^', '^'],
  [
    '2',
    '深入推进社保参保扩面。',
    '——',
    ...across('12月底参保率达到95%以上。', 5),
    '县人力社保局、县医保局',
    '县税务局、县人力社保局、各乡镇（街道）',
  ],
  [
    '3',
    '切实维护农民工合法权益。',
    '开展专项检查。',
    '——',
    '开展检查。',
    '专项行动。',
    '——',
    '12月底开展攻坚行动。',
    '县人力社保局',
    '县发展改革委、县教委、县科技局等27个政府组成部门，县融媒体中心',
  ],
  [
    '5',
    '建立救助衔接机制。',
    ...across('深化“救急难救在身边”行动。', 6),
    '县民政局、县慈善会',
    '县红十字会、\n各乡镇（街道）',
  ],
  [
    '34',
    '滨河公园步道提档升级。',
    '10%',
    '20%',
    '30%',
    '40%',
    '60%',
    '12月底全面完工。',
    '县城管局、县文化旅游委',
    '——',
  ],
])

const CHENGKOU = gridOf([
  ['附件', '', '', ''],
  across('2023年城口县重点民生实事工作目标任务', 4),
  ['序号', '项目名称', '责任单位', '2023年工作目标任务'],
  ['4', '推进义务教育阶段学\n生“双减”', '县教委、县市场监管局、县民政局、县公安局', '依法依规持续开展治理工作。'],
  ['15', '建设重庆市城口育才\n中学校', '县教委、城兴公司', '主体工程全面完工，完成年度投资2亿元。'],
])

describe('the table of Fengjie', () => {
  const { file, doubts, issues } = infer(FENGJIE)

  test('gives title, county, year, columns and periods', () => {
    expect(issues).toEqual([])
    expect(file!.plan).toMatchObject({
      id: 'p',
      county: '奉节县',
      year: 2023,
      title: '奉节县2023年保障和改善民生行动计划任务分解表',
    })
    expect(file!.plan.titleLines).toEqual(['附件', '奉节县2023年保障和改善民生行动计划任务分解表'])
    expect(file!.plan.columns).toEqual([
      { key: 'number', header: '序号' },
      { key: 'task', header: '重点任务' },
      { key: 'milestones', header: '每两月工作目标任务' },
      { key: 'leadUnits', header: '牵头单位' },
      { key: 'supportingUnits', header: '配合单位' },
    ])
    expect(file!.plan.periods.map((period) => period.label)).toEqual(['3月', '5月', '7月', '9月', '11月', '2024年1月'])
    expect(file!.plan.periods[5]).toMatchObject({ from: '2023-12-01', to: '2024-01-31', dueOn: '2023-12-31' })
  })

  test('gives rows with the spans of its merges', () => {
    expect(file!.rows.map((row) => [row.rowId, row.spans, row.spansConfirmed])).toEqual([
      ['n1', { 'milestone.P2': 5 }, true],
      ['n2', undefined, true],
      ['n3', { 'milestone.P1': 6 }, true],
      ['n4', undefined, true],
    ])
  })

  test('gives a registry of its units and groups, and the relations of the rows', () => {
    expect(file!.registry.units.slice(0, 3)).toEqual([
      { id: 'U001', name: '县人力社保局' },
      { id: 'U002', name: '县医保局' },
      { id: 'U003', name: '县税务局' },
    ])
    expect(file!.registry.groups).toEqual([{ name: '各乡镇（街道）' }, { name: '27个政府组成部门' }])
    expect(file!.rows.map((row) => row.lead)).toEqual([
      ['县人力社保局', '县医保局'],
      ['县人力社保局'],
      ['县民政局', '县慈善会'],
      ['县城管局', '县文化旅游委'],
    ])
    expect(file!.rows[1]!.supporting).toEqual([
      '县发展改革委',
      '县教委',
      '县科技局',
      '27个政府组成部门',
      '县融媒体中心',
    ])
    expect(file!.rows[3]!.supporting).toEqual([])
    expect(doubts).toEqual([])
  })

  test('reads as a table of the plan made from it', () => {
    const { table, issues } = readTable(FENGJIE, breakdownSpec({ ...file!.plan, state: 'collecting' }))
    expect(issues).toEqual([])
    expect(table.rows.map((row) => row.cells)).toEqual(file!.rows.map((row) => row.cells))
  })
})

describe('the table of Chengkou', () => {
  test('has a target and no periods, and all its units lead', () => {
    const { file, doubts, issues } = infer(CHENGKOU)
    expect([doubts, issues]).toEqual([[], []])
    expect(file!.plan).toMatchObject({ county: '城口县', year: 2023, periods: [] })
    expect(file!.plan.columns.map((column) => column.key)).toEqual(['number', 'task', 'leadUnits', 'target'])
    expect(file!.rows.map((row) => row.lead)).toEqual([
      ['县教委', '县市场监管局', '县民政局', '县公安局'],
      ['县教委', '城兴公司'],
    ])
  })
})

describe('layouts never seen before', () => {
  test('one-level header with quarters, county and year from a broken title', () => {
    const grid = gridOf([
      across('云湖市青川区2024年', 8),
      across('十件民生实事责任分解表', 8),
      across('填报单位：区发展改革局', 8),
      ['序号', '实事名称', '年度目标任务', '一季度', '二季度', '三季度', '四季度', '责任部门'],
      ['1', '新建口袋公园', '建成5个', '完成选址', '开工2个', ...across('建成5个', 2), '区城管局'],
      ['2', '改造农贸市场', '改造3家', '', '', '', '改造3家', '区商务局 区市场监管局'],
    ])
    const { file, doubts, issues } = infer(grid)
    expect(issues).toEqual([])
    expect(file!.plan).toMatchObject({
      county: '青川区',
      year: 2024,
      title: '云湖市青川区2024年十件民生实事责任分解表',
    })
    expect(file!.plan.titleLines).toHaveLength(2)
    expect(file!.plan.columns.map((column) => column.key)).toEqual([
      'number',
      'task',
      'target',
      'milestones',
      'leadUnits',
    ])
    expect(file!.plan.periods.map((period) => period.to)).toEqual([
      '2024-03-31',
      '2024-06-30',
      '2024-09-30',
      '2024-12-31',
    ])
    expect(file!.rows[0]!.spans).toEqual({ 'milestone.P3': 2 })
    expect(file!.rows[1]!.spans).toBeUndefined()
    expect(file!.rows[1]!.lead).toEqual(['区商务局', '区市场监管局'])
    expect(doubts).toEqual([{ code: 'row/blank-milestones', rowId: 'n2', params: { count: 3 } }])
  })

  test('headers with 底 and 底前 under a group merely written above', () => {
    const grid = gridOf([
      across('关于2025年民生实事进度安排的表', 7),
      ['', '', '进度安排', '', '', '', ''],
      ['编号', '工作任务', '3月底前', '6月底', '9月底', '年底前', '牵头部门'],
      ['1', '任务', '一', '二', '三', '四', '县教育局（牵头）、县财政局'],
    ])
    const { file, issues } = infer(grid, { county: '某县' })
    expect(issues).toEqual([])
    expect(file!.plan.year).toBe(2025)
    expect(file!.plan.columns[2]).toEqual({ key: 'milestones', header: '进度安排' })
    expect(file!.plan.periods.map((period) => period.dueOn)).toEqual([
      '2025-03-31',
      '2025-06-30',
      '2025-09-30',
      '2025-12-31',
    ])
    expect(file!.rows[0]!.lead).toEqual(['县教育局', '县财政局'])
  })

  test('extra columns, a second unit column, section rows and merged-down leads', () => {
    const grid = gridOf([
      across('临江县2024年民生实事项目清单', 9),
      ['序号', '类别', '项目名称', '目标任务', '牵头领导', '牵头单位', '责任单位', '完成时限', '备注'],
      across('一、教育', 9),
      ['1', '教育', '新建学校', '建成1所', '', '县教育局', '县住建局', '12月底', ''],
      ['2', '教育', '扩建学校', '扩建2所', '', '^', '各乡镇', '10月底', ''],
      ['合计', '', '', '3所', '', '', '', '', ''],
      ['注：本表由县发展改革局负责解释。'],
    ])
    const { file, doubts, issues } = infer(grid)
    expect(issues).toEqual([])
    expect(file!.plan).toMatchObject({ county: '临江县', periods: [] })
    expect(file!.plan.columns).toEqual([
      { key: 'number', header: '序号' },
      { key: 'task', header: '项目名称' },
      { key: 'target', header: '目标任务' },
      { key: 'leadUnits', header: '牵头单位' },
      { key: 'supportingUnits', header: '责任单位' },
    ])
    expect(file!.rows.map((row) => [row.cells.target, row.lead, row.supporting])).toEqual([
      ['建成1所', ['县教育局'], ['县住建局']],
      ['扩建2所', ['县教育局'], ['各乡镇']],
    ])
    const extra = doubts.filter((doubt) => doubt.code === 'column/extra').map((doubt) => doubt.params.header)
    expect(extra).toEqual(['类别', '牵头领导', '完成时限', '备注'])
    expect(doubts.map((doubt) => doubt.code)).toEqual(
      expect.arrayContaining(['column/assumed', 'row/section', 'row/note', 'row/merged-down']),
    )
  })

  test('目标任务 is the target where another column names the tasks', () => {
    const grid = gridOf([
      across('某县2024年民生实事', 4),
      ['序号', '民生实事项目名称', '2024年目标任务', '责任单位'],
      ['1', '新建学校', '建成1所', '县教育局'],
    ])
    expect(infer(grid).file!.rows[0]!.cells).toEqual({
      number: '1',
      task: '新建学校',
      target: '建成1所',
      leadUnits: '县教育局',
    })
    const alone = gridOf([
      across('某县2024年民生实事', 3),
      ['序号', '目标任务', '责任单位'],
      ['1', '新建学校', '县教育局'],
    ])
    expect(infer(alone).file!.rows[0]!.cells.task).toBe('新建学校')
  })

  test('a span that ends in the last period counts for when that is due', () => {
    const grid = gridOf([
      across('某县2023年民生实事', 5),
      ['序号', '项目名称', '11月', '2024年1月', '责任单位'],
      ['1', '新建学校', ...across('12月底全面完工。', 2), '县教育局'],
    ])
    expect(infer(grid).file!.plan.periods[1]!.dueOn).toBe('2023-12-31')
  })

  test('a longer run of months of what was done does not beat that of the targets', () => {
    const grid = gridOf([
      across('某县2024年民生实事', 8),
      ['序号', '项目名称', ...across('各节点要求', 2), ...across('实际进展', 3), '责任单位'],
      ['^', '^', '6月', '12月', '4月', '6月', '12月', '^'],
      ['1', '新建学校', '主体完工', '投用', '10%', '50%', '100%', '县教育局'],
    ])
    const { file } = infer(grid)
    expect(file!.plan.columns[2]).toEqual({ key: 'milestones', header: '各节点要求' })
    expect(file!.rows[0]!.cells['milestone.P2']).toBe('投用')
  })

  test('months of what was done are no milestones', () => {
    const grid = gridOf([
      across('某县2024年民生实事', 8),
      ['序号', '项目名称', ...across('阶段目标', 2), ...across('完成情况', 3), '责任单位'],
      ['^', '^', '6月', '12月', '4月', '6月', '12月', '^'],
      ['1', '新建学校', '主体完工', '投用', '10%', '50%', '100%', '县教育局'],
    ])
    const { file } = infer(grid)
    expect(file!.plan.periods.map((period) => period.label)).toEqual(['6月', '12月'])
    expect(file!.rows[0]!.cells['milestone.P2']).toBe('投用')
  })
})

describe('units', () => {
  const registry: UnitRegistry = {
    units: [
      { id: 'edu', name: '县教育局', aliases: ['县教体局'] },
      { id: 'fin', name: '县财政局' },
    ],
    groups: [{ name: '各学校', members: ['县教育局'] }, { name: '各乡镇' }],
  }
  const table = (lead: string, supporting = '——') =>
    gridOf([
      across('某县2024年民生实事', 4),
      ['序号', '项目名称', '牵头单位', '配合单位'],
      ['1', '新建学校', lead, supporting],
    ])

  test('resolve through the registry given, and what does not is a doubt', () => {
    const { file, doubts } = infer(table('县教体局、县财证局', '各乡镇、县财政局'), { registry })
    expect(file!.registry).toBe(registry)
    expect(file!.rows[0]).toMatchObject({ lead: ['县教育局'], supporting: ['各乡镇', '县财政局'] })
    expect(doubts).toEqual([
      { code: 'unit/unresolved', rowId: 'n1', params: { text: '县财证局', column: 'leadUnits' } },
    ])
  })

  test('in the lead are units: a listed group stands for its members, another one is a doubt', () => {
    expect(infer(table('各学校'), { registry }).file!.rows[0]!.lead).toEqual(['县教育局'])
    expect(infer(table('各乡镇'), { registry }).doubts.map((doubt) => doubt.code)).toEqual(['lead/group', 'lead/none'])
    expect(infer(table('——')).doubts).toEqual([{ code: 'lead/none', rowId: 'n1', params: {} }])
  })

  test('without a registry are told apart where separators are wrong, and joined where a name is wrapped', () => {
    const names = (text: string) => infer(table(text)).file!.registry.units.map((unit) => unit.name)
    expect(names('县教育局和县财政局')).toEqual(['县教育局', '县财政局'])
    expect(names('县规划和自然资源局')).toEqual(['县规划和自然资源局'])
    expect(names('县人力\n社保局\n县教育局')).toEqual(['县人力社保局', '县教育局'])
    expect(names('县教育局（牵头），县财政局;县民政局等')).toEqual(['县教育局', '县财政局', '县民政局'])
  })

  test('that may be one unit in two spellings are a doubt', () => {
    expect(infer(table('县发展改革委', '县发改委')).doubts).toEqual([
      { code: 'unit/maybe-same', params: { text: '县发改委', other: '县发展改革委' } },
    ])
    expect(infer(table('某某县教育委员会、县教委', '教委、县财政局')).doubts).toEqual([
      { code: 'unit/maybe-same', params: { text: '县教委', other: '某某县教育委员会' } },
      { code: 'unit/maybe-same', params: { text: '教委', other: '某某县教育委员会' } },
      { code: 'unit/maybe-same', params: { text: '教委', other: '县教委' } },
    ])
  })
})

describe('a name with another in brackets', () => {
  const doubts = (...cells: string[]) => buildRegistry(cells).doubts

  test('is said to be read as one unit', () => {
    const text = '县水务局（县水利局）'
    expect(doubts(`${text}、县教委`)).toEqual([{ code: 'unit/two-names', params: { text, other: '县水利局' } }])
    expect(doubts('县人民政府办公室(县大数据局)')).toMatchObject([{ params: { other: '县大数据局' } }])
  })

  test('is asked about where either stands alone as well', () => {
    const text = '县水务局（县水利局）'
    expect(doubts(text, '县水利局、县水务局')).toEqual([
      { code: 'unit/maybe-same', params: { text, other: '县水务局' } },
      { code: 'unit/maybe-same', params: { text, other: '县水利局' } },
    ])
  })

  test.each(['县教委（牵头）', '县住房城乡建委（住保中心）', '各乡镇（街道）', '县财政局（负责资金保障）'])(
    'is no two units: %s',
    (text) => {
      expect(doubts(text, '县教委')).toEqual([])
    },
  )
})

describe('a rare name beside one that it may stand for', () => {
  const often = (name: string) => Array.from({ length: 12 }, () => name)
  const without = (cells: string[]) => {
    const { registry, certain } = buildRegistry(cells)
    return registry.units.map(({ name }) => name).filter((name) => !certain.units.some((unit) => unit.name === name))
  }

  test.each([
    ['县自燃资源局', '县自然资源局'],
    ['县自然资资源局', '县自然资源局'],
    ['县自然源局', '县自然资源局'],
    ['区民正局', '区民政局'],
    ['市卫生建康局', '市卫生健康局'],
    ['县住建局', '县住房城乡建设局'],
    ['市住房和城乡建设局', '市住房城乡建设局'],
  ])('%s for %s is kept for the plan, asked about, and left out of what the table is checked by', (text, other) => {
    const built = buildRegistry([...often(other), text])
    expect(built.registry.units.map(({ name }) => name)).toEqual([other, text])
    expect(built.certain.units.map(({ name }) => name)).toEqual([other])
    const asked = built.doubts.map(({ code, params }) => [code, params.text, params.other].sort())
    expect(asked).toContainEqual(['unit/maybe-same', text, other].sort())
  })

  test.each([
    ['县税务局', '县财政局'],
    ['县体育局', '县教育局'],
    ['县民宗局', '县民政局'],
    ['县文联', '县文旅局'],
    ['县水务局', '县水利局'],
    ['县审批局', '县审计局'],
    ['县公路局', '县公安局'],
    ['县农机局', '县农业局'],
    ['县妇联', '县残联'],
    ['县监察委', '县检察院'],
    ['县督察办', '县督查办'],
    ['县统战部', '县统计局'],
    ['县林草局', '县林业局'],
    ['城西街道', '城东街道'],
    ['青云镇', '青山镇'],
    ['县新达公司', '县信达公司'],
    ['县第二中学', '县第一中学'],
    ['市教育局', '县教育局'],
    ['县应急管理办', '县应急管理局'],
    ['县公安局交警大队', '县公安局'],
  ])('%s beside %s is a unit of its own', (text, other) => {
    expect(without([...often(other), text])).toEqual([])
    expect(without([...often(text), other])).toEqual([])
    expect(buildRegistry([...often(other), text]).doubts).toEqual([])
  })

  test('the name of a department is never taken for a misspelt one that stands as often', () => {
    expect(without(['区民政局', '区民正局'])).toEqual(['区民正局'])
    expect(without([...often('区民正局'), '区民政局'])).toEqual([])
  })

  test('names that are both in use are both left as they are', () => {
    expect(without([...often('县住建局'), ...often('县住房城乡建设局')])).toEqual([])
    expect(without([...often('县档案馆'), '县档案管', '县档案管', '县档案管'])).toEqual([])
  })

  test('the table is checked without it, and the plan has it', () => {
    const rows = often('县民政局').map((unit, i) => [String(i + 1), `任务${i}`, unit, '——'])
    const { file, checkRegistry } = infer(
      gridOf([
        across('某县2024年民生实事', 4),
        ['序号', '项目名称', '牵头单位', '配合单位'],
        ...rows,
        ['13', '任务', '县民正局', '——'],
      ]),
    )
    expect(file!.rows.at(-1)!.lead).toEqual(['县民正局'])
    expect(checkRegistry!.units.map(({ name }) => name)).toEqual(['县民政局'])
  })
})

describe('what cannot be made a plan', () => {
  const rows = [
    ['序号', '项目名称', '责任单位'],
    ['1', '新建学校', '县教育局'],
  ]

  test('says what is missing', () => {
    expect(
      infer(
        gridOf([
          ['姓名', '电话'],
          ['甲', '乙'],
        ]),
      ),
    ).toMatchObject({ issues: [{ code: 'header/missing' }], doubts: [] })
    expect(infer(gridOf([['某县民生实事'], ...rows], 'Sheet1'))).toMatchObject({ issues: [{ code: 'plan/no-year' }] })
    expect(infer(gridOf([['2024年民生实事'], ...rows], 'Sheet1'))).toMatchObject({
      issues: [{ code: 'plan/no-county' }],
    })
    expect(infer(gridOf(rows, 'Sheet1'), { county: '某县', year: 2024 }).file!.plan.title).toBe(
      '某县2024年民生实事任务分解表',
    )
  })

  test('keeps a merge that leaves the milestones as an issue of that row, with its spans unconfirmed', () => {
    const grid = gridOf([
      across('某县2024年民生实事', 5),
      ['序号', '项目名称', '6月', '12月', '责任单位'],
      ['1', '新建学校', '开工', '投用', '县教育局'],
      ['2', '扩建学校', '开工', '投用', '<'],
    ])
    const { file, issues } = infer(grid)
    expect(issues).toMatchObject([{ code: 'span/outside', rowId: 'n2', column: 'milestone.P2' }])
    expect(file!.rows.map((row) => row.spansConfirmed)).toEqual([true, false])
  })
})
