/**
 * Looks for the header of a table among the rows of a sheet. A header may have one to three levels,
 * with groups merged across or merely written above; what its cells mean is the caller's to say.
 */
import { isBlank } from './fold.ts'
import type { Area, Grid } from './grid.ts'
import { textAt } from './grid.ts'

/**
 * One column under a header. `text` is its lowest header, `groups` those above it, outermost first.
 * `width` counts the sheet columns that the header is merged across; `bottom` is the last sheet row it covers.
 */
export type HeaderColumn = {
  column: number
  width: number
  bottom: number
  text: string
  groups: string[]
  /** Hidden on the sheet: a helper or an old version, where a visible column says the same. */
  hidden?: true
}

export type HeaderWindow = { top: number; levels: number; columns: HeaderColumn[] }

/** A cell of the window; `own` is false where it only continues a merge or a group from its left. */
type HeaderCell = { text: string; own: boolean; width: number; bottom: number }

const MAX_LEVELS = 3
/** A header cell merged further down than this is not a header. */
const MAX_HEADER_ROWS = 6

/**
 * The window with the highest score; of equals the one that ends first and has fewest levels.
 * `score` gives 0 for what is no header at all; `likely` is a quick test of one cell that spares
 * most rows the full look. Undefined where every window scores 0.
 */
export function findHeaderWindow(
  grid: Grid,
  likely: (text: string) => boolean,
  score: (columns: HeaderColumn[]) => number,
): HeaderWindow | undefined {
  const merges = mergesByRow(grid)
  let best: HeaderWindow | undefined
  let bestScore = 0
  for (const [bottom, texts] of grid.texts.entries()) {
    if (!texts.some((text) => text !== '' && likely(text))) continue
    for (let levels = 1; levels <= Math.min(MAX_LEVELS, bottom + 1); levels++) {
      const window = readWindow(grid, merges, bottom - levels + 1, levels)
      const value = score(window.columns)
      if (value > bestScore) [best, bestScore] = [window, value]
    }
  }
  return best
}

function readWindow(grid: Grid, merges: Map<number, Area[]>, top: number, levels: number): HeaderWindow {
  let width = 0
  for (let row = top; row < top + levels; row++) width = Math.max(width, grid.texts[row]?.length ?? 0)
  const hidden = new Set(grid.hiddenColumns)
  const rows: HeaderCell[][] = []
  for (let row = top; row < top + levels; row++) rows.push(readHeaderRow(grid, merges.get(row) ?? [], row, width))
  for (let level = 0; level + 1 < levels; level++) inheritGroups(rows[level]!, rows[level + 1]!)
  const columns: HeaderColumn[] = []
  for (let column = 0; column < width; column++) {
    const path = rows.map((row) => row[column]!).filter((cell) => !isBlank(cell.text))
    const leaf = path.pop()
    if (!leaf?.own) continue
    columns.push({
      column,
      width: leaf.width,
      bottom: leaf.bottom,
      text: leaf.text,
      groups: path.map((cell) => cell.text),
      ...(hidden.has(column) && { hidden: true }),
    })
  }
  return { top, levels, columns }
}

function readHeaderRow(grid: Grid, merges: Area[], row: number, width: number): HeaderCell[] {
  const cells: HeaderCell[] = []
  for (let column = 0; column < width; column++)
    cells.push({ text: textAt(grid, row, column), own: true, width: 1, bottom: row })
  for (const merge of merges) {
    const end = Math.min(merge.column + merge.columns, width)
    const bottom = merge.rows <= MAX_HEADER_ROWS ? row + merge.rows - 1 : row
    const text = textAt(grid, row, merge.column)
    for (let column = merge.column; column < end; column++)
      cells[column] = { text, own: column === merge.column, width: end - merge.column, bottom }
  }
  return cells
}

/** A group merely written above its first column holds for the columns to its right that have only a lower header. */
function inheritGroups(upper: HeaderCell[], lower: HeaderCell[]): void {
  let group = ''
  for (const [column, cell] of upper.entries()) {
    const hasLower = !isBlank(lower[column]!.text)
    if (!hasLower) group = ''
    else if (!isBlank(cell.text)) group = cell.text
    else if (group !== '') upper[column] = { ...cell, text: group, own: false }
  }
}

/** Merges that start in each row, left to right, none over another. */
function mergesByRow(grid: Grid): Map<number, Area[]> {
  const byRow = new Map<number, Area[]>()
  for (const merge of [...grid.merges].sort((a, b) => a.column - b.column)) {
    const row = byRow.get(merge.row)
    const last = row?.at(-1)
    if (last && merge.column < last.column + last.columns) continue
    if (row) row.push(merge)
    else byRow.set(merge.row, [merge])
  }
  return byRow
}
