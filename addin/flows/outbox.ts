/** 待发箱: keeping submissions before they are sent, sending them, and telling how they ended. */
import { isUnsent, type OutboxRecord } from '../outbox/record.ts'
import { createSender } from '../outbox/sender.ts'
import { type Flow, notice, run, runQuietly, type Step } from './flow.ts'
import { readGrid, snapshotOf, specOf } from './reading.ts'
import { writeVersions } from './settle.ts'

/** An attempt that hangs longer counts as unanswered: it holds the lock against every other pane. */
const ATTEMPT_MS = 60_000

/** Takes up what an earlier visit of this actor left. */
export async function startOutbox(flow: Flow, actorId: string): Promise<void> {
  const { outbox } = flow
  outbox.sender?.stop()
  const store = await outbox.store
  outbox.sender = createSender({
    ...outbox,
    store,
    actorId,
    lockName: `${outbox.lockName}${actorId}`,
    submit: ({ planId, submission, id }) =>
      flow.api.submit(planId, submission, false, id, AbortSignal.timeout(ATTEMPT_MS)),
    onChange: (records) => flow.dispatch({ type: 'outboxRead', outbox: { records, isLasting: store.isLasting } }),
    onDue: () => void sendInBackground(flow),
  })
  await refreshOutbox(flow)
  void sendInBackground(flow)
}

/** Shows what the store holds now; other panes change it too. */
export async function refreshOutbox(flow: Flow): Promise<void> {
  const store = await flow.outbox.store
  const actorId = flow.state().me?.actor.id
  if (actorId === undefined) return
  flow.dispatch({
    type: 'outboxRead',
    outbox: { records: await store.list(actorId), isLasting: store.isLasting },
  })
}

/** Does not show as busy while it waits for the network; what came to an end is told once other work is done. */
export async function sendInBackground(flow: Flow, now = false): Promise<void> {
  await runQuietly(flow, async () => {
    const ended = (await flow.outbox.sender?.send({ now })) ?? []
    if (ended.length > 0) whenIdle(flow, () => run(flow, 'busy.landing', (step) => landAll(flow, step, ended)))
  })
}

function whenIdle(flow: Flow, work: () => Promise<void>): void {
  if (flow.state().busy) flow.afterwards.push(work)
  else void work()
}

/** 立即重试. */
export function sendNow(flow: Flow): Promise<void> {
  return run(flow, 'busy.submit', async (step) => {
    await landAll(flow, step, (await flow.outbox.sender?.send({ now: true })) ?? [])
    const left = unsent(flow).length
    if (left > 0) notice(flow, { tone: 'warning', text: 'outbox.stillWaiting', params: { count: left } })
  })
}

/**
 * Sends what waits for the open plan before anything else of it is previewed: a submission that is
 * built before an earlier one has arrived would be in conflict with it. False, with a word to the
 * person, where it did not arrive.
 */
export async function sendEarlier(flow: Flow, step: Step): Promise<boolean> {
  if (unsent(flow).length === 0) return true
  await landAll(flow, step, (await flow.outbox.sender?.send({ now: true })) ?? [])
  const planId = flow.state().plan?.plan.id
  if (!unsent(flow).some((record) => record.planId === planId)) return true
  flow.dispatch({ type: 'went', screen: 'outbox' })
  notice(flow, { tone: 'warning', text: 'outbox.earlier' })
  return false
}

function unsent(flow: Flow): OutboxRecord[] {
  return flow.state().outbox?.records.filter(isUnsent) ?? []
}

/** Keeps a submission before it is sent, so that closing the pane cannot lose it. */
export async function keepRecord(
  flow: Flow,
  content: Pick<OutboxRecord, 'sheet' | 'snapshot' | 'submission'>,
): Promise<OutboxRecord> {
  const { me, plan } = flow.state()
  if (!me || !plan) throw new Error('nobody has signed in or no plan is open')
  const now = flow.now().getTime()
  const { sheet, snapshot, submission } = content
  const record: OutboxRecord = {
    id: flow.newId(),
    planId: plan.plan.id,
    planTitle: plan.plan.title,
    actorId: me.actor.id,
    sheet,
    snapshot,
    submission,
    createdAt: now,
    tries: 0,
    nextAt: now,
    state: 'waiting',
  }
  await (await flow.outbox.store).put(record)
  await refreshOutbox(flow)
  return record
}

/** Sends a kept record, and earlier ones before it. `done` and `refused` are taken out of the outbox. */
export async function sendRecord(flow: Flow, { id }: OutboxRecord): Promise<OutboxRecord | undefined> {
  await flow.outbox.sender?.send({ now: true })
  const store = await flow.outbox.store
  const after = await store.get(id)
  if (after && !isUnsent(after)) await store.remove(id)
  await refreshOutbox(flow)
  return after
}

/** Says that a record waits, and whether it survives closing the pane. */
export function tellKept(flow: Flow): void {
  flow.dispatch({ type: 'queued' })
  const isLasting = flow.state().outbox?.isLasting
  notice(flow, isLasting ? { tone: 'info', text: 'outbox.kept' } : { tone: 'warning', text: 'outbox.keptInMemory' })
}

async function landAll(flow: Flow, step: Step, ended: OutboxRecord[]): Promise<void> {
  const store = await flow.outbox.store
  for (const record of ended) {
    // Whoever waited for this record in front has shown it and taken it out.
    if (!(await store.get(record.id))) continue
    const { sheet, receipt, refusal = '' } = record
    if (receipt) {
      await settleUnchanged(flow, step, record).catch(() => {
        // The submission stands. With its old versions the sheet merges the same the next time.
      })
      notice(flow, { tone: 'success', text: 'outbox.landed', params: { sheet, number: receipt.number } })
    } else notice(flow, { tone: 'error', text: 'outbox.refused', params: { sheet, refusal } })
  }
}

/** Writes the new versions where the sheet is open and nobody has touched it since. */
async function settleUnchanged(flow: Flow, step: Step, record: OutboxRecord): Promise<void> {
  const { plan } = flow.state()
  if (plan?.plan.id !== record.planId || !record.receipt) return
  const grid = await flow.host.read(record.sheet)
  if (!grid || snapshotOf(readGrid(grid, specOf(flow)).table) !== record.snapshot) return
  await writeVersions(flow, step, record.sheet, record.receipt)
}
