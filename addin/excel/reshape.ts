/** Merging and inserting inside a table that is already on a sheet, for what new texts alone cannot show. */
import type { Area } from '../../domain/grid.ts'
import { STYLES } from '../../domain/sheet-model.ts'
import type { CellFill } from '../sheet-host.ts'
import { runQuietly } from './run-excel.ts'

/** So many calls go into one request. */
const AREAS_PER_REQUEST = 200

/** Takes merged areas apart and merges others. Excel keeps the text of the first cell of an area and drops the others'. */
export function setMerges(sheetName: string, { split, join }: { split: readonly Area[]; join: readonly Area[] }) {
  const steps = [...split.map((area) => ({ area, isJoin: false })), ...join.map((area) => ({ area, isJoin: true }))]
  return runQuietly(async (context) => {
    const sheet = context.workbook.worksheets.getItem(sheetName)
    for (let from = 0; from < steps.length; from += AREAS_PER_REQUEST) {
      for (const { area, isJoin } of steps.slice(from, from + AREAS_PER_REQUEST)) {
        const range = sheet.getRangeByIndexes(area.row, area.column, area.rows, area.columns)
        if (isJoin) range.merge(false)
        else range.unmerge()
      }
      await context.sync()
    }
  })
}

/** New rows look like the one above them; they are whole rows, so that nothing beside the table gets out of step. */
export function insertRows(sheetName: string, at: number, count: number): Promise<void> {
  return runQuietly(async (context) => {
    const sheet = context.workbook.worksheets.getItem(sheetName)
    sheet.getRangeByIndexes(at, 0, count, 1).getEntireRow().insert('Down')
    await context.sync()
  })
}

/** Takes whole rows out. */
export function removeRows(sheetName: string, at: number, count: number): Promise<void> {
  return runQuietly(async (context) => {
    const sheet = context.workbook.worksheets.getItem(sheetName)
    sheet.getRangeByIndexes(at, 0, count, 1).getEntireRow().delete('Up')
    await context.sync()
  })
}

/**
 * Fills cells as the drawing sets them off, and takes such a fill from cells without a `style`. Other fills are the
 * person's own and stay.
 */
export function setFills(sheetName: string, cells: readonly CellFill[]): Promise<void> {
  const ours = new Set(['bad', 'warning'].map((style) => colorOf(style as CellFill['style'])))
  return runQuietly(async (context) => {
    const sheet = context.workbook.worksheets.getItem(sheetName)
    for (let from = 0; from < cells.length; from += AREAS_PER_REQUEST) {
      const fills = cells.slice(from, from + AREAS_PER_REQUEST).map(({ row, column, style }) => {
        const { fill, font } = sheet.getRangeByIndexes(row, column, 1, 1).format
        fill.load('color')
        return { fill, font, style }
      })
      await context.sync()
      for (const { fill, font, style } of fills) {
        const isFree = fill.color === '' || fill.color.toUpperCase() === '#FFFFFF' || ours.has(fill.color.toUpperCase())
        if (!isFree || fill.color.toUpperCase() === colorOf(style)) continue
        if (style) fill.color = colorOf(style)
        else if (ours.has(fill.color.toUpperCase())) fill.clear()
        else continue
        font.color = `#${(style && STYLES[style].font.color) ?? '000000'}`
      }
      await context.sync()
    }
  })
}

function colorOf(style: CellFill['style']): string {
  return style ? `#${STYLES[style].fill}`.toUpperCase() : ''
}
