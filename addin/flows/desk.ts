/** 审核台: what waits for the commission, read together with the rows that it speaks of. */
import type { Desk, QueuedRow, ServerRow } from '../../domain/protocol.ts'
import type { Screen, State } from '../state.ts'
import { refreshDrafts } from './drafts.ts'
import { type Flow, run } from './flow.ts'
import { refreshMaster } from './master.ts'

/** Both answers are of one moment each; where a row moved between them, they are read again. */
const MOST_READINGS = 3

/** Reads what waits and opens a screen that shows it. */
export function pullDesk(flow: Flow, screen: Screen = 'desk'): Promise<void> {
  return run(flow, 'busy.desk', async () => {
    await refreshDesk(flow)
    flow.dispatch({ type: 'reviewed', last: undefined })
    flow.dispatch({ type: 'went', screen })
  })
}

/** The newest desk, with the rows at the versions that its queue names. */
export async function refreshDesk(flow: Flow): Promise<void> {
  const { plan } = flow.state()
  if (!plan) return
  for (let tries = 1; ; tries++) {
    const [desk, rows] = await Promise.all([flow.api.desk(plan.plan.id), flow.api.rows(plan.plan.id)])
    const vers = new Map(rows.rows.map(({ rowId, ver }) => [rowId, ver]))
    if (tries < MOST_READINGS && desk.queue.some(({ rowId, ver }) => vers.get(rowId) !== ver)) continue
    flow.dispatch({ type: 'deskPulled', desk, rows })
    return
  }
}

/** The row that an entry of the queue speaks of; undefined where it was read at another version. */
export function rowOfQueued({ rows }: State, { rowId, ver }: QueuedRow): ServerRow | undefined {
  return rows?.rows.find((row) => row.rowId === rowId && row.ver === ver)
}

/** How many things wait for the commission; what was sent back or kept out by errors waits for its unit. */
export function countWaiting({ queue, suggestions, held, openConflicts, unconfirmedSpans }: Desk): number {
  const pending = queue.filter(({ review }) => review === 'pending').length
  return pending + suggestions.length + held.length + openConflicts + unconfirmedSpans
}

/** Reads who has reported, with the receipts, and opens 报送情况. */
export function pullStatus(flow: Flow): Promise<void> {
  return run(flow, 'busy.master', async () => {
    const { plan } = flow.state()
    if (!plan) return
    const [, { submissions }] = await Promise.all([refreshMaster(flow), flow.api.submissions(plan.plan.id)])
    if (plan.plan.signOff === 'reviewer') await refreshDrafts(flow)
    flow.dispatch({ type: 'submissionsRead', submissions })
    flow.dispatch({ type: 'went', screen: 'status' })
  })
}
