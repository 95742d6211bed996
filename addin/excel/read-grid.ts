/**
 * Reads one worksheet into a Grid with few and bounded requests: Excel on the web answers at most
 * 5 MB at a time, whole columns answer nothing, and each sync is a round trip.
 */
import type { Area, Grid } from '../../domain/grid.ts'
import { HostFailure } from '../sheet-host.ts'
import { runExcel, toHostFailure } from './run-excel.ts'

/** Beyond these a sheet is no task table, and its reading would freeze the pane. */
const MAX_ROWS = 5000
const MAX_COLUMNS = 200
/** With a hundred characters a cell, texts and formulas of a band stay near 1 MB. */
const CELLS_PER_BAND = 2000
/** Few tables merge more than two cells a row; a band over Excel's 512 areas is split. */
const ROWS_PER_MERGE_BAND = 250
const ROWS_PER_REQUEST = 500

/**
 * The sheet as it stands, from A1 to its last filled cell; undefined where there is none of that name.
 * Rejects with HostFailure, 'too-large' beyond 5,000 rows or 200 columns.
 */
export function readGrid(name: string): Promise<Grid | undefined> {
  return runExcel(async (context) => {
    const sheet = context.workbook.worksheets.getItemOrNullObject(name)
    await context.sync()
    if (sheet.isNullObject) return undefined
    const used = sheet.getUsedRangeOrNullObject(true)
    used.load('rowIndex,columnIndex,rowCount,columnCount')
    await context.sync()
    const grid: Grid = { name, texts: [], merges: [], formulas: [], hiddenRows: [], hiddenColumns: [] }
    if (used.isNullObject) return grid

    const rows = used.rowIndex + used.rowCount
    const columns = used.columnIndex + used.columnCount
    if (rows > MAX_ROWS || columns > MAX_COLUMNS) throw new HostFailure('too-large')

    const all = sheet.getRangeByIndexes(0, 0, rows, columns)
    all.load('rowHidden')
    const columnRanges = Array.from({ length: columns }, (_, column) => all.getColumn(column))
    for (const column of columnRanges) column.load('columnHidden')
    const rowsPerBand = Math.max(1, Math.floor(CELLS_PER_BAND / columns))
    for (let row = 0; row < rows; row += rowsPerBand) {
      const band = sheet.getRangeByIndexes(row, 0, Math.min(rowsPerBand, rows - row), columns)
      band.load('text,formulas')
      await context.sync()
      addTexts(grid, row, band.text, band.formulas)
    }
    grid.hiddenColumns = columnRanges.flatMap((range, column) => (range.columnHidden ? [column] : []))
    grid.hiddenRows = await readHiddenRows(context, all, rows)
    grid.merges = await readMerges(context, sheet, rows, columns)
    return grid
  })
}

/**
 * The same with these areas as they stand now and all else as it was read before, in one request. Undefined where
 * that could be wrong, and the whole sheet has to be read: it has grown or shrunk, or formulas may give something else.
 */
export function readChanged(known: Grid, changed: readonly Area[]): Promise<Grid | undefined> {
  const cells = changed.reduce((sum, { rows, columns }) => sum + rows * columns, 0)
  if (known.formulas.length > 0 || cells > CELLS_PER_BAND) return Promise.resolve(undefined)
  if (changed.length === 0) return Promise.resolve(known)
  return runExcel(async (context) => {
    const sheet = context.workbook.worksheets.getItem(known.name)
    const used = sheet.getUsedRangeOrNullObject(true)
    used.load('rowIndex,columnIndex,rowCount,columnCount')
    const ranges = changed.map((area) => sheet.getRangeByIndexes(area.row, area.column, area.rows, area.columns))
    for (const range of ranges) range.load('text,formulas')
    await context.sync()
    const [rows, columns] = used.isNullObject
      ? [0, 0]
      : [used.rowIndex + used.rowCount, used.columnIndex + used.columnCount]
    if (rows !== known.texts.length || columns !== (known.texts[0]?.length ?? 0)) return undefined
    const grid: Grid = { ...known, texts: [...known.texts], formulas: [] }
    for (const [i, { row: firstRow, column: firstColumn }] of changed.entries()) {
      const { text, formulas } = ranges[i]!
      const read: Grid = { ...grid, texts: [], formulas: [] }
      addTexts(read, firstRow, text, formulas)
      for (const [offset, line] of read.texts.entries()) {
        const before = grid.texts[firstRow + offset]
        if (!before) break
        const left = before.slice(0, firstColumn)
        const right = before.slice(firstColumn + line.length)
        grid.texts[firstRow + offset] = [...left, ...line.slice(0, columns - left.length), ...right]
      }
      // What was typed calculates: from now on any cell may change with any other.
      if (read.formulas.length > 0) return undefined
    }
    return grid
  })
}

/**
 * A constant text is taken from `formulas`, which gives it unformatted and in full; everything else
 * as displayed. A text cell that reads =… is no formula: its text equals its "formula".
 */
function addTexts(grid: Grid, firstRow: number, texts: string[][], formulas: unknown[][]): void {
  for (const [offset, line] of texts.entries()) {
    grid.texts.push(
      line.map((text, column) => {
        const formula = formulas[offset]?.[column]
        if (typeof formula !== 'string') return text
        if (!formula.startsWith('=') || formula === text) return formula
        grid.formulas.push({ row: firstRow + offset, column })
        return text
      }),
    )
  }
}

/** Asks row by row only where some are hidden and some not, as a filter leaves them: Excel then answers null. */
async function readHiddenRows(context: Excel.RequestContext, all: Excel.Range, rows: number): Promise<number[]> {
  const state: boolean | null = all.rowHidden
  if (state !== null) return state ? Array.from({ length: rows }, (_, row) => row) : []
  const hidden: number[] = []
  for (let first = 0; first < rows; first += ROWS_PER_REQUEST) {
    const ranges = Array.from({ length: Math.min(ROWS_PER_REQUEST, rows - first) }, (_, row) => all.getRow(first + row))
    for (const range of ranges) range.load('rowHidden')
    await context.sync()
    for (const [offset, range] of ranges.entries()) if (range.rowHidden) hidden.push(first + offset)
  }
  return hidden
}

/** Merged areas whose top-left cell lies in the given corner of the sheet. */
async function readMerges(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  rows: number,
  columns: number,
): Promise<Area[]> {
  const merges: Area[] = []
  const bands: { row: number; rows: number }[] = []
  for (let row = 0; row < rows; row += ROWS_PER_MERGE_BAND)
    bands.push({ row, rows: Math.min(ROWS_PER_MERGE_BAND, rows - row) })
  bands.reverse()
  for (let band = bands.pop(); band; band = bands.pop()) {
    try {
      merges.push(...(await readBandMerges(context, sheet.getRangeByIndexes(band.row, 0, band.rows, columns))))
    } catch (error) {
      if (band.rows === 1 || !mayBeTooMany(error)) throw error
      const half = Math.ceil(band.rows / 2)
      bands.push({ row: band.row + half, rows: band.rows - half }, { row: band.row, rows: half })
    }
  }
  return merges
}

async function readBandMerges(context: Excel.RequestContext, range: Excel.Range): Promise<Area[]> {
  const merged = range.getMergedAreasOrNullObject()
  merged.load('areaCount')
  await context.sync()
  if (merged.isNullObject) return []
  merged.areas.load('items/rowIndex,items/columnIndex,items/rowCount,items/columnCount')
  await context.sync()
  return merged.areas.items.map((area) => ({
    row: area.rowIndex,
    column: area.columnIndex,
    rows: area.rowCount,
    columns: area.columnCount,
  }))
}

/** Excel does not document the code with which it refuses more than 512 areas, so any unspecific one counts. */
function mayBeTooMany(error: unknown): boolean {
  const failure = toHostFailure(error)
  return failure instanceof HostFailure && (failure.code === 'unknown' || failure.code === 'too-large')
}
