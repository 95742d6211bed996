/** Earlier versions of rows, as 更新本表 asks for them. */
import { beforeAll, expect, test } from 'vitest'
import { RowVersions } from '../../domain/protocol.ts'
import { call, codeOf, createPlan, edit, type Keys, pull, receiptOf, seedKeys } from './county.ts'

const P1 = 'milestone.P1'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function ask(planId: string, key: string, rows: { rowId: string; ver: number }[]) {
  const reply = await call(`/api/plans/${planId}/rows/versions`, { key, body: { rows } })
  return { ...reply, rows: reply.status === 200 ? RowVersions.parse(reply.json).rows : [] }
}

test('a row reads as it was at the version asked for, with who changed each column last since', async () => {
  const planId = await createPlan(keys)
  const first = await pull(planId, keys.edu)
  const [r1, r2] = first
  if (!r1 || !r2) throw new Error('no rows')
  await receiptOf(planId, keys.edu, [edit(first, 'r1', { [P1]: '完成选址和立项' })])
  const second = await pull(planId, keys.edu)
  await receiptOf(planId, keys.commission, [edit(second, 'r1', { [P1]: '完成选址、立项', number: '1.1' })])
  const asked = [
    { rowId: 'r1', ver: r1.ver },
    { rowId: 'r2', ver: r2.ver },
  ]
  const { rows } = await ask(planId, keys.edu, asked)
  expect(rows[0]).toMatchObject({ rowId: 'r1', ver: r1.ver, cells: r1.cells })
  const by = Object.fromEntries(rows[0]?.changed.map((change) => [change.column, change.by]) ?? [])
  expect(by).toEqual({ [P1]: '测试县发展改革委', number: '测试县发展改革委' })
  expect(rows[1]).toMatchObject({ rowId: 'r2', cells: r2.cells, changed: [] })
  const between = await ask(planId, keys.edu, [{ rowId: 'r1', ver: second[0]?.ver ?? 0 }])
  expect(between.rows[0]?.cells[P1]).toBe('完成选址和立项')
})

test('merged cells come back with the periods that they covered then', async () => {
  const planId = await createPlan(keys)
  const [r4] = (await pull(planId, keys.water)).filter(({ rowId }) => rowId === 'r4')
  if (!r4) throw new Error('no row')
  const split = { ...r4.cells, [P1]: '整治2公里', 'milestone.P2': '整治2公里' }
  await receiptOf(planId, keys.water, [{ rowId: 'r4', baseVer: r4.ver, cells: split }])
  const { rows } = await ask(planId, keys.water, [{ rowId: 'r4', ver: r4.ver }])
  expect(rows[0]).toMatchObject({ cells: r4.cells, spans: r4.spans })
  expect(rows[0]?.cells).not.toHaveProperty('milestone.P2')
})

test('what the actor may not see, what is deleted and a version that never was are left out', async () => {
  const planId = await createPlan(keys)
  const all = await pull(planId, keys.commission)
  const verOf = (rowId: string) => all.find((row) => row.rowId === rowId)?.ver ?? 0
  const asked = all.map(({ rowId, ver }) => ({ rowId, ver }))
  expect((await ask(planId, keys.edu, asked)).rows.map(({ rowId }) => rowId)).toEqual(['r1', 'r2', 'r3'])
  expect((await ask(planId, keys.supervision, asked)).rows).toHaveLength(4)
  expect((await ask(planId, keys.commission, [{ rowId: 'r1', ver: verOf('r1') + 99 }])).rows).toEqual([])
  expect((await ask(planId, keys.commission, [{ rowId: 'nobody', ver: 1 }])).rows).toEqual([])
  await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: verOf('r1') }] })
  expect((await ask(planId, keys.edu, asked)).rows.map(({ rowId }) => rowId)).toEqual(['r2', 'r3'])
})

test('another county’s plan is not found, and one row asked for twice is refused', async () => {
  const planId = await createPlan(keys)
  const [row] = await pull(planId, keys.edu)
  const twice = [1, 2].map(() => ({ rowId: 'r1', ver: row?.ver ?? 1 }))
  const refused = await ask(planId, keys.edu, twice)
  expect([refused.status, codeOf(refused)]).toEqual([422, 'duplicate-row-id'])
  expect((await ask('no-such-plan', keys.edu, [])).status).toBe(404)
})
