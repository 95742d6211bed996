/** Keys are shown once: nothing that happens between asking for them and handing them over may lose one unnoticed. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Flow } from '../../addin/flows/flow.ts'
import { askAgain, findMade, type KeyRequest, unitsWithoutKey } from '../../addin/flows/key-requests.ts'
import { checkLostKeys, issueKeys, pullKeys, reissueLostKeys, revokeKey, saveSlips } from '../../addin/flows/keys.ts'
import { replaceOwnKey } from '../../addin/flows/own-key.ts'
import { openPlan, resume, signIn } from '../../addin/flows/session.ts'
import type { KeyCreated, KeyInfo } from '../../domain/protocol.ts'
import { FakeServer, receiptOf, refusal, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { readByOpenpyxl } from '../support/openpyxl.ts'
import { circulatedSheet, PLAN, REGISTRY, ROWS } from '../support/unit-sheet.ts'

const LIST = `/api/plans/${PLAN.id}/keys`
const TO_UNITS = `POST /api/plans/${PLAN.id}/unit-keys`
const ROTATE = 'POST /api/keys/key-1/rotate'

function info(id: string, parts: Partial<KeyInfo> = {}): KeyInfo {
  return {
    id,
    role: 'unit',
    holder: '县医保局',
    post: '办公室',
    duty: 'reviewer',
    rows: null,
    createdAt: '2023-11-10T01:02:03Z',
    lastUsedAt: null,
    expiresOn: null,
    revokedAt: null,
    replacedBy: null,
    state: 'active',
    ...parts,
  }
}

/** The county's keys as the server has them. */
let kept: KeyInfo[]
let server: FakeServer
let flow: Flow
let stored: Map<string, string>
let saved: { name: string; file: Blob }[]
let minted: number

function mint(holder: string, parts: Partial<KeyInfo> = {}): KeyCreated {
  const id = `made000${++minted}`
  kept.push(info(id, { holder, ...parts }))
  return { id, key: `mt_${id}_secret`, role: 'unit', unit: holder, post: '办公室', duty: 'reviewer' }
}

function start(role: 'unit' | 'commission'): void {
  kept = []
  minted = 0
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS, role)
  server.on(LIST, () => ({ keys: kept }))
  server.on(TO_UNITS, ({ body }) => ({
    keys: (body as { units: string[] }).units.map((unit) => mint(unit)),
    skipped: [],
  }))
  const started = startFlow(new MemoryHost([circulatedSheet()], 'file'), server)
  flow = started.flow
  stored = started.stored
  saved = started.saved
}

const REQUEST: KeyRequest = {
  kind: 'units',
  planId: PLAN.id,
  body: { units: ['县医保局', '县人力社保局'], post: '办公室', duty: 'reviewer' },
}
const paths = (method: string) => server.asked.filter((one) => one.method === method).map(({ path }) => path)
const posts = () => paths('POST').filter((path) => path.endsWith('keys'))

describe('the commission', () => {
  beforeEach(async () => {
    start('commission')
    await signIn(flow, 'secret')
    await pullKeys(flow)
  })

  test('issues to the units named; the slips are saved at once and again, and hold the keys', async () => {
    await issueKeys(flow, REQUEST)
    expect(flow.state()).toMatchObject({ screen: 'issuedKeys', issuedKeys: { saved: 1 }, keys: { length: 2 } })
    await saveSlips(flow)
    expect(saved.map(({ name }) => name)).toEqual(Array(2).fill('奉节县密钥通知单（2023-11-10，2把）.xlsx'))
    const [slips, list] = readByOpenpyxl(new Uint8Array(await (saved[0]?.file ?? new Blob()).arrayBuffer()))
    const texts = Object.values(slips?.cells ?? {}).map(({ value }) => value)
    for (const { key } of flow.state().issuedKeys?.keys ?? []) expect(texts).toContain(key)
    expect(texts).toContain('https://ledger.example.gov.cn/')
    expect(JSON.stringify(list)).not.toContain('secret')
  })

  test('never writes a key into the workbook', async () => {
    const drawn: string[] = []
    flow.host.draw = async ({ name }) => void drawn.push(name)
    flow.host.write = async (sheet) => void drawn.push(sheet)
    await issueKeys(flow, REQUEST)
    expect(drawn).toEqual([])
    expect([...stored.values()].join()).toBe('secret')
  })

  test('asks for no key while the list cannot be read', async () => {
    server.on(LIST, () => 'offline')
    await issueKeys(flow, REQUEST)
    expect(posts()).toEqual([])
    expect(flow.state().notice).toMatchObject({ text: 'offline', retry: true })
  })

  test('keeps the keys in sight where only their slips fail', async () => {
    flow.save = () => {
      throw new Error('no disk')
    }
    await issueKeys(flow, REQUEST)
    expect(flow.state()).toMatchObject({ screen: 'issuedKeys', issuedKeys: { saved: 0, keys: { length: 2 } } })
  })

  test('keeps the keys in sight where its own key ends meanwhile', async () => {
    await issueKeys(flow, REQUEST)
    server.on(`/api/plans/${PLAN.id}`, () => refusal('key-revoked', 401))
    flow.dispatch({ type: 'signedOut' })
    await saveSlips(flow)
    expect(flow.state()).toMatchObject({ screen: 'issuedKeys', issuedKeys: { keys: { length: 2 } } })
    // The slips are the same ones still.
    expect(new Set(saved.map(({ name }) => name)).size).toBe(1)
    expect(new Set(saved.map(({ file }) => file.size)).size).toBe(1)
  })

  describe('whose answer is lost', () => {
    beforeEach(() => {
      const whole = server.answers.get(TO_UNITS)
      server.on(TO_UNITS, async (asked) => {
        await whole?.(asked)
        server.on(TO_UNITS, (again) => whole?.(again))
        return 'offline'
      })
      server.on('DELETE /api/keys/made0001', () => end('made0001'))
      server.on('DELETE /api/keys/made0002', () => end('made0002'))
    })
    const end = (id: string) => {
      kept = kept.map((key) => (key.id === id ? { ...key, state: 'revoked', revokedAt: '2023-11-10T01:02:04Z' } : key))
      return new Response(null, { status: 204 })
    }

    test('is told what was made and never arrived; it is revoked and issued again to the same units', async () => {
      await issueKeys(flow, REQUEST)
      expect(flow.state().issuedKeys).toBeUndefined()
      expect(flow.state().lostKeys?.found?.map(({ id }) => id)).toEqual(['made0001', 'made0002'])
      await reissueLostKeys(flow)
      expect(paths('DELETE')).toEqual(['/api/keys/made0001', '/api/keys/made0002'])
      expect(server.asked.at(-2)?.body).toMatchObject({ units: ['县医保局', '县人力社保局'] })
      expect(flow.state().issuedKeys?.keys.map(({ id }) => id)).toEqual(['made0003', 'made0004'])
      expect(flow.state().lostKeys).toBeUndefined()
      expect(kept.filter(({ state }) => state === 'active').map(({ id }) => id)).toEqual(['made0003', 'made0004'])
    })

    test('without a network looks again later, and asks for nothing twice before', async () => {
      const whole = server.answers.get(LIST)
      const lose = server.answers.get(TO_UNITS)
      server.on(TO_UNITS, async (asked) => {
        server.on(LIST, () => 'offline')
        return lose?.(asked)
      })
      await issueKeys(flow, REQUEST)
      expect(flow.state().lostKeys).toMatchObject({ request: REQUEST })
      expect(flow.state().lostKeys?.found).toBeUndefined()
      await checkLostKeys(flow)
      expect(flow.state().notice).toMatchObject({ text: 'offline' })
      server.on(LIST, (asked) => whole?.(asked))
      await checkLostKeys(flow)
      expect(flow.state().lostKeys?.found).toHaveLength(2)
      expect(posts()).toHaveLength(1)
    })

    test('goes on where revoking broke off', async () => {
      await issueKeys(flow, REQUEST)
      server.on('DELETE /api/keys/made0002', () => 'offline')
      await reissueLostKeys(flow)
      expect(flow.state().lostKeys?.found).toHaveLength(2)
      expect(posts()).toHaveLength(1)
      server.on('DELETE /api/keys/made0002', () => end('made0002'))
      await reissueLostKeys(flow)
      expect(flow.state().issuedKeys?.keys).toHaveLength(2)
    })
  })

  test('whose request never arrived is told that it may ask again', async () => {
    server.on(TO_UNITS, () => 'offline')
    await issueKeys(flow, REQUEST)
    expect(flow.state()).toMatchObject({ notice: { text: 'keys.noneMade' } })
    expect(flow.state().lostKeys).toBeUndefined()
  })

  test('a refusal is said and looks for nothing', async () => {
    server.on(TO_UNITS, () => refusal('unit-not-found', 404, '没有这个单位。'))
    await issueKeys(flow, REQUEST)
    expect(flow.state()).toMatchObject({ notice: { sentence: '没有这个单位。' } })
    expect(flow.state().lostKeys).toBeUndefined()
  })

  test('revokes a key and reads the list anew', async () => {
    kept = [info('made0001')]
    server.on('DELETE /api/keys/made0001', () => {
      kept = [info('made0001', { state: 'revoked' })]
      return new Response(null, { status: 204 })
    })
    await revokeKey(flow, info('made0001'))
    expect(flow.state()).toMatchObject({ notice: { text: 'keys.revoked' }, keys: [{ state: 'revoked' }] })
  })
})

describe('what a lost request made', () => {
  const before = ['old']

  test('is what was not there before and is as it asked for', () => {
    const keys = [
      info('old'),
      info('mine'),
      info('colleague', { post: '财务科' }),
      info('used', { lastUsedAt: '2023-11-10T01:00:00Z' }),
      info('other', { holder: '县教委' }),
      info('dated', { expiresOn: '2023-12-31' }),
    ]
    expect(findMade(REQUEST, keys, before).map(({ id }) => id)).toEqual(['mine'])
  })

  test('in place of another key is its successor, asked for again as it was', () => {
    const old = info('old', { rows: ['r1'], planId: 'p2', expiresOn: '2023-12-31' })
    const request: KeyRequest = { kind: 'replace', planId: PLAN.id, old, overlapHours: 24 }
    const keys = [{ ...old, replacedBy: 'new' }, { ...old, id: 'new' }, info('stranger')]
    const made = findMade(request, keys, before)
    expect(made.map(({ id }) => id)).toEqual(['new'])
    expect(askAgain(request, made)).toEqual({
      kind: 'one',
      planId: 'p2',
      body: { role: 'unit', unit: '县医保局', duty: 'reviewer', post: '办公室', rows: ['r1'], expiresOn: '2023-12-31' },
    })
    expect(findMade(request, [old, info('stranger')], before)).toEqual([])
  })
})

test('units that answer for a task, also in a group, and have no working key are named', () => {
  const groups = [{ name: '各乡镇', members: ['甲镇', '乙镇'] }]
  const units = [
    ...REGISTRY.units,
    { id: 'u3', name: '甲镇' },
    { id: 'u4', name: '乙镇' },
    { id: 'u5', name: '县档案馆' },
  ]
  const rows = ROWS.map((row) => ({ ...row, supporting: [...row.supporting, '各乡镇'] }))
  const keys = [
    info('a', { holder: '县人力社保局' }),
    info('b', { holder: '甲镇', state: 'revoked' }),
    info('c', { holder: '乙镇', replacedBy: 'x' }),
  ]
  const plan = { plan: PLAN, registry: { units, groups } }
  expect(unitsWithoutKey(plan, { planId: PLAN.id, state: 'collecting', seq: 1, rows }, keys)).toEqual([
    '县医保局',
    '甲镇',
    '乙镇',
  ])
})

describe('whoever holds a key', () => {
  beforeEach(async () => {
    start('unit')
    await signIn(flow, 'secret')
  })
  const made = {
    id: 'key-2',
    key: 'mt_key-2_next',
    role: 'unit',
    unit: '县人力社保局',
    post: '办公室',
    duty: 'handler',
  }

  test('replaces it with a day over; the new one is used and remembered at once', async () => {
    server.on(ROTATE, () => made)
    await replaceOwnKey(flow)
    expect(server.asked.find(({ path }) => path.endsWith('/rotate'))?.body).toEqual({ overlapHours: 24 })
    expect(stored.get('key')).toBe(made.key)
    expect(flow.state()).toMatchObject({ screen: 'issuedKeys', me: { key: { id: 'key-2', duty: 'handler' } } })
    expect(saved).toEqual([])
    await flow.api.me()
    expect(server.asked.at(-1)?.key).toBe(made.key)
  })

  test('goes on with what waits in the outbox under the new key', async () => {
    const submit = `POST /api/plans/${PLAN.id}/submissions`
    server.on(submit, () => 'offline')
    const submission = { form: 'breakdown' as const, specVersion: 1, rows: [] }
    const store = await flow.outbox.store
    await store.put({
      id: 'o1',
      planId: PLAN.id,
      planTitle: PLAN.title,
      actorId: 'actor-1',
      keyId: 'key-1',
      sheet: '任务分解表',
      submission,
      createdAt: 1,
      tries: 0,
      nextAt: 0,
      state: 'waiting',
    })
    flow.dispatch({ type: 'outboxRead', outbox: { records: await store.list('actor-1'), isLasting: false } })
    server.on(ROTATE, () => made)
    server.on(submit, ({ body }) => receiptOf(body as typeof submission, {}, false))
    await replaceOwnKey(flow)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const sent = server.asked.filter(({ path, key }) => path.endsWith('/submissions') && key === made.key)
    expect(sent.map(({ attempt }) => attempt)).toContain('o1')
  })

  test('keeps working with the old one where the answer is lost, and learns by asking again', async () => {
    server.on(ROTATE, () => 'offline')
    await replaceOwnKey(flow)
    expect(stored.get('key')).toBe('secret')
    expect(flow.state()).toMatchObject({ ownKey: 'unanswered', me: { key: { id: 'key-1' } } })
    server.on(ROTATE, () => refusal('key-not-active', 409))
    await replaceOwnKey(flow)
    expect(flow.state().ownKey).toBe('replaced')
    expect(stored.get('key')).toBe('secret')
  })

  test('in another pane of the same computer does not forget the new key when the old one ends', async () => {
    stored.set('key', made.key)
    server.on(`/api/plans/${PLAN.id}`, () => refusal('key-expired', 401, '密钥已过期。'))
    await openPlan(flow, PLAN.id)
    expect(flow.state()).toMatchObject({ screen: 'signIn', notice: { also: { text: 'ownKey.otherPane' } } })
    expect(stored.get('key')).toBe(made.key)
  })

  test('a remembered key that is refused is forgotten', async () => {
    stored.set('key', 'dead')
    flow.api = flow.connect('')
    server.on('/api/me', () => refusal('key-revoked', 401))
    await resume(flow)
    expect(stored.has('key')).toBe(false)
  })

  test('may type it in the groups of the slip', async () => {
    await signIn(flow, ' mt _ aB3d E0O0 _ 0Oo1\t')
    expect(stored.get('key')).toBe('mt_aB3dE0O0_0Oo1')
  })
})
