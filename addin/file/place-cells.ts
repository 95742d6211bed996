/**
 * Where the cells of a grid stand in an HTML table: merged areas span, hidden rows and columns are left out.
 */
import { type Area, type Grid, textAt } from '../../domain/grid.ts'

/**
 * A cell as shown. The area is in sheet positions; `row` and `column` are the cell that holds the text
 * and takes edits, even where it is hidden itself. The spans count what is visible.
 */
export type PlacedCell = Area & { text: string; formula: boolean; rowSpan: number; columnSpan: number }

export type PlacedGrid = {
  columns: number[]
  rows: { row: number; cells: PlacedCell[] }[]
  /** All visible rows of the sheet, those of other pages too. */
  allRows: number[]
  /** The shown cell at a sheet position, spans included. */
  at: (row: number, column: number) => PlacedCell | undefined
}

/** `start` and `count` choose the visible rows of one page; `spareRows` are empty ones behind the last. */
export type Page = { start?: number; count: number; spareRows?: number }

/** All cells of a page are in the document, so that the browser finds texts and reads them out; more make it slow. */
const PAGE_CELLS = 8000
const MOST_PAGE_ROWS = 1000
const FEWEST_PAGE_ROWS = 100

/** How many rows a page shows: the fewer, the more columns there are. */
export function rowsPerPage(grid: Grid): number {
  const rows = Math.floor(PAGE_CELLS / Math.max(1, countColumns(grid)) / 100) * 100
  return Math.min(MOST_PAGE_ROWS, Math.max(FEWEST_PAGE_ROWS, rows))
}

function countColumns({ merges, texts }: Grid): number {
  const merged = merges.reduce((most, area) => Math.max(most, area.column + area.columns), 0)
  return texts.reduce((most, line) => Math.max(most, line.length), merged)
}

export function placeCells(grid: Grid, { start = 0, count, spareRows = 0 }: Page): PlacedGrid {
  const hiddenRows = new Set(grid.hiddenRows)
  const hiddenColumns = new Set(grid.hiddenColumns)
  const rowCount = grid.merges.reduce((most, area) => Math.max(most, area.row + area.rows), grid.texts.length)
  const allRows = upTo(rowCount + spareRows).filter((row) => !hiddenRows.has(row))
  const rows = allRows.slice(start, start + count)
  const columns = upTo(countColumns(grid)).filter((column) => !hiddenColumns.has(column))
  const shownRows = new Set(rows)
  const shownColumns = new Set(columns)
  const formulas = new Set(grid.formulas.map(({ row, column }) => `${row}:${column}`))
  const byPlace = new Map<string, PlacedCell>()
  const place = (area: Area) => {
    const placed: PlacedCell = {
      ...area,
      text: textAt(grid, area.row, area.column),
      formula: formulas.has(`${area.row}:${area.column}`),
      rowSpan: 0,
      columnSpan: 0,
    }
    const areaRows = upTo(area.rows)
      .map((i) => area.row + i)
      .filter((row) => shownRows.has(row))
    const areaColumns = upTo(area.columns)
      .map((i) => area.column + i)
      .filter((column) => shownColumns.has(column))
    placed.rowSpan = areaRows.length
    placed.columnSpan = areaColumns.length
    for (const row of areaRows) for (const column of areaColumns) byPlace.set(`${row}:${column}`, placed)
  }
  for (const area of grid.merges) place(area)
  const drawn = new Set<PlacedCell>()
  return {
    columns,
    allRows,
    rows: rows.map((row) => ({
      row,
      cells: columns.flatMap((column) => {
        if (!byPlace.has(`${row}:${column}`)) place({ row, column, rows: 1, columns: 1 })
        const cell = byPlace.get(`${row}:${column}`)
        if (!cell || drawn.has(cell)) return []
        drawn.add(cell)
        return [cell]
      }),
    })),
    at: (row, column) => byPlace.get(`${row}:${column}`),
  }
}

/**
 * How many of the first rows are the table's title and header, for a file that freezes none: up to the first row with
 * three texts, and as far down as cells of that row are merged. 0 where there is no such row near the top.
 */
export function guessHeaderRows(grid: Grid): number {
  const header = grid.texts.slice(0, 10).findIndex((line) => line.filter((text) => text !== '').length >= 3)
  if (header < 0) return 0
  return grid.merges
    .filter(({ row, rows }) => row === header && rows <= 3)
    .reduce((end, { row, rows }) => Math.max(end, row + rows), header + 1)
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}
