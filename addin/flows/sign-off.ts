/** 报送审核: whether what 经办 keys submit waits for a 审核 key of their unit, as the commission sets it for a plan. */
import type { PlanSettings } from '../../domain/protocol.ts'
import { type Flow, notice, run } from './flow.ts'
import { pullPlan } from './session.ts'

/** Changes the setting of the open plan and reads the plan again. */
export function setSignOff(flow: Flow, signOff: PlanSettings['signOff']): Promise<void> {
  const key = flow.newId()
  return run(flow, 'busy.signOff', async () => {
    const { plan } = flow.state()
    if (!plan) return
    await flow.api.changeSettings(plan.plan.id, { signOff }, key)
    await pullPlan(flow, plan.plan.id)
    flow.dispatch({ type: 'went', screen: 'keys' })
    notice(flow, { tone: 'success', text: 'signOff.changed' })
  })
}
