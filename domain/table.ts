/**
 * Table: what a spec makes of a grid, and the unit that is checked, merged and stored.
 */
import type { SheetSpec } from './sheet-spec.ts'

/**
 * One row of any form. `cells` maps column keys to texts. A column that a span covers is absent
 * from `cells`, never blank; `spans` gives the number of columns a cell covers, itself included,
 * and is left out where that is 1.
 */
export type Row = { rowId: string; cells: Record<string, string>; spans?: Record<string, number> }

/**
 * A row as it stands in a sheet.
 * `ver`: the version pulled with it; absent where the sheet carries none.
 * `at`: its zero-based row on the sheet.
 * `mergedDown`: columns whose text comes from a cell merged down over several rows; `mergedAreas`: those cells'
 * addresses (C5:C7) by column, where the sheet was read.
 * `formulas`: columns whose cell holds a formula.
 */
export type TableRow = Row & {
  ver?: number
  at?: number
  mergedDown?: string[]
  mergedAreas?: Record<string, string>
  formulas?: string[]
}

export type Table = {
  spec: SheetSpec
  rows: TableRow[]
  /** True when the table is the whole plan rather than one unit's rows; numbering gaps count only then. */
  complete: boolean
}

/**
 * One changed cell. `null` means the cell is absent: the row did not exist, or a span covers the column.
 * `spans` is [before, after] where either is not 1.
 */
export type CellChange = {
  rowId: string
  column: string
  old: string | null
  new: string | null
  spans?: [number, number]
}

/** A row that the sheet gave no id has this provisional one; it never leaves the client. */
export const PROVISIONAL = 'sheet-row:'

export function isProvisional(rowId: string): boolean {
  return rowId.startsWith(PROVISIONAL)
}

/** Columns that a cell of this row covers, itself first; [column] for a single cell. */
export function coveredColumns(row: Row, column: string, columns: readonly string[]): string[] {
  const span = row.spans?.[column] ?? 1
  const from = columns.indexOf(column)
  return span > 1 && from >= 0 ? columns.slice(from, from + span) : [column]
}
