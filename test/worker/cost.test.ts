/** What requests cost where they are paid for: round trips to the database, rows read and written there. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { PlanFile, ServerRow } from '../../domain/protocol.ts'
import { createPlan, edit, type Keys, pull, receiptOf, seedKeys, send, submit } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const ROWS = 42

function manyRows(file: PlanFile): PlanFile {
  const [model] = file.rows
  return {
    ...file,
    rows: Array.from({ length: ROWS }, (_, i) => ({
      ...model!,
      rowId: `m${i}`,
      cells: { ...model!.cells, number: String(i + 1), task: `改造学校${i + 5}所` },
    })),
  }
}

type Cost = { written: number; read: number; trips: number }

/** The database, with what D1 counts of its batches; index entries are included. */
function countBatches(cost: Cost): D1Database {
  return {
    prepare: (sql: string) => env.DB.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      const results = await env.DB.batch(statements)
      cost.trips++
      cost.written += results.reduce((sum, { meta }) => sum + meta.rows_written, 0)
      cost.read += results.reduce((sum, { meta }) => sum + meta.rows_read, 0)
      return results
    },
  } as unknown as D1Database
}

/** What a submission of the rows costs, some of them edited. */
async function submitCounted(planId: string, rows: ServerRow[], edited: number, round = 0): Promise<Cost> {
  const cost = { written: 0, read: 0, trips: 0 }
  const sent = rows.map(({ rowId }, i) =>
    edit(rows, rowId, i < edited ? { 'milestone.P1': `完成选址${round}${i}` } : {}),
  )
  const key = `${planId}-${round}`
  expect((await submit(planId, keys.edu, sent, {}, key, countBatches(cost))).status).toBe(200)
  return cost
}

test('a submission reads once and commits once, and writes an event with its index entry and a state for each changed row, no more', async () => {
  // The constant: guard in and out, commit and its index, submission and its three.
  for (const edited of [0, 2, ROWS]) {
    const planId = await createPlan(keys, manyRows)
    const { written, trips } = await submitCounted(planId, await pull(planId, keys.edu), edited)
    expect(trips).toBe(2)
    expect(written).toBeLessThanOrEqual(3 * edited + 8)
  }
})

test('what a submission reads does not grow with the history of its plan', async () => {
  const planId = await createPlan(keys, manyRows)
  const reads: number[] = []
  for (let round = 0; round < 12; round++) {
    const rows = (await pull(planId, keys.edu)).slice(0, 2)
    reads.push((await submitCounted(planId, rows, 2, round)).read)
  }
  // Within a row or two: where a number of the day is looked up, the index has one entry more or less.
  expect(reads.at(-1)).toBeLessThanOrEqual((reads[1] as number) + 2)
})

test('what a submission of two rows reads grows by a few rows, not by whole tables, with each row of its sheet', async () => {
  const read = async (rows: number) => {
    const planId = await createPlan(keys, (file) => ({ ...manyRows(file), rows: manyRows(file).rows.slice(0, rows) }))
    return (await submitCounted(planId, (await pull(planId, keys.edu)).slice(0, 2), 2)).read
  }
  const [few, many] = [await read(2), await read(ROWS)]
  expect(many - few).toBeLessThanOrEqual(3 * (ROWS - 2))
})

test.each(['desk', 'master', 'master.xlsx', 'rows'])(
  'what %s reads grows with every submission by its own rows, not by those of all others',
  async (what) => {
    const planId = await createPlan(keys)
    const read = async () => {
      const cost = { written: 0, read: 0, trips: 0 }
      const reply = await send(`/api/plans/${planId}/${what}`, { key: keys.commission, db: countBatches(cost) })
      expect(reply.status).toBe(200)
      return cost.read
    }
    const submitOften = async (times: number) => {
      for (let i = 0; i < times; i++) {
        const rows = await pull(planId, keys.edu)
        await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': `完成选址${i + times}处` })])
      }
    }
    await submitOften(2)
    const few = await read()
    await submitOften(20)
    const some = await read()
    await submitOften(20)
    const many = await read()
    expect(many - some).toBeLessThanOrEqual(some - few + 20)
  },
)
