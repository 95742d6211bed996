// Reading and typing the cells of a range as arrays, with Excel's rules about shapes and sizes.

import { formatValue } from 'hucre'
import { isUnbounded, type Rect } from './address.ts'
import { ExcelError, Gap } from './errors.ts'
import type { Cell, Sheet } from './sheet.ts'

const MAX_CELLS_READ = 5_000_000

export function mapCells<T>({ row, column, rows, columns }: Rect, make: (row: number, column: number) => T): T[][] {
  return Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => make(row + r, column + c)))
}

/** Whole rows, whole columns and more than five million cells are answered with null. */
export function readCells<T>(
  sheet: Sheet,
  rect: Rect,
  read: (cell: Cell | undefined, row: number, column: number) => T,
): T[][] | null {
  if (isUnbounded(rect) || rect.rows * rect.columns > MAX_CELLS_READ) return null
  return mapCells(rect, (row, column) => read(sheet.cell(row, column), row, column))
}

/** Visits an array that must have exactly the range's shape. */
export function eachOf(data: unknown, rect: Rect, visit: (one: unknown, row: number, column: number) => void): void {
  const fits =
    Array.isArray(data) &&
    data.length === rect.rows &&
    data.every((line) => Array.isArray(line) && line.length === rect.columns)
  if (!fits) throw shapeError(rect)
  for (const [r, line] of (data as unknown[][]).entries())
    for (const [c, one] of line.entries()) visit(one, rect.row + r, rect.column + c)
}

/** Types an array, or one value into every cell, and announces it. */
export function typeCells(sheet: Sheet, rect: Rect, value: unknown): void {
  if (isUnbounded(rect)) throw new Gap('writing values to entire rows or columns')
  const single = rect.rows * rect.columns === 1
  const before = sheet.cell(rect.row, rect.column)?.value
  const data = Array.isArray(value) ? value : mapCells(rect, () => value)
  eachOf(data, rect, (one, row, column) => sheet.type(row, column, one))
  sheet.workbook.edited(sheet, rect, single ? { before, after: sheet.cell(rect.row, rect.column)?.value } : undefined)
}

export const shapeError = ({ rows, columns }: Rect): ExcelError =>
  new ExcelError('InvalidArgument', `the array is not ${rows} rows by ${columns} columns`)

export function calculated(cell: Cell | undefined): Cell['value'] {
  if (cell?.uncalculated) throw new Gap(`calculating ${cell.formula}`)
  return cell?.value ?? null
}

/** As displayed, but never '####': there are no font metrics here to tell that a column is too narrow. */
export function displayedText(cell: Cell | undefined): string {
  const value = calculated(cell)
  if (value === null || typeof value === 'string') return value ?? ''
  return typeof value === 'boolean' ? String(value).toUpperCase() : formatValue(value, cell?.style.numFmt ?? 'General')
}

/** One number format for all cells, or an array of the range's shape in which null leaves a cell. */
export function formatNumbers(sheet: Sheet, rect: Rect, value: unknown): void {
  const format = (numFmt: unknown, cells: Rect): void => {
    if (numFmt === null) return
    sheet.restyle(cells, ({ numFmt: _, ...style }) =>
      numFmt === 'General' ? style : { ...style, numFmt: String(numFmt) },
    )
  }
  if (!Array.isArray(value)) format(value, rect)
  else eachOf(value, rect, (one, row, column) => format(one, { row, column, rows: 1, columns: 1 }))
}

export function valueType(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'Empty'
  return typeof value === 'string' ? 'String' : typeof value === 'boolean' ? 'Boolean' : 'Double'
}

export function hiddenIn(hidden: Set<number>, start: number, count: number): boolean | null {
  const inside = [...hidden].filter((i) => i >= start && i < start + count).length
  return inside === 0 ? false : inside === count ? true : null
}

export function setHidden(hidden: Set<number>, start: number, count: number, value: boolean): void {
  if (count > 100_000) throw new Gap('hiding all rows')
  for (let i = start; i < start + count; i++) {
    if (value) hidden.add(i)
    else hidden.delete(i)
  }
}

export function lined(data: unknown, length: number): unknown[] {
  if (!Array.isArray(data) || data.length !== length)
    throw new ExcelError('InvalidArgument', `the array does not have ${length} entries`)
  return data
}
