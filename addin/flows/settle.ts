/** Bringing a sheet up to date with the master after a submission. */
import type { Difference } from '../exchange-state.ts'
import { noteClearings } from './clearings.ts'
import type { Flow, Step } from './flow.ts'
import { namedGrid, readGrid, specOf, writeCarriers } from './reading.ts'
import { rememberVisit } from './remember-visit.ts'
import { type Arrived, settleSheet } from './submission.ts'

/**
 * Writes the new versions into the sheet that a submission was read from; returns the cells in which
 * only the master moved on.
 */
export async function writeVersions(flow: Flow, step: Step, arrived: Arrived): Promise<Difference[] | undefined> {
  const { plan } = flow.state()
  // A draft has changed nothing yet: its sheet goes on from the versions that it has.
  if (!plan || arrived.receipt.draftId !== undefined) return undefined
  const rows = await flow.api.rows(plan.plan.id)
  flow.dispatch({ type: 'rowsPulled', rows })
  await rememberVisit(flow)
  const grid = await namedGrid(flow, arrived.sheet)
  if (!grid) return undefined
  const reading = readGrid(grid, specOf(flow))
  if (!reading.layout) return undefined
  noteClearings(flow, arrived.sheet, reading.table)
  const { carriers, differing } = settleSheet(reading.table, rows, arrived, flow.host.copyId)
  const changed = carriers.flatMap(({ row, ver }) =>
    row.at === undefined || row.ver === ver ? [] : [{ at: row.at, rowId: row.rowId, ver }],
  )
  if (changed.length > 0) await writeCarriers(flow, { ...reading, layout: reading.layout }, changed, step.progress)
  return differing
}
