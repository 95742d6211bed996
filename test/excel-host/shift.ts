// Inserting and deleting cells: what moves, and what moves with them (merges, conditional formats, the ranges an
// add-in holds, row heights). Formulas and print titles that refer to moved cells are not rewritten.

import {
  type Axis,
  afterDelete,
  afterInsert,
  holds,
  isEntireColumn,
  isEntireRow,
  MAX_COLUMNS,
  MAX_ROWS,
  type Rect,
} from './address.ts'
import { ExcelError, Gap } from './errors.ts'
import type { Anchor, Cell, Sheet } from './sheet.ts'

export type ShiftKind = 'insert' | 'delete'

export function shiftCells(sheet: Sheet, rect: Rect, axis: Axis, kind: ShiftKind): void {
  moveAnchors(sheet, rect, axis, kind)
  sheet.replaceCells([...movedCells(sheet, rect, axis, kind)])
  const count = axis === 'row' ? rect.rows : rect.columns
  const wholeLines = axis === 'row' ? isEntireRow(rect) : isEntireColumn(rect)
  if (wholeLines) moveLines(sheet, axis, rect[axis], kind === 'insert' ? count : -count)
}

function moveAnchors(sheet: Sheet, rect: Rect, axis: Axis, kind: ShiftKind): void {
  const [length, other, otherLength] =
    axis === 'row' ? (['rows', 'column', 'columns'] as const) : (['columns', 'row', 'rows'] as const)
  const at = rect[axis]
  const count = rect[length]
  const move = kind === 'insert' ? afterInsert : afterDelete
  const whole = axis === 'row' ? MAX_ROWS : MAX_COLUMNS
  const inBand = ({ rect: r }: Anchor): boolean =>
    r[other] >= rect[other] && r[other] + r[otherLength] <= rect[other] + rect[otherLength]
  const touched = ({ rect: r }: Anchor): boolean =>
    r[length] < whole &&
    r[axis] + r[length] > at &&
    r[other] < rect[other] + rect[otherLength] &&
    r[other] + r[otherLength] > rect[other]
  for (const merge of sheet.merges.filter(touched)) {
    if (!inBand(merge)) throw new ExcelError('InvalidOperation', 'a merged area would be torn')
    const headLost = kind === 'delete' && merge.rect[axis] >= at && merge.rect[axis] < at + count
    const survives = merge.rect[axis] + merge.rect[length] > at + count
    if (headLost && survives) throw new Gap('deleting the first line of a merged area')
  }
  const { merges, conditionalFormats, held, filter } = sheet
  for (const anchor of [...merges, ...conditionalFormats, ...held, ...(filter ? [filter] : [])]) {
    if (!touched(anchor) || !inBand(anchor)) continue
    const span = move(anchor.rect[axis], anchor.rect[length], at, count)
    if (span) anchor.rect = { ...anchor.rect, [axis]: span[0], [length]: span[1] }
    else anchor.gone = true
  }
  sheet.merges = sheet.merges.filter(({ gone, rect: r }) => !gone && r.rows * r.columns > 1)
  sheet.conditionalFormats = sheet.conditionalFormats.filter(({ gone }) => !gone)
  if (sheet.filter?.gone) sheet.filter = undefined
}

function* movedCells(sheet: Sheet, rect: Rect, axis: Axis, kind: ShiftKind): Generator<[number, number, Cell]> {
  const at = rect[axis]
  const count = axis === 'row' ? rect.rows : rect.columns
  const band = axis === 'row' ? { ...rect, row: 0, rows: MAX_ROWS } : { ...rect, column: 0, columns: MAX_COLUMNS }
  const along = (row: number, column: number, by: number): [number, number] =>
    axis === 'row' ? [row + by, column] : [row, column + by]
  for (const [row, column, cell] of sheet.cells()) {
    const place = axis === 'row' ? row : column
    const moves = place >= at && holds(band, row, column)
    if (moves && kind === 'delete' && place < at + count) continue
    yield [...along(row, column, moves ? (kind === 'insert' ? count : -count) : 0), cell]
    // New cells look like those before them.
    if (kind === 'insert' && place === at - 1 && holds(band, row, column))
      for (let i = 1; i <= count; i++) yield [...along(row, column, i), { value: null, style: cell.style }]
  }
}

function moveLines(sheet: Sheet, axis: Axis, at: number, by: number): void {
  const moveMap = <T>(map: Map<number, T>): Map<number, T> =>
    new Map([...map].filter(([i]) => i < at || i >= at - by).map(([i, value]) => [i < at ? i : i + by, value]))
  const moveSet = (set: Set<number>): Set<number> => new Set(moveMap(new Map([...set].map((i) => [i, true]))).keys())
  if (axis === 'row') {
    sheet.rowHeights = moveMap(sheet.rowHeights)
    sheet.hiddenRows = moveSet(sheet.hiddenRows)
  } else {
    sheet.columnWidths = moveMap(sheet.columnWidths)
    sheet.hiddenColumns = moveSet(sheet.hiddenColumns)
    sheet.columnStyles = moveMap(sheet.columnStyles)
  }
}
