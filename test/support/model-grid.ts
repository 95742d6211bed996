/**
 * What a host would read from a drawn sheet, without any spreadsheet in between.
 */
import type { Grid } from '../../domain/grid.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'

/** The grid of a model: its texts and merges, no formulas, its hidden columns. */
export function modelToGrid(model: SheetModel): Grid {
  return {
    name: model.name,
    texts: model.cells.map((row) => row.map((cell) => cell.text)),
    merges: model.merges.map((merge) => ({ ...merge })),
    formulas: [],
    hiddenRows: [],
    hiddenColumns: [...model.hiddenColumns],
  }
}

/**
 * A grid written as a literal: one array a row; '<' continues the cell at its left as one merged
 * cell, '^' the one above it.
 */
export function gridOf(rows: string[][], name = '任务分解表'): Grid {
  const texts = rows.map((row) => row.map((text) => (text === '<' || text === '^' ? '' : text)))
  const merges = []
  for (const [row, cells] of rows.entries())
    for (const [column, text] of cells.entries()) {
      if (text === '<' || text === '^') continue
      let columns = 1
      while (cells[column + columns] === '<') columns++
      let height = 1
      while (rows[row + height]?.[column] === '^') height++
      if (columns > 1 || height > 1) merges.push({ row, column, rows: height, columns })
    }
  return { name, texts, merges, formulas: [], hiddenRows: [], hiddenColumns: [] }
}
