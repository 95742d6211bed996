/** 任务调整 of the table itself: tasks that end, are new or come back, their order and units, as one commit. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AdjustPlan, History, Master, PlanChanged, PlanFile, ServerRow } from '../../domain/protocol.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { change, changed, NEW, PAPER, refusalOf, relationsOn } from './changing.ts'
import { call, createPlan, expectRebuildable, type Keys, pull, seedKeys, send } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

/** The tests' clock stands at 2023-11-10 in Beijing. */
const TODAY = '2023-11-10'
async function issued(
  alter?: (file: PlanFile) => PlanFile,
): Promise<{ planId: string; verOf: (rowId: string) => number }> {
  const planId = await createPlan(keys, alter)
  const body = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
  await call(`/api/plans/${planId}/issue`, { key: keys.commission, body })
  const rows = await pull(planId, keys.commission)
  return { planId, verOf: (rowId) => rows.find((row) => row.rowId === rowId)!.ver }
}

type Body = Partial<AdjustPlan>
const adjust = (planId: string, body: Body): Promise<PlanChanged> =>
  changed(planId, 'adjustments', { ...PAPER, rows: [], ...body }, { key: keys.commission })
const order = async (planId: string) => (await pull(planId, keys.commission)).map(({ rowId }) => rowId)
const masterOf = async (planId: string) =>
  (await call(`/api/plans/${planId}/master`, { key: keys.commission })).json as Master

async function refused(planId: string, body: Body) {
  const before = await masterOf(planId)
  const reply = await change(planId, 'adjustments', { ...PAPER, rows: [], ...body }, { key: keys.commission })
  expect(await masterOf(planId)).toEqual(before)
  return refusalOf(reply)
}

async function countCommits(planId: string): Promise<number> {
  const sql = "SELECT count(*) AS n FROM commit_log WHERE sheet_id = ?1 AND kind IN ('adjustment', 'erratum')"
  return (await env.DB.prepare(sql).bind(sheetIdOf(planId)).first<{ n: number }>())!.n
}

async function epochOf(planId: string): Promise<number> {
  const sql = 'SELECT epoch AS n FROM sheet WHERE id = ?1'
  return (await env.DB.prepare(sql).bind(sheetIdOf(planId)).first<{ n: number }>())!.n
}

describe('a new task', () => {
  test('stands behind the task that it is put behind, belongs to its units, and says by which paper it came', async () => {
    const { planId } = await issued()
    const { seq, rows } = await adjust(planId, { added: [NEW] })
    expect(rows).toContainEqual({ rowId: 'r9', ver: seq })
    expect(await order(planId)).toEqual(['r1', 'r9', 'r2', 'r3', 'r4'])
    const added = (await pull(planId, keys.water)).find(({ rowId }) => rowId === 'r9')
    expect(added).toMatchObject({ cells: NEW.cells, role: 'lead', lead: ['县水利局'], spansConfirmed: true })
    const { json } = await call(`/api/plans/${planId}/rows/r9/history`, { key: keys.commission })
    expect((json as History).events).toMatchObject([{ kind: 'insert', documentNumber: PAPER.documentNumber }])
    await expectRebuildable(planId)
  })

  test('goes to the top without another before it, and several follow each other', async () => {
    const { planId } = await issued()
    const { after: _, ...first } = NEW
    await adjust(planId, {
      added: [first, { ...NEW, rowId: 'r10', after: 'r9', cells: { ...NEW.cells, number: '3' } }],
    })
    expect(await order(planId)).toEqual(['r9', 'r10', 'r1', 'r2', 'r3', 'r4'])
  })

  test('with a blank text, a unit that nobody knows, or none, is refused where that stands', async () => {
    const { planId } = await issued()
    const blank = { ...NEW, cells: { ...NEW.cells, 'milestone.P3': '' } }
    expect(await refused(planId, { added: [blank] })).toMatchObject({
      code: 'invalid',
      pointers: ['/added/0/cells/milestone.P3'],
    })
    expect(await refused(planId, { added: [{ ...NEW, lead: ['县不存在局'] }] })).toMatchObject({
      code: 'unit-not-found',
      pointers: ['/added/0/lead/0'],
    })
    expect(await refused(planId, { added: [{ ...NEW, lead: [] }] })).toMatchObject({
      code: 'lead-missing',
      pointers: ['/added/0/lead'],
    })
    expect(await refused(planId, { added: [{ ...NEW, rowId: 'r1' }] })).toMatchObject({
      code: 'duplicate-row-id',
      pointers: ['/added/0/rowId'],
    })
    expect(await refused(planId, { added: [{ ...NEW, after: 'nobody' }] })).toMatchObject({
      code: 'row-not-found',
      pointers: ['/added/0/after'],
    })
  })
})

describe('a task that ends', () => {
  test('leaves the table and not the record, and comes back under its id by the opposite change', async () => {
    const { planId, verOf } = await issued()
    const { seq } = await adjust(planId, { removed: [{ rowId: 'r3', baseVer: verOf('r3') }] })
    expect(await order(planId)).toEqual(['r1', 'r2', 'r4'])
    const { json } = await call(`/api/plans/${planId}/rows/r3/history`, { key: keys.commission })
    expect((json as History).events.at(-1)).toMatchObject({ kind: 'delete', reason: PAPER.reason })
    await expectRebuildable(planId)

    const before: ServerRow['cells'] = {
      number: '3',
      task: '新建水库1座',
      'milestone.P1': '开工',
      'milestone.P2': '完成主体',
      'milestone.P3': '完工',
      leadUnits: '县水利局',
      supportingUnits: '县教委',
    }
    const back = { rowId: 'r3', baseVer: seq, after: 'r2', cells: before, lead: ['县水利局'], supporting: ['县教委'] }
    await adjust(planId, { kind: 'erratum', documentNumber: undefined, effectivePeriod: undefined, added: [back] })
    expect(await order(planId)).toEqual(['r1', 'r2', 'r3', 'r4'])
    const [row] = (await pull(planId, keys.water)).filter(({ rowId }) => rowId === 'r3')
    expect(row).toMatchObject({ role: 'lead', lead: ['县水利局'], supporting: ['县教委'] })
    expect(row?.cells).toMatchObject(before)
    await expectRebuildable(planId)
  })

  test('comes back as it was, also with a cell that was left blank, but not with another blank', async () => {
    const { planId } = await issued((file) => ({
      ...file,
      rows: file.rows.map((row) =>
        row.rowId === 'r3' ? { ...row, cells: { ...row.cells, 'milestone.P3': '' } } : row,
      ),
    }))
    const row = (await pull(planId, keys.commission)).find(({ rowId }) => rowId === 'r3')!
    const { seq } = await adjust(planId, { removed: [{ rowId: 'r3', baseVer: row.ver }] })
    const { cells, lead, supporting } = row
    const back = { rowId: 'r3', baseVer: seq, after: 'r2', cells, lead, supporting }
    const worse = { ...back, cells: { ...cells, 'milestone.P2': '' } }
    expect(await refused(planId, { added: [worse] })).toMatchObject({ pointers: ['/added/0/cells/milestone.P2'] })
    await adjust(planId, { added: [back] })
    expect((await pull(planId, keys.commission)).map(({ rowId }) => rowId)).toEqual(['r1', 'r2', 'r3', 'r4'])
  })

  test('is refused at another version than it was read at, and where it is changed besides', async () => {
    const { planId, verOf } = await issued()
    expect(await refused(planId, { removed: [{ rowId: 'r3', baseVer: verOf('r3') + 1 }] })).toMatchObject({
      code: 'row-changed',
      pointers: ['/removed/0/baseVer'],
    })
    const both = { removed: [{ rowId: 'r3', baseVer: verOf('r3') }], moved: [{ rowId: 'r3' }] }
    expect(await refused(planId, both)).toMatchObject({ code: 'invalid', pointers: ['/moved/0/rowId'] })
    const behind = { removed: [{ rowId: 'r3', baseVer: verOf('r3') }], added: [{ ...NEW, after: 'r3' }] }
    expect(await refused(planId, behind)).toMatchObject({ code: 'row-not-found', pointers: ['/added/0/after'] })
  })
})

describe('units and order', () => {
  test('go in the same commit as the words that name them', async () => {
    const { planId, verOf } = await issued()
    const [commits, epoch] = [await countCommits(planId), await epochOf(planId)]
    const { rows, seq } = await adjust(planId, {
      rows: [{ rowId: 'r1', baseVer: verOf('r1'), cells: { leadUnits: '县水利局' } }],
      units: [{ rowId: 'r1', lead: ['县水利局'], supporting: [] }],
      moved: [{ rowId: 'r4' }, { rowId: 'r1', after: 'r4' }],
    })
    expect(await order(planId)).toEqual(['r4', 'r1', 'r2', 'r3'])
    expect(new Map(rows.map(({ rowId, ver }) => [rowId, ver])).get('r1')).toBe(seq)
    expect(await countCommits(planId)).toBe(commits + 1)
    // Whoever read before whom the row belongs to commits nothing any more.
    expect(await epochOf(planId)).toBe(epoch + 1)
    expect((await pull(planId, keys.water)).find(({ rowId }) => rowId === 'r1')).toMatchObject({ role: 'lead' })
    expect((await pull(planId, keys.edu)).map(({ rowId }) => rowId)).not.toContain('r1')
    await expectRebuildable(planId)
  })

  test('hold from the day of the paper on, and the days before keep who answered then', async () => {
    const { planId } = await issued()
    await adjust(planId, {
      effectiveOn: '2023-12-01',
      units: [{ rowId: 'r1', lead: ['县水利局'], supporting: ['各乡镇（街道）'] }],
    })
    expect(await relationsOn(planId, keys, 'r1', TODAY)).toMatchObject({ lead: ['县教委'] })
    const later = await relationsOn(planId, keys, 'r1', '2023-12-01')
    expect(later).toMatchObject({ lead: ['县水利局'], supporting: ['各乡镇（街道）'] })
    expect(later.recorded.at(-1)).toMatchObject({ documentNumber: PAPER.documentNumber, reason: PAPER.reason })
  })

  test('have a day of the plan, and texts alone need none', async () => {
    const periods = (file: PlanFile) =>
      file.plan.periods.map((period) => ({
        ...period,
        ...Object.fromEntries(
          (['from', 'to', 'dueOn', 'supervisedOn'] as const).map((key) => [key, period[key].replace('2023', '2031')]),
        ),
      }))
    const { planId, verOf } = await issued((file) => ({
      ...file,
      plan: { ...file.plan, year: 2031, periods: periods(file) },
    }))
    await adjust(planId, { rows: [{ rowId: 'r1', baseVer: verOf('r1'), cells: { 'milestone.P2': '改造1所' } }] })
    const units = [{ rowId: 'r1', lead: ['县水利局'], supporting: [] }]
    expect(await refused(planId, { units, effectiveOn: TODAY })).toMatchObject({
      pointers: ['/effectiveOn'],
      details: ['too-early'],
    })
    await adjust(planId, { units })
    expect(await relationsOn(planId, keys, 'r1', '2031-01-01')).toMatchObject({ lead: ['县水利局'] })
    expect(await relationsOn(planId, keys, 'r1', '2030-12-31')).toMatchObject({ lead: ['县教委'] })
  })

  test('of a row that changed meanwhile are refused, and of nothing at all too', async () => {
    const { planId } = await issued()
    expect(await refused(planId, {})).toMatchObject({ code: 'invalid', details: ['unchanged'] })
    expect(await refused(planId, { units: [{ rowId: 'nobody', lead: ['县教委'], supporting: [] }] })).toMatchObject({
      code: 'row-not-found',
      pointers: ['/units/0/rowId'],
    })
    expect(
      await refused(planId, { effectiveOn: '2203-01-01', units: [{ rowId: 'r1', lead: ['县教委'], supporting: [] }] }),
    ).toMatchObject({ pointers: ['/effectiveOn'] })
  })
})

test('a dry run says what would be refused, and writes nothing', async () => {
  const { planId } = await issued()
  const before = await masterOf(planId)
  const tried = await change(
    planId,
    'adjustments?dryRun=1',
    { ...PAPER, rows: [], added: [NEW] },
    { key: keys.commission },
  )
  expect([tried.status, tried.json]).toEqual([200, { seq: 0, rows: [{ rowId: 'r9', ver: 0 }] }])
  const wrong = await change(
    planId,
    'adjustments?dryRun=1',
    { ...PAPER, rows: [], added: [{ ...NEW, lead: [] }] },
    {
      key: keys.commission,
    },
  )
  expect(refusalOf(wrong).code).toBe('lead-missing')
  expect(await masterOf(planId)).toEqual(before)
})

test('the change list of the workbook names a task that was added and one that ended, with the paper', async () => {
  const { planId, verOf } = await issued()
  await adjust(planId, { added: [NEW], removed: [{ rowId: 'r3', baseVer: verOf('r3') }] })
  const response = await send(`/api/plans/${planId}/master.xlsx`, { key: keys.commission })
  const { sheets } = await readWorkbook(new Uint8Array(await response.arrayBuffer()))
  const changes = sheets.find(({ grid }) => grid.name === '变更记录')
  const lines = changes?.grid.texts.map((row) => row.join('|')).join('\n')
  expect(lines).toMatch(/\|2\|新增一行\|\|新建食堂3个\|测府办〔2023〕9号/)
  expect(lines).toMatch(/\|3\|删除一行\|新建水库1座\|\|测府办〔2023〕9号/)
})
