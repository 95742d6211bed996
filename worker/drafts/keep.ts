/** Keeping what a 经办 key sent until a 审核 key of its unit releases it. Nothing is merged by that. */
import type { Receipt } from '../../domain/protocol.ts'
import { beijingDate } from '../beijing-date.ts'
import type { Call } from '../endpoint.ts'
import { emptyGuard, guardStatement, runBatch } from '../store/batch.ts'
import { findDraft, insertDecisions, insertDraft, listOpenDrafts } from '../store/drafts.ts'
import { type Loaded, loadForSubmission, type SubmissionBody } from '../submission/load.ts'
import { coversDraft } from './covers.ts'

/** Earlier open drafts that a new one is held against; older ones stay open. */
const COMPARED = 10

/**
 * Stores a submission as a draft, under the guard of the key and the plan's state, and closes the
 * earlier drafts of the same key that it holds all of. `tried`: its receipt as a dry run. Rejects as
 * the batch does.
 */
export async function keepDraft(call: Call<SubmissionBody>, loaded: Loaded, tried: Receipt): Promise<Receipt> {
  const { db, caller, raw, path, idempotencyKey = '' } = call
  const { submissionId: id, planId, at, totals } = tried
  const keyId = caller.key.id
  const receipt: Receipt = { ...tried, draftId: id }
  const superseded = await findCovered(call, loaded, planId)
  await runBatch(db, [
    guardStatement(db, { keyId, at, sheetId: loaded.sheetId, epoch: loaded.epoch, expected: [] }),
    ...insertDraft(db, {
      id,
      planId,
      actorId: caller.actor.id,
      keyId,
      idempotencyKey,
      path,
      bodySha256: raw.sha256,
      body: raw.text,
      at,
      totals,
      result: JSON.stringify(receipt),
    }),
    ...insertDecisions(db, superseded, { kind: 'superseded', keyId, at }),
    emptyGuard(db),
  ])
  return receipt
}

/** Earlier open drafts of the calling key that the new one holds all of. */
async function findCovered(call: Call<SubmissionBody>, loaded: Loaded, planId: string): Promise<string[]> {
  const { db, caller, body, services } = call
  const today = beijingDate(services.now())
  const covered: string[] = []
  for (const id of await listOpenDrafts(db, planId, caller.key.id, COMPARED)) {
    const draft = await findDraft(db, id)
    if (!draft) continue
    // It passed the schema when it came.
    const earlier = JSON.parse(draft.body) as SubmissionBody
    const then = await loadForSubmission(db, planId, caller.actor, '', earlier, today)
    if (coversDraft({ body, loaded }, { body: earlier, loaded: then })) covered.push(id)
  }
  return covered
}
