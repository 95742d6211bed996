// Several ranges of one sheet: what getRanges and getMergedAreasOrNullObject answer.

import { ExcelError } from './errors.ts'
import type { ExcelObject, RangeLike } from './excel-object.ts'
import type { ExcelRange } from './range.ts'

class RangeCollection implements ExcelObject {
  readonly excelClass = 'RangeCollection'
  readonly items: readonly ExcelRange[]

  constructor(items: readonly ExcelRange[]) {
    this.items = items
  }

  getCount(): number {
    return this.items.length
  }

  getItemAt(index: number): ExcelRange {
    const range = this.items[index]
    if (!range) throw new ExcelError('InvalidArgument', `no area ${index}`)
    return range
  }
}

export class RangeAreas implements RangeLike {
  readonly excelClass = 'RangeAreas'
  readonly areas: RangeCollection

  constructor(ranges: readonly ExcelRange[]) {
    this.areas = new RangeCollection(ranges)
  }

  get areaCount(): number {
    return this.areas.items.length
  }

  get cellCount(): number {
    return this.areas.items.reduce((sum, { cellCount }) => sum + cellCount, 0)
  }

  get address(): string {
    return this.areas.items.map(({ address }) => address).join(',')
  }

  clear(applyTo?: string): void {
    for (const range of this.areas.items) range.clear(applyTo)
  }

  hold(): void {
    for (const range of this.areas.items) range.hold()
  }

  release(): void {
    for (const range of this.areas.items) range.release()
  }
}
