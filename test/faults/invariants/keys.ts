/** A key works until it is revoked, replaced or expires: what begins after that is refused and leaves nothing. */
import type { Case, Finding } from '../checker.ts'
import { DAY, timeOf } from '../clock.ts'
import { type History, type Operation, operationsOf } from '../history.ts'

export function checkKeys(run: Case): Finding[] {
  return [...checkEnded(run), ...checkExpired(run), ...checkReplaced(run)]
}

/** Key id and the step at which its end was acknowledged. */
function readEnds(history: History): Map<string, number> {
  const revoked = operationsOf(history, 'revoke-key').filter(({ outcome }) => outcome === 'ok')
  const replaced = operationsOf(history, 'rotate-key').filter(
    ({ outcome, overlapHours }) => outcome === 'ok' && overlapHours === 0,
  )
  return new Map([...revoked, ...replaced].map(({ target, done }) => [target, done]))
}

function checkEnded({ history, evidence }: Case): Finding[] {
  const endOf = readEnds(history)
  const isLate = ({ keyId, invoked }: Operation) => invoked > (endOf.get(keyId) ?? Number.POSITIVE_INFINITY)
  const served = history.operations.filter((operation) => operation.outcome === 'ok' && isLate(operation))
  const kept = [...evidence.submissions.filter(({ status }) => status === 'accepted'), ...evidence.drafts]
  const stored = kept.filter(({ keyId, idempotencyKey }) => {
    const attempts = operationsOf(history, 'submit').filter(
      (operation) => operation.keyId === keyId && operation.idempotencyKey === idempotencyKey,
    )
    return attempts.length > 0 && attempts.every(isLate)
  })
  return [
    ...served.map(({ n, keyId }) => ({ message: `${keyId} was served after it had ended`, about: { operation: n } })),
    ...stored.map(({ keyId, idempotencyKey }) => ({
      message: `${idempotencyKey} was stored by ${keyId} after it had ended`,
      about: { idempotencyKey },
    })),
  ]
}

/**
 * By the clock. A key that was issued with a last day leaves nothing from the next day in Beijing on, by
 * the time that is recorded with it; and nobody is served by it when every clock is past that day.
 */
function checkExpired({ history, evidence }: Case): Finding[] {
  const issued = operationsOf(history, 'create-key').flatMap(({ reply, expiresOn }) =>
    reply && expiresOn ? [{ id: reply.id, ends: Date.parse(`${expiresOn}T16:00:00.000Z`), since: 0 }] : [],
  )
  // Whoever replaced a key left it some hours, which the store alone tells.
  const replaced = operationsOf(history, 'rotate-key').flatMap(({ outcome, target, done }) => {
    const expiresAt = evidence.keys.find(({ id }) => id === target)?.expiresAt
    return outcome === 'ok' && expiresAt ? [{ id: target, ends: Date.parse(expiresAt), since: done }] : []
  })
  const late = [...issued, ...replaced].flatMap(({ id, ends, since }) =>
    history.operations.filter(
      ({ keyId, outcome, invoked }) =>
        keyId === id && outcome === 'ok' && invoked > since && timeOf(invoked) - DAY >= ends,
    ),
  )
  const written = [
    ...evidence.commits,
    ...evidence.drafts,
    ...evidence.drafts.flatMap(({ decision }) => decision ?? []),
  ].filter(({ keyId, at }) => issued.some(({ id, ends }) => id === keyId && Date.parse(at) >= ends))
  return [
    ...late.map(({ n, keyId }) => ({ message: `${keyId} was served after its last day`, about: { operation: n } })),
    ...written.map(({ keyId, at }) => ({ message: `${keyId} wrote at ${at}, after its last day`, about: {} })),
  ]
}

/** A key is replaced once, by one of the same holder that reaches no further. */
function checkReplaced({ history, evidence }: Case): Finding[] {
  return operationsOf(history, 'rotate-key').flatMap(({ n, target, reply }) => {
    if (!reply) return []
    const [old, fresh] = [target, reply.id].map((wanted) => evidence.keys.find(({ id }) => id === wanted))
    const twins = operationsOf(history, 'rotate-key').filter((other) => other.target === target && other.reply)
    const isSame = old && fresh && old.actorId === fresh.actorId && String(old.rows) === String(fresh.rows)
    const isLonger = history.operations.some(
      (issued) =>
        issued.kind === 'create-key' &&
        issued.reply?.id === target &&
        issued.expiresOn !== undefined &&
        fresh?.expiresAt !== `${issued.expiresOn}T16:00:00.000Z`,
    )
    if (isSame && twins.length === 1 && !isLonger) return []
    return [{ message: `${target} was replaced by ${reply.id}, one of ${twins.length}`, about: { operation: n } }]
  })
}
