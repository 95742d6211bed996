/** 报送记录: what was submitted before, and its receipts again. */
import type { SubmissionList } from '../../domain/protocol.ts'
import { refreshDrafts } from './drafts.ts'
import { type Flow, run } from './flow.ts'

/** Pulls the submissions of the plan, a unit only its own, and opens their screen. */
export function pullSubmissions(flow: Flow): Promise<void> {
  return run(flow, 'busy.submissions', async () => {
    const { plan } = flow.state()
    if (!plan) return
    const submissions: SubmissionList['submissions'] = []
    let cursor: string | undefined
    do {
      const page = await flow.api.submissions(plan.plan.id, cursor)
      submissions.push(...page.submissions)
      cursor = page.next
    } while (cursor !== undefined)
    // Where its rows stand is as new as the list beside it.
    flow.dispatch({ type: 'rowsPulled', rows: await flow.api.rows(plan.plan.id) })
    if (flow.state().me?.actor.role === 'unit') await refreshDrafts(flow)
    flow.dispatch({ type: 'submissionsPulled', submissions })
  })
}

/** Opens the receipt of an accepted submission again, and reads what was decided of its conflicts since. */
export function reopenReceipt(flow: Flow, submissionId: string): Promise<void> {
  return run(flow, 'busy.receipt', async () => {
    const { plan } = flow.state()
    const receipt = await flow.api.receipt(submissionId)
    if (plan && receipt.totals.conflicts > 0) {
      const { conflicts } = await flow.api.conflicts(plan.plan.id)
      flow.dispatch({ type: 'conflictsPulled', conflicts })
    }
    flow.dispatch({ type: 'receiptReopened', receipt })
  })
}
