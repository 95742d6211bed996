/**
 * Which cells a person's edit in the page may write, by whatever key or menu it was made: those that are shown, and
 * never the row ids nor the sheet on which the workbook says what its tables are. The program itself writes them all.
 */
import { CARRIER_HEADER, LEDGER_SHEET } from '../../domain/carrier.ts'
import type { Grid } from '../../domain/grid.ts'
import { foldHeader } from '../../domain/header-text.ts'
import { covers } from '../areas.ts'
import type { CellWrite } from '../sheet-host.ts'

/** The writes that may be made of those that a person asked for. */
export function writesOpenToEdits(grid: Grid, writes: readonly CellWrite[]): CellWrite[] {
  if (grid.name === LEDGER_SHEET) return []
  const [rows, columns] = [new Set(grid.hiddenRows), new Set(grid.hiddenColumns)]
  const idsFrom = new Map([...new Set(writes.map(({ column }) => column))].map((at) => [at, firstIdRow(grid, at)]))
  return writes.filter(
    ({ row, column }) =>
      row < (idsFrom.get(column) ?? Infinity) &&
      ((!rows.has(row) && !columns.has(column)) || isShownInPart(grid, row, column, rows, columns)),
  )
}

/** The row of a column below whose header row ids stand, the header itself included; undefined in other columns. */
function firstIdRow({ texts }: Grid, column: number): number | undefined {
  const at = texts.findIndex((line) => isIdHeader(line[column] ?? ''))
  return at < 0 ? undefined : at
}

function isIdHeader(text: string): boolean {
  return text.length <= LONGEST_HEADER && text !== '' && foldHeader(text) === CARRIER_HEADER
}

/** Blanks and line breaks come into headers; a longer text is none. */
const LONGEST_HEADER = 20

/** A merged area keeps its text in its first cell, which may be hidden while others of it are shown. */
function isShownInPart(
  { merges }: Grid,
  row: number,
  column: number,
  hiddenRows: ReadonlySet<number>,
  hiddenColumns: ReadonlySet<number>,
): boolean {
  const area = merges.find((candidate) => covers(candidate, row, column))
  if (!area) return false
  const isShown = (from: number, count: number, hidden: ReadonlySet<number>) =>
    Array.from({ length: count }, (_, i) => from + i).some((at) => !hidden.has(at))
  return isShown(area.row, area.rows, hiddenRows) && isShown(area.column, area.columns, hiddenColumns)
}
