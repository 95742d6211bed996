import { describe, expect, test } from 'vitest'
import { matchRows } from '../../domain/match-rows.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Table, TableRow } from '../../domain/table.ts'
import { CHENGKOU } from '../support/plan-samples.ts'

const PLAN = [
  { rowId: 'a', number: '1', task: '推进义务教育阶段学生“双减”' },
  { rowId: 'b', number: '2', task: '建设城市公园' },
  { rowId: 'c', number: '3', task: '实施城市绿荫工程' },
  { rowId: 'd', number: '4', task: '小微停车场建设' },
]

function tableOf(...rows: [rowId: string, task: string, extra?: Partial<TableRow>][]): Table {
  return {
    spec: breakdownSpec(CHENGKOU),
    complete: false,
    rows: rows.map(([rowId, task, extra], i) => ({ rowId, cells: { number: `${i + 1}`, task }, ...extra })),
  }
}

describe('rows without ids', () => {
  test('are matched by a task that equals exactly one plan row, blanks and line breaks aside', () => {
    const { table, matched, unmatched } = matchRows(
      tableOf(['sheet-row:5', ' 推进义务教育阶段学\n生“双减”'], ['sheet-row:6', '建设城市公园']),
      PLAN,
    )
    expect(matched).toEqual([
      { index: 0, rowId: 'a' },
      { index: 1, rowId: 'b' },
    ])
    expect(unmatched).toEqual([])
    expect(table.rows.map(({ rowId, ver }) => [rowId, ver])).toEqual([
      ['a', undefined],
      ['b', undefined],
    ])
  })

  test('that share a task are told apart by their targets, and left to a person where those do not tell', () => {
    const plan = ['新增学位300个。', '资助学生200人。', '控辍保学。'].map((target, i) => {
      return { rowId: `p${i}`, task: '教育惠民工程', target }
    })
    const row = (at: number, target: string): [string, string, Partial<TableRow>] => {
      return [`sheet-row:${at}`, '', { cells: { number: '1', task: '教育惠民\n工程', target } }]
    }
    const { matched, unmatched } = matchRows(
      tableOf(row(1, '资助学生200人。'), row(2, '新增学位\n300个。'), row(3, '')),
      plan,
    )
    expect(matched).toEqual([
      { index: 0, rowId: 'p1' },
      { index: 1, rowId: 'p0' },
    ])
    expect(unmatched.map(({ index }) => index)).toEqual([2])
    const doubled = matchRows(tableOf(row(1, '控辍保学。'), row(2, '控辍保学。')), plan)
    expect(doubled.matched).toEqual([])
  })

  test('are left to a person where the text differs, with the likeliest plan rows first', () => {
    const { table, matched, unmatched } = matchRows(tableOf(['sheet-row:5', '建设城市公园1个']), PLAN)
    expect(matched).toEqual([])
    expect(table.rows[0]!.rowId).toBe('sheet-row:5')
    expect(unmatched[0]).toMatchObject({ index: 0, task: '建设城市公园1个' })
    expect(unmatched[0]!.candidates[0]).toMatchObject({ rowId: 'b' })
    expect(unmatched[0]!.candidates.length).toBeLessThanOrEqual(3)
  })

  test('are ambiguous where two sheet rows or two plan rows have the same task', () => {
    const twice = matchRows(tableOf(['sheet-row:5', '建设城市公园'], ['sheet-row:6', '建设城市公园']), PLAN)
    expect(twice.matched).toEqual([])
    expect(twice.unmatched.map((row) => row.candidates[0]!.rowId)).toEqual(['b', 'b'])
    const doubled = matchRows(tableOf(['sheet-row:5', '建设城市公园']), [...PLAN, { rowId: 'e', task: '建设城市公园' }])
    expect(doubled.matched).toEqual([])
    expect(doubled.unmatched[0]!.candidates).toHaveLength(2)
  })

  test('are never given a row that another one carries', () => {
    const { matched, unmatched } = matchRows(
      tableOf(['b', '已改名的任务', { ver: 3 }], ['sheet-row:6', '建设城市公园']),
      PLAN,
    )
    expect(matched).toEqual([])
    expect(unmatched.map((row) => row.index)).toEqual([1])
    expect(unmatched[0]!.candidates.map((candidate) => candidate.rowId)).not.toContain('b')
  })

  test('with a blank task match nothing', () => {
    expect(matchRows(tableOf(['sheet-row:5', ' ']), [{ rowId: 'x', task: '' }]).matched).toEqual([])
  })
})

describe('a large plan of similar tasks', () => {
  const task = (i: number) => `推进第${i}项任务，新增就业${i * 7}人以上，完成改造提升工程`
  const plan = Array.from({ length: 3000 }, (_, i) => ({ rowId: `p${i}`, number: `${i + 1}`, task: task(i) }))

  test('still finds the likeliest row, and in bearable time', () => {
    const rows = plan.map(({ rowId, task }): [string, string] => [rowId.replace('p', 'sheet-row:'), `${task}。`])
    const started = performance.now()
    const { unmatched } = matchRows(tableOf(...rows), plan)
    expect(performance.now() - started).toBeLessThan(8000)
    expect(unmatched).toHaveLength(3000)
    expect(unmatched.every((row) => row.candidates[0]!.rowId === `p${row.index}`)).toBe(true)
  })
})

describe('rows with ids', () => {
  test('keep them and their versions, new rows too', () => {
    const table = tableOf(['a', '任意文字', { ver: 7 }], ['new-1', '新任务', { ver: 0 }])
    expect(matchRows(table, PLAN)).toEqual({ table, matched: [], unmatched: [] })
  })

  test('of another plan are recognised by their text and lose the foreign version', () => {
    const { table, matched } = matchRows(tableOf(['other-9', '小微停车场建设', { ver: 44 }]), PLAN)
    expect(matched).toEqual([{ index: 0, rowId: 'd' }])
    expect(table.rows[0]!.ver).toBeUndefined()
  })
})
