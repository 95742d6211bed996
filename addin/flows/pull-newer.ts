/** Telling that the master is newer than a sheet, without being asked. A hint: whatever fails leaves it out. */
import type { Flow } from './flow.ts'
import { compareWith } from './pull-compare.ts'
import { readGrid, readLedgerInfos, specOf } from './reading.ts'

/** Compares the sheet in front with the rows as they were pulled last, and notes what is newer. */
export async function findNewer(flow: Flow): Promise<void> {
  const { plan, rows, offline } = flow.state()
  if (!plan || !rows || offline) return
  try {
    const active = (await flow.host.sheets())?.active
    if (active === undefined) return
    const info = (await readLedgerInfos(flow)).find(({ sheet }) => sheet === active)
    const grid = info?.planId === plan.plan.id ? await flow.host.read(active) : undefined
    if (!grid) return
    const { layout, ...reading } = readGrid(grid, specOf(flow), info?.complete)
    if (!layout) return
    const preview = await compareWith(flow, { ...reading, layout }, rows)
    const { updates, conflicts } = preview?.pull ?? { updates: [], conflicts: [] }
    const missing = preview?.missing.length ?? 0
    flow.dispatch({
      type: 'newerFound',
      newer: { sheet: active, updates: updates.length, conflicts: conflicts.length, missing },
    })
  } catch {
    // Whoever wants to know asks, and is then told why it cannot be said.
  }
}
