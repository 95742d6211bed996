/** 印发: the commission closes the collecting of targets; from then on the texts stand. */
import { type Flow, notice, run } from './flow.ts'
import { pullPlan } from './session.ts'

/** Issues the open plan under its document number; `issuedOn` is YYYY-MM-DD. */
export function issuePlan(flow: Flow, document: { documentNumber: string; issuedOn: string }): Promise<void> {
  const key = flow.newId()
  return run(flow, 'busy.issue', async () => {
    const { plan } = flow.state()
    if (!plan) return
    await flow.api.issue(plan.plan.id, document, key)
    await pullPlan(flow, plan.plan.id)
    notice(flow, { tone: 'success', text: 'issue.done', params: { number: document.documentNumber } })
  })
}
