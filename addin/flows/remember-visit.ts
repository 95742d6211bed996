/** Keeps what the pane knows now for a visit without a network. */
import type { Flow } from './flow.ts'

/** Never rejects. What is shown offline is not kept again: it is as old as it says. */
export async function rememberVisit(flow: Flow): Promise<void> {
  const { me, plan, rows, offline } = flow.state()
  if (me && !offline) await flow.visits.write({ me, plan, rows, readAt: flow.now().toISOString() })
}
