/** What the first screen says of waiting work, read again whenever somebody comes back to it. */
import { isPassing } from '../api.ts'
import { type Flow, runQuietly } from './flow.ts'
import { lookForNewer } from './pull-open.ts'
import { rememberVisit } from './remember-visit.ts'

/**
 * Holds nobody up: work that is begun meanwhile goes on with the rows that it began with, and a network that fails is
 * told by the next work that needs it.
 */
export async function refreshHome(flow: Flow): Promise<void> {
  const { plan, rows, offline, isRefreshing } = flow.state()
  if (!plan || !rows || offline || isRefreshing) return
  flow.dispatch({ type: 'refreshing', isRefreshing: true })
  await runQuietly(flow, async () => {
    try {
      const read = await flow.api.rows(plan.plan.id)
      const { screen, busy, rows: present } = flow.state()
      if (screen !== 'home' || busy || present !== rows) return
      flow.dispatch({ type: 'rowsPulled', rows: read })
      await rememberVisit(flow)
      if (read.seq !== rows.seq) await lookForNewer(flow)
    } catch (error) {
      if (!isPassing(error)) throw error
    }
  })
  flow.dispatch({ type: 'refreshing', isRefreshing: false })
}
