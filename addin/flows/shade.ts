/** Cells that are not this person's are shaded where the host can show that without writing. */
import type { Flow } from './flow.ts'
import { namedGrid, placeOf, readGrid, specOf } from './reading.ts'
import { rowsById } from './submission.ts'

/** Shades, on a sheet of the open plan, every cell of the table that this person may not write. */
export async function shadeSheet(flow: Flow, sheet: string): Promise<void> {
  const { rows } = flow.state()
  if (!flow.host.showShaded || !rows) return
  const grid = await namedGrid(flow, sheet)
  if (!grid) return
  const reading = readGrid(grid, specOf(flow))
  const known = rowsById(rows)
  const cells = reading.table.rows.flatMap((row) =>
    Object.keys(row.cells)
      .filter((column) => !known.get(row.rowId)?.writable.includes(column))
      .flatMap((column) => placeOf(reading, row, column) ?? []),
  )
  flow.host.showShaded(sheet, cells)
}
