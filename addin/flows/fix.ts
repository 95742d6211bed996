/** Fixes and their undo. A cell is only ever changed where it still reads as it was checked. */
import { isSafeFix } from '../../domain/apply-fix.ts'
import { type Fix, invertFix } from '../../domain/issue.ts'
import type { PlacedIssue } from '../checking-state.ts'
import type { MessageKey } from '../messages.ts'
import { checkGrid } from './check.ts'
import { type CheckReading, readForCheck } from './check-reading.ts'
import { type Flow, notice, run } from './flow.ts'
import { fixWrites, namedGrid } from './reading.ts'

/** Makes a fix where its cells still read as they did, remembers its inverse and checks again. */
export function applyFix(flow: Flow, sheet: string, fix: Fix): Promise<void> {
  return run(flow, 'busy.fix', async () => {
    const done = await writeFix(flow, sheet, fix)
    if (done.length > 0) flow.dispatch({ type: 'fixed', sheet, copyId: flow.host.copyId, inverse: invertFix(done) })
    await checkAfter(flow, sheet, done.length === fix.length ? 'fix.done' : 'fix.changed')
  })
}

/** Shows what all fixes that need no second look would change together; made by `applyFix`, undone as one step. */
export function planFixAll(flow: Flow, sheet: string): Promise<void> {
  return run(flow, 'busy.check', async () => {
    const grid = await namedGrid(flow, sheet)
    const found = grid && (await readForCheck(flow, grid))
    const { check } = flow.state()
    if (!found || !check) return
    flow.dispatch({ type: 'fixPlanned', fix: combineSafe(await flow.checking(), check.issues, found) })
  })
}

/** Every fix that needs no second look, together. `found`: the reading in which the issues were found. */
export function combineSafe(
  { combineFixes }: Awaited<ReturnType<Flow['checking']>>,
  issues: PlacedIssue[],
  { reading, context }: CheckReading,
): Fix {
  return combineFixes(
    safeFixes(issues).map(({ issue }) => issue),
    reading.table,
    context,
  )
}

/** Issues in this person's cells whose fixes may be made unseen; what somebody decided to keep is kept. */
export function safeFixes(issues: PlacedIssue[]): PlacedIssue[] {
  return issues.filter(({ issue, mine, reason }) => mine && !reason && isSafeFix(issue))
}

/** Takes back the last fix, again only where its cells still read as it left them. */
export function undoFix(flow: Flow): Promise<void> {
  return run(flow, 'busy.fix', async () => {
    const last = flow.state().undo.at(-1)
    if (!last || isOtherCopy(flow, last.copyId)) return
    const done = await writeFix(flow, last.sheet, last.fix)
    flow.dispatch({ type: 'undone' })
    await checkAfter(flow, last.sheet, done.length === last.fix.length ? 'fix.undone' : 'fix.changed')
  })
}

/** Whether another file stands where it was done, after saying so: one of the same sheets and rows may still be older. */
export function isOtherCopy(flow: Flow, copyId: string): boolean {
  if (copyId === flow.host.copyId) return false
  flow.dispatch({ type: 'copyReplaced' })
  notice(flow, { tone: 'warning', text: 'undo.otherCopy' })
  return true
}

async function writeFix(flow: Flow, sheet: string, fix: Fix): Promise<Fix> {
  const grid = await namedGrid(flow, sheet)
  const found = grid && (await readForCheck(flow, grid))
  if (!found) return []
  const { writes, done } = fixWrites(found.reading, fix)
  if (writes.length > 0) await flow.host.write(sheet, writes)
  return done
}

async function checkAfter(flow: Flow, sheet: string, text: MessageKey): Promise<void> {
  const grid = await namedGrid(flow, sheet)
  if (!grid) return
  await checkGrid(flow, grid)
  notice(flow, { tone: text === 'fix.changed' ? 'warning' : 'success', text })
}
