/** 收回的文件 as the pane's state has them, and the plan against which they are read. */
import type { Flow } from './flow.ts'
import type { IntakeItem } from './intake-item.ts'
import type { IntakeContext } from './intake-read.ts'
import { rememberVisit } from './remember-visit.ts'

/** Every table of every file that was taken in. */
export function itemsOf(flow: Flow): IntakeItem[] {
  return flow.state().intake?.items ?? []
}

/** Undefined once it was removed. */
export function findItem(flow: Flow, id: string): IntakeItem | undefined {
  return itemsOf(flow).find((item) => item.id === id)
}

/** Changes one of them; `changes` with a value of undefined takes that part away. */
export function changeItem(flow: Flow, id: string, changes: Partial<IntakeItem>): void {
  flow.dispatch({ type: 'intakeChanged', id, changes })
}

/** The screen is only offered with a plan open. */
export function contextOf(flow: Flow): IntakeContext {
  const { plan, rows, locale } = flow.state()
  if (!plan || !rows) throw new Error('no plan is open')
  return { plan, rows, locale, newId: flow.newId }
}

/** Reads the master's rows again, for what was compared with them. */
export async function refreshRows(flow: Flow): Promise<void> {
  flow.dispatch({ type: 'rowsPulled', rows: await flow.api.rows(contextOf(flow).plan.plan.id) })
  await rememberVisit(flow)
}
