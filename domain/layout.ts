/**
 * Layout: where a table stands on its sheet. The reader makes it; hosts use it to turn a row and a
 * column key into a cell.
 */
import type { HeaderColumn, HeaderWindow } from './header-window.ts'

/** All positions are zero-based rows and columns of the sheet. */
export type Layout = {
  headerTop: number
  headerRows: number
  /** The row below the header. */
  firstRow: number
  /** Row of the last row of the table; firstRow - 1 where there is none. */
  lastRow: number
  /** Column key → sheet column. */
  columns: Record<string, number>
  /** Sheet columns that a header is merged across, only where more than one. */
  widths?: Record<string, number>
  carrierColumn?: number
  /** Columns under this header that the spec does not know. */
  extraColumns: { column: number; header: string }[]
  /** Sheet row of table.rows[i]. */
  rows: number[]
  /** Rows between and below that are not the table's, with their first text: section titles, notes, the header once more. */
  skipped: { row: number; kind: SkippedKind; text: string }[]
}

export type SkippedKind = 'section' | 'note' | 'header'

/** The layout of a header whose columns are `placed` by key; without rows, which are still to be read. */
export function layOut(
  window: HeaderWindow,
  placed: ReadonlyMap<string, HeaderColumn>,
  carrier?: HeaderColumn,
): Layout {
  const columns: Record<string, number> = {}
  const widths: Record<string, number> = {}
  let bottom = window.top + window.levels - 1
  for (const [key, header] of placed) {
    columns[key] = header.column
    if (header.width > 1) widths[key] = header.width
    bottom = Math.max(bottom, header.bottom)
  }
  const known = new Set([...placed.values(), carrier])
  return {
    headerTop: window.top,
    headerRows: bottom - window.top + 1,
    firstRow: bottom + 1,
    lastRow: bottom,
    columns,
    ...(Object.keys(widths).length > 0 && { widths }),
    ...(carrier && { carrierColumn: carrier.column }),
    extraColumns: window.columns
      .filter((header) => !known.has(header))
      .map((header) => ({ column: header.column, header: header.text.trim() })),
    rows: [],
    skipped: [],
  }
}
