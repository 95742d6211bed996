/** Submissions beyond what one statement of D1 takes, and the caps above them. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { PlanFile, Receipt } from '../../domain/protocol.ts'
import { Refusal } from '../../worker/refusal.ts'
import { chunkJson } from '../../worker/store/batch.ts'
import { call, codeOf, createPlan, edit, expectRebuildable, type Keys, pull, seedKeys, submit } from './county.ts'

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
