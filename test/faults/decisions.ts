/** Decisions of conflicts as they were asked for, whether alone or several in one request. */
import type { Resolution } from '../../domain/protocol.ts'
import { type History, type Outcome, operationsOf } from './history.ts'

export type Asked = {
  n: number
  keyId: string
  conflictId: string
  body: Resolution
  outcome: Outcome
  /** Steps of the scheduler, as of its operation. */
  since: number
  until: number
  /** Of one among several: the key under which it is kept. */
  part?: string
}

/** Every decision that was asked for. One among several that was refused may still have been done by a copy. */
export function listDecisions(history: History): Asked[] {
  const alone = operationsOf(history, 'resolve').map(
    ({ n, keyId, conflictId, body, outcome, invoked, done }): Asked => ({
      n,
      keyId,
      conflictId,
      body,
      outcome,
      since: invoked,
      until: done,
    }),
  )
  const parts = operationsOf(history, 'resolve-several').flatMap((operation) =>
    operation.decisions.map((decision, i): Asked => {
      const { n, keyId, idempotencyKey, faults, reply, invoked, done } = operation
      const told = reply?.outcomes[i]
      const refused = faults.includes('twice') ? 'unknown' : 'refused'
      const outcome = told ? (told.outcome ? 'ok' : refused) : operation.outcome
      const { conflictId, ...body } = decision
      return { n, keyId, conflictId, body, outcome, since: invoked, until: done, part: `${idempotencyKey} ${i}` }
    }),
  )
  return [...alone, ...parts]
}
