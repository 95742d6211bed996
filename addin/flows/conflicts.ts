/** 冲突 and 确认跨期: what a person decides and the merge cannot. */
import { type ConflictBody, MAX_DECISIONS, type MasterRow, type Resolution } from '../../domain/protocol.ts'
import { type Flow, notice, run } from './flow.ts'
import { refreshMaster } from './master.ts'
import type { Respanned } from './respan.ts'

/** `text` for one cell, `cells` and `spans` for several. */
export type Decision = Omit<Resolution, 'ver'>

/** Pulls the conflicts that concern this person, decided ones too, and opens their screen. */
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

/**
 * Decides several alike, each as if alone; what each refused one says is shown with it. A retry after a
 * lost answer goes out under the same keys, so that nothing is decided twice.
 */
export function resolveConflicts(flow: Flow, conflicts: readonly ConflictBody[], decision: Decision): Promise<void> {
  const requests: { key: string; decisions: (Resolution & { conflictId: string })[] }[] = []
  for (let at = 0; at < conflicts.length; at += MAX_DECISIONS) {
    const part = conflicts.slice(at, at + MAX_DECISIONS)
    requests.push({
      key: flow.newId(),
      decisions: part.map(({ id, ver }) => ({ ...decision, conflictId: id, ver })),
    })
  }
  return run(flow, 'busy.resolve', async ({ progress }) => {
    const { plan } = flow.state()
    if (!plan) return
    const refusals: Record<string, string> = {}
    let done = 0
    for (const { key, decisions } of requests) {
      const { outcomes } = await flow.api.resolveSeveral(plan.plan.id, { decisions }, key)
      for (const { conflictId, refusal } of outcomes) if (refusal) refusals[conflictId] = refusal.detail
      done += decisions.length
      progress(done, conflicts.length)
    }
    await refreshConflicts(flow)
    flow.dispatch({ type: 'conflictsRefused', refusals })
    const failed = Object.keys(refusals).length
    notice(
      flow,
      failed === 0
        ? { tone: 'success', text: 'conflicts.allResolved', params: { count: conflicts.length } }
        : { tone: 'warning', text: 'conflicts.someRefused', params: { count: conflicts.length - failed, failed } },
    )
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
