/** Who leads and supports rows: changed from a day on, in force by the clock, answerable for any day. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Master, PlanDetail, Receipt, RowList } from '../../domain/protocol.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
import { callAt, change, changed, refusalOf, relationsOn } from './changing.ts'
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

/** The tests' clock stands at 2023-11-10 in Beijing. */
const TODAY = '2023-11-10'
const toWater = (rowId: string) => ({ rowId, lead: ['县水利局'], supporting: [] })
const byCommission = () => ({ key: keys.commission })

async function leadOf(planId: string, rowId: string): Promise<string[] | undefined> {
  return (await pull(planId, keys.commission)).find((row) => row.rowId === rowId)?.lead
}

function masterAt(at: string, planId: string, etag?: string) {
  const headers: Record<string, string> = etag === undefined ? {} : { 'If-None-Match': etag }
  return callAt(at, `/api/plans/${planId}/master`, { key: keys.commission, headers })
}

describe('a change from today on', () => {
  test('takes the row from one unit and gives it to another, words in cells and versions untouched', async () => {
    const planId = await createPlan(keys)
    const before = await pull(planId, keys.edu)
    const { seq, rows } = await changed(
      planId,
      'relations',
      { reason: '职能划转', rows: [toWater('r1')] },
      byCommission(),
    )
    expect(seq).toBeGreaterThan(before[0]!.ver)
    expect(rows).toEqual([{ rowId: 'r1', ver: before[0]!.ver }])
    expect((await pull(planId, keys.edu)).map(({ rowId }) => rowId)).not.toContain('r1')
    const [gained] = await pull(planId, keys.water)
    expect(gained).toMatchObject({ rowId: 'r1', role: 'lead', lead: ['县水利局'], supporting: [], ver: before[0]!.ver })
    expect(gained?.writable).toContain('milestone.P1')
    expect(gained?.cells.leadUnits).toBe('县教委')
    await expectRebuildable(planId)
  })

  test('resolves aliases and groups, keeps the order of the units, and names each once', async () => {
    const planId = await createPlan(keys)
    const row = { rowId: 'r2', lead: ['县卫生健康委', '县教育委员会', '县教委'], supporting: ['相关街道', '县水利局'] }
    await changed(planId, 'relations', { reason: '调整', rows: [row] }, byCommission())
    const found = (await pull(planId, keys.commission)).find(({ rowId }) => rowId === 'r2')
    expect(found).toMatchObject({ lead: ['县卫生健康委', '县教委'], supporting: ['各乡镇（街道）', '县水利局'] })
    expect((await pull(planId, keys.towns)).map(({ rowId, role }) => [rowId, role])).toContainEqual([
      'r2',
      'supporting',
    ])
  })

  test('sent again gives the same answer once; sent otherwise under the same key it is refused', async () => {
    const planId = await createPlan(keys)
    const how = { ...byCommission(), idempotencyKey: `${planId}-again` }
    const body = { reason: '职能划转', rows: [toWater('r1')] }
    const first = await changed(planId, 'relations', body, how)
    expect(await changed(planId, 'relations', body, how)).toEqual(first)
    const { n } = (await env.DB.prepare(
      "SELECT count(*) AS n FROM commit_log WHERE sheet_id = ?1 AND kind = 'relations'",
    )
      .bind(sheetIdOf(planId))
      .first<{ n: number }>())!
    expect(n).toBe(1)
    const other = await change(planId, 'relations', { ...body, reason: '另一理由' }, how)
    expect([other.status, codeOf(other)]).toEqual([422, 'idempotency-key-reused'])
  })
})

describe('between pulling and submitting', () => {
  test('a unit that lost a row is told cell by cell, and the rest of what it sent lands', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await changed(planId, 'relations', { reason: '职能划转', rows: [toWater('r1')] }, byCommission())
    const receipt = await receiptOf(planId, keys.edu, [
      edit(rows, 'r1', { 'milestone.P1': '不再是我的' }),
      edit(rows, 'r2', { 'milestone.P1': '新增11个' }),
    ])
    const [lost, kept] = receipt.rows
    expect(lost).toMatchObject({ applied: [], notWritable: [{ column: 'milestone.P1', submitted: '不再是我的' }] })
    expect(kept?.outcome).toBe('applied')
  })

  test('a unit that gained a row can write it at the version that it was at', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    await changed(planId, 'relations', { reason: '职能划转', rows: [toWater('r1')] }, byCommission())
    const receipt = await receiptOf(planId, keys.water, [edit(rows, 'r1', { 'milestone.P1': '接手' })])
    expect(receipt.rows[0]?.outcome).toBe('applied')
  })

  test('a change that lands while a submission is on its way is seen before it commits', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    let batches = 0
    const db = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        if (++batches === 2) {
          await changed(planId, 'relations', { reason: '职能划转', rows: [toWater('r1')] }, byCommission())
        }
        return env.DB.batch(statements)
      },
    } as unknown as D1Database
    const reply = await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '在途' })], {}, planId, db)
    expect((reply.json as Receipt).totals).toMatchObject({ applied: 0, notWritable: 1 })
    expect(batches).toBeGreaterThan(2)
  })

  test('two changes of one row at once are done one after the other, and one stands', async () => {
    const planId = await createPlan(keys)
    const to = (unit: string) =>
      changed(
        planId,
        'relations',
        { reason: unit, rows: [{ rowId: 'r1', lead: [unit], supporting: [] }] },
        byCommission(),
      )
    const done = await Promise.all([to('县水利局'), to('县卫生健康委'), to('永安街道')])
    const last = done.map(({ seq }) => seq).indexOf(Math.max(...done.map(({ seq }) => seq)))
    expect(await leadOf(planId, 'r1')).toEqual([['县水利局', '县卫生健康委', '永安街道'][last]])
  })
})

describe('a change from a later day on', () => {
  const EVE = '2023-11-30T15:59:59.000Z'
  const FIRST = '2023-11-30T16:00:00.000Z'

  test('comes into force by the clock alone, at midnight in Beijing, for reading and for writing', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    const body = {
      reason: '机构改革',
      documentNumber: '测编〔2023〕3号',
      effectiveOn: '2023-12-01',
      rows: [toWater('r1')],
    }
    await changed(planId, 'relations', body, byCommission())
    expect(await leadOf(planId, 'r1')).toEqual(['县教委'])
    const listAt = async (at: string, key: string) =>
      ((await callAt(at, `/api/plans/${planId}/rows`, { key })).json as RowList).rows.map(({ rowId }) => rowId)
    expect(await listAt(EVE, keys.edu)).toContain('r1')
    expect(await listAt(EVE, keys.water)).not.toContain('r1')
    expect(await listAt(FIRST, keys.edu)).not.toContain('r1')
    expect(await listAt(FIRST, keys.water)).toContain('r1')
    let sent = 0
    const submitAt = async (at: string, key: string, text: string) => {
      const reply = await callAt(at, `/api/plans/${planId}/submissions`, {
        key,
        headers: { 'Idempotency-Key': `${planId}-${sent++}` },
        body: { form: 'breakdown', specVersion: 1, rows: [edit(rows, 'r1', { 'milestone.P3': text })] },
      })
      return (reply.json as Receipt).totals
    }
    expect(await submitAt(EVE, keys.water, '早了')).toMatchObject({ applied: 0, notWritable: 1 })
    expect(await submitAt(FIRST, keys.edu, '晚了')).toMatchObject({ applied: 0, notWritable: 1 })
    expect(await submitAt(FIRST, keys.water, '正好')).toMatchObject({ applied: 1, notWritable: 0 })
  })

  test('changes the version of the master on that day, and on no other', async () => {
    const planId = await createPlan(keys)
    await changed(
      planId,
      'relations',
      { reason: '机构改革', effectiveOn: '2023-12-01', rows: [toWater('r1')] },
      byCommission(),
    )
    const eve = await masterAt(EVE, planId)
    const etag = eve.headers.get('etag') ?? ''
    expect((await masterAt('2023-11-20T00:00:00.000Z', planId, etag)).status).toBe(304)
    const first = await masterAt(FIRST, planId, etag)
    expect(first.status).toBe(200)
    const leads = ({ json }: { json: unknown }) => (json as Master).rows.find(({ rowId }) => rowId === 'r1')?.lead
    expect([leads(eve), leads(first)]).toEqual([['县教委'], ['县水利局']])
    const units = (first.json as Master).status.map(({ unit, rows }) => [unit, rows])
    expect(units).toContainEqual(['县水利局', 3])
    const later = await masterAt('2024-02-01T00:00:00.000Z', planId, first.headers.get('etag') ?? '')
    expect(later.status).toBe(304)
  })

  test('gives way to a later decision for an earlier day, which holds from its day on', async () => {
    const planId = await createPlan(keys)
    const from = (effectiveOn: string, unit: string) =>
      changed(
        planId,
        'relations',
        { reason: unit, effectiveOn, rows: [{ rowId: 'r1', lead: [unit], supporting: [] }] },
        byCommission(),
      )
    await from('2023-12-01', '县水利局')
    await from('2023-11-20', '县卫生健康委')
    await from('2023-12-10', '永安街道')
    const leads = async (on: string) => (await relationsOn(planId, keys, 'r1', on)).lead
    expect(await leads('2023-11-19')).toEqual(['县教委'])
    expect(await leads('2023-11-20')).toEqual(['县卫生健康委'])
    expect(await leads('2023-12-01')).toEqual(['县卫生健康委'])
    expect(await leads('2023-12-09')).toEqual(['县卫生健康委'])
    expect(await leads('2023-12-10')).toEqual(['永安街道'])
  })
})

describe('who was answerable', () => {
  test('on any day, past changes included, with what was recorded when, by whom and why', async () => {
    const planId = await createPlan(keys)
    const rows = [{ rowId: 'r1', lead: ['县水利局'], supporting: ['县教委'] }]
    const why = { reason: '三月起已移交，补登', documentNumber: '测府纪〔2023〕2号' }
    const { seq } = await changed(planId, 'relations', { ...why, effectiveOn: '2023-03-15', rows }, byCommission())
    expect(await relationsOn(planId, keys, 'r1', '2023-03-14')).toMatchObject({ lead: ['县教委'], supporting: [] })
    const after = await relationsOn(planId, keys, 'r1', '2023-03-15')
    expect(after).toMatchObject({ lead: ['县水利局'], supporting: ['县教委'], deleted: false })
    expect(await leadOf(planId, 'r1')).toEqual(['县水利局'])
    const told = after.recorded.map(({ role, unit, from, to, replacedSeq }) => [role, unit, from, to, replacedSeq])
    expect(told).toEqual([
      ['lead', '县教委', null, null, seq],
      ['lead', '县教委', null, '2023-03-14', null],
      ['lead', '县水利局', '2023-03-15', null, null],
      ['supporting', '县教委', '2023-03-15', null, null],
    ])
    expect(after.recorded[2]).toMatchObject({ seq, by: '测试县发展改革委', ...why })
    expect(after.recorded[0]?.replacedAt).toMatch(/^2023-11-10/)
  })

  test('stays known for a deleted row', async () => {
    const planId = await createPlan(keys)
    const { ver } = (await pull(planId, keys.edu))[0]!
    await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: ver }] })
    expect(await relationsOn(planId, keys, 'r1', TODAY)).toMatchObject({ deleted: true, lead: ['县教委'] })
  })

  test('is asked for by a real day', async () => {
    const planId = await createPlan(keys)
    for (const on of ['2023-02-30', 'today', '']) {
      const reply = await call(`/api/plans/${planId}/relations?on=${on}`, { key: keys.commission })
      expect([reply.status, codeOf(reply)]).toEqual([422, 'invalid'])
    }
    const unit = await call(`/api/plans/${planId}/relations`, { key: keys.edu })
    expect([unit.status, codeOf(unit)]).toEqual([403, 'role-not-allowed'])
  })

  test('cannot be rewritten: a recorded relation takes nothing but the commit that replaces it, once', async () => {
    const planId = await createPlan(keys)
    await changed(planId, 'relations', { reason: '职能划转', rows: [toWater('r1')] }, byCommission())
    const where = "WHERE sheet_id = ?1 AND row_id = 'r1'"
    const run = (sql: string) => env.DB.prepare(sql).bind(sheetIdOf(planId)).run()
    await expect(run(`DELETE FROM row_unit ${where}`)).rejects.toThrow(/append_only/)
    await expect(run(`UPDATE row_unit SET party = '他' ${where} AND to_seq IS NULL`)).rejects.toThrow(/append_only/)
    await expect(
      run(`UPDATE row_unit SET valid_to = NULL, to_seq = 1 ${where} AND valid_to IS NOT NULL`),
    ).rejects.toThrow(/append_only/)
    await expect(run(`UPDATE row_unit SET to_seq = NULL ${where} AND to_seq IS NOT NULL`)).rejects.toThrow(
      /append_only/,
    )
    await expect(run(`INSERT OR REPLACE INTO row_unit SELECT * FROM row_unit ${where}`)).rejects.toThrow(/append_only/)
  })
})

describe('refused', () => {
  test('are units that nobody knows, former names, groups that lead, and units outside their time', async () => {
    const planId = await createPlan(keys)
    const gone = { id: 'u-gone', name: '县农机局', to: '2023-06-30' }
    const later = { id: 'u-later', name: '县数据局', from: '2024-01-01' }
    await changed(planId, 'units', { reason: '登记', units: [gone, later] }, byCommission())
    const rows = [
      { rowId: 'r1', lead: ['县教委', '县教委员会'], supporting: ['县卫计委'] },
      { rowId: 'r2', lead: ['各乡镇（街道）'], supporting: ['县农机局', '县数据局'] },
    ]
    const reply = await change(planId, 'relations', { reason: '试', rows }, byCommission())
    expect(refusalOf(reply)).toEqual({
      status: 404,
      code: 'unit-not-found',
      pointers: [
        '/rows/0/lead/1',
        '/rows/0/supporting/0',
        '/rows/1/lead/0',
        '/rows/1/supporting/0',
        '/rows/1/supporting/1',
      ],
      details: ['unknown', 'former-name', 'group-cannot-lead', 'not-valid-then', 'not-valid-then'],
    })
    expect(await leadOf(planId, 'r1')).toEqual(['县教委'])
    const early = {
      reason: '补登',
      effectiveOn: '2023-05-01',
      rows: [{ rowId: 'r1', lead: ['县农机局'], supporting: [] }],
    }
    expect((await change(planId, 'relations', early, byCommission())).status).toBe(200)
  })

  test('are rows without a lead, named twice, unknown or deleted, and days the plan has nothing to do with', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    const { ver } = rows.find(({ rowId }) => rowId === 'r3')!
    await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r3', baseVer: ver }] })
    const refused = async (body: object) =>
      refusalOf(await change(planId, 'relations', { reason: '试', ...body }, byCommission()))
    expect(await refused({ rows: [{ rowId: 'r1', lead: [], supporting: ['县水利局'] }] })).toMatchObject({
      status: 422,
      code: 'lead-missing',
      pointers: ['/rows/0/lead'],
    })
    expect(await refused({ rows: [toWater('r1'), toWater('r1')] })).toMatchObject({
      code: 'duplicate-row-id',
      pointers: ['/rows/1/rowId'],
    })
    expect(await refused({ rows: [toWater('r9'), toWater('r3')] })).toMatchObject({
      status: 404,
      code: 'row-not-found',
      pointers: ['/rows/0/rowId', '/rows/1/rowId'],
    })
    for (const effectiveOn of ['2022-12-31', '2025-01-01']) {
      expect(await refused({ effectiveOn, rows: [toWater('r1')] })).toMatchObject({
        code: 'invalid',
        pointers: ['/effectiveOn'],
      })
    }
  })

  test('is everybody but the commission', async () => {
    const planId = await createPlan(keys)
    for (const key of [keys.edu, keys.supervision, keys.admin]) {
      const reply = await change(planId, 'relations', { reason: '试', rows: [toWater('r1')] }, { key })
      expect([reply.status, codeOf(reply)]).toEqual([403, 'role-not-allowed'])
    }
  })
})

test('a unit shows under the name it has now, on rows and in the master, and under its old one in the record', async () => {
  const planId = await createPlan(keys)
  const detail = (await call(`/api/plans/${planId}`, { key: keys.commission })).json as PlanDetail
  const water = detail.registry.units.find(({ id }) => id === 'u-water')!
  await changed(planId, 'units', { reason: '更名', units: [{ ...water, name: '县水务局' }] }, byCommission())
  expect(await leadOf(planId, 'r3')).toEqual(['县水务局'])
  const recorded = (await relationsOn(planId, keys, 'r3', TODAY)).recorded
  expect(recorded[0]).toMatchObject({ unit: '县水务局', recordedAs: '县水利局' })
  // The key is the unit's still.
  expect((await pull(planId, keys.water)).map(({ rowId }) => rowId)).toContain('r3')
  await changed(planId, 'units', { reason: '复名', units: [{ ...water, name: '县水利局' }] }, byCommission())
})

test('a later change that begins on the last day of an earlier line ends that line the day before', async () => {
  const planId = await createPlan(keys)
  const from = (effectiveOn: string, lead: string) => ({
    reason: '职能划转',
    effectiveOn,
    rows: [{ rowId: 'r1', lead: [lead], supporting: [] }],
  })
  await changed(planId, 'relations', from('2023-06-01', '县水利局'), byCommission())
  await changed(planId, 'relations', from('2023-05-31', '县卫生健康委'), byCommission())
  const leadsOn = async (on: string) => (await relationsOn(planId, keys, 'r1', on)).lead
  expect([await leadsOn('2023-05-30'), await leadsOn('2023-05-31'), await leadsOn('2023-06-01')]).toEqual([
    ['县教委'],
    ['县卫生健康委'],
    ['县卫生健康委'],
  ])
})
