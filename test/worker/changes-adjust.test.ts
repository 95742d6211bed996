/** Texts of an issued plan: 任务调整 with its paper and first period, 勘误, and what neither may touch. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { History, PlanFile, ServerRow } from '../../domain/protocol.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
import { readEvents, selectEvents } from '../../worker/store/rows.ts'
import { change, changed, refusalOf } from './changing.ts'
import { call, codeOf, createPlan, expectRebuildable, type Keys, pull, seedKeys } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

/** An issued plan. Its r4 has one text over P1 and P2, which nobody has confirmed. */
async function issued(alter?: (file: PlanFile) => PlanFile): Promise<{ planId: string; rows: ServerRow[] }> {
  const planId = await createPlan(keys, alter)
  const body = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
  await call(`/api/plans/${planId}/issue`, { key: keys.commission, body })
  return { planId, rows: await pull(planId, keys.commission) }
}

type Given = { cells: Record<string, string>; spans?: Record<string, number> }
const PAPER = { kind: 'adjustment', reason: '资金到位较晚', documentNumber: '测府办〔2023〕9号', effectivePeriod: 'P2' }
const ERRATUM = { kind: 'erratum', reason: '印刷有误' }

const given = (rows: ServerRow[], rowId: string, change: Given) => ({
  rowId,
  baseVer: rows.find((row) => row.rowId === rowId)!.ver,
  ...change,
})
const send = (planId: string, body: object, key = keys.commission) => change(planId, 'adjustments', body, { key })
const adjust = (planId: string, body: object) => changed(planId, 'adjustments', body, { key: keys.commission })
async function rowOf(planId: string, rowId: string): Promise<ServerRow> {
  return (await pull(planId, keys.commission)).find((row) => row.rowId === rowId)!
}
async function refused(planId: string, body: object) {
  const before = await pull(planId, keys.commission)
  const refusal = refusalOf(await send(planId, body))
  expect(await pull(planId, keys.commission)).toEqual(before)
  return refusal
}
const spanConfirmed = (file: PlanFile): PlanFile => ({
  ...file,
  rows: file.rows.map((row) => ({ ...row, spansConfirmed: true })),
})

describe('an adjustment', () => {
  test('changes milestones from its first period on, and says in the history why and by which paper', async () => {
    const { planId, rows } = await issued()
    const cells = { 'milestone.P2': '改造1所', 'milestone.P3': '改造4所', target: '' }
    const { target: _, ...wanted } = cells
    const { seq, rows: done } = await adjust(planId, { ...PAPER, rows: [given(rows, 'r1', { cells: wanted })] })
    expect(done).toEqual([{ rowId: 'r1', ver: seq }])
    expect(await rowOf(planId, 'r1')).toMatchObject({ ver: seq, cells: { ...wanted, 'milestone.P1': '完成选址' } })
    const [events] = await env.DB.batch([selectEvents(env.DB, sheetIdOf(planId), 'r1')])
    const event = readEvents(events).at(-1)
    expect(event).toMatchObject({ kind: 'adjust', reason: PAPER.reason, documentNumber: PAPER.documentNumber })
    expect(event).toMatchObject({ effectivePeriod: 'P2', actorName: '测试县发展改革委' })
    expect(event?.changes).toContainEqual({ column: 'milestone.P2', old: '改造2所', new: '改造1所' })
    await expectRebuildable(planId)
  })

  test('leaves closed periods as they were: their text, and the period it began in', async () => {
    const { planId, rows } = await issued()
    const closed = await refused(planId, { ...PAPER, rows: [given(rows, 'r1', { cells: { 'milestone.P1': '另定' } })] })
    expect(closed).toEqual({
      status: 409,
      code: 'period-closed',
      pointers: ['/rows/0/cells/milestone.P1'],
      details: ['period-closed'],
    })
    const same = given(rows, 'r1', { cells: { 'milestone.P1': '完成选址', 'milestone.P2': '改造1所' } })
    await adjust(planId, { ...PAPER, rows: [same] })
    const over = given(rows, 'r2', { cells: { 'milestone.P1': '新增10个' }, spans: { 'milestone.P1': 3 } })
    const from3 = { ...PAPER, effectivePeriod: 'P3', rows: [over] }
    expect((await refused(planId, from3)).pointers).toEqual(['/rows/0/cells/milestone.P2'])
  })

  test('may cut a cell where it reaches into its first period, or let it reach further, and nowhere before', async () => {
    const { planId, rows } = await issued(spanConfirmed)
    const halved = { 'milestone.P1': '整治4公里', 'milestone.P2': '整治4公里' }
    const inside = { ...PAPER, effectivePeriod: 'P3', rows: [given(rows, 'r4', { cells: halved })] }
    expect(await refused(planId, inside)).toMatchObject({
      code: 'period-closed',
      pointers: ['/rows/0/cells/milestone.P2'],
    })
    const cut = given(rows, 'r4', { cells: { 'milestone.P2': '整治1公里' } })
    await adjust(planId, { ...PAPER, rows: [cut] })
    const row = await rowOf(planId, 'r4')
    expect(row.cells).toMatchObject({
      'milestone.P1': '整治4公里',
      'milestone.P2': '整治1公里',
      'milestone.P3': '整治6公里',
    })
    expect(row.spans).toBeUndefined()
    const further = given([row], 'r4', { cells: { 'milestone.P1': '整治4公里' }, spans: { 'milestone.P1': 2 } })
    await adjust(planId, { ...PAPER, rows: [further] })
    expect((await rowOf(planId, 'r4')).spans).toEqual({ 'milestone.P1': 2 })
    await expectRebuildable(planId)
  })

  test('that would leave a period without a text is refused where it would', async () => {
    const { planId, rows } = await issued((file) => ({
      ...file,
      rows: file.rows.map((row) =>
        row.rowId === 'r1'
          ? {
              ...row,
              cells: {
                number: '1',
                task: '改造学校5所',
                'milestone.P1': '改造5所',
                leadUnits: '县教委',
                supportingUnits: '——',
              },
              spans: { 'milestone.P1': 3 },
            }
          : row,
      ),
    }))
    const half = given(rows, 'r1', { cells: { 'milestone.P2': '改造1所' } })
    expect(await refused(planId, { ...PAPER, rows: [half] })).toMatchObject({
      code: 'invalid',
      pointers: ['/rows/0/cells/milestone.P3'],
    })
    await adjust(planId, { ...PAPER, rows: [{ ...half, spans: { 'milestone.P2': 2 } }] })
    expect(await rowOf(planId, 'r1')).toMatchObject({
      cells: { 'milestone.P1': '改造5所', 'milestone.P2': '改造1所' },
      spans: { 'milestone.P2': 2 },
    })
  })

  test('needs its paper, its first period, and rows whose periods are confirmed', async () => {
    const { planId, rows } = await issued()
    const change = [given(rows, 'r1', { cells: { 'milestone.P2': '改造1所' } })]
    const { documentNumber: _, ...unnumbered } = PAPER
    const { effectivePeriod: __, ...undated } = PAPER
    expect(await refused(planId, { ...unnumbered, rows: change })).toMatchObject({
      status: 422,
      code: 'invalid',
      pointers: ['/documentNumber'],
    })
    expect(await refused(planId, { ...undated, rows: change })).toMatchObject({ pointers: ['/effectivePeriod'] })
    expect(await refused(planId, { ...PAPER, effectivePeriod: 'P9', rows: change })).toMatchObject({
      pointers: ['/effectivePeriod'],
    })
    expect(
      await refused(planId, { ...PAPER, rows: [given(rows, 'r4', { cells: { 'milestone.P3': '整治7公里' } })] }),
    ).toEqual({
      status: 422,
      code: 'invalid',
      pointers: ['/rows/0'],
      details: ['spans-unconfirmed'],
    })
    // Its task has no period.
    await adjust(planId, { ...PAPER, rows: [given(rows, 'r4', { cells: { task: '整治河道11公里' } })] })
  })
})

describe('an erratum', () => {
  test('corrects any cell, closed periods and words for units too, relations untouched', async () => {
    const { planId, rows } = await issued()
    const cells = { task: '改造学校6所', 'milestone.P1': '完成选址工作', leadUnits: '县水利局' }
    const { seq } = await adjust(planId, { ...ERRATUM, rows: [given(rows, 'r1', { cells })] })
    expect(await rowOf(planId, 'r1')).toMatchObject({ ver: seq, cells, lead: ['县教委'] })
    const history = (await call(`/api/plans/${planId}/rows/r1/history`, { key: keys.edu })).json as History
    expect(history.events.map(({ kind }) => kind)).toEqual(['insert', 'correct'])
    await expectRebuildable(planId)
  })

  test('has no first period, and changes something', async () => {
    const { planId, rows } = await issued()
    const same = [given(rows, 'r1', { cells: { task: '改造学校5所' } })]
    expect(await refused(planId, { ...ERRATUM, rows: same })).toMatchObject({
      pointers: ['/rows'],
      details: ['unchanged'],
    })
    const change = [given(rows, 'r1', { cells: { task: '改造学校6所' } })]
    expect(await refused(planId, { ...ERRATUM, effectivePeriod: 'P1', rows: change })).toMatchObject({
      pointers: ['/effectivePeriod'],
    })
  })
})

describe('both', () => {
  test('take several rows as one commit or none, at the versions that were seen', async () => {
    const { planId, rows } = await issued()
    const one = given(rows, 'r1', { cells: { task: '改造学校6所' } })
    const two = given(rows, 'r2', { cells: { task: '新增托位60个' } })
    const { seq, rows: done } = await adjust(planId, { ...ERRATUM, rows: [one, two] })
    expect(done).toEqual([
      { rowId: 'r1', ver: seq },
      { rowId: 'r2', ver: seq },
    ])
    const third = given(rows, 'r3', { cells: { task: '新建水库2座' } })
    expect(await refused(planId, { ...ERRATUM, rows: [third, { ...one, cells: { task: '再改' } }] })).toMatchObject({
      status: 409,
      code: 'row-changed',
      pointers: ['/rows/1/baseVer'],
    })
  })

  test('refuse formulas, blank cells, unknown columns, spans outside the periods, and rows that are not there', async () => {
    const { planId, rows } = await issued()
    const at = async (change: Given) => {
      const { code, pointers } = await refused(planId, { ...ERRATUM, rows: [given(rows, 'r1', change)] })
      return [code, ...pointers]
    }
    expect(await at({ cells: { task: '=HYPERLINK("x")' } })).toEqual(['invalid', '/rows/0/cells/task'])
    expect(await at({ cells: { 'milestone.P2': ' ' } })).toEqual(['invalid', '/rows/0/cells/milestone.P2'])
    expect(await at({ cells: { other: '一' } })).toEqual(['invalid', '/rows/0/cells/other'])
    expect(await at({ cells: { 'milestone.P3': '一' }, spans: { 'milestone.P3': 2 } })).toEqual([
      'invalid',
      '/rows/0/spans/milestone.P3',
    ])
    const absent = [{ rowId: 'r9', baseVer: 1, cells: { task: '一' } }]
    expect(await refused(planId, { ...ERRATUM, rows: absent })).toMatchObject({
      code: 'row-not-found',
      pointers: ['/rows/0/rowId'],
    })
    const twice = given(rows, 'r1', { cells: { task: '一' } })
    expect(await refused(planId, { ...ERRATUM, rows: [twice, twice] })).toMatchObject({ code: 'duplicate-row-id' })
  })

  test('are for issued plans: before that texts are edited, and units do neither', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    const body = { ...ERRATUM, rows: [given(rows, 'r1', { cells: { task: '一' } })] }
    expect(await refused(planId, body)).toMatchObject({ status: 409, code: 'plan-not-issued' })
    const unit = await send(planId, body, keys.edu)
    expect([unit.status, codeOf(unit)]).toEqual([403, 'role-not-allowed'])
  })

  test('two at once on one row: the second is told that the row has changed', async () => {
    const { planId, rows } = await issued()
    const to = (task: string) => send(planId, { ...ERRATUM, rows: [given(rows, 'r1', { cells: { task } })] })
    const replies = await Promise.all([to('甲'), to('乙')])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(codeOf(replies.find(({ status }) => status === 409)!)).toBe('row-changed')
  })
})
