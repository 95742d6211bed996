import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawTable } from '../../domain/draw-table.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { readTable } from '../../domain/read-table.ts'
import type { Table } from '../../domain/table.ts'
import { modelToGrid } from '../support/model-grid.ts'
import { anyPlan, anyTableOf, CHENGKOU, FENGJIE, fengjieRow } from '../support/plan-samples.ts'

function rowsOf(table: Table) {
  return table.rows.map(({ at: _, ...row }) => row)
}

function readBack(table: Table, carrier: boolean) {
  return readTable(modelToGrid(drawTable(table, { name: '任务分解表', carrier })), table.spec)
}

describe('a drawn table reads back as itself', () => {
  test('for any plan, any texts and any spans', () => {
    fc.assert(
      fc.property(
        anyPlan.chain((plan) => anyTableOf(plan)),
        (table) => {
          const back = readBack(table, true)
          expect(back.issues).toEqual([])
          expect(rowsOf(back.table)).toEqual(rowsOf(table))
          expect(back.layout?.rows).toEqual(back.table.rows.map((row) => row.at))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('without the carrier too, but for ids and versions, where rows look like rows', () => {
    const looksLikeRow = (table: Table) =>
      table.rows.every(({ cells }) => /^\d+$/.test(cells.number!) && !/^(序号|注)/.test(cells.task!))
    const numbered = anyPlan
      .chain((plan) => anyTableOf(plan))
      .map((table) => ({
        ...table,
        rows: table.rows.map((row, i) => ({ ...row, cells: { ...row.cells, number: `${i + 1}` } })),
      }))
    fc.assert(
      fc.property(numbered.filter(looksLikeRow), (table) => {
        const back = readBack(table, false)
        const plain = ({ cells, spans }: Table['rows'][number]) => ({ cells, spans })
        expect(back.table.rows.map(plain)).toEqual(table.rows.map(plain))
        expect(back.table.rows.every((row) => row.rowId === `sheet-row:${row.at! + 1}`)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('with the merged cells of the Fengjie notice', () => {
    const rows = [
      fengjieRow(
        'r2',
        '2',
        '深入推进社保参保扩面。',
        [
          ['——', 1],
          ['12月底参保率达到95%以上。', 5],
        ],
        '县人力社保局、县医保局',
        '县税务局',
      ),
      fengjieRow(
        'r5',
        '5',
        '建立政府救助与慈善救助有效衔接机制。',
        [['深化“救急难救在身边”行动。', 6]],
        '县民政局、县慈善会',
        '县红十字会',
      ),
      fengjieRow(
        'r12',
        '12',
        '县中医院新院区投入使用。',
        [
          ['推进设备采购。', 2],
          ['持续推进设备采购。', 2],
          ['新院区投用。', 1],
          ['——', 1],
        ],
        '县卫生健康委',
        '县医保局',
      ),
    ]
    const table = { spec: breakdownSpec(FENGJIE), rows, complete: true }
    const back = readBack(table, true)
    expect(rowsOf(back.table)).toEqual(rows)
    expect(back.table.rows[0]!.spans).toEqual({ 'milestone.P2': 5 })
    expect('milestone.P3' in back.table.rows[0]!.cells).toBe(false)
  })

  test('with the one-level header of the Chengkou notice', () => {
    const cells = {
      number: '1',
      task: '城镇老旧小区改造和\n社区服务提升',
      leadUnits: '县住房城乡建委',
      target: '完成4个老旧小区改造工作',
    }
    const table = { spec: breakdownSpec(CHENGKOU), rows: [{ rowId: 'c1', ver: 3, cells }], complete: true }
    expect(rowsOf(readBack(table, true).table)).toEqual(table.rows)
  })
})
