/** Signing in and out, and opening a plan. */

import { isPassing } from '../api.ts'
import { isUnsent } from '../outbox/record.ts'
import { countDrafts } from './drafts.ts'
import { type Flow, leaveSession, notice, run, runQuietly, whenIdle } from './flow.ts'
import { sendInBackground, startOutbox } from './outbox.ts'
import { lookForNewer } from './pull-open.ts'
import { rememberVisit } from './remember-visit.ts'
import { openLastVisit, reconnect } from './visit.ts'

/** Tries a key, as typed from a slip in groups or not; it is kept only once the server has known it. With one plan, that plan opens. */
export function signIn(flow: Flow, typed: string): Promise<void> {
  return run(flow, 'busy.signIn', () => enter(flow, typed.replace(/\s/g, '')))
}

async function enter(flow: Flow, key: string): Promise<void> {
  const api = flow.connect(key)
  const me = await api.me()
  flow.api = api
  flow.keys.write(key)
  flow.dispatch({ type: 'signedIn', me })
  await rememberVisit(flow)
  await runQuietly(flow, () => startOutbox(flow, me))
  const only = me.plans.length === 1 ? me.plans[0] : undefined
  if (only) await pullPlan(flow, only.id)
}

/** Goes on with the key of the last visit, if there is one; without a network, with what that visit knew. */
export async function resume(flow: Flow): Promise<void> {
  const key = flow.keys.read()
  if (!key) return
  await run(flow, 'busy.signIn', async () => {
    try {
      await enter(flow, key)
    } catch (error) {
      if (flow.state().me || !isPassing(error)) throw error
      flow.api = flow.connect(key)
      if (!(await openLastVisit(flow))) throw error
    }
  })
}

/** What the browser's `online` event starts: signing in or renewing, where there was no network for it, or sending. */
export async function goOnline(flow: Flow): Promise<void> {
  if (flow.state().offline) await reconnect(flow)
  else if (flow.state().me) await sendInBackground(flow, true)
  else await resume(flow)
}

/** Leaves the key, then tells what of the person's work stays in this browser. */
export async function signOut(flow: Flow): Promise<void> {
  const unsent = flow.state().outbox?.records.filter(isUnsent).length ?? 0
  leaveSession(flow)
  const files = (await flow.kept?.list()) ?? []
  if (files.length + unsent === 0 || flow.state().me) return
  flow.dispatch({ type: 'leftBehind', left: { files, unsent } })
  notice(flow, { tone: 'info', text: 'left.said' })
}

/** Deletes the unsaved changes that this browser keeps of files. */
export function deleteKept(flow: Flow): Promise<void> {
  return runQuietly(flow, async () => {
    const isDone = await flow.kept?.clear()
    const { left } = flow.state()
    if (isDone && left) flow.dispatch({ type: 'leftBehind', left: { ...left, files: [] } })
    notice(flow, { tone: isDone ? 'success' : 'error', text: isDone ? 'left.deleted' : 'left.notDeleted' })
  })
}

export function openPlan(flow: Flow, planId: string): Promise<void> {
  return run(flow, 'busy.plan', () => pullPlan(flow, planId))
}

/** Reads a plan and its rows, and makes it the one that is worked on. */
export async function pullPlan(flow: Flow, planId: string): Promise<void> {
  const [plan, rows] = await Promise.all([flow.api.plan(planId), flow.api.rows(planId)])
  flow.dispatch({ type: 'planOpened', plan, rows })
  await rememberVisit(flow)
  await countDrafts(flow)
  whenIdle(flow, () => lookForNewer(flow))
}
