/** A plan that changes between the reading and the writing of somebody else's request. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Receipt } from '../../domain/protocol.ts'
import { change, changed, refusalOf } from './changing.ts'
import { call, createPlan, edit, type Keys, pull, seedKeys, submit } from './county.ts'
import { addKey } from './sign-off.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

/** The database with something happening before the second batch of a request, which commits. */
function between(work: () => Promise<unknown>): D1Database {
  let batches = 0
  return {
    prepare: (sql: string) => env.DB.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      if (++batches === 2) await work()
      return env.DB.batch(statements)
    },
  } as unknown as D1Database
}

async function issue(planId: string): Promise<void> {
  const body = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
  await call(`/api/plans/${planId}/issue`, { key: keys.commission, body })
}

test('an erratum that was read before 归档 is not committed after it', async () => {
  const planId = await createPlan(keys)
  await issue(planId)
  const [row] = await pull(planId, keys.commission)
  const body = {
    kind: 'erratum',
    reason: '错字',
    rows: [{ rowId: 'r1', baseVer: row!.ver, cells: { task: '改造学校6所' } }],
  }
  const db = between(() => changed(planId, 'archive', { reason: '年度结束' }, { key: keys.commission }))
  const reply = await change(planId, 'adjustments', body, { key: keys.commission, db })
  expect(refusalOf(reply)).toMatchObject({ status: 409, code: 'plan-archived' })
  expect((await pull(planId, keys.commission))[0]).toEqual(row)
})

test('what a 经办 key sent before sign-off was switched on, and commits after it, is kept as a draft', async () => {
  const planId = await createPlan(keys)
  const { key } = await addKey('handler', 'u-edu')
  const rows = await pull(planId, key)
  const db = between(() => changed(planId, 'settings', { signOff: 'reviewer' }, { key: keys.commission }))
  const reply = await submit(planId, key, [edit(rows, 'r1', { 'milestone.P1': '改' })], {}, `${planId}-late`, db)
  expect((reply.json as Receipt).draftId).toBeDefined()
  expect((await pull(planId, keys.edu))[0]?.cells['milestone.P1']).toBe('完成选址')
})

test('a change under a key that was used for another is refused, and nothing is changed', async () => {
  const planId = await createPlan(keys)
  const how = { key: keys.commission, idempotencyKey: `${planId}-once` }
  const first = await changed(planId, 'order', { rowIds: ['r4'] }, how)
  expect(await changed(planId, 'order', { rowIds: ['r4'] }, how)).toEqual(first)
  const other = await change(planId, 'order', { rowIds: ['r3'] }, how)
  expect(refusalOf(other)).toMatchObject({ status: 422, code: 'idempotency-key-reused' })
  expect((await pull(planId, keys.commission)).map(({ rowId }) => rowId)).toEqual(['r4', 'r1', 'r2', 'r3'])
})

test('an erratum whose answer got lost is answered again, though the row has moved on by it', async () => {
  const planId = await createPlan(keys)
  await issue(planId)
  const [row] = await pull(planId, keys.commission)
  const cells = { task: '改造学校6所' }
  const body = { kind: 'erratum', reason: '错字', rows: [{ rowId: 'r1', baseVer: row!.ver, cells }] }
  const how = { key: keys.commission, idempotencyKey: `${planId}-erratum` }
  const first = await changed(planId, 'adjustments', body, how)
  expect(await changed(planId, 'adjustments', body, how)).toEqual(first)
})

test('a row that was to stay where it is, and is moved away meanwhile, comes back', async () => {
  const planId = await createPlan(keys)
  // Once moved there, it keeps its key when it is moved there again.
  await changed(planId, 'order', { rowIds: ['r2'], after: 'r1' }, { key: keys.commission })
  const db = between(() => changed(planId, 'order', { rowIds: ['r2'], after: 'r4' }, { key: keys.commission }))
  await changed(planId, 'order', { rowIds: ['r2'], after: 'r1' }, { key: keys.commission, db })
  expect((await pull(planId, keys.commission)).map(({ rowId }) => rowId)).toEqual(['r1', 'r2', 'r3', 'r4'])
})
