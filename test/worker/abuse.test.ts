/** What a holder of a real key might try beyond what the key is for, and what must come of it. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ConflictList } from '../../domain/protocol.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
import { refusalOf } from './changing.ts'
import { call, codeOf, createPlan, edit, type Keys, planFile, pull, receiptOf, seedKeys, submit } from './county.ts'
import { addKey, createSignOffPlan, draftOf } from './sign-off.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function conflictsOf(planId: string, key: string): Promise<ConflictList['conflicts']> {
  const reply = await call(`/api/plans/${planId}/conflicts?status=open`, { key })
  return (reply.json as ConflictList).conflicts
}

function decide(conflictId: string, key: string, body: unknown, headers: Record<string, string> = {}) {
  return call(`/api/conflicts/${conflictId}/resolution`, { key, body, headers })
}

describe('a unit', () => {
  test('that decides an edit against a deletion writes no column that is not its own', async () => {
    const planId = await createPlan(keys)
    const before = await pull(planId, keys.edu)
    const { ver } = before.find(({ rowId }) => rowId === 'r1')!
    await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: ver }] })
    await receiptOf(planId, keys.edu, [edit(before, 'r1', { 'milestone.P1': '完成选址和立项' })])
    await receiptOf(planId, keys.edu, [edit(before, 'r1', { 'milestone.P2': '改造两所' })])
    const [first, second] = await conflictsOf(planId, keys.commission)
    expect((await decide(first!.id, keys.commission, { choose: 'submitted', ver: first!.ver })).status).toBe(200)
    // With the row back and its own text last in it, the other conflict is the unit's to decide.
    await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', { 'milestone.P3': '改造三所' })])
    const left = (await conflictsOf(planId, keys.edu)).find(({ id }) => id === second!.id)!
    expect(left.mayDecide).toBe(true)
    const cells = { task: '改造学校1所', 'milestone.P2': '改造2所以上' }
    const reply = await decide(left.id, keys.edu, { choose: 'edited', cells, ver: left.ver })
    expect(refusalOf(reply)).toMatchObject({ status: 422, code: 'invalid', pointers: ['/cells/task'] })
    const { task: _, ...own } = cells
    expect((await decide(left.id, keys.edu, { choose: 'edited', cells: own, ver: left.ver })).status).toBe(200)
    const row = (await pull(planId, keys.edu)).find(({ rowId }) => rowId === 'r1')!
    expect(row.cells).toMatchObject({ task: '改造学校5所', 'milestone.P2': '改造2所以上' })
  })

  test('whose idempotency key stands for a draft cannot use it for a decision', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '甲' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '乙' })])
    const [conflict] = await conflictsOf(planId, keys.edu)
    const other = await createSignOffPlan(keys)
    const handler = await addKey('handler', 'u-edu')
    const used = `${planId}-draft`
    await draftOf(other, handler.key, [edit(await pull(other, handler.key), 'r1', { 'milestone.P1': '丙' })], {}, used)
    const body = { choose: 'head', ver: conflict!.ver }
    const reply = await decide(conflict!.id, keys.edu, body, { 'Idempotency-Key': used })
    expect([reply.status, codeOf(reply)]).toEqual([422, 'idempotency-key-reused'])
    expect((await decide(conflict!.id, keys.edu, body)).status).toBe(200)
  })

  test('explains away no warning in a column that is not its own', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    const leadUnits = '县教委、、县卫生健康委'
    await receiptOf(planId, keys.commission, [edit(rows, 'r2', { leadUnits, 'milestone.P1': '新增10个。。' })])
    const code = 'text/repeated-punctuation'
    const reasons = ['leadUnits', 'milestone.P1'].map((column) => ({ rowId: 'r2', column, code, reason: '按原文' }))
    const own = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(own, 'r2', { 'milestone.P2': '新增20个托位' })], { reasons })
    const { results } = await env.DB.prepare('SELECT col FROM annotation WHERE sheet_id = ?1')
      .bind(sheetIdOf(planId))
      .run()
    expect(results).toEqual([{ col: 'milestone.P1' }])
  })
})

describe('an erasure', () => {
  test('reaches what a unit of the county sent to a plan that there is not', async () => {
    const planId = await createPlan(keys)
    const text = '王某某的电话'
    const [row] = await pull(planId, keys.edu)
    const sent = { rowId: row!.rowId, baseVer: row!.ver, cells: { 'milestone.P1': text } }
    expect(codeOf(await submit('plan-mistyped', keys.edu, [sent]))).toBe('plan-not-found')
    const count = () =>
      env.DB.prepare("SELECT count(*) AS n FROM submission WHERE plan_id = '' AND instr(body, ?1) > 0")
        .bind(text)
        .first('n')
    expect(await count()).toBe(1)
    const reply = await call(`/api/plans/${planId}/erasures`, { key: keys.commission, body: { text, reason: '误录' } })
    expect([reply.status, reply.json]).toMatchObject([200, { erased: 1 }])
    expect(await count()).toBe(0)
  })
})

describe('whoever issues keys', () => {
  test('hands no office key to a unit by a slip: a key for a unit has the role of one', async () => {
    const path = `/api/plans/${await createPlan(keys)}/keys`
    for (const role of ['commission', 'supervision']) {
      const reply = await call(path, { key: keys.commission, body: { role, unit: '县教委', post: '' } })
      expect(refusalOf(reply)).toMatchObject({ status: 422, code: 'invalid', pointers: ['/unit'] })
    }
  })
})

describe('an admin', () => {
  test('makes no county whose offices would see every county', async () => {
    const file = planFile('plan-everywhere')
    const body = { ...file, plan: { ...file.plan, county: '*' } }
    for (const dryRun of ['?dryRun=1', '']) {
      const headers = { 'Idempotency-Key': 'plan-everywhere' }
      const reply = await call(`/api/plans${dryRun}`, { key: keys.admin, body, headers })
      expect(refusalOf(reply)).toMatchObject({ status: 422, code: 'invalid', pointers: ['/plan/county'] })
    }
  })
})
