/** Rectangles of cells on a sheet, as merged areas and edits are. */
import type { Area } from '../domain/grid.ts'

/** A cell, by its zero-based place on the sheet. */
export type Position = { row: number; column: number }

/** Whether the cell lies in the area. */
export function covers(area: Area, row: number, column: number): boolean {
  return row >= area.row && row < area.row + area.rows && column >= area.column && column < area.column + area.columns
}

/** The smallest area that holds all of the cells; there must be one. */
export function areaOf(cells: readonly Position[]): Area {
  const [rows, columns] = [cells.map(({ row }) => row), cells.map(({ column }) => column)]
  const [row, column] = [Math.min(...rows), Math.min(...columns)]
  return { row, column, rows: Math.max(...rows) - row + 1, columns: Math.max(...columns) - column + 1 }
}
