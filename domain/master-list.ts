/** Draws the lists beside the master table: title, one header row, bordered texts, A4 landscape. */
import { countLines, heightOfLines, maxLines } from './row-height.ts'
import type { CellModel, SheetModel } from './sheet-model.ts'
import { STYLES } from './sheet-model.ts'

/** `width` in characters of the default font. */
export type ListColumn = { header: string; width: number; centered?: boolean }

/** Excel's limit for one cell. */
const MAX_CELL = 32_767

/** Texts in the order of the columns, or one line over all of them. */
export type ListRow = string[] | string

/** A sheet with title lines (the first as the title, the rest as notes), a header and rows. */
export function drawList(name: string, titleLines: string[], columns: ListColumn[], rows: ListRow[]): SheetModel {
  const last = columns.length - 1
  const title = titleLines.map((text, i): CellModel[] =>
    columns.map((_, column) => ({ text: column === 0 ? text : '', style: i === 0 ? 'title' : 'note' })),
  )
  const header = columns.map((column): CellModel => ({ text: column.header, style: 'header' }))
  const body = rows.map((row) =>
    columns.map((column, i): CellModel => {
      if (typeof row === 'string') return { text: i === 0 ? row : '', style: 'header' }
      return { text: limitText(row[i] ?? ''), style: column.centered ? 'center' : 'text' }
    }),
  )
  const { size } = STYLES.text.font
  const heightOf = (row: CellModel[], i: number) => {
    if (typeof rows[i] === 'string') return 24
    const lines = Math.max(1, ...row.map(({ text }, i) => countLines(text, columns[i]!.width, size)))
    return heightOfLines(Math.min(lines, maxLines(size)), size)
  }
  const headerRow = title.length
  const lines = [...rows.keys()].filter((i) => typeof rows[i] === 'string')
  return {
    name,
    visibility: 'visible',
    cells: [...title, header, ...body],
    merges: [...title.keys(), ...lines.map((row) => headerRow + 1 + row)].map((row) => ({
      row,
      column: 0,
      rows: 1,
      columns: columns.length,
    })),
    columnWidths: columns.map(({ width }) => width),
    rowHeights: [...title.map((_, i) => (i === 0 ? 32 : 18)), 24, ...body.map(heightOf)],
    hiddenColumns: [],
    frozen: { rows: headerRow + 1, columns: 0 },
    // A line over all columns is merged, and merged cells cannot be sorted.
    ...(rows.length > 0 &&
      lines.length === 0 && {
        filter: { row: headerRow, column: 0, rows: rows.length + 1, columns: columns.length },
      }),
    print: {
      paper: 'A4',
      orientation: 'landscape',
      repeatRows: [headerRow, headerRow],
      lastColumn: last,
      lastRow: headerRow + body.length,
    },
  }
}

function limitText(text: string): string {
  return text.length <= MAX_CELL ? text : `${text.slice(0, MAX_CELL - 1)}…`
}
