import { expect, test } from 'vitest'
import { columnWidths, NARROWEST } from '../../addin/file/column-widths.ts'
import { placeCells } from '../../addin/file/place-cells.ts'
import type { Area } from '../../domain/grid.ts'

const widthsOf = (texts: string[][], merges: Area[], hiddenColumns: number[] = []) => [
  ...columnWidths(
    placeCells({ name: '表', texts, merges, formulas: [], hiddenRows: [], hiddenColumns }, { count: 100 }),
  ).values(),
]

test('columns that only merged cells fill are wide enough for their texts', () => {
  const merged = [{ row: 0, column: 1, rows: 1, columns: 2 }]
  expect(widthsOf([['1', '开'.repeat(200), '']], merged)).toEqual([NARROWEST, 15, 15])
})

test('a title over all columns widens none, and a hidden column has no width', () => {
  const title = [{ row: 0, column: 0, rows: 1, columns: 9 }]
  expect(widthsOf([['奉节县任务分解表']], title)).toEqual(Array(9).fill(NARROWEST))
  expect(widthsOf([['奉节县任务分解表']], title, [8])).toHaveLength(8)
})
