/** The rarer places of the record: drafts, reasons, changes of a plan. Sealed, verified, and cleared like the rest. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import {
  call,
  codeOf,
  createPlan,
  edit,
  expectRebuildable,
  type Keys,
  pull,
  receiptOf,
  seedKeys,
  submit,
} from './county.ts'
import { seal, verify } from './record-tools.ts'
import { addKey, createSignOffPlan, draftOf, sendBack } from './sign-off.ts'

let keys: Keys
let handler: string
beforeAll(async () => {
  keys = await seedKeys()
  handler = (await addKey('handler', 'u-edu')).key
})

const erase = (planId: string, text: string) =>
  call(`/api/plans/${planId}/erasures`, { key: keys.commission, body: { text, reason: '误录' } })
const change = (planId: string, what: string, body: unknown) =>
  call(`/api/plans/${planId}/${what}`, {
    key: keys.commission,
    headers: { 'Idempotency-Key': crypto.randomUUID() },
    body,
  })

/** How often the tables hold a text. */
async function countStored(text: string): Promise<number> {
  const tables = [
    'draft',
    'draft_chunk',
    'draft_decision',
    'submission',
    'plan_change',
    'annotation',
    'row_event',
    'row_state',
  ]
  const results = await env.DB.batch(tables.map((name) => env.DB.prepare(`SELECT * FROM ${name}`)))
  return JSON.stringify(results.map(({ results: rows }) => rows)).split(text).length - 1
}

test('a text in a draft is refused while the draft waits, and erased with the reason of its return after', async () => {
  const secret = '手机号0230-7654321'
  const planId = await createSignOffPlan(keys)
  const rows = await pull(planId, handler)
  const key = crypto.randomUUID()
  const sent = [edit(rows, 'r1', { 'milestone.P1': `完成选址，${secret}` })]
  const { draftId } = await draftOf(planId, handler, sent, {}, key)
  await seal()
  const open = await erase(planId, secret)
  expect([open.status, codeOf(open)]).toEqual([409, 'text-still-shown'])
  expect((await sendBack(draftId, keys.edu, `请删去${secret}`)).status).toBe(200)
  await seal()
  // The draft, its body, its answer, its decision.
  expect((await erase(planId, secret)).json).toMatchObject({ erased: 4 })
  expect(await countStored(secret)).toBe(0)
  expect((await verify()).findings).toEqual([])
  const again = await submit(planId, handler, sent, {}, key)
  expect([again.status, JSON.stringify(again.json).includes(secret)]).toEqual([200, false])
})

test('a text in the reason of a correction, and in the cells it corrected, is erased', async () => {
  const secret = '某同志0230-1111111'
  const planId = await createPlan(keys)
  const issued = await change(planId, 'issue', { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' })
  expect(issued.status).toBe(200)
  const correct = async (text: string, reason: string) => {
    const row = (await pull(planId, keys.commission)).find(({ rowId }) => rowId === 'r1')!
    const cells = { ...row.cells, 'milestone.P3': text }
    const reply = await change(planId, 'adjustments', {
      kind: 'erratum',
      reason,
      rows: [{ rowId: 'r1', baseVer: row.ver, cells }],
    })
    expect([reply.status, reply.json]).toEqual([200, expect.anything()])
  }
  await correct(`改造3所（${secret}）`, '补充')
  await correct('改造3所', `删去${secret}`)
  await seal()
  expect((await erase(planId, secret)).status).toBe(200)
  expect(await countStored(secret)).toBe(0)
  await expectRebuildable(planId)
  expect((await verify()).findings).toEqual([])
})

test('a reason for a warning goes with the text that it was given for', async () => {
  const secret = '某联系人0230-2222222'
  const planId = await createPlan(keys)
  const text = `完成选址，，${secret}`
  const rows = await pull(planId, keys.edu)
  await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': text })], {
    reasons: [{ rowId: 'r1', column: 'milestone.P1', code: 'punctuation-doubled', reason: `原文如此，问${secret}` }],
  })
  expect(await env.DB.prepare('SELECT count(*) AS n FROM annotation').first()).toEqual({ n: 1 })
  await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', { 'milestone.P1': '完成选址' })])
  await seal()
  expect((await erase(planId, secret)).status).toBe(200)
  expect(await countStored(secret)).toBe(0)
  expect((await verify()).findings).toEqual([])
})

test('relations that are replaced, and recorded ahead, are sealed with their ends', async () => {
  const planId = await createPlan(keys)
  await seal({ lines: 4 })
  const lead = (rowId: string, unit: string) => ({ rowId, lead: [unit], supporting: [] })
  for (const body of [
    { reason: '职能划转', rows: [lead('r1', '县水利局')] },
    { reason: '自下月起', effectiveOn: '2023-12-01', rows: [lead('r2', '县水利局')] },
    { reason: '再划转', rows: [lead('r1', '县教委'), lead('r2', '县教委')] },
  ]) {
    const reply = await change(planId, 'relations', body)
    expect([reply.status, reply.json]).toEqual([200, expect.anything()])
    await seal({ lines: 4 })
  }
  const ended = await env.DB.prepare("SELECT count(*) AS n FROM seal_page WHERE tbl = 'row_unit.ended'").first<{
    n: number
  }>()
  expect(ended?.n).toBeGreaterThan(1)
  expect(await verify()).toMatchObject({ findings: [], unsealed: {} })
})
