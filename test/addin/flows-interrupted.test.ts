/**
 * What comes between a person and the server: keys that end, brakes, proxies, no network at the start,
 * wrong clocks. Each is said in plain words, nothing is lost, and nothing is tried in a circle.
 */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Flow } from '../../addin/flows/flow.ts'
import { strandedRecords, takeOver } from '../../addin/flows/outbox.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { goOnline, resume, signIn, signOut } from '../../addin/flows/session.ts'
import { confirmSubmit, keepForLater, previewSubmission } from '../../addin/flows/submit.ts'
import type { OutboxRecord } from '../../addin/outbox/record.ts'
import { createMemoryStore } from '../../addin/outbox/store.ts'
import type { Visit } from '../../addin/visit-store.ts'
import type { Me, Submission } from '../../domain/protocol.ts'
import {
  type Answerer,
  createMemoryVisits,
  FakeServer,
  receiptOf,
  refusal,
  serveUnit,
  startFlow,
} from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const SUBMIT = `POST /api/plans/${PLAN.id}/submissions`
const EDITED = '新增就业2600人。'
const PORTAL = () => new Response('<html>请先登录</html>', { headers: { 'content-type': 'text/html' } })

let host: MemoryHost
let server: FakeServer
let shared: Map<string, OutboxRecord>
let kept: { visit?: Visit }
let flow: Flow
let stored: Map<string, string>
let clock: number
let due: (() => void)[]

/** A pane in the same browser: key, outbox and last visit are those of the panes before it. */
function openPane(): Flow {
  const started = startFlow(host, server)
  const key = stored?.get('key')
  stored = started.stored
  if (key) stored.set('key', key)
  const { flow } = started
  flow.now = () => new Date(clock)
  flow.visits = createMemoryVisits(kept)
  flow.outbox.store = Promise.resolve({ ...createMemoryStore(shared), isLasting: true })
  flow.outbox.now = () => clock
  flow.outbox.schedule = (work) => {
    due.push(work)
    return () => {
      due = due.filter((other) => other !== work)
    }
  }
  return flow
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 10))
const sent = () => server.asked.filter(({ method, path }) => method === 'POST' && path.endsWith('/submissions'))
const record = () => [...shared.values()][0] as OutboxRecord

function accept(): void {
  server.on(SUBMIT, ({ body }) => receiptOf(body as Submission, {}, false))
}

function answerMe(change: (me: Me) => void): void {
  const before = server.answers.get('/api/me') as Answerer
  server.on('/api/me', async (asked) => {
    const me = structuredClone(await before(asked)) as Me
    change(me)
    return me
  })
}

beforeEach(async () => {
  host = new MemoryHost([circulatedSheet()])
  server = new FakeServer()
  shared = new Map()
  kept = {}
  stored = new Map()
  due = []
  clock = Date.parse('2023-11-10T01:02:03Z')
  serveUnit(server, PLAN, REGISTRY, ROWS)
  server.on(`${SUBMIT}?dryRun=1`, ({ body }) => receiptOf(body as Submission, {}, true))
  flow = openPane()
  await signIn(flow, 'secret')
  await recogniseSheet(flow)
  await confirmRecognition(flow)
  for (const [row, id] of [
    [AT.r1, 'r1'],
    [AT.r2, 'r2'],
  ] as const)
    host.type(SHEET, row, AT.carrier, `${id}@3`)
  host.type(SHEET, AT.r1, AT.p1, EDITED)
})

async function submit(): Promise<void> {
  await previewSubmission(flow)
  await confirmSubmit(flow)
}

describe('a submission is kept, said in plain words, and tried again after a pause where', () => {
  test.each<[string, Answerer, object]>([
    ['no answer comes', () => 'offline', { kind: 'offline' }],
    ['a captive portal answers with its page', PORTAL, { kind: 'unreadable', status: 200 }],
    ['a proxy answers with JSON of its own', () => ({ error: 'blocked' }), { kind: 'unreadable', status: 200 }],
    ['a gateway fails', () => new Response('Bad Gateway', { status: 502 }), { kind: 'unreadable', status: 502 }],
    ['a proxy wants a password', () => new Response('', { status: 401 }), { kind: 'unreadable', status: 401 }],
    ['the server is busy', () => refusal('busy', 503, '系统繁忙。'), { kind: 'later', sentence: '系统繁忙。' }],
    ['the server fails', () => refusal('internal', 500, '系统出错。'), { kind: 'later', sentence: '系统出错。' }],
    ['requests are braked', () => refusal('too-many-requests', 429, '频繁。'), { kind: 'later', sentence: '频繁。' }],
    ['the key is locked', () => refusal('key-locked', 429, '请稍后。'), { kind: 'later', sentence: '请稍后。' }],
  ])('%s', async (_name, answer, failure) => {
    server.on(SUBMIT, answer)
    await submit()
    expect(flow.state()).toMatchObject({ screen: 'outbox', notice: { text: 'outbox.kept' } })
    expect(record()).toMatchObject({ state: 'waiting', failure })
    expect(sent()).toHaveLength(1)
    expect(due).toHaveLength(1)
    accept()
    clock += 10 * 60_000
    due.shift()?.()
    await settled()
    expect(record()).toMatchObject({ state: 'done' })
    expect(record()).not.toHaveProperty('failure.kind')
    expect(new Set(sent().map(({ attempt }) => attempt)).size).toBe(1)
  })
})

test('a brake is waited out as long as the server asks', async () => {
  server.on(SUBMIT, () => {
    const answer = refusal('key-locked', 429)
    answer.headers.set('retry-after', '900')
    return answer
  })
  await submit()
  expect(record().nextAt).toBe(clock + 900_000)
})

describe('a submission is kept with the server’s sentence where it is refused for', () => {
  test.each([
    ['role-not-allowed', 403],
    ['plan-not-collecting', 409],
    ['plan-archived', 409],
    ['base-unknown', 409],
    ['row-identity-suspect', 422],
    ['changes-too-large', 413],
  ])('%s', async (code, status) => {
    server.on(SUBMIT, () => 'offline')
    await submit()
    server.on(SUBMIT, () => refusal(code, status, `原因：${code}`))
    await goOnline(flow)
    await settled()
    expect(flow.state().notice).toMatchObject({ text: 'outbox.refused', params: { refusal: `原因：${code}` } })
    expect(record()).toMatchObject({ state: 'refused', refusal: `原因：${code}` })
    expect(due).toEqual([])
  })
})

describe('a key that has ended', () => {
  beforeEach(async () => {
    server.on(SUBMIT, () => refusal('key-expired', 401, '密钥有效期已过。'))
    await submit()
  })

  test('leads to the sign-in, which says that the submission is kept', () => {
    expect(flow.state()).toMatchObject({
      screen: 'signIn',
      notice: { sentence: '密钥有效期已过。', also: { text: 'outbox.keptForNextKey', params: { count: 1 } } },
    })
    expect(stored.has('key')).toBe(false)
    expect(kept.visit).toBeUndefined()
    expect(due).toEqual([])
  })

  test('sends nothing under the next key before the person says so, then under the same idempotency key', async () => {
    accept()
    answerMe((me) => {
      me.key.id = 'key-2'
    })
    clock += 600_000
    flow = openPane()
    await signIn(flow, 'next')
    await settled()
    expect(sent()).toHaveLength(1)
    expect(due).toEqual([])
    expect(strandedRecords(flow)).toHaveLength(1)
    await takeOver(flow)
    expect(sent().map(({ key }) => key)).toEqual(['secret', 'next'])
    expect(new Set(sent().map(({ attempt }) => attempt)).size).toBe(1)
    expect(new Set(sent().map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(record()).toMatchObject({ state: 'done' })
  })

  test('never goes out under the key of another unit', async () => {
    accept()
    answerMe((me) => {
      me.actor.id = 'actor-2'
      me.key.id = 'key-2'
    })
    flow = openPane()
    await signIn(flow, 'other')
    await settled()
    expect(flow.state().outbox?.records).toEqual([])
    expect(sent()).toHaveLength(1)
  })
})

describe('a pane that opens', () => {
  test.each<[string, Answerer]>([
    ['without a network', () => 'offline'],
    ['behind a captive portal', PORTAL],
    ['while the server is down', () => refusal('internal', 500)],
  ])('%s shows what it knew last, checks and queues, and comes back by itself', async (_name, answer) => {
    const whole = new Map(server.answers)
    for (const route of whole.keys()) server.on(route, answer)
    server.on(SUBMIT, answer)
    flow = openPane()
    clock += 86_400_000
    await resume(flow)
    expect(flow.state()).toMatchObject({
      screen: 'home',
      offline: { readAt: '2023-11-10T01:02:03.000Z' },
      me: { actor: { name: '县人力社保局' } },
      plan: { plan: { id: PLAN.id } },
    })
    await previewSubmission(flow)
    await keepForLater(flow)
    expect(record()).toMatchObject({ state: 'waiting' })

    for (const [route, before] of whole) server.on(route, before)
    accept()
    clock += 600_000
    for (const work of due.splice(0)) work()
    await settled()
    expect(flow.state().offline).toBeUndefined()
    expect(record()).toMatchObject({ state: 'done' })
  })

  test('without a network and without an earlier visit asks for the key', async () => {
    kept = {}
    server.on('/api/me', () => 'offline')
    flow = openPane()
    await resume(flow)
    expect(flow.state()).toMatchObject({ screen: 'signIn', notice: { text: 'offline', retry: true } })
    expect(stored.get('key')).toBe('secret')
  })

  test('offline leaves at once when the key turns out to be revoked', async () => {
    server.on('/api/me', () => 'offline')
    flow = openPane()
    await resume(flow)
    server.on('/api/me', () => refusal('key-revoked', 401, '密钥已停用。'))
    await goOnline(flow)
    expect(flow.state()).toMatchObject({ screen: 'signIn', notice: { sentence: '密钥已停用。' } })
    expect(kept.visit).toBeUndefined()
  })

  test('after signing out shows nothing of the visit before', async () => {
    await signOut(flow)
    await settled()
    expect(kept.visit).toBeUndefined()
  })
})

test('a clock that was set back by a day neither holds a submission up nor changes the order', async () => {
  server.on(SUBMIT, () => 'offline')
  await submit()
  clock -= 86_400_000
  host.type(SHEET, AT.r1, AT.p1, '新增就业2700人。')
  await previewSubmission(flow)
  await keepForLater(flow)
  const order = flow.state().outbox?.records.map(({ submission }) => submission.rows[0]?.cells['milestone.P1'])
  expect(order).toEqual([EDITED, '新增就业2700人。'])
  accept()
  clock -= 86_400_000
  for (const work of due.splice(0)) work()
  await settled()
  expect(flow.state().outbox?.records.map(({ state }) => state)).toEqual(['done', 'done'])
})
