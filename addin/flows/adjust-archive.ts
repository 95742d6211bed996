/** 归档: the end of an issued plan. It is for good, so it is sent once and only after it was said what it means. */
import { type Flow, notice, run } from './flow.ts'
import { pullPlan } from './session.ts'

/** Archives the open plan with its reason, and reads it again as what it is now. */
export function archivePlan(flow: Flow, reason: string): Promise<void> {
  const key = flow.newId()
  return run(flow, 'busy.archive', async () => {
    const { plan } = flow.state()
    if (!plan) return
    await flow.api.archive(plan.plan.id, { reason }, key)
    await pullPlan(flow, plan.plan.id)
    notice(flow, { tone: 'success', text: 'archive.done', params: { title: plan.plan.title } })
  })
}
