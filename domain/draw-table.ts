/**
 * Draws a table as counties print it: title lines, header, merged milestone cells, A3 landscape
 * with the header on every page. What is drawn here reads back as the same table.
 */
import { CARRIER_HEADER, formatCarrier } from './carrier.ts'
import { isDash } from './fold.ts'
import type { Area } from './grid.ts'
import { foldHeader } from './header-text.ts'
import { heightOfText, MAX_ROW_HEIGHT } from './row-height.ts'
import type { CellModel, NoteModel, SheetModel, StyleName } from './sheet-model.ts'
import { STYLES } from './sheet-model.ts'
import type { ColumnSpec, SheetSpec } from './sheet-spec.ts'
import { milestoneKeys } from './sheet-spec.ts'
import type { Table, TableRow } from './table.ts'
import { coveredColumns, isProvisional } from './table.ts'

/**
 * `carrier`: adds the hidden column of ids and versions. `filter`: gives the header filter buttons; `footer`: stands
 * at the foot of every page. `readonly`: cells to shade. `style`: overrides the style of a body cell where it
 * returns one; `note`: remarks on one.
 */
export type DrawOptions = {
  name: string
  carrier: boolean
  filter?: boolean
  footer?: string
  readonly?: (row: TableRow, columnKey: string) => boolean
  style?: (row: TableRow, columnKey: string) => StyleName | undefined
  note?: (row: TableRow, columnKey: string) => string | undefined
}

/** Width of the hidden column, for whoever shows it. */
const CARRIER_WIDTH = 18
/** Rows of one line look crowded below this, in points. */
const MIN_ROW_HEIGHT = 24
/** Columns are widened up to this where a text would not fit into the largest row. */
const MAX_WIDTH = 120

/** The sheet of a table. A row without a version is written with 0, a row without an id without carrier. */
export function drawTable(table: Table, options: DrawOptions): SheetModel {
  const { columns } = table.spec
  const widths = fitWidths(table)
  const parts = [drawTitle(table.spec, widths), drawHeader(columns, options.carrier, widths)]
  parts.push(drawBody(table, options, widths))
  const model: SheetModel = {
    name: options.name,
    visibility: 'visible',
    cells: [],
    merges: [],
    columnWidths: options.carrier ? [...widths, CARRIER_WIDTH] : widths,
    rowHeights: [],
    hiddenColumns: options.carrier ? [columns.length] : [],
  }
  for (const part of parts) {
    const offset = model.cells.length
    for (const merge of part.merges) model.merges.push({ ...merge, row: merge.row + offset })
    model.cells.push(...part.cells)
    model.rowHeights.push(...part.heights)
  }
  const headerTop = parts[0]!.cells.length
  const firstRow = headerTop + parts[1]!.cells.length
  model.frozen = { rows: firstRow, columns: countLeading(columns) }
  if (options.filter && table.rows.length > 0)
    model.filter = { row: firstRow - 1, column: 0, rows: table.rows.length + 1, columns: model.columnWidths.length }
  const notes = notesOf(table, options, firstRow)
  if (notes.length > 0) model.notes = notes
  model.print = {
    paper: 'A3',
    orientation: 'landscape',
    repeatRows: [headerTop, firstRow - 1],
    ...(options.footer !== undefined && { footer: options.footer }),
    lastColumn: columns.length - 1,
    lastRow: model.cells.length - 1,
  }
  return model
}

/** On the first cell of what is merged; a covered column has no text to remark on. */
function notesOf({ spec, rows }: Table, { note }: DrawOptions, firstRow: number): NoteModel[] {
  if (!note) return []
  return rows.flatMap((row, at) =>
    spec.columns.flatMap(({ key }, column): NoteModel[] => {
      const text = row.cells[key] === undefined ? undefined : note(row, key)
      return text === undefined ? [] : [{ row: firstRow + at, column, text }]
    }),
  )
}

/** Rows of the sheet, their merges counted from the first of them, and their heights in points. */
type Part = { cells: CellModel[][]; merges: Area[]; heights: number[] }

function drawTitle(spec: SheetSpec, widths: number[]): Part {
  const total = sum(widths)
  const part: Part = { cells: [], merges: [], heights: [] }
  for (const [row, line] of spec.titleLines.entries()) {
    const isAttachment = row < spec.titleLines.length - 1 && foldHeader(line).startsWith('附件')
    const style = isAttachment ? 'attachment' : 'title'
    const { size } = STYLES[style].font
    part.cells.push(widths.map((_, column) => ({ text: column === 0 ? line : '', style })))
    if (widths.length > 1) part.merges.push({ row, column: 0, rows: 1, columns: widths.length })
    part.heights.push(heightOfText(line, total, size) + 4)
  }
  return part
}

/** Two levels where any column belongs to a group; the other columns are then merged down. */
function drawHeader(columns: ColumnSpec[], carrier: boolean, widths: number[]): Part {
  const headers = columns.map(({ header, group }) => ({ header, group: group === header ? undefined : group }))
  if (carrier) headers.push({ header: CARRIER_HEADER, group: undefined })
  const cell = (text: string): CellModel => ({ text, style: 'header' })
  const { size } = STYLES.header.font
  const leafHeight = Math.max(...columns.map(({ header }, i) => heightOfText(header, widths[i]!, size))) + 6
  if (headers.every(({ group }) => group === undefined))
    return { cells: [headers.map(({ header }) => cell(header))], merges: [], heights: [leafHeight] }
  const merges: Area[] = []
  let from = 0
  for (const [column, { group }] of headers.entries()) {
    if (column > 0 && (group === undefined || group !== headers[from]!.group)) from = column
    const isLast = group === undefined || group !== headers[column + 1]?.group
    if (group === undefined) merges.push({ row: 0, column, rows: 2, columns: 1 })
    else if (isLast && column > from) merges.push({ row: 0, column: from, rows: 1, columns: column - from + 1 })
  }
  const upper = headers.map(({ header, group }, column) =>
    cell(group === undefined ? header : group === headers[column - 1]?.group ? '' : group),
  )
  const lower = headers.map(({ header, group }) => cell(group === undefined ? '' : header))
  return { cells: [upper, lower], merges, heights: [heightOfText('', 1, size) + 6, leafHeight] }
}

function drawBody(table: Table, options: DrawOptions, widths: number[]): Part {
  const part: Part = { cells: [], merges: [], heights: [] }
  const milestones = milestoneKeys(table.spec)
  for (const [at, row] of table.rows.entries()) {
    const cells: CellModel[] = []
    let height = MIN_ROW_HEIGHT
    for (let column = 0; column < table.spec.columns.length; ) {
      const spec = table.spec.columns[column]!
      const text = row.cells[spec.key] ?? ''
      const span = coveredColumns(row, spec.key, milestones).length
      const style = styleOf(row, spec, text, options)
      cells.push({ text, style })
      for (let i = 1; i < span; i++) cells.push({ text: '', style })
      if (span > 1) part.merges.push({ row: at, column, rows: 1, columns: span })
      height = Math.max(height, heightOfCell(text, sum(widths.slice(column, column + span)), style))
      column += span
    }
    if (options.carrier) cells.push({ text: carrierOf(row), style: 'text' })
    part.cells.push(cells)
    part.heights.push(Math.min(MAX_ROW_HEIGHT, height))
  }
  return part
}

function heightOfCell(text: string, width: number, style: StyleName): number {
  const { font, indent } = STYLES[style]
  return heightOfText(text, width, font.size, indent)
}

const CENTERED: Partial<Record<StyleName, StyleName>> = { warning: 'warningCenter', bad: 'badCenter' }

function styleOf(row: TableRow, column: ColumnSpec, text: string, options: DrawOptions): StyleName {
  const own = options.style?.(row, column.key)
  const centered = column.kind === 'ordinal' || column.kind === 'units' || isDash(text)
  if (own) return centered ? (CENTERED[own] ?? own) : own
  if (options.readonly?.(row, column.key)) return centered ? 'readonlyCenter' : 'readonly'
  return centered ? 'center' : 'text'
}

function carrierOf(row: TableRow): string {
  return isProvisional(row.rowId) ? '' : formatCarrier({ rowId: row.rowId, ver: row.ver ?? 0 })
}

/** The spec's widths, wider where a single cell would need more than the largest row. */
function fitWidths(table: Table): number[] {
  return table.spec.columns.map(({ key, width }) => {
    let fitted = width
    for (const row of table.rows) {
      if ((row.spans?.[key] ?? 1) > 1) continue
      const text = row.cells[key] ?? ''
      while (fitted < MAX_WIDTH && heightOfCell(text, fitted, 'text') > MAX_ROW_HEIGHT)
        fitted = Math.min(MAX_WIDTH, fitted * 1.25)
    }
    return Math.ceil(fitted)
  })
}

/** Columns that stay in view: the leading 序号 and 重点任务. */
function countLeading(columns: ColumnSpec[]): number {
  const end = columns.findIndex(({ kind, key }) => kind !== 'ordinal' && key !== 'task')
  return end < 0 ? 0 : end
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
