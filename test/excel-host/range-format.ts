// Range.format: fill, font, borders, alignment, sizes. Reading answers null where the cells differ.

import type { CellStyle, FontStyle } from 'hucre'
import { ExcelError, Gap } from './errors.ts'
import { type ExcelObject, uniform } from './excel-object.ts'
import type { ExcelRange } from './range.ts'
import { RangeBorderCollection } from './range-borders.ts'
import {
  DEFAULT_FONT,
  fillColor,
  fromColor,
  fromHorizontal,
  fromVertical,
  toColor,
  toHorizontal,
  toVertical,
  withPart,
} from './style.ts'

const STANDARD_HEIGHT = 15
const STANDARD_WIDTH = 48
const MAX_HEIGHT = 409.5

const readStyle = <T>(range: ExcelRange, read: (style: CellStyle) => T): T | null =>
  uniform([...range.sheet.stylesIn(range.rect)].map(read))

class RangeFill implements ExcelObject {
  readonly excelClass = 'RangeFill'
  #range: ExcelRange

  constructor(range: ExcelRange) {
    this.#range = range
  }

  get color(): string | null {
    return readStyle(this.#range, (style) => fillColor(style, this.#range.sheet.workbook.themeColors))
  }

  set color(value: unknown) {
    if (value === '') {
      this.clear()
      return
    }
    const fgColor = toColor(value)
    this.#range.sheet.restyle(this.#range.rect, (style) => ({
      ...style,
      fill: { type: 'pattern', pattern: 'solid', fgColor },
    }))
  }

  clear(): void {
    this.#range.sheet.restyle(this.#range.rect, (style) => withPart(style, 'fill', undefined))
  }
}

class RangeFont implements ExcelObject {
  readonly excelClass = 'RangeFont'
  #range: ExcelRange

  constructor(range: ExcelRange) {
    this.#range = range
  }

  #read<T>(read: (font: FontStyle) => T): T | null {
    return readStyle(this.#range, (style) => read(style.font ?? {}))
  }

  #write(part: FontStyle): void {
    this.#range.sheet.restyle(this.#range.rect, (style) => ({
      ...style,
      font: { ...DEFAULT_FONT, ...style.font, ...part },
    }))
  }

  get name() {
    return this.#read((font) => font.name ?? DEFAULT_FONT.name)
  }
  set name(value: unknown) {
    this.#write({ name: String(value), family: undefined, scheme: undefined })
  }
  get size() {
    return this.#read((font) => font.size ?? DEFAULT_FONT.size)
  }
  set size(value: unknown) {
    this.#write({ size: Number(value) })
  }
  get bold() {
    return this.#read((font) => font.bold ?? false)
  }
  set bold(value: unknown) {
    this.#write({ bold: value === true })
  }
  get italic() {
    return this.#read((font) => font.italic ?? false)
  }
  set italic(value: unknown) {
    this.#write({ italic: value === true })
  }
  get strikethrough() {
    return this.#read((font) => font.strikethrough ?? false)
  }
  set strikethrough(value: unknown) {
    this.#write({ strikethrough: value === true })
  }
  get color() {
    return this.#read((font) => fromColor(font.color, this.#range.sheet.workbook.themeColors, '#000000'))
  }
  set color(value: unknown) {
    this.#write({ color: toColor(value) })
  }
}

export class RangeFormat implements ExcelObject {
  readonly excelClass = 'RangeFormat'
  readonly fill: RangeFill
  readonly font: RangeFont
  readonly borders: RangeBorderCollection
  #range: ExcelRange

  constructor(range: ExcelRange) {
    this.#range = range
    this.fill = new RangeFill(range)
    this.font = new RangeFont(range)
    this.borders = new RangeBorderCollection(range)
  }

  #align(part: CellStyle['alignment']): void {
    this.#range.sheet.restyle(this.#range.rect, (style) => ({ ...style, alignment: { ...style.alignment, ...part } }))
  }

  get horizontalAlignment() {
    return readStyle(this.#range, (style) => fromHorizontal(style.alignment?.horizontal))
  }
  set horizontalAlignment(value: unknown) {
    this.#align({ horizontal: toHorizontal(value) })
  }
  get verticalAlignment() {
    return readStyle(this.#range, (style) => fromVertical(style.alignment?.vertical))
  }
  set verticalAlignment(value: unknown) {
    this.#align({ vertical: toVertical(value) })
  }
  get wrapText() {
    return readStyle(this.#range, (style) => style.alignment?.wrapText ?? false)
  }
  set wrapText(value: unknown) {
    this.#align({ wrapText: value === true })
  }
  get shrinkToFit() {
    return readStyle(this.#range, (style) => style.alignment?.shrinkToFit ?? false)
  }
  set shrinkToFit(value: unknown) {
    this.#align({ shrinkToFit: value === true })
  }
  get indentLevel() {
    return readStyle(this.#range, (style) => style.alignment?.indent ?? 0)
  }
  set indentLevel(value: unknown) {
    this.#align({ indent: Number(value) })
  }

  get rowHeight(): number | null {
    const { sheet, rect } = this.#range
    return sizeOf(sheet.rowHeights, sheet.hiddenRows, rect.row, rect.rows, STANDARD_HEIGHT)
  }

  set rowHeight(value: unknown) {
    const { sheet, rect } = this.#range
    if (!(Number(value) >= 0 && Number(value) <= MAX_HEIGHT))
      throw new ExcelError('InvalidArgument', `not a row height: ${String(value)}`)
    if (rect.rows > 100_000) throw new Gap('RangeFormat.rowHeight of entire columns')
    for (let r = rect.row; r < rect.row + rect.rows; r++) sheet.rowHeights.set(r, Number(value))
  }

  get columnWidth(): number | null {
    const { sheet, rect } = this.#range
    return sizeOf(sheet.columnWidths, sheet.hiddenColumns, rect.column, rect.columns, STANDARD_WIDTH)
  }

  set columnWidth(value: unknown) {
    const { sheet, rect } = this.#range
    if (!(Number(value) >= 0)) throw new ExcelError('InvalidArgument', `not a column width: ${String(value)}`)
    for (let c = rect.column; c < rect.column + rect.columns; c++) sheet.columnWidths.set(c, Number(value))
  }

  /** Does nothing here (there are no font metrics) and nothing for merged cells in Excel; the host counts the calls. */
  autofitRows(): void {}
}

/** Hidden lines have size 0. */
function sizeOf(
  sizes: Map<number, number>,
  hidden: Set<number>,
  start: number,
  count: number,
  standard: number,
): number | null {
  if (count > 100_000) throw new Gap('RangeFormat.rowHeight of entire columns')
  return uniform(
    Array.from({ length: count }, (_, i) => (hidden.has(start + i) ? 0 : (sizes.get(start + i) ?? standard))),
  )
}
