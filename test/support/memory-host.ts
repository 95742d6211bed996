/** A spreadsheet in memory behind the port, for tests of flows: sheets are grids, and every write is remembered. */
import type { CellMark, CellWrite, Progress, SheetHost } from '../../addin/sheet-host.ts'
import type { Grid } from '../../domain/grid.ts'
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
  readonly #watchers = new Set<(sheet: string) => void>()

  constructor(grids: Grid[] = [], kind: 'excel' | 'file' = 'excel') {
    this.kind = kind
    for (const grid of grids) this.grids.set(grid.name, structuredClone(grid))
    this.active = grids[0]?.name ?? ''
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

  watch(onChange: (sheet: string) => void): () => void {
    this.#watchers.add(onChange)
    return () => this.#watchers.delete(onChange)
  }

  showMarks(_sheet: string, marks: readonly CellMark[]): void {
    this.marks = marks
  }

  /** What a person does: types into a cell, and the program says so. */
  type(sheet: string, row: number, column: number, text: string): void {
    const { texts } = this.#grid(sheet)
    while (texts.length <= row) texts.push([])
    const cells = texts[row] ?? []
    while (cells.length <= column) cells.push('')
    cells[column] = text
    for (const onChange of this.#watchers) onChange(sheet)
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
