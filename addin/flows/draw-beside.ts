/** Where a sheet of the plan goes: into the open workbook, but never into one that only holds the sample. */
import { textAt } from '../../domain/grid.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import type { Progress } from '../sheet-host.ts'
import type { Flow } from './flow.ts'

export const SAMPLE_SHEET = '示例表'

/**
 * Draws beside what is open. Where the browser has only the sample open, a workbook of its own begins, so that
 * invented rows are not saved and sent along with real ones; what was tried in the sample goes with it.
 */
export async function drawBeside(
  { host, now }: Flow,
  model: SheetModel,
  progress?: Progress,
  signal?: AbortSignal,
): Promise<void> {
  if (host.drawAlone && (await isSampleOnly(host, now()))) await host.drawAlone(model, { evenUnsaved: true })
  else await host.draw(model, progress, signal)
}

/** By what stands in it, not by its name alone: somebody may have put a table of their own in its place. */
async function isSampleOnly(host: Flow['host'], now: Date): Promise<boolean> {
  const names = (await host.sheets())?.names ?? []
  if (names.length !== 1 || names[0] !== SAMPLE_SHEET) return false
  const grid = await host.read(SAMPLE_SHEET)
  // Loaded when the sample was; without it the sheet is left where it is.
  const sample = await import('../../domain/sample-sheet.ts').catch(() => undefined)
  if (!grid || !sample) return false
  const cells = sample
    .sampleSheet(now.getFullYear(), SAMPLE_SHEET)
    .cells.flatMap((line, row) => line.map(({ text }, column) => ({ row, column, text })))
    .filter(({ text }) => text !== '')
  const standing = cells.filter(({ row, column, text }) => textAt(grid, row, column) === text)
  return standing.length * 2 > cells.length
}
