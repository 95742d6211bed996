// Loads the emulated workbook from a real .xlsx file and saves it as one, so that a test can start from a file a
// county circulated and end with a file that other programs (openpyxl, LibreOffice) judge.

import type {
  CellStyle,
  ColumnDef,
  ConditionalRule,
  Cell as FileCell,
  Sheet as FileSheet,
  RowDef,
  WriteSheet,
} from 'hucre'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { formatAddress, parseAddress } from './address.ts'
import { filterRange } from './auto-filter.ts'
import type { ConditionalFormat, Sheet } from './sheet.ts'
import { DEFAULT_FONT, NO_STYLE } from './style.ts'
import type { CellValue } from './typing.ts'
import { Workbook } from './workbook.ts'

/** A file counts widths in characters of 7 pixels, Office.js in points. */
const POINTS_PER_CHARACTER = 5.25
const DAY_ZERO = Date.UTC(1899, 11, 30)

const toValue = (value: unknown): CellValue =>
  value instanceof Date ? (value.getTime() - DAY_ZERO) / 86_400_000 : ((value ?? null) as CellValue)

export async function loadWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const file = await readXlsx(bytes, { readStyles: true })
  const workbook = new Workbook()
  workbook.themeColors = file.themeColors ?? []
  workbook.namedRanges = file.namedRanges ?? []
  for (const fileSheet of file.sheets) loadSheet(fileSheet, workbook.addSheet(fileSheet.name))
  const active = workbook.sheets[file.activeSheet ?? 0]
  if (active?.visibility === 'Visible') workbook.activate(active)
  workbook.happenings = []
  return workbook
}

function loadSheet(file: FileSheet, sheet: Sheet): void {
  sheet.visibility = file.veryHidden ? 'VeryHidden' : file.hidden ? 'Hidden' : 'Visible'
  for (const [r, row] of file.rows.entries())
    for (const [c, value] of row.entries())
      if (value !== null && value !== undefined) sheet.ownCell(r, c).value = toValue(value)
  for (const [key, fileCell] of file.cells ?? []) {
    const [row = 0, column = 0] = key.split(',').map(Number)
    const cell = sheet.ownCell(row, column)
    cell.style = fileCell.style ?? NO_STYLE
    if (fileCell.formula === undefined) continue
    cell.formula = `=${fileCell.formula}`
    cell.value = toValue(fileCell.formulaResult)
    cell.uncalculated = cell.value === null
  }
  sheet.merges = (file.merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({
    rect: { row: startRow, column: startCol, rows: endRow - startRow + 1, columns: endCol - startCol + 1 },
  }))
  for (const [i, column] of (file.columns ?? []).entries()) {
    if (column?.width !== undefined) sheet.columnWidths.set(i, column.width * POINTS_PER_CHARACTER)
    if (column?.hidden) sheet.hiddenColumns.add(i)
    if (column?.style) sheet.columnStyles.set(i, column.style)
  }
  for (const [i, row] of file.rowDefs ?? []) {
    if (row.height !== undefined) sheet.rowHeights.set(i, row.height)
    if (row.hidden) sheet.hiddenRows.add(i)
  }
  sheet.frozen = { rows: file.freezePane?.rows ?? 0, columns: file.freezePane?.columns ?? 0 }
  sheet.page = file.pageSetup ?? {}
  sheet.headerFooter = file.headerFooter ?? {}
  sheet.showGridlines = file.view?.showGridLines ?? true
  sheet.tabColor = file.view?.tabColor?.rgb ? `#${file.view.tabColor.rgb.slice(-6)}` : ''
  sheet.validations = file.dataValidations ?? []
  sheet.filter = file.autoFilter && { rect: parseAddress(file.autoFilter.range).rect }
  sheet.conditionalFormats = (file.conditionalRules ?? []).map((rule) =>
    loadRule(rule, `{cf-${sheet.workbook.nextId()}}`),
  )
}

function loadRule(rule: ConditionalRule, id: string): ConditionalFormat {
  const common = {
    id,
    priority: rule.priority - 1,
    stopIfTrue: rule.stopIfTrue ?? false,
    style: rule.style ?? NO_STYLE,
  }
  const { rect } = parseAddress(rule.range.split(' ')[0] as string)
  const formula = Array.isArray(rule.formula) ? rule.formula[0] : rule.formula
  if (rule.type !== 'expression' || rule.range.includes(' ')) return { ...common, rect, other: rule }
  return { ...common, rect, formula: `=${formula ?? ''}` }
}

export function saveWorkbook(workbook: Workbook): Promise<Uint8Array> {
  return writeXlsx({
    sheets: workbook.sheets.map(saveSheet),
    activeSheet: workbook.sheets.indexOf(workbook.activeSheet),
    namedRanges: workbook.namedRanges,
    defaultFont: DEFAULT_FONT,
  })
}

function saveSheet(sheet: Sheet): WriteSheet {
  const rows: CellValue[][] = []
  const cells = new Map<string, Partial<FileCell>>()
  for (const [row, column, cell] of sheet.cells()) {
    while (rows.length <= row) rows.push([])
    const values = rows[row] as CellValue[]
    while (values.length <= column) values.push(null)
    values[column] = cell.value
    const formula = cell.formula === undefined ? {} : { formula: cell.formula.slice(1), formulaResult: cell.value }
    if (cell.style !== NO_STYLE || cell.formula !== undefined)
      cells.set(`${row},${column}`, { value: cell.value, style: cell.style, ...formula })
  }
  const rowDefs = saveRows(sheet)
  // The library writes no row beyond the last one it is given, hidden or not.
  while (rows.length <= Math.max(-1, ...rowDefs.keys())) rows.push([])
  return {
    name: sheet.name,
    rows,
    cells,
    columns: saveColumns(sheet),
    rowDefs,
    merges: sheet.merges.map(({ rect: { row, column, rows: height, columns: width } }) => ({
      startRow: row,
      startCol: column,
      endRow: row + height - 1,
      endCol: column + width - 1,
    })),
    freezePane: sheet.frozen.rows + sheet.frozen.columns > 0 ? sheet.frozen : undefined,
    pageSetup: sheet.page,
    headerFooter: sheet.headerFooter,
    view: {
      showGridLines: sheet.showGridlines,
      tabColor: sheet.tabColor === '' ? undefined : { rgb: sheet.tabColor.slice(1) },
    },
    hidden: sheet.visibility === 'Hidden',
    veryHidden: sheet.visibility === 'VeryHidden',
    dataValidations: sheet.validations,
    autoFilter: sheet.filter && { range: filterRange(sheet) as string },
    conditionalRules: sheet.conditionalFormats.map(saveRule),
  }
}

function saveColumns(sheet: Sheet): ColumnDef[] {
  const used = sheet.usedRect()
  const last = Math.max(-1, ...sheet.columnWidths.keys(), ...sheet.hiddenColumns, ...sheet.columnStyles.keys())
  const count = Math.max(last + 1, sheet.style === NO_STYLE ? 0 : used ? used.column + used.columns : 1)
  return Array.from({ length: count }, (_, i): ColumnDef => {
    const width = sheet.columnWidths.get(i)
    const style: CellStyle = sheet.columnStyles.get(i) ?? sheet.style
    return {
      ...(width === undefined ? {} : { width: width / POINTS_PER_CHARACTER }),
      ...(sheet.hiddenColumns.has(i) ? { hidden: true } : {}),
      ...(style === NO_STYLE ? {} : { style }),
    }
  })
}

function saveRows(sheet: Sheet): Map<number, RowDef> {
  const rows = new Map<number, RowDef>()
  for (const i of new Set([...sheet.rowHeights.keys(), ...sheet.hiddenRows]))
    rows.set(i, { height: sheet.rowHeights.get(i), hidden: sheet.hiddenRows.has(i) })
  return rows
}

function saveRule(format: ConditionalFormat, i: number): ConditionalRule {
  if (format.other) return { ...format.other, priority: i + 1 }
  const { rect, formula = '=FALSE', style, stopIfTrue } = format
  return {
    type: 'expression',
    priority: i + 1,
    formula: formula.slice(1),
    range: formatAddress(rect),
    style,
    stopIfTrue,
  }
}
