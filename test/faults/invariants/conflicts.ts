/** A conflict stays open until one decision closes it, and the decision does what it says. */
import type { ConflictBody, Resolution } from '../../../domain/protocol.ts'
import type { Case, Finding } from '../checker.ts'
import { listDecisions } from '../decisions.ts'
import type { Evidence, StoredConflict } from '../evidence.ts'
import { type OperationOf, operationsOf, type Shape } from '../history.ts'
import { canonical } from '../timeline.ts'
import { proposedTexts } from './submitted-values.ts'

export function checkConflicts(run: Case): Finding[] {
  const { history, evidence } = run
  const findings: Finding[] = []
  const decided = new Map(evidence.resolutions.map((resolution) => [resolution.conflictId, resolution]))
  const told = new Map(evidence.master.conflicts.map(({ id, status }) => [id, status]))
  for (const { id, rowId } of evidence.conflicts) {
    const expected = decided.has(id) ? 'resolved' : 'open'
    if (told.get(id) !== expected) {
      findings.push({
        message: `conflict ${id} is told as ${told.get(id)}, it is ${expected}`,
        about: { conflictId: id, rowId },
      })
    }
  }
  const actorOf = new Map(evidence.keys.map(({ id, actorId }) => [id, actorId]))
  const decisions = listDecisions(history)
  for (const { conflictId, outcome, body, keyId, n } of decisions) {
    if (outcome !== 'ok') continue
    const stored = decided.get(conflictId)
    if (stored?.choice !== body.choose || stored.actorId !== actorOf.get(keyId)) {
      findings.push({
        message: `the decision of ${conflictId} was acknowledged, but is not stored`,
        about: { conflictId, operation: n },
      })
    }
  }
  for (const resolution of evidence.resolutions) {
    const { conflictId, choice } = resolution
    const about = { conflictId, seq: resolution.seq }
    const conflict = evidence.conflicts.find(({ id }) => id === conflictId)
    const possible = decisions.some(
      (operation) =>
        operation.conflictId === conflictId && operation.body.choose === choice && operation.outcome !== 'refused',
    )
    if (!possible) findings.push({ message: `nobody decided ${conflictId} as ${choice}`, about })
    const wrong = conflict && findWrongEffect(run, conflict, resolution)
    if (wrong !== undefined) findings.push({ message: wrong, about: { ...about, rowId: conflict?.rowId ?? '' } })
    if (conflict && !isRightful(run, conflict, resolution)) {
      findings.push({
        message: `${conflictId} was decided by ${resolution.actorId}`,
        about: { ...about, rowId: conflict.rowId },
      })
    }
  }
  return [...findings, ...operationsOf(history, 'submit').flatMap((operation) => checkTold(run, operation))]
}

/** What a receipt says of conflicts was so when it was given: whether each waits, and which text stands. */
function checkTold(run: Case, operation: OperationOf<'submit'>): Finding[] {
  const { reply, n, idempotencyKey } = operation
  // What waits for sign-off has done nothing, and may be told much later.
  if (!reply || reply.draftId !== undefined) return []
  return reply.rows.flatMap(({ rowId, ver, conflicts }) =>
    conflicts.flatMap((conflict) => {
      const message = findUntrue(run, operation, ver, conflict)
      return message === undefined
        ? []
        : [{ message, about: { conflictId: conflict.id, rowId, operation: n, idempotencyKey } }]
    }),
  )
}

function findUntrue(
  { history, timeline }: Case,
  { idempotencyKey, done }: OperationOf<'submit'>,
  ver: number,
  { id, rowId, kind, column, status, head }: ConflictBody,
): string | undefined {
  const attempts = operationsOf(history, 'submit').filter((attempt) => attempt.idempotencyKey === idempotencyKey)
  const begun = Math.min(...attempts.map(({ invoked }) => invoked))
  const decisions = listDecisions(history).filter(
    ({ conflictId, outcome }) => conflictId === id && outcome !== 'refused',
  )
  if (status === 'open') {
    const before = decisions.some(({ outcome, until }) => outcome === 'ok' && until < begun)
    if (before) return `${id} was told as waiting after it was decided`
  } else if (!decisions.some(({ since }) => since < done)) return `${id} was told as decided before it was`
  if (kind !== 'cell' || column === undefined) return undefined
  const stood = timeline.at(rowId, ver)
  if (!stood || stood.deleted) return undefined
  const stands = stood.cells[column] ?? ''
  return head === stands
    ? undefined
    : `${id} was told against ${JSON.stringify(head)}, where ${JSON.stringify(stands)} stood`
}

/**
 * A clash inside an actor is its own to decide, one between two the commission's, and one of a unit
 * that no longer leads the row either's. Whose head it was when it was decided counts.
 */
function isRightful(
  { evidence, timeline }: Case,
  conflict: StoredConflict,
  { seq, actorId }: Evidence['resolutions'][number],
): boolean {
  const named = conflict.columns ?? (conflict.column === null ? undefined : [conflict.column])
  const last = evidence.events.findLast(
    (event) =>
      event.rowId === conflict.rowId &&
      event.seq < seq &&
      event.seq > conflict.baseVer &&
      (named === undefined || event.changes.some(({ column }) => named.includes(column))),
  )
  const isOwn = (last?.actorId ?? conflict.headBy) === conflict.submittedBy
  if (isOwn && actorId === conflict.submittedBy) return true
  const [submitter, decider] = [conflict.submittedBy, actorId].map((id) =>
    evidence.actors.find((actor) => actor.id === id),
  )
  const isLeft = submitter?.role === 'unit' && !timeline.leads(conflict.rowId, seq).includes(submitter.name)
  return decider?.role === 'commission' && (!isOwn || isLeft)
}

function findWrongEffect(
  { history, evidence, timeline }: Case,
  conflict: StoredConflict,
  { seq, choice, conflictId }: Evidence['resolutions'][number],
): string | undefined {
  const { rowId, kind, columns, column, tuples, proposal } = conflict
  const event = evidence.events.find((candidate) => candidate.seq === seq)
  if (choice === 'head') return event ? `${conflictId} was decided for the head, but changed ${event.rowId}` : undefined
  const after = timeline.at(rowId, seq)
  if (!after || (event && event.rowId !== rowId)) return `${conflictId} was decided on another row`
  if (kind === 'edit-delete')
    return after.deleted ? undefined : `${conflictId} was decided for the deletion, the row stayed`
  if (kind === 'delete-edit' && after.deleted) return `${conflictId} was decided for the edit, the row stayed deleted`
  if (choice === 'edited') {
    const isDone = listDecisions(history).some(
      ({ body, outcome, ...asked }) =>
        asked.conflictId === conflictId &&
        body.choose === 'edited' &&
        outcome !== 'refused' &&
        reads(after, body, column),
    )
    return isDone ? undefined : `${conflictId} was decided for other texts than stand now`
  }
  const named = columns ?? proposal?.map((change) => change.column) ?? (column === null ? [] : [column])
  const spans = tuples?.submitted.spans
  const differs = named.find(
    (key) =>
      canonical([after.cells[key]].filter((text) => text !== undefined)) !== canonical(proposedTexts(conflict, key)) ||
      (spans !== undefined && (after.spans[key] ?? 1) !== (spans[key] ?? 1)),
  )
  return differs === undefined ? undefined : `${conflictId} was decided for the submitted text, ${differs} has another`
}

/** Whether a row has the cells, and the spans over them, that a decision gave. */
function reads(after: Shape, { text, cells, spans }: Resolution, column: string | null): boolean {
  const given = cells ?? (column !== null && text !== undefined ? { [column]: text } : {})
  // A span that is not mentioned stays, unless a column under it is named.
  return (
    Object.entries(given).every(([key, wanted]) => after.cells[key] === wanted) &&
    Object.entries(spans ?? {}).every(([key, span]) => after.spans[key] === span)
  )
}
