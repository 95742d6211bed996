/** Keys: to whom they are issued, what they reach, how long they work, how they are replaced and end. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { KeyCreated, KeyList, Me, type PlanFile, UnitKeysCreated } from '../../domain/protocol.ts'
import { Door, eventsOf } from './access-door.ts'
import { call, codeOf, createPlan, edit, type Keys, NOW, pull, receiptOf, seedKeys, submit } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const TODAY = '2023-11-10'
const YESTERDAY = '2023-11-09'

async function issue(planId: string, by: string, body: Record<string, unknown>): Promise<KeyCreated> {
  const reply = await call(`/api/plans/${planId}/keys`, { key: by, body: { post: '办公室', ...body } })
  if (reply.status !== 201) throw new Error(`no key: ${JSON.stringify(reply.json)}`)
  return KeyCreated.parse(reply.json)
}

async function listed(planId: string, by: string): Promise<KeyList['keys']> {
  return KeyList.parse((await call(`/api/plans/${planId}/keys`, { key: by })).json).keys
}

describe('issuing', () => {
  test('a key says what it may do and until when, to its holder too', async () => {
    const planId = await createPlan(keys)
    const body = { role: 'unit', unit: '县教委', duty: 'handler', rows: ['r1', 'r1'], expiresOn: '2023-12-31' }
    const created = await issue(planId, keys.commission, body)
    expect(created).toMatchObject({ unit: '县教委', duty: 'handler', rows: ['r1'], planId, expiresOn: '2023-12-31' })
    const me = Me.parse((await call('/api/me', { key: created.key })).json)
    const { id, post } = created
    expect(me.key).toEqual({ id, post, duty: 'handler', rows: ['r1'], planId, expiresOn: '2023-12-31' })
    const plain = await issue(planId, keys.commission, { role: 'unit', unit: '县教委' })
    expect(Me.parse((await call('/api/me', { key: plain.key })).json).key).toEqual({
      id: plain.id,
      post,
      duty: 'reviewer',
    })
  })

  test('only a unit’s key has rows or saves without releasing', async () => {
    const planId = await createPlan(keys)
    for (const role of ['commission', 'supervision']) {
      const reply = await call(`/api/plans/${planId}/keys`, {
        key: keys.commission,
        body: { role, post: '', rows: ['r1'], duty: 'handler' },
      })
      expect(reply.json).toMatchObject({
        status: 422,
        code: 'invalid',
        errors: [{ pointer: '/rows' }, { pointer: '/duty' }],
      })
      await issue(planId, keys.commission, { role, duty: 'reviewer' })
    }
  })

  test('rows of a key must be rows of the plan', async () => {
    const planId = await createPlan(keys)
    await receiptOf(planId, keys.commission, [], {
      deletes: [
        { rowId: 'r3', baseVer: (await pull(planId, keys.commission)).find(({ rowId }) => rowId === 'r3')?.ver },
      ],
    })
    const reply = await call(`/api/plans/${planId}/keys`, {
      key: keys.commission,
      body: { role: 'unit', unit: '县教委', post: '', rows: ['r1', 'nowhere', 'r3'] },
    })
    expect(reply.json).toMatchObject({
      status: 404,
      code: 'row-not-found',
      errors: [{ pointer: '/rows/1' }, { pointer: '/rows/2' }],
    })
  })

  test('a key cannot end before it begins, but may end today', async () => {
    const planId = await createPlan(keys)
    const body = { role: 'unit', unit: '县教委', post: '', expiresOn: YESTERDAY }
    const reply = await call(`/api/plans/${planId}/keys`, { key: keys.commission, body })
    expect(reply.json).toMatchObject({ status: 422, code: 'invalid', errors: [{ pointer: '/expiresOn' }] })
    await issue(planId, keys.commission, { ...body, expiresOn: TODAY })
    // 23:30 in London is the next day in Beijing.
    const door = new Door('2023-11-10T16:30:00.000Z')
    const late = await door.call(`/api/plans/${planId}/keys`, {
      key: keys.commission,
      body: { ...body, expiresOn: TODAY },
    })
    expect(codeOf(late)).toBe('invalid')
  })

  test('the commission issues keys of its county and no admin’s, the admin any, a unit and the supervision none', async () => {
    const planId = await createPlan(keys)
    for (const role of ['supervision', 'commission']) await issue(planId, keys.commission, { role })
    const path = `/api/plans/${planId}/keys`
    const above = await call(path, { key: keys.commission, body: { role: 'admin', post: '' } })
    expect([above.status, codeOf(above)]).toEqual([403, 'role-not-allowed'])
    await issue(planId, keys.admin, { role: 'admin' })
    for (const by of [keys.edu, keys.supervision]) {
      for (const [to, body] of [
        [path, { role: 'unit', unit: '县教委', post: '' }],
        [`/api/plans/${planId}/unit-keys`, { post: '' }],
      ] as const) {
        expect(codeOf(await call(to, { key: by, body }))).toBe('role-not-allowed')
      }
      expect(codeOf(await call(path, { key: by }))).toBe('role-not-allowed')
    }
  })

  test('is recorded with who did it, with which key, for which county', async () => {
    const planId = await createPlan(keys)
    const { id } = await issue(planId, keys.commission, {
      role: 'unit',
      unit: '县教委',
      rows: ['r1'],
      expiresOn: TODAY,
    })
    const [event, ...more] = await eventsOf(id)
    expect(more).toEqual([])
    expect(event).toMatchObject({ kind: 'key-issued', by_key: 'demo0001', county: '测试县' })
    expect(JSON.parse(String(event?.detail))).toEqual({
      duty: 'reviewer',
      rows: 1,
      expiresAt: '2023-11-10T16:00:00.000Z',
    })
  })
})

describe('issuing to all units', () => {
  test('gives one to each unit that answers for a task and has no working key, in its groups too', async () => {
    const planId = await createCountyPlan('甲县')
    const commission = (await issue(planId, keys.admin, { role: 'commission' })).key
    await issue(planId, commission, { role: 'unit', unit: '县教委' })
    const expired = await issue(planId, commission, { role: 'unit', unit: '县卫生健康委', expiresOn: TODAY })
    const revoked = await issue(planId, commission, { role: 'unit', unit: '县水利局' })
    await call(`/api/keys/${revoked.id}`, { key: commission, method: 'DELETE' })
    const door = new Door('2023-11-10T16:00:00.000Z')
    const reply = await door.call(`/api/plans/${planId}/unit-keys`, {
      key: commission,
      body: { post: '办公室', duty: 'handler', expiresOn: '2024-01-31' },
    })
    expect(reply.status).toBe(201)
    const created = UnitKeysCreated.parse(reply.json)
    expect(created.skipped).toEqual(['县教委'])
    // 县气象局 is in the registry, but answers for nothing.
    expect(created.keys.map(({ unit }) => unit)).toEqual(['县卫生健康委', '县水利局', '永安街道'])
    for (const { id, key, unit } of created.keys) {
      const me = Me.parse((await call('/api/me', { key })).json)
      expect(me).toMatchObject({ actor: { name: unit }, key: { duty: 'handler', expiresOn: '2024-01-31' } })
      expect(await eventsOf(id)).toMatchObject([{ kind: 'key-issued', county: '甲县' }])
    }
    expect(codeOf(await door.call('/api/me', { key: expired.key }))).toBe('key-expired')
    const again = await door.call(`/api/plans/${planId}/unit-keys`, { key: commission, body: { post: '' } })
    expect(UnitKeysCreated.parse(again.json)).toMatchObject({
      keys: [],
      skipped: ['县教委', '县卫生健康委', '县水利局', '永安街道'],
    })
  })

  test('gives one more to a unit that is named, and none to anybody where a name is unknown', async () => {
    const planId = await createPlan(keys)
    const path = `/api/plans/${planId}/unit-keys`
    const named = await call(path, { key: keys.commission, body: { units: ['县教委', '县教委'], post: '' } })
    expect(UnitKeysCreated.parse(named.json)).toMatchObject({ keys: [{ unit: '县教委' }], skipped: [] })
    const before = (await listed(planId, keys.commission)).length
    const unknown = await call(path, { key: keys.commission, body: { units: ['县教委', '县气象局'], post: '' } })
    expect(unknown.json).toMatchObject({ status: 404, code: 'unit-not-found', errors: [{ pointer: '/units/1' }] })
    expect(await listed(planId, keys.commission)).toHaveLength(before)
  })

  test('passes over units whose relation or row has ended', async () => {
    const planId = await createCountyPlan('丙县')
    const commission = (await issue(planId, keys.admin, { role: 'commission' })).key
    const r4 = (await pull(planId, commission)).find(({ rowId }) => rowId === 'r4')
    await receiptOf(planId, commission, [], { deletes: [{ rowId: 'r4', baseVer: r4?.ver }] })
    await env.DB.prepare('UPDATE row_unit SET to_seq = from_seq WHERE sheet_id = ?1 AND party = ?2')
      .bind(`${planId}/breakdown`, '县卫生健康委')
      .run()
    const reply = await call(`/api/plans/${planId}/unit-keys`, { key: commission, body: { post: '' } })
    expect(UnitKeysCreated.parse(reply.json).keys.map(({ unit }) => unit)).toEqual(['县教委', '县水利局'])
  })

  test('takes two hundred units in one batch of few statements', async () => {
    const names = Array.from({ length: 200 }, (_, i) => `单位${i}`)
    const planId = await createPlan(byAdmin(), (file) => {
      const county = inCounty('乙县')(file)
      const [row] = county.rows
      return {
        ...county,
        registry: { units: names.map((name, i) => ({ id: `u${i}`, name })) },
        rows: names.map((name, i) => ({ ...row!, rowId: `r${i}`, lead: [name] })),
      }
    })
    const door = new Door(NOW)
    const batches: number[] = []
    door.bindings = {
      DB: {
        prepare: (sql: string) => env.DB.prepare(sql),
        batch: (statements: D1PreparedStatement[]) => {
          batches.push(statements.length)
          return env.DB.batch(statements)
        },
      } as unknown as D1Database,
    }
    const reply = await door.call(`/api/plans/${planId}/unit-keys`, { key: keys.admin, body: { post: '' } })
    expect(UnitKeysCreated.parse(reply.json).keys).toHaveLength(200)
    expect(batches.at(-1)).toBeLessThanOrEqual(4)
    expect(batches.length).toBeLessThanOrEqual(2)
    const issued = await env.DB.prepare("SELECT count(*) AS n FROM auth_event WHERE county = '乙县'").first()
    expect(issued).toEqual({ n: 200 })
  })
})

describe('rows of a key', () => {
  test('other rows of its unit can be read but not written, cell by cell', async () => {
    const planId = await createPlan(keys)
    const { key } = await issue(planId, keys.commission, { role: 'unit', unit: '县教委', rows: ['r1'] })
    const rows = await pull(planId, key)
    expect(rows.map(({ rowId, role }) => [rowId, role])).toEqual([
      ['r1', 'lead'],
      ['r2', 'lead'],
      ['r3', 'supporting'],
    ])
    expect(rows.map(({ writable }) => writable.length > 0)).toEqual([true, false, false])
    const receipt = await receiptOf(planId, key, [
      edit(rows, 'r1', { 'milestone.P1': '甲' }),
      edit(rows, 'r2', { 'milestone.P1': '乙' }),
    ])
    expect(receipt.rows.map(({ rowId, outcome, notWritable }) => [rowId, outcome, notWritable.length])).toEqual([
      ['r1', 'applied', 0],
      ['r2', 'unchanged', 1],
    ])
    const master = await pull(planId, keys.commission)
    expect(master.slice(0, 2).map(({ cells }) => cells['milestone.P1'])).toEqual(['甲', '新增10个'])
  })

  test('are rows of one plan: the same ids of another plan are out of reach', async () => {
    const planId = await createPlan(keys)
    const other = await createPlan(keys)
    const { key } = await issue(planId, keys.commission, { role: 'unit', unit: '县教委', rows: ['r1'] })
    const rows = await pull(other, key)
    expect(rows.filter(({ writable }) => writable.length > 0)).toEqual([])
    const receipt = await receiptOf(other, key, [edit(rows, 'r1', { 'milestone.P1': '甲' })])
    expect(receipt.totals).toMatchObject({ applied: 0, notWritable: 1 })
  })

  test('bound what it decides', async () => {
    const planId = await createPlan(keys)
    const inside = await issue(planId, keys.commission, { role: 'unit', unit: '县教委', rows: ['r1'] })
    const outside = await issue(planId, keys.commission, { role: 'unit', unit: '县教委', rows: ['r2'] })
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '甲' })])
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '乙' })])
    const { id, ver } = receipt.rows[0]!.conflicts[0]!
    const decide = (key: string) => call(`/api/conflicts/${id}/resolution`, { key, body: { choose: 'head', ver } })
    const refused = await decide(outside.key)
    expect([refused.status, codeOf(refused)]).toEqual([403, 'conflict-not-yours'])
    expect((await decide(inside.key)).status).toBe(200)
  })
})

describe('the end of a key', () => {
  test('comes after its last day in Beijing', async () => {
    const planId = await createPlan(keys)
    const { key, id } = await issue(planId, keys.commission, { role: 'unit', unit: '县教委', expiresOn: TODAY })
    const door = new Door('2023-11-10T15:59:59.999Z')
    expect((await door.call('/api/me', { key })).status).toBe(200)
    door.at = '2023-11-10T16:00:00.000Z'
    const ended = await door.call('/api/me', { key })
    expect([ended.status, codeOf(ended)]).toEqual([401, 'key-expired'])
    const refused = (await eventsOf(id)).filter(({ kind }) => kind === 'key-refused')
    expect(refused.map(({ detail }) => JSON.parse(String(detail)))).toEqual([{ why: 'expired' }])
  })

  test('keeps what its request was about to commit out, also where the request began in time', async () => {
    const planId = await createPlan(keys)
    const { key } = await issue(planId, keys.commission, { role: 'unit', unit: '县教委', expiresOn: TODAY })
    const rows = await pull(planId, key)
    const body = { form: 'breakdown', specVersion: 1, rows: [edit(rows, 'r1', { 'milestone.P1': '甲' })] }
    const path = `/api/plans/${planId}/submissions`
    const door = new Door('2023-11-10T15:59:59.990Z')
    let asked = 0
    door.now = () => new Date(Date.parse('2023-11-10T15:59:59.990Z') + (asked++ === 0 ? 0 : 10))
    const reply = await door.call(path, { key, body, headers: { 'Idempotency-Key': 'midnight' } })
    expect([reply.status, codeOf(reply)]).toEqual([401, 'key-expired'])
    expect(asked).toBeGreaterThan(1)
    expect((await pull(planId, keys.edu))[0]?.cells['milestone.P1']).toBe('完成选址')
    // In time it lands: the clock alone made the difference.
    door.at = '2023-11-10T15:59:59.999Z'
    expect((await door.call(path, { key, body, headers: { 'Idempotency-Key': 'midnight' } })).status).toBe(200)
  })

  test('ends also what is being issued with it', async () => {
    const planId = await createPlan(keys)
    const { key } = await issue(planId, keys.commission, { role: 'commission', expiresOn: TODAY })
    const before = (await listed(planId, keys.commission)).length
    const door = new Door(NOW)
    let asked = 0
    door.now = () => new Date(Date.parse('2023-11-10T15:59:59.990Z') + (asked++ === 0 ? 0 : 10))
    const reply = await door.call(`/api/plans/${planId}/keys`, {
      key,
      body: { role: 'unit', unit: '县教委', post: '' },
    })
    expect(codeOf(reply)).toBe('key-expired')
    expect(await listed(planId, keys.commission)).toHaveLength(before)
  })

  test('by revocation ends also what is being issued with it', async () => {
    const planId = await createPlan(keys)
    const { id, key } = await issue(planId, keys.commission, { role: 'commission' })
    const door = new Door(NOW)
    const batch = async (statements: D1PreparedStatement[]) => {
      await env.DB.prepare('UPDATE access_key SET revoked_at = ?2 WHERE id = ?1').bind(id, NOW).run()
      return env.DB.batch(statements)
    }
    door.bindings = { DB: { prepare: (sql: string) => env.DB.prepare(sql), batch } as unknown as D1Database }
    const before = (await listed(planId, keys.commission)).length
    const reply = await door.call(`/api/plans/${planId}/keys`, {
      key,
      body: { role: 'unit', unit: '县教委', post: '' },
    })
    expect([reply.status, codeOf(reply)]).toEqual([401, 'key-revoked'])
    expect(await listed(planId, keys.commission)).toHaveLength(before)
  })

  test('by revocation is recorded once, and an unknown or foreign key cannot be revoked', async () => {
    const planId = await createPlan(keys)
    const { id } = await issue(planId, keys.commission, { role: 'unit', unit: '县教委' })
    for (let i = 0; i < 2; i++) {
      expect((await call(`/api/keys/${id}`, { key: keys.commission, method: 'DELETE' })).status).toBe(204)
    }
    expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual(['key-issued', 'key-revoked'])
    expect((await eventsOf(id))[1]).toMatchObject({ by_key: 'demo0001', county: '测试县' })
    const unknown = await call('/api/keys/nobody00', { key: keys.commission, method: 'DELETE' })
    expect([unknown.status, codeOf(unknown)]).toEqual([404, 'key-not-found'])
    const admins = await call('/api/keys/demo0000', { key: keys.commission, method: 'DELETE' })
    expect([admins.status, codeOf(admins)]).toEqual([404, 'key-not-found'])
    const rotated = await call('/api/keys/demo0000/rotate', { key: keys.commission, body: {} })
    expect(codeOf(rotated)).toBe('key-not-found')
    expect((await call('/api/me', { key: keys.admin })).status).toBe(200)
  })
})

test('the commission of another county sees, replaces and revokes none of these keys', async () => {
  const planId = await createPlan(keys)
  const elsewhere = await issue(await createCountyPlan('己县'), keys.admin, { role: 'commission' })
  const { id } = await issue(planId, keys.commission, { role: 'unit', unit: '县教委' })
  const path = `/api/keys/${id}`
  expect(codeOf(await call(path, { key: elsewhere.key, method: 'DELETE' }))).toBe('key-not-found')
  expect(codeOf(await call(`${path}/rotate`, { key: elsewhere.key, body: {} }))).toBe('key-not-found')
  const body = { role: 'unit', unit: '县教委', post: '' }
  expect(codeOf(await call(`/api/plans/${planId}/keys`, { key: elsewhere.key, body }))).toBe('plan-not-found')
  expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual(['key-issued'])
  // The admin belongs to no county and may.
  expect((await call(path, { key: keys.admin, method: 'DELETE' })).status).toBe(204)
})

test('a handler decides nothing where the plan wants a reviewer, and decides where it does not', async () => {
  const planId = await createPlan(keys)
  const handler = await issue(planId, keys.commission, { role: 'unit', unit: '县教委', duty: 'handler' })
  const rows = await pull(planId, keys.edu)
  const write = (text: string) =>
    receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': text, 'milestone.P2': text })])
  await write('甲')
  const [first, second] = (await write('乙')).rows[0]!.conflicts
  const decide = (key: string, conflict = first!) =>
    call(`/api/conflicts/${conflict.id}/resolution`, { key, body: { choose: 'head', ver: conflict.ver } })
  const signOff = env.DB.prepare('UPDATE plan SET sign_off = ?2 WHERE id = ?1')
  await signOff.bind(planId, 'reviewer').run()
  const refused = await decide(handler.key)
  expect([refused.status, codeOf(refused)]).toEqual([403, 'duty-not-allowed'])
  expect((await decide(keys.edu)).status).toBe(200)
  await signOff.bind(planId, 'none').run()
  expect((await decide(handler.key, second)).status).toBe(200)
})

describe('replacing a key', () => {
  test('gives the same holder, post, duty and rows, and ends the old one at once', async () => {
    const planId = await createPlan(keys)
    const body = {
      role: 'unit',
      unit: '县教委',
      duty: 'handler',
      rows: ['r1'],
      expiresOn: '2023-12-31',
      post: '基教科',
    }
    const old = await issue(planId, keys.commission, body)
    const reply = await call(`/api/keys/${old.id}/rotate`, { key: keys.commission, body: {} })
    expect(reply.status).toBe(201)
    const fresh = KeyCreated.parse(reply.json)
    expect({ ...fresh, id: old.id, key: old.key }).toEqual(old)
    expect(fresh.key).not.toBe(old.key)
    expect(codeOf(await call('/api/me', { key: old.key }))).toBe('key-revoked')
    expect((await call('/api/me', { key: fresh.key })).status).toBe(200)
    const [first] = (await listed(planId, keys.commission)).filter(({ id }) => id === old.id)
    expect(first).toMatchObject({ replacedBy: fresh.id, state: 'revoked' })
    const [, rotated] = await eventsOf(old.id)
    expect(rotated).toMatchObject({ kind: 'key-rotated', by_key: 'demo0001', county: '测试县' })
    expect(JSON.parse(String(rotated?.detail))).toEqual({ replacedBy: fresh.id, overlapHours: 0 })
    expect(await eventsOf(fresh.id)).toMatchObject([{ kind: 'key-issued' }])
  })

  test('can leave the old one working for some hours, never longer than it would have worked', async () => {
    const planId = await createPlan(keys)
    const old = await issue(planId, keys.commission, { role: 'unit', unit: '县教委' })
    const short = await issue(planId, keys.commission, { role: 'unit', unit: '县教委', expiresOn: TODAY })
    const door = new Door('2023-11-10T02:00:00.000Z')
    for (const { id, key } of [old, short]) {
      const reply = await door.call(`/api/keys/${id}/rotate`, { key, body: { overlapHours: 24 } })
      expect(reply.status).toBe(201)
    }
    door.at = '2023-11-10T15:59:59.999Z'
    expect((await door.call('/api/me', { key: short.key })).status).toBe(200)
    door.at = '2023-11-10T16:00:00.000Z'
    expect(codeOf(await door.call('/api/me', { key: short.key }))).toBe('key-expired')
    door.at = '2023-11-11T01:59:59.999Z'
    expect(Me.parse((await door.call('/api/me', { key: old.key })).json).key.expiresOn).toBe('2023-11-11')
    door.at = '2023-11-11T02:00:00.000Z'
    expect(codeOf(await door.call('/api/me', { key: old.key }))).toBe('key-expired')
  })

  test('works once for each key: not for a replaced, revoked or expired one, nor twice at once', async () => {
    const planId = await createPlan(keys)
    const old = await issue(planId, keys.commission, { role: 'unit', unit: '县教委' })
    const path = `/api/keys/${old.id}/rotate`
    const request = { key: keys.commission, body: { overlapHours: 1 } }
    const replies = await Promise.all([call(path, request), call(path, request), call(path, request)])
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    expect(replies.filter(({ status }) => status === 409).map(codeOf)).toEqual(['key-not-active', 'key-not-active'])
    // The old key still works for an hour, but has its successor.
    expect(codeOf(await call(path, { ...request, key: old.key }))).toBe('key-not-active')
    const revoked = await issue(planId, keys.commission, { role: 'unit', unit: '县教委' })
    await call(`/api/keys/${revoked.id}`, { key: keys.commission, method: 'DELETE' })
    expect(codeOf(await call(`/api/keys/${revoked.id}/rotate`, request))).toBe('key-not-active')
    const expired = await issue(planId, keys.commission, { role: 'unit', unit: '县教委', expiresOn: TODAY })
    const door = new Door('2023-11-10T16:00:00.000Z')
    expect(codeOf(await door.call(`/api/keys/${expired.id}/rotate`, request))).toBe('key-not-active')
  })

  test('everybody may do for the key they hold, and for no other', async () => {
    const planId = await createPlan(keys)
    const mine = await issue(planId, keys.commission, { role: 'unit', unit: '县教委' })
    const sibling = await issue(planId, keys.commission, { role: 'unit', unit: '县教委' })
    const other = await call(`/api/keys/${sibling.id}/rotate`, { key: mine.key, body: {} })
    expect([other.status, codeOf(other)]).toEqual([404, 'key-not-found'])
    const reply = await call(`/api/keys/${mine.id}/rotate`, { key: mine.key, body: {} })
    expect(reply.status).toBe(201)
    const fresh = KeyCreated.parse(reply.json)
    expect(codeOf(await call('/api/me', { key: mine.key }))).toBe('key-revoked')
    expect((await pull(planId, fresh.key)).length).toBeGreaterThan(0)
    // The commission sees it and can end it: it was not locked out.
    expect((await call(`/api/keys/${fresh.id}`, { key: keys.commission, method: 'DELETE' })).status).toBe(204)
    const office = await issue(planId, keys.commission, { role: 'supervision' })
    expect((await call(`/api/keys/${office.id}/rotate`, { key: office.key, body: {} })).status).toBe(201)
  })

  test('makes a key last longer only by the commission’s hand', async () => {
    const planId = await createPlan(keys)
    const body = { role: 'unit', unit: '县教委', expiresOn: '2023-12-31' }
    const mine = await issue(planId, keys.commission, body)
    const path = `/api/keys/${mine.id}/rotate`
    const longer = await call(path, { key: mine.key, body: { expiresOn: '2024-12-31' } })
    expect(longer.json).toMatchObject({ status: 422, code: 'invalid', errors: [{ pointer: '/expiresOn' }] })
    const shorter = await call(path, { key: mine.key, body: { expiresOn: '2023-11-30' } })
    const fresh = KeyCreated.parse(shorter.json)
    expect(fresh.expiresOn).toBe('2023-11-30')
    const extended = await call(`/api/keys/${fresh.id}/rotate`, {
      key: keys.commission,
      body: { expiresOn: '2024-12-31' },
    })
    expect(KeyCreated.parse(extended.json).expiresOn).toBe('2024-12-31')
    const past = await call(`/api/keys/${KeyCreated.parse(extended.json).id}/rotate`, {
      key: keys.commission,
      body: { expiresOn: YESTERDAY },
    })
    expect(codeOf(past)).toBe('invalid')
  })
})

describe('the list of keys', () => {
  test('shows whose they are, what they may, how they stand, and never what they are', async () => {
    const planId = await createCountyPlan('丁县')
    const commission = (await issue(planId, keys.admin, { role: 'commission', post: '社会发展科' })).key
    const active = await issue(planId, commission, { role: 'unit', unit: '县教委', rows: ['r2'], duty: 'handler' })
    const revoked = await issue(planId, commission, { role: 'unit', unit: '县水利局', expiresOn: TODAY })
    await call(`/api/keys/${revoked.id}`, { key: commission, method: 'DELETE' })
    const reply = await call(`/api/plans/${planId}/keys`, { key: commission })
    const list = KeyList.parse(reply.json).keys
    expect(list.map(({ role, holder, state }) => [role, holder, state])).toEqual([
      ['commission', '丁县发展改革委', 'active'],
      ['unit', '县教委', 'active'],
      ['unit', '县水利局', 'revoked'],
    ])
    expect(list[1]).toMatchObject({ id: active.id, duty: 'handler', rows: ['r2'], planId, expiresOn: null })
    expect(list[2]).toMatchObject({ rows: null, expiresOn: TODAY, lastUsedAt: null })
    const hmacs = await env.DB.prepare('SELECT hmac FROM access_key').run<{ hmac: string }>()
    const text = JSON.stringify(reply.json)
    for (const { hmac } of hmacs.results) expect(text).not.toContain(hmac)
    for (const { key } of [active, revoked]) expect(text).not.toContain(key.split('_')[2])
  })

  test('of another county is not to be had, and the admin finds the admin’s own there', async () => {
    const planId = await createCountyPlan('戊县')
    expect(codeOf(await call(`/api/plans/${planId}/keys`, { key: keys.commission }))).toBe('plan-not-found')
    expect((await listed(planId, keys.admin)).some(({ role }) => role === 'admin')).toBe(true)
    const commission = (await issue(planId, keys.admin, { role: 'commission' })).key
    expect((await listed(planId, commission)).some(({ role }) => role === 'admin')).toBe(false)
  })
})

test('no answer but the creating one holds a key, and nothing is printed that holds a key or its HMAC', async () => {
  const printed: unknown[] = []
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation((...words) => void printed.push(words)),
  )
  const planId = await createPlan(keys)
  const created = await issue(planId, keys.commission, { role: 'unit', unit: '县教委' })
  const { id, key } = created
  const secret = key.split('_')[2] ?? ''
  const wrong = key.slice(0, -7).replace(secret, [...secret].reverse().join(''))
  const rows = await pull(planId, key)
  const answers = [
    await call('/api/me', { key }),
    await call(`/api/plans/${planId}/keys`, { key: keys.commission }),
    await submit(planId, key, [edit(rows, 'r1', { 'milestone.P1': '甲' })]),
    await call('/api/me', { key: wrong }),
    await call(`/api/keys/${id}/rotate`, { key: keys.commission, body: { overlapHours: 1 } }),
    await call(`/api/keys/${id}`, { key: keys.commission, method: 'DELETE' }),
    await call('/api/me', { key }),
  ]
  const { hmac } = (await env.DB.prepare('SELECT hmac FROM access_key WHERE id = ?1')
    .bind(id)
    .first<{ hmac: string }>())!
  const { results } = await env.DB.prepare('SELECT * FROM auth_event').run()
  for (const spy of spies) spy.mockRestore()
  for (const text of [
    ...answers.map(({ json }) => JSON.stringify(json) ?? ''),
    JSON.stringify(printed),
    JSON.stringify(results),
  ]) {
    expect(text).not.toContain(secret)
    expect(text).not.toContain(hmac)
  }
})

/** A plan of a county that is new, so only the admin can make it. */
function createCountyPlan(county: string): Promise<string> {
  return createPlan(byAdmin(), inCounty(county))
}

function byAdmin(): Keys {
  return { ...keys, commission: keys.admin }
}

/** The test county's plan under another county, so that its keys are that plan's alone; one unit there has no task. */
function inCounty(county: string): (file: PlanFile) => PlanFile {
  return (file) => ({
    ...file,
    plan: { ...file.plan, county },
    registry: { ...file.registry, units: [...file.registry.units, { id: 'u-weather', name: '县气象局' }] },
  })
}
