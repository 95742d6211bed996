/** The person's own edits on the page, to be undone and made again. Bounded: the oldest is forgotten first. */
import { type Grid, textAt } from '../../domain/grid.ts'
import type { CellWrite } from '../sheet-host.ts'

export type CellEdit = { row: number; column: number; from: string; to: string }
export type EditStep = { sheet: string; edits: CellEdit[] }

const MOST_STEPS = 200

export class EditHistory {
  private done: EditStep[] = []
  private undone: EditStep[] = []

  record(step: EditStep): void {
    this.done = [...this.done, step].slice(-MOST_STEPS)
    this.undone = []
  }

  /** The step to take back, moved to those that can be made again. */
  takeUndo(): EditStep | undefined {
    const step = this.done.pop()
    if (step) this.undone.push(step)
    return step
  }

  takeRedo(): EditStep | undefined {
    const step = this.undone.pop()
    if (step) this.done.push(step)
    return step
  }

  /** A sheet that was drawn anew, or all where another file is open, has nothing to take back. */
  forget(sheet?: string): void {
    const isOther = (step: EditStep) => sheet !== undefined && step.sheet !== sheet
    this.done = this.done.filter(isOther)
    this.undone = this.undone.filter(isOther)
  }
}

/** What takes a step back, or makes it again; only where the cell still reads as the step left it. */
export function writesOf({ edits }: EditStep, grid: Grid, way: 'back' | 'again'): CellWrite[] {
  return edits.flatMap(({ row, column, from, to }) => {
    const [reads, text] = way === 'back' ? [to, from] : [from, to]
    return textAt(grid, row, column) === reads ? [{ row, column, text }] : []
  })
}
