/** What a submission costs where it is paid for: round trips to the database, and rows written there. */
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { PlanFile } from '../../domain/protocol.ts'
import { createPlan, edit, type Keys, pull, seedKeys, submit } from './county.ts'

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

/** Rows that D1 counts as written, index entries included, and how often it was asked. */
async function costOf(edited: number): Promise<{ written: number; trips: number }> {
  const planId = await createPlan(keys, manyRows)
  const rows = await pull(planId, keys.edu)
  const cost = { written: 0, trips: 0 }
  const db = {
    prepare: (sql: string) => env.DB.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      const results = await env.DB.batch(statements)
      cost.trips++
      cost.written += results.reduce((sum, { meta }) => sum + meta.rows_written, 0)
      return results
    },
  } as unknown as D1Database
  const sent = rows.map(({ rowId }, i) => edit(rows, rowId, i < edited ? { 'milestone.P1': `完成选址${i}` } : {}))
  expect((await submit(planId, keys.edu, sent, {}, planId, db)).status).toBe(200)
  return cost
}

test('a submission reads once and commits once, and writes an event with its index entry and a state for each changed row, no more', async () => {
  // The constant: guard in and out, commit and its index, submission and its three.
  for (const edited of [0, 2, ROWS]) {
    const { written, trips } = await costOf(edited)
    expect(trips).toBe(2)
    expect(written).toBeLessThanOrEqual(3 * edited + 8)
  }
})
