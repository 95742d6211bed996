/** The door: guesses are stopped where they come from, floods are braked, use is noted, nobody else is shut out. */
import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { KeyCreated } from '../../domain/protocol.ts'
import type { Env } from '../../worker/env.ts'
import { demoKey, hashKey, hashSource, mintKey } from '../../worker/keys.ts'
import { MAX_FAILURES } from '../../worker/store/auth-failures.ts'
import { noteUse } from '../../worker/store/keys.ts'
import { Door, eventsOf } from './access-door.ts'
import { call, codeOf, createPlan, type Keys, NOW, type Reply, seedKeys } from './county.ts'

let keys: Keys
let planId: string
beforeAll(async () => {
  keys = await seedKeys()
  planId = await createPlan(keys)
})
beforeEach(async () => {
  await env.DB.prepare('DELETE FROM auth_failure').run()
})

const HERE = '203.0.113.7'
const THERE = '198.51.100.9'

/** A unit's new key, and a wrong one under the same id. */
async function newKey(): Promise<{ id: string; key: string; wrong: string }> {
  const reply = await call(`/api/plans/${planId}/keys`, {
    key: keys.commission,
    body: { role: 'unit', unit: '县教委', post: '' },
  })
  const { id, key } = KeyCreated.parse(reply.json)
  return { id, key, wrong: await demoKey('another pepper', id) }
}

function unknownKey(): string {
  return mintKey((count) => crypto.getRandomValues(new Uint8Array(count))).key
}

async function knock(door: Door, times: number, key: string | (() => string), from: string): Promise<Reply[]> {
  const replies: Reply[] = []
  for (let i = 0; i < times; i++) {
    replies.push(await door.call('/api/me', { key: typeof key === 'string' ? key : key(), from }))
  }
  return replies
}

async function countedFailures(): Promise<number> {
  return (await env.DB.prepare('SELECT coalesce(sum(count), 0) AS n FROM auth_failure').first<{ n: number }>())!.n
}

describe('wrong keys for a key that exists', () => {
  test('lock their source out of that key for the rest of a quarter of an hour, and are recorded twice', async () => {
    const { id, key, wrong } = await newKey()
    const door = new Door('2023-11-10T01:00:00.000Z')
    const first = await knock(door, MAX_FAILURES, wrong, HERE)
    expect(first.map(codeOf)).toEqual(Array(MAX_FAILURES).fill('key-unknown'))
    door.at = '2023-11-10T01:05:30.000Z'
    for (const guess of [wrong, key]) {
      const reply = await door.call('/api/me', { key: guess, from: HERE, headers: { 'Accept-Language': 'en' } })
      expect([reply.status, codeOf(reply), reply.headers.get('retry-after')]).toEqual([429, 'key-locked', '570'])
      expect((reply.json as { detail: string }).detail).toContain('10 minutes')
    }
    // Locked out, it costs no more writes.
    expect(await countedFailures()).toBe(MAX_FAILURES)
    const events = (await eventsOf(id)).slice(1)
    expect(events.map(({ kind }) => kind)).toEqual(['key-refused', 'key-locked'])
    expect(events[1]).toMatchObject({ county: '测试县', by_key: null })
    door.at = '2023-11-10T01:15:00.000Z'
    expect((await door.call('/api/me', { key, from: HERE })).status).toBe(200)
    expect(codeOf(await door.call('/api/me', { key: wrong, from: HERE }))).toBe('key-unknown')
    expect(await countedFailures()).toBe(1)
  })

  test('never shut out the right key from elsewhere, nor another key from the same place', async () => {
    const { key, wrong } = await newKey()
    const other = await newKey()
    const door = new Door(NOW)
    await knock(door, MAX_FAILURES + 5, wrong, HERE)
    expect(codeOf(await door.call('/api/me', { key, from: HERE }))).toBe('key-locked')
    expect((await door.call('/api/me', { key, from: THERE })).status).toBe(200)
    expect((await door.call('/api/me', { key: other.key, from: HERE })).status).toBe(200)
    // However many places guess.
    for (let i = 0; i < 30; i++) await door.call('/api/me', { key: wrong, from: `192.0.2.${i}` })
    expect((await door.call('/api/me', { key, from: THERE })).status).toBe(200)
  })

  test('below the limit shut nobody out, and a new window begins at nought', async () => {
    const { key, wrong } = await newKey()
    const door = new Door('2023-11-10T01:00:00.000Z')
    await knock(door, MAX_FAILURES - 1, wrong, HERE)
    expect((await door.call('/api/me', { key, from: HERE })).status).toBe(200)
    door.at = '2023-11-10T01:15:00.000Z'
    await knock(door, MAX_FAILURES - 1, wrong, HERE)
    expect((await door.call('/api/me', { key, from: HERE })).status).toBe(200)
    await knock(door, 1, wrong, HERE)
    expect(codeOf(await door.call('/api/me', { key, from: HERE }))).toBe('key-locked')
  })

  test('lock once, however many come at the same moment', async () => {
    const { id, key, wrong } = await newKey()
    const door = new Door(NOW)
    await Promise.all(Array.from({ length: 40 }, () => door.call('/api/me', { key: wrong, from: HERE })))
    expect((await eventsOf(id)).slice(1).map(({ kind }) => kind)).toEqual(['key-refused', 'key-locked'])
    expect(codeOf(await door.call('/api/me', { key, from: HERE }))).toBe('key-locked')
  })

  test('leave no address behind, and old counts go with the next new one', async () => {
    const { wrong } = await newKey()
    const door = new Door('2023-11-10T01:00:00.000Z')
    await knock(door, 2, wrong, HERE)
    await knock(door, 2, unknownKey, HERE)
    const { results } = await env.DB.prepare('SELECT * FROM auth_failure').run()
    expect(JSON.stringify(results)).not.toContain(HERE)
    expect(results.map(({ source }) => source)).toEqual(Array(2).fill(await hashSource(env.KEY_PEPPER, HERE)))
    door.at = '2023-11-10T01:15:00.001Z'
    await knock(door, 1, wrong, THERE)
    expect(await countedFailures()).toBe(1)
    const events = await env.DB.prepare('SELECT * FROM auth_event').run()
    expect(JSON.stringify(events.results)).not.toContain(HERE)
  })
})

describe('ids that no key has', () => {
  test('are counted together for their source, and shut out no key that exists', async () => {
    const { key } = await newKey()
    const door = new Door(NOW)
    const replies = await knock(door, MAX_FAILURES + 2, unknownKey, HERE)
    expect(replies.map(codeOf)).toEqual([...Array(MAX_FAILURES).fill('key-unknown'), 'key-locked', 'key-locked'])
    expect(await countedFailures()).toBe(MAX_FAILURES)
    expect((await door.call('/api/me', { key, from: HERE })).status).toBe(200)
    expect(codeOf(await door.call('/api/me', { key: unknownKey(), from: THERE }))).toBe('key-unknown')
  })

  test('are recorded under the admin, once they lock', async () => {
    const before = (await eventsOf('')).length
    await knock(new Door(NOW), MAX_FAILURES + 5, unknownKey, HERE)
    const events = (await eventsOf('')).slice(before)
    expect(events).toMatchObject([{ kind: 'key-locked', county: '*' }])
  })
})

describe('a right key that has ended', () => {
  test('is told so every time, recorded once in a while, and never locks', async () => {
    const { id, key } = await newKey()
    await call(`/api/keys/${id}`, { key: keys.commission, method: 'DELETE' })
    const door = new Door('2023-11-10T02:00:00.000Z')
    const replies = await knock(door, MAX_FAILURES + 5, key, HERE)
    expect(new Set(replies.map(codeOf))).toEqual(new Set(['key-revoked']))
    expect(await countedFailures()).toBe(0)
    const refused = async () => (await eventsOf(id)).filter(({ kind }) => kind === 'key-refused')
    expect(await refused()).toHaveLength(1)
    door.at = '2023-11-10T02:15:00.000Z'
    await knock(door, 2, key, HERE)
    expect(await refused()).toHaveLength(2)
  })
})

test('a network counts as one source where its addresses are many', async () => {
  const source = (address: string) => hashSource('pepper', address)
  expect(await source('2001:db8:1:2::1')).toBe(await source('2001:db8:1:2:ffff:ffff:ffff:ffff'))
  expect(await source('2001:DB8::1')).toBe(await source('2001:db8:0:0::2'))
  expect(await source('2001:db8:1:2::1')).not.toBe(await source('2001:db8:1:3::1'))
  expect(await source('203.0.113.7')).not.toBe(await source('203.0.113.8'))
  // What is stored of a source is never what is stored of a key.
  expect(await source('x')).not.toBe(await hashKey('pepper', 'x'))
})

describe('brakes', () => {
  /** Lets so many requests of each name pass. */
  function limitOf(passes: number): RateLimit & { names: string[] } {
    const names: string[] = []
    return {
      names,
      limit: async ({ key }) => {
        names.push(key)
        return { success: names.filter((name) => name === key).length <= passes }
      },
    }
  }

  test('hold one key back and no other, before its body is read', async () => {
    const { id, key } = await newKey()
    const door = new Door(NOW)
    const limit = limitOf(2)
    door.bindings = { RATE_LIMITS: '', KEY_LIMIT: limit }
    for (let i = 0; i < 2; i++) expect((await door.call('/api/me', { key })).status).toBe(200)
    const held = await door.call(`/api/plans/${planId}/submissions`, { key, raw: 'no JSON at all' })
    expect([held.status, codeOf(held), held.headers.get('retry-after')]).toEqual([429, 'too-many-requests', '60'])
    expect((await door.call('/api/me', { key: keys.water })).status).toBe(200)
    expect(limit.names).toEqual([id, id, id, 'demo0005'])
    const kept = await env.DB.prepare('SELECT count(*) AS n FROM submission WHERE key_id = ?1').bind(id).first()
    expect(kept).toEqual({ n: 0 })
  })

  test('count whoever has no right key with their source, public addresses too, and write nothing more for them', async () => {
    const { key, wrong } = await newKey()
    const ended = await newKey()
    const door = new Door(NOW)
    door.bindings = { RATE_LIMITS: '', SOURCE_LIMIT: limitOf(5), KEY_LIMIT: limitOf(1_000) }
    const knocks = [
      door.call('/api/health', { from: HERE }),
      door.call('/api/me', { from: HERE }),
      door.call('/api/me', { key: 'mt_', from: HERE }),
      door.call('/api/me', { key: unknownKey(), from: HERE }),
      door.call('/api/me', { key: wrong, from: HERE }),
    ]
    expect((await Promise.all(knocks)).map(({ status }) => status)).toEqual([200, 401, 401, 401, 401])
    expect(await countedFailures()).toBe(2)
    await call(`/api/keys/${ended.id}`, { key: keys.commission, method: 'DELETE' })
    for (const request of [{}, { key: 'mt_' }, { key: unknownKey() }, { key: wrong }, { key: ended.key }]) {
      expect(codeOf(await door.call('/api/me', { ...request, from: HERE }))).toBe('too-many-requests')
    }
    expect((await door.call('/api/health', { from: HERE })).status).toBe(429)
    expect(await countedFailures()).toBe(2)
    // The right key passes from there all the same, and from elsewhere everything does.
    expect((await door.call('/api/me', { key, from: HERE })).status).toBe(200)
    expect((await door.call('/api/health', { from: THERE })).status).toBe(200)
  })

  test('are those of wrangler.toml', async () => {
    const { id, key } = await newKey()
    const door = new Door(NOW)
    door.bindings = { RATE_LIMITS: '' }
    const limit = (env as unknown as Env).KEY_LIMIT!
    const useUp = () => Promise.all(Array.from({ length: 300 }, () => limit.limit({ key: id })))
    expect((await door.call('/api/me', { key })).status).toBe(200)
    let held = 200
    // A minute may turn in between, and then the count begins anew.
    for (let tries = 0; tries < 3 && held === 200; tries++) {
      await useUp()
      held = (await door.call('/api/me', { key })).status
    }
    expect(held).toBe(429)
    expect((await door.call('/api/me', { key: keys.towns })).status).toBe(200)
  }, 30_000)

  test('can be switched off or left out, and hold nobody back where they fail', async () => {
    const { key } = await newKey()
    const door = new Door(NOW)
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const broken: RateLimit = { limit: () => Promise.reject(new Error('no limit today')) }
    for (const bindings of [
      { RATE_LIMITS: 'off', KEY_LIMIT: limitOf(0), SOURCE_LIMIT: limitOf(0) },
      { RATE_LIMITS: '', KEY_LIMIT: undefined, SOURCE_LIMIT: undefined },
      { RATE_LIMITS: '', KEY_LIMIT: broken, SOURCE_LIMIT: broken },
    ]) {
      door.bindings = bindings as typeof door.bindings
      expect((await door.call('/api/me', { key })).status).toBe(200)
      expect((await door.call('/api/health')).status).toBe(200)
    }
    expect(logged).toHaveBeenCalledTimes(2)
    logged.mockRestore()
  })
})

describe('the use of a key', () => {
  const lastUsed = async (id: string) =>
    (
      await env.DB.prepare('SELECT last_used_at FROM access_key WHERE id = ?1')
        .bind(id)
        .first<{ last_used_at: string }>()
    )?.last_used_at

  test('is noted to the hour, once an hour, after the answer', async () => {
    const { id, key, wrong } = await newKey()
    const door = new Door('2023-11-10T01:59:00.000Z')
    await door.call('/api/me', { key: wrong })
    await door.settle()
    expect(await lastUsed(id)).toBeNull()
    await door.call('/api/me', { key })
    await door.settle()
    expect(await lastUsed(id)).toBe('2023-11-10T01:00:00.000Z')
    const writes: string[] = []
    const prepare = (sql: string) => {
      writes.push(sql)
      return env.DB.prepare(sql)
    }
    door.bindings = { DB: { prepare, batch: env.DB.batch.bind(env.DB) } as unknown as D1Database }
    door.at = '2023-11-10T01:59:59.999Z'
    await door.call('/api/nowhere', { key })
    await door.call(`/api/plans/nowhere`, { key })
    await door.settle()
    expect(writes.filter((sql) => sql.startsWith('UPDATE'))).toEqual([])
    door.at = '2023-11-10T02:00:00.000Z'
    await door.call(`/api/plans/nowhere`, { key })
    await door.settle()
    expect(await lastUsed(id)).toBe('2023-11-10T02:00:00.000Z')
    expect(writes.filter((sql) => sql.startsWith('UPDATE'))).toHaveLength(1)
  })

  test('of an hour ago, noted late, does not hide a later one', async () => {
    const { id } = await newKey()
    await noteUse(env.DB, id, '2023-11-10T02:00:00.000Z')
    await noteUse(env.DB, id, '2023-11-10T01:00:00.000Z')
    expect(await lastUsed(id)).toBe('2023-11-10T02:00:00.000Z')
  })

  test('that cannot be noted fails nothing', async () => {
    const { id, key } = await newKey()
    const door = new Door(NOW)
    const failing = (sql: string) => {
      if (sql.startsWith('UPDATE access_key')) throw new Error('D1_ERROR: overloaded')
      return env.DB.prepare(sql)
    }
    door.bindings = { DB: { prepare: failing, batch: env.DB.batch.bind(env.DB) } as unknown as D1Database }
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect((await door.call('/api/me', { key })).status).toBe(200)
    await door.settle()
    expect(logged).toHaveBeenCalledOnce()
    logged.mockRestore()
    expect(await lastUsed(id)).toBeNull()
  })
})

describe('the last working admin key', () => {
  test('cannot be revoked, also not by two admins who revoke each other at once', async () => {
    const last = await call('/api/keys/demo0000', { key: keys.admin, method: 'DELETE' })
    expect([last.status, codeOf(last)]).toEqual([409, 'last-admin-key'])
    expect((await eventsOf('demo0000')).filter(({ kind }) => kind === 'key-revoked')).toEqual([])
    expect((await call('/api/me', { key: keys.admin })).status).toBe(200)
    // One that has expired is none.
    const issue = async (more: object) => {
      const body = { role: 'admin', post: '', ...more }
      return KeyCreated.parse((await call(`/api/plans/${planId}/keys`, { key: keys.admin, body })).json)
    }
    await issue({ expiresOn: '2023-11-10' })
    const door = new Door('2023-11-10T16:00:00.000Z')
    expect(codeOf(await door.call('/api/keys/demo0000', { key: keys.admin, method: 'DELETE' }))).toBe('last-admin-key')
    const second = await issue({})
    const replies = await Promise.all([
      door.call('/api/keys/demo0000', { key: second.key, method: 'DELETE' }),
      door.call(`/api/keys/${second.id}`, { key: keys.admin, method: 'DELETE' }),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 401])
    const [left] = (await Promise.all([keys.admin, second.key].map((key) => door.call('/api/me', { key })))).filter(
      ({ status }) => status === 200,
    )
    expect(left).toBeDefined()
  })
})
