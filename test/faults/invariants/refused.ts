/** What a unit sent is kept even when it was refused; a failure without a fault is a bug. */
import type { Case, Finding } from '../checker.ts'
import { operationsOf } from '../history.ts'

/** Refused before anybody knows who is asking. */
const KEPT_BY_NOBODY = ['key-unknown', 'key-revoked', 'key-expired', 'key-malformed', 'role-not-allowed']
const IN_THE_STORE = ['fails-before', 'statement-fails', 'fails-after', 'killed-before', 'killed-after']

export function checkRefused({ history, evidence }: Case): Finding[] {
  const isExplained = ({ faults }: { faults: string[] }) => faults.some((fault) => IN_THE_STORE.includes(fault))
  const lost = operationsOf(history, 'submit').filter(
    (operation) =>
      operation.outcome === 'refused' &&
      !KEPT_BY_NOBODY.includes(operation.code ?? '') &&
      !isExplained(operation) &&
      !evidence.submissions.some(
        ({ status, idempotencyKey, body }) =>
          status === 'refused' && idempotencyKey === operation.idempotencyKey && body === operation.raw,
      ),
  )
  // Where the same request landed meanwhile and a replica that lags does not know of it, that is a failure to
  // ask again, and nothing is lost by it.
  const isBug = (operation: { status: number; faults: string[] }) =>
    operation.status === 500 && !isExplained(operation) && !operation.faults.includes('stale-read')
  const bugs = history.operations.filter(isBug)
  return [
    ...lost.map(({ n, idempotencyKey, code }) => ({
      message: `${idempotencyKey} was refused (${code}), but is not kept`,
      about: { operation: n, idempotencyKey },
    })),
    ...bugs.map(({ n, kind }) => ({ message: `${kind} failed without a fault`, about: { operation: n } })),
  ]
}
