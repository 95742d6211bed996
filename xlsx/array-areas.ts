/** Where one formula fills several cells at once. As in Excel, such cells do not change one by one. */
import type { Sheet } from 'hucre'
import type { Area } from '../domain/grid.ts'
import { columnNumber } from './shift-formula.ts'

export function readArrayAreas(sheet: Sheet): Area[] {
  return [...(sheet.cells?.values() ?? [])].flatMap((cell) => {
    const ref =
      cell.formulaType === 'array' ? /^\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)$/.exec(cell.formulaRef ?? '') : null
    if (!ref) return []
    const [, left = '', top, right = '', bottom] = ref
    const [row, column] = [Number(top) - 1, columnNumber(left)]
    const area = { row, column, rows: Number(bottom) - row, columns: columnNumber(right) - column + 1 }
    return area.rows * area.columns > 1 ? [area] : []
  })
}
