/** Nobody writes what was not theirs at that commit: rows, columns, frozen texts, ended keys. */
import { foldText } from '../../../domain/fold.ts'
import type { Case, Finding } from '../checker.ts'
import type { StoredEvent } from '../evidence.ts'
import { type Operation, operationsOf } from '../history.ts'
import { milestonesOf, type Version } from '../timeline.ts'

export function checkInScope(run: Case): Finding[] {
  return [
    ...run.evidence.events.flatMap((event) =>
      [findStranger(run, event), findThawed(run, event)].flatMap((message) =>
        message === undefined ? [] : [{ message, about: { rowId: event.rowId, seq: event.seq } }],
      ),
    ),
    ...checkRevoked(run),
  ]
}

/** What is wrong with who wrote this event. */
function findStranger({ history, evidence, timeline }: Case, event: StoredEvent): string | undefined {
  const { seq, rowId, kind, actorId, changes } = event
  const author = evidence.actors.find(({ id }) => id === actorId)
  const isPlan = evidence.commits.find((commit) => commit.seq === seq)?.kind === 'plan'
  const isOffice = author?.role === 'commission'
  if (isPlan || isOffice) return undefined
  if (author?.role !== 'unit') return `${author?.role ?? 'nobody'} wrote event ${seq} of ${rowId}`
  if (kind !== 'update' && kind !== 'resolve') return `${author.name} made an event ${kind} of ${rowId}`
  const stray = changes.find(({ column }) => !milestonesOf(history).includes(column))
  if (stray) return `${author.name} wrote ${stray.column} of ${rowId}`
  const leads = timeline.leads(rowId, seq)
  return leads.includes(author.name)
    ? undefined
    : `${author.name} wrote ${rowId} in commit ${seq} (${kind}), which ${leads} led`
}

/** What is wrong with an event after the plan was issued: only periods can be confirmed, no text changed. */
function findThawed({ history, timeline }: Case, { seq, rowId, kind }: StoredEvent): string | undefined {
  if (timeline.issuedAt === undefined || seq < timeline.issuedAt) return undefined
  const texts = (version: Version | undefined) =>
    milestonesOf(history)
      .map((column) => foldText(version?.cells[column] ?? ''))
      .filter((text) => text !== '')
      .join('|')
  const isKept = kind === 'confirm' && texts(timeline.at(rowId, seq)) === texts(timeline.at(rowId, seq - 1))
  return isKept ? undefined : `event ${seq} (${kind}) of ${rowId} changed texts after the plan was issued`
}

/** A key ends with its revocation: what begins after that is refused and leaves nothing. */
function checkRevoked({ history, evidence }: Case): Finding[] {
  const endOf = new Map(
    operationsOf(history, 'revoke-key')
      .filter(({ outcome }) => outcome === 'ok')
      .map(({ target, done }) => [target, done]),
  )
  const isLate = ({ keyId, invoked }: Operation) => invoked > (endOf.get(keyId) ?? Number.POSITIVE_INFINITY)
  const served = history.operations.filter((operation) => operation.outcome === 'ok' && isLate(operation))
  const stored = evidence.submissions.filter(({ status, keyId, idempotencyKey }) => {
    const attempts = operationsOf(history, 'submit').filter(
      (operation) => operation.keyId === keyId && operation.idempotencyKey === idempotencyKey,
    )
    return status === 'accepted' && attempts.length > 0 && attempts.every(isLate)
  })
  return [
    ...served.map(({ n, keyId }) => ({ message: `${keyId} was served after it was revoked`, about: { operation: n } })),
    ...stored.map(({ keyId, idempotencyKey }) => ({
      message: `${idempotencyKey} was stored by ${keyId} after it was revoked`,
      about: { idempotencyKey },
    })),
  ]
}
