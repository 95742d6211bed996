/** 归档 and settings, and what all changes of a plan have in common. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { PlanDetail, Receipt } from '../../domain/protocol.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
import { change, changed, refusalOf } from './changing.ts'
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

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const ISSUE = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
const issue = (planId: string) => call(`/api/plans/${planId}/issue`, { key: keys.commission, body: ISSUE })
const how = () => ({ key: keys.commission })
async function planOf(planId: string) {
  return ((await call(`/api/plans/${planId}`, { key: keys.commission })).json as PlanDetail).plan
}

/** The database with something happening before the second batch of a request: its commit. */
function meanwhile(happens: () => Promise<unknown>): D1Database {
  let batches = 0
  return {
    prepare: (sql: string) => env.DB.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      if (++batches === 2) await happens()
      return env.DB.batch(statements)
    },
  } as unknown as D1Database
}

/** Every change that can be made, with a body that fits the plan of the tests. */
const CHANGES: [what: string, body: object][] = [
  ['relations', { reason: '划转', rows: [{ rowId: 'r1', lead: ['县水利局'], supporting: [] }] }],
  ['order', { rowIds: ['r2'] }],
  ['units', { reason: '登记', units: [{ id: 'u-water', name: '县水利局' }] }],
  ['settings', { signOff: 'reviewer' }],
]

describe('归档', () => {
  test('closes an issued plan for good: every write is refused by that word, reading goes on', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '新增12个' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '新增15个' })])
    const early = await change(planId, 'archive', { reason: '年度工作结束' }, how())
    expect(refusalOf(early)).toMatchObject({ status: 409, code: 'plan-not-issued' })
    await issue(planId)
    const { seq, rows: none } = await changed(planId, 'archive', { reason: '年度工作结束' }, how())
    expect(none).toEqual([])
    expect((await planOf(planId)).state).toBe('archived')

    const conflicts = await call(`/api/plans/${planId}/conflicts`, { key: keys.commission })
    const [conflict] = (conflicts.json as { conflicts: { id: string; ver: number }[] }).conflicts
    const { ver } = (await pull(planId, keys.water)).find(({ rowId }) => rowId === 'r4')!
    const writes = [
      await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '再报' })]),
      await issue(planId),
      await call(`/api/conflicts/${conflict!.id}/resolution`, {
        ...how(),
        body: { choose: 'head', ver: conflict!.ver },
      }),
      await call(`/api/plans/${planId}/rows/r4/spans`, { ...how(), body: { baseVer: ver } }),
      await change(planId, 'archive', { reason: '再次' }, how()),
      await change(
        planId,
        'adjustments',
        { kind: 'erratum', reason: '错字', rows: [{ rowId: 'r1', baseVer: 1, cells: { task: '一' } }] },
        how(),
      ),
      ...(await Promise.all(CHANGES.map(([what, body]) => change(planId, what, body, how())))),
    ]
    expect(writes.map((reply) => [reply.status, codeOf(reply)])).toEqual(writes.map(() => [409, 'plan-archived']))
    const last = await env.DB.prepare('SELECT max(seq) AS seq FROM commit_log WHERE sheet_id = ?1')
      .bind(sheetIdOf(planId))
      .first()
    expect(last).toEqual({ seq })
    expect((await pull(planId, keys.commission)).length).toBe(4)
  })

  test('is seen by a submission that was on its way', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const db = meanwhile(async () => {
      await issue(planId)
      await changed(planId, 'archive', { reason: '作废' }, how())
    })
    const reply = await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '在途' })], {}, planId, db)
    expect([reply.status, codeOf(reply)]).toEqual([409, 'plan-archived'])
  })
})

describe('the setting for sign-off', () => {
  test('stands on the plan, and can be taken back', async () => {
    const planId = await createPlan(keys)
    expect((await planOf(planId)).signOff).toBeUndefined()
    await changed(planId, 'settings', { signOff: 'reviewer' }, how())
    expect((await planOf(planId)).signOff).toBe('reviewer')
    await changed(planId, 'settings', { signOff: 'none' }, { key: keys.admin })
    expect((await planOf(planId)).signOff).toBeUndefined()
    const unit = await change(planId, 'settings', { signOff: 'none' }, { key: keys.edu })
    expect([unit.status, codeOf(unit)]).toEqual([403, 'role-not-allowed'])
  })

  test('reaches a submission that was on its way: what a 经办 key sent waits for its 审核 key after all', async () => {
    const planId = await createPlan(keys)
    const body = { role: 'unit', unit: '县教委', post: '办公室', duty: 'handler' }
    const { key } = (await call(`/api/plans/${planId}/keys`, { ...how(), body })).json as { key: string }
    const rows = await pull(planId, key)
    const db = meanwhile(() => changed(planId, 'settings', { signOff: 'reviewer' }, how()))
    const reply = await submit(planId, key, [edit(rows, 'r1', { 'milestone.P1': '在途' })], {}, planId, db)
    expect((reply.json as Receipt).draftId).toMatch(/./)
    expect((await pull(planId, key)).find(({ rowId }) => rowId === 'r1')?.cells['milestone.P1']).toBe('完成选址')
  })
})

describe('every change', () => {
  test.each(CHANGES)(
    '%s is one commit with its request; the same again is answered and not done again',
    async (what, body) => {
      const planId = await createPlan(keys)
      const once = { ...how(), idempotencyKey: `${planId}-${what}` }
      const first = await changed(planId, what, body, once)
      expect(await changed(planId, what, body, once)).toEqual(first)
      const { results } = await env.DB.prepare(
        `SELECT c.kind, s.kind AS request, s.body FROM commit_log c JOIN submission s ON s.commit_seq = c.seq
       WHERE c.sheet_id = ?1 AND c.kind <> 'plan'`,
      )
        .bind(sheetIdOf(planId))
        .run()
      expect(results).toEqual([{ kind: what, request: what, body: JSON.stringify(body) }])
      await expectRebuildable(planId)
    },
  )

  test.each(CHANGES)('%s whose answer the database lost is found done', async (what, body) => {
    const planId = await createPlan(keys)
    let batches = 0
    const db = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        const results = await env.DB.batch(statements)
        if (++batches === 2) throw new Error('D1_ERROR: network connection lost')
        return results
      },
    } as unknown as D1Database
    const reply = await change(planId, what, body, { ...how(), db })
    expect(reply.status).toBe(200)
    const { n } = (await env.DB.prepare("SELECT count(*) AS n FROM commit_log WHERE sheet_id = ?1 AND kind <> 'plan'")
      .bind(sheetIdOf(planId))
      .first<{ n: number }>())!
    expect(n).toBe(1)
  })

  test.each(CHANGES)(
    '%s needs a key for the request, a plan of the county, and gives up politely when always too late',
    async (what, body) => {
      const planId = await createPlan(keys)
      const path = `/api/plans/${planId}/${what}`
      const bare = await call(path, { key: keys.commission, body })
      expect([bare.status, codeOf(bare)]).toEqual([400, 'idempotency-key-missing'])
      const elsewhere = await change('no-such-plan', what, body, how())
      expect([elsewhere.status, codeOf(elsewhere)]).toEqual([404, 'plan-not-found'])
      const bump = env.DB.prepare('UPDATE sheet SET epoch = epoch + 1 WHERE id = ?1').bind(sheetIdOf(planId))
      let batches = 0
      const db = {
        prepare: (sql: string) => env.DB.prepare(sql),
        batch: async (statements: D1PreparedStatement[]) => {
          if (++batches % 2 === 0) await bump.run()
          return env.DB.batch(statements)
        },
      } as unknown as D1Database
      const late = await change(planId, what, body, { ...how(), db })
      expect([late.status, codeOf(late)]).toEqual([503, 'busy'])
      await expectRebuildable(planId)
    },
  )

  test('a plan is issued although its scope changed while the request ran', async () => {
    const planId = await createPlan(keys)
    const [[what, body]] = CHANGES as [[string, object]]
    const db = meanwhile(() => changed(planId, what, body, how()))
    const reply = await call(`/api/plans/${planId}/issue`, { ...how(), body: ISSUE, db })
    expect(reply.status).toBe(200)
    expect((await planOf(planId)).state).toBe('issued')
  })
})
