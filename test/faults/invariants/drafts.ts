/**
 * Every draft that was acknowledged is released (accounted.ts then follows its edits), returned with a
 * reason, superseded by one that holds all of it, or open; decided at most once, and nothing before.
 */
import { foldText } from '../../../domain/fold.ts'
import type { Case, Finding } from '../checker.ts'
import type { StoredDraft } from '../evidence.ts'
import { type OperationOf, operationsOf } from '../history.ts'
import { canonical, milestonesOf } from '../timeline.ts'
import { listEdits } from './cell-edits.ts'

export function checkDrafts(run: Case): Finding[] {
  const { drafts } = run.evidence
  return [
    ...drafts.flatMap((draft) => {
      const message = findWrongEnd(run, draft)
      return message === undefined ? [] : [{ message: `draft ${draft.id} ${message}`, about: aboutOf(draft) }]
    }),
    ...checkReleases(run),
    ...checkReturns(run),
  ]
}

function aboutOf({ idempotencyKey }: StoredDraft): Finding['about'] {
  return { idempotencyKey }
}

/** What is wrong with how a draft ended, or with what became of it before. */
function findWrongEnd(run: Case, draft: StoredDraft): string | undefined {
  const { history, evidence } = run
  const { decision } = draft
  const made = evidence.submissions.filter(({ status, draftId }) => status === 'accepted' && draftId === draft.id)
  if (decision?.kind !== 'released') {
    if (made.length > 0) return `was merged, but is ${decision?.kind ?? 'open'}`
  } else if (made.length !== 1 || made[0]?.id !== decision.submissionId || made[0].body !== draft.body) {
    return `was released, and is ${made.length} submissions`
  }
  const direct = evidence.submissions.some(
    ({ status, actorId, idempotencyKey, draftId }) =>
      status === 'accepted' &&
      draftId === undefined &&
      actorId === draft.actorId &&
      idempotencyKey === draft.idempotencyKey,
  )
  if (direct) return 'was also received without a release'
  const isOwnUnit = !decision || evidence.keys.find(({ id }) => id === decision.keyId)?.actorId === draft.actorId
  if (!isOwnUnit) return `was decided by key ${decision.keyId} of another unit`
  switch (decision?.kind) {
    case 'released':
      return wasAsked(history, 'release', draft, decision.keyId) ? undefined : 'was released by nobody'
    case 'returned':
      return operationsOf(history, 'return').some(
        (operation) =>
          operation.draftId === draft.id &&
          operation.reason === decision.reason &&
          // A replica that lags may not show whoever returned it that it was them.
          (operation.outcome !== 'refused' || operation.faults.includes('stale-read')),
      )
        ? undefined
        : `was returned for ${decision.reason}, which nobody said`
    case 'superseded':
      return evidence.drafts.some((later) => later.at >= draft.at && holds(run, later, draft))
        ? undefined
        : 'was superseded, but no other draft of its key holds all of it'
    default:
      return undefined
  }
}

function wasAsked(history: Case['history'], kind: 'release', draft: StoredDraft, keyId: string): boolean {
  return operationsOf(history, kind).some(
    (operation) => operation.draftId === draft.id && operation.keyId === keyId && operation.outcome !== 'refused',
  )
}

/** Whether a draft of the same key changes or reads everything as the older one has it. */
function holds(run: Case, later: StoredDraft, older: StoredDraft): boolean {
  if (later.id === older.id || later.keyId !== older.keyId) return false
  const [now, then] = [later, older].map((draft) => requestOf(run, draft))
  if (!now || !then) return false
  const milestones = milestonesOf(run.history)
  const hasCells = then.body.rows.every((row) => {
    const other = now.body.rows.find(({ rowId }) => rowId === row.rowId)
    const edits = other ? listEdits(other, now.bases[row.rowId], milestones) : []
    return listEdits(row, then.bases[row.rowId], milestones).every(({ column, to }) => {
      const text = other?.cells[column]
      const reads = text !== undefined && to !== null && foldText(text) === foldText(to)
      return reads || edits.some((edit) => edit.column === column)
    })
  })
  const hasReasons = (then.body.reasons ?? []).every(({ rowId, column, code }) =>
    now.body.reasons?.some(
      (other) => canonical([other.rowId, other.column, other.code]) === canonical([rowId, column, code]),
    ),
  )
  return hasCells && hasReasons
}

/** The request that a draft came with, as its client knows it. */
function requestOf({ history }: Case, { idempotencyKey, body }: StoredDraft): OperationOf<'submit'> | undefined {
  return operationsOf(history, 'submit').find(
    (operation) => operation.idempotencyKey === idempotencyKey && operation.raw === body,
  )
}

/** A draft is released once: whoever was told so got the receipt of the one submission. */
function checkReleases({ history, evidence }: Case): Finding[] {
  return operationsOf(history, 'release').flatMap(({ n, draftId, reply }) => {
    if (!reply) return []
    const draft = evidence.drafts.find(({ id }) => id === draftId)
    const made = evidence.submissions.find(({ id }) => id === reply.submissionId)
    const isIt = draft?.decision?.submissionId === reply.submissionId && made?.seq === reply.seq
    return isIt ? [] : [{ message: `draft ${draftId} was told as released, and is not`, about: { operation: n } }]
  })
}

function checkReturns({ history, evidence }: Case): Finding[] {
  return operationsOf(history, 'return').flatMap(({ n, draftId, outcome, reason }) => {
    const decision = evidence.drafts.find(({ id }) => id === draftId)?.decision
    if (outcome !== 'ok' || (decision?.kind === 'returned' && decision.reason === reason)) return []
    return [{ message: `draft ${draftId} was told as returned, and is not`, about: { operation: n } }]
  })
}
