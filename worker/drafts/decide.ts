/**
 * What a reviewer (审核) of a unit does with its drafts: looks, releases, returns. A release is the
 * kept body received as a submission of the reviewer's key, so that merge, conflicts, receipt and
 * record are those of any other.
 */
import {
  type DraftDetail,
  type DraftInfo,
  type Receipt,
  type ReturnDraft,
  Submission as SubmissionSchema,
} from '../../domain/protocol.ts'
import { parseBody } from '../body.ts'
import type { Call } from '../endpoint.ts'
import { Refusal } from '../refusal.ts'
import { emptyGuard, guardKey, runBatch } from '../store/batch.ts'
import { findDraft, insertDecisions, type StoredDraft } from '../store/drafts.ts'
import { sheetIdOf } from '../store/plans.ts'
import { readReceipt, readSubmission, selectSubmission } from '../store/submissions.ts'
import type { SubmissionBody } from '../submission/load.ts'
import { receiveSubmission } from '../submission/receive.ts'
import { mayWriteRow } from '../submission/writable.ts'

/** A draft of the caller's unit with its receipt. Throws draft-not-found. */
export async function showDraft(call: Call<undefined>): Promise<DraftDetail> {
  const draft = await findOwn(call)
  const { info } = draft
  if (info.state === 'released') return { draft: info, ...(await readRelease(call, draft)) }
  const given = JSON.parse(draft.result) as Receipt
  if (info.state !== 'open') return { draft: info, receipt: given }
  try {
    const receipt = await receiveSubmission({ ...toSubmission(call, draft), dryRun: true }, draft.planId)
    return { draft: info, receipt: { ...receipt, submissionId: info.id, draftId: info.id } }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, detail } = error.toBody(call.requestId, call.language)
    return { draft: info, receipt: given, refusal: { code, detail } }
  }
}

/**
 * Releases a draft, once: whoever comes second gets the same receipt. Throws draft-not-found,
 * duty-not-allowed, draft-decided, and whatever a submission is refused for; the draft then stays open.
 */
export async function releaseDraft(call: Call<unknown>): Promise<Receipt> {
  const draft = await findOwn(call)
  refuseDecider(call, draft)
  if (draft.info.state !== 'open') return replayRelease(call, draft)
  try {
    return await receiveSubmission(toSubmission(call, draft), draft.planId, {
      alongside: ({ submissionId, at }) =>
        insertDecisions(call.db, [draft.info.id], { kind: 'released', submissionId, keyId: call.caller.key.id, at }),
    })
  } catch (error) {
    // Somebody else may have decided it meanwhile.
    const now = await findDraft(call.db, draft.info.id)
    if (!now || now.info.state === 'open') throw error
    return replayRelease(call, now)
  }
}

/**
 * Returns a draft to whoever sent it, with a reason. The same key saying the same again changes
 * nothing. Throws draft-not-found, duty-not-allowed, draft-decided.
 */
export async function returnDraft(call: Call<ReturnDraft>): Promise<DraftInfo> {
  const { db, caller, body, services } = call
  const draft = await findOwn(call)
  refuseDecider(call, draft)
  const decision = {
    kind: 'returned' as const,
    reason: body.reason,
    keyId: caller.key.id,
    at: services.now().toISOString(),
  }
  if (draft.info.state === 'open') {
    try {
      await runBatch(db, [guardKey(db, decision), ...insertDecisions(db, [draft.info.id], decision), emptyGuard(db)])
    } catch (error) {
      const now = await findDraft(db, draft.info.id)
      if (error instanceof Refusal || !now || now.info.state === 'open') throw error
    }
  }
  const now = await findOwn(call)
  const isSaid = now.info.state === 'returned' && now.info.reason === body.reason && now.decidedBy === caller.key.id
  if (!isSaid) throw new Refusal('draft-decided')
  return now.info
}

async function findOwn({ db, params, caller }: Call<unknown>): Promise<StoredDraft> {
  const draft = await findDraft(db, params.id ?? '')
  if (!draft || draft.actorId !== caller.actor.id) throw new Refusal('draft-not-found')
  return draft
}

/** A draft is decided whole: by a reviewer whose key reaches every row that it names. */
function refuseDecider({ caller }: Call<unknown>, draft: StoredDraft): void {
  const { rows } = JSON.parse(draft.body) as SubmissionBody
  const reachesAll = rows.every(({ rowId }) => mayWriteRow(caller, draft.planId, rowId))
  if (caller.key.duty !== 'reviewer' || !reachesAll) throw new Refusal('duty-not-allowed')
}

/**
 * The request that a release makes of a draft. It writes what the key it came from may write, and no
 * more. No client can send an idempotency key with a blank, so none can take this one.
 */
function toSubmission(call: Call<unknown>, draft: StoredDraft): Call<SubmissionBody> {
  const { caller } = call
  return {
    ...call,
    caller: { ...caller, key: { ...caller.key, duty: 'reviewer', scope: draft.scope } },
    body: parseBody(draft.body, SubmissionSchema),
    raw: { text: draft.body, sha256: draft.bodySha256 },
    idempotencyKey: `release ${draft.info.id}`,
  }
}

/** The receipt of a draft that was released before. Throws draft-decided where it was not released. */
async function replayRelease(call: Call<unknown>, draft: StoredDraft): Promise<Receipt> {
  if (draft.info.state !== 'released') throw new Refusal('draft-decided')
  return { ...(await readRelease(call, draft)).receipt, replayed: true }
}

async function readRelease({ db }: Call<unknown>, draft: StoredDraft): Promise<Pick<DraftDetail, 'receipt' | 'moved'>> {
  const { rows } = JSON.parse(draft.body) as SubmissionBody
  const bases = JSON.stringify(rows.map(({ rowId, baseVer }) => ({ rowId, ver: baseVer })))
  const [stored, moved] = await db.batch([
    selectSubmission(db, draft.info.submissionId ?? ''),
    db
      .prepare(
        `SELECT e.value ->> '$.rowId' AS rowId, e.value ->> '$.ver' AS "from", s.commit_seq AS "to"
         FROM json_each(?2) e JOIN submission s ON s.id = ?3
         WHERE (SELECT max(v.seq) FROM row_event v WHERE v.sheet_id = ?1 AND v.row_id = e.value ->> '$.rowId'
           AND v.seq < s.commit_seq) = e.value ->> '$.ver'
         AND EXISTS (SELECT 1 FROM row_event v WHERE v.sheet_id = ?1 AND v.row_id = e.value ->> '$.rowId'
           AND v.seq = s.commit_seq)`,
      )
      .bind(sheetIdOf(draft.planId), bases, draft.info.submissionId),
  ])
  const submission = readSubmission(stored)
  if (!submission) throw new Error('the submission of a released draft is gone')
  return { receipt: readReceipt(submission, false), moved: (moved?.results ?? []) as DraftDetail['moved'] }
}
