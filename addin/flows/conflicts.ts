/** 冲突 and 确认跨期: what a person decides and the merge cannot. */
import type { ConflictBody, MasterRow, Resolution } from '../../domain/protocol.ts'
import { type Flow, notice, run } from './flow.ts'
import { refreshMaster } from './master.ts'
import type { Respanned } from './respan.ts'

export type Decision = { choose: Resolution['choose']; text?: string; reason?: string }

/** Pulls the open conflicts that concern this person and opens their screen. */
export function pullConflicts(flow: Flow): Promise<void> {
  return run(flow, 'busy.conflicts', async () => {
    await refreshConflicts(flow)
    flow.dispatch({ type: 'went', screen: 'conflicts' })
  })
}

async function refreshConflicts(flow: Flow): Promise<void> {
  const { plan } = flow.state()
  if (!plan) return
  const [{ conflicts }, rows] = await Promise.all([flow.api.conflicts(plan.plan.id), flow.api.rows(plan.plan.id)])
  flow.dispatch({ type: 'conflictsPulled', conflicts })
  flow.dispatch({ type: 'rowsPulled', rows })
}

/** Decides one conflict at the version that was shown; a newer one is refused by the server. */
export function resolveConflict(flow: Flow, conflict: ConflictBody, decision: Decision): Promise<void> {
  const key = flow.newId()
  return run(flow, 'busy.resolve', async () => {
    await flow.api.resolve(conflict.id, { ...decision, ver: conflict.ver }, key)
    await refreshConflicts(flow)
    notice(flow, { tone: 'success', text: 'conflicts.resolved' })
  })
}

/** Confirms the periods of a row's merged cells, as they are proposed or as corrected. */
export function confirmSpans(flow: Flow, row: MasterRow, corrected?: Respanned): Promise<void> {
  const key = flow.newId()
  return run(flow, 'busy.spans', async () => {
    const { plan } = flow.state()
    if (!plan) return
    await flow.api.confirmSpans(plan.plan.id, row.rowId, { baseVer: row.ver, ...corrected }, key)
    await refreshMaster(flow)
    notice(flow, { tone: 'success', text: 'spans.confirmed' })
  })
}
