/** Blocks of cells: what is selected, copied, cleared and pasted, between this page and a spreadsheet program. */
import type { Grid } from '../../domain/grid.ts'
import type { CellWrite } from '../sheet-host.ts'
import { shownColumn, shownRow } from './move-cell.ts'
import { type PlacedCell, type PlacedGrid, placeCells } from './place-cells.ts'

/** First and last row and column, in sheet positions. */
export type Block = { top: number; left: number; bottom: number; right: number }

/** The block that two cells span, each with all that is merged into it. */
export function blockOf(one: PlacedCell, other: PlacedCell): Block {
  return {
    top: Math.min(one.row, other.row),
    left: Math.min(one.column, other.column),
    bottom: Math.max(one.row + one.rows, other.row + other.rows) - 1,
    right: Math.max(one.column + one.columns, other.column + other.columns) - 1,
  }
}

/** The shown cells of a block, each once. */
export function cellsOf(placed: PlacedGrid, { top, left, bottom, right }: Block): PlacedCell[] {
  const cells = new Set<PlacedCell>()
  for (const { row } of placed.rows) {
    if (row < top || row > bottom) continue
    for (const column of placed.columns) {
      const cell = column >= left && column <= right ? placed.at(row, column) : undefined
      if (cell) cells.add(cell)
    }
  }
  return [...cells]
}

/** The block as spreadsheet programs exchange it: tabs between cells; a merged area's text stands in its first cell. */
export function copyBlock(placed: PlacedGrid, block: Block): string {
  const columns = placed.columns.filter((column) => column >= block.left && column <= block.right)
  const lines = placed.rows.filter(({ row }) => row >= block.top && row <= block.bottom)
  const drawn = new Set<PlacedCell>()
  const textOf = (row: number, column: number) => {
    const cell = placed.at(row, column)
    if (!cell || drawn.has(cell)) return ''
    drawn.add(cell)
    return cell.text
  }
  return lines.map(({ row }) => columns.map((column) => quote(textOf(row, column))).join('\t')).join('\r\n')
}

function quote(text: string): string {
  return /["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Cells of a copied block; texts with line breaks or tabs are quoted. A plain text is one cell a line. */
export function parseBlock(text: string): string[][] {
  const rows: string[][] = [[]]
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/y
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex
    const found = pattern.exec(text) ?? takeBroken(pattern, text, at)
    const [, quoted, plain = '', end] = found
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"').replace(/\r\n?/g, '\n'))
    if (end === '') break
    if (end !== '\t') rows.push([])
    else if (pattern.lastIndex === text.length) rows.at(-1)?.push('')
  }
  // Programs end the last line too.
  if (rows.length > 1 && rows.at(-1)?.length === 0) rows.pop()
  return rows
}

/** A text that only begins with a quotation mark is a text. */
function takeBroken(pattern: RegExp, text: string, at: number): (string | undefined)[] {
  const end = /[\t\r\n]|$/g
  end.lastIndex = at
  const stop = end.exec(text)?.index ?? text.length
  const mark = text.startsWith('\r\n', stop) ? '\r\n' : text.slice(stop, stop + 1)
  pattern.lastIndex = stop + mark.length
  return ['', undefined, text.slice(at, stop), mark]
}

/**
 * What pasting into a block of a sheet writes: from its first cell on into shown rows and columns of all pages, and past
 * the sheet's end; what is hidden is stepped over there too. One copied text fills the whole block. `passedOver` counts
 * texts that fell inside a merged area, which has room for one only.
 */
export function pasteBlock(grid: Grid, into: Block, copied: string[][]): { writes: CellWrite[]; passedOver: number } {
  const spareRows = Math.max(0, into.bottom + 1 - grid.texts.length)
  const placed = placeCells(grid, { count: Infinity, spareRows })
  const only = copied.length === 1 && copied[0]?.length === 1 ? copied[0][0] : undefined
  if (only !== undefined) {
    return { writes: cellsOf(placed, into).map(({ row, column }) => ({ row, column, text: only })), passedOver: 0 }
  }
  const first = placed.at(into.top, into.left) ?? cellsOf(placed, into)[0]
  if (!first) return { writes: [], passedOver: 0 }
  const widest = copied.reduce((most, line) => Math.max(most, line.length), 0)
  const rows = shownFrom(shownRow(placed, first), copied.length, new Set(grid.hiddenRows))
  const columns = shownFrom(shownColumn(placed, first), widest, new Set(grid.hiddenColumns))
  const writes: CellWrite[] = []
  let passedOver = 0
  for (const [i, line] of copied.entries()) {
    for (const [j, text] of line.entries()) {
      const [row, column] = [rows[i] as number, columns[j] as number]
      const cell = placed.at(row, column)
      const isFirst = !cell || (shownRow(placed, cell) === row && shownColumn(placed, cell) === column)
      if (isFirst) writes.push({ row: cell?.row ?? row, column: cell?.column ?? column, text })
      else if (text !== '') passedOver++
    }
  }
  return { writes, passedOver }
}

/** So many positions from one on, without those that are hidden. */
function shownFrom(from: number, count: number, hidden: ReadonlySet<number>): number[] {
  const shown: number[] = []
  for (let at = from; shown.length < count; at++) if (!hidden.has(at)) shown.push(at)
  return shown
}
