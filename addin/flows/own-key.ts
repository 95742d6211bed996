/**
 * 更换密钥: the key in use is replaced by its holder. The old one works a day longer, because the
 * answer with the new one may be lost, and then only the old one is left to work with until the
 * county issues another.
 */
import type { KeyCreated } from '../../domain/protocol.ts'
import { isPassing, Refusal } from '../api.ts'
import { isUnsent } from '../outbox/record.ts'
import { isOf } from '../outbox/sender.ts'
import { type Flow, run } from './flow.ts'
import { showIssued } from './keys.ts'
import { refreshOutbox, startOutbox } from './outbox.ts'
import { rememberVisit } from './remember-visit.ts'

export const OVERLAP_HOURS = 24

/** Replaces the key in use; the new one is remembered in its place as soon as it is here. */
export function replaceOwnKey(flow: Flow): Promise<void> {
  return run(flow, 'busy.ownKey', async () => {
    const { me } = flow.state()
    if (!me) return
    let made: KeyCreated
    try {
      made = await flow.api.rotateKey(me.key.id, { overlapHours: OVERLAP_HOURS })
    } catch (error) {
      // This key was let in, so it works: what cannot be replaced any more was replaced before.
      const wasReplaced = error instanceof Refusal && error.body.code === 'key-not-active'
      if (!wasReplaced && !isPassing(error)) throw error
      flow.dispatch({ type: 'ownKeyUnsure', ownKey: wasReplaced ? 'replaced' : 'unanswered' })
      return
    }
    flow.keys.write(made.key)
    flow.api = flow.connect(made.key)
    const { id, post, duty, rows, planId, expiresOn } = made
    flow.dispatch({ type: 'ownKeyReplaced', key: { id, post, duty, rows, planId, expiresOn } })
    showIssued(flow, { keys: [made], skipped: [], own: true })
    await carryOver(flow, me.key.id)
  })
}

/** What waits in the outbox goes on under the new key: the same person, post and tasks. */
async function carryOver(flow: Flow, oldId: string): Promise<void> {
  const { me, outbox } = flow.state()
  if (!me) return
  flow.outbox.sender?.stop()
  const store = await flow.outbox.store
  for (const record of outbox?.records ?? []) {
    if (isUnsent(record) && isOf(record, oldId))
      await store.update(record.id, (known) => ({ ...known, keyId: me.key.id }))
  }
  await refreshOutbox(flow)
  await startOutbox(flow, me)
  await rememberVisit(flow)
}
