/**
 * SheetHost: the one port between screens and a spreadsheet. `addin/excel/` implements it over
 * Office.js, `addin/file/` over an .xlsx opened in the browser. Positions are zero-based.
 */
import type { Area, Grid } from '../domain/grid.ts'
import type { Painting } from '../domain/marks.ts'
import type { SheetModel } from '../domain/sheet-model.ts'

export type CellWrite = { row: number; column: number; text: string }

/** Called between bounded steps of long work. */
export type Progress = (done: number, total: number) => void

export interface SheetHost {
  readonly kind: 'excel' | 'file'
  /** Another one whenever another copy of the workbook may be in front: a pane that was opened anew, another file. */
  readonly copyId: string
  /** Visible sheets and the one in front; none where no file is open. */
  sheets(): Promise<{ active: string; names: string[] } | undefined>
  /**
   * A sheet as it stands now, hidden ones too; undefined where there is none of that name. With `changed`, the
   * areas of which an edit was heard since the last reading, all else may be as that reading found it.
   */
  read(sheet: string, changed?: readonly Area[]): Promise<Grid | undefined>
  /** Writes texts (never formulas) into single cells and leaves all else as it is. */
  write(sheet: string, writes: CellWrite[], progress?: Progress): Promise<void>
  /** Takes merged areas apart, then merges others, in which only the first cell may still hold text. */
  setMerges(sheet: string, changes: { split: readonly Area[]; join: readonly Area[] }): Promise<void>
  /**
   * Inserts empty rows above a row, formatted as the row before them; what stands below moves down. False, with
   * nothing changed, where the host cannot move what stands there.
   */
  insertRows(sheet: string, at: number, count: number): Promise<boolean>
  /** Takes out rows that `insertRows` made. */
  removeRows(sheet: string, at: number, count: number): Promise<void>
  /** Fills cells as `draw` sets them off and takes such a fill away again; absent where only drawing can. */
  setFills?(sheet: string, cells: readonly CellFill[]): Promise<void>
  /** Hides or shows a column. */
  setColumnHidden(sheet: string, column: number, hidden: boolean): Promise<void>
  /** Creates the sheet, or replaces it whole: only for sheets that we own. */
  draw(model: SheetModel, progress?: Progress, signal?: AbortSignal): Promise<void>
  /**
   * Opens a new workbook with this sheet in place of the present one, and rejects with 'file-unsaved' where that one
   * has changes that no saved copy holds, unless `evenUnsaved`. Absent where a sheet can only be added to the open
   * workbook.
   */
  drawAlone?(model: SheetModel, options?: { evenUnsaved: boolean }): Promise<void>
  /** Brings a cell into view and selects it; `quietly`: without taking the keys from the pane. */
  jump(sheet: string, row: number, column: number, options?: { quietly: boolean }): Promise<void>
  /**
   * Calls back after somebody edited a sheet; a hint, not a record. `area`: the cells, where only texts were
   * edited and it is known where. Returns what ends it.
   */
  watch(onChange: (sheet: string, area?: Area) => void): () => void
  /** Shows these marks on a sheet in place of earlier ones; absent where marking would write to the workbook. */
  showMarks?(sheet: string, marks: readonly CellMark[]): void
  /** Shades the cells that this person does not fill in, in place of earlier ones; absent where that would write. */
  showShaded?(sheet: string, cells: readonly { row: number; column: number }[]): void
  /**
   * 标记 in the workbook itself, in place of earlier marks of the same sheet, and away with them; absent where
   * `showMarks` shows them beside it. Nobody's own formats are touched, and clearing leaves nothing behind.
   */
  paintMarks?(painting: Painting): Promise<void>
  clearMarks?(sheet: string): Promise<void>
}

/** A cell that a drawing sets off, or without a style no longer does. */
export type CellFill = { row: number; column: number; style?: 'bad' | 'warning' | undefined }

/** A cell to point out where the host can do so without touching the workbook. */
export type CellMark = { row: number; column: number; severity: 'error' | 'warning' | 'hint' | 'ask' }

/**
 * Why a host could not do what was asked. Sentences: `addin/host-messages.ts`.
 * The last group comes from files opened in the browser.
 */
export type HostFailureCode =
  | 'cell-editing'
  | 'busy'
  | 'too-large'
  | 'access-denied'
  | 'sheet-missing'
  | 'api-missing'
  | 'became-formula'
  | 'not-written'
  | 'array-formula'
  | 'cancelled'
  | 'unknown'
  | 'no-file'
  | 'file-unsaved'
  | 'file-too-large'
  | 'file-old-format'
  | 'file-encrypted'
  | 'file-empty'
  | 'file-other-spreadsheet'
  | 'file-web-page'
  | 'file-text'
  | 'file-other-document'
  | 'file-archive'
  | 'file-not-xlsx'
  | 'file-damaged'

/** What the host answers again in a moment. */
export const PASSING_FAILURES: readonly HostFailureCode[] = ['cell-editing', 'busy']

/** What every method of a SheetHost rejects with. `hostCode` is the program's own code, for logs only. */
export class HostFailure extends Error {
  readonly code: HostFailureCode
  readonly hostCode: string | undefined

  constructor(code: HostFailureCode, hostCode?: string) {
    super(hostCode === undefined ? code : `${code} (${hostCode})`)
    this.name = 'HostFailure'
    this.code = code
    this.hostCode = hostCode
  }
}
