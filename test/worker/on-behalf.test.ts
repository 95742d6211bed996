/** 代为报送: a returned file that the commission hands in is its unit's, in rights, merge and record. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AuditEntry, RefusalBody, SubmissionList } from '../../domain/protocol.ts'
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
import { deskOf, reviewOf } from './reviewing.ts'
import { addKey, createSignOffPlan, drafts } from './sign-off.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const P1 = 'milestone.P1'
const COMMISSION = '测试县发展改革委'

/** What 县教委 pulled and filled in, handed in by the commission. */
async function bring(
  planId: string,
  cells: Record<string, string>,
  { behalfOf = '县教委', rowId = 'r1', ...more } = {},
) {
  return receiptOf(planId, keys.commission, [edit(await pull(planId, keys.edu), rowId, cells)], { behalfOf, ...more })
}

describe('a file that was brought', () => {
  test('is merged and recorded as its unit’s, and everybody is told who brought it', async () => {
    const planId = await createPlan(keys)
    const receipt = await bring(planId, { [P1]: '完成选址2处' })
    expect(receipt).toMatchObject({ by: '县教委', broughtBy: COMMISSION, totals: { applied: 1 }, replayed: false })
    expect(receipt.number).not.toBe('')
    for (const key of [keys.edu, keys.commission]) {
      const stored = await call(`/api/submissions/${receipt.submissionId}`, { key })
      expect([stored.status, stored.json]).toEqual([200, receipt])
      const { submissions } = (await call(`/api/plans/${planId}/submissions`, { key })).json as SubmissionList
      expect(submissions).toMatchObject([{ id: receipt.submissionId, by: '县教委', broughtBy: COMMISSION }])
    }
    expect((await call(`/api/submissions/${receipt.submissionId}`, { key: keys.health })).status).toBe(404)
    const { events } = (await call(`/api/plans/${planId}/rows/r1/history`, { key: keys.edu })).json as {
      events: object[]
    }
    expect(events.at(-1)).toMatchObject({ by: '县教委', broughtBy: COMMISSION, receipt: receipt.number })
    expect(await reviewOf(planId, keys.edu, 'r1')).toBe('pending')
    expect((await deskOf(planId, keys)).queue).toMatchObject([{ rowId: 'r1', by: '县教委' }])
    await expectRebuildable(planId)
  })

  test('writes what its unit may write and no more, although the commission may write all', async () => {
    const planId = await createPlan(keys)
    const { rows } = await bring(planId, { [P1]: '完成选址2处', task: '改造学校9所' })
    expect(rows[0]).toMatchObject({ outcome: 'partly', applied: [{ column: P1 }], notWritable: [{ column: 'task' }] })
    const foreign = await bring(planId, { [P1]: '开工2座' }, { rowId: 'r3' })
    expect(foreign.rows[0]).toMatchObject({ applied: [], notWritable: [{ column: P1 }] })
    const [row] = await pull(planId, keys.edu)
    const refused = await submit(planId, keys.commission, [], {
      behalfOf: '县教委',
      deletes: [{ rowId: 'r1', baseVer: row?.ver }],
    })
    expect(codeOf(refused)).toBe('delete-not-allowed')
  })

  test('meets its unit’s own later edit as a conflict inside that unit', async () => {
    const planId = await createPlan(keys)
    const stale = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(stale, 'r1', { [P1]: '完成选址3处' })])
    const { rows } = await receiptOf(planId, keys.commission, [edit(stale, 'r1', { [P1]: '完成选址2处' })], {
      behalfOf: '县教委',
    })
    expect(rows[0]?.conflicts).toMatchObject([{ submittedBy: '县教委', headBy: '县教委' }])
  })

  test('is tried the same way, and leaves nothing behind', async () => {
    const planId = await createPlan(keys)
    const rows = [edit(await pull(planId, keys.edu), 'r1', { [P1]: '完成选址2处', task: '改造学校9所' })]
    const tried = await call(`/api/plans/${planId}/submissions?dryRun=1`, {
      key: keys.commission,
      body: { form: 'breakdown', specVersion: 1, behalfOf: '县教委', rows },
    })
    expect(tried.json).toMatchObject({
      dryRun: true,
      by: '县教委',
      broughtBy: COMMISSION,
      totals: { applied: 1, notWritable: 1 },
    })
    expect((await pull(planId, keys.edu))[0]?.cells[P1]).toBe('完成选址')
  })

  test('counts as released where the plan asks for a reviewer', async () => {
    const planId = await createSignOffPlan(keys)
    const receipt = await bring(planId, { [P1]: '完成选址2处' })
    expect([receipt.draftId, receipt.totals.applied]).toEqual([undefined, 1])
    expect(await drafts(planId, keys.edu)).toEqual([])
  })

  test('writes no row that the commission’s key does not reach', async () => {
    const planId = await createPlan(keys)
    const { id } = await addKey('reviewer', 'u-edu', { planId, rows: ['r2'] })
    // A key of the commission with a scope, as the store could have one.
    await env.DB.prepare('UPDATE access_key SET rows = ?2, rows_of = ?3 WHERE id = ?1')
      .bind('demo0001', '["r2"]', planId)
      .run()
    try {
      const { rows } = await bring(planId, { [P1]: '完成选址2处' })
      expect(rows[0]).toMatchObject({ applied: [], notWritable: [{ column: P1 }] })
    } finally {
      await env.DB.prepare('UPDATE access_key SET rows = NULL, rows_of = NULL WHERE id = ?1').bind('demo0001').run()
      await env.DB.prepare('UPDATE access_key SET revoked_at = ?2 WHERE id = ?1').bind(id, '2023-11-11').run()
    }
  })

  test('stands in the audit with who brought it, and in a record that verifies', async () => {
    const planId = await createPlan(keys)
    await bring(planId, { [P1]: '完成选址2处' })
    const { entries } = (await call(`/api/audit?plan=${planId}&kind=rows`, { key: keys.commission })).json as {
      entries: AuditEntry[]
    }
    expect(entries).toMatchObject([{ by: '县教委', keyId: 'demo0001', detail: { broughtBy: COMMISSION } }])
    await seal()
    expect((await verify()).findings).toEqual([])
  })
})

describe('the unit is named', () => {
  test.each([
    ['by its name', '县卫生健康委', '县卫生健康委'],
    ['by an alias', '县教育委员会', '县教委'],
    ['by a former name', '县卫计委', '县卫生健康委'],
  ])('%s', async (_, behalfOf, by) => {
    const planId = await createPlan(keys)
    expect((await bring(planId, {}, { rowId: 'r2', behalfOf })).by).toBe(by)
  })

  test.each([
    ['县卫生建康委', '县卫生健康委'],
    ['县民政局', 'unit'],
    ['县教委、县水利局', '县教委、县水利局'],
    ['各乡镇（街道）', 'unit'],
  ])('exactly: %s is refused, with what it may mean', async (behalfOf, detail) => {
    const planId = await createPlan(keys)
    const reply = await submit(planId, keys.commission, [], { behalfOf })
    expect([reply.status, codeOf(reply)]).toEqual([404, 'unit-not-found'])
    expect((reply.json as RefusalBody).errors).toEqual([{ pointer: '/behalfOf', detail }])
  })

  test('by the commission alone, also where a unit names itself', async () => {
    const planId = await createPlan(keys)
    const reply = await submit(planId, keys.edu, [], { behalfOf: '县教委' })
    expect([reply.status, codeOf(reply)]).toEqual([403, 'role-not-allowed'])
  })
})

describe('the same request', () => {
  test('is answered with the same receipt, and merged once', async () => {
    const planId = await createPlan(keys)
    const rows = [edit(await pull(planId, keys.edu), 'r1', { [P1]: '完成选址2处' })]
    const first = await receiptOf(planId, keys.commission, rows, { behalfOf: '县教委' }, `brought-${planId}`)
    const again = await receiptOf(planId, keys.commission, rows, { behalfOf: '县教委' }, `brought-${planId}`)
    expect(again).toEqual({ ...first, replayed: true })
  })

  test('is another one where the unit sends it itself, and its key is free for the unit', async () => {
    const planId = await createPlan(keys)
    const rows = [edit(await pull(planId, keys.edu), 'r1', { [P1]: '完成选址2处' })]
    const key = `both-${planId}`
    const brought = await receiptOf(planId, keys.commission, rows, { behalfOf: '县教委' }, key)
    expect(codeOf(await submit(planId, keys.edu, rows, { behalfOf: '县教委' }, key))).toBe('role-not-allowed')
    const own = await receiptOf(planId, keys.edu, rows, {}, key)
    expect([own.replayed, own.submissionId === brought.submissionId, own.broughtBy]).toEqual([false, false, undefined])
  })

  test('under a key that stood for another file of the unit is refused', async () => {
    const planId = await createPlan(keys)
    const rows = [edit(await pull(planId, keys.edu), 'r1', { [P1]: '完成选址2处' })]
    await receiptOf(planId, keys.commission, rows, { behalfOf: '县教委' }, `key-${planId}`)
    const other = await submit(planId, keys.commission, [], { behalfOf: '县教委' }, `key-${planId}`)
    expect(codeOf(other)).toBe('idempotency-key-reused')
  })
})
