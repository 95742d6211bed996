/** The order of rows: moved by the commission alone, and nothing that any submission sees or disturbs. */
import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { History } from '../../domain/protocol.ts'
import { placeRows } from '../../worker/changes/place-rows.ts'
import { keysBetween } from '../../worker/order-key.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
import { change, changed, refusalOf } from './changing.ts'
import { call, codeOf, createPlan, edit, expectRebuildable, type Keys, pull, receiptOf, seedKeys } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const move = (planId: string, rowIds: string[], after?: string) =>
  changed(planId, 'order', { rowIds, ...(after === undefined ? {} : { after }) }, { key: keys.commission })

async function orderOf(planId: string): Promise<string> {
  return (await pull(planId, keys.commission)).map(({ rowId }) => rowId).join(' ')
}

describe('rows are put', () => {
  test('behind another, to the top, several in the order given, and the answer has their versions', async () => {
    const planId = await createPlan(keys)
    const { seq, rows } = await move(planId, ['r1'], 'r3')
    expect(rows).toEqual([{ rowId: 'r1', ver: seq }])
    expect(await orderOf(planId)).toBe('r2 r3 r1 r4')
    await move(planId, ['r4', 'r2'])
    expect(await orderOf(planId)).toBe('r4 r2 r3 r1')
    await move(planId, ['r4'], 'r1')
    expect(await orderOf(planId)).toBe('r2 r3 r1 r4')
    await expectRebuildable(planId)
  })

  test('also between two that share a place, which two rows added at once may do', async () => {
    const planId = await createPlan(keys)
    const shared = env.DB.prepare("UPDATE row_state SET order_key = 'V' WHERE sheet_id = ?1 AND row_id IN ('r2', 'r3')")
    await shared.bind(sheetIdOf(planId)).run()
    expect(await orderOf(planId)).toBe('r1 r2 r3 r4')
    const { rows } = await move(planId, ['r1'], 'r2')
    expect(await orderOf(planId)).toBe('r2 r1 r3 r4')
    expect(rows.map(({ rowId }) => rowId)).toEqual(['r1', 'r3'])
  })

  test('and a unit’s text from before lands in the row where it is now, at its new version', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const { seq } = await move(planId, ['r1'], 'r4')
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '选址已定' })])
    expect(receipt.rows[0]).toMatchObject({ outcome: 'applied', conflicts: [] })
    const history = (await call(`/api/plans/${planId}/rows/r1/history`, { key: keys.edu })).json as History
    expect(history.events.map(({ kind }) => kind)).toEqual(['insert', 'move', 'update'])
    expect(history.events[1]).toMatchObject({ seq, changes: [] })
    expect(await orderOf(planId)).toBe('r2 r3 r4 r1')
    await expectRebuildable(planId)
  })

  test('in an issued plan too: the texts are frozen, their order is not', async () => {
    const planId = await createPlan(keys)
    const body = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
    await call(`/api/plans/${planId}/issue`, { key: keys.commission, body })
    await move(planId, ['r4'])
    expect(await orderOf(planId)).toBe('r4 r1 r2 r3')
  })

  test('behind the row that was named, also where that row moves while the request runs', async () => {
    const planId = await createPlan(keys)
    let batches = 0
    const db = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        if (++batches === 2) await move(planId, ['r3'])
        return env.DB.batch(statements)
      },
    } as unknown as D1Database
    await changed(planId, 'order', { rowIds: ['r1'], after: 'r3' }, { key: keys.commission, db })
    expect(await orderOf(planId)).toBe('r3 r1 r2 r4')
  })

  test('one move after another where several are sent at once, none lost', async () => {
    const planId = await createPlan(keys)
    await Promise.all([move(planId, ['r1'], 'r4'), move(planId, ['r2'], 'r4'), move(planId, ['r3'], 'r4')])
    const order = await orderOf(planId)
    expect(order.startsWith('r4 ')).toBe(true)
    expect(order.split(' ').sort().join(' ')).toBe('r1 r2 r3 r4')
    await expectRebuildable(planId)
  })
})

test('rows that are unknown, named twice or their own neighbour are refused, and units move nothing', async () => {
  const planId = await createPlan(keys)
  const refused = async (body: object, key = keys.commission) => refusalOf(await change(planId, 'order', body, { key }))
  expect(await refused({ rowIds: ['r1', 'r9'] })).toMatchObject({ code: 'row-not-found', pointers: ['/rowIds/1'] })
  expect(await refused({ rowIds: ['r1'], after: 'r9' })).toMatchObject({ code: 'row-not-found', pointers: ['/after'] })
  expect(await refused({ rowIds: ['r1', 'r1'] })).toMatchObject({ code: 'duplicate-row-id', pointers: ['/rowIds/1'] })
  expect(await refused({ rowIds: ['r1', 'r2'], after: 'r2' })).toMatchObject({ code: 'invalid', pointers: ['/after'] })
  expect(codeOf(await change(planId, 'order', { rowIds: ['r1'] }, { key: keys.edu }))).toBe('role-not-allowed')
  expect(await orderOf(planId)).toBe('r1 r2 r3 r4')
})

describe('the keys of moved rows', () => {
  const sorted = (rows: { rowId: string; orderKey: string }[]) =>
    [...rows].sort((a, b) => (a.orderKey < b.orderKey ? -1 : a.orderKey > b.orderKey ? 1 : a.rowId < b.rowId ? -1 : 1))

  test('put any rows behind any other, whatever keys they had, ties included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('2', 'V', 'V1', 'k', 'zz'), { minLength: 1, maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 20 }),
        (given, moves) => {
          let rows = sorted(given.map((orderKey, i) => ({ rowId: `r${i}`, orderKey })))
          for (const [a, b, c] of moves) {
            const ids = rows.map(({ rowId }) => rowId)
            const moved = [...new Set([ids[a % ids.length]!, ids[b % ids.length]!])]
            const others = ids.filter((id) => !moved.includes(id))
            const after = [undefined, ...others][c % (others.length + 1)]
            const { placed } = placeRows(rows, moved, after)
            const keysOf = new Map(placed.map(({ rowId, orderKey }) => [rowId, orderKey]))
            rows = sorted(rows.map(({ rowId, orderKey }) => ({ rowId, orderKey: keysOf.get(rowId) ?? orderKey })))
            const at = after === undefined ? 0 : others.indexOf(after) + 1
            expect(rows.map(({ rowId }) => rowId)).toEqual([...others.slice(0, at), ...moved, ...others.slice(at)])
          }
        },
      ),
    )
  })

  test('never grow without end: a table moved into one gap a thousand times gets short keys again', () => {
    const first = keysBetween('', undefined, 6)
    let rows = first.map((orderKey, i) => ({ rowId: `r${i}`, orderKey }))
    let longest = 0
    for (let i = 0; i < 1_000; i++) {
      const last = rows.at(-1)!.rowId
      const { placed } = placeRows(rows, [last], rows[0]!.rowId)
      const keysOf = new Map(placed.map(({ rowId, orderKey }) => [rowId, orderKey]))
      rows = sorted(rows.map(({ rowId, orderKey }) => ({ rowId, orderKey: keysOf.get(rowId) ?? orderKey })))
      longest = Math.max(longest, ...rows.map(({ orderKey }) => orderKey.length))
      expect(rows[1]?.rowId).toBe(last)
    }
    expect(longest).toBeLessThanOrEqual(60)
    expect(longest).toBeGreaterThan(20)
  })
})
