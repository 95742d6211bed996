/** Changes of a plan as tests make them, and the Worker at another time. */
import { env } from 'cloudflare:workers'
import type { PlanChanged, RelationList } from '../../domain/protocol.ts'
import { createApp } from '../../worker/app.ts'
import { call, codeOf, type Keys, type Reply, TEST_SERVICES } from './county.ts'

let changes = 0

export type How = { key: string; idempotencyKey?: string; at?: string; db?: D1Database }

/** Sends a change under an idempotency key of its own. */
export function change(planId: string, what: string, body: unknown, how: How): Promise<Reply> {
  const { key, idempotencyKey = `change-${changes++}`, at, db } = how
  const headers = { 'Idempotency-Key': idempotencyKey }
  const request = { key, headers, body, ...(db ? { db } : {}) }
  const path = `/api/plans/${planId}/${what}`
  return at === undefined ? call(path, request) : callAt(at, path, request)
}

/** Makes a change and expects that it was done. */
export async function changed(...of: Parameters<typeof change>): Promise<PlanChanged> {
  const reply = await change(...of)
  if (reply.status !== 200) throw new Error(`refused: ${JSON.stringify(reply.json)}`)
  return reply.json as PlanChanged
}

/** Status, code and pointers of a refusal. */
export function refusalOf(reply: Reply): { status: number; code: string; pointers: string[]; details: string[] } {
  const { errors = [] } = reply.json as { errors?: { pointer: string; detail: string }[] }
  return {
    status: reply.status,
    code: codeOf(reply),
    pointers: errors.map(({ pointer }) => pointer),
    details: errors.map(({ detail }) => detail),
  }
}

type RequestAt = { key: string; headers?: Record<string, string>; body?: unknown; db?: D1Database }

/** Calls the Worker with its clock set. `at`: UTC, ISO 8601. */
export async function callAt(at: string, path: string, { key, headers, body, db }: RequestAt): Promise<Reply> {
  const app = createApp({ ...TEST_SERVICES, now: () => new Date(at) })
  const response = await app.fetch(
    new Request(`https://ledger.test${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    db ? { ...env, DB: db } : env,
    { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} } as unknown as ExecutionContext,
  )
  const text = await response.text()
  return { status: response.status, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) }
}

/** Who led and supported a row on a day, and what was recorded of it. */
export async function relationsOn(planId: string, keys: Keys, rowId: string, on: string) {
  const reply = await call(`/api/plans/${planId}/relations?on=${on}`, { key: keys.supervision })
  const row = (reply.json as RelationList).rows.find((candidate) => candidate.rowId === rowId)
  if (!row) throw new Error(`no relations of ${rowId}: ${JSON.stringify(reply.json)}`)
  return row
}

/** The paper of an adjustment from the second period on, and a task that it adds behind the first. */
export const PAPER = {
  kind: 'adjustment',
  reason: '县政府常务会议同意',
  documentNumber: '测府办〔2023〕9号',
  effectivePeriod: 'P2',
} as const
export const NEW = {
  rowId: 'r9',
  baseVer: 0,
  after: 'r1',
  cells: {
    number: '2',
    task: '新建食堂3个',
    'milestone.P1': '——',
    'milestone.P2': '建成1个',
    'milestone.P3': '建成2个',
    leadUnits: '县水利局',
    supportingUnits: '——',
  },
  lead: ['县水利局'],
  supporting: [],
}
