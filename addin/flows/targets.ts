/** 目标核算: opening it, working it out again in place, and going to the cell of a figure. */
import type { ANSWERS } from '../../domain/annotation.ts'
import type { CheckResult } from '../checking-state.ts'
import { saveAnnotation } from './annotations.ts'
import { checkGrid, jumpTo } from './check.ts'
import { type Flow, run } from './flow.ts'
import { namedGrid } from './reading.ts'

/** With `rowId`, the targets of that row alone. */
export function openTargets(flow: Flow, rowId?: string): void {
  flow.dispatch({ type: 'targetsOpened', rowId })
}

/** Checks the sheet again without leaving the screen. */
export function recheckTargets(flow: Flow, { sheet }: CheckResult): Promise<void> {
  return run(flow, 'busy.check', async () => {
    const grid = await namedGrid(flow, sheet)
    if (grid) await checkGrid(flow, grid, { stays: true })
  })
}

/** Answers the question of an issue about a target of a row, and checks again. `code`: from issueKey. */
export function answerTarget(
  flow: Flow,
  { rowId, code, answer }: { rowId: string; code: string; answer: (typeof ANSWERS)[number] },
): Promise<void> {
  return saveAnnotation(flow, { rowId, code, kind: 'answer', text: answer })
}

/** Brings a cell of the checked table into view; does nothing for one that does not stand on the sheet. */
export async function jumpToCell(flow: Flow, check: CheckResult, rowId: string, column: string): Promise<void> {
  const row = check.table.find((one) => one.rowId === rowId)?.at
  const at = check.columns[column]
  if (row !== undefined && at !== undefined) await jumpTo(flow, check.sheet, row, at)
}
