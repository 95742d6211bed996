// One emulated worksheet: cells, merges, sizes and hidden rows, and what Excel does to them on typing, merging,
// clearing. Knows nothing of Office.js, and announces nothing: the callers do.

import type { CellStyle, ConditionalRule, DataValidation, HeaderFooter, PageSetup } from 'hucre'
import {
  boundingRect,
  contains,
  holds,
  intersect,
  isEntireColumn,
  isEntireRow,
  type Rect,
  SHEET_RECT,
} from './address.ts'
import { Gap } from './errors.ts'
import { NO_STYLE } from './style.ts'
import { type CellValue, typed } from './typing.ts'
import type { Workbook } from './workbook.ts'

export interface Cell {
  value: CellValue
  /** With its leading '='. Formulas are not calculated: the value stays what the file held, or unknown. */
  formula?: string
  uncalculated?: boolean
  style: CellStyle
}

export type Visibility = 'Visible' | 'Hidden' | 'VeryHidden'

/** A rectangle that moves with its cells: a merge, a conditional format, a range the add-in holds on to. */
export interface Anchor {
  rect: Rect
  /** Set when all its cells were deleted. */
  gone?: boolean
}

export interface ConditionalFormat extends Anchor {
  id: string
  priority: number
  stopIfTrue: boolean
  /** Excel's formula with '='; undefined for rules of other kinds, which are carried along unread. */
  formula?: string
  style: CellStyle
  other?: ConditionalRule
}

/** Of the indexes in [start, start + count) and the map's own keys, whichever is fewer to walk; a copy, in order. */
function shorter(map: Map<number, unknown>, start: number, count: number): number[] {
  if (count < map.size) return Array.from({ length: count }, (_, i) => start + i)
  return [...map.keys()].sort((a, b) => a - b)
}

export class Sheet {
  readonly workbook: Workbook
  readonly id: string
  name: string
  visibility: Visibility = 'Visible'
  tabColor = ''
  showGridlines = true
  frozen: { rows: number; columns: number } = { rows: 0, columns: 0 }
  /** In the words of the file; see page-layout.ts for Excel's. */
  page: PageSetup = {}
  headerFooter: HeaderFooter = {}
  validations: DataValidation[] = []
  conditionalFormats: ConditionalFormat[] = []
  /** Where the filter buttons stand, and the rows under them. */
  filter: Anchor | undefined
  /** Ranges the add-in holds, kept here so that they follow insertions. */
  readonly held = new Set<Anchor>()
  /** Points; absent = standard. */
  rowHeights = new Map<number, number>()
  columnWidths = new Map<number, number>()
  hiddenRows = new Set<number>()
  hiddenColumns = new Set<number>()
  style: CellStyle = NO_STYLE
  columnStyles = new Map<number, CellStyle>()
  selection: Rect = { row: 0, column: 0, rows: 1, columns: 1 }
  #rows = new Map<number, Map<number, Cell>>()
  #merges: Anchor[] = []
  #mergesByRow: Map<number, Anchor[]> | undefined

  constructor(workbook: Workbook, id: string, name: string) {
    this.workbook = workbook
    this.id = id
    this.name = name
  }

  cell(row: number, column: number): Cell | undefined {
    return this.#rows.get(row)?.get(column)
  }

  /** The cell to write to: made on demand, with the style its column gives it. */
  ownCell(row: number, column: number): Cell {
    let cells = this.#rows.get(row)
    if (!cells) {
      cells = new Map()
      this.#rows.set(row, cells)
    }
    let cell = cells.get(column)
    if (!cell) {
      cell = { value: null, style: this.columnStyles.get(column) ?? this.style }
      cells.set(column, cell)
    }
    return cell
  }

  styleAt(row: number, column: number): CellStyle {
    return this.cell(row, column)?.style ?? this.columnStyles.get(column) ?? this.style
  }

  *cells(within: Rect = SHEET_RECT): Generator<[row: number, column: number, cell: Cell]> {
    for (const row of shorter(this.#rows, within.row, within.rows)) {
      const cells = this.#rows.get(row)
      if (!cells) continue
      for (const column of shorter(cells, within.column, within.columns)) {
        const cell = cells.get(column)
        if (cell && holds(within, row, column)) yield [row, column, cell]
      }
    }
  }

  get merges(): readonly Anchor[] {
    return this.#merges
  }

  set merges(merges: readonly Anchor[]) {
    this.#merges = [...merges]
    this.#mergesByRow = undefined
  }

  usedRect(valuesOnly = false, within?: Rect): Rect | undefined {
    let used: Rect | undefined
    const grow = (rect: Rect) => {
      used = used ? boundingRect(used, rect) : rect
    }
    for (const [row, column, cell] of this.cells(within)) {
      const full = cell.value !== null || cell.formula !== undefined
      if (full || (!valuesOnly && cell.style !== NO_STYLE)) grow({ row, column, rows: 1, columns: 1 })
    }
    if (!valuesOnly)
      for (const { rect } of this.merges) {
        const part = within ? intersect(rect, within) : rect
        if (part) grow(part)
      }
    return used
  }

  mergeAt(row: number, column: number): Rect | undefined {
    if (!this.#mergesByRow) {
      this.#mergesByRow = new Map()
      for (const merge of this.#merges)
        for (let r = merge.rect.row; r < merge.rect.row + merge.rect.rows; r++) {
          const inRow = this.#mergesByRow.get(r)
          if (inRow) inRow.push(merge)
          else this.#mergesByRow.set(r, [merge])
        }
    }
    return this.#mergesByRow.get(row)?.find(({ rect }) => holds(rect, row, column))?.rect
  }

  isCovered(row: number, column: number): boolean {
    const merge = this.mergeAt(row, column)
    return merge !== undefined && (merge.row !== row || merge.column !== column)
  }

  /** Typing into a cell; null leaves it, and what is typed into a covered cell of a merged area vanishes. */
  type(row: number, column: number, input: unknown): void {
    if (input === null || input === undefined || this.isCovered(row, column)) return
    if (typeof input === 'object') throw new Gap('a cell value that is an object (linked or error value)')
    const style = this.styleAt(row, column)
    const { numberFormat, ...entry } = typed(
      input as string | number | boolean,
      style.numFmt ?? 'General',
      this.workbook.today().getFullYear(),
    )
    if (entry.value === null && entry.formula === undefined && !this.cell(row, column)) return
    const cell = this.ownCell(row, column)
    cell.value = entry.value
    cell.formula = entry.formula
    cell.uncalculated = entry.formula !== undefined
    if (numberFormat) cell.style = { ...cell.style, numFmt: numberFormat }
  }

  restyle(rect: Rect, change: (style: CellStyle) => CellStyle): void {
    // The same style object in gives the same one out, so that thousands of cells still share a few styles.
    const done = new Map<CellStyle, CellStyle>()
    const restyled = (style: CellStyle): CellStyle => {
      const next = done.get(style) ?? this.workbook.sharedStyle(change(style))
      done.set(style, next)
      return next
    }
    if (isEntireColumn(rect)) {
      for (const [, , cell] of this.cells(rect)) cell.style = restyled(cell.style)
      if (isEntireRow(rect)) {
        for (const [column, style] of this.columnStyles) this.columnStyles.set(column, restyled(style))
        this.style = restyled(this.style)
      } else
        for (let c = rect.column; c < rect.column + rect.columns; c++)
          this.columnStyles.set(c, restyled(this.columnStyles.get(c) ?? this.style))
      return
    }
    if (isEntireRow(rect)) throw new Gap('a cell format on entire rows')
    for (let r = rect.row; r < rect.row + rect.rows; r++)
      for (let c = rect.column; c < rect.column + rect.columns; c++) {
        const cell = this.ownCell(r, c)
        cell.style = restyled(cell.style)
      }
  }

  /** Every style that occurs in the rectangle, once. */
  stylesIn(rect: Rect): Set<CellStyle> {
    const styles = new Set<CellStyle>()
    const counts = new Map<number, number>()
    for (const [, column, cell] of this.cells(rect)) {
      styles.add(cell.style)
      counts.set(column, (counts.get(column) ?? 0) + 1)
    }
    for (let c = rect.column; c < rect.column + rect.columns; c++)
      if ((counts.get(c) ?? 0) < rect.rows) styles.add(this.columnStyles.get(c) ?? this.style)
    return styles
  }

  clear(rect: Rect, contents: boolean, formats: boolean): void {
    if (contents)
      for (const [row, column, cell] of this.cells(rect)) {
        if (this.isCovered(row, column)) continue
        cell.value = null
        cell.formula = undefined
        cell.uncalculated = false
      }
    if (!formats) return
    this.restyle(rect, () => NO_STYLE)
    this.unmerge(rect)
    this.conditionalFormats = this.conditionalFormats.filter((cf) => !contains(rect, cf.rect))
  }

  merge(rect: Rect): void {
    if (rect.rows * rect.columns === 1) return
    for (const merge of this.merges)
      if (intersect(merge.rect, rect) && !contains(rect, merge.rect))
        throw new Gap('Range.merge across part of a merged area')
    this.unmerge(rect)
    // "Keeps the upper-left-most data": an empty first cell takes the first value there is.
    const kept = this.ownCell(rect.row, rect.column)
    const filled = [...this.cells(rect)].filter(([, , cell]) => cell.value !== null || cell.formula !== undefined)
    filled.sort(([r1, c1], [r2, c2]) => r1 - r2 || c1 - c2)
    const { value = null, formula, uncalculated } = filled[0]?.[2] ?? {}
    for (const [, , cell] of this.cells(rect))
      Object.assign(cell, { value: null, formula: undefined, uncalculated: false })
    Object.assign(kept, { value, formula, uncalculated })
    const look = kept.style
    this.restyle(rect, (style) => (style === look ? look : { ...look, border: style.border ?? look.border }))
    this.#merges.push({ rect })
    this.#mergesByRow = undefined
  }

  unmerge(rect: Rect): void {
    this.merges = this.merges.filter((merge) => !intersect(merge.rect, rect))
  }

  /** Puts other cells in the place of all; for moving them. */
  replaceCells(cells: Iterable<[row: number, column: number, cell: Cell]>): void {
    this.#rows = new Map()
    for (const [row, column, cell] of cells) {
      const inRow = this.#rows.get(row)
      if (inRow) inRow.set(column, cell)
      else this.#rows.set(row, new Map([[column, cell]]))
    }
  }
}
