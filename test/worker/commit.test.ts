/** What happens between reading and writing: another commit, a changed scope, a lost answer. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Receipt } from '../../domain/protocol.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
import { call, codeOf, createPlan, edit, expectRebuildable, type Keys, pull, seedKeys, submit } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

type Hook = { before?: (n: number) => Promise<void>; after?: (n: number) => Promise<void> }

/** The database with something happening around the n-th batch of a request: the first reads, the second commits. */
function hooked({ before, after }: Hook): { db: D1Database; batches: () => number } {
  let batches = 0
  const db = {
    prepare: (sql: string) => env.DB.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      const n = ++batches
      await before?.(n)
      const results = await env.DB.batch(statements)
      await after?.(n)
      return results
    },
  } as unknown as D1Database
  return { db, batches: () => batches }
}

async function start() {
  const planId = await createPlan(keys)
  return { planId, rows: await pull(planId, keys.edu), key: `${planId}-commit` }
}

test('a row that another commit changed meanwhile is read and merged again', async () => {
  const { planId, rows, key } = await start()
  const { db, batches } = hooked({
    before: async (n) => {
      if (n === 2) await submit(planId, keys.health, [edit(rows, 'r2', { 'milestone.P3': '新增22个' })])
    },
  })
  const reply = await submit(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '新增12个' })], {}, key, db)
  expect((reply.json as Receipt).rows[0]?.outcome).toBe('applied')
  expect(batches()).toBe(4)
  const row = (await pull(planId, keys.edu)).find(({ rowId }) => rowId === 'r2')
  expect(row?.cells).toMatchObject({ 'milestone.P1': '新增12个', 'milestone.P3': '新增22个' })
  await expectRebuildable(planId)
})

test.each([
  [
    'both had written the same',
    '甲',
    '甲',
    '乙',
    { outcome: 'conflict', conflicts: [{ head: '乙', submitted: '甲' }] },
  ],
  [
    'the texts clashed',
    '甲',
    '丙',
    '丙',
    { outcome: 'unchanged', converged: [{ column: 'milestone.P1' }], conflicts: [] },
  ],
  ['a clearing was held', '新增10个', '', '乙', { outcome: 'conflict', conflicts: [{ head: '乙' }], held: [] }],
])('a row that changes nothing because %s is read again too where its head moves', async (_, head, sent, then, row) => {
  const { planId, rows, key } = await start()
  const write = async (text: string) =>
    submit(planId, keys.health, [edit(await pull(planId, keys.health), 'r2', { 'milestone.P1': text })])
  if (head !== '新增10个') await write(head)
  const { db } = hooked({
    before: async (n) => {
      if (n === 2) await write(then)
    },
  })
  const reply = await submit(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': sent })], {}, key, db)
  expect((reply.json as Receipt).rows[0]).toMatchObject(row)
})

test('a scope that changed meanwhile is read again; a unit that lost the row writes nothing', async () => {
  const { planId, rows, key } = await start()
  const { db } = hooked({
    before: async (n) => {
      if (n !== 2) return
      const rows = [{ rowId: 'r1', lead: ['县水利局'], supporting: [] }]
      const headers = { 'Idempotency-Key': `${planId}-scope` }
      await call(`/api/plans/${planId}/relations`, {
        key: keys.commission,
        headers,
        body: { reason: '职能划转', rows },
      })
    },
  })
  const reply = await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '已失去' })], {}, key, db)
  expect((reply.json as Receipt).rows[0]).toMatchObject({ outcome: 'unchanged', applied: [] })
  expect((reply.json as Receipt).totals.notWritable).toBe(1)
  expect((await pull(planId, keys.commission))[0]?.cells['milestone.P1']).toBe('完成选址')
})

test('a plan issued between reading and writing takes nothing more', async () => {
  const { planId, rows, key } = await start()
  const body = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
  const { db } = hooked({
    before: async (n) => {
      if (n === 2) await call(`/api/plans/${planId}/issue`, { key: keys.commission, body })
    },
  })
  const reply = await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '迟到' })], {}, key, db)
  expect([reply.status, codeOf(reply)]).toEqual([409, 'plan-not-collecting'])
})

test('after eight tries in vain the answer is busy, with a time to wait, and nothing is written', async () => {
  const { planId, rows, key } = await start()
  const bump = env.DB.prepare("UPDATE row_state SET ver = ver + 1 WHERE sheet_id = ?1 AND row_id = 'r1'")
  const { db, batches } = hooked({
    before: async (n) => {
      if (n % 2 === 0 && n <= 16) await bump.bind(sheetIdOf(planId)).run()
    },
  })
  const reply = await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '改' })], {}, key, db)
  expect([reply.status, codeOf(reply)]).toEqual([503, 'busy'])
  expect(reply.headers.get('retry-after')).toBe('2')
  // Eight times read and write, and once to keep what was refused.
  expect(batches()).toBe(17)
  expect((await pull(planId, keys.edu))[0]?.cells['milestone.P1']).toBe('完成选址')
})

test('a commit whose answer got lost is found again by its key instead of made twice', async () => {
  const { planId, rows, key } = await start()
  const { db } = hooked({
    after: async (n) => {
      if (n === 2) throw new Error('Network connection lost')
    },
  })
  const reply = await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '改' })], {}, key, db)
  expect(reply.status).toBe(200)
  expect((reply.json as Receipt).replayed).toBe(true)
  expect((reply.json as Receipt).rows[0]?.outcome).toBe('applied')
  const history = await call(`/api/plans/${planId}/rows/r1/history`, { key: keys.edu })
  expect((history.json as { events: unknown[] }).events).toHaveLength(2)
})

test('a failure that is nobody’s rule is a bug: 500 with a request id, nothing written', async () => {
  const { planId, rows, key } = await start()
  const { db } = hooked({
    before: async (n) => {
      if (n === 2) throw new Error('D1_ERROR: out of memory')
    },
  })
  const reply = await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '改' })], {}, key, db)
  expect([reply.status, codeOf(reply)]).toEqual([500, 'internal'])
  expect((reply.json as { requestId: string }).requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(JSON.stringify(reply.json)).not.toContain('memory')
})

test('a submission writes rows for what it changed, not for what it carries', async () => {
  const { planId, rows } = await start()
  const count = async () => {
    const tables = ['commit_log', 'row_event', 'submission', 'submission_chunk', 'conflict', 'annotation', 'guard']
    const counts = await env.DB.batch<{ n: number }>(
      tables.map((table) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`)),
    )
    return counts.reduce((total, { results }) => total + (results[0]?.n ?? 0), 0)
  }
  const before = await count()
  await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '改' }), edit(rows, 'r2', {})])
  expect((await count()) - before).toBe(3)
})
