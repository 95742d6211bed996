/** 待发箱: keeping submissions before they are sent, sending them, and telling how they ended. */
import type { Me } from '../../domain/protocol.ts'
import type { Difference } from '../exchange-state.ts'
import { isUnsent, type OutboxRecord } from '../outbox/record.ts'
import { createSender, isOf } from '../outbox/sender.ts'
import { rebaseOnReleases } from './drafts.ts'
import { type Flow, notice, run, runQuietly, type Step, whenIdle } from './flow.ts'
import { writeVersions } from './settle.ts'

/** An attempt that hangs longer counts as unanswered: it holds the lock against every other pane. */
const ATTEMPT_MS = 60_000

/** Takes up what an earlier visit of this actor left. */
export async function startOutbox(flow: Flow, { actor: { id: actorId }, key }: Me): Promise<void> {
  const { outbox } = flow
  outbox.sender?.stop()
  const store = await outbox.store
  outbox.sender = createSender({
    ...outbox,
    store,
    actorId,
    keyId: key.id,
    lockName: `${outbox.lockName}${actorId}`,
    submit: ({ planId, id }, submission) =>
      flow.api.submit(planId, submission, false, id, AbortSignal.timeout(ATTEMPT_MS)),
    readRows: async (planId) => (await flow.api.rows(planId)).rows,
    followReleases: (planId, submission) => rebaseOnReleases(flow, planId, submission),
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

/** 立即重试. */
export function sendNow(flow: Flow): Promise<void> {
  return run(flow, 'busy.submit', (step) => sendAll(flow, step))
}

async function sendAll(flow: Flow, step: Step): Promise<void> {
  await landAll(flow, step, (await flow.outbox.sender?.send({ now: true })) ?? [])
  const left = unsent(flow).length
  if (left > 0) notice(flow, { tone: 'warning', text: 'outbox.stillWaiting', params: { count: left } })
}

/**
 * Sends what waits for the open plan before anything else of it is previewed: a preview is made by
 * the server, which must know the earlier one first. False, with a word to the person and the offer
 * to put the sheet in behind it, where it did not arrive.
 */
export async function sendEarlier(flow: Flow, step: Step): Promise<boolean> {
  const planId = flow.state().plan?.plan.id
  const ofPlan = () => (flow.state().outbox?.records ?? []).filter((record) => record.planId === planId)
  if (ofPlan().some(isUnsent)) await landAll(flow, step, (await flow.outbox.sender?.send({ now: true })) ?? [])
  if (ofPlan().some(isUnsent)) {
    flow.dispatch({ type: 'previewUnreached' })
    notice(flow, { tone: 'warning', text: 'outbox.earlier' })
    return false
  }
  // One that arrived while its file was not open; its sheet is open now.
  for (const record of ofPlan()) await settleRecord(flow, step, record)
  return true
}

/** Whether records wait that were put in under another key of this unit. */
export function strandedRecords(flow: Flow): OutboxRecord[] {
  const keyId = flow.state().me?.key.id ?? ''
  return unsent(flow).filter((record) => !isOf(record, keyId))
}

/** 以当前密钥报送: takes over what was put in under an earlier key of the same unit, once the person has said so. */
export function takeOver(flow: Flow): Promise<void> {
  return run(flow, 'busy.submit', async (step) => {
    const keyId = flow.state().me?.key.id
    const store = await flow.outbox.store
    for (const { id } of strandedRecords(flow)) {
      await store.update(id, (known) => (keyId === undefined ? known : { ...known, keyId }))
    }
    await sendAll(flow, step)
  })
}

function unsent(flow: Flow): OutboxRecord[] {
  return flow.state().outbox?.records.filter(isUnsent) ?? []
}

/** Keeps a submission before it is sent, so that closing the pane cannot lose it. */
export async function keepRecord(
  flow: Flow,
  { sheet, submission, leftOut }: Pick<OutboxRecord, 'sheet' | 'submission' | 'leftOut'>,
): Promise<OutboxRecord> {
  const { me, plan } = flow.state()
  if (!me || !plan) throw new Error('nobody has signed in or no plan is open')
  const store = await flow.outbox.store
  const last = (await store.list(me.actor.id)).at(-1)
  const now = flow.now().getTime()
  const record: OutboxRecord = {
    id: flow.newId(),
    planId: plan.plan.id,
    planTitle: plan.plan.title,
    actorId: me.actor.id,
    keyId: me.key.id,
    sheet,
    copyId: flow.host.copyId,
    submission,
    ...(leftOut && { leftOut }),
    createdAt: Math.max(now, (last?.createdAt ?? 0) + 1),
    tries: 0,
    nextAt: now,
    state: 'waiting',
  }
  await store.put(record)
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

/**
 * Says that a record waits, whether it survives closing the pane, and how many rows of the sheet are not in it because
 * their ids cannot be read.
 */
export function tellKept(flow: Flow, lost: number): void {
  flow.dispatch({ type: 'queued' })
  const isLasting = flow.state().outbox?.isLasting
  notice(flow, {
    tone: isLasting && lost === 0 ? 'info' : 'warning',
    text: isLasting ? 'outbox.kept' : 'outbox.keptInMemory',
    ...(lost > 0 && { also: { text: 'leftOut.kept', params: { rows: lost } } }),
  })
}

async function landAll(flow: Flow, step: Step, ended: OutboxRecord[]): Promise<void> {
  const store = await flow.outbox.store
  for (const record of ended) {
    // Whoever waited for this record in front has shown it and taken it out.
    if (!(await store.get(record.id))) continue
    const { sheet, receipt, refusal = '' } = record
    if (receipt) {
      await settleRecord(flow, step, record)
      if (receipt.draftId !== undefined) notice(flow, { tone: 'info', text: 'draft.landed', params: { sheet } })
      else notice(flow, { tone: 'success', text: 'outbox.landed', params: { sheet, number: receipt.number } })
    } else notice(flow, { tone: 'error', text: 'outbox.refused', params: { sheet, refusal } })
  }
}

/** Writes the new versions where the sheet of a record that has arrived is open, as `writeVersions`; edits made since stay. */
export async function settleRecord(flow: Flow, step: Step, record: OutboxRecord): Promise<Difference[] | undefined> {
  const { sheet, receipt, submission, copyId } = record
  if (!receipt || flow.state().plan?.plan.id !== record.planId) return undefined
  try {
    if (!(await flow.host.read(sheet))) return undefined
    return await writeVersions(flow, step, { sheet, receipt, submission, copyId })
  } catch {
    // The submission stands. With its old versions the sheet can at worst conflict with itself.
    return undefined
  }
}
