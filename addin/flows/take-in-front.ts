/** A file in whose front lies a sheet with every id: it is the one worked on, and nobody has to say so. */
import type { Flow } from './flow.ts'
import { readerOf } from './left-out.ts'
import { readGrid, readLedgerInfos, specOf } from './reading.ts'
import { recognise } from './recognise.ts'
import { shadeSheet } from './shade.ts'

/**
 * Takes the sheet in front where it is the open plan's, for this person, and leaves no row to ask about; nothing is
 * written. Only where none is in use: one that was chosen stays. In Excel reading a sheet costs, so there it is chosen.
 */
export async function takeInFront(flow: Flow): Promise<void> {
  const { sheet, tables = [], plan, rows, me, check } = flow.state()
  const ours = tables.filter(({ planId }) => planId === plan?.plan.id)
  if (flow.host.kind !== 'file' || !rows || check || ours.some((table) => table.sheet === sheet)) return
  const isMine = (unit: string | undefined) => unit === undefined || me?.actor.role !== 'unit' || unit === me.actor.name
  const front = ours.find(({ isInFront, unit }) => isInFront && isMine(unit))
  const grid = front && (await flow.host.read(front.sheet))
  if (!grid) return
  const info = (await readLedgerInfos(flow)).find((known) => known.sheet === grid.name)
  const { layout, ...reading } = readGrid(grid, specOf(flow), info?.complete)
  if (!layout) return
  const { carried, matched, open } = recognise({ ...reading, layout }, rows, readerOf(flow.state()))
  if (carried === 0 || matched.length + open.length > 0) return
  flow.dispatch({ type: 'sheetTaken', sheet: grid.name })
  await shadeSheet(flow, grid.name)
}
