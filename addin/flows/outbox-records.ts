/** What a person does with the records of 待发箱: open receipts, go back to the sheet, delete. */
import type { OutboxRecord } from '../outbox/record.ts'
import { type Flow, notice, run, runQuietly } from './flow.ts'
import { refreshOutbox, settleRecord } from './outbox.ts'
import { namedGrid, readGrid, specOf } from './reading.ts'
import { pullPlan } from './session.ts'

/** Opens the receipt of a record that has arrived and takes it out; 报送记录 keeps the receipt. */
export function openReceipt(flow: Flow, record: OutboxRecord): Promise<void> {
  return run(flow, 'busy.receipt', async (step) => {
    const { receipt, sheet, planId, submission, copyId, leftOut } = record
    if (!receipt) return
    if (flow.state().plan?.plan.id !== planId) await pullPlan(flow, planId)
    const differing = await settleRecord(flow, step, record)
    flow.dispatch({
      type: 'submitted',
      done: { sheet, receipt, submission, copyId, leftOut, differing: differing ?? [] },
    })
    await (await flow.outbox.store).remove(record.id)
    await refreshOutbox(flow)
  })
}

/** Back to the sheet of a refused record, which still holds what was entered; the record stays. */
export function returnToSheet(flow: Flow, record: OutboxRecord): Promise<void> {
  return run(flow, 'busy.plan', async () => {
    if (flow.state().plan?.plan.id !== record.planId) await pullPlan(flow, record.planId)
    const grid = await namedGrid(flow, record.sheet)
    if (!grid) return
    const { layout } = readGrid(grid, specOf(flow))
    await flow.host.jump(record.sheet, layout?.headerTop ?? 0, 0)
    flow.dispatch({ type: 'went', screen: 'submit' })
    notice(flow, { tone: 'info', text: 'outbox.returned', params: { sheet: record.sheet } })
  })
}

/** Deletes one record, or with none given all of this actor's. */
export function deleteRecords(flow: Flow, record?: OutboxRecord): Promise<void> {
  return run(flow, 'busy.delete', async () => {
    const { me } = flow.state()
    const store = await flow.outbox.store
    if (record) await store.remove(record.id)
    else if (me) await store.clear(me.actor.id)
    await refreshOutbox(flow)
    notice(flow, { tone: 'success', text: 'outbox.deleted' })
  })
}

/** Opens 待发箱 with what other panes have done meanwhile. */
export function openOutbox(flow: Flow): Promise<void> {
  return runQuietly(flow, async () => {
    await refreshOutbox(flow)
    flow.dispatch({ type: 'went', screen: 'outbox' })
  })
}
