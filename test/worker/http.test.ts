/** The edges: keys, caps, refusals, the API's own description. */
import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { KeyCreated, MAX_BODY_BYTES, Me, RefusalBody } from '../../domain/protocol.ts'
import { demoKey, mintKey, parseKey } from '../../worker/keys.ts'
import { REFUSALS } from '../../worker/refusals.ts'
import { createEndpoints } from '../../worker/routes/index.ts'
import { call, codeOf, createPlan, type Keys, planFile, pull, seedKeys, send, submit } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

describe('keys', () => {
  test('a minted key is well formed, and a single wrong character is found without the database', () => {
    const { id, key } = mintKey((count) => crypto.getRandomValues(new Uint8Array(count)))
    expect(key).toMatch(/^mt_[0-9A-Za-z]{8}_[0-9A-Za-z]{30}_[0-9A-Za-z]{6}$/)
    expect(parseKey(key)).toEqual({ id })
    for (let i = 3; i < key.length; i++) {
      const wrong = key.slice(0, i) + (key[i] === 'x' ? 'y' : 'x') + key.slice(i + 1)
      expect(parseKey(wrong)).toBeUndefined()
    }
  })

  test('a demo key depends on the pepper and the id alone', async () => {
    expect(await demoKey('pepper', 'demo0000')).toBe(await demoKey('pepper', 'demo0000'))
    expect(await demoKey('pepper', 'demo0000')).not.toBe(await demoKey('other', 'demo0000'))
    expect(parseKey(await demoKey('pepper', 'demo0000'))).toEqual({ id: 'demo0000' })
  })

  test('a request says who it is by a bearer key only', async () => {
    const me = Me.parse((await call('/api/me', { key: keys.edu })).json)
    expect(me.actor).toMatchObject({ role: 'unit', name: '县教委', unitId: 'u-edu' })
    const none = await call('/api/me')
    expect([none.status, codeOf(none), none.headers.get('www-authenticate')]).toEqual([401, 'key-missing', 'Bearer'])
    const typo = await call('/api/me', { key: `${keys.edu.slice(0, -1)}!` })
    expect([typo.status, codeOf(typo)]).toEqual([401, 'key-malformed'])
    const foreign = await call('/api/me', { key: await demoKey('another pepper', 'demo0003') })
    expect([foreign.status, codeOf(foreign)]).toEqual([401, 'key-unknown'])
    const unknown = await call('/api/me', { key: await demoKey(env.KEY_PEPPER, 'nobody00') })
    expect([unknown.status, codeOf(unknown)]).toEqual([401, 'key-unknown'])
  })

  test('the commission issues a unit key, shown once and stored only as an HMAC; revoked, it ends at once', async () => {
    const planId = await createPlan(keys)
    const body = { role: 'unit', unit: '县水利局', post: '建设管理科' }
    const reply = await call(`/api/plans/${planId}/keys`, { key: keys.commission, body })
    expect(reply.status).toBe(201)
    const { id, key } = KeyCreated.parse(reply.json)
    const stored = await env.DB.prepare('SELECT * FROM access_key WHERE id = ?1').bind(id).first()
    expect(JSON.stringify(stored)).not.toContain(key.split('_')[2])
    expect((await pull(planId, key)).map(({ rowId }) => rowId)).toEqual(['r3', 'r4'])
    const byUnit = await call(`/api/keys/${id}`, { key: keys.edu, method: 'DELETE' })
    expect([byUnit.status, codeOf(byUnit)]).toEqual([403, 'role-not-allowed'])
    expect((await call(`/api/keys/${id}`, { key: keys.commission, method: 'DELETE' })).status).toBe(204)
    const revoked = await call('/api/me', { key })
    expect([revoked.status, codeOf(revoked)]).toEqual([401, 'key-revoked'])
    const { results } = await env.DB.prepare('SELECT kind FROM auth_event WHERE key_id = ?1 ORDER BY id').bind(id).run()
    expect(results.map(({ kind }) => kind)).toEqual(['key-issued', 'key-revoked', 'key-refused'])
  })

  test('nobody issues a key above or beside themselves', async () => {
    const planId = await createPlan(keys)
    const path = `/api/plans/${planId}/keys`
    const admin = await call(path, { key: keys.commission, body: { role: 'admin', post: '' } })
    expect([admin.status, codeOf(admin)]).toEqual([403, 'role-not-allowed'])
    const unknown = await call(path, { key: keys.commission, body: { role: 'unit', unit: '县气象局', post: '' } })
    expect([unknown.status, codeOf(unknown)]).toEqual([404, 'unit-not-found'])
    const byUnit = await call(path, { key: keys.edu, body: { role: 'unit', unit: '县教委', post: '' } })
    expect(byUnit.status).toBe(403)
  })
})

describe('plans', () => {
  test('a preview stores nothing, the creation answers versions, the same request again is replayed', async () => {
    const file = planFile('plan-preview')
    const preview = await call('/api/plans?dryRun=1', { key: keys.commission, body: file })
    expect(preview.status).toBe(200)
    expect(preview.json).toMatchObject({ dryRun: true, doubts: [{ code: 'plan/spans-unconfirmed', rowId: 'r4' }] })
    expect(codeOf(await call('/api/plans/plan-preview', { key: keys.commission }))).toBe('plan-not-found')
    const request = { key: keys.commission, body: file, headers: { 'Idempotency-Key': 'preview' } }
    const replies = await Promise.all([call('/api/plans', request), call('/api/plans', request)])
    expect(replies.map(({ status }) => status)).toEqual([201, 201])
    expect(replies[0]?.json).toEqual(replies[1]?.json)
    const again = await call('/api/plans', { ...request, headers: { 'Idempotency-Key': 'another' } })
    expect([again.status, codeOf(again)]).toEqual([409, 'plan-exists'])
    const detail = await call('/api/plans/plan-preview', { key: keys.towns })
    expect(detail.json).toMatchObject({ plan: { ...file.plan, state: 'collecting' }, registry: file.registry })
  })

  test('a new county gets its offices and units as actors, and its commission stays in its county', async () => {
    const county = '新设县'
    const file = planFile('plan-new-county')
    const body = { ...file, plan: { ...file.plan, county } }
    const foreign = await call('/api/plans', { key: keys.commission, body, headers: { 'Idempotency-Key': 'new-1' } })
    expect([foreign.status, codeOf(foreign)]).toEqual([403, 'county-not-yours'])
    expect(foreign.json).toMatchObject({ params: { county, own: '测试县' } })
    expect((await call('/api/plans', { key: keys.admin, body, headers: { 'Idempotency-Key': 'new-1' } })).status).toBe(
      201,
    )
    const issued = await call('/api/plans/plan-new-county/keys', {
      key: keys.admin,
      body: { role: 'commission', post: '社会发展科' },
    })
    const { key } = KeyCreated.parse(issued.json)
    const me = Me.parse((await call('/api/me', { key })).json)
    expect(me.actor.name).toBe('新设县发展改革委')
    expect(me.plans.map(({ id }) => id)).toEqual(['plan-new-county'])
    expect(codeOf(await call('/api/plans/plan-new-county', { key: keys.commission }))).toBe('plan-not-found')
    expect(codeOf(await call('/api/plans/plan-new-county/master', { key: keys.supervision }))).toBe('plan-not-found')
    const stray = await submit('plan-new-county', keys.edu, [])
    expect([stray.status, codeOf(stray)]).toEqual([404, 'plan-not-found'])
    expect((await call('/api/plans/plan-new-county/submissions', { key })).json).toEqual({ submissions: [] })
  })

  test('what cannot be stored is pointed at', async () => {
    const file = planFile('plan-wrong')
    const [first, ...rest] = file.rows
    const variants = [
      { rows: [first, first], code: 'duplicate-row-id', pointer: '/rows/1/rowId' },
      {
        rows: [{ ...first, cells: { ...first!.cells, task: '=cmd()' } }, ...rest],
        code: 'formula-like-text',
        pointer: '/rows/0/cells/task',
      },
      {
        rows: [{ ...first, cells: { ...first!.cells, progress: '甲' } }],
        code: 'invalid',
        pointer: '/rows/0/cells/progress',
      },
      { rows: [{ ...first, spans: { 'milestone.P1': 2 } }], code: 'invalid', pointer: '/rows/0/cells/milestone.P2' },
    ]
    for (const { rows, code, pointer } of variants) {
      const reply = await call('/api/plans?dryRun=1', { key: keys.commission, body: { ...file, rows } })
      expect(reply.json).toMatchObject({ status: 422, code, errors: [{ pointer }] })
    }
  })
})

describe('requests', () => {
  test('a body over the cap is refused before it is parsed, whatever its length header says', async () => {
    const raw = ' '.repeat(MAX_BODY_BYTES + 1)
    const reply = await call('/api/plans', { key: keys.commission, raw, headers: { 'Idempotency-Key': 'large' } })
    expect([reply.status, codeOf(reply)]).toEqual([413, 'body-too-large'])
    const lying = await call('/api/plans', {
      key: keys.commission,
      raw,
      headers: { 'Idempotency-Key': 'large', 'Content-Length': '2' },
    })
    expect([lying.status, codeOf(lying)]).toEqual([413, 'body-too-large'])
  })

  test('other content, broken JSON, deep JSON and wrong fields each have their refusal', async () => {
    const path = '/api/plans?dryRun=1'
    const typed = await call(path, { key: keys.commission, raw: '{}', headers: { 'Content-Type': 'text/plain' } })
    expect([typed.status, codeOf(typed)]).toEqual([415, 'content-type-unsupported'])
    const broken = await call(path, { key: keys.commission, raw: '{"plan":' })
    expect([broken.status, codeOf(broken)]).toEqual([400, 'malformed'])
    const deep = await call(path, { key: keys.commission, raw: '['.repeat(1000) + ']'.repeat(1000) })
    expect([deep.status, codeOf(deep)]).toEqual([400, 'malformed'])
    const wrong = await call(path, {
      key: keys.commission,
      body: { ...planFile('x'), plan: { ...planFile('x').plan, year: '2023' } },
    })
    expect(wrong.json).toMatchObject({ status: 422, code: 'invalid', errors: [{ pointer: '/plan/year' }] })
  })

  test('a refusal is problem+json in Chinese, in English where asked for, and never cached', async () => {
    const chinese = await call('/api/nowhere')
    const body = RefusalBody.parse(chinese.json)
    expect(body).toMatchObject({ type: '/problems/not-found', status: 404, title: '没有此地址' })
    expect(chinese.headers.get('cache-control')).toBe('no-store')
    expect(chinese.headers.get('x-content-type-options')).toBe('nosniff')
    const english = await call('/api/nowhere', { headers: { 'Accept-Language': 'en-GB, zh;q=0.5' } })
    expect(RefusalBody.parse(english.json).title).toBe('No such address')
    const method = await call('/api/me', { method: 'PUT', key: keys.edu })
    expect([method.status, codeOf(method), method.headers.get('allow')]).toEqual([405, 'method-not-allowed', 'GET'])
  })

  test('every param that a refusal’s sentence names stands in both languages', () => {
    for (const { zh, en } of Object.values(REFUSALS)) {
      const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
      expect(names(en[1])).toEqual(names(zh[1]))
    }
  })

  test('private data is not cached', async () => {
    const planId = await createPlan(keys)
    const response = await send(`/api/plans/${planId}/rows`, { key: keys.edu })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('the Worker’s own entry answers', async () => {
    const response = await exports.default.fetch('https://ledger.test/api/health')
    expect(await response.json()).toEqual({ ok: true })
  })
})

describe('the OpenAPI document', () => {
  test('describes every endpoint with its schemas, key and refusals', async () => {
    const { json } = await call('/api/openapi.json')
    const document = json as {
      openapi: string
      paths: Record<string, Record<string, { responses: object; security: unknown[]; requestBody?: object }>>
    }
    expect(document.openapi).toBe('3.1.0')
    for (const { method, path, roles, body } of createEndpoints()) {
      const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method]
      expect(operation, `${method} ${path}`).toBeDefined()
      expect(operation?.security).toHaveLength(roles === 'public' ? 0 : 1)
      expect(operation?.requestBody !== undefined).toBe(body !== undefined)
      if (roles !== 'public') expect(operation?.responses).toHaveProperty('401')
    }
    expect(JSON.stringify(document.paths['/api/plans/{plan}/submissions'])).toContain('baseVer')
  })
})
