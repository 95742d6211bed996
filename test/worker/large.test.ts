/** Submissions beyond what one statement of D1 takes, and the caps above them. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { MAX_BODY_BYTES, MAX_ROWS, type PlanFile, type Receipt } from '../../domain/protocol.ts'
import { Refusal } from '../../worker/refusal.ts'
import { chunkJson } from '../../worker/store/batch.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
import {
  call,
  codeOf,
  createPlan,
  edit,
  expectRebuildable,
  type Keys,
  planFile,
  pull,
  seedKeys,
  submit,
} from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

/** A plan of `count` rows, each of one unit. */
function withRows(count: number): (file: PlanFile) => PlanFile {
  return (file) => ({
    ...file,
    rows: Array.from({ length: count }, (_, i) => ({
      ...file.rows[0]!,
      rowId: `m${i}`,
      cells: { ...file.rows[0]!.cells, number: String(i + 1), task: `改造第${i + 1}所学校` },
    })),
  })
}

test('a submission of over two megabytes lands whole, and its body and receipt are kept whole', async () => {
  const planId = await createPlan(keys, withRows(30))
  const rows = await pull(planId, keys.edu)
  const text = (i: number) => `第${i}份：${'改造校舍。'.repeat(5_000)}`
  const sent = rows.map(({ rowId }, i) => edit(rows, rowId, { 'milestone.P1': text(i) }))
  const reply = await submit(planId, keys.edu, sent, {}, `${planId}-large`)
  expect(reply.status).toBe(200)
  const receipt = reply.json as Receipt
  expect(receipt.totals.applied).toBe(30)
  const after = await pull(planId, keys.edu)
  expect(after.map(({ cells }) => cells['milestone.P1'])).toEqual(rows.map((_, i) => text(i)))
  expect((await call(`/api/submissions/${receipt.submissionId}`, { key: keys.edu })).json).toEqual(receipt)
  const parts = await env.DB.prepare(
    `SELECT body FROM (SELECT 0 AS n, body FROM submission WHERE id = ?1
     UNION ALL SELECT n, text FROM submission_chunk WHERE submission_id = ?1 AND part = 'body') ORDER BY n`,
  )
    .bind(receipt.submissionId)
    .run<{ body: string }>()
  const kept = JSON.parse(parts.results.map(({ body }) => body).join('')) as { rows: unknown }
  expect(kept.rows).toEqual(sent)
  const row = await env.DB.prepare(
    `SELECT length(CAST(body AS BLOB)) + length(CAST(result AS BLOB)) + length(row_outcomes) AS bytes
     FROM submission WHERE id = ?1`,
  )
    .bind(receipt.submissionId)
    .first<{ bytes: number }>()
  // D1 refuses a row of 2,000,000 bytes; the local one does not.
  expect(row!.bytes).toBeLessThan(1_500_000)
  await expectRebuildable(planId)
}, 30_000)

test('a plan as large as a body may be, of 5,000 rows and twelve columns, is created in one piece', async () => {
  const { plan, registry } = planFile('plan-large')
  const periods = Array.from({ length: 7 }, (_, i) => ({ ...plan.periods[0]!, key: `P${i + 1}`, label: `${i + 1}月` }))
  const columns = [
    ...plan.columns.slice(0, 2),
    { key: 'target' as const, header: '年度目标' },
    ...plan.columns.slice(2),
  ]
  const text = '改造校舍并完成验收，'.repeat(4)
  const rows = Array.from({ length: MAX_ROWS }, (_, i) => ({
    rowId: `m${i}`,
    cells: {
      number: String(i + 1),
      task: `第${i + 1}项：${text}`,
      target: text,
      ...Object.fromEntries(periods.map(({ key }) => [`milestone.${key}`, text])),
      leadUnits: '县教委',
      supportingUnits: '县水利局',
    },
    spansConfirmed: true,
    lead: ['县教委'],
    supporting: ['县水利局'],
  }))
  const file = (more: string) => JSON.stringify({ plan: { ...plan, periods, columns }, registry, rows, more })
  const missing = MAX_BODY_BYTES - new TextEncoder().encode(file('')).length
  expect(missing).toBeGreaterThan(0)
  const reply = await call('/api/plans', {
    key: keys.commission,
    headers: { 'Idempotency-Key': 'plan-large' },
    raw: file('x'.repeat(missing)),
  })
  expect(reply.status).toBe(201)
  const stored = await env.DB.prepare(
    `SELECT (SELECT count(*) FROM row_state WHERE sheet_id = ?1) AS rows, (SELECT count(*) FROM row_unit WHERE sheet_id = ?1) AS parties`,
  )
    .bind(sheetIdOf('plan-large'))
    .first()
  expect(stored).toEqual({ rows: MAX_ROWS, parties: 2 * MAX_ROWS })
}, 120_000)

test('a text longer than a cell of Excel holds is refused with its place', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.commission)
  const reply = await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '一'.repeat(32_768) })])
  expect([reply.status, codeOf(reply)]).toEqual([422, 'invalid'])
  expect(reply.json).toMatchObject({ errors: [{ pointer: '/rows/0/cells/milestone.P1' }] })
})

test('more changes than one request may carry are refused before anything is written', () => {
  const row = { text: '一'.repeat(600_000) }
  expect(() => chunkJson([row])).toThrow(new Refusal('changes-too-large'))
})
