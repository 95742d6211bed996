// Worksheet.autoFilter: one a sheet, without criteria, which is all that the product sets.

import { formatAddress, parseAddress, type Rect } from './address.ts'
import { ExcelError, Gap } from './errors.ts'
import type { ExcelObject } from './excel-object.ts'
import { ExcelRange } from './range.ts'
import type { Sheet } from './sheet.ts'

export class AutoFilter implements ExcelObject {
  readonly excelClass = 'AutoFilter'
  #sheet: Sheet
  #openRange: (sheet: Sheet, rect: Rect) => ExcelObject

  constructor(sheet: Sheet, openRange: (sheet: Sheet, rect: Rect) => ExcelObject) {
    this.#sheet = sheet
    this.#openRange = openRange
  }

  get enabled(): boolean {
    return this.#sheet.filter !== undefined
  }
  get isDataFiltered(): boolean {
    return false
  }

  apply(range: unknown, columnIndex?: number, criteria?: unknown): void {
    if (columnIndex !== undefined && columnIndex !== null) throw new Gap('AutoFilter.apply with a column')
    if (criteria !== undefined && criteria !== null) throw new Gap('AutoFilter.apply with criteria')
    const rect = range instanceof ExcelRange ? range.rect : parseAddress(String(range)).rect
    if (range instanceof ExcelRange && range.sheet !== this.#sheet)
      throw new ExcelError('InvalidArgument', 'a range of another sheet')
    this.#sheet.filter = { rect }
  }

  remove(): void {
    this.#sheet.filter = undefined
  }

  getRangeOrNullObject(): ExcelObject | null {
    const { filter } = this.#sheet
    return filter ? this.#openRange(this.#sheet, filter.rect) : null
  }

  getRange(): ExcelObject {
    const range = this.getRangeOrNullObject()
    if (!range) throw new ExcelError('ItemNotFound', 'no filter on this sheet')
    return range
  }
}

/** As a file has it. */
export function filterRange(sheet: Sheet): string | undefined {
  return sheet.filter && formatAddress(sheet.filter.rect)
}
