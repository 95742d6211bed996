// Range.format.borders: Excel names the border of a range ('EdgeTop', 'InsideVertical'), a file the sides of each cell.

import type { BorderSide } from 'hucre'
import type { Rect } from './address.ts'
import { Gap } from './errors.ts'
import { type ExcelObject, uniform } from './excel-object.ts'
import type { ExcelRange } from './range.ts'
import { fromColor, fromLine, toColor, toLine, withPart } from './style.ts'

type Side = 'top' | 'bottom' | 'left' | 'right'

/** Which cells, and which of their sides, a named border means. */
function sidesOf(index: string, r: Rect): [rect: Rect, side: Side][] {
  const lastRow = { ...r, row: r.row + r.rows - 1, rows: 1 }
  const lastColumn = { ...r, column: r.column + r.columns - 1, columns: 1 }
  if (index === 'EdgeTop') return [[{ ...r, rows: 1 }, 'top']]
  if (index === 'EdgeBottom') return [[lastRow, 'bottom']]
  if (index === 'EdgeLeft') return [[{ ...r, columns: 1 }, 'left']]
  if (index === 'EdgeRight') return [[lastColumn, 'right']]
  if (index === 'InsideHorizontal')
    return r.rows < 2
      ? []
      : [
          [{ ...r, rows: r.rows - 1 }, 'bottom'],
          [{ ...r, row: r.row + 1, rows: r.rows - 1 }, 'top'],
        ]
  if (index === 'InsideVertical')
    return r.columns < 2
      ? []
      : [
          [{ ...r, columns: r.columns - 1 }, 'right'],
          [{ ...r, column: r.column + 1, columns: r.columns - 1 }, 'left'],
        ]
  throw new Gap(`RangeBorderCollection.getItem('${index}')`)
}

class RangeBorder implements ExcelObject {
  readonly excelClass = 'RangeBorder'
  readonly sideIndex: string
  #range: ExcelRange

  constructor(range: ExcelRange, sideIndex: string) {
    this.#range = range
    this.sideIndex = sideIndex
  }

  identity() {
    return { _Id: this.sideIndex }
  }

  #read<T>(read: (side: BorderSide | undefined) => T): T | null {
    const { sheet, rect } = this.#range
    return uniform(
      sidesOf(this.sideIndex, rect).flatMap(([cells, side]) =>
        [...sheet.stylesIn(cells)].map((style) => read(style.border?.[side])),
      ),
    )
  }

  #write(change: (side: BorderSide | undefined) => BorderSide | undefined): void {
    const { sheet, rect } = this.#range
    for (const [cells, side] of sidesOf(this.sideIndex, rect))
      sheet.restyle(cells, (style) => {
        const { [side]: old, ...others } = style.border ?? {}
        const line = change(old)
        return withPart(style, 'border', line ? { ...others, [side]: line } : others)
      })
  }

  get style() {
    return this.#read((side) => fromLine(side).style)
  }
  set style(value: unknown) {
    this.#write((old) => {
      const style = toLine(String(value), fromLine(old).weight)
      return style && { color: { rgb: '000000' }, ...old, style }
    })
  }

  get weight() {
    return this.#read((side) => fromLine(side).weight)
  }
  set weight(value: unknown) {
    this.#write((old) => ({ ...old, style: toLine(old ? fromLine(old).style : 'Continuous', String(value)) ?? 'thin' }))
  }

  get color() {
    return this.#read((side) => fromColor(side?.color, this.#range.sheet.workbook.themeColors, '#000000'))
  }
  set color(value: unknown) {
    this.#write((old) => ({ style: old?.style ?? 'thin', color: toColor(value) }))
  }
}

export class RangeBorderCollection implements ExcelObject {
  readonly excelClass = 'RangeBorderCollection'
  #range: ExcelRange

  constructor(range: ExcelRange) {
    this.#range = range
  }

  getItem(index: string): RangeBorder {
    return new RangeBorder(this.#range, index)
  }
}
