/** Answers in the place of the Worker: canned bodies by method and path, and a list of what was asked. */
import { createApi } from '../../addin/api.ts'
import type { Flow, Outbox } from '../../addin/flows/flow.ts'
import type { Locale } from '../../addin/messages.ts'
import { createLock } from '../../addin/outbox/lock.ts'
import { createMemoryStore } from '../../addin/outbox/store.ts'
import type { SheetHost } from '../../addin/sheet-host.ts'
import { initialState, type State } from '../../addin/state.ts'
import { transition } from '../../addin/state-transitions.ts'
import type { Visit, VisitStore } from '../../addin/visit-store.ts'
import type { Plan } from '../../domain/plan.ts'
import type { Receipt, RowList, RowOutcome, ServerRow, Submission } from '../../domain/protocol.ts'
import type { UnitRegistry } from '../../domain/units.ts'

export type Asked = {
  method: string
  path: string
  key: string | undefined
  attempt: string | undefined
  body: unknown
}

/** A body to send with 200, a Response, or 'offline' for no answer at all. */
export type Answerer = (asked: Asked) => unknown

export class FakeServer {
  readonly asked: Asked[] = []
  /** '/api/me' or 'POST /api/plans/p/submissions' → answer; a query is part of the path. */
  readonly answers = new Map<string, Answerer>()

  on(route: string, answer: Answerer): this {
    this.answers.set(route, answer)
    return this
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    const asked: Asked = {
      method: init?.method ?? 'GET',
      path: String(input),
      key: headers.get('authorization')?.replace('Bearer ', ''),
      attempt: headers.get('idempotency-key') ?? undefined,
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
    }
    this.asked.push(asked)
    const answer = this.answers.get(`${asked.method} ${asked.path}`) ?? this.answers.get(asked.path)
    const body = answer ? await answer(asked) : refusal('not-found', 404)
    if (body === 'offline') throw new TypeError('Failed to fetch')
    return body instanceof Response ? body : Response.json(body)
  }
}

/** `pointers`: places in the request that it names. */
export function refusal(
  code: string,
  status: number,
  detail = `拒绝：${code}`,
  pointers: string[] = [],
  params: Record<string, string> = {},
): Response {
  const errors = pointers.map((pointer) => ({ pointer, detail: code }))
  const body = { type: 'about:blank', title: code, status, code, detail, params, errors, requestId: 'request-1' }
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } })
}

/** A flow over a host and a fake server, with the state that its actions make. */
export function startFlow(host: SheetHost, server: FakeServer, locale: Locale = 'zh') {
  let state = initialState(locale, host.kind)
  let ids = 0
  const stored = new Map<string, string>()
  const saved: { name: string; file: Blob }[] = []
  const states: State[] = []
  const connect = (key: string) => createApi({ fetch: server.fetch, key, locale })
  const flow: Flow = {
    host,
    api: connect(''),
    connect,
    keys: {
      read: () => stored.get('key'),
      write: (key) => void stored.set('key', key),
      clear: () => void stored.delete('key'),
    },
    dispatch: (action) => {
      state = transition(state, action)
      states.push(state)
    },
    state: () => state,
    newId: () => `id-${++ids}`,
    now: () => new Date('2023-11-10T01:02:03Z'),
    save: (name, file) => void saved.push({ name, file }),
    address: 'https://ledger.example.gov.cn/',
    outbox: createOutbox(),
    checking: () => import('../../addin/flows/checking.ts'),
    visits: createMemoryVisits(),
    afterwards: [],
  }
  return { flow, stored, saved, states }
}

/** What the last visit knew, in memory; panes that share `kept` share it. */
export function createMemoryVisits(kept: { visit?: Visit } = {}): VisitStore {
  return {
    read: async () => structuredClone(kept.visit),
    write: async (visit) => {
      kept.visit = structuredClone(visit)
    },
    clear: async () => {
      delete kept.visit
    },
  }
}

/** An outbox in memory; what it schedules never comes due by itself. */
function createOutbox(): Outbox {
  return {
    store: Promise.resolve(createMemoryStore()),
    lock: createLock(undefined),
    lockName: 'outbox-',
    now: () => Date.parse('2023-11-10T01:02:03Z'),
    random: () => 0,
    schedule: () => () => {},
  }
}

/** What the server says of one unit, its plan and its rows. */
export function serveUnit(
  server: FakeServer,
  plan: Plan,
  registry: UnitRegistry,
  rows: ServerRow[],
  role = 'unit',
): void {
  const list: RowList = { planId: plan.id, state: plan.state, seq: 1, rows }
  server
    .on('/api/me', () => ({
      actor: { id: 'actor-1', role, name: '县人力社保局' },
      key: { id: 'key-1', post: '办公室' },
      plans: [{ id: plan.id, title: plan.title, county: plan.county, year: plan.year, state: plan.state }],
      limits: { bodyBytes: 1, rows: 1, cellLength: 1 },
    }))
    .on(`/api/plans/${plan.id}`, () => ({ plan, registry }))
    .on(`/api/plans/${plan.id}/rows`, () => list)
    .on(`/api/plans/${plan.id}/drafts`, () => ({ drafts: [] }))
}

/** The outcome of a row in which nothing changed. */
export function outcomeOf(rowId: string, ver: number): RowOutcome {
  const none = { applied: [], converged: [], conflicts: [], held: [], notWritable: [], blocked: [] }
  return { rowId, ver, outcome: 'unchanged', ...none }
}

/** A receipt in which every sent row has the given outcome; the rest is empty. */
export function receiptOf(
  submission: Submission,
  outcomes: Record<string, Partial<RowOutcome>>,
  dryRun: boolean,
): Receipt {
  const rows = submission.rows.map(({ rowId, baseVer }) => ({ ...outcomeOf(rowId, baseVer), ...outcomes[rowId] }))
  const clashes = (status: 'open' | 'resolved') =>
    sum(rows, ({ conflicts }) => conflicts.filter((conflict) => conflict.status === status).length)
  const decided = clashes('resolved')
  return {
    submissionId: 'submission-1',
    number: '20231110-0001',
    planId: 'plan-1',
    dryRun,
    replayed: false,
    at: '2023-11-10T01:02:03Z',
    by: '县人力社保局',
    seq: 2,
    hash: 'ab'.repeat(32),
    rows,
    totals: {
      applied: sum(rows, (row) => row.applied.length),
      converged: 0,
      conflicts: clashes('open'),
      ...(decided > 0 && { decided }),
      held: sum(rows, (row) => row.held.length),
      notWritable: sum(rows, (row) => row.notWritable.length),
      blocked: sum(rows, (row) => (row.blocked.length > 0 ? 1 : 0)),
    },
    issues: [],
  }
}

function sum(rows: RowOutcome[], count: (row: RowOutcome) => number): number {
  return rows.reduce((total, row) => total + count(row), 0)
}
