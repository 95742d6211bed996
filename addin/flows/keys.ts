/** Access keys for units and offices, issued by the commission. */
import type { CreateKey } from '../../domain/protocol.ts'
import { type Flow, run } from './flow.ts'

/** Makes a key; it is shown once and kept nowhere. */
export function createKey(flow: Flow, request: CreateKey): Promise<void> {
  const key = flow.newId()
  return run(flow, 'busy.key', async () => {
    const { plan } = flow.state()
    if (!plan) return
    const newKey = await flow.api.createKey(plan.plan.id, request, key)
    flow.dispatch({ type: 'keyMade', newKey })
  })
}
