/**
 * A small county for the tests of the Worker: four tasks over three periods, one of them led by two
 * units, one with a span that nobody confirmed. Every test takes its own plan, so that tests of one
 * file can run side by side on one database.
 */
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { PlanFile, Receipt, RowList, ServerRow } from '../../domain/protocol.ts'
import { createApp } from '../../worker/app.ts'
import { type Services, SYSTEM } from '../../worker/env.ts'
import { rebuildRows } from '../../worker/history.ts'
import { demoKey, seedActorsSql } from '../../worker/keys.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
import { readEvents, readRows, selectEvents, selectRows } from '../../worker/store/rows.ts'

export const NOW = '2023-11-10T01:05:00.000Z'
let milliseconds = 0

/** A clock that moves by a millisecond a call, real chance, no waiting worth the name. */
export const TEST_SERVICES: Services = {
  ...SYSTEM,
  now: () => new Date(Date.parse(NOW) + milliseconds++),
  sleep: (ms) => new Promise((done) => setTimeout(done, ms / 4)),
}

const app = createApp(TEST_SERVICES)

export type Reply = { status: number; headers: Headers; json: unknown }
export type Request = {
  key?: string
  headers?: Record<string, string>
  body?: unknown
  raw?: string
  /** A body that is no JSON of ours; its headers are those given. */
  bytes?: BodyInit
  method?: string
  db?: D1Database
}

/** Calls the application the way a request would, without a network. */
export async function send(
  path: string,
  { key, headers = {}, body, raw, bytes, method, db }: Request = {},
): Promise<Response> {
  const content = bytes ?? raw ?? (body === undefined ? undefined : JSON.stringify(body))
  return app.fetch(
    new Request(`https://ledger.test${path}`, {
      method: method ?? (content === undefined ? 'GET' : 'POST'),
      headers: {
        ...(key ? { Authorization: `Bearer ${key}` } : {}),
        ...(content === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    }),
    db ? { ...env, DB: db } : env,
    { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} } as unknown as ExecutionContext,
  )
}

export async function call(path: string, request: Request = {}): Promise<Reply> {
  const response = await send(path, request)
  const text = await response.text()
  return { status: response.status, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) }
}

/** The refusal code of a reply. */
export function codeOf(reply: Reply): string {
  return (reply.json as { code: string }).code
}

export const COUNTY = '测试县'
const UNITS = [
  { id: 'u-edu', name: '县教委', aliases: ['县教育委员会'] },
  { id: 'u-health', name: '县卫生健康委', formerNames: ['县卫计委'] },
  { id: 'u-water', name: '县水利局' },
  { id: 'u-towns', name: '永安街道' },
]

export function planFile(planId: string): PlanFile {
  return {
    plan: {
      id: planId,
      county: COUNTY,
      year: 2023,
      title: '测试县2023年民生实事',
      titleLines: ['附件', '测试县2023年民生实事任务分解表'],
      periods: [
        ['P1', '3月', '2023-01-01', '2023-03-31'],
        ['P2', '5月', '2023-04-01', '2023-05-31'],
        ['P3', '7月', '2023-06-01', '2023-07-31'],
      ].map(([key = '', label = '', from = '', to = '']) => ({ key, label, from, to, dueOn: to, supervisedOn: to })),
      columns: [
        { key: 'number', header: '序号' },
        { key: 'task', header: '重点任务' },
        { key: 'milestones', header: '每两月工作目标任务' },
        { key: 'leadUnits', header: '牵头单位' },
        { key: 'supportingUnits', header: '配合单位' },
      ],
    },
    registry: { units: UNITS, groups: [{ name: '各乡镇（街道）', aliases: ['相关街道'], members: ['永安街道'] }] },
    rows: [
      row('r1', '1', '改造学校5所', ['完成选址', '改造2所', '改造3所'], ['县教委'], []),
      row('r2', '2', '新增托位50个', ['新增10个', '新增20个', '新增20个'], ['县教委', '县卫生健康委'], []),
      row('r3', '3', '新建水库1座', ['开工', '完成主体', '完工'], ['县水利局'], ['县教委']),
      {
        rowId: 'r4',
        cells: {
          number: '4',
          task: '整治河道10公里',
          'milestone.P1': '整治4公里',
          'milestone.P3': '整治6公里',
          leadUnits: '县水利局',
          supportingUnits: '各乡镇（街道）',
        },
        spans: { 'milestone.P1': 2 },
        spansConfirmed: false,
        lead: ['县水利局'],
        supporting: ['各乡镇（街道）'],
      },
    ],
  }
}

function row(
  rowId: string,
  number: string,
  task: string,
  milestones: string[],
  lead: string[],
  supporting: string[],
): PlanFile['rows'][number] {
  return {
    rowId,
    cells: {
      number,
      task,
      ...Object.fromEntries(milestones.map((text, i) => [`milestone.P${i + 1}`, text])),
      leadUnits: lead.join('、'),
      supportingUnits: supporting.length > 0 ? supporting.join('、') : '——',
    },
    spansConfirmed: true,
    lead,
    supporting,
  }
}

export type Keys = {
  admin: string
  commission: string
  supervision: string
  edu: string
  health: string
  water: string
  towns: string
}

/** Keys of the county's actors; the same in every test. */
export async function seedKeys(): Promise<Keys> {
  const unit = (index: number) => ({
    role: 'unit' as const,
    county: COUNTY,
    name: UNITS[index]!.name,
    unitId: UNITS[index]!.id,
  })
  const actors = {
    admin: { role: 'admin' as const, county: '*', name: '系统管理员' },
    commission: { role: 'commission' as const, county: COUNTY, name: '测试县发展改革委' },
    supervision: { role: 'supervision' as const, county: COUNTY, name: '测试县政府督查室' },
    edu: unit(0),
    health: unit(1),
    water: unit(2),
    towns: unit(3),
  }
  const keys: Record<string, string> = {}
  const seeds = []
  for (const [i, [who, actor]] of Object.entries(actors).entries()) {
    const key = await demoKey(env.KEY_PEPPER, `demo000${i}`)
    keys[who] = key
    seeds.push({ ...actor, post: '办公室', key })
  }
  const statements = await seedActorsSql(seeds, env.KEY_PEPPER, NOW)
  await env.DB.batch(statements.map((sql) => env.DB.prepare(sql)))
  return keys as Keys
}

let plans = 0

/** A fresh plan in state 征集; ids of plans never repeat. */
export async function createPlan(keys: Keys, change: (file: PlanFile) => PlanFile = (file) => file): Promise<string> {
  const planId = `plan-${Date.now().toString(36)}-${plans++}`
  const reply = await call('/api/plans', {
    key: keys.commission,
    headers: { 'Idempotency-Key': planId },
    body: change(planFile(planId)),
  })
  if (reply.status !== 201) throw new Error(`no plan: ${JSON.stringify(reply.json)}`)
  return planId
}

export async function pull(planId: string, key: string): Promise<ServerRow[]> {
  const reply = await call(`/api/plans/${planId}/rows`, { key })
  if (reply.status !== 200) throw new Error(`no rows: ${JSON.stringify(reply.json)}`)
  return (reply.json as RowList).rows
}

type SubmittedRow = { rowId: string; baseVer: number; cells: Record<string, string>; spans?: Record<string, number> }

/** A pulled row as it would be sent back, with some cells changed. */
export function edit(rows: ServerRow[], rowId: string, cells: Record<string, string>): SubmittedRow {
  const row = rows.find((candidate) => candidate.rowId === rowId)
  if (!row) throw new Error(`no row ${rowId}`)
  return { rowId, baseVer: row.ver, cells: { ...row.cells, ...cells }, ...(row.spans ? { spans: row.spans } : {}) }
}

let submissions = 0

export async function submit(
  planId: string,
  key: string,
  rows: SubmittedRow[],
  more: Record<string, unknown> = {},
  idempotencyKey = `test-${submissions++}`,
  db?: D1Database,
): Promise<Reply> {
  return call(`/api/plans/${planId}/submissions`, {
    key,
    headers: { 'Idempotency-Key': idempotencyKey },
    body: { form: 'breakdown', specVersion: 1, rows, ...more },
    ...(db ? { db } : {}),
  })
}

/** Submits and expects a receipt. */
export async function receiptOf(...of: Parameters<typeof submit>): Promise<Receipt> {
  const reply = await submit(...of)
  if (reply.status !== 200) throw new Error(`refused: ${JSON.stringify(reply.json)}`)
  return reply.json as Receipt
}

/** The stored rows must be what their events alone say. */
export async function expectRebuildable(planId: string): Promise<void> {
  const sheetId = sheetIdOf(planId)
  const [rows, events] = await env.DB.batch([selectRows(env.DB, sheetId), selectEvents(env.DB, sheetId)])
  expect(rebuildRows(readEvents(events))).toEqual(readRows(rows))
}
