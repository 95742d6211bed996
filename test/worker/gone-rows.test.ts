/** Rows that a submission still names although the master deleted them meanwhile: an edit is kept, nothing else is made of it. */
import { beforeAll, expect, test } from 'vitest'
import { ConflictList } from '../../domain/protocol.ts'
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

const P1 = 'milestone.P1'
const P2 = 'milestone.P2'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

/** r1 as the unit pulled it, and then deleted by the commission. */
async function deleted() {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: rows[0]!.ver }] })
  return { planId, rows }
}

async function conflictsOf(planId: string) {
  return ConflictList.parse((await call(`/api/plans/${planId}/conflicts`, { key: keys.commission })).json).conflicts
}

test('the receipt says that the row is gone, whether it was edited or not, and other rows land', async () => {
  const { planId, rows } = await deleted()
  const quiet = await receiptOf(planId, keys.edu, [edit(rows, 'r1', {}), edit(rows, 'r2', { [P1]: '新增11个' })])
  expect(quiet.rows).toMatchObject([
    { rowId: 'r1', outcome: 'unchanged', isGone: true, conflicts: [] },
    { rowId: 'r2', outcome: 'applied' },
  ])
  expect(quiet.rows[1]).not.toHaveProperty('isGone')
  const edited = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { [P1]: '完成选址6处' })])
  expect(edited.rows).toMatchObject([{ outcome: 'conflict', isGone: true, conflicts: [{ kind: 'delete-edit' }] }])
  expect(await conflictsOf(planId)).toHaveLength(1)
})

test('the version at which a row was deleted is no base: the row is not made anew over nothing', async () => {
  const { planId, rows } = await deleted()
  const gone = (await receiptOf(planId, keys.edu, [edit(rows, 'r1', { [P1]: '完成选址6处' })])).rows[0]!
  for (const cells of [{}, edit(rows, 'r1', { [P1]: '完成选址7处' }).cells]) {
    const reply = await submit(planId, keys.edu, [{ rowId: 'r1', baseVer: gone.ver, cells }])
    expect([reply.status, codeOf(reply)]).toEqual([409, 'row-id-deleted'])
  }
  await expectRebuildable(planId)
  // Over the version that it was pulled at, it is the edit that it is.
  const again = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { [P1]: '完成选址7处' })])
  expect(again.rows[0]?.conflicts).toMatchObject([{ kind: 'delete-edit', status: 'open' }])
})

test('sent again after the deletion was upheld, the same text is told that decision and asks nobody anew', async () => {
  const { planId, rows } = await deleted()
  const sent = edit(rows, 'r1', { [P1]: '完成选址6处' })
  await receiptOf(planId, keys.edu, [sent])
  const [conflict] = await conflictsOf(planId)
  const decision = { choose: 'head', ver: conflict!.ver }
  await call(`/api/conflicts/${conflict!.id}/resolution`, { key: keys.commission, body: decision })
  const again = await receiptOf(planId, keys.edu, [sent])
  expect(again.rows[0]?.conflicts).toMatchObject([{ id: conflict!.id, status: 'resolved' }])
  const more = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { [P1]: '完成选址6处', [P2]: '改造1所' })])
  expect(more.rows[0]?.conflicts).toMatchObject([{ status: 'open' }])
})

test('the list shows the row as the edit brings it back, and it can come back with another text', async () => {
  const { planId, rows } = await deleted()
  await receiptOf(planId, keys.edu, [edit(rows, 'r1', { [P1]: '完成选址6处' })])
  const [conflict] = await conflictsOf(planId)
  expect(conflict?.restored).toEqual({ cells: { ...rows[0]?.cells, [P1]: '完成选址6处' }, spans: {} })
  const cells = { ...conflict!.restored!.cells, [P2]: '改造3所' }
  const body = { choose: 'edited', ver: conflict!.ver, cells }
  expect((await call(`/api/conflicts/${conflict!.id}/resolution`, { key: keys.commission, body })).status).toBe(200)
  expect((await pull(planId, keys.edu))[0]).toMatchObject({ rowId: 'r1', cells })
  expect((await conflictsOf(planId))[0]).not.toHaveProperty('restored')
  await expectRebuildable(planId)
})
