/** Signing in and out, and opening a plan. */
import { countDrafts } from './drafts.ts'
import { type Flow, run, runQuietly } from './flow.ts'
import { sendInBackground, startOutbox } from './outbox.ts'

/** Tries a key; it is kept only once the server has known it. With one plan, that plan opens. */
export function signIn(flow: Flow, typed: string): Promise<void> {
  const key = typed.trim()
  return run(flow, 'busy.signIn', async () => {
    const api = flow.connect(key)
    const me = await api.me()
    flow.api = api
    flow.keys.write(key)
    flow.dispatch({ type: 'signedIn', me })
    await runQuietly(flow, () => startOutbox(flow, me))
    const only = me.plans.length === 1 ? me.plans[0] : undefined
    if (only) await pullPlan(flow, only.id)
  })
}

/** Goes on with the key of the last visit, if there is one. */
export async function resume(flow: Flow): Promise<void> {
  const key = flow.keys.read()
  if (key) await signIn(flow, key)
}

/** What the browser's `online` event starts: signing in, where there was no network for it, or sending. */
export async function goOnline(flow: Flow): Promise<void> {
  if (flow.state().me) await sendInBackground(flow, true)
  else await resume(flow)
}

export function signOut(flow: Flow): void {
  flow.keys.clear()
  flow.outbox.sender?.stop()
  flow.api = flow.connect('')
  flow.dispatch({ type: 'signedOut' })
}

export function openPlan(flow: Flow, planId: string): Promise<void> {
  return run(flow, 'busy.plan', () => pullPlan(flow, planId))
}

/** Reads a plan and its rows, and makes it the one that is worked on. */
export async function pullPlan(flow: Flow, planId: string): Promise<void> {
  const [plan, rows] = await Promise.all([flow.api.plan(planId), flow.api.rows(planId)])
  flow.dispatch({ type: 'planOpened', plan, rows })
  await countDrafts(flow)
}
