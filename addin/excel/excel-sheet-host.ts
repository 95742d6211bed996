/**
 * SheetHost over Office.js (ExcelApi 1.13). The work is in the neighbouring files; here is the port.
 */
import type { Area, Grid } from '../../domain/grid.ts'
import type { Painting } from '../../domain/marks.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import type { CellFill, CellWrite, Progress, SheetHost } from '../sheet-host.ts'
import { drawSheet } from './draw-sheet.ts'
import { clearMarks, paintMarks } from './paint-marks.ts'
import { readChanged, readGrid } from './read-grid.ts'
import { insertRows, removeRows, setFills, setMerges } from './reshape.ts'
import { runExcel, runQuietly } from './run-excel.ts'
import { watchEdits } from './watch-edits.ts'
import { writeCells } from './write-cells.ts'

export class ExcelSheetHost implements SheetHost {
  readonly kind = 'excel'
  readonly copyId = crypto.randomUUID()
  /** Sheets as they were last read, those that were not there too. */
  readonly #known = new Map<string, Grid | undefined>()
  #writes = 0

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

  async read(sheet: string, changed?: readonly Area[]): Promise<Grid | undefined> {
    const before = this.#writes
    const known = this.#known.get(sheet)
    if (changed?.length === 0 && this.#known.has(sheet)) return known
    const grid = (changed && known && (await readChanged(known, changed))) ?? (await readGrid(sheet))
    // What was written meanwhile may be in it or not.
    if (before === this.#writes) this.#known.set(sheet, grid)
    return grid
  }

  write(sheet: string, writes: CellWrite[], progress?: Progress): Promise<void> {
    return this.#writing(writeCells(sheet, writes, progress))
  }

  setMerges(sheet: string, changes: { split: readonly Area[]; join: readonly Area[] }): Promise<void> {
    return this.#writing(setMerges(sheet, changes))
  }

  setFills(sheet: string, cells: readonly CellFill[]): Promise<void> {
    return this.#writing(setFills(sheet, cells))
  }

  async insertRows(sheet: string, at: number, count: number): Promise<boolean> {
    await this.#writing(insertRows(sheet, at, count))
    return true
  }

  removeRows(sheet: string, at: number, count: number): Promise<void> {
    return this.#writing(removeRows(sheet, at, count))
  }

  setColumnHidden(sheet: string, column: number, hidden: boolean): Promise<void> {
    return this.#writing(
      runQuietly(async (context) => {
        context.workbook.worksheets.getItem(sheet).getRangeByIndexes(0, column, 1, 1).columnHidden = hidden
        await context.sync()
      }),
    )
  }

  draw(model: SheetModel, progress?: Progress, signal?: AbortSignal): Promise<void> {
    return this.#writing(drawSheet(model, progress, signal))
  }

  paintMarks(painting: Painting): Promise<void> {
    return this.#writing(paintMarks(painting))
  }

  clearMarks(sheet: string): Promise<void> {
    return this.#writing(clearMarks(sheet))
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

  watch(onChange: (sheet: string, area?: Area) => void): () => void {
    return watchEdits(onChange)
  }

  /** Our own writing raises no events, so that nothing read before may be trusted after it. */
  async #writing(work: Promise<void>): Promise<void> {
    this.#forget()
    try {
      await work
    } finally {
      this.#forget()
    }
  }

  #forget(): void {
    this.#writes++
    this.#known.clear()
  }
}
