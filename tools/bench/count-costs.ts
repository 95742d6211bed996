/** Counts what a D1 database is asked and what it answers that this cost. */

export type Cost = { calls: number; statements: number; read: number; written: number; bytes: number }

type Meta = { rows_read: number; rows_written: number; size_after: number }
type Counted = { meta: Meta }

/**
 * The database, and `spend`, which runs some work and gives what it cost. Statements that are run alone
 * and in batches both count.
 */
export function countCosts<Database extends { prepare(sql: string): unknown; batch(statements: never[]): unknown }>(
  database: Database,
): { db: Database; spend: (work: () => Promise<unknown>) => Promise<Cost> } {
  let cost: Cost = { calls: 0, statements: 0, read: 0, written: 0, bytes: 0 }
  let size = 0
  const take = (results: Counted[]) => {
    cost.calls++
    cost.statements += results.length
    for (const { meta } of results) {
      cost.read += meta.rows_read
      cost.written += meta.rows_written
      size = meta.size_after
    }
  }
  const db = {
    prepare: (sql: string) => countStatement(database.prepare(sql) as Statement, take),
    batch: async (statements: (Statement & { inner: Statement })[]) => {
      const results = (await database.batch(statements.map(({ inner }) => inner) as never[])) as Counted[]
      take(results)
      return results
    },
  } as unknown as Database
  const spend = async (work: () => Promise<unknown>) => {
    const before = size
    cost = { calls: 0, statements: 0, read: 0, written: 0, bytes: 0 }
    await work()
    return { ...cost, bytes: size - before }
  }
  return { db, spend }
}

type Statement = {
  bind(...values: unknown[]): Statement
  run(): Promise<Counted & { results: unknown[] }>
}

function countStatement(inner: Statement, take: (results: Counted[]) => void): unknown {
  const run = async () => {
    const result = await inner.run()
    take([result])
    return result
  }
  return {
    inner,
    bind: (...values: unknown[]) => countStatement(inner.bind(...values), take),
    run,
    all: run,
    first: async () => (await run()).results[0] ?? null,
  }
}
