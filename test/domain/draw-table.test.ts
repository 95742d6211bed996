import { describe, expect, test } from 'vitest'
import { drawTable } from '../../domain/draw-table.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { countLines, heightOfText, MAX_ROW_HEIGHT } from '../../domain/row-height.ts'
import { CHENGKOU, FENGJIE, fengjieRow } from '../support/plan-samples.ts'

const SPEC = breakdownSpec(FENGJIE)
const ROW = fengjieRow(
  'r12',
  '12',
  '县中医院新院区投入使用。',
  [
    ['推进采购。', 2],
    ['持续推进采购。', 2],
    ['投用。', 1],
    ['——', 1],
  ],
  '县卫生健康委',
  '县医保局',
)
const draw = (rows = [ROW], carrier = true) =>
  drawTable({ spec: SPEC, rows, complete: true }, { name: '任务分解表', carrier })

describe('a drawn table', () => {
  test('has its attachment mark left and its title merged across the table', () => {
    const { cells, merges } = draw()
    expect(cells[0]![0]).toEqual({ text: '附件', style: 'attachment' })
    expect(cells[1]![0]).toEqual({ text: '奉节县2023年保障和改善民生行动计划任务分解表', style: 'title' })
    expect(merges).toContainEqual({ row: 1, column: 0, rows: 1, columns: 10 })
  })

  test('has a header of two levels, the group merged across and the others down', () => {
    const { cells, merges } = draw()
    expect(cells[2]!.map((cell) => cell.text)).toEqual([
      '序号',
      '重点任务',
      '每两月工作目标任务',
      '',
      '',
      '',
      '',
      '',
      '牵头单位',
      '配合单位',
      '台账标识',
    ])
    expect(cells[3]!.map((cell) => cell.text)).toEqual([
      '',
      '',
      '3月',
      '5月',
      '7月',
      '9月',
      '11月',
      '2024年1月',
      '',
      '',
      '',
    ])
    expect(merges).toContainEqual({ row: 2, column: 2, rows: 1, columns: 6 })
    for (const column of [0, 1, 8, 9, 10]) expect(merges).toContainEqual({ row: 2, column, rows: 2, columns: 1 })
  })

  test('merges a group of two periods too, and leaves one of a single period alone', () => {
    const groupMerges = (count: number) => {
      const spec = breakdownSpec({ ...FENGJIE, periods: FENGJIE.periods.slice(0, count) })
      const { merges } = drawTable({ spec, rows: [], complete: true }, { name: '表', carrier: false })
      return merges.filter((merge) => merge.row === 2 && merge.columns > 1)
    }
    expect(groupMerges(2)).toEqual([{ row: 2, column: 2, rows: 1, columns: 2 }])
    expect(groupMerges(1)).toEqual([])
  })

  test('has one header row where no column belongs to a group', () => {
    const { cells, merges } = drawTable(
      { spec: breakdownSpec(CHENGKOU), rows: [], complete: true },
      { name: '表', carrier: false },
    )
    expect(cells[2]!.map((cell) => cell.text)).toEqual(['序号', '项目名称', '责任单位', '2023年工作目标任务'])
    expect(merges.every((merge) => merge.row < 2)).toBe(true)
  })

  test('merges a span over its periods, and covered cells keep their border', () => {
    const { cells, merges } = draw()
    expect(merges.filter((merge) => merge.row === 4)).toEqual([
      { row: 4, column: 2, rows: 1, columns: 2 },
      { row: 4, column: 4, rows: 1, columns: 2 },
    ])
    expect(cells[4]![3]).toEqual({ text: '', style: 'text' })
    expect(cells[4]![7]).toEqual({ text: '——', style: 'center' })
  })

  test('hides the carrier behind the last column and keeps it off the paper', () => {
    const { cells, hiddenColumns, print, columnWidths } = draw()
    expect(cells[4]!.at(-1)!.text).toBe('r12@1')
    expect(hiddenColumns).toEqual([10])
    expect(print).toEqual({ paper: 'A3', orientation: 'landscape', repeatRows: [2, 3], lastColumn: 9, lastRow: 4 })
    expect(columnWidths).toHaveLength(11)
    expect(draw([ROW], false).hiddenColumns).toEqual([])
    expect(draw([{ ...ROW, rowId: 'sheet-row:7' }]).cells[4]!.at(-1)!.text).toBe('')
  })

  test('keeps the header and the columns 序号 and 重点任务 in view', () => {
    expect(draw().frozen).toEqual({ rows: 4, columns: 2 })
  })

  test('shades what may not be written, unless a style is asked for', () => {
    const model = drawTable(
      { spec: SPEC, rows: [ROW], complete: true },
      {
        name: '表',
        carrier: false,
        readonly: (_, key) => !key.startsWith('milestone.'),
        style: (_, key) => (key === 'milestone.P5' ? 'warning' : undefined),
      },
    )
    expect(model.cells[4]!.map((cell) => cell.style)).toEqual([
      'readonlyCenter',
      'readonly',
      ...Array(4).fill('text'),
      'warning',
      'center',
      'readonlyCenter',
      'readonlyCenter',
    ])
  })

  test('never lets a span leave the milestone columns', () => {
    const tooLong = { ...ROW, cells: { ...ROW.cells }, spans: { 'milestone.P5': 9, task: 3 } }
    const { merges } = draw([tooLong])
    expect(merges.filter((merge) => merge.row === 4)).toEqual([{ row: 4, column: 6, rows: 1, columns: 2 }])
  })
})

describe('row heights', () => {
  /** A height as lines of 10 pt in the taller of the two fonts. */
  const linesOf = (text: string, width: number, indent = 0) => Math.round(heightOfText(text, width, 10, indent) / 14.5)

  test('count a han character as wide as the font is high, in the narrower columns of Excel and WPS', () => {
    // 21 units are 12 han characters there, 14 where other fonts stand in.
    expect(linesOf('一'.repeat(12), 21)).toBe(1)
    expect(linesOf('一'.repeat(15), 21)).toBe(2)
    expect(linesOf('一\n二\r\n三', 21)).toBe(3)
    expect(linesOf('', 21)).toBe(1)
    expect(heightOfText('一'.repeat(120), 21, 10)).toBeGreaterThanOrEqual(10 * 12.5)
    expect(heightOfText('一'.repeat(120), 21, 10)).toBeGreaterThanOrEqual(9 * 14.5)
  })

  test('keep numbers and Latin words whole, punctuation off the start of a line, and an indent in mind', () => {
    expect(linesOf(`${'一'.repeat(11)}1000000人`, 21)).toBe(2)
    expect(linesOf(`${'一'.repeat(13)}10%。`, 21)).toBe(2)
    expect(countLines(`${'一'.repeat(12)}，${'一'.repeat(11)}`, 21, 10)).toBe(3)
    expect(linesOf('a'.repeat(100), 21)).toBe(5)
    expect(linesOf('一'.repeat(12), 21)).toBe(1)
    expect(linesOf('一'.repeat(12), 21, 1)).toBe(2)
  })

  test('grow with the longest cell of the row, a merged one measured over all its columns', () => {
    const text = '一'.repeat(100)
    const alone = draw([
      fengjieRow(
        'r',
        '1',
        '短',
        [
          [text, 1],
          ['——', 5],
        ],
        '甲',
        '乙',
      ),
    ]).rowHeights[4]!
    const merged = draw([fengjieRow('r', '1', '短', [[text, 6]], '甲', '乙')]).rowHeights[4]!
    expect(alone).toBeGreaterThanOrEqual(8 * 14.5)
    expect(merged).toBeLessThan(alone / 2)
  })

  test('stay within what Excel allows, columns get wider instead', () => {
    const model = draw([
      fengjieRow(
        'r',
        '1',
        '短',
        [
          ['一'.repeat(500), 1],
          ['——', 5],
        ],
        '甲',
        '乙',
      ),
    ])
    expect(model.columnWidths[2]).toBeGreaterThan(22)
    expect(model.rowHeights[4]).toBeLessThanOrEqual(MAX_ROW_HEIGHT)
    expect(heightOfText('一'.repeat(500), model.columnWidths[2]!, 10, 1)).toBeLessThanOrEqual(MAX_ROW_HEIGHT)
    expect(draw([fengjieRow('r', '1', '一'.repeat(30_000), [['——', 6]], '甲', '乙')]).rowHeights[4]).toBe(
      MAX_ROW_HEIGHT,
    )
  })
})
