/**
 * Looks up, cell by cell, which merged area covers it. Hostile sheets merge millions of cells or
 * merge over merges; here each cell is painted at most once and only inside the table.
 */
import type { Area } from './grid.ts'

/** `at(row, column)`: the merged area that covers the cell, if any. */
export type MergedCells = { at(row: number, column: number): Area | undefined }

/**
 * Paints the areas that start inside rows firstRow to endRow - 1; one that starts above does not
 * belong to the table. Where two overlap, the upper one holds. Columns from endColumn on are left out.
 */
export function paintMerges(
  merges: readonly Area[],
  bounds: { firstRow: number; endRow: number; endColumn: number },
): MergedCells {
  const { firstRow, endRow, endColumn } = bounds
  const painted: (Area | undefined)[][] = Array.from({ length: endColumn }, () => [])
  const free: number[] = new Array<number>(endColumn).fill(firstRow)
  const inside = merges.filter((area) => area.row >= firstRow && area.row < endRow && area.rows * area.columns > 1)
  for (const area of inside.sort((a, b) => a.row - b.row)) {
    const bottom = Math.min(area.row + area.rows, endRow)
    const right = Math.min(area.column + area.columns, endColumn)
    for (let column = area.column; column < right; column++) {
      for (let row = Math.max(area.row, free[column]!); row < bottom; row++) painted[column]![row - firstRow] = area
      free[column] = Math.max(free[column]!, bottom)
    }
  }
  return { at: (row, column) => painted[column]?.[row - firstRow] }
}
