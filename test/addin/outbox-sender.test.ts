/** The sender over a fake network and a clock in the test's hand: what ends a record, what only delays it. */
import { beforeEach, describe, expect, test } from 'vitest'
import { createApi, Refusal } from '../../addin/api.ts'
import { createLock, type Lock } from '../../addin/outbox/lock.ts'
import type { OutboxRecord } from '../../addin/outbox/record.ts'
import { createSender, type Sender } from '../../addin/outbox/sender.ts'
import { createMemoryStore, type OutboxStore } from '../../addin/outbox/store.ts'
import type { Submission } from '../../domain/protocol.ts'
import { FakeServer, receiptOf, refusal } from '../support/fake-server.ts'

const SUBMISSION: Submission = { form: 'breakdown', specVersion: 1, rows: [] }
const ACTOR = 'actor-1'

/** Counts a submission once per key, as the real server does. */
class CountingServer extends FakeServer {
  readonly commits = new Map<string, number>()

  accept(plan: string): this {
    return this.on(`POST /api/plans/${plan}/submissions`, ({ attempt = '' }) => this.commit(attempt))
  }

  commit(key: string) {
    const known = this.commits.get(key)
    const number = known ?? this.commits.size + 1
    this.commits.set(key, number)
    return { ...receiptOf(SUBMISSION, {}, false), number: `20231110-000${number}`, replayed: known !== undefined }
  }

  keys(): (string | undefined)[] {
    return this.asked.filter(({ method }) => method === 'POST').map(({ attempt }) => attempt)
  }
}

let server: CountingServer
let store: OutboxStore
let shared: Map<string, OutboxRecord>
let clock: number
let due: number | undefined

beforeEach(() => {
  server = new CountingServer().accept('p').accept('q')
  shared = new Map()
  store = createMemoryStore(shared)
  clock = 1_000_000
  due = undefined
})

function startSender(options: { lock?: Lock; over?: OutboxStore; keyId?: string } = {}): Sender {
  const api = createApi({ fetch: server.fetch, key: 'secret', locale: 'zh' })
  return createSender({
    store: options.over ?? store,
    actorId: ACTOR,
    keyId: options.keyId ?? 'key-1',
    lock: options.lock ?? createLock(undefined),
    lockName: 'outbox',
    submit: ({ planId, id }, submission) => api.submit(planId, submission, false, id),
    readRows: async (planId) => (await api.rows(planId)).rows,
    followReleases: async (_planId, submission) => submission,
    now: () => clock,
    random: () => 0,
    schedule: (_work, ms) => {
      due = ms
      return () => {
        due = undefined
      }
    },
    onChange: () => {},
    onDue: () => {},
  })
}

async function keep(id: string, planId = 'p', actorId = ACTOR): Promise<void> {
  const createdAt = clock + shared.size
  await store.put({
    id,
    planId,
    planTitle: '',
    actorId,
    sheet: 's',
    submission: SUBMISSION,
    createdAt,
    tries: 0,
    nextAt: clock,
    state: 'waiting',
  })
}

const stateOf = (id: string) => shared.get(id)?.state

describe('a record', () => {
  test('that arrives is done with its receipt and never sent again', async () => {
    await keep('a')
    const sender = startSender()
    expect(await sender.send()).toMatchObject([{ id: 'a', state: 'done', receipt: { number: '20231110-0001' } }])
    expect(await sender.send({ now: true })).toEqual([])
    expect(server.keys()).toEqual(['a'])
    expect(due).toBeUndefined()
  })

  test('whose request was lost waits twice as long after each attempt, five minutes at most', async () => {
    await keep('a')
    server.on('POST /api/plans/p/submissions', () => 'offline')
    const sender = startSender()
    const pauses: (number | undefined)[] = []
    for (let attempt = 0; attempt < 10; attempt++) {
      expect(await sender.send()).toEqual([])
      pauses.push(due)
      clock += due ?? 0
    }
    expect(pauses.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000])
    expect(pauses.at(-1)).toBe(300_000)
    expect(shared.get('a')).toMatchObject({ state: 'waiting', tries: 10 })
  })

  test('is not sent before its time, unless a person asks', async () => {
    await keep('a')
    server.on('POST /api/plans/p/submissions', () => 'offline')
    const sender = startSender()
    await sender.send()
    clock += 1_999
    await sender.send()
    expect(server.asked).toHaveLength(1)
    server.accept('p')
    expect(await sender.send({ now: true })).toMatchObject([{ state: 'done' }])
  })

  test('whose answer was lost after the commit ends with the receipt of that commit', async () => {
    await keep('a')
    server.on('POST /api/plans/p/submissions', ({ attempt = '' }) => {
      server.commit(attempt)
      return 'offline'
    })
    const sender = startSender()
    await sender.send()
    expect(stateOf('a')).toBe('waiting')
    server.accept('p')
    const [ended] = await sender.send({ now: true })
    expect(ended?.receipt).toMatchObject({ number: '20231110-0001', replayed: true })
    expect(server.commits.size).toBe(1)
  })

  test.each([
    ['a busy server', () => withRetryAfter(refusal('busy', 503), '7'), 7_000],
    ['too many requests', () => withRetryAfter(refusal('rate', 429), '30'), 30_000],
    ['a failing gateway', () => new Response('Bad Gateway', { status: 502 }), 2_000],
    ['a gateway that asks to wait', () => new Response('', { status: 503, headers: { 'retry-after': '9' } }), 9_000],
    ['the page of a hotel network', () => new Response('<html>', { status: 200 }), 2_000],
    ['a proxy that forbids', () => new Response('<html>', { status: 403 }), 2_000],
  ])('that meets %s waits', async (_name, answer, pause) => {
    await keep('a')
    server.on('POST /api/plans/p/submissions', answer)
    await startSender().send()
    expect(stateOf('a')).toBe('waiting')
    expect(due).toBe(pause)
  })

  test('that is refused keeps the sentence and holds up nothing behind it', async () => {
    await keep('a')
    await keep('b')
    server.on('POST /api/plans/p/submissions', ({ attempt = '' }) =>
      attempt === 'a' ? refusal('plan-not-collecting', 409, '本计划已印发。') : server.commit(attempt),
    )
    const ended = await startSender().send()
    expect(ended).toMatchObject([
      { id: 'a', state: 'refused', refusal: '本计划已印发。' },
      { id: 'b', state: 'done' },
    ])
    expect(shared.get('a')?.submission).toEqual(SUBMISSION)
  })

  test('waits for a known key where the server no longer knows this one', async () => {
    await keep('a')
    server.on('POST /api/plans/p/submissions', () => refusal('key-unknown', 401))
    await expect(startSender().send()).rejects.toBeInstanceOf(Refusal)
    expect(stateOf('a')).toBe('waiting')
  })

  test('left as being sent by a crash is sent again under the same key', async () => {
    await keep('a')
    await store.update('a', (record) => ({ ...record, state: 'sending', tries: 1 }))
    await startSender({ over: createMemoryStore(shared) }).send()
    expect(stateOf('a')).toBe('done')
    expect(server.keys()).toEqual(['a'])
  })

  test('of another actor is left alone', async () => {
    await keep('a', 'p', 'somebody else')
    expect(await startSender().send({ now: true })).toEqual([])
    expect(server.asked).toEqual([])
  })

  test('that was deleted while it was being sent does not come back', async () => {
    await keep('a')
    server.on('POST /api/plans/p/submissions', async () => {
      await store.remove('a')
      return 'offline'
    })
    await startSender().send()
    expect(shared.size).toBe(0)
  })
})

test('within a plan the first goes first, and another plan does not wait for it', async () => {
  await keep('a')
  await keep('b')
  await keep('c', 'q')
  server.on('POST /api/plans/p/submissions', () => 'offline')
  const sender = startSender()
  expect(await sender.send()).toMatchObject([{ id: 'c' }])
  expect(server.keys()).toEqual(['a', 'c'])
  server.accept('p')
  await sender.send({ now: true })
  expect(server.keys()).toEqual(['a', 'c', 'a', 'b'])
})

test('two panes that share lock and store send a record once', async () => {
  await keep('a')
  const lock = createLock(undefined)
  const panes = [startSender({ lock }), startSender({ lock, over: createMemoryStore(shared) })]
  const ended = await Promise.all(panes.map((pane) => pane.send({ now: true })))
  expect(ended.flat()).toHaveLength(1)
  expect(server.keys()).toEqual(['a'])
})

test('two panes without a common lock still make one submission', async () => {
  await keep('a')
  const panes = [startSender(), startSender({ over: createMemoryStore(shared) })]
  await Promise.all(panes.map((pane) => pane.send({ now: true })))
  expect(server.commits.size).toBe(1)
  expect(stateOf('a')).toBe('done')
})

test('a stopped sender sends nothing and schedules nothing', async () => {
  await keep('a')
  const sender = startSender()
  sender.stop()
  await sender.send({ now: true })
  expect(server.asked).toEqual([])
  expect(due).toBeUndefined()
})

test('a lock lets the next one in after a failure', async () => {
  const lock = createLock(undefined)
  const order: string[] = []
  const failing = lock('l', async () => {
    order.push('one')
    throw new Error('broken')
  })
  const next = lock('l', async () => order.push('two'))
  await expect(failing).rejects.toThrow('broken')
  await next
  expect(order).toEqual(['one', 'two'])
})

function withRetryAfter(response: Response, seconds: string): Response {
  response.headers.set('retry-after', seconds)
  return response
}
