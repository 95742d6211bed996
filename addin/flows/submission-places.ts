/** From a cell of a preview or receipt to the same cell of the open sheet. */
import { type Flow, notice, runQuietly } from './flow.ts'
import { namedGrid, placeOf, readGrid, specOf } from './reading.ts'

/** Shows a cell, or without `column` a row, where it stands in the sheet now; says so where it is gone. */
export function jumpToCell(flow: Flow, sheet: string, rowId: string, column: string | undefined): Promise<void> {
  return runQuietly(flow, async () => {
    const grid = await namedGrid(flow, sheet)
    if (!grid) return
    const reading = readGrid(grid, specOf(flow))
    const row = reading.table.rows.find((candidate) => candidate.rowId === rowId)
    const place =
      placeOf(reading, row, column ?? 'task') ?? (row?.at === undefined ? undefined : { row: row.at, column: 0 })
    if (place) await flow.host.jump(sheet, place.row, place.column)
    else notice(flow, { tone: 'warning', text: 'jump.gone' })
  })
}
