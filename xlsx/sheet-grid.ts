/** A sheet of the library → Grid. */
import { type CellValue, formatValue, type Sheet } from 'hucre'
import type { Grid } from '../domain/grid.ts'

/** Cells beyond this are not read: a styled last row of the sheet must not cost 200 MB. */
export const READ_RANGE = 'A1:CZ6000'
const READ_ROWS = 6000
const READ_COLUMNS = 104

export function sheetToGrid(sheet: Sheet): Grid {
  const filled = sheet.rows.slice(0, countFilledRows(sheet))
  const texts = filled.map((values, row) => values.map((value, column) => textOf(sheet, value, row, column)))
  const formulas: Grid['formulas'] = []
  for (const [key, cell] of sheet.cells ?? []) {
    if (cell.formula === undefined) continue
    const [row, column] = splitKey(key)
    formulas.push({ row, column })
  }
  return {
    name: sheet.name,
    texts,
    // A merge of whole columns reaches beyond what is read.
    merges: (sheet.merges ?? [])
      .filter(({ startRow, startCol }) => startRow < READ_ROWS && startCol < READ_COLUMNS)
      .map(({ startRow, startCol, endRow, endCol }) => ({
        row: startRow,
        column: startCol,
        rows: Math.min(endRow, READ_ROWS - 1) - startRow + 1,
        columns: Math.min(endCol, READ_COLUMNS - 1) - startCol + 1,
      })),
    formulas,
    hiddenRows: [...(sheet.rowDefs ?? [])].filter(([, def]) => def.hidden).map(([row]) => row),
    hiddenColumns: (sheet.columns ?? []).flatMap((column, index) =>
      column.hidden && index < READ_COLUMNS ? [index] : [],
    ),
  }
}

/** Rows up to the last with a value or a formula; below it, offices leave borders down to the end of the sheet. */
function countFilledRows(sheet: Sheet): number {
  let least = 0
  for (const [key, cell] of sheet.cells ?? [])
    if (cell.formula !== undefined) least = Math.max(least, splitKey(key)[0] + 1)
  let count = sheet.rows.length
  while (count > least && sheet.rows[count - 1]!.every((value) => value === null || value === '')) count--
  return count
}

function splitKey(key: string): [row: number, column: number] {
  const comma = key.indexOf(',')
  return [Number(key.slice(0, comma)), Number(key.slice(comma + 1))]
}

function textOf(sheet: Sheet, value: CellValue, row: number, column: number): string {
  const cell = sheet.cells?.get(`${row},${column}`)
  const shown = value ?? cell?.formulaResult ?? null
  if (shown === null) return ''
  // A carriage return may come back from other programs; no cell means anything by it.
  if (typeof shown === 'string') return shown.replace(/_x000D_/g, '').replace(/\r\n?/g, '\n')
  return formatValue(shown, cell?.style?.numFmt ?? 'General')
}
