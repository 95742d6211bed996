/** Where a key goes from a cell, as in a spreadsheet: past what is hidden, over merged areas as one cell. */
import type { PlacedCell, PlacedGrid } from './place-cells.ts'

export type Direction = 'up' | 'down' | 'left' | 'right'
export type Move =
  | Direction
  | `${Direction}-edge`
  | 'row-start'
  | 'row-end'
  | 'first'
  | 'last'
  | 'page-up'
  | 'page-down'

const ARROWS: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }

/** The move that a key stands for; Tab and Enter are not among them. */
export function moveOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): Move | undefined {
  if (altKey) return undefined
  const isControl = ctrlKey || metaKey
  const arrow = ARROWS[key]
  if (arrow) return isControl ? `${arrow}-edge` : arrow
  if (key === 'Home') return isControl ? 'first' : 'row-start'
  if (key === 'End') return isControl ? 'last' : 'row-end'
  if (key === 'PageUp') return 'page-up'
  if (key === 'PageDown') return 'page-down'
  return undefined
}

/** The cell to go to; undefined where there is none that way. `pageRows`: rows that are in view at a time. */
export function moveFrom(placed: PlacedGrid, from: PlacedCell, move: Move, pageRows: number): PlacedCell | undefined {
  const rows = placed.rows.map(({ row }) => row)
  switch (move) {
    case 'up':
    case 'down':
    case 'left':
    case 'right':
      return nextCell(placed, from, move)
    case 'up-edge':
    case 'down-edge':
    case 'left-edge':
    case 'right-edge':
      return edgeFrom(placed, from, move.slice(0, -5) as Direction)
    case 'row-start':
      return placed.at(shownRow(placed, from), placed.columns[0] ?? 0)
    case 'row-end':
      return placed.at(shownRow(placed, from), placed.columns.at(-1) ?? 0)
    case 'first':
      return placed.rows[0]?.cells[0]
    case 'last': {
      const row =
        placed.rows.filter(({ cells }) => cells.some(({ text }) => text !== '')).at(-1)?.row ?? rows.at(-1) ?? 0
      return placed.at(row, placed.columns.at(-1) ?? 0)
    }
    case 'page-up':
    case 'page-down': {
      const at = rows.indexOf(shownRow(placed, from))
      const to = move === 'page-up' ? Math.max(0, at - pageRows) : Math.min(rows.length - 1, at + pageRows)
      return placed.at(rows[to] ?? 0, shownColumn(placed, from))
    }
  }
}

/** The next shown cell in a direction, past hidden ones; undefined at the edge. */
export function nextCell(placed: PlacedGrid, from: PlacedCell, direction: Direction): PlacedCell | undefined {
  const rows = placed.rows.map(({ row }) => row)
  const inColumn = (row: number | undefined) =>
    row === undefined ? undefined : placed.at(row, shownColumn(placed, from))
  const inRow = (column: number | undefined) =>
    column === undefined ? undefined : placed.at(shownRow(placed, from), column)
  switch (direction) {
    case 'down':
      return inColumn(rows.find((row) => row >= from.row + from.rows))
    case 'up':
      return inColumn(rows.filter((row) => row < from.row).at(-1))
    case 'right':
      return inRow(placed.columns.find((column) => column >= from.column + from.columns))
    case 'left':
      return inRow(placed.columns.filter((column) => column < from.column).at(-1))
  }
}

/** As Tab goes: along the row, then on in the next one. */
export function nextInReading(placed: PlacedGrid, from: PlacedCell, back: boolean): PlacedCell | undefined {
  const beside = nextCell(placed, from, back ? 'left' : 'right')
  if (beside) return beside
  const line = nextCell(placed, from, back ? 'up' : 'down')
  return line && placed.at(shownRow(placed, line), (back ? placed.columns.at(-1) : placed.columns[0]) ?? 0)
}

/** To the end of a stretch of filled cells, or over empty ones to the next filled one. */
function edgeFrom(placed: PlacedGrid, from: PlacedCell, direction: Direction): PlacedCell | undefined {
  let cell = nextCell(placed, from, direction)
  if (!cell) return undefined
  const isStretch = from.text !== '' && cell.text !== ''
  for (let next = nextCell(placed, cell, direction); next; next = nextCell(placed, next, direction)) {
    if (isStretch ? next.text === '' : cell.text !== '') break
    cell = next
  }
  return cell
}

export function shownRow(placed: PlacedGrid, { row, rows }: PlacedCell): number {
  return placed.rows.find((line) => line.row >= row && line.row < row + rows)?.row ?? row
}

export function shownColumn(placed: PlacedGrid, { column, columns }: PlacedCell): number {
  return placed.columns.find((c) => c >= column && c < column + columns) ?? column
}
