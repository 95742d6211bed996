/** Headers as counties word them, and what they are taken for. A cell reads: header, or header > header below it. */
import { describe, expect, test } from 'vitest'
import type { Grid } from '../../domain/grid.ts'
import { inferPlan } from '../../domain/infer-plan.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { readTable } from '../../domain/read-table.ts'
import { gridOf } from '../support/model-grid.ts'

function infer(grid: Grid, year = 2024) {
  let count = 0
  return inferPlan(grid, { planId: 'p', county: '某县', year, newId: () => `n${++count}` })
}

/** `键=表头` for each column, milestones as their labels; what is extra in brackets. */
function describeHeaders(...rows: string[][]): string {
  const body = rows[0]!.map((_, i) => (i === 0 ? '1' : `文字${i}`))
  const grid = gridOf([...rows, body])
  const { file, doubts } = infer(grid)
  if (!file) return 'no table'
  const { table, issues } = readTable(grid, breakdownSpec({ ...file.plan, state: 'collecting' }))
  expect(issues).toEqual([])
  expect(table.rows.map(({ cells }) => cells)).toEqual(file.rows.map(({ cells }) => cells))
  const parts = file.plan.columns.map(({ key, header }) =>
    key === 'milestones' ? `[${file.plan.periods.map(({ label }) => label).join(' ')}]` : `${key}=${header}`,
  )
  const extra = doubts.filter(({ code }) => code === 'column/extra').map(({ params }) => params.header)
  return [...parts, ...(extra.length > 0 ? [`(${extra.join(' ')})`] : [])].join(' ')
}

describe('headers of one level', () => {
  test.each([
    [
      '序号|项目名称|建设地点|建设内容及规模|总投资|2024年目标任务|责任单位|包联领导',
      'number=序号 task=项目名称 target=2024年目标任务 leadUnits=责任单位 (建设地点 建设内容及规模 总投资 包联领导)',
    ],
    [
      '序号|实事事项|主要内容|预期目标|1季度|2季度|牵头单位|协作单位',
      'number=序号 task=实事事项 target=预期目标 [1季度 2季度] leadUnits=牵头单位 supportingUnits=协作单位 (主要内容)',
    ],
    ['类别|序号|项目|内容|责任单位', 'number=序号 task=项目 target=内容 leadUnits=责任单位 (类别)'],
    [
      '序号|民生实事|一季度（1-3月）|二季度\n(4-6月)|牵头及责任单位|备注',
      'number=序号 task=民生实事 [一季度（1-3月） 二季度(4-6月)] leadUnits=牵头及责任单位 (备注)',
    ],
    [
      '序号|民生实事|三季度|四季度|全年目标|责任单位及责任人',
      'number=序号 task=民生实事 [三季度 四季度] target=全年目标 leadUnits=责任单位及责任人',
    ],
    [
      '序号|民生实事|上半年|全年|责任单位|责任单位联系人|责任单位联系电话',
      'number=序号 task=民生实事 [上半年 全年] leadUnits=责任单位 (责任单位联系人 责任单位联系电话)',
    ],
    [
      '序号|任务清单|目标要求|截至6月底|截至12月底|主体责任单位|配合单位',
      'number=序号 task=任务清单 target=目标要求 [截至6月底 截至12月底] leadUnits=主体责任单位 supportingUnits=配合单位',
    ],
    [
      '序号|惠民实事|工作标准|6月30日前|12月31日前|责任部门|牵头责任部门',
      'number=序号 task=惠民实事 target=工作标准 [6月30日前 12月31日前] supportingUnits=责任部门 leadUnits=牵头责任部门',
    ],
    [
      '项目编号|重点任务分解|工作措施|时限要求|牵头单位|督办单位',
      'number=项目编号 task=重点任务分解 target=工作措施 leadUnits=牵头单位 (时限要求 督办单位)',
    ],
    [
      '序号|目标名称|目标值|上半年目标值|下半年目标值|责任单位',
      'number=序号 task=目标名称 target=目标值 [上半年目标值 下半年目标值] leadUnits=责任单位',
    ],
    [
      '序号|项目|一季度目标|一季度完成情况|二季度目标|二季度完成情况|责任单位',
      'number=序号 task=项目 [一季度目标 二季度目标] leadUnits=责任单位 (一季度完成情况 二季度完成情况)',
    ],
    [
      '序号|重点任务|第一阶段（1-3月）|第二阶段（4-8月）|牵头单位',
      'number=序号 task=重点任务 [第一阶段（1-3月） 第二阶段（4-8月）] leadUnits=牵头单位',
    ],
    ['序号|重点任务|11月|12月|次年1月|牵头单位', 'number=序号 task=重点任务 [11月 12月 次年1月] leadUnits=牵头单位'],
    [
      '序号|重点任务|年度目标|进度安排|牵头单位',
      'number=序号 task=重点任务 target=年度目标 [进度安排] leadUnits=牵头单位',
    ],
    [
      '序号|重点任务|年度目标|工作进度|牵头单位',
      'number=序号 task=重点任务 target=年度目标 leadUnits=牵头单位 (工作进度)',
    ],
    ...['责任分工', '职责分工', '单位分工', '部门分工', '责任单位及分工', '责任单位（分工）', '牵头（责任）单位'].map(
      (header) => [`序号|民生实事|年度目标|${header}`, `number=序号 task=民生实事 target=年度目标 leadUnits=${header}`],
    ),
    [
      '序号|民生实事|责任分工|配合单位|责任领导',
      'number=序号 task=民生实事 leadUnits=责任分工 supportingUnits=配合单位 (责任领导)',
    ],
    ['序号|民生实事|职责分工|责任单位', 'number=序号 task=民生实事 leadUnits=责任单位 (职责分工)'],
    ['序号|责任单位|任务数|其中：新建', 'no table'],
    ['序号|姓名|单位', 'no table'],
  ])('%s', (headers, expected) => {
    expect(describeHeaders(headers.split('|'))).toBe(expected)
  })
})

describe('headers of more levels', () => {
  test('a year above its months', () => {
    const rows = [
      ['序号', '重点任务', '2023年', '<', '2024年', '<', '牵头单位'],
      ['^', '^', '9月', '12月', '3月', '9月', '^'],
    ]
    expect(describeHeaders(...rows)).toBe(
      'number=序号 task=重点任务 [2023年9月 2023年12月 2024年3月 2024年9月] leadUnits=牵头单位',
    )
    const periods = infer(gridOf([...rows, ['1', 'a', 'b', 'c', 'd', 'e', 'f']]), 2023).file!.plan.periods
    expect(periods.map(({ from, to }) => `${from}~${to}`)).toEqual([
      '2023-01-01~2023-09-30',
      '2023-10-01~2023-12-31',
      '2024-01-01~2024-03-31',
      '2024-04-01~2024-09-30',
    ])
  })

  test('what is due and what was done below each period, or below the whole', () => {
    const below = [
      ['序号', '项目', '一季度', '<', '二季度', '<', '责任单位'],
      ['^', '^', '目标', '完成情况', '目标', '完成情况', '^'],
    ]
    expect(describeHeaders(...below)).toContain('[一季度 二季度]')
    const beside = [
      ['序号', '项目', '年度目标', '工作进展', '<', '责任单位'],
      ['^', '^', '^', '一季度', '二季度', '^'],
    ]
    expect(describeHeaders(...beside)).not.toContain('[')
  })

  test('quarters above their months, and one word each for those who lead and support', () => {
    const rows = [
      ['序号', '项目', '一季度', '<', '二季度', '责任单位', ''],
      ['^', '^', '1月', '3月', '5月', '牵头', '配合'],
    ]
    expect(describeHeaders(...rows)).toBe('number=序号 task=项目 [1月 3月 5月] leadUnits=牵头 supportingUnits=配合')
  })

  test('stages without a date, below a group or not', () => {
    const rows = [
      ['序号', '项目', '实施步骤', '<', '责任单位'],
      ['^', '^', '第一阶段', '第二阶段', '^'],
    ]
    expect(describeHeaders(...rows)).toBe('number=序号 task=项目 [第一阶段 第二阶段] leadUnits=责任单位')
  })
})

describe('hidden columns', () => {
  const rows = [
    ['序号', '重点任务', '责任单位（旧）', '责任单位', '配合单位'],
    ['1', '任务', '县教委', '县教育局', '县财政局'],
  ]

  test('say nothing that a visible column says, and all that none says', () => {
    const grid = { ...gridOf(rows), hiddenColumns: [2, 4] }
    const { file } = infer(grid)
    expect(file!.rows[0]).toMatchObject({ lead: ['县教育局'], supporting: ['县财政局'] })
    const { table, issues } = readTable(grid, breakdownSpec({ ...file!.plan, state: 'collecting' }))
    expect(issues).toEqual([])
    expect(table.rows[0]!.cells.leadUnits).toBe('县教育局')
  })
})

describe('a period whose label names no year', () => {
  const header = (label: string) =>
    gridOf([
      ['序号', '重点任务', '11月', label, '牵头单位'],
      ['1', 'a', 'b', 'c', 'd'],
    ])
  const spec = breakdownSpec({ ...infer(header('1月')).file!.plan, state: 'collecting' })

  test('is known in its own year and in no other', () => {
    expect(readTable(header('2025年1月'), spec).issues).toEqual([])
    expect(readTable(header('2024年1月'), spec).issues).toMatchObject([
      { code: 'header/missing', column: 'milestone.P2' },
    ])
  })
})

describe('rows that are no tasks', () => {
  const read = (...rows: string[][]) =>
    infer(gridOf([['序号', '重点任务', '上半年', '下半年', '牵头单位'], ...rows, ['1', '任务', '甲', '乙', '县教委']]))

  test.each([
    [['1', '2', '3', '4', '5']],
    [['（1）', '（2）', '（3）', '（4）', '（5）']],
    [['甲', '乙', '1', '2', '3']],
  ])('the numbers of the columns: %j', (row) => {
    expect(read(row).file!.rows).toHaveLength(1)
  })

  test.each([[['2', '新建学校', '3', '4', '5']], [['1', '2', '', '', '']], [['3', '2', '1', '', '']]])(
    'but not a task with figures: %j',
    (row) => {
      expect(read(row).file!.rows).toHaveLength(2)
    },
  )

  test('a section whose number has its own column, totals, signatures', () => {
    const { file, doubts } = read(
      ['一', '就业增收', '', '', ''],
      ['合计（2项）', '', '', '', ''],
      ['分管领导签字：', '', '', '单位（盖章）', ''],
    )
    expect(file!.rows).toHaveLength(1)
    expect(doubts.map(({ code, params }) => `${code} ${params.text}`)).toEqual([
      'row/section 一 就业增收',
      'row/note 合计（2项）',
      'row/note 分管领导签字：',
    ])
  })

  test('but a task with a Chinese number stays one', () => {
    expect(read(['一', '就业增收', '新增100人', '', '']).file!.rows).toHaveLength(2)
  })
})

describe('above the table', () => {
  const table = [
    ['序号', '重点任务', '牵头单位'],
    ['1', '任务', '县教委'],
  ]
  const inferTitle = (...lines: string[]) =>
    inferPlan(gridOf([...lines.map((line) => [line, '<', '<']), ...table], 'Sheet1'), { planId: 'p', newId: () => 'n' })

  test('the county stands in the title, behind 中共, or with the office that made the table', () => {
    const countyOf = (...lines: string[]) => inferTitle(...lines).file?.plan.county
    expect(countyOf('中共清河县委办公室关于印发2024年民生实事的通知')).toBe('清河县')
    expect(countyOf('2024年民生实事任务分解表', '填报单位：清河县发展和改革局')).toBe('清河县')
    expect(countyOf('2024年全县民生实事任务分解表')).toBeUndefined()
  })

  test('the first section is not of the title', () => {
    expect(inferTitle('清河县2024年民生实事', '一、就业增收').file!.plan.title).toBe('清河县2024年民生实事')
  })
})
