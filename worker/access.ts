/**
 * Who is asking. A key is checked for typos before the database is asked, and by its HMAC after; a
 * revoked key ends at once, because every request looks it up.
 */
import type { Caller, Services } from './env.ts'
import { equalDigests, hashKey, parseKey } from './keys.ts'
import { Refusal } from './refusal.ts'
import { findKey, recordAuthEvent } from './store/actors.ts'

/** The holder of a bearer key. Throws key-missing, key-malformed, key-unknown, key-revoked. */
export async function authenticate(
  db: D1Database,
  pepper: string,
  header: string | undefined,
  services: Services,
  requestId: string,
): Promise<Caller> {
  if (!pepper) throw new Error('KEY_PEPPER is not set')
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1]
  if (token === undefined) throw new Refusal('key-missing')
  const parsed = parseKey(token)
  if (!parsed) throw new Refusal('key-malformed')
  const found = await findKey(db, parsed.id)
  if (!found) throw new Refusal('key-unknown')
  const isRight = equalDigests(found.hmac, await hashKey(pepper, token))
  if (isRight && found.revokedAt === null) return { actor: found.actor, key: { id: found.id, post: found.post } }
  await recordAuthEvent(db, {
    at: services.now().toISOString(),
    kind: 'key-refused',
    keyId: found.id,
    actorId: found.actor.id,
    requestId,
  })
  throw new Refusal(isRight ? 'key-revoked' : 'key-unknown')
}
