/** What the page shows of a file's cells and the file does not hold: marks of issues, and cells that are not one's own. */
import type { Position } from '../areas.ts'
import type { CellMark } from '../sheet-host.ts'

export type Painted = { marks: readonly CellMark[]; shaded: readonly Position[] }

export class PaintedCells {
  private readonly marks = new Map<string, readonly CellMark[]>()
  private readonly shaded = new Map<string, readonly Position[]>()

  /** Of one sheet. */
  of(sheet: string): Painted {
    return { marks: this.marks.get(sheet) ?? [], shaded: this.shaded.get(sheet) ?? [] }
  }

  mark(sheet: string, marks: readonly CellMark[]): void {
    this.marks.set(sheet, marks)
  }

  shade(sheet: string, cells: readonly Position[]): void {
    this.shaded.set(sheet, cells)
  }

  /** What was found in a text says nothing of the next one. */
  unmark(sheet: string, written: readonly Position[]): void {
    const places = new Set(written.map(({ row, column }) => `${row}:${column}`))
    const kept = this.marks.get(sheet)?.filter(({ row, column }) => !places.has(`${row}:${column}`))
    this.marks.set(sheet, kept ?? [])
  }

  /** A sheet that was drawn anew, or all where another file is open. */
  forget(sheet?: string): void {
    if (sheet === undefined) {
      this.marks.clear()
      this.shaded.clear()
    } else {
      this.marks.delete(sheet)
      this.shaded.delete(sheet)
    }
  }
}
