/**
 * Who is asking. A key is checked for typos before the database is asked, and by its HMAC after; one
 * that is revoked or has expired ends at once, because every request looks it up. Wrong keys are
 * counted for each key and source: docs/decisions/007-lockout-by-source.md.
 */
import type { Caller, Env, Services } from './env.ts'
import { equalDigests, hashKey, hashSource, parseKey } from './keys.ts'
import { brake } from './rate-limit.ts'
import { Refusal } from './refusal.ts'
import { type AuthEvent, insertRefusedOnce } from './store/auth-events.ts'
import { countFailure, lockedSeconds, windowStart } from './store/auth-failures.ts'
import { findAccess, type KeyRecord, noteUse, stateOf } from './store/keys.ts'

/** A request at the door. `address`: where it comes from on the network. */
export type Visit = {
  env: Env
  services: Services
  requestId: string
  address: string | undefined
  authorization: string | undefined
}

/** `noteUse` writes that the key was used, once an hour; absent where that stands there already. */
export type Admission = { caller: Caller; noteUse?: () => Promise<void> }

/** Lets a request in that needs no key. Throws too-many-requests. */
export async function admitAnyone(visit: Visit): Promise<void> {
  await brake(visit.env, 'SOURCE_LIMIT', await sourceOf(visit), visit.requestId)
}

/**
 * Lets the holder of a bearer key in. Throws key-missing, key-malformed, key-unknown, key-revoked,
 * key-expired; key-locked after too many wrong keys; too-many-requests.
 */
export async function admit(visit: Visit): Promise<Admission> {
  const { env, services, requestId } = visit
  const source = await sourceOf(visit)
  // Whoever is not let in counts with their source, before anything is written about them.
  const turnAway = async (refusal: Refusal): Promise<never> => {
    await brake(env, 'SOURCE_LIMIT', source, requestId)
    throw refusal
  }

  const token = /^Bearer +(\S+)$/i.exec(visit.authorization ?? '')?.[1]
  if (token === undefined) return turnAway(new Refusal('key-missing'))
  const parsed = parseKey(token)
  if (!parsed) return turnAway(new Refusal('key-malformed'))
  const [{ record, failures }, hmac] = await Promise.all([
    findAccess(env.DB, parsed.id, source),
    hashKey(env.KEY_PEPPER, token),
  ])
  const now = services.now()
  const seconds = lockedSeconds(failures, now)
  if (seconds > 0) return turnAway(new Refusal('key-locked', { minutes: Math.ceil(seconds / 60), seconds }))
  if (!record || !equalDigests(record.hmac, hmac)) {
    await brake(env, 'SOURCE_LIMIT', source, requestId)
    await countFailure(env.DB, source, refusedEvent(record, now, requestId, 'wrong'))
    throw new Refusal('key-unknown')
  }
  const state = stateOf(record, now.toISOString())
  if (state !== 'active') {
    await brake(env, 'SOURCE_LIMIT', source, requestId)
    await insertRefusedOnce(env.DB, refusedEvent(record, now, requestId, state), windowStart(now)).run()
    throw new Refusal(state === 'revoked' ? 'key-revoked' : 'key-expired')
  }
  await brake(env, 'KEY_LIMIT', record.key.id, requestId)
  return admission(env.DB, record, now)
}

function admission(db: D1Database, { actor, key, lastUsedAt }: KeyRecord, now: Date): Admission {
  const caller = { actor, key }
  const hour = `${now.toISOString().slice(0, 13)}:00:00.000Z`
  if (lastUsedAt !== null && lastUsedAt >= hour) return { caller }
  return { caller, noteUse: () => noteUse(db, key.id, hour) }
}

/** The network's address is personal data, so only its HMAC leaves this file. */
function sourceOf({ env, address }: Visit): Promise<string> {
  if (!env.KEY_PEPPER) throw new Error('KEY_PEPPER is not set')
  return hashSource(env.KEY_PEPPER, address ?? '')
}

function refusedEvent(record: KeyRecord | undefined, now: Date, requestId: string, why: string): AuthEvent {
  return {
    at: now.toISOString(),
    kind: 'key-refused',
    keyId: record?.key.id ?? '',
    actorId: record?.actor.id ?? '',
    county: record?.actor.county ?? '*',
    requestId,
    detail: { why },
  }
}
