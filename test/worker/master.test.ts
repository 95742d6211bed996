/** The master: as JSON and as a workbook, with versions, status, conflicts and every change. */
import { beforeAll, describe, expect, test } from 'vitest'
import { breakdownSpec } from '../../domain/plan.ts'
import { History, Master } from '../../domain/protocol.ts'
import { readTable } from '../../domain/read-table.ts'
import chengkouPlan from '../../seeds/chengkou-2023/plan.json'
import chengkouRows from '../../seeds/chengkou-2023/rows.json'
import chengkouUnits from '../../seeds/chengkou-2023/units.json'
import fengjiePlan from '../../seeds/fengjie-2023/plan.json'
import fengjieRows from '../../seeds/fengjie-2023/rows.json'
import fengjieUnits from '../../seeds/fengjie-2023/units.json'
import { type SeedFiles, toPlanFile } from '../../seeds/load.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { call, codeOf, createPlan, edit, type Keys, pull, receiptOf, seedKeys, send } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function reported(): Promise<string> {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '新增12个' })])
  await receiptOf(planId, keys.edu, [edit(rows, 'r1', {}), edit(rows, 'r2', { 'milestone.P1': '新增15个' })])
  return planId
}

describe('as JSON', () => {
  test('holds rows, the status of every lead unit, and conflicts', async () => {
    const planId = await reported()
    const master = Master.parse((await call(`/api/plans/${planId}/master`, { key: keys.supervision })).json)
    expect(master.rows.map(({ rowId }) => rowId)).toEqual(['r1', 'r2', 'r3', 'r4'])
    expect(master.conflicts).toHaveLength(1)
    expect(master.status).toMatchObject([
      { unit: '县教委', rows: 2, submittedRows: 2, submissions: 1, openConflicts: 1 },
      { unit: '县卫生健康委', rows: 1, submittedRows: 1, submissions: 1, openConflicts: 1 },
      { unit: '县水利局', rows: 2, submittedRows: 0, submissions: 0, lastAt: null, openConflicts: 0 },
    ])
  })

  test('has an ETag that stays while nothing happens and changes with every accepted submission', async () => {
    const planId = await reported()
    const path = `/api/plans/${planId}/master`
    const first = await call(path, { key: keys.commission })
    const etag = first.headers.get('etag')!
    const same = await call(path, { key: keys.commission, headers: { 'If-None-Match': `W/${etag}` } })
    expect([same.status, same.json]).toEqual([304, undefined])
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', {})])
    const later = await call(path, { key: keys.commission, headers: { 'If-None-Match': etag } })
    expect(later.status).toBe(200)
    expect(later.headers.get('etag')).not.toBe(etag)
  })

  test('is not for units', async () => {
    const planId = await createPlan(keys)
    for (const form of ['master', 'master.xlsx']) {
      const reply = await call(`/api/plans/${planId}/${form}`, { key: keys.edu })
      expect([reply.status, codeOf(reply)]).toEqual([403, 'role-not-allowed'])
    }
  })
})

describe('as a workbook', () => {
  test('has its sheets, reads back as the same table, and names itself in Chinese', async () => {
    const planId = await reported()
    const response = await send(`/api/plans/${planId}/master.xlsx`, { key: keys.commission })
    expect(response.status).toBe(200)
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain(
      '测试县2023年民生实事总表.xlsx',
    )
    const { sheets } = await readWorkbook(new Uint8Array(await response.arrayBuffer()))
    expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['总表', false],
      ['报送情况', false],
      ['校验报告', false],
      ['冲突', false],
      ['变更记录', false],
      ['_ledger', true],
    ])
    const master = Master.parse((await call(`/api/plans/${planId}/master`, { key: keys.commission })).json)
    const { table } = readTable(sheets[0]!.grid, breakdownSpec(master.plan))
    expect(table.rows.map(({ rowId, ver, cells, spans }) => ({ rowId, ver, cells, spans }))).toEqual(
      master.rows.map(({ rowId, ver, cells, spans }) => ({ rowId, ver, cells, spans })),
    )
    const texts = (i: number) => sheets[i]!.grid.texts.map((row) => row.join('|')).join('\n')
    expect(texts(1)).toContain('县水利局|2|0|0|未报送')
    expect(texts(3)).toContain('新增10个|新增12个|新增15个|县教委')
    expect(texts(4)).toMatch(/20231110-0001\|2023-11-10 09:05\|县卫生健康委\|2\|3月\|新增10个\|新增12个/)
  })

  test('says how a conflict was decided, and why and by which paper a text was adjusted', async () => {
    const planId = await reported()
    const post = async (path: string, body: object) => {
      const headers = { 'Idempotency-Key': `${planId}${path}` }
      const reply = await call(path, { key: keys.commission, headers, body })
      if (reply.status !== 200) throw new Error(JSON.stringify(reply.json))
    }
    const { conflicts } = Master.parse((await call(`/api/plans/${planId}/master`, { key: keys.commission })).json)
    const [conflict] = conflicts
    await post(`/api/conflicts/${conflict!.id}/resolution`, {
      choose: 'head',
      reason: '以卫健口径为准',
      ver: conflict!.ver,
    })
    await post(`/api/plans/${planId}/issue`, { documentNumber: '测府办〔2023〕1号', issuedOn: '2023-11-10' })
    const rows = await pull(planId, keys.commission)
    await post(`/api/plans/${planId}/adjustments`, {
      kind: 'adjustment',
      reason: '资金到位较晚',
      documentNumber: '测府办〔2023〕9号',
      effectivePeriod: 'P2',
      rows: [{ rowId: 'r1', baseVer: rows[0]!.ver, cells: { 'milestone.P2': '改造1所', 'milestone.P3': '改造4所' } }],
    })
    const response = await send(`/api/plans/${planId}/master.xlsx`, { key: keys.commission })
    const { sheets } = await readWorkbook(new Uint8Array(await response.arrayBuffer()))
    const texts = (i: number) => sheets[i]!.grid.texts.map((row) => row.join('|')).join('\n')
    expect(texts(3)).toMatch(/\|采用总表现文（测试县发展改革委，2023-11-10 09:05）理由：以卫健口径为准/)
    expect(texts(4)).toContain('|改造2所|改造1所|任务调整，测府办〔2023〕9号，自“5月”起。理由：资金到位较晚')
  })

  test('asked for twice and at once it is the same file', async () => {
    const planId = await reported()
    const get = async () => {
      const response = await send(`/api/plans/${planId}/master.xlsx`, { key: keys.commission })
      return { etag: response.headers.get('etag'), bytes: new Uint8Array(await response.arrayBuffer()) }
    }
    const [a, b] = await Promise.all([get(), get()])
    expect(b).toEqual(a)
    const again = await send(`/api/plans/${planId}/master.xlsx`, {
      key: keys.commission,
      headers: { 'If-None-Match': a.etag! },
    })
    expect(again.status).toBe(304)
  })
})

test('the history of a row names who changed what, and is closed to strangers', async () => {
  const planId = await reported()
  const { events } = History.parse((await call(`/api/plans/${planId}/rows/r2/history`, { key: keys.edu })).json)
  expect(events.map(({ kind, by }) => [kind, by])).toEqual([
    ['insert', '测试县发展改革委'],
    ['update', '县卫生健康委'],
  ])
  expect(events[1]?.changes).toEqual([{ column: 'milestone.P1', old: '新增10个', new: '新增12个' }])
  const stranger = await call(`/api/plans/${planId}/rows/r2/history`, { key: keys.water })
  expect([stranger.status, codeOf(stranger)]).toEqual([404, 'row-not-found'])
})

test('a receipt can be read again by its unit and the offices, and by nobody else', async () => {
  const planId = await createPlan(keys)
  const receipt = await receiptOf(planId, keys.edu, [
    edit(await pull(planId, keys.edu), 'r1', { 'milestone.P1': '改' }),
  ])
  const path = `/api/submissions/${receipt.submissionId}`
  expect((await call(path, { key: keys.edu })).json).toEqual(receipt)
  expect((await call(path, { key: keys.commission })).json).toEqual(receipt)
  expect(codeOf(await call(path, { key: keys.water }))).toBe('submission-not-found')
})

describe('the real plans', () => {
  test.each([
    ['奉节', { plan: fengjiePlan, units: fengjieUnits, rows: fengjieRows }, 42],
    ['城口', { plan: chengkouPlan, units: chengkouUnits, rows: chengkouRows }, 15],
  ])('%s is created, pulled and exported row for row', async (_, files, count) => {
    const file = toPlanFile(files as SeedFiles)
    const created = await call('/api/plans', {
      key: keys.admin,
      body: file,
      headers: { 'Idempotency-Key': `seed-${file.plan.id}` },
    })
    expect(created.status).toBe(201)
    const rows = await pull(file.plan.id, keys.admin)
    expect(rows).toHaveLength(count)
    expect(rows.map(({ cells, spans }) => ({ cells, spans }))).toEqual(
      file.rows.map(({ cells, spans }) => ({ cells, spans })),
    )
    expect(rows.map(({ lead }) => lead)).toEqual(file.rows.map(({ lead }) => lead))
    const master = await call(`/api/plans/${file.plan.id}/master`, { key: keys.admin })
    const errors = Master.parse(master.json).issues.filter(({ severity }) => severity === 'error')
    expect(errors).toEqual([])
    const response = await send(`/api/plans/${file.plan.id}/master.xlsx`, { key: keys.admin })
    const { sheets } = await readWorkbook(new Uint8Array(await response.arrayBuffer()))
    const { table } = readTable(sheets[0]!.grid, breakdownSpec({ ...file.plan, state: 'collecting' }))
    expect(table.rows.map(({ rowId }) => rowId)).toEqual(file.rows.map(({ rowId }) => rowId))
  })
})
