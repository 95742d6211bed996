/**
 * What the fuzz throws things at: a county in which something of everything has happened, and the law
 * that every answer obeys whatever was sent. A refusal leaves the database as it was; what may stand in
 * it afterwards all the same (refused keys and submissions, kept on purpose) is named here.
 */
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { type ConflictList, KeyCreated, RefusalBody } from '../../domain/protocol.ts'
import { createApp } from '../../worker/app.ts'
import type { Endpoint } from '../../worker/endpoint.ts'
import { REFUSALS } from '../../worker/refusals.ts'
import { call, createPlan, edit, type Keys, pull, receiptOf, seedKeys, submit, TEST_SERVICES } from './county.ts'
import { MARK } from './fuzz-values.ts'

export type World = {
  keys: Keys
  /** Key of a 经办 of the unit of `keys.water`. */
  handler: string
  ids: Record<string, string[]>
  /** What bodies are made of. */
  words: string[]
  numbers: number[]
}

const SOME_TEXTS = [
  ...[
    'r1',
    'r2',
    'r3',
    'r4',
    'r9',
    'task',
    'number',
    'leadUnits',
    'milestone.P1',
    'milestone.P2',
    'milestone.P3',
    'P1',
    'P2',
  ],
  ...[
    'u-edu',
    'u-water',
    'u-new',
    '县教委',
    '县水利局',
    '县气象局',
    '各乡镇（街道）',
    '测试县',
    '2023-11-10',
    '2024-02-29',
  ],
  ...['', '——', '完成2所', '=1', 'plan-fuzzed', '渝府办发〔2023〕1号'],
]

/** Plans that are collecting, issued and signed off, with a conflict, submissions, a draft and keys. */
export async function createWorld(): Promise<World> {
  const keys = await seedKeys()
  const plan = await createPlan(keys)
  const rows = await pull(plan, keys.edu)
  const first = await receiptOf(plan, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '新增11个' })])
  const second = await receiptOf(plan, keys.health, [edit(rows, 'r2', { 'milestone.P1': '新增12个' })])
  const conflicts = (await call(`/api/plans/${plan}/conflicts`, { key: keys.commission })).json as ConflictList
  expect(conflicts.conflicts, JSON.stringify([first, second])).toHaveLength(1)
  const issued = await createPlan(keys)
  await call(`/api/plans/${issued}/issue`, {
    key: keys.commission,
    body: { documentNumber: '渝府办发〔2023〕1号', issuedOn: '2023-11-10' },
  })
  const issuedKey = await call(`/api/plans/${plan}/keys`, {
    key: keys.commission,
    body: { role: 'unit', unit: '县水利局', post: '办公室' },
    headers: { 'Idempotency-Key': `${plan}-key` },
  })
  const { id: handlerId, key: handler } = KeyCreated.parse(issuedKey.json)
  const signed = await createPlan(keys)
  await env.DB.batch([
    env.DB.prepare("UPDATE plan SET sign_off = 'reviewer' WHERE id = ?1").bind(signed),
    env.DB.prepare("UPDATE access_key SET duty = 'handler' WHERE id = ?1").bind(handlerId),
  ])
  const water = await pull(signed, handler)
  const saved = await submit(signed, handler, [edit(water, 'r3', { 'milestone.P1': '开工建设' })])
  const { draftId } = saved.json as { draftId?: string }
  const ids: Record<string, string[]> = {
    plans: [plan, plan, issued, signed],
    rows: ['r1', 'r2', 'r4'],
    conflicts: conflicts.conflicts.map(({ id }) => id),
    submissions: [first.submissionId, second.submissionId],
    keys: [handlerId],
    problems: ['plan-not-found'],
    drafts: draftId === undefined ? [] : [draftId],
  }
  const versions = [...rows, ...(await pull(plan, keys.commission))].map(({ ver }) => ver)
  return { keys, handler, ids, words: [...SOME_TEXTS, ...Object.values(ids).flat()], numbers: [0, ...versions] }
}

/** The path with an id for each parameter: of the kind that the segment before it names, or of any kind. */
export function fillPath(path: string, world: World, choose: <Item>(from: readonly Item[]) => Item): string {
  return path.replace(/([\w-]+)\/:\w+/g, (_, kind: string) => {
    const known = world.ids[kind] ?? []
    return `${kind}/${choose(known.length > 0 ? known : Object.values(world.ids).flat())}`
  })
}

export type Hostile = {
  method: string
  path: string
  headers?: Record<string, string>
  body?: BodyInit
}

const app = createApp(TEST_SERVICES)
const SECURITY = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'cache-control']
/** Nobody is kept waiting longer, on a machine that does other things beside. */
const SECONDS = 15

/**
 * Sends a request and holds the answer to the law. Gives the status, or undefined where no client can
 * send such a request at all. Throws with the request where the law is broken.
 */
export async function sendLawfully(hostile: Hostile): Promise<number | undefined> {
  let request: Request
  try {
    const init = { method: hostile.method, headers: hostile.headers ?? {} }
    request = new Request(
      `https://ledger.test${hostile.path}`,
      hostile.body === undefined ? init : { ...init, body: hostile.body },
    )
  } catch {
    return undefined
  }
  const before = last ?? (await readDatabase())
  const waits: Promise<unknown>[] = []
  const execution = { waitUntil: (work: Promise<unknown>) => waits.push(work), passThroughOnException: () => undefined }
  // Without bindings beyond these: a rate limit would stand before everything that is to be tested.
  const bindings = { DB: env.DB, ASSETS: env.ASSETS, KEY_PEPPER: env.KEY_PEPPER }
  const answer = app.fetch(request, bindings, execution as unknown as ExecutionContext)
  const response = await within(SECONDS, Promise.resolve(answer))
  const text = await within(SECONDS, response.text())
  await Promise.allSettled(waits)
  try {
    checkAnswer(response, text, request)
    const after = await readDatabase()
    if (response.status >= 400) expect(after.tables).toEqual(before.tables)
  } catch (error) {
    const body = typeof hostile.body === 'string' ? hostile.body.slice(0, 2_000) : hostile.body?.constructor.name
    const sent = JSON.stringify({ ...hostile, path: hostile.path.slice(0, 300), body }).slice(0, 4_000)
    throw new Error(`${sent}\n→ ${response.status} ${text.slice(0, 500)}`, { cause: error })
  }
  return response.status
}

function checkAnswer(response: Response, text: string, { method, url }: Request): void {
  const { status, headers } = response
  expect(status === 304 || (status >= 200 && status < 300) || (status >= 400 && status < 500)).toBe(true)
  for (const name of SECURITY) expect(headers.get(name), name).toBeTruthy()
  for (const [name, value] of headers) {
    expect(name).not.toMatch(/^(set-cookie|access-control-.*)$/)
    expect(decodeURIComponent(value.replaceAll('%', '%25')), name).not.toContain(MARK)
  }
  if (status < 400 || !/^\/(api|problems\/[^/]+$)/.test(new URL(url).pathname)) return
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  if (method === 'HEAD') return
  const refusal = RefusalBody.parse(JSON.parse(text))
  expect(Object.hasOwn(REFUSALS, refusal.code) && REFUSALS[refusal.code as keyof typeof REFUSALS].status).toBe(status)
  expect(refusal.status).toBe(status)
  expect(refusal.requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(text.length).toBeLessThan(60_000)
}

/**
 * What refused requests leave behind on purpose: the submission that was refused, with its body, and
 * that a key was refused. `last_used_at` tells that a key came, whatever became of its request.
 */
const LEFT_BEHIND: Record<string, string> = {
  submission: "SELECT * FROM submission WHERE status <> 'refused'",
  submission_chunk:
    "SELECT * FROM submission_chunk WHERE submission_id NOT IN (SELECT id FROM submission WHERE status = 'refused')",
  auth_failure: 'SELECT 0 LIMIT 0',
  auth_event: "SELECT * FROM auth_event WHERE kind NOT IN ('key-refused', 'key-locked')",
  access_key:
    'SELECT id, actor_id, hmac, post, created_at, revoked_at, duty, rows, expires_at, replaced_by FROM access_key',
}

type Database = { changes: number; tables: Record<string, string> }
let tableNames: string[] | undefined
let last: Database | undefined

/**
 * Every table as text. Where SQLite has changed no row since `last`, that one is still right: reading
 * all of it each time would take most of the test's time. Rolled back changes count as changes.
 */
async function readDatabase(): Promise<Database> {
  const changes = (await env.DB.prepare('SELECT total_changes() AS n').first<{ n: number }>())?.n ?? -1
  if (last?.changes === changes) return last
  tableNames ??= (
    await env.DB.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf*' AND name NOT GLOB 'd1_*' AND name NOT GLOB 'sqlite_*' ORDER BY name",
    ).run<{ name: string }>()
  ).results.map(({ name }) => name)
  const results = await env.DB.batch(
    tableNames.map((name) => env.DB.prepare(LEFT_BEHIND[name] ?? `SELECT * FROM ${name}`)),
  )
  const tables = Object.fromEntries(tableNames.map((name, i) => [name, JSON.stringify(results[i]?.results)]))
  last = { changes, tables }
  return last
}

async function within<Value>(seconds: number, work: Promise<Value>): Promise<Value> {
  let timer: number | null = null
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${seconds} s`)), seconds * 1_000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Ends what a lucky request did to the keys of the county: revoked, expired, narrowed. */
export async function healKeys(): Promise<void> {
  await env.DB.prepare('UPDATE access_key SET revoked_at = NULL, expires_at = NULL, rows = NULL').run()
  last = undefined
}

/** Endpoint as a heading: POST /api/plans. */
export function nameOf({ method, path }: Endpoint): string {
  return `${method.toUpperCase()} ${path}`
}
