/**
 * SheetHost over an .xlsx file opened in the browser: for WPS users, machines without the add-in and
 * networks that block office.js. Also the model behind the workspace that shows the file.
 */
import { type Area, type Grid, textAt } from '../../domain/grid.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import type { WorkbookFile } from '../../xlsx/edit.ts'
import { type CellMark, type CellWrite, HostFailure, type SheetHost } from '../sheet-host.ts'
import { openFile } from './open-file.ts'

type Position = { row: number; column: number }
export type Selection = { sheet: string; row: number; column: number }

export class FileSheetHost implements SheetHost {
  readonly kind = 'file'
  copyId: string = crypto.randomUUID()
  /** Name under which the file is saved; '' while none is open. */
  fileName = ''
  /** True while there are changes that no saved copy holds. */
  unsaved = false
  /** The cell that a screen or the user went to last. */
  selection: Selection | undefined

  private file: WorkbookFile | undefined
  private readonly marks = new Map<string, readonly CellMark[]>()
  private readonly shaded = new Map<string, readonly Position[]>()
  private readonly watchers = new Set<(sheet: string) => void>()
  private readonly viewers = new Set<() => void>()

  /** Opens a chosen file in place of the present one. Rejects with HostFailure and then changes nothing. */
  async open(file: File): Promise<void> {
    const opened = await openFile(file)
    this.start(opened, file.name, false)
    this.tellWatchers(opened.active)
  }

  /** The workbook as bytes, with the user's changes; undefined where none is open. */
  async save(): Promise<{ name: string; bytes: Uint8Array } | undefined> {
    if (!this.file) return undefined
    const bytes = await this.file.save()
    this.unsaved = false
    this.redraw()
    return { name: this.fileName, bytes }
  }

  /** What the workspace shows of the sheet in front; undefined while no file is open. */
  view(): { sheet: string; grid: Grid; marks: readonly CellMark[]; shaded: readonly Position[] } | undefined {
    const sheet = this.file?.active
    const grid = sheet === undefined ? undefined : this.file?.read(sheet)
    if (sheet === undefined || !grid) return undefined
    return { sheet, grid, marks: this.marks.get(sheet) ?? [], shaded: this.shaded.get(sheet) ?? [] }
  }

  /** Names of the tabs, in order. */
  tabs(): string[] {
    return this.file?.names().flatMap(({ name, hidden }) => (hidden ? [] : [name])) ?? []
  }

  /** Brings a sheet to the front, as clicking its tab does. */
  show(sheet: string): void {
    if (!this.file || this.file.active === sheet) return
    this.file.active = sheet
    this.selection = undefined
    this.redraw()
    this.tellWatchers(sheet)
  }

  /** The user's own edit in the workspace: unlike `write`, watchers hear of it. */
  edit(sheet: string, row: number, column: number, text: string): void {
    const grid = this.opened().read(sheet)
    if (!grid || textAt(grid, row, column) === text) return
    this.put(sheet, [{ row, column, text }])
    this.tellWatchers(sheet)
  }

  /** Calls back whenever the workspace must be drawn again; returns what ends it. */
  subscribe(onRedraw: () => void): () => void {
    this.viewers.add(onRedraw)
    return () => this.viewers.delete(onRedraw)
  }

  async sheets(): Promise<{ active: string; names: string[] } | undefined> {
    return this.file && { active: this.file.active, names: this.tabs() }
  }

  async read(sheet: string): Promise<Grid | undefined> {
    return this.opened().read(sheet)
  }

  async write(sheet: string, writes: CellWrite[]): Promise<void> {
    if (writes.length > 0) this.put(sheet, writes)
  }

  async setMerges(sheet: string, changes: { split: readonly Area[]; join: readonly Area[] }): Promise<void> {
    this.gridOf(sheet)
    this.opened().setMerges(sheet, changes)
    this.changed()
  }

  async setColumnHidden(sheet: string, column: number, hidden: boolean): Promise<void> {
    this.gridOf(sheet)
    this.opened().setColumnHidden(sheet, column, hidden)
    this.changed()
  }

  /** With no file open, the first visible sheet that is drawn starts a new workbook of that name. */
  async draw(model: SheetModel): Promise<void> {
    if (this.file) {
      this.file.draw(model)
      this.marks.delete(model.name)
      this.shaded.delete(model.name)
      return this.changed()
    }
    if (model.visibility === 'hidden') throw new HostFailure('no-file')
    await this.startWith(model, true)
  }

  /** What is drawn here can be drawn again: it is nothing to save before another file is opened. */
  async drawAlone(model: SheetModel): Promise<void> {
    if (this.unsaved) throw new HostFailure('file-unsaved')
    await this.startWith(model, false)
    this.tellWatchers(model.name)
  }

  async jump(sheet: string, row: number, column: number): Promise<void> {
    this.gridOf(sheet)
    this.opened().active = sheet
    this.selection = { sheet, row, column }
    this.redraw()
  }

  watch(onChange: (sheet: string) => void): () => void {
    this.watchers.add(onChange)
    return () => this.watchers.delete(onChange)
  }

  showMarks(sheet: string, marks: readonly CellMark[]): void {
    this.marks.set(sheet, marks)
    this.redraw()
  }

  showShaded(sheet: string, cells: readonly Position[]): void {
    this.shaded.set(sheet, cells)
    this.redraw()
  }

  private async startWith(model: SheetModel, unsaved: boolean): Promise<void> {
    const { createWorkbook } = await import('../../xlsx/edit.ts')
    const created = await createWorkbook([model], new Date().toISOString())
    this.start(created, `${model.name}.xlsx`, unsaved)
  }

  private start(file: WorkbookFile, name: string, unsaved: boolean): void {
    this.file = file
    this.copyId = crypto.randomUUID()
    this.fileName = name
    this.unsaved = unsaved
    this.selection = undefined
    this.marks.clear()
    this.shaded.clear()
    this.redraw()
  }

  /** Like Excel, a merged area takes a text in its first cell only. */
  private put(sheet: string, writes: CellWrite[]): void {
    const { merges } = this.gridOf(sheet)
    const isCovered = ({ row, column }: CellWrite) =>
      merges.some(
        (area) =>
          (row !== area.row || column !== area.column) &&
          row >= area.row &&
          row < area.row + area.rows &&
          column >= area.column &&
          column < area.column + area.columns,
      )
    if (writes.some(isCovered)) throw new HostFailure('not-written')
    this.opened().write(sheet, writes)
    // What was found in a text says nothing of the next one.
    const isWritten = (mark: Position) => writes.some(({ row, column }) => row === mark.row && column === mark.column)
    this.marks.set(sheet, this.marks.get(sheet)?.filter((mark) => !isWritten(mark)) ?? [])
    this.changed()
  }

  private opened(): WorkbookFile {
    if (!this.file) throw new HostFailure('no-file')
    return this.file
  }

  private gridOf(sheet: string): Grid {
    const grid = this.opened().read(sheet)
    if (!grid) throw new HostFailure('sheet-missing')
    return grid
  }

  private changed(): void {
    this.unsaved = true
    this.redraw()
  }

  private redraw(): void {
    for (const viewer of [...this.viewers]) viewer()
  }

  private tellWatchers(sheet: string): void {
    for (const watcher of [...this.watchers]) watcher(sheet)
  }
}
