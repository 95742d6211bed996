/**
 * Grid: what a host reads from one worksheet, before any spec makes sense of it.
 * The same shape comes from Office.js, from an .xlsx file and from test literals.
 * All row and column numbers are zero-based positions on the sheet.
 */

/** A rectangle of cells; `rows` and `columns` count cells, so a single cell is 1 × 1. */
export type Area = { row: number; column: number; rows: number; columns: number }

export type Grid = {
  /** Sheet name. */
  name: string
  /** Displayed texts from A1 on, row by row; rows may have different lengths, a missing cell is ''. */
  texts: string[][]
  /** Merged areas. Only the top-left cell of one holds text. */
  merges: Area[]
  /** Cells that hold a formula (their text is the last result). */
  formulas: { row: number; column: number }[]
  hiddenRows: number[]
  hiddenColumns: number[]
}

/** Text of a cell; '' outside the grid. */
export function textAt(grid: Grid, row: number, column: number): string {
  return grid.texts[row]?.[column] ?? ''
}

/** Excel's name of a column: 0 → A, 26 → AA. */
export function columnName(column: number): string {
  let name = ''
  for (let n = column; n >= 0; n = Math.floor(n / 26) - 1) name = String.fromCharCode(65 + (n % 26)) + name
  return name
}

/** Excel's address of a cell: (0, 0) → A1. */
export function cellAddress(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`
}
