/** 离线: what the pane knew last is kept, shown where the server cannot be reached, and renewed once it can. */
import { isPassing } from '../api.ts'
import { type Flow, notice, runQuietly, whenIdle } from './flow.ts'
import { sendInBackground, startOutbox } from './outbox.ts'
import { rememberVisit } from './remember-visit.ts'

const FIRST_PAUSE_MS = 15_000
const LONGEST_PAUSE_MS = 5 * 60_000

/** Opens what the last visit knew; false where nothing is kept. */
export async function openLastVisit(flow: Flow): Promise<boolean> {
  const visit = await flow.visits.read()
  if (!visit) return false
  flow.dispatch({ type: 'visitOpened', visit })
  scheduleReconnect(flow, 0)
  await runQuietly(flow, () => startOutbox(flow, visit.me))
  return true
}

/** Asks the server who we are, renews what is shown, and sends what waits; tries again by itself while it cannot. */
export async function reconnect(flow: Flow, tries = 0): Promise<void> {
  await runQuietly(flow, async () => {
    try {
      await renew(flow)
    } catch (error) {
      if (!isPassing(error)) throw error
      scheduleReconnect(flow, tries + 1)
    }
  })
}

async function renew(flow: Flow): Promise<void> {
  const me = await flow.api.me()
  const planId = flow.state().plan?.plan.id
  const isStillOurs = me.plans.some(({ id }) => id === planId)
  const [plan, rows] =
    planId !== undefined && isStillOurs ? await Promise.all([flow.api.plan(planId), flow.api.rows(planId)]) : []
  whenIdle(flow, async () => {
    if (!flow.state().offline) return
    flow.dispatch({ type: 'reconnected', me, plan, rows })
    notice(flow, { tone: 'success', text: 'offline.over' })
    await rememberVisit(flow)
    await runQuietly(flow, () => startOutbox(flow, me))
    await sendInBackground(flow, true)
  })
}

function scheduleReconnect(flow: Flow, tries: number): void {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS)
  flow.stopReconnecting?.()
  flow.stopReconnecting = flow.outbox.schedule(
    () => {
      if (flow.state().offline) void reconnect(flow, tries)
    },
    pause * (1 - flow.outbox.random() / 2),
  )
}
