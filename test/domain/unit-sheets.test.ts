/** 报送表: names that Excel takes, rows that are a unit's, cells that are not. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LEDGER_SHEET } from '../../domain/carrier.ts'
import { textAt } from '../../domain/grid.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { readTable } from '../../domain/read-table.ts'
import { STYLES } from '../../domain/sheet-model.ts'
import {
  CONTENTS_SHEET,
  drawContents,
  drawUnitSheet,
  leadUnitsOf,
  nameUnitSheets,
  type RelatedRow,
  rowsOfUnit,
} from '../../domain/unit-sheets.ts'
import { modelToGrid } from '../support/model-grid.ts'
import { FENGJIE, fengjieRow } from '../support/plan-samples.ts'

const related = (rowId: string, lead: string[], supporting: string[], span = 1): RelatedRow => ({
  ...fengjieRow(rowId, rowId.slice(1), `任务${rowId}。`, [['完成。', span]], lead.join('、'), supporting.join('、')),
  lead,
  supporting,
})
const ROWS = [
  related('r1', ['县教委', '县卫生健康委'], ['各乡镇']),
  related('r2', ['县医保局'], ['县教委'], 6),
  related('r3', ['县教委'], []),
]
const REGISTRY = { units: [], groups: [{ name: '各乡镇', members: ['青龙镇'] }] }

test('a unit has the rows that it leads, jointly too, and those that it supports, by itself or in a group', () => {
  const ids = (unit: string) => {
    const { lead, supporting } = rowsOfUnit(ROWS, unit, REGISTRY)
    return [lead.map(({ rowId }) => rowId), supporting.map(({ rowId }) => rowId)]
  }
  expect(ids('县教委')).toEqual([['r1', 'r3'], ['r2']])
  expect(ids('青龙镇')).toEqual([[], ['r1']])
  expect(ids('县财政局')).toEqual([[], []])
  expect(leadUnitsOf(ROWS)).toEqual(['县教委', '县卫生健康委', '县医保局'])
})

const fills = (plan: typeof FENGJIE, supporting: boolean) => {
  const model = drawUnitSheet(
    plan,
    { ...rowsOfUnit(ROWS, '县教委', REGISTRY), order: ROWS },
    { name: '县教委', supporting },
  )
  const grid = modelToGrid(model)
  const { table, layout } = readTable(grid, breakdownSpec(plan), { complete: false })
  const isOpen = (row: number, column: number) => STYLES[model.cells[row]?.[column]?.style ?? 'text'].fill === undefined
  return table.rows.map(({ rowId, ver, at = 0 }) => ({
    rowId,
    ver,
    open: Object.entries(layout?.columns ?? {}).flatMap(([key, column]) => (isOpen(at, column) ? [key] : [])),
  }))
}
const MILESTONES = FENGJIE.periods.map(({ key }) => `milestone.${key}`)

test('only the milestones of led rows are left open, in the order of the plan, and ids and versions go along', () => {
  expect(fills(FENGJIE, false)).toEqual([
    { rowId: 'r1', ver: 1, open: MILESTONES },
    { rowId: 'r3', ver: 1, open: MILESTONES },
  ])
  expect(fills(FENGJIE, true)).toEqual([
    { rowId: 'r1', ver: 1, open: MILESTONES },
    { rowId: 'r2', ver: 1, open: [] },
    { rowId: 'r3', ver: 1, open: MILESTONES },
  ])
})

test('once the plan is issued nothing is left open', () => {
  expect(fills({ ...FENGJIE, state: 'issued' }, false).flatMap(({ open }) => open)).toEqual([])
})

test('the contents name unit, rows and sheet', () => {
  const grid = modelToGrid(
    drawContents(FENGJIE, [{ unit: '县教委', sheet: '县教委', lead: 2, supporting: 1 }], '2023-03-13T00:00:00Z'),
  )
  expect(grid.name).toBe(CONTENTS_SHEET)
  expect([0, 1, 2, 3, 4].map((column) => textAt(grid, 3, column))).toEqual(['1', '县教委', '2', '1', '县教委'])
})

test('a name that Excel refuses is cleaned, and one that is taken gets a number', () => {
  const long = '县'.repeat(40)
  expect(nameUnitSheets(['县纪委/监委', "'县纪委 监委", '目录', 'History', '[:]', long, `${long}办`])).toEqual([
    '县纪委 监委',
    '县纪委 监委2',
    '目录2',
    'History2',
    '单位',
    '县'.repeat(31),
    `${'县'.repeat(30)}2`,
  ])
})

test('whatever the units are called, Excel takes every name, and no two are alike', () => {
  const anyName = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom('a', 'A', "''", '𠮷'.repeat(20)),
  )
  fc.assert(
    fc.property(fc.array(anyName, { maxLength: 30 }), (units) => {
      const names = nameUnitSheets(units)
      for (const name of names) {
        expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/)
        // Throws where a character is cut in two.
        expect(() => encodeURIComponent(name)).not.toThrow()
        expect(name.startsWith("'") || name.endsWith("'") || name === LEDGER_SHEET).toBe(false)
      }
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(units.length)
    }),
  )
})
