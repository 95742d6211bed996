// Conditional formats of the one kind the product uses: a formula with a fill and a font. They are stored, moved
// and saved; nothing here evaluates them, that is for whoever opens the saved file.

import type { CellStyle, FontStyle } from 'hucre'
import { contains, intersect, type Rect } from './address.ts'
import { ExcelError, Gap } from './errors.ts'
import type { ExcelObject } from './excel-object.ts'
import type { ConditionalFormat, Sheet } from './sheet.ts'
import { fromColor, NO_STYLE, toColor, withPart } from './style.ts'

type OpenRange = (sheet: Sheet, rect: Rect) => ExcelObject

class ConditionalRangeFill implements ExcelObject {
  readonly excelClass = 'ConditionalRangeFill'
  #format: ConditionalFormat

  constructor(format: ConditionalFormat) {
    this.#format = format
  }

  get color(): string {
    const { fill } = this.#format.style
    return fill?.type === 'pattern' ? fromColor(fill.bgColor ?? fill.fgColor, [], '') : ''
  }

  set color(value: unknown) {
    const color = toColor(value)
    // A differential fill shows its background colour; writing both suits programs that read either.
    this.#format.style = {
      ...this.#format.style,
      fill: { type: 'pattern', pattern: 'solid', fgColor: color, bgColor: color },
    }
  }

  clear(): void {
    this.#format.style = withPart(this.#format.style, 'fill', undefined)
  }
}

class ConditionalRangeFont implements ExcelObject {
  readonly excelClass = 'ConditionalRangeFont'
  #format: ConditionalFormat

  constructor(format: ConditionalFormat) {
    this.#format = format
  }

  #write(part: FontStyle): void {
    const style: CellStyle = this.#format.style
    this.#format.style = { ...style, font: { ...style.font, ...part } }
  }

  get color() {
    return fromColor(this.#format.style.font?.color, [], '')
  }
  set color(value: unknown) {
    this.#write({ color: toColor(value) })
  }
  get bold() {
    return this.#format.style.font?.bold ?? false
  }
  set bold(value: unknown) {
    this.#write({ bold: value === true })
  }
  get italic() {
    return this.#format.style.font?.italic ?? false
  }
  set italic(value: unknown) {
    this.#write({ italic: value === true })
  }
  get underline() {
    const { underline = false } = this.#format.style.font ?? {}
    return underline === 'double' ? 'Double' : underline ? 'Single' : 'None'
  }
  set underline(value: unknown) {
    if (value !== 'None' && value !== 'Single') throw new Gap(`ConditionalRangeFont.underline = '${String(value)}'`)
    this.#write({ underline: value === 'Single' })
  }
}

class ConditionalFormatRule implements ExcelObject {
  readonly excelClass = 'ConditionalFormatRule'
  #format: ConditionalFormat

  constructor(format: ConditionalFormat) {
    this.#format = format
  }

  get formula(): string {
    const { formula, other } = this.#format
    return formula ?? `=${String(other?.formula ?? '')}`
  }
  set formula(value: unknown) {
    const text = String(value)
    this.#format.formula = text.startsWith('=') ? text : `=${text}`
  }
}

class CustomConditionalFormat implements ExcelObject {
  readonly excelClass = 'CustomConditionalFormat'
  readonly rule: ConditionalFormatRule
  readonly format: { excelClass: 'ConditionalRangeFormat'; fill: ConditionalRangeFill; font: ConditionalRangeFont }

  constructor(format: ConditionalFormat) {
    this.rule = new ConditionalFormatRule(format)
    this.format = {
      excelClass: 'ConditionalRangeFormat',
      fill: new ConditionalRangeFill(format),
      font: new ConditionalRangeFont(format),
    }
  }
}

/** Excel's words for the file's. */
const TYPES: Record<string, string> = {
  cellIs: 'CellValue',
  colorScale: 'ColorScale',
  dataBar: 'DataBar',
  iconSet: 'IconSet',
  top10: 'TopBottom',
  aboveAverage: 'PresetCriteria',
  duplicateValues: 'PresetCriteria',
  uniqueValues: 'PresetCriteria',
  containsText: 'ContainsText',
}

class ExcelConditionalFormat implements ExcelObject {
  readonly excelClass = 'ConditionalFormat'
  #sheet: Sheet
  #format: ConditionalFormat
  #openRange: OpenRange

  constructor(sheet: Sheet, format: ConditionalFormat, openRange: OpenRange) {
    this.#sheet = sheet
    this.#format = format
    this.#openRange = openRange
  }

  identity() {
    return { Id: this.#format.id }
  }

  get id() {
    return this.#format.id
  }
  get type() {
    const { other } = this.#format
    // A formula rule over several areas is kept unread too.
    if (!other || other.type === 'expression') return 'Custom'
    const type = TYPES[other.type]
    if (!type) throw new Gap(`ConditionalFormat.type of a ${other.type} rule`)
    return type
  }
  get priority() {
    return this.#format.priority
  }
  get stopIfTrue() {
    return this.#format.stopIfTrue
  }
  set stopIfTrue(value: unknown) {
    this.#format.stopIfTrue = value === true
  }
  get custom() {
    const { other } = this.#format
    if (other && other.type !== 'expression')
      throw new ExcelError('InvalidOperation', 'not a custom conditional format')
    return new CustomConditionalFormat(this.#format)
  }
  get customOrNullObject() {
    return this.#format.other ? null : this.custom
  }

  getRange(): ExcelObject {
    const range = this.getRangeOrNullObject()
    if (!range) throw new ExcelError('InvalidOperation', 'a conditional format over several areas')
    return range
  }

  getRangeOrNullObject(): ExcelObject | null {
    return this.#format.other?.range.includes(' ') ? null : this.#openRange(this.#sheet, this.#format.rect)
  }

  delete(): void {
    this.#sheet.conditionalFormats = this.#sheet.conditionalFormats.filter((other) => other !== this.#format)
    renumber(this.#sheet)
  }
}

function renumber(sheet: Sheet): void {
  for (const [i, format] of sheet.conditionalFormats.entries()) format.priority = i
}

export class ConditionalFormatCollection implements ExcelObject {
  readonly excelClass = 'ConditionalFormatCollection'
  #sheet: Sheet
  #rect: Rect
  #openRange: OpenRange

  constructor(sheet: Sheet, rect: Rect, openRange: OpenRange) {
    this.#sheet = sheet
    this.#rect = rect
    this.#openRange = openRange
  }

  #formats(): ConditionalFormat[] {
    return this.#sheet.conditionalFormats.filter(({ rect }) => intersect(rect, this.#rect))
  }

  #open(format: ConditionalFormat): ExcelConditionalFormat {
    return new ExcelConditionalFormat(this.#sheet, format, this.#openRange)
  }

  get items() {
    return this.#formats().map((format) => this.#open(format))
  }

  getCount(): number {
    return this.#formats().length
  }

  getItemOrNullObject(id: string): ExcelConditionalFormat | null {
    const format = this.#formats().find((candidate) => candidate.id === id)
    return format ? this.#open(format) : null
  }

  getItem(id: string): ExcelConditionalFormat {
    const format = this.getItemOrNullObject(id)
    if (!format) throw new ExcelError('ItemNotFound', `no conditional format ${id}`)
    return format
  }

  getItemAt(index: number): ExcelConditionalFormat {
    const format = this.#formats()[index]
    if (!format) throw new ExcelError('InvalidArgument', `no conditional format ${index}`)
    return this.#open(format)
  }

  /** The newest rule comes first, as in Excel. */
  add(type: string): ExcelConditionalFormat {
    if (type !== 'Custom') throw new Gap(`ConditionalFormatCollection.add('${type}')`)
    const id = `{cf-${this.#sheet.workbook.nextId()}}`
    const format: ConditionalFormat = {
      id,
      rect: this.#rect,
      priority: 0,
      stopIfTrue: false,
      style: NO_STYLE,
      formula: '=FALSE',
    }
    this.#sheet.conditionalFormats.unshift(format)
    renumber(this.#sheet)
    return this.#open(format)
  }

  clearAll(): void {
    const formats = this.#formats()
    if (!formats.every(({ rect }) => contains(this.#rect, rect)))
      throw new Gap('ConditionalFormatCollection.clearAll on part of a conditional format')
    this.#sheet.conditionalFormats = this.#sheet.conditionalFormats.filter((format) => !formats.includes(format))
    renumber(this.#sheet)
  }
}
