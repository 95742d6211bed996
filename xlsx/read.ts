/** Workbook bytes → grids. */
import { readXlsx } from 'hucre/xlsx'
import type { Grid } from '../domain/grid.ts'
import { guardWorkbook, WorkbookRefused } from './guard.ts'
import { READ_RANGE, sheetToGrid } from './sheet-grid.ts'

export type ReadSheet = { name: string; hidden: boolean; grid: Grid }

/** Reads every sheet, hidden ones too. Throws WorkbookRefused. */
export async function readWorkbook(bytes: Uint8Array): Promise<{ sheets: ReadSheet[] }> {
  guardWorkbook(bytes)
  try {
    const { sheets } = await readXlsx(bytes, { readStyles: true, range: READ_RANGE })
    return {
      sheets: sheets.map((sheet) => ({
        name: sheet.name,
        hidden: Boolean(sheet.hidden || sheet.veryHidden),
        grid: sheetToGrid(sheet),
      })),
    }
  } catch (error) {
    throw new WorkbookRefused('not-a-workbook', error)
  }
}
