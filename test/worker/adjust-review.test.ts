/** What an adjustment must not be a way around: closed periods, whole rows, open keys, and the record. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { AdjustPlan, Master } from '../../domain/protocol.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { change, changed, NEW, PAPER, refusalOf } from './changing.ts'
import { call, codeOf, createPlan, expectRebuildable, type Keys, pull, seedKeys, send } from './county.ts'
import { seal, verify } from './record-tools.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function issued(): Promise<string> {
  const planId = await createPlan(keys)
  const body = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
  await call(`/api/plans/${planId}/issue`, { key: keys.commission, body })
  return planId
}

type Body = Partial<AdjustPlan>
const body = (more: Body) => ({ ...PAPER, rows: [], ...more })
const adjust = (planId: string, more: Body) => changed(planId, 'adjustments', body(more), { key: keys.commission })
const tried = async (planId: string, more: Body) =>
  refusalOf(await change(planId, 'adjustments', body(more), { key: keys.commission }))

async function rowOf(planId: string, rowId: string) {
  return (await pull(planId, keys.commission)).find((row) => row.rowId === rowId)!
}

/** Removes a task; what brings it back as it was. */
async function end(planId: string, rowId: string): Promise<NonNullable<AdjustPlan['added']>[number]> {
  const { cells, spans, lead, supporting, ver } = await rowOf(planId, rowId)
  const { seq } = await adjust(planId, { removed: [{ rowId, baseVer: ver }] })
  return { rowId, baseVer: seq, cells, ...(spans ? { spans } : {}), lead, supporting }
}

describe('a new task', () => {
  test.each(['task', 'leadUnits'])(
    'without its column %s at all is refused as one that left it blank',
    async (column) => {
      const planId = await issued()
      const cells: Record<string, string> = { ...NEW.cells }
      delete cells[column]
      expect(await tried(planId, { added: [{ ...NEW, cells }] })).toMatchObject({
        code: 'invalid',
        pointers: [`/added/0/cells/${column}`],
      })
    },
  )
})

describe('a task that comes back', () => {
  test('by an adjustment keeps its closed periods, as one that never left', async () => {
    const planId = await issued()
    const back = await end(planId, 'r3')
    const cells = { ...back.cells, 'milestone.P1': '前期工作' }
    expect(await tried(planId, { added: [{ ...back, cells }] })).toMatchObject({
      code: 'period-closed',
      pointers: ['/added/0/cells/milestone.P1'],
    })
    const open = { ...back.cells, 'milestone.P2': '主体过半' }
    await adjust(planId, { added: [{ ...back, cells: open }] })
    expect((await rowOf(planId, 'r3')).cells['milestone.P2']).toBe('主体过半')
  })

  test('confirms no periods that nobody confirmed', async () => {
    const planId = await issued()
    expect((await rowOf(planId, 'r4')).spansConfirmed).toBe(false)
    const back = await end(planId, 'r4')
    const cells = { ...back.cells, 'milestone.P3': '整治5公里' }
    expect(await tried(planId, { added: [{ ...back, cells }] })).toMatchObject({ details: ['spans-unconfirmed'] })
    await adjust(planId, { added: [back] })
    expect((await rowOf(planId, 'r4')).spansConfirmed).toBe(false)
    await expectRebuildable(planId)
  })

  test('stands in the change list, also where it says what it said before', async () => {
    const planId = await issued()
    const back = await end(planId, 'r3')
    await adjust(planId, { kind: 'erratum', documentNumber: undefined, effectivePeriod: undefined, added: [back] })
    const response = await send(`/api/plans/${planId}/master.xlsx`, { key: keys.commission })
    const { sheets } = await readWorkbook(new Uint8Array(await response.arrayBuffer()))
    const lines = sheets
      .find(({ grid }) => grid.name === '变更记录')
      ?.grid.texts.map((row) => row.join('|'))
      .join('\n')
    expect(lines).toMatch(/删除一行\|新建水库1座/)
    expect(lines).toMatch(/恢复一行\|\|新建水库1座/)
  })
})

test('the record is whole after a table was turned over, and once more back', async () => {
  const planId = await issued()
  const back = await end(planId, 'r2')
  await adjust(planId, {
    added: [
      { ...NEW, cells: { ...NEW.cells, number: '5' } },
      { ...back, after: 'r9' },
    ],
    moved: [{ rowId: 'r4' }],
    units: [{ rowId: 'r1', lead: ['县水利局', '县水利局'], supporting: ['县教育委员会', '县教委'] }],
    removed: [{ rowId: 'r3', baseVer: (await rowOf(planId, 'r3')).ver }],
  })
  await expectRebuildable(planId)
  await seal()
  expect(await verify()).toMatchObject({ findings: [], unsealed: {} })
  expect((await rowOf(planId, 'r1')).lead).toEqual(['县水利局'])
})

test('the same request is done once, another under its key not at all, and neither is lost', async () => {
  const planId = await issued()
  const sent = { key: keys.commission, idempotencyKey: `${planId}-once` }
  const first = await changed(planId, 'adjustments', body({ added: [NEW] }), sent)
  expect(await changed(planId, 'adjustments', body({ added: [NEW] }), sent)).toEqual(first)
  const other = await change(planId, 'adjustments', body({ added: [{ ...NEW, rowId: 'r10' }] }), sent)
  expect(codeOf(other)).toBe('idempotency-key-reused')
  await changed(planId, 'archive', { reason: '年度工作结束' }, { key: keys.commission })
  expect(await changed(planId, 'adjustments', body({ added: [NEW] }), sent)).toEqual(first)
  const late = { removed: [{ rowId: 'r9', baseVer: first.seq }] }
  expect((await tried(planId, late)).code).toBe('plan-archived')
})

test('is the commission’s alone, also as a dry run', async () => {
  const planId = await issued()
  for (const key of [keys.water, keys.supervision, keys.admin]) {
    for (const path of ['adjustments', 'adjustments?dryRun=1']) {
      expect((await change(planId, path, body({ added: [NEW] }), { key })).status).toBe(403)
    }
  }
})

test('a thousand tasks put into one gap are placed in a time that a request has', async () => {
  const planId = await issued()
  const added = Array.from({ length: 500 }, (_, i) => ({
    ...NEW,
    rowId: `n${i}`,
    cells: { ...NEW.cells, number: String(i + 10) },
  }))
  await adjust(planId, { added })
  const moved = added.map(({ rowId }) => ({ rowId, after: 'r4' }))
  await adjust(planId, { moved })
  const master = (await call(`/api/plans/${planId}/master`, { key: keys.commission })).json as Master
  expect(master.rows.slice(0, 4).map(({ rowId }) => rowId)).toEqual(['r1', 'r2', 'r3', 'r4'])
  expect(master.rows[4]?.rowId).toBe('n499')
  await expectRebuildable(planId)
})
