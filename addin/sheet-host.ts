/**
 * SheetHost: the one port between screens and a spreadsheet. `addin/excel/` implements it over
 * Office.js, `addin/file/` over an .xlsx opened in the browser. Positions are zero-based.
 */
import type { Grid } from '../domain/grid.ts'
import type { SheetModel } from '../domain/sheet-model.ts'

export type CellWrite = { row: number; column: number; text: string }

/** Called between bounded steps of long work. */
export type Progress = (done: number, total: number) => void

export interface SheetHost {
  readonly kind: 'excel' | 'file'
  /** Visible sheets and the one in front; none where no file is open. */
  sheets(): Promise<{ active: string; names: string[] } | undefined>
  /** A sheet as it stands now, hidden ones too; undefined where there is none of that name. */
  read(sheet: string): Promise<Grid | undefined>
  /** Writes texts (never formulas) into single cells and leaves all else as it is. */
  write(sheet: string, writes: CellWrite[], progress?: Progress): Promise<void>
  /** Hides or shows a column. */
  setColumnHidden(sheet: string, column: number, hidden: boolean): Promise<void>
  /** Creates the sheet, or replaces it whole: only for sheets that we own. */
  draw(model: SheetModel, progress?: Progress, signal?: AbortSignal): Promise<void>
  /** Brings a cell into view and selects it. */
  jump(sheet: string, row: number, column: number): Promise<void>
  /** Calls back after somebody edited a sheet; a hint, not a record. Returns what ends it. */
  watch(onChange: (sheet: string) => void): () => void
}
