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
  /** The shown cell at a sheet position, spans included. */
  at: (row: number, column: number) => PlacedCell | undefined
}

/** Lays out the first `maxRows` visible rows. */
export function placeCells(grid: Grid, maxRows: number): PlacedGrid {
  const hiddenRows = new Set(grid.hiddenRows)
  const hiddenColumns = new Set(grid.hiddenColumns)
  const rowCount = Math.max(grid.texts.length, ...grid.merges.map((area) => area.row + area.rows))
  const columnCount = Math.max(
    0,
    ...grid.texts.map((line) => line.length),
    ...grid.merges.map((area) => area.column + area.columns),
  )
  const rows = upTo(rowCount)
    .filter((row) => !hiddenRows.has(row))
    .slice(0, maxRows)
  const columns = upTo(columnCount).filter((column) => !hiddenColumns.has(column))
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

export type Direction = 'up' | 'down' | 'left' | 'right'

/** The next shown cell in a direction, past hidden ones; undefined at the edge. */
export function nextCell(placed: PlacedGrid, from: PlacedCell, direction: Direction): PlacedCell | undefined {
  const rows = placed.rows.map(({ row }) => row)
  switch (direction) {
    case 'down':
      return firstIn(
        rows,
        (row) => row >= from.row + from.rows,
        (row) => placed.at(row, shownColumn(placed, from)),
      )
    case 'up':
      return firstIn(
        rows.slice().reverse(),
        (row) => row < from.row,
        (row) => placed.at(row, shownColumn(placed, from)),
      )
    case 'right':
      return firstIn(
        placed.columns,
        (c) => c >= from.column + from.columns,
        (c) => placed.at(shownRow(placed, from), c),
      )
    case 'left':
      return firstIn(
        placed.columns.slice().reverse(),
        (c) => c < from.column,
        (c) => placed.at(shownRow(placed, from), c),
      )
  }
}

function firstIn<T>(
  positions: number[],
  test: (position: number) => boolean,
  cellAt: (position: number) => T,
): T | undefined {
  const position = positions.find(test)
  return position === undefined ? undefined : cellAt(position)
}

function shownRow(placed: PlacedGrid, { row, rows }: Area): number {
  return placed.rows.find((line) => line.row >= row && line.row < row + rows)?.row ?? row
}

function shownColumn(placed: PlacedGrid, { column, columns }: Area): number {
  return placed.columns.find((c) => c >= column && c < column + columns) ?? column
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}
