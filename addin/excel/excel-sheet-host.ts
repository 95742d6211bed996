/**
 * SheetHost over Office.js (ExcelApi 1.13). The work is in the neighbouring files; here is the port.
 */
import type { Grid } from '../../domain/grid.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import type { CellWrite, Progress, SheetHost } from '../sheet-host.ts'
import { drawSheet } from './draw-sheet.ts'
import { readGrid } from './read-grid.ts'
import { runExcel, runQuietly } from './run-excel.ts'
import { watchEdits } from './watch-edits.ts'
import { writeCells } from './write-cells.ts'

export class ExcelSheetHost implements SheetHost {
  readonly kind = 'excel'
  readonly copyId = crypto.randomUUID()

  sheets(): Promise<{ active: string; names: string[] }> {
    return runExcel(async (context) => {
      const { worksheets } = context.workbook
      const active = worksheets.getActiveWorksheet()
      active.load('name')
      worksheets.load('items/name,items/visibility')
      await context.sync()
      const visible = worksheets.items.filter((sheet) => sheet.visibility === 'Visible')
      return { active: active.name, names: visible.map((sheet) => sheet.name) }
    })
  }

  read(sheet: string): Promise<Grid | undefined> {
    return readGrid(sheet)
  }

  write(sheet: string, writes: CellWrite[], progress?: Progress): Promise<void> {
    return writeCells(sheet, writes, progress)
  }

  setColumnHidden(sheet: string, column: number, hidden: boolean): Promise<void> {
    return runQuietly(async (context) => {
      context.workbook.worksheets.getItem(sheet).getRangeByIndexes(0, column, 1, 1).columnHidden = hidden
      await context.sync()
    })
  }

  draw(model: SheetModel, progress?: Progress, signal?: AbortSignal): Promise<void> {
    return drawSheet(model, progress, signal)
  }

  /** Two syncs: selecting on a sheet that is not yet in front is unreliable (office-js #5118). */
  jump(sheet: string, row: number, column: number): Promise<void> {
    return runExcel(async (context) => {
      const worksheet = context.workbook.worksheets.getItem(sheet)
      worksheet.activate()
      await context.sync()
      worksheet.getRangeByIndexes(row, column, 1, 1).select()
      await context.sync()
    })
  }

  watch(onChange: (sheet: string) => void): () => void {
    return watchEdits(onChange)
  }
}
