// Excel.Workbook, its worksheets, and the small objects that hang on them.

import { isEntireColumn, isEntireRow, parseAddress, SHEET_RECT } from './address.ts'
import { AutoFilter } from './auto-filter.ts'
import { ExcelError } from './errors.ts'
import type { ExcelObject } from './excel-object.ts'
import { NamedItemCollection } from './named-items.ts'
import { PageLayout } from './page-layout.ts'
import { ExcelRange } from './range.ts'
import { RangeAreas } from './range-areas.ts'
import type { Sheet } from './sheet.ts'
import { toColor } from './style.ts'
import type { Workbook } from './workbook.ts'

class WorksheetFreezePanes implements ExcelObject {
  readonly excelClass = 'WorksheetFreezePanes'
  #sheet: Sheet

  constructor(sheet: Sheet) {
    this.#sheet = sheet
  }

  freezeRows(count = 1): void {
    this.#sheet.frozen = { rows: count, columns: 0 }
  }

  freezeColumns(count = 1): void {
    this.#sheet.frozen = { rows: 0, columns: count }
  }

  /** The given cells, and all above and left of them, stay in view. */
  freezeAt(range?: ExcelRange | string): void {
    if (range === undefined) {
      this.unfreeze()
      return
    }
    const rect = typeof range === 'string' ? parseAddress(range).rect : range.rect
    const rows = isEntireColumn(rect) ? 0 : rect.row + rect.rows
    const columns = isEntireRow(rect) ? 0 : rect.column + rect.columns
    this.#sheet.frozen = { rows, columns }
  }

  unfreeze(): void {
    this.#sheet.frozen = { rows: 0, columns: 0 }
  }

  getLocationOrNullObject(): ExcelRange | null {
    const { rows, columns } = this.#sheet.frozen
    if (rows + columns === 0) return null
    const whole = SHEET_RECT
    return new ExcelRange(this.#sheet, {
      row: 0,
      column: 0,
      rows: rows || whole.rows,
      columns: columns || whole.columns,
    })
  }
}

export class ExcelWorksheet implements ExcelObject {
  readonly excelClass = 'Worksheet'
  readonly #sheet: Sheet

  constructor(sheet: Sheet) {
    this.#sheet = sheet
  }

  get #workbook(): Workbook {
    return this.#sheet.workbook
  }
  get #cells(): ExcelRange {
    return new ExcelRange(this.#sheet, SHEET_RECT)
  }

  identity() {
    return { Id: this.#sheet.id }
  }

  get eventTarget() {
    return this.#sheet.id
  }
  get id() {
    return this.#sheet.id
  }
  get name() {
    return this.#sheet.name
  }
  set name(value: unknown) {
    this.#workbook.checkName(String(value), this.#sheet)
    this.#sheet.name = String(value)
  }

  get position() {
    return this.#workbook.sheets.indexOf(this.#sheet)
  }
  set position(value: unknown) {
    const others = this.#workbook.sheets.filter((sheet) => sheet !== this.#sheet)
    if (!(Number(value) >= 0 && Number(value) <= others.length))
      throw new ExcelError('InvalidArgument', `no position ${String(value)}`)
    others.splice(Number(value), 0, this.#sheet)
    this.#workbook.sheets = others
  }

  get visibility() {
    return this.#sheet.visibility
  }
  set visibility(value: unknown) {
    if (value === 'Visible') this.#sheet.visibility = value
    else if (value === 'Hidden' || value === 'VeryHidden') this.#workbook.hideSheet(this.#sheet, value)
    else throw new ExcelError('InvalidArgument', `not a visibility: ${String(value)}`)
  }

  get tabColor() {
    return this.#sheet.tabColor
  }
  set tabColor(value: unknown) {
    this.#sheet.tabColor = value === '' ? '' : `#${toColor(value).rgb}`
  }
  get showGridlines() {
    return this.#sheet.showGridlines
  }
  set showGridlines(value: unknown) {
    this.#sheet.showGridlines = value === true
  }
  get freezePanes() {
    return new WorksheetFreezePanes(this.#sheet)
  }
  get pageLayout() {
    return new PageLayout(this.#sheet)
  }
  get autoFilter() {
    return new AutoFilter(this.#sheet, (sheet, rect) => new ExcelRange(sheet, rect))
  }

  activate(): void {
    this.#workbook.activate(this.#sheet)
  }

  delete(): void {
    this.#workbook.deleteSheet(this.#sheet)
  }

  getRange(address?: string): ExcelRange {
    if (address === undefined || address === null || address === '') return this.#cells
    const { sheetName, rect } = parseAddress(address)
    const other = sheetName !== undefined && this.#workbook.findSheet(sheetName) !== this.#sheet
    if (other) throw new ExcelError('InvalidArgument', `${address} is not on this sheet`)
    return new ExcelRange(this.#sheet, rect)
  }

  getRanges(addresses: string): RangeAreas {
    if (addresses.length > 8192) throw new ExcelError('InvalidArgument', 'an address list of more than 8192 characters')
    return new RangeAreas(addresses.split(',').map((address) => this.getRange(address)))
  }

  getRangeByIndexes(row: number, column: number, rows: number, columns: number): ExcelRange {
    return new ExcelRange(this.#sheet, { row, column, rows, columns })
  }

  getCell(row: number, column: number): ExcelRange {
    return this.getRangeByIndexes(row, column, 1, 1)
  }

  getUsedRange(valuesOnly?: boolean): ExcelRange {
    return this.#cells.getUsedRange(valuesOnly)
  }

  getUsedRangeOrNullObject(valuesOnly?: boolean): ExcelRange | null {
    return this.#cells.getUsedRangeOrNullObject(valuesOnly)
  }
}

ExcelRange.openWorksheet = (sheet) => new ExcelWorksheet(sheet)

class WorksheetCollection implements ExcelObject {
  readonly excelClass = 'WorksheetCollection'
  readonly eventTarget = 'Workbook'
  #workbook: Workbook

  constructor(workbook: Workbook) {
    this.#workbook = workbook
  }

  get items() {
    return this.#workbook.sheets.map((sheet) => new ExcelWorksheet(sheet))
  }

  getItem(key: string): ExcelWorksheet {
    return new ExcelWorksheet(this.#workbook.sheet(key))
  }

  getItemOrNullObject(key: string): ExcelWorksheet | null {
    const sheet = this.#workbook.findSheet(key)
    return sheet ? new ExcelWorksheet(sheet) : null
  }

  add(name?: string): ExcelWorksheet {
    return new ExcelWorksheet(this.#workbook.addSheet(name ?? this.#workbook.freeName()))
  }

  getActiveWorksheet(): ExcelWorksheet {
    return new ExcelWorksheet(this.#workbook.activeSheet)
  }

  getCount(visibleOnly = false): number {
    return this.#workbook.sheets.filter(({ visibility }) => !visibleOnly || visibility === 'Visible').length
  }

  getFirst(visibleOnly = false): ExcelWorksheet {
    const sheet = this.#workbook.sheets.find(({ visibility }) => !visibleOnly || visibility === 'Visible')
    return new ExcelWorksheet(sheet ?? this.#workbook.activeSheet)
  }
}

class Application implements ExcelObject {
  readonly excelClass = 'Application'
  get calculationMode() {
    return 'Automatic'
  }

  /** Nothing is painted and nothing is calculated here; the host counts the calls. */
  suspendScreenUpdatingUntilNextSync(): void {}
  suspendApiCalculationUntilNextSync(): void {}
}

class Runtime implements ExcelObject {
  readonly excelClass = 'Runtime'
  #workbook: Workbook

  constructor(workbook: Workbook) {
    this.#workbook = workbook
  }

  get enableEvents() {
    return this.#workbook.enableEvents
  }
  set enableEvents(value: unknown) {
    this.#workbook.enableEvents = value === true
  }
}

/** The root of every object path. */
export class ExcelWorkbook implements ExcelObject {
  readonly excelClass = 'Workbook'
  readonly application = new Application()
  readonly names: NamedItemCollection
  readonly worksheets: WorksheetCollection
  readonly _Runtime: Runtime
  #workbook: Workbook

  constructor(workbook: Workbook) {
    this.#workbook = workbook
    this.names = new NamedItemCollection(workbook)
    this.worksheets = new WorksheetCollection(workbook)
    this._Runtime = new Runtime(workbook)
  }

  getSelectedRange(): ExcelRange {
    const { activeSheet } = this.#workbook
    return new ExcelRange(activeSheet, activeSheet.selection)
  }

  getActiveCell(): ExcelRange {
    return this.getSelectedRange().getCell(0, 0)
  }
}
