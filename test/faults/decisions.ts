/** Decisions of conflicts as they were asked for, whether alone or several in one request. */
import type { Resolution } from '../../domain/protocol.ts'
import { type History, type Outcome, operationsOf } from './history.ts'

export type Asked = {
  n: number
  keyId: string
  conflictId: string
  body: Resolution
  outcome: Outcome
  /** Of one among several: the key under which it is kept. */
  part?: string
}

/** Every decision that was asked for. One among several that was refused may still have been done by a copy. */
export function listDecisions(history: History): Asked[] {
  const alone = operationsOf(history, 'resolve').map(({ n, keyId, conflictId, body, outcome }) => ({
    n,
    keyId,
    conflictId,
    body,
    outcome,
  }))
  const parts = operationsOf(history, 'resolve-several').flatMap((operation) =>
    operation.decisions.map((decision, i): Asked => {
      const { n, keyId, idempotencyKey, faults, reply } = operation
      const told = reply?.outcomes[i]
      const refused = faults.includes('twice') ? 'unknown' : 'refused'
      const outcome = told ? (told.outcome ? 'ok' : refused) : operation.outcome
      const { conflictId, ...body } = decision
      return { n, keyId, conflictId, body, outcome, part: `${idempotencyKey} ${i}` }
    }),
  )
  return [...alone, ...parts]
}
