/** 送审 and 审核: what waits for a reviewer of the unit, its release and return, and the sheet after a release. */
import type { DraftDetail, DraftInfo, RowOutcome, Submission } from '../../domain/protocol.ts'
import type { Row, TableRow } from '../../domain/table.ts'
import { readsAsBefore } from '../outbox/rebase.ts'
import type { State } from '../state.ts'
import { type Flow, notice, run, type Step } from './flow.ts'
import { type FoundReading, writeCarriers } from './reading.ts'

/** Releases that a sheet is brought up to at once; whoever left more behind draws the sheet anew. */
const FOLLOWED = 10

/** Whether what this person submits goes to a reviewer of the unit first. */
export function needsRelease({ me, plan }: State): boolean {
  return me?.actor.role === 'unit' && me.key.duty === 'handler' && plan?.plan.signOff === 'reviewer'
}

/** Whether this person's key may release and return. */
export function isReviewer({ me }: State): boolean {
  return me?.actor.role === 'unit' && me.key.duty !== 'handler'
}

/** Reads the drafts of the open plan: a unit its own, an office those that wait anywhere. */
export async function refreshDrafts(flow: Flow): Promise<void> {
  const { plan } = flow.state()
  if (!plan) return
  const { drafts } = await flow.api.drafts(plan.plan.id)
  if (flow.state().plan?.plan.id === plan.plan.id) flow.dispatch({ type: 'draftsRead', drafts })
}

/** Counts what waits, where the plan asks for sign-off. Opening a plan does not depend on it. */
export async function countDrafts(flow: Flow): Promise<void> {
  if (flow.state().plan?.plan.signOff !== 'reviewer') return
  await refreshDrafts(flow).catch(() => {
    // The list itself says why, once it is opened.
  })
}

/** Opens the list of what waits. */
export function pullDrafts(flow: Flow): Promise<void> {
  return run(flow, 'busy.drafts', async () => {
    await refreshDrafts(flow)
    flow.dispatch({ type: 'went', screen: 'drafts' })
  })
}

/** Opens one draft with what releasing it now would do. */
export function openDraft(flow: Flow, draftId: string): Promise<void> {
  return run(flow, 'busy.drafts', async () => {
    flow.dispatch({ type: 'draftOpened', detail: await flow.api.draft(draftId) })
  })
}

/** Releases the draft that is shown; its receipt opens. */
export function releaseDraft(flow: Flow, { draft }: DraftDetail): Promise<void> {
  return run(flow, 'busy.release', async () => {
    const receipt = await flow.api.releaseDraft(draft.id)
    flow.dispatch({ type: 'submitted', done: { sheet: '', receipt, differing: [] } })
    notice(flow, { tone: 'success', text: 'drafts.released', params: { number: receipt.number } })
    await countDrafts(flow)
  })
}

/** Returns the draft that is shown, with a reason for whoever sent it. */
export function returnDraft(flow: Flow, { draft }: DraftDetail, reason: string): Promise<void> {
  return run(flow, 'busy.returnDraft', async () => {
    await flow.api.returnDraft(draft.id, { reason })
    await refreshDrafts(flow)
    flow.dispatch({ type: 'went', screen: 'drafts' })
    notice(flow, { tone: 'success', text: 'drafts.returned' })
  })
}

/**
 * Moves the rows of a sheet onto the releases of what was sent from it. Without that, a cell that was
 * edited again after it was sent would be in conflict with the unit's own released text. True where a
 * version was written.
 */
export async function followReleases(flow: Flow, step: Step, reading: FoundReading): Promise<boolean> {
  if (flow.state().me?.key.duty !== 'handler') return false
  await refreshDrafts(flow)
  const oldestFirst = await readReleases(flow, flow.state().drafts ?? [])
  const carriers = reading.table.rows.flatMap((row) => {
    const ver = versionAfter(row, oldestFirst)
    return row.at === undefined || ver === row.ver ? [] : [{ at: row.at, rowId: row.rowId, ver: ver ?? 0 }]
  })
  if (carriers.length > 0) await writeCarriers(flow, reading, carriers, step.progress)
  return carriers.length > 0
}

/**
 * The same for a submission that waited in the outbox while what was sent before it was released: its rows
 * go on from the releases. Rejects as every call of the API does.
 */
export async function rebaseOnReleases(flow: Flow, planId: string, submission: Submission): Promise<Submission> {
  if (flow.state().me?.key.duty !== 'handler') return submission
  const oldestFirst = await readReleases(flow, (await flow.api.drafts(planId)).drafts)
  const rows = submission.rows.map((row) => {
    const baseVer = versionAfter({ ...row, ver: row.baseVer }, oldestFirst) ?? row.baseVer
    return { ...row, baseVer }
  })
  return { ...submission, rows }
}

/** The newest releases among drafts, oldest first. */
async function readReleases(flow: Flow, drafts: readonly DraftInfo[]): Promise<DraftDetail[]> {
  const released = drafts.filter(({ state }) => state === 'released').slice(0, FOLLOWED)
  const details = await Promise.all(released.map(({ id }) => flow.api.draft(id)))
  return details.sort((a, b) => (a.receipt.seq ?? 0) - (b.receipt.seq ?? 0))
}

/**
 * The version that a row may go on from. A release takes it further only where nobody else changed the
 * row meanwhile (the server says so in `moved`) and the sheet really holds what was released: a cell
 * that reads as before it would else look like the wish to undo it.
 */
function versionAfter(row: Pick<TableRow, 'rowId' | 'ver' | 'cells'>, oldestFirst: DraftDetail[]): number | undefined {
  let ver = row.ver
  for (const { moved = [], receipt } of oldestFirst) {
    const move = moved.find(({ rowId, from }) => rowId === row.rowId && from === ver)
    const outcome = receipt.rows.find(({ rowId }) => rowId === row.rowId)
    if (move && outcome && holds(row, outcome)) ver = move.to
  }
  return ver
}

function holds(row: Row, outcome: RowOutcome): boolean {
  return outcome.applied.every(({ column }) => !readsAsBefore(outcome, row, column))
}
