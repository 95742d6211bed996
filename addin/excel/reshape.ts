/** Merging and inserting inside a table that is already on a sheet, for what new texts alone cannot show. */
import type { Area } from '../../domain/grid.ts'
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
