/** SheetModel → a sheet of the library. Cells are strings only, so nothing runs as a formula. */
import type { Cell, CellStyle as LibraryStyle, WriteSheet } from 'hucre'
import { type Area, columnName } from '../domain/grid.ts'
import { type CellStyle, type SheetModel, STYLES, type StyleName } from '../domain/sheet-model.ts'

/** No person's name: whose text it is says the note itself. */
const NOTE_AUTHOR = '民生台账'
const EDGE = { style: 'thin', color: { rgb: '000000' } } as const

/** One object a style: the library tells styles apart by identity when it writes them. */
const LIBRARY_STYLES = Object.fromEntries(
  Object.entries(STYLES).map(([name, style]) => [name, toLibraryStyle(style)]),
) as Record<StyleName, LibraryStyle>

function toLibraryStyle(style: CellStyle): LibraryStyle {
  const { name, size, bold, color } = style.font
  return {
    font: { name, size, ...(bold && { bold }), ...(color && { color: { rgb: color } }) },
    ...(style.fill && { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: style.fill } } }),
    ...(style.border && { border: { top: EDGE, right: EDGE, bottom: EDGE, left: EDGE } }),
    alignment: {
      horizontal: style.horizontal,
      vertical: style.vertical,
      wrapText: style.wrap,
      ...(style.indent && { indent: style.indent }),
    },
    numFmt: '@',
  }
}

export function modelToSheet(model: SheetModel): WriteSheet {
  const cells = new Map<string, Partial<Cell>>()
  const rows = model.cells.map((line, row) =>
    line.map(({ text, style }, column) => {
      if (style) cells.set(`${row},${column}`, { value: text === '' ? null : text, style: LIBRARY_STYLES[style] })
      return text === '' ? null : text
    }),
  )
  for (const { row, column, text } of model.notes ?? []) {
    const key = `${row},${column}`
    cells.set(key, { ...(cells.get(key) ?? { value: null }), comment: { author: NOTE_AUTHOR, text } })
  }
  // The library passes over what stands beyond the last row or column that it is given.
  while (rows.length < model.rowHeights.length) rows.push([])
  const hidden = new Set(model.hiddenColumns)
  const columns = Math.max(model.columnWidths.length, ...model.hiddenColumns.map((column) => column + 1))
  const { print } = model
  return {
    name: model.name,
    rows,
    cells,
    columns: Array.from({ length: columns }, (_, column) => ({
      ...(model.columnWidths[column] !== undefined && { width: model.columnWidths[column] }),
      ...(hidden.has(column) && { hidden: true }),
    })),
    rowDefs: new Map(model.rowHeights.flatMap((height, row) => (height === undefined ? [] : [[row, { height }]]))),
    merges: model.merges.map(({ row, column, rows: height, columns: width }) => ({
      startRow: row,
      startCol: column,
      endRow: row + height - 1,
      endCol: column + width - 1,
    })),
    ...(model.visibility === 'hidden' && { hidden: true }),
    ...(model.frozen && { freezePane: model.frozen }),
    ...(model.filter && { autoFilter: { range: addressOf(model.filter) } }),
    ...(print?.breaks && { rowBreaks: print.breaks }),
    ...(print && { pageSetup: pageSetup(print), headerFooter: { oddFooter: pageFooter(print.footer) } }),
  }
}

/** & starts a code in a footer. */
function pageFooter(text = ''): string {
  return `${text === '' ? '' : `&L${text.replaceAll('&', '&&')}`}&C第 &P 页，共 &N 页`
}

/** A1:C5, or with `mark` $ as an absolute reference. */
export function addressOf({ row, column, rows, columns }: Area, mark: '' | '$' = ''): string {
  const cell = (atRow: number, atColumn: number) => `${mark}${columnName(atColumn)}${mark}${atRow + 1}`
  return `${cell(row, column)}:${cell(row + rows - 1, column + columns - 1)}`
}

function pageSetup(print: NonNullable<SheetModel['print']>): WriteSheet['pageSetup'] {
  return {
    paperSize: print.paper === 'A3' ? 'a3' : 'a4',
    orientation: print.orientation,
    ...(!print.breaks && { fitToPage: true, fitToWidth: 1, fitToHeight: 0 }),
    horizontalCentered: true,
    margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    printArea: `$A$1:$${columnName(print.lastColumn)}$${print.lastRow + 1}`,
    ...(print.repeatRows && { printTitlesRow: `$${print.repeatRows[0] + 1}:$${print.repeatRows[1] + 1}` }),
  }
}
