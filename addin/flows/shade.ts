/** Cells that are not this person's are shaded where the host can show that without writing. */
import type { Flow } from './flow.ts'
import { namedGrid, placeOf, type Reading, readGrid, specOf } from './reading.ts'
import { rowsById } from './submission.ts'

/** Shades, on a sheet of the open plan, every cell of the table that this person may not write. */
export async function shadeSheet(flow: Flow, sheet: string): Promise<void> {
  if (!flow.host.showShaded || !flow.state().rows) return
  const grid = await namedGrid(flow, sheet)
  if (grid) flow.host.showShaded(sheet, unwritableCells(flow, readGrid(grid, specOf(flow))))
}

/** Where the table's cells stand that this person may not write; none where no plan is open. */
export function unwritableCells(flow: Flow, reading: Reading): { row: number; column: number }[] {
  const { rows } = flow.state()
  if (!rows) return []
  const known = rowsById(rows)
  return reading.table.rows.flatMap((row) =>
    Object.keys(row.cells)
      .filter((column) => !known.get(row.rowId)?.writable.includes(column))
      .flatMap((column) => placeOf(reading, row, column) ?? []),
  )
}
