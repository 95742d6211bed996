// A1 addresses as Excel reads and prints them, and the arithmetic of rectangles (all indexes zero-based).

import { ExcelError } from './errors.ts'

export const MAX_ROWS = 1_048_576
export const MAX_COLUMNS = 16_384

export interface Rect {
  row: number
  column: number
  rows: number
  columns: number
}

export type Axis = 'row' | 'column'

export const SHEET_RECT: Rect = { row: 0, column: 0, rows: MAX_ROWS, columns: MAX_COLUMNS }

export const isEntireRow = (r: Rect): boolean => r.column === 0 && r.columns === MAX_COLUMNS
export const isEntireColumn = (r: Rect): boolean => r.row === 0 && r.rows === MAX_ROWS
export const isUnbounded = (r: Rect): boolean => isEntireRow(r) || isEntireColumn(r)
export const sameRect = (a: Rect, b: Rect): boolean =>
  a.row === b.row && a.column === b.column && a.rows === b.rows && a.columns === b.columns

export function holds(r: Rect, row: number, column: number): boolean {
  return row >= r.row && row < r.row + r.rows && column >= r.column && column < r.column + r.columns
}

export function intersect(a: Rect, b: Rect): Rect | undefined {
  const row = Math.max(a.row, b.row)
  const column = Math.max(a.column, b.column)
  const rows = Math.min(a.row + a.rows, b.row + b.rows) - row
  const columns = Math.min(a.column + a.columns, b.column + b.columns) - column
  return rows > 0 && columns > 0 ? { row, column, rows, columns } : undefined
}

export function boundingRect(a: Rect, b: Rect): Rect {
  const row = Math.min(a.row, b.row)
  const column = Math.min(a.column, b.column)
  return {
    row,
    column,
    rows: Math.max(a.row + a.rows, b.row + b.rows) - row,
    columns: Math.max(a.column + a.columns, b.column + b.columns) - column,
  }
}

export function contains(outer: Rect, inner: Rect): boolean {
  const common = intersect(outer, inner)
  return common !== undefined && sameRect(common, inner)
}

/** A rectangle that fell off the sheet is InvalidArgument in Excel too (A1 offset by -1, for instance). */
export function checkedRect(row: number, column: number, rows: number, columns: number): Rect {
  const whole = [row, column, rows, columns].every(Number.isInteger)
  if (
    !whole ||
    row < 0 ||
    column < 0 ||
    rows < 1 ||
    columns < 1 ||
    row + rows > MAX_ROWS ||
    column + columns > MAX_COLUMNS
  )
    throw new ExcelError('InvalidArgument', `no such range: row ${row}, column ${column}, ${rows} × ${columns}`)
  return { row, column, rows, columns }
}

export function columnLetters(column: number): string {
  let letters = ''
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return letters
}

function columnIndex(letters: string): number {
  let n = 0
  for (const letter of letters.toUpperCase()) n = n * 26 + letter.charCodeAt(0) - 64
  return n - 1
}

export function formatAddress(r: Rect): string {
  const lastRow = r.row + r.rows
  if (isEntireRow(r)) return `${r.row + 1}:${lastRow}`
  const first = columnLetters(r.column)
  const last = columnLetters(r.column + r.columns - 1)
  if (isEntireColumn(r)) return `${first}:${last}`
  return r.rows * r.columns === 1 ? `${first}${lastRow}` : `${first}${r.row + 1}:${last}${lastRow}`
}

/** Excel quotes a sheet name unless it is a plain word that cannot be taken for a cell. */
export function quoteSheetName(name: string): string {
  const plain = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) && !/^([A-Za-z]{1,3}\d+|[Rr]\d*[Cc]?\d*|[Cc]\d*)$/.test(name)
  return plain ? name : `'${name.replaceAll("'", "''")}'`
}

/** Reads 'A1', '$A$1:B2', 'A:C', '2:3', each with or without a sheet name in front. */
export function parseAddress(text: string): { sheetName?: string; rect: Rect } {
  const bang = text.lastIndexOf('!')
  const sheetName =
    bang < 0
      ? undefined
      : text
          .slice(0, bang)
          .replace(/^'(.*)'$/s, '$1')
          .replaceAll("''", "'")
  const parts = text
    .slice(bang + 1)
    .replaceAll('$', '')
    .split(':')
  const corners = parts.map((part) => /^([A-Za-z]{1,3})?(\d{1,7})?$/.exec(part.trim()))
  const [a, b = a] = corners
  const shaped = a && b && corners.length <= 2 && !!a[1] === !!b[1] && !!a[2] === !!b[2] && (a[1] || a[2])
  if (!shaped || (corners.length === 1 && !(a[1] && a[2])))
    throw new ExcelError('InvalidArgument', `not an address: ${text}`)
  const rows = a[2] ? [Number(a[2]) - 1, Number(b[2]) - 1] : [0, MAX_ROWS - 1]
  const columns = a[1] ? [columnIndex(a[1]), columnIndex(b[1] as string)] : [0, MAX_COLUMNS - 1]
  const [top, bottom] = [Math.min(...rows), Math.max(...rows)]
  const [left, right] = [Math.min(...columns), Math.max(...columns)]
  return { sheetName, rect: checkedRect(top, left, bottom - top + 1, right - left + 1) }
}

/** Where a stretch of `length` rows (or columns) goes when `count` are inserted at `at`. */
export function afterInsert(start: number, length: number, at: number, count: number): [start: number, length: number] {
  if (start >= at) return [start + count, length]
  return start + length > at ? [start, length + count] : [start, length]
}

/** What is left of a stretch when `count` rows (or columns) from `at` on are deleted; nothing, perhaps. */
export function afterDelete(
  start: number,
  length: number,
  at: number,
  count: number,
): [start: number, length: number] | undefined {
  const lost = Math.max(0, Math.min(start + length, at + count) - Math.max(start, at))
  if (lost === length) return undefined
  const before = Math.max(0, Math.min(start, at + count) - Math.min(start, at))
  return [start - Math.min(before, count), length - lost]
}
