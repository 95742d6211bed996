// Excel.Range over the emulated sheet.

import {
  type Axis,
  boundingRect,
  checkedRect,
  formatAddress,
  holds,
  intersect,
  isEntireColumn,
  isEntireRow,
  MAX_COLUMNS,
  MAX_ROWS,
  parseAddress,
  quoteSheetName,
  type Rect,
} from './address.ts'
import { assign, pick } from './cell-properties.ts'
import { ConditionalFormatCollection } from './conditional-format.ts'
import { ExcelError, Gap } from './errors.ts'
import type { ExcelObject, RangeLike } from './excel-object.ts'
import { RangeAreas } from './range-areas.ts'
import {
  calculated,
  displayedText,
  eachOf,
  formatNumbers,
  hiddenIn,
  lined,
  mapCells,
  readCells,
  setHidden,
  shapeError,
  typeCells,
  valueType,
} from './range-cells.ts'
import { RangeFormat } from './range-format.ts'
import type { Anchor, Sheet } from './sheet.ts'
import { type ShiftKind, shiftCells } from './shift.ts'

const MAX_MERGED_AREAS = 512

export class ExcelRange implements RangeLike {
  readonly excelClass = 'Range'
  readonly sheet: Sheet
  /** Set by worksheet.ts, which cannot be imported here without a cycle. */
  static openWorksheet: (sheet: Sheet) => ExcelObject
  #anchor: Anchor

  constructor(sheet: Sheet, rect: Rect) {
    this.sheet = sheet
    this.#anchor = { rect: checkedRect(rect.row, rect.column, rect.rows, rect.columns) }
  }

  get rect(): Rect {
    const alive = !this.#anchor.gone && this.sheet.workbook.sheets.includes(this.sheet)
    if (!alive) throw new ExcelError('InvalidReference', 'the cells of this range were deleted')
    return this.#anchor.rect
  }

  hold(): void {
    this.sheet.held.add(this.#anchor)
  }

  release(): void {
    this.sheet.held.delete(this.#anchor)
  }

  // What the range is

  get address(): string {
    return `${quoteSheetName(this.sheet.name)}!${formatAddress(this.rect)}`
  }
  get rowIndex(): number {
    return this.rect.row
  }
  get columnIndex(): number {
    return this.rect.column
  }
  get rowCount(): number {
    return this.rect.rows
  }
  get columnCount(): number {
    return this.rect.columns
  }
  get isEntireRow(): boolean {
    return isEntireRow(this.rect)
  }
  get isEntireColumn(): boolean {
    return isEntireColumn(this.rect)
  }
  /** -1 beyond 2³¹-1 cells. */
  get cellCount(): number {
    const count = this.rect.rows * this.rect.columns
    return count > 2_147_483_647 ? -1 : count
  }
  get worksheet(): ExcelObject {
    return ExcelRange.openWorksheet(this.sheet)
  }
  get format(): RangeFormat {
    return new RangeFormat(this)
  }
  get conditionalFormats(): ConditionalFormatCollection {
    return new ConditionalFormatCollection(this.sheet, this.rect, (sheet, rect) => new ExcelRange(sheet, rect))
  }

  // What the cells hold

  get values() {
    return readCells(this.sheet, this.rect, (cell) => calculated(cell) ?? '')
  }
  set values(value: unknown) {
    typeCells(this.sheet, this.rect, value)
  }
  get formulas() {
    return readCells(this.sheet, this.rect, (cell) => cell?.formula ?? cell?.value ?? '')
  }
  set formulas(value: unknown) {
    typeCells(this.sheet, this.rect, value)
  }
  get valueTypes() {
    return readCells(this.sheet, this.rect, (cell) => valueType(calculated(cell)))
  }
  get text() {
    return readCells(this.sheet, this.rect, displayedText)
  }

  get numberFormat() {
    return readCells(this.sheet, this.rect, (_, row, column) => this.sheet.styleAt(row, column).numFmt ?? 'General')
  }
  set numberFormat(value: unknown) {
    formatNumbers(this.sheet, this.rect, value)
  }

  get rowHidden() {
    return hiddenIn(this.sheet.hiddenRows, this.rect.row, this.rect.rows)
  }
  set rowHidden(value: unknown) {
    setHidden(this.sheet.hiddenRows, this.rect.row, this.rect.rows, value === true)
  }
  get columnHidden() {
    return hiddenIn(this.sheet.hiddenColumns, this.rect.column, this.rect.columns)
  }
  set columnHidden(value: unknown) {
    setHidden(this.sheet.hiddenColumns, this.rect.column, this.rect.columns, value === true)
  }

  clear(applyTo = 'All'): void {
    const known = ['All', 'Contents', 'Formats'].includes(applyTo)
    if (!known) throw new Gap(`Range.clear('${applyTo}')`)
    this.sheet.clear(this.rect, applyTo !== 'Formats', applyTo !== 'Contents')
    if (applyTo !== 'Formats') this.sheet.workbook.edited(this.sheet, this.rect)
  }

  // Merges

  merge(across = false): void {
    const { row, rows } = this.rect
    if (!across) this.sheet.merge(this.rect)
    else for (let r = row; r < row + rows; r++) this.sheet.merge({ ...this.rect, row: r, rows: 1 })
  }

  unmerge(): void {
    this.sheet.unmerge(this.rect)
  }

  /** Only areas whose first cell lies inside, and at most 512 of them. */
  getMergedAreasOrNullObject(): RangeAreas | null {
    const areas = this.sheet.merges
      .filter(({ rect }) => holds(this.rect, rect.row, rect.column))
      .map(({ rect }) => rect)
    if (areas.length > MAX_MERGED_AREAS)
      throw new ExcelError('GeneralException', `${areas.length} merged areas, more than ${MAX_MERGED_AREAS}`)
    areas.sort((a, b) => a.row - b.row || a.column - b.column)
    return areas.length === 0 ? null : new RangeAreas(areas.map((rect) => new ExcelRange(this.sheet, rect)))
  }

  // Neighbours

  #at(row: number, column: number, rows: number, columns: number): ExcelRange {
    return new ExcelRange(this.sheet, { row, column, rows, columns })
  }

  getCell(row: number, column: number) {
    return this.#at(this.rect.row + row, this.rect.column + column, 1, 1)
  }
  getRow(row: number) {
    return this.#at(this.rect.row + row, this.rect.column, 1, this.rect.columns)
  }
  getColumn(column: number) {
    return this.#at(this.rect.row, this.rect.column + column, this.rect.rows, 1)
  }
  getLastCell() {
    return this.getCell(this.rect.rows - 1, this.rect.columns - 1)
  }
  getLastRow() {
    return this.getRow(this.rect.rows - 1)
  }
  getLastColumn() {
    return this.getColumn(this.rect.columns - 1)
  }
  getEntireRow() {
    return this.#at(this.rect.row, 0, this.rect.rows, MAX_COLUMNS)
  }
  getEntireColumn() {
    return this.#at(0, this.rect.column, MAX_ROWS, this.rect.columns)
  }
  getOffsetRange(rows: number, columns: number) {
    return this.#at(this.rect.row + rows, this.rect.column + columns, this.rect.rows, this.rect.columns)
  }
  getResizedRange(rows: number, columns: number) {
    return this.#at(this.rect.row, this.rect.column, this.rect.rows + rows, this.rect.columns + columns)
  }
  getAbsoluteResizedRange(rows: number, columns: number) {
    return this.#at(this.rect.row, this.rect.column, rows, columns)
  }

  #other(range: ExcelRange | string): Rect {
    if (typeof range === 'string') return parseAddress(range).rect
    if (range.sheet !== this.sheet) throw new ExcelError('InvalidArgument', 'the ranges are on different sheets')
    return range.rect
  }

  getBoundingRect(range: ExcelRange | string) {
    return new ExcelRange(this.sheet, boundingRect(this.rect, this.#other(range)))
  }
  getIntersectionOrNullObject(range: ExcelRange | string) {
    const common = intersect(this.rect, this.#other(range))
    return common ? new ExcelRange(this.sheet, common) : null
  }
  getIntersection(range: ExcelRange | string) {
    const common = this.getIntersectionOrNullObject(range)
    if (!common) throw new ExcelError('ItemNotFound', 'the ranges do not meet')
    return common
  }
  getUsedRangeOrNullObject(valuesOnly = false) {
    const used = this.sheet.usedRect(valuesOnly, this.rect)
    return used ? new ExcelRange(this.sheet, used) : null
  }
  getUsedRange(valuesOnly = false) {
    return this.getUsedRangeOrNullObject(valuesOnly) ?? this.getCell(0, 0)
  }

  select(): void {
    this.sheet.workbook.select(this.sheet, this.rect)
  }

  // Inserting and deleting cells

  insert(shift: string): ExcelRange {
    return new ExcelRange(this.sheet, this.#shift('insert', shift === 'Down' ? 'row' : 'column'))
  }

  delete(shift: string): void {
    this.#shift('delete', shift === 'Up' ? 'row' : 'column')
  }

  #shift(kind: ShiftKind, wanted: Axis): Rect {
    const rect = { ...this.rect }
    const axis = isEntireRow(rect) ? 'row' : isEntireColumn(rect) ? 'column' : wanted
    shiftCells(this.sheet, rect, axis, kind)
    const what = isEntireRow(rect) ? 'Row' : isEntireColumn(rect) ? 'Column' : 'Cell'
    const direction = kind === 'insert' ? (axis === 'row' ? 'Down' : 'Right') : axis === 'row' ? 'Up' : 'Left'
    this.sheet.workbook.happened({
      kind: 'changed',
      sheet: this.sheet,
      address: formatAddress(rect),
      changeType: `${what}${kind === 'insert' ? 'Inserted' : 'Deleted'}`,
      shiftDirection: what === 'Cell' ? `ShiftCell${direction}` : 'None',
    })
    return rect
  }

  // Many cells at once

  getCellProperties(wanted: unknown) {
    return mapCells(this.rect, (row, column) => pick(this.#at(row, column, 1, 1), wanted))
  }

  setCellProperties(data: unknown): void {
    eachOf(data, this.rect, (properties, row, column) => assign(this.#at(row, column, 1, 1), properties))
  }

  setRowProperties(data: unknown): void {
    lined(data, this.rect.rows).forEach((properties, i) => {
      assign(this.getRow(i), properties)
    })
  }

  setColumnProperties(data: unknown): void {
    lined(data, this.rect.columns).forEach((properties, i) => {
      assign(this.getColumn(i), properties)
    })
  }

  /** The library asks before it sends more than 1,500 cells in pieces. */
  _ValidateArraySize(rows: number, columns: number): void {
    if (rows !== this.rect.rows || columns !== this.rect.columns) throw shapeError(this.rect)
  }
}
