/** Keys: issued to one or to all units, shown once, listed, replaced, revoked at once. */

import type { z } from 'zod/mini'
import { CreateKey, CreateUnitKeys, KeyCreated, KeyList, RotateKey, UnitKeysCreated } from '../../domain/protocol.ts'
import { beijingDate, endOfDay, lastDayBefore } from '../beijing-date.ts'
import { type Call, type Endpoint, endpoint, endpointWithBody } from '../endpoint.ts'
import { type Actor, actsFor, type CallerKey, EVERY_COUNTY, type RowScope } from '../env.ts'
import { hashKey, mintKey } from '../keys.ts'
import { Refusal } from '../refusal.ts'
import { findActor, listUnitHolders, type UnitHolder } from '../store/actors.ts'
import type { AuthEvent } from '../store/auth-events.ts'
import { findKey, insertKeys, listKeys, type NewKey, replaceKey, revokeKey, stateOf } from '../store/keys.ts'
import { findPlan, readRegistry, selectRegistry, sheetIdOf } from '../store/plans.ts'
import { type Outline, readParties, readRows, selectOutline, selectParties, selectSomeRows } from '../store/rows.ts'

type Created = z.infer<typeof KeyCreated>

export const keyEndpoints: Endpoint[] = [
  endpointWithBody(
    {
      method: 'post',
      path: '/api/plans/:plan/keys',
      summary: '发放密钥（只显示一次）',
      roles: ['commission', 'admin'],
      answer: { status: 201, schema: KeyCreated },
      refusals: ['plan-not-found', 'unit-not-found', 'row-not-found', 'role-not-allowed'],
    },
    CreateKey,
    createKey,
  ),
  endpointWithBody(
    {
      method: 'post',
      path: '/api/plans/:plan/unit-keys',
      summary: '为各单位发放密钥：所列单位，或有任务而无有效密钥的全部单位',
      roles: ['commission', 'admin'],
      answer: { status: 201, schema: UnitKeysCreated },
      refusals: ['plan-not-found', 'unit-not-found', 'changes-too-large'],
    },
    CreateUnitKeys,
    createUnitKeys,
  ),
  endpoint(
    {
      method: 'get',
      path: '/api/plans/:plan/keys',
      summary: '本县已发放的密钥（不含密钥本身）',
      roles: ['commission', 'admin'],
      answer: { status: 200, schema: KeyList },
      refusals: ['plan-not-found'],
    },
    async ({ db, params, caller, services }) => {
      const { plan } = await findPlan(db, params.plan ?? '', caller.actor)
      const own = caller.actor.county === EVERY_COUNTY ? [EVERY_COUNTY] : []
      return { value: { keys: await listKeys(db, [plan.county, ...own], services.now().toISOString()) } }
    },
  ),
  endpointWithBody(
    {
      method: 'post',
      path: '/api/keys/:id/rotate',
      summary: '更换密钥：本人的，或由县里代为更换（新密钥只显示一次）',
      roles: ['unit', 'commission', 'supervision', 'admin'],
      answer: { status: 201, schema: KeyCreated },
      refusals: ['key-not-found', 'key-not-active'],
    },
    RotateKey,
    rotateKey,
  ),
  endpoint(
    {
      method: 'delete',
      path: '/api/keys/:id',
      summary: '停用密钥',
      roles: ['commission', 'admin'],
      answer: { status: 204 },
      refusals: ['key-not-found', 'last-admin-key'],
    },
    async (call) => {
      const { db, params, caller } = call
      const found = await findKey(db, params.id ?? '')
      if (!found || !actsFor(caller.actor, found.actor.county)) throw new Refusal('key-not-found')
      // Revoking twice is revoking once.
      if (found.revokedAt !== null) return { value: null }
      const at = call.services.now().toISOString()
      const event = describeAct(call, at, 'key-revoked', found.key.id, found.actor.county)
      await revokeKey(db, found, { by: { keyId: caller.key.id, at }, events: [event] })
      return { value: null }
    },
  ),
]

async function createKey(call: Call<z.infer<typeof CreateKey>>): Promise<{ value: Created }> {
  const { db, params, body, caller, services } = call
  const { plan } = await findPlan(db, params.plan ?? '', caller.actor)
  const { role, unit, rows } = body
  if (role === 'admin' && caller.actor.role !== 'admin') throw new Refusal('role-not-allowed')
  const now = services.now()
  const invalid = [
    role !== 'unit' && unit !== undefined && '/unit',
    role !== 'unit' && rows !== undefined && '/rows',
    role !== 'unit' && body.duty === 'handler' && '/duty',
  ].filter((pointer) => pointer !== false)
  if (invalid.length > 0) throw invalidAt(...invalid)
  const expiresAt = readExpiry(body.expiresOn, now)
  const actor = await findActor(db, role, role === 'admin' ? EVERY_COUNTY : plan.county, unit)
  if (!actor) throw new Refusal('unit-not-found', { unit: unit ?? '' }, [{ pointer: '/unit', detail: 'unit' }])
  const scope = rows ? await readScope(db, plan.id, rows) : null
  const { post, duty = 'reviewer' } = body
  const made = await makeKey(call, actor.id, { post, duty, scope }, expiresAt)
  const at = now.toISOString()
  const event = describeAct(call, at, 'key-issued', made.stored.id, actor.county, describeKey(made.stored))
  await insertKeys(db, [made.stored], { by: { keyId: caller.key.id, at }, events: [event] })
  return { value: toCreated(made, actor) }
}

/**
 * Keys for many units in one batch. Named units get one in any case; without names, every unit that
 * leads or supports a task and has no working key.
 */
async function createUnitKeys(call: Call<z.infer<typeof CreateUnitKeys>>) {
  const { db, params, body, caller, services } = call
  const { plan } = await findPlan(db, params.plan ?? '', caller.actor)
  const now = services.now()
  const at = now.toISOString()
  const expiresAt = readExpiry(body.expiresOn, now)
  const holders = await listUnitHolders(db, plan.county, at)
  const answering = body.units
    ? pickNamed(holders, body.units)
    : await pickAnswering(db, plan.id, holders, beijingDate(now))
  const receiving = body.units ? answering : answering.filter(({ hasKey }) => !hasKey)
  const { post, duty = 'reviewer' } = body
  const made = await Promise.all(
    receiving.map(async (holder) => {
      const key = await makeKey(call, holder.actorId, { post, duty, scope: null }, expiresAt)
      return { ...key, holder }
    }),
  )
  const events = made.map(({ stored }) =>
    describeAct(call, at, 'key-issued', stored.id, plan.county, describeKey(stored)),
  )
  if (made.length > 0) {
    const stored = made.map((key) => key.stored)
    await insertKeys(db, stored, { by: { keyId: caller.key.id, at }, events })
  }
  return {
    value: {
      keys: made.map((key) => toCreated(key, { role: 'unit', name: key.holder.name })),
      skipped: answering.filter((holder) => !receiving.includes(holder)).map(({ name }) => name),
    },
  }
}

/** Throws unit-not-found for a name that the county does not have. */
function pickNamed(holders: UnitHolder[], names: string[]): UnitHolder[] {
  const byName = new Map(holders.map((holder) => [holder.name, holder]))
  return [...new Set(names)].map((name) => {
    const holder = byName.get(name)
    const pointer = `/units/${names.indexOf(name)}`
    if (!holder) throw new Refusal('unit-not-found', { unit: name }, [{ pointer, detail: 'unit' }])
    return holder
  })
}

/** Units that lead or support a row of the plan, themselves or in a group, on a day in Beijing. */
async function pickAnswering(
  db: D1Database,
  planId: string,
  holders: UnitHolder[],
  today: string,
): Promise<UnitHolder[]> {
  const sheetId = sheetIdOf(planId)
  const [rows, related, ...registry] = await db.batch([
    selectOutline(db, sheetId),
    selectParties(db, sheetId, today),
    ...selectRegistry(db, planId),
  ])
  const parties = readParties(related)
  const named = ((rows?.results ?? []) as Outline[]).flatMap(({ rowId }) => {
    const { lead = [], supporting = [] } = parties.get(rowId) ?? {}
    return [...lead, ...supporting]
  })
  const unitIds = new Set(named.map(({ unitId }) => unitId))
  const groups = new Set(named.flatMap(({ unitId, name }) => (unitId === undefined ? name : [])))
  const members = new Set(
    (readRegistry(registry).groups ?? [])
      .filter(({ name }) => groups.has(name))
      .flatMap((group) => group.members ?? []),
  )
  return holders.filter(({ unitId, name }) => unitIds.has(unitId) || members.has(name))
}

/**
 * Replaces a key by one with the same holder and reach. The commission does it for any key of its
 * county and may set another expiry; everybody may for the key they hold, but not make it last longer.
 */
async function rotateKey(call: Call<z.infer<typeof RotateKey>>): Promise<{ value: Created }> {
  const { db, params, body, caller, services } = call
  const found = await findKey(db, params.id ?? '')
  const isManager = ['commission', 'admin'].includes(caller.actor.role)
  const manages = found && isManager && actsFor(caller.actor, found.actor.county)
  if (!found || !(manages || found.key.id === caller.key.id)) throw new Refusal('key-not-found')
  const now = services.now()
  const at = now.toISOString()
  if (stateOf(found, at) !== 'active' || found.replacedBy !== null) throw new Refusal('key-not-active')
  const expiresAt = readExpiry(body.expiresOn, now) ?? found.expiresAt
  const isLonger = found.expiresAt !== null && expiresAt !== null && expiresAt > found.expiresAt
  if (!manages && isLonger) throw invalidAt('/expiresOn')

  const made = await makeKey(call, found.actor.id, found.key, expiresAt)
  const overlapHours = body.overlapHours ?? 0
  const overlapUntil = overlapHours > 0 ? new Date(now.getTime() + overlapHours * 3_600_000).toISOString() : undefined
  const { id } = made.stored
  const { county } = found.actor
  const events = [
    describeAct(call, at, 'key-rotated', found.key.id, county, { replacedBy: id, overlapHours }),
    describeAct(call, at, 'key-issued', id, county, describeKey(made.stored)),
  ]
  await replaceKey(db, found.key.id, made.stored, overlapUntil, { by: { keyId: caller.key.id, at }, events })
  return { value: toCreated(made, found.actor) }
}

type Made = { stored: NewKey; key: string }

/** A new key of an actor, with what the store keeps of it. */
async function makeKey(
  { services, pepper }: Call<unknown>,
  actorId: string,
  { post, duty, scope }: Pick<CallerKey, 'post' | 'duty' | 'scope'>,
  expiresAt: string | null,
): Promise<Made> {
  const { id, key } = mintKey(services.randomBytes)
  return { stored: { id, actorId, hmac: await hashKey(pepper, key), post, duty, scope, expiresAt }, key }
}

function toCreated({ stored, key }: Made, actor: Pick<Actor, 'role' | 'name'>): Created {
  const { id, post, duty, scope, expiresAt } = stored
  return {
    id,
    key,
    role: actor.role,
    ...(actor.role === 'unit' ? { unit: actor.name } : {}),
    post,
    duty,
    ...(scope ? { rows: [...scope.rows], planId: scope.planId } : {}),
    ...(expiresAt !== null ? { expiresOn: lastDayBefore(expiresAt) } : {}),
  }
}

/** When a key ends that works through a day in Beijing; null: never. Throws invalid for a day in the past. */
function readExpiry(expiresOn: string | undefined, now: Date): string | null {
  if (expiresOn === undefined) return null
  if (expiresOn < beijingDate(now)) throw invalidAt('/expiresOn')
  return endOfDay(expiresOn)
}

/** Throws row-not-found, pointing at the rows that the plan does not have. */
async function readScope(db: D1Database, planId: string, rows: string[]): Promise<RowScope> {
  const found = readRows(await selectSomeRows(db, sheetIdOf(planId), JSON.stringify(rows)).run())
  const there = new Set(found.filter(({ deleted }) => !deleted).map(({ row }) => row.rowId))
  const errors = rows.flatMap((row, i) => (there.has(row) ? [] : [{ pointer: `/rows/${i}`, detail: 'row' }]))
  if (errors.length > 0) throw new Refusal('row-not-found', {}, errors.slice(0, 20))
  return { planId, rows: new Set(rows) }
}

function describeKey({ duty, scope, expiresAt }: NewKey): AuthEvent['detail'] {
  return { duty, rows: scope?.rows.size, expiresAt: expiresAt ?? undefined }
}

function describeAct(
  { caller, requestId }: Call<unknown>,
  at: string,
  kind: AuthEvent['kind'],
  keyId: string,
  county: string,
  detail?: AuthEvent['detail'],
): AuthEvent {
  const act = { at, kind, keyId, actorId: caller.actor.id, byKey: caller.key.id, county, requestId }
  return detail ? { ...act, detail } : act
}

function invalidAt(...pointers: string[]): Refusal {
  return new Refusal(
    'invalid',
    { count: pointers.length },
    pointers.map((pointer) => ({ pointer, detail: 'not for this key' })),
  )
}
