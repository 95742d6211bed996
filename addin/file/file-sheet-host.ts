/**
 * SheetHost over an .xlsx file opened in the browser: for WPS users, machines without the add-in and
 * networks that block office.js. Also the model behind the workspace that shows the file.
 */
import { type Area, type Grid, textAt } from '../../domain/grid.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import type { WorkbookChanges, WorkbookFile } from '../../xlsx/edit.ts'
import { areaOf, covers, type Position } from '../areas.ts'
import { type CellMark, type CellWrite, HostFailure, type SheetHost } from '../sheet-host.ts'
import { emptyRows, isTakenFrom } from './added-rows.ts'
import { EditHistory, type EditStep, writesOf } from './edit-history.ts'
import { hashOf, openFile } from './open-file.ts'
import { writesOpenToEdits } from './open-to-edits.ts'
import { type Painted, PaintedCells } from './painted-cells.ts'

/** `quietly`: shown without taking the keys. */
export type Selection = { sheet: string; row: number; column: number; quietly?: boolean }

export type FileView = {
  sheet: string
  grid: Grid
  /** What the file keeps in view; 0 where it does not say. */
  frozen: { rows: number; columns: number }
} & Painted

export class FileSheetHost implements SheetHost {
  readonly kind = 'file'
  copyId: string = crypto.randomUUID()
  /** Name under which the file is saved; '' while none is open. */
  fileName = ''
  /** True while there are changes that no saved copy holds. */
  unsaved = false
  /** The cell that a screen or the user went to last. */
  selection: Selection | undefined

  /** SHA-256 of the file as it lies on the disk, last opened or saved; undefined of a workbook that was drawn here. */
  fileHash: string | undefined
  /** The sheet that a workbook drawn here began with. */
  created: SheetModel | undefined

  private file: WorkbookFile | undefined
  private readonly history = new EditHistory()
  /** Counts changes, so that saving knows what came in while it wrote. */
  private changeCount = 0
  private readonly painted = new PaintedCells()
  private readonly watchers = new Set<(sheet: string, area?: Area) => void>()
  private readonly viewers = new Set<() => void>()

  /** Opens a chosen file in place of the present one. Rejects with HostFailure and then changes nothing. */
  async open(file: File): Promise<void> {
    const opened = await openFile(file)
    this.fileHash = await hashOf(await file.arrayBuffer())
    this.created = undefined
    this.start(opened, file.name, false)
    this.tellWatchers(opened.active)
  }

  /**
   * Hands the workbook with all changes to `put`, which stores it; saved are the changes made before. Does nothing
   * where no file is open, and passes on what `put` rejects with.
   */
  async save(put: (name: string, bytes: Uint8Array) => void | Promise<void>): Promise<void> {
    if (!this.file) return
    const upTo = this.changeCount
    const bytes = await this.file.save()
    await put(this.fileName, bytes)
    this.fileHash = await hashOf(bytes)
    this.created = undefined
    if (this.changeCount === upTo) this.unsaved = false
    this.redraw()
  }

  /** Everything that was changed since the file was opened; undefined where nothing was, or no file is open. */
  changes(): WorkbookChanges | undefined {
    return this.file?.changed()
  }

  /** Makes changes again that were kept of this very file, or of a workbook that began with `created`. */
  async restore(changes: WorkbookChanges | undefined, created?: SheetModel): Promise<void> {
    if (created) await this.startWith(created, true)
    const file = this.opened()
    if (changes) file.apply(changes)
    this.history.forget()
    this.changed()
    this.tellWatchers(file.active)
  }

  /** What the workspace shows of the sheet in front; undefined while no file is open. */
  view(): FileView | undefined {
    const sheet = this.file?.active
    const grid = sheet === undefined ? undefined : this.file?.read(sheet)
    if (sheet === undefined || !grid) return undefined
    return {
      sheet,
      grid,
      frozen: this.file?.frozen(sheet) ?? { rows: 0, columns: 0 },
      ...this.painted.of(sheet),
    }
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

  /**
   * The user's own edits in the workspace, one step to undo: unlike `write`, watchers hear of them. Returns how many
   * cells were left as they are because edits are not let into them.
   */
  edit(sheet: string, writes: CellWrite[]): number {
    const grid = this.gridOf(sheet)
    const open = writesOpenToEdits(grid, writes)
    const left = writes.length - open.length
    const edits = open
      .map(({ row, column, text }) => ({ row, column, from: textAt(grid, row, column), to: text }))
      .filter(({ from, to }) => from !== to)
    if (edits.length === 0) return left
    this.put(
      sheet,
      edits.map(({ row, column, to }) => ({ row, column, text: to })),
    )
    this.history.record({ sheet, edits })
    this.tellWatchers(sheet, areaOf(edits))
    return left
  }

  /** Takes the last edit back; what the cells read since by other means stays. False where there is none. */
  undo(): boolean {
    return this.repeat(this.history.takeUndo(), 'back')
  }

  /** Makes the edit again that was taken back last. */
  redo(): boolean {
    return this.repeat(this.history.takeRedo(), 'again')
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

  /** Only at the end: what refers to the rows below is in many parts of a file. */
  async insertRows(sheet: string, at: number, count: number): Promise<boolean> {
    if (isTakenFrom(this.gridOf(sheet), at)) return false
    if (at > 0) {
      const rows = Array.from({ length: count }, (_, i) => at + i)
      this.opened().formatRows(sheet, rows, at - 1)
    }
    this.changed()
    return true
  }

  /** What was made at the end stays there, empty. */
  async removeRows(sheet: string, at: number, count: number): Promise<void> {
    const { split, writes } = emptyRows(this.gridOf(sheet), at, count)
    if (split.length > 0) await this.setMerges(sheet, { split, join: [] })
    await this.write(sheet, writes)
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
      this.history.forget(model.name)
      this.painted.forget(model.name)
      return this.changed()
    }
    if (model.visibility === 'hidden') throw new HostFailure('no-file')
    await this.startWith(model, true)
  }

  /** What is drawn here can be drawn again: it is nothing to save before another file is opened. */
  async drawAlone(model: SheetModel, options?: { evenUnsaved: boolean }): Promise<void> {
    if (this.unsaved && !options?.evenUnsaved) throw new HostFailure('file-unsaved')
    await this.startWith(model, false)
    this.tellWatchers(model.name)
  }

  async jump(sheet: string, row: number, column: number, options?: { quietly: boolean }): Promise<void> {
    this.gridOf(sheet)
    this.opened().active = sheet
    this.selection = { sheet, row, column, ...options }
    this.redraw()
  }

  watch(onChange: (sheet: string, area?: Area) => void): () => void {
    this.watchers.add(onChange)
    return () => this.watchers.delete(onChange)
  }

  showMarks(sheet: string, marks: readonly CellMark[]): void {
    this.painted.mark(sheet, marks)
    this.redraw()
  }

  showShaded(sheet: string, cells: readonly Position[]): void {
    this.painted.shade(sheet, cells)
    this.redraw()
  }

  private async startWith(model: SheetModel, unsaved: boolean): Promise<void> {
    const { createWorkbook } = await import('../../xlsx/edit.ts')
    const created = await createWorkbook([model], new Date().toISOString())
    this.fileHash = undefined
    this.created = model
    this.start(created, `${model.name}.xlsx`, unsaved)
  }

  private start(file: WorkbookFile, name: string, unsaved: boolean): void {
    this.file = file
    this.history.forget()
    this.copyId = crypto.randomUUID()
    this.fileName = name
    this.unsaved = unsaved
    this.selection = undefined
    this.painted.forget()
    this.redraw()
  }

  /** Like Excel, a merged area takes a text in its first cell only. */
  private put(sheet: string, writes: CellWrite[]): void {
    const { merges } = this.gridOf(sheet)
    const isCovered = ({ row, column }: CellWrite) =>
      merges.some((area) => covers(area, row, column) && (row !== area.row || column !== area.column))
    if (writes.some(isCovered)) throw new HostFailure('not-written')
    try {
      this.opened().write(sheet, writes)
    } catch (error) {
      throw error instanceof Error && error.name === 'SharedFormulaError' ? new HostFailure('array-formula') : error
    }
    this.painted.unmark(sheet, writes)
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

  private repeat(step: EditStep | undefined, way: 'back' | 'again'): boolean {
    const grid = step && this.file?.read(step.sheet)
    if (!step || !grid) return false
    const writes = writesOf(step, grid, way)
    const [first] = step.edits
    this.opened().active = step.sheet
    if (first) this.selection = { sheet: step.sheet, row: first.row, column: first.column }
    if (writes.length > 0) this.put(step.sheet, writes)
    else this.redraw()
    this.tellWatchers(step.sheet, areaOf(step.edits))
    return true
  }

  private changed(): void {
    this.unsaved = true
    this.changeCount++
    this.redraw()
  }

  private redraw(): void {
    for (const viewer of [...this.viewers]) viewer()
  }

  private tellWatchers(sheet: string, area?: Area): void {
    for (const watcher of [...this.watchers]) watcher(sheet, area)
  }
}
