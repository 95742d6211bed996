/** Which conflicts are the same question asked again, and which only look like it. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { ConflictBody, ConflictList } from '../../domain/protocol.ts'
import { call, createPlan, edit, type Keys, pull, receiptOf, seedKeys } from './county.ts'

const P1 = 'milestone.P1'
const P2 = 'milestone.P2'
const P3 = 'milestone.P3'
let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function openOf(planId: string): Promise<ConflictBody[]> {
  const reply = await call(`/api/plans/${planId}/conflicts?status=open`, { key: keys.commission })
  return (reply.json as ConflictList).conflicts
}

describe('the same text that clashes again', () => {
  test('from a newer base, while the first waits, is the same question', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { [P1]: '卫健' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r2', { [P1]: '教委' })])
    const [first] = await openOf(planId)
    const later = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(later, 'r2', { [P1]: '卫健又改' })])
    const receipt = await receiptOf(planId, keys.edu, [edit(later, 'r2', { [P1]: '教委' })])
    expect(receipt.rows[0]?.conflicts.map(({ id }) => id)).toEqual([first?.id])
    expect(await openOf(planId)).toHaveLength(1)
  })

  test('sent from several windows at once is one question, and every receipt names it', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { [P1]: '卫健' })])
    const sent = [1, 2, 3].map(() => receiptOf(planId, keys.edu, [edit(rows, 'r2', { [P1]: '教委' })]))
    const ids = (await Promise.all(sent)).map((receipt) => receipt.rows[0]?.conflicts[0]?.id)
    expect(new Set(ids).size).toBe(1)
  })

  test('in another cell of the row is another question', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { [P1]: '卫健一', [P2]: '卫健二' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r2', { [P1]: '——' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r2', { [P2]: '——' })])
    expect((await openOf(planId)).map(({ column }) => column)).toEqual([P1, P2])
  })

  test('in the same column of another row is another question', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { [P1]: '一科' }), edit(rows, 'r2', { [P1]: '一科' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { [P1]: '——' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', {}), edit(rows, 'r2', { [P1]: '——' })])
    expect((await openOf(planId)).map(({ rowId }) => rowId)).toEqual(['r1', 'r2'])
  })

  test('over other periods is another question', async () => {
    const planId = await createPlan(keys)
    const row = (await pull(planId, keys.edu)).find(({ rowId }) => rowId === 'r2')!
    const clears = [P1, P2, P3].map((column) => ({ rowId: 'r2', column }))
    const { [P1]: _, [P2]: __, [P3]: ___, ...rest } = row.cells
    const cut = (cells: Record<string, string>, spans: Record<string, number>) => ({
      rowId: 'r2',
      baseVer: row.ver,
      cells: { ...rest, ...cells },
      spans,
    })
    await receiptOf(planId, keys.health, [cut({ [P1]: '全年' }, { [P1]: 3 })], { clears })
    await receiptOf(planId, keys.edu, [cut({ [P1]: '甲', [P3]: '乙' }, { [P1]: 2 })], { clears })
    await receiptOf(planId, keys.edu, [cut({ [P1]: '甲', [P2]: '乙' }, { [P2]: 2 })], { clears })
    expect((await openOf(planId)).map(({ kind, submitted }) => [kind, submitted])).toEqual([
      ['span', '甲 | 乙'],
      ['span', '甲 | 乙'],
    ])
  })

  test('from another unit is that unit’s own question', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.commission, [edit(rows, 'r2', { [P1]: '发改' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r2', { [P1]: '新增15个' })])
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { [P1]: '新增15个' })])
    expect((await openOf(planId)).map(({ submittedBy }) => submittedBy)).toEqual(['县教委', '县卫生健康委'])
  })
})

test('a receipt names who wrote the clashing cell last, not who wrote it first or last changed the row', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  const change = async (key: string, cells: Record<string, string>) =>
    receiptOf(planId, key, [edit(await pull(planId, key), 'r2', cells)])
  await change(keys.commission, { [P1]: '发改' })
  await change(keys.health, { [P1]: '卫健' })
  await change(keys.commission, { task: '新增托位60个' })
  const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r2', { [P1]: '教委' })])
  expect(receipt.rows[0]?.conflicts).toMatchObject([{ headBy: '县卫生健康委' }])
})

test('a stray edit in a row that is deleted by now comes back against nothing, its own text as a conflict', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: rows[0]!.ver }] })
  const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { task: '别的任务', [P1]: '改' })])
  expect(receipt.rows[0]).toMatchObject({
    outcome: 'conflict',
    notWritable: [{ column: 'task', head: '', submitted: '别的任务' }],
    conflicts: [{ kind: 'delete-edit' }],
  })
  // Nothing stands in a deleted row, whatever it held last.
  const [conflict] = await openOf(planId)
  expect(conflict).not.toHaveProperty('head')
})

test('a decided conflict goes on naming who had written the head, whoever writes the cell afterwards', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  await receiptOf(planId, keys.health, [edit(rows, 'r2', { [P1]: '卫健' })])
  await receiptOf(planId, keys.edu, [edit(rows, 'r2', { [P1]: '教委' })])
  const [{ id, ver }] = (await openOf(planId)) as [ConflictBody]
  const body = { choose: 'head', ver }
  expect((await call(`/api/conflicts/${id}/resolution`, { key: keys.commission, body })).status).toBe(200)
  await receiptOf(planId, keys.commission, [edit(await pull(planId, keys.commission), 'r2', { [P1]: '发改' })])
  const reply = await call(`/api/plans/${planId}/conflicts?status=resolved`, { key: keys.commission })
  expect((reply.json as ConflictList).conflicts).toMatchObject([{ id, headBy: '县卫生健康委', head: '卫健' }])
})

test('of merged cells the last writer of any of them wrote the head', async () => {
  const planId = await createPlan(keys)
  const row = (await pull(planId, keys.edu)).find(({ rowId }) => rowId === 'r2')!
  const { [P1]: _, [P2]: __, [P3]: ___, ...rest } = row.cells
  const clears = [P1, P2, P3].map((column) => ({ rowId: 'r2', column }))
  const cut = (cells: Record<string, string>, spans: Record<string, number>) => ({
    rowId: 'r2',
    baseVer: row.ver,
    cells: { ...rest, ...cells },
    spans,
  })
  await receiptOf(planId, keys.health, [cut({ [P1]: '甲', [P3]: '丙' }, { [P1]: 2 })], { clears })
  await receiptOf(planId, keys.edu, [cut({ [P1]: '甲', [P2]: '乙' }, { [P2]: 2 })], { clears })
  await receiptOf(planId, keys.commission, [edit(await pull(planId, keys.commission), 'r2', { [P3]: '发改' })])
  expect(await openOf(planId)).toMatchObject([{ kind: 'span', headBy: '测试县发展改革委' }])
})
