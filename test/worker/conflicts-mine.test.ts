/** The list of conflicts says which of them the asking key may decide, and how merged cells stood. */
import { beforeAll, expect, test } from 'vitest'
import { ConflictList } from '../../domain/protocol.ts'
import { call, createPlan, edit, type Keys, pull, receiptOf, seedKeys } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function list(planId: string, key: string) {
  const { json } = await call(`/api/plans/${planId}/conflicts`, { key })
  return ConflictList.parse(json).conflicts
}

test('between two units the commission may, inside a unit that unit; as the decision itself then finds', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '新增12个' })])
  await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '新增15个', 'milestone.P2': '新增25个' })])
  await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P2': '新增26个' })])
  for (const key of [keys.commission, keys.edu, keys.health]) {
    for (const conflict of await list(planId, key)) {
      const reply = await call(`/api/conflicts/${conflict.id}/resolution`, {
        key,
        // A version that never was: refused for that reason only where the decision is theirs.
        body: { ver: 999_999, choose: 'head' },
      })
      expect([conflict.column, reply.status]).toEqual([conflict.column, conflict.mayDecide ? 409 : 403])
    }
  }
  const mine = async (key: string) => (await list(planId, key)).filter(({ mayDecide }) => mayDecide).length
  expect([await mine(keys.commission), await mine(keys.edu), await mine(keys.health)]).toEqual([1, 1, 0])
})

test('of merged cells it gives the three versions with their spans', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  const merged = edit(rows, 'r2', { 'milestone.P1': '合并' })
  delete merged.cells['milestone.P2']
  await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '新增12个' })])
  await receiptOf(planId, keys.edu, [{ ...merged, spans: { 'milestone.P1': 2 } }])
  const [conflict] = await list(planId, keys.commission)
  expect(conflict).toMatchObject({
    kind: 'span',
    versions: {
      head: { cells: { 'milestone.P1': '新增12个' } },
      submitted: { cells: { 'milestone.P1': '合并' }, spans: { 'milestone.P1': 2 } },
    },
  })
})
