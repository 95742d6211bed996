import { describe, expect, test } from 'vitest'
import type { Area, Grid } from '../../domain/grid.ts'
import { foldHeaderLoosely } from '../../domain/header-text.ts'
import { paintMerges } from '../../domain/merged-cells.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { readTable } from '../../domain/read-table.ts'
import { gridOf } from '../support/model-grid.ts'
import { CHENGKOU, FENGJIE } from '../support/plan-samples.ts'

const FENGJIE_SPEC = breakdownSpec(FENGJIE)
const CHENGKOU_SPEC = breakdownSpec(CHENGKOU)

const HEADER = [
  ['序号', '重点任务', '每两月工作目标任务', '<', '<', '<', '<', '<', '牵头单位', '配合单位'],
  ['^', '^', '3月', '5月', '7月', '9月', '11月', '2024年1月', '^', '^'],
]
const TITLE = [['附件'], ['奉节县2023年保障和改善民生行动计划任务分解表', ...Array(9).fill('<')], ['']]
const SIX = ['一', '二', '三', '四', '五', '六']

function fengjie(...rows: string[][]): Grid {
  return gridOf([...TITLE, ...HEADER, ...rows])
}

describe('the header', () => {
  test('is found below title rows, with groups merged across and the rest merged down', () => {
    const { layout, issues } = readTable(fengjie(['1', '任务', ...SIX, '县教委', '——']), FENGJIE_SPEC)
    expect(issues).toEqual([])
    expect(layout).toMatchObject({ headerTop: 3, headerRows: 2, firstRow: 5, lastRow: 5, rows: [5], extraColumns: [] })
    expect(layout!.columns).toMatchObject({
      number: 0,
      task: 1,
      'milestone.P1': 2,
      'milestone.P6': 7,
      supportingUnits: 9,
    })
  })

  test('is found where the group is only written above and nothing is merged', () => {
    const grid = gridOf([
      ['', '', '每两月工作目标任务', '', '', '', '', '', '', ''],
      ['序号', '重点任务', '3月', '5月', '7月', '9月', '11月', '2024年1月', '牵头单位', '配合单位'],
      ['1', '任务', ...SIX, '县教委', '——'],
    ])
    const { table, issues } = readTable(grid, FENGJIE_SPEC)
    expect(issues).toEqual([])
    expect(table.rows.map((row) => row.cells['milestone.P2'])).toEqual(['二'])
  })

  test('is found with blanks, line breaks, full-width letters, aliases and moved columns', () => {
    const grid = gridOf([
      [
        '牵头\n部门',
        '序　号',
        '重点 任务',
        '１１月',
        '3月份',
        '2023年5月',
        '2023/7/1',
        '9月底前',
        '2024-01',
        '配合单位（协办）',
      ],
      ['县教委', '1', '任务', '五', '一', '二', '三', '四', '六', '——'],
    ])
    const { table, issues } = readTable(grid, FENGJIE_SPEC)
    expect(issues).toEqual([])
    expect(table.rows[0]!.cells).toEqual({
      number: '1',
      task: '任务',
      ...Object.fromEntries(SIX.map((text, i) => [`milestone.P${i + 1}`, text])),
      leadUnits: '县教委',
      supportingUnits: '——',
    })
  })

  test('keeps a year that belongs to it', () => {
    const rows = [['1', '停车场', '县住房城乡建委', '新增泊位100个']]
    const own = gridOf([['序号', '项目名称', '责任单位', '2023年工作目标任务'], ...rows])
    expect(readTable(own, CHENGKOU_SPEC).table.rows[0]!.cells.target).toBe('新增泊位100个')
    const twoYears = gridOf([
      ['序号', '项目名称', '责任单位', '2022年工作目标任务', '2023年工作目标任务'],
      ['1', '停车场', '县住房城乡建委', '旧', '新'],
    ])
    const { table, layout } = readTable(twoYears, CHENGKOU_SPEC)
    expect(table.rows[0]!.cells.target).toBe('新')
    expect(layout!.extraColumns).toEqual([{ column: 3, header: '2022年工作目标任务' }])
  })

  test('reports a column that is missing and reads the others', () => {
    const { table, layout, issues } = readTable(
      gridOf([
        ['序号', '项目名称', '2023年工作目标任务'],
        ['1', '停车场', '100个'],
      ]),
      CHENGKOU_SPEC,
    )
    expect(issues).toEqual([
      { code: 'header/missing', severity: 'error', column: 'leadUnits', params: { header: '责任单位' } },
    ])
    expect(layout!.columns).toEqual({ number: 0, task: 1, target: 2 })
    expect(table.rows[0]!.cells).toEqual({ number: '1', task: '停车场', target: '100个' })
  })

  test('found twice is reported with both places and read from neither', () => {
    const grid = gridOf([
      ['', '', ''],
      ['序号', '项目名称', '责任单位', '2023年工作目标任务', '', '责任单位'],
      ['1', '停车场', '甲', '100个', '', '乙'],
    ])
    const { table, issues } = readTable(grid, CHENGKOU_SPEC)
    expect(issues).toEqual([
      { code: 'header/doubled', severity: 'error', column: 'leadUnits', params: { header: '责任单位', at: 'C2、F2' } },
    ])
    expect('leadUnits' in table.rows[0]!.cells).toBe(false)
  })

  test('tells the months of targets from the same months of what was done', () => {
    const months = ['3月', '5月', '7月', '9月', '11月', '2024年1月']
    const grid = gridOf([
      [
        '序号',
        '重点任务',
        '每两月工作目标任务',
        '<',
        '<',
        '<',
        '<',
        '<',
        '完成情况',
        '<',
        '<',
        '<',
        '<',
        '<',
        '牵头单位',
        '配合单位',
      ],
      ['^', '^', ...months, ...months, '^', '^'],
      ['1', '任务', ...SIX, '1', '2', '3', '4', '5', '6', '县教委', '——'],
    ])
    const { table, layout, issues } = readTable(grid, FENGJIE_SPEC)
    expect(issues).toEqual([])
    expect(table.rows[0]!.cells['milestone.P1']).toBe('一')
    expect(layout!.extraColumns).toHaveLength(6)
  })

  test('that two columns of the spec would take is given to neither', () => {
    const columns = CHENGKOU.columns.map((column) =>
      column.key === 'task' || column.key === 'target' ? { ...column, aliases: ['内容'] } : column,
    )
    const { issues } = readTable(
      gridOf([
        ['序号', '内容', '责任单位'],
        ['1', '停车场', '县教委'],
      ]),
      breakdownSpec({ ...CHENGKOU, columns }),
    )
    expect(issues.map(({ code, column }) => [code, column])).toEqual([
      ['header/missing', 'task'],
      ['header/missing', 'target'],
    ])
  })

  test('that is nowhere gives one issue and no layout', () => {
    const { table, layout, issues } = readTable(
      gridOf([
        ['姓名', '电话'],
        ['序号', '备注'],
      ]),
      CHENGKOU_SPEC,
    )
    expect(layout).toBeUndefined()
    expect(table.rows).toEqual([])
    expect(issues).toEqual([
      { code: 'header/missing', severity: 'error', params: { header: '序号、项目名称、责任单位、2023年工作目标任务' } },
    ])
  })
})

describe('the rows', () => {
  test('leave out section titles, empty rows, totals, a repeated header and notes', () => {
    const { table, layout } = readTable(
      fengjie(
        ['一、推动就业社保更加健全', ...Array(9).fill('<')],
        ['1', '任务一', ...SIX, '县教委', '——'],
        [],
        ['二、推动健康服务更加完善'],
        ...HEADER,
        ['2', '任务二', ...SIX, '县教委', '——'],
        ['3'],
        ['合 计', '', '', '', '', '', '', '', '2个单位'],
        ['注：1.本表按月填报。', ...Array(9).fill('<')],
        ['2.没有任务的填——。'],
        ['', '填报人：', '', '', '联系电话：', '', '', '', '审核人：'],
      ),
      FENGJIE_SPEC,
    )
    expect(table.rows.map((row) => row.cells.number)).toEqual(['1', '2', '3'])
    expect(table.rows[2]!.cells.task).toBe('')
    expect(layout!.skipped.map((row) => row.kind)).toEqual([
      'section',
      'section',
      'header',
      'header',
      'note',
      'note',
      'note',
      'note',
    ])
    expect(layout!.rows).toEqual([6, 11, 12])
    expect(layout!.lastRow).toBe(12)
  })

  test('keep what somebody began to type into a new line', () => {
    const { table } = readTable(fengjie(['', '新任务'], ['', '', '', '只有一个节点']), FENGJIE_SPEC)
    expect(table.rows.map((row) => [row.cells.task, row.cells['milestone.P2']])).toEqual([
      ['新任务', ''],
      ['', '只有一个节点'],
    ])
  })

  test('go on below a note in the middle', () => {
    const row = (number: string) => [number, `任务${number}`, ...SIX, '县教委', '——']
    const { table } = readTable(
      fengjie(row('1'), ['注：以下为新增任务。'], row('2'), ['', '刚开始填的任务']),
      FENGJIE_SPEC,
    )
    expect(table.rows.map((one) => one.cells.task)).toEqual(['任务1', '任务2', '刚开始填的任务'])
  })

  test('carry ids and versions from the hidden column, and provisional ids where there are none', () => {
    const grid = gridOf([
      ['序号', '项目名称', '责任单位', '2023年工作目标任务', '台账标识'],
      ['1', '甲', '县教委', '目标', 'r-1@12'],
      ['', '', '', '', ' r.2 @ 0 '],
      ['2', '乙', '县教委', '目标', ''],
      ['3', '丙', '县教委', '目标', '第三行'],
    ])
    const { table, issues, layout } = readTable(grid, CHENGKOU_SPEC)
    expect(table.rows.map(({ rowId, ver }) => [rowId, ver])).toEqual([
      ['r-1', 12],
      ['r.2', 0],
      ['sheet-row:4', undefined],
      ['sheet-row:5', undefined],
    ])
    expect(issues).toEqual([
      {
        code: 'row/id-malformed',
        severity: 'error',
        rowId: 'sheet-row:5',
        index: 3,
        params: { text: '第三行', at: 'E5' },
      },
    ])
    expect(layout!.carrierColumn).toBe(4)
    expect(layout!.extraColumns).toEqual([])
  })

  test('name the columns that hold formulas', () => {
    const grid = gridOf([
      ['序号', '项目名称', '责任单位', '2023年工作目标任务'],
      ['1', '甲', '县教委', '3'],
    ])
    grid.formulas.push({ row: 1, column: 3 })
    expect(readTable(grid, CHENGKOU_SPEC).table.rows[0]!.formulas).toEqual(['target'])
  })
})

describe('merged cells', () => {
  test('across milestones are one target with a span, and the covered columns are absent', () => {
    const { table, issues } = readTable(
      fengjie(['2', '社保扩面', '——', '12月底达到95%', '<', '<', '<', '<', '县医保局', '县税务局']),
      FENGJIE_SPEC,
    )
    const [row] = table.rows
    expect(issues).toEqual([])
    expect(row!.spans).toEqual({ 'milestone.P2': 5 })
    expect(Object.keys(row!.cells)).toEqual([
      'number',
      'task',
      'milestone.P1',
      'milestone.P2',
      'leadUnits',
      'supportingUnits',
    ])
  })

  test('that leave the milestones are an issue, their text stays in the first column', () => {
    const { table, issues } = readTable(
      fengjie(
        ['1', '任务', ...SIX.slice(0, 4), '五', '<', '<', '——'],
        ['2', '任务', '<', ...SIX.slice(1), '县教委', '——'],
      ),
      FENGJIE_SPEC,
    )
    expect(table.rows[0]!.cells).toMatchObject({
      'milestone.P5': '五',
      'milestone.P6': '',
      leadUnits: '',
      supportingUnits: '——',
    })
    expect(table.rows[1]!.cells).toMatchObject({ task: '任务', 'milestone.P1': '', 'milestone.P2': '二' })
    expect(
      issues.map(({ code, severity, column, index, params }) => [code, severity, column, index, params.at]),
    ).toEqual([
      ['span/outside', 'error', 'milestone.P5', 0, 'G6:I6'],
      ['span/outside', 'error', 'task', 1, 'B7:C7'],
    ])
    expect(table.rows.every((row) => row.spans === undefined)).toBe(true)
  })

  test('over a milestone and a column that is not in the table are an issue, over another cell and such a column are not', () => {
    const grid = gridOf([
      ['序号', '重点任务', '备注', '3月', '5月', '7月', '9月', '11月', '2024年1月', '说明', '牵头单位', '配合单位'],
      ['1', '任务', '<', ...SIX, '<', '县教委', '——'],
    ])
    const { table, issues } = readTable(grid, FENGJIE_SPEC)
    expect(table.rows[0]!.cells).toMatchObject({ task: '任务', 'milestone.P6': '六' })
    expect(issues.map(({ code, column }) => [code, column])).toEqual([['span/outside', 'milestone.P6']])
  })

  test('down over a whole line make it one row', () => {
    const line = ['1', '任务', ...SIX, '县教委', '——']
    const { table } = readTable(
      fengjie(line, Array(10).fill('^'), ['2', '任务二', ...SIX, '县教委', '——']),
      FENGJIE_SPEC,
    )
    expect(table.rows.map((row) => row.cells.number)).toEqual(['1', '2'])
  })

  test('down are their text in each row and never a span', () => {
    const { table, issues } = readTable(
      fengjie(['1', '任务', ...SIX, '县教委', '——'], ['2', '任务二', ...SIX, '^', '——']),
      FENGJIE_SPEC,
    )
    expect(issues).toEqual([])
    expect(table.rows.map((row) => [row.cells.leadUnits, row.mergedDown, row.spans])).toEqual([
      ['县教委', ['leadUnits'], undefined],
      ['县教委', ['leadUnits'], undefined],
    ])
  })

  test('across and down are a span in each row', () => {
    const grid = fengjie(
      ['1', '甲', '共同目标', '', ...SIX.slice(2), '县教委', '——'],
      ['2', '乙', '', '', ...SIX.slice(2), '县教委', '——'],
    )
    grid.merges.push({ row: 5, column: 2, rows: 2, columns: 2 })
    const { table } = readTable(grid, FENGJIE_SPEC)
    for (const row of table.rows) {
      expect(row.cells['milestone.P1']).toBe('共同目标')
      expect('milestone.P2' in row.cells).toBe(false)
      expect(row.spans).toEqual({ 'milestone.P1': 2 })
      expect(row.mergedDown).toEqual(['milestone.P1'])
    }
  })

  test('of the header make one wide column, not two', () => {
    const grid = gridOf([
      ['序号', '项目名称', '责任单位', '<', '2023年工作目标任务'],
      ['1', '甲', '县教委', '<', '目标'],
    ])
    const { table, issues } = readTable(grid, CHENGKOU_SPEC)
    expect(issues).toEqual([])
    expect(table.rows[0]!.cells).toEqual({ number: '1', task: '甲', leadUnits: '县教委', target: '目标' })
  })
})

describe('hostile sheets', () => {
  test('with merges over everything, ragged and missing rows are read in no time', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => (i % 7 === 0 ? [] : [`${i}`, `任务${i}`]))
    const grid = fengjie(...rows)
    const huge: Area[] = Array.from({ length: 5000 }, (_, i) => ({
      row: i % 3000,
      column: i % 12,
      rows: 1_048_576,
      columns: 16_384,
    }))
    grid.merges.push(...huge)
    const started = performance.now()
    readTable(grid, FENGJIE_SPEC)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('with nothing on them have no table', () => {
    expect(readTable(gridOf([]), FENGJIE_SPEC).layout).toBeUndefined()
    expect(readTable(fengjie(), FENGJIE_SPEC)).toMatchObject({
      table: { rows: [] },
      layout: { firstRow: 5, lastRow: 4 },
    })
  })
})

describe('merged areas that overlap', () => {
  test('are painted once: the upper one holds', () => {
    const upper: Area = { row: 1, column: 0, rows: 3, columns: 2 }
    const lower: Area = { row: 2, column: 1, rows: 3, columns: 2 }
    const merged = paintMerges([lower, upper], { firstRow: 1, endRow: 10, endColumn: 3 })
    expect([merged.at(2, 1), merged.at(4, 1), merged.at(2, 2), merged.at(5, 2)]).toEqual([
      upper,
      lower,
      lower,
      undefined,
    ])
  })

  test('count only where they begin inside the rows', () => {
    const above: Area = { row: 0, column: 0, rows: 5, columns: 1 }
    expect(paintMerges([above], { firstRow: 1, endRow: 10, endColumn: 3 }).at(2, 0)).toBeUndefined()
  })
})

describe('headers compared loosely', () => {
  test.each([
    ['2023年工作目标任务', '工作目标任务'],
    ['2024 年度目标任务（万元）', '目标任务'],
    ['2024年1月', '2024年1月'],
    ['（备注）', '(备注)'],
    ['', ''],
  ])('%s → %s', (text, folded) => {
    expect(foldHeaderLoosely(text)).toBe(folded)
  })
})
