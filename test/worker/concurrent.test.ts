/** Many writers at once: nothing that was acknowledged may be lost, and nobody waits without need. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { PlanFile, Receipt } from '../../domain/protocol.ts'
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

const WRITERS = 40

describe('forty writers at once', () => {
  test('on one cell: one text stands, the other thirty-nine wait as conflicts, none is lost', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const texts = Array.from({ length: WRITERS }, (_, i) => `完成选址（第${i}稿）`)
    const receipts = await Promise.all(
      texts.map((text) => receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': text })])),
    )
    expect(receipts.filter(({ rows: [row] }) => row?.outcome === 'applied')).toHaveLength(1)
    expect(receipts.filter(({ rows: [row] }) => row?.outcome === 'conflict')).toHaveLength(WRITERS - 1)
    const { conflicts } = (await call(`/api/plans/${planId}/conflicts?status=open`, { key: keys.edu })).json as {
      conflicts: { submitted: string }[]
    }
    const [row] = await pull(planId, keys.edu)
    const kept = [row?.cells['milestone.P1'], ...conflicts.map(({ submitted }) => submitted)]
    expect(kept.sort()).toEqual([...texts].sort())
    expect(new Set(receipts.map(({ number }) => number)).size).toBe(WRITERS)
    await expectRebuildable(planId)
  })

  test('on different rows: every edit lands in one commit of its own', async () => {
    const planId = await createPlan(keys, manyRows)
    const rows = await pull(planId, keys.edu)
    const receipts = await Promise.all(
      rows.map(({ rowId }, i) => receiptOf(planId, keys.edu, [edit(rows, rowId, { 'milestone.P1': `完成选址${i}` })])),
    )
    expect(receipts.every(({ rows: [row] }) => row?.outcome === 'applied')).toBe(true)
    const after = await pull(planId, keys.edu)
    expect(after.map(({ cells }) => cells['milestone.P1'])).toEqual(rows.map((_, i) => `完成选址${i}`))
    expect(new Set(receipts.map(({ seq }) => seq)).size).toBe(WRITERS)
    await expectRebuildable(planId)
  })

  test('each reading before it writes: every write is seen by the next or kept as a conflict', async () => {
    const planId = await createPlan(keys)
    const receipts = await Promise.all(
      Array.from({ length: WRITERS }, async (_, i) => {
        const rows = await pull(planId, keys.edu)
        return receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P2': `改造${i + 10}所` })])
      }),
    )
    const count = (outcome: string) => receipts.filter(({ rows: [row] }) => row?.outcome === outcome).length
    expect(count('applied') + count('conflict')).toBe(WRITERS)
    const history = await call(`/api/plans/${planId}/rows/r1/history`, { key: keys.edu })
    expect((history.json as { events: unknown[] }).events).toHaveLength(1 + count('applied'))
    await expectRebuildable(planId)
  })
})

describe('the same request again', () => {
  test('thirty requests under three keys make three commits and twenty-seven replays', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const replies = await Promise.all(
      Array.from({ length: 30 }, (_, i) => {
        const n = i % 3
        return submit(
          planId,
          keys.edu,
          [edit(rows, `r${(n % 2) + 1}`, { [`milestone.P${n + 1}`]: `第${n}份` })],
          {},
          `${planId}-${n}`,
        )
      }),
    )
    expect(replies.every(({ status }) => status === 200)).toBe(true)
    const receipts = replies.map(({ json }) => json as Receipt)
    expect(receipts.filter(({ replayed }) => replayed)).toHaveLength(27)
    expect(new Set(receipts.map(({ submissionId }) => submissionId)).size).toBe(3)
    expect(new Set(receipts.map(({ number }) => number)).size).toBe(3)
    const [first] = receipts
    const again = receipts.find(
      ({ submissionId, replayed }) => submissionId === first?.submissionId && replayed !== first?.replayed,
    )
    expect({ ...again, replayed: false }).toEqual({ ...first, replayed: false })
  })

  test('the same key with another body is refused, another actor’s same key is not', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const key = `${planId}-once`
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '甲' })], {}, key)
    const other = await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '乙' })], {}, key)
    expect([other.status, codeOf(other)]).toEqual([422, 'idempotency-key-reused'])
    const health = await receiptOf(
      planId,
      keys.health,
      [edit(await pull(planId, keys.health), 'r2', { 'milestone.P1': '丙' })],
      {},
      key,
    )
    expect(health.replayed).toBe(false)
  })

  test('a receipt that got lost can still be asked for after the plan was issued', async () => {
    const planId = await createPlan(keys)
    const rows = [edit(await pull(planId, keys.edu), 'r1', { 'milestone.P1': '甲' })]
    const first = await receiptOf(planId, keys.edu, rows, {}, `${planId}-lost`)
    const body = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
    await call(`/api/plans/${planId}/issue`, { key: keys.commission, body })
    expect(await receiptOf(planId, keys.edu, rows, {}, `${planId}-lost`)).toEqual({ ...first, replayed: true })
  })

  test('a request without a key is refused, and sent twice under two keys nothing changes', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const body = { form: 'breakdown', specVersion: 1, rows: [edit(rows, 'r1', { 'milestone.P1': '甲' })] }
    const without = await call(`/api/plans/${planId}/submissions`, { key: keys.edu, body })
    expect([without.status, codeOf(without)]).toEqual([400, 'idempotency-key-missing'])
    const first = await receiptOf(planId, keys.edu, body.rows)
    const second = await receiptOf(planId, keys.edu, body.rows)
    expect(first.totals.applied).toBe(1)
    expect(second.totals).toMatchObject({ applied: 0, converged: 1 })
    expect(second.seq).toBeNull()
    expect((await pull(planId, keys.edu))[0]?.ver).toBe(first.seq)
  })
})

/** The county's plan with forty rows of one unit. */
function manyRows(file: PlanFile): PlanFile {
  const [model] = file.rows
  return {
    ...file,
    rows: Array.from({ length: WRITERS }, (_, i) => ({
      ...model!,
      rowId: `m${String(i).padStart(2, '0')}`,
      cells: { ...model!.cells, number: String(i + 1), task: `改造学校${i + 5}所` },
    })),
  }
}
