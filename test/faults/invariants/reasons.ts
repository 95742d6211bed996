/**
 * A reason for a warning is kept with the text that it was given for, is shown while that very text
 * stands, lapses with it and comes back with it; the last one given counts.
 */
import type { Receipt } from '../../../domain/protocol.ts'
import type { Case, Finding } from '../checker.ts'
import type { StoredReason, StoredSubmission } from '../evidence.ts'
import { type OperationOf, operationsOf } from '../history.ts'
import { isForeign } from './accounted.ts'

const MILESTONE = 'milestone.P1'

export function checkReasons(run: Case): Finding[] {
  return [...checkKept(run), ...checkShown(run)]
}

/** Every reason for a row that was taken is stored; every stored one was given, for a text that stood or was sent. */
function checkKept(run: Case): Finding[] {
  const { evidence } = run
  return evidence.submissions.flatMap((submission) => {
    const { id, status, receipt, idempotencyKey } = submission
    const stored = evidence.reasons.filter(({ submissionId }) => submissionId === id)
    const about = { idempotencyKey }
    const sent = requestOf(run, submission)
    if (status !== 'accepted' || !receipt || !sent) {
      return stored.length === 0 ? [] : [{ message: `${idempotencyKey} was refused, its reasons are kept`, about }]
    }
    const given = sent.body.reasons ?? []
    const missing = given.filter((one) => isTaken(run, sent, receipt, one) && !stored.some((kept) => isSame(kept, one)))
    const invented = stored.filter((kept) => !given.some((one) => isSame(kept, one)) || !isOfItsText(run, sent, kept))
    return [
      ...missing.map(({ rowId }) => ({ message: `a reason of ${idempotencyKey} for ${rowId} is lost`, about })),
      ...invented.map(({ rowId, text }) => ({ message: `${rowId} has the reason ${text}, which nobody gave`, about })),
    ]
  })
}

type Sent = OperationOf<'submit'>
type Given = NonNullable<Sent['body']['reasons']>[number]

function requestOf({ history }: Case, { idempotencyKey, body }: StoredSubmission): Sent | undefined {
  return operationsOf(history, 'submit').find(
    (operation) => operation.idempotencyKey === idempotencyKey && operation.raw === body,
  )
}

/** Whether a cell was surely the sender's, its row there, and free of errors. */
function isTaken(run: Case, sent: Sent, { rows }: Receipt, { rowId, column }: Given): boolean {
  const told = rows.find((row) => row.rowId === rowId)
  const isGone = run.timeline.versions.get(rowId)?.some(({ deleted }) => deleted) ?? true
  const whole = { ...sent, done: run.history.ended }
  return told?.blocked.length === 0 && !isGone && !isForeign(run, whole, rowId, column ?? MILESTONE)
}

/** Whether the text that a reason was given for stood at some time, or was sent with it. */
function isOfItsText({ timeline }: Case, { body }: Sent, { rowId, column, ofText }: StoredReason): boolean {
  if (column === null) return true
  const cells = [...(timeline.versions.get(rowId) ?? []), ...body.rows.filter((row) => row.rowId === rowId)]
  return cells.some((row) => (row.cells[column] ?? '') === ofText)
}

/** In the master: for each issue of a cell, the last reason that was given for the text that stands. */
function checkShown({ evidence, timeline }: Case): Finding[] {
  return evidence.master.issues.flatMap(({ rowId = '', column, code, reason }) => {
    if (column === undefined) return []
    const text = timeline.versions.get(rowId)?.at(-1)?.cells[column] ?? ''
    const last = evidence.reasons.findLast((kept) => sameKey(kept, { rowId, column, code }) && kept.ofText === text)
    if (last?.text === reason?.text) return []
    const message = `${code} at ${column} of ${rowId} is explained as ${reason?.text}, and was as ${last?.text}`
    return [{ message, about: { rowId } }]
  })
}

function isSame(kept: StoredReason, { rowId, column, code, reason }: Given): boolean {
  return kept.text === reason && sameKey(kept, { rowId, column: column ?? null, code })
}

function sameKey(kept: StoredReason, key: Pick<StoredReason, 'rowId' | 'column' | 'code'>): boolean {
  return kept.rowId === key.rowId && kept.column === key.column && kept.code === key.code
}
