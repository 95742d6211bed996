/** Keys: issued to a unit or an office, shown once, revoked at once. */
import { CreateKey, KeyCreated } from '../../domain/protocol.ts'
import { type Endpoint, endpoint, endpointWithBody } from '../endpoint.ts'
import { actsFor, EVERY_COUNTY } from '../env.ts'
import { hashKey, mintKey } from '../keys.ts'
import { Refusal } from '../refusal.ts'
import { findActor, findKey, insertKey, revokeKey } from '../store/actors.ts'
import { findPlan } from '../store/plans.ts'

export const keyEndpoints: Endpoint[] = [
  endpointWithBody(
    {
      method: 'post',
      path: '/api/plans/:plan/keys',
      summary: '发放密钥（只显示一次）',
      roles: ['commission', 'admin'],
      answer: { status: 201, schema: KeyCreated },
      refusals: ['plan-not-found', 'unit-not-found', 'role-not-allowed'],
    },
    CreateKey,
    async ({ db, params, body, caller, services, pepper, requestId }) => {
      const { plan } = await findPlan(db, params.plan ?? '', caller.actor)
      const { role, unit, post } = body
      if (role === 'admin' && caller.actor.role !== 'admin') throw new Refusal('role-not-allowed')
      const actor = await findActor(db, role, role === 'admin' ? EVERY_COUNTY : plan.county, unit)
      if (!actor) throw new Refusal('unit-not-found', { unit: unit ?? '' })
      const { id, key } = mintKey(services.randomBytes)
      const at = services.now().toISOString()
      await insertKey(
        db,
        { id, actorId: actor.id, hmac: await hashKey(pepper, key), post },
        { at, kind: 'key-issued', keyId: id, actorId: caller.actor.id, requestId },
        caller.key.id,
      )
      return { value: { id, key, role, ...(role === 'unit' ? { unit: actor.name } : {}), post } }
    },
  ),
  endpoint(
    {
      method: 'delete',
      path: '/api/keys/:id',
      summary: '停用密钥',
      roles: ['commission', 'admin'],
      answer: { status: 204 },
      refusals: ['key-not-found'],
    },
    async ({ db, params, caller, services, requestId }) => {
      const key = await findKey(db, params.id ?? '')
      if (!key || !actsFor(caller.actor, key.actor.county)) throw new Refusal('key-not-found')
      const at = services.now().toISOString()
      await revokeKey(
        db,
        { at, kind: 'key-revoked', keyId: key.id, actorId: caller.actor.id, requestId },
        caller.key.id,
      )
      return { value: null }
    },
  ),
]
