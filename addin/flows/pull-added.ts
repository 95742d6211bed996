/** Rows of the master that a sheet lacks, added to it and taken out again. */
import { formatCarrier } from '../../domain/carrier.ts'
import { foldText } from '../../domain/fold.ts'
import type { ServerRow } from '../../domain/protocol.ts'
import { milestoneKeys } from '../../domain/sheet-spec.ts'
import type { Flow } from './flow.ts'
import { joinPlaced, placeRow } from './pull-places.ts'
import type { Pulled, PullPreview } from './pull-preview.ts'
import { type FoundReading, namedGrid, readGrid, specOf } from './reading.ts'
import { rowsById } from './submission.ts'

/** Rows that go in together, under one row of the sheet. */
type Run = { after: number; rows: ServerRow[] }

/** Adds the missing rows. Each that found a place is noted in `added` at once: what fails later leaves it to be taken out. */
export async function addRows(flow: Flow, reading: FoundReading, preview: PullPreview, added: string[]): Promise<void> {
  const { sheet, table, layout } = reading
  const carrier = layout.carrierColumn
  if (carrier === undefined) return
  const milestones = milestoneKeys(table.spec)
  // From the bottom up: what is inserted moves only what stands below.
  for (const { after, rows } of runsOf(reading, preview, flow.state().rows?.rows ?? []).reverse()) {
    if (!(await flow.host.insertRows(sheet, after + 1, rows.length))) continue
    const { writes, join } = joinPlaced(rows.map((row, i) => placeRow(reading, row, after + 1 + i, milestones)))
    const carriers = rows.map(({ rowId, ver }, i) => ({
      row: after + 1 + i,
      column: carrier,
      text: formatCarrier({ rowId, ver }),
    }))
    await flow.host.write(sheet, writes)
    if (join.length > 0) await flow.host.setMerges(sheet, { split: [], join })
    await flow.host.write(sheet, carriers)
    added.push(...rows.map(({ rowId }) => rowId))
  }
}

/** In a sheet of the whole plan each row has its place behind the one before it; in a unit's own it goes to the end. */
function runsOf({ table, layout }: FoundReading, { missing, complete }: PullPreview, all: readonly ServerRow[]): Run[] {
  const last = Math.max(layout.lastRow, layout.firstRow - 1)
  if (!complete) return [{ after: last, rows: missing }]
  const places = new Map(table.rows.map(({ rowId, at }) => [rowId, at]))
  const wanted = new Set(missing.map(({ rowId }) => rowId))
  const runs = new Map<number, ServerRow[]>()
  let after = layout.firstRow - 1
  for (const row of all) {
    if (wanted.has(row.rowId)) runs.set(after, [...(runs.get(after) ?? []), row])
    else after = places.get(row.rowId) ?? after
  }
  return [...runs].map(([place, rows]) => ({ after: place, rows })).sort((a, b) => a.after - b.after)
}

/** Takes out those added rows that nobody has edited since, nor written anything beside; returns how many. */
export async function removeAdded(flow: Flow, { sheet, added }: Pulled): Promise<number> {
  const { rows } = flow.state()
  const grid = added.length > 0 ? await namedGrid(flow, sheet) : undefined
  if (!grid || !rows) return 0
  const { table, layout } = readGrid(grid, specOf(flow))
  const heads = rowsById(rows)
  const own = new Set([...Object.values(layout?.columns ?? {}), layout?.carrierColumn])
  const isAlone = (at: number) => !grid.texts[at]?.some((text, column) => text !== '' && !own.has(column))
  const places = table.rows.flatMap(({ rowId, ver, at, cells }) => {
    const head = added.includes(rowId) ? heads.get(rowId) : undefined
    const isUntouched =
      head?.ver === ver &&
      Object.entries(cells).every(([column, text]) => foldText(text) === foldText(head?.cells[column] ?? ''))
    return isUntouched && at !== undefined && isAlone(at) ? [at] : []
  })
  for (const at of places.sort((a, b) => b - a)) await flow.host.removeRows(sheet, at, 1)
  return places.length
}
