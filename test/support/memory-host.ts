/** A spreadsheet in memory behind the port, for tests of flows: sheets are grids, and every write is remembered. */
import type { CellMark, CellWrite, Progress, SheetHost } from '../../addin/sheet-host.ts'
import type { Area, Grid } from '../../domain/grid.ts'
import type { Painting } from '../../domain/marks.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import { modelToGrid } from './model-grid.ts'

export class MemoryHost implements SheetHost {
  readonly kind: 'excel' | 'file'
  copyId = 'copy-1'
  readonly grids = new Map<string, Grid>()
  active = ''
  readonly hidden = new Set<string>()
  readonly writes: { sheet: string; writes: CellWrite[] }[] = []
  readonly jumps: { sheet: string; row: number; column: number }[] = []
  marks: readonly CellMark[] = []
  /** What is painted, by sheet; a file is never painted. */
  readonly painted = new Map<string, Painting>()
  readonly paintMarks?: (painting: Painting) => Promise<void>
  readonly clearMarks?: (sheet: string) => Promise<void>
  readonly #watchers = new Set<(sheet: string, area?: Area) => void>()

  constructor(grids: Grid[] = [], kind: 'excel' | 'file' = 'excel') {
    this.kind = kind
    for (const grid of grids) this.grids.set(grid.name, structuredClone(grid))
    this.active = grids[0]?.name ?? ''
    if (kind === 'file') return
    this.paintMarks = async (painting) => void this.painted.set(painting.sheet, painting)
    this.clearMarks = async (sheet) => void this.painted.delete(sheet)
  }

  async sheets() {
    const names = [...this.grids.keys()].filter((name) => !this.hidden.has(name))
    return names.length === 0 ? undefined : { active: this.active, names }
  }

  async read(sheet: string): Promise<Grid | undefined> {
    const grid = this.grids.get(sheet)
    return grid && structuredClone(grid)
  }

  async write(sheet: string, writes: CellWrite[], progress?: Progress): Promise<void> {
    this.writes.push({ sheet, writes })
    for (const { row, column, text } of writes) this.type(sheet, row, column, text)
    progress?.(writes.length, writes.length)
  }

  async setMerges(sheet: string, { split, join }: { split: readonly Area[]; join: readonly Area[] }): Promise<void> {
    const grid = this.#grid(sheet)
    const isSplit = (area: Area) => split.some(({ row, column }) => row === area.row && column === area.column)
    grid.merges = [...grid.merges.filter((area) => !isSplit(area)), ...join]
  }

  async insertRows(sheet: string, at: number, count: number): Promise<boolean> {
    const grid = this.#grid(sheet)
    grid.texts.splice(at, 0, ...Array.from({ length: count }, () => []))
    for (const place of [...grid.merges, ...grid.formulas]) if (place.row >= at) place.row += count
    return true
  }

  async removeRows(sheet: string, at: number, count: number): Promise<void> {
    const grid = this.#grid(sheet)
    grid.texts.splice(at, count)
    grid.merges = grid.merges.filter(({ row }) => row < at || row >= at + count)
    for (const place of [...grid.merges, ...grid.formulas]) if (place.row >= at) place.row -= count
  }

  async setColumnHidden(sheet: string, column: number, hidden: boolean): Promise<void> {
    const grid = this.#grid(sheet)
    grid.hiddenColumns = grid.hiddenColumns.filter((known) => known !== column)
    if (hidden) grid.hiddenColumns.push(column)
  }

  async draw(model: SheetModel, progress?: Progress, signal?: AbortSignal): Promise<void> {
    progress?.(0, model.cells.length)
    signal?.throwIfAborted()
    this.grids.set(model.name, modelToGrid(model))
    if (model.visibility === 'hidden') this.hidden.add(model.name)
    progress?.(model.cells.length, model.cells.length)
  }

  async jump(sheet: string, row: number, column: number): Promise<void> {
    this.active = sheet
    this.jumps.push({ sheet, row, column })
  }

  watch(onChange: (sheet: string, area?: Area) => void): () => void {
    this.#watchers.add(onChange)
    return () => this.#watchers.delete(onChange)
  }

  showMarks(_sheet: string, marks: readonly CellMark[]): void {
    this.marks = marks
  }

  /** What a person does: types into a cell, and the program says so. */
  type(sheet: string, row: number, column: number, text: string): void {
    this.#put(sheet, row, column, text)
    for (const onChange of this.#watchers) onChange(sheet)
  }

  /** The same in a program that says where, as Excel does. */
  edit(sheet: string, area: Area, text: string): void {
    this.#put(sheet, area.row, area.column, text)
    for (const onChange of this.#watchers) onChange(sheet, area)
  }

  #put(sheet: string, row: number, column: number, text: string): void {
    const { texts } = this.#grid(sheet)
    while (texts.length <= row) texts.push([])
    const cells = texts[row] ?? []
    while (cells.length <= column) cells.push('')
    cells[column] = text
  }

  text(sheet: string, row: number, column: number): string {
    return this.grids.get(sheet)?.texts[row]?.[column] ?? ''
  }

  #grid(sheet: string): Grid {
    const grid = this.grids.get(sheet)
    if (!grid) throw new Error(`no sheet ${sheet}`)
    return grid
  }
}
