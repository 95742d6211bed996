/**
 * The database of one request, with what can go wrong around each of its calls. Everything that does
 * not go wrong goes to the real D1.
 */

import type { Random } from './random.ts'
import { isRead, type Replica, type Written } from './replica.ts'

/** What happens to the n-th call of a request, counted from 1. */
export type CallFault = {
  at: number
  kind:
    | 'slow'
    | 'fails-before' // refused before it reached the database
    | 'statement-fails' // a statement inside the batch fails, the batch is taken back
    | 'fails-after' // done, but the answer got lost
    | 'killed-before' // the request dies: neither this call nor a later one, nor its cleaning up
    | 'killed-after'
    | 'stale-read' // a read is answered by a replica that lags; a write is not touched
}

type Hooks = {
  faults: CallFault[]
  replica: Replica
  /** How far the replica lags. */
  random: Random
  /** Lets others go first, so many times. */
  wait: (turns: number) => Promise<void>
  /** Told of each fault that really happened. */
  onFault: (kind: CallFault['kind']) => void
}

const SLOW_TURNS = 20

/** A D1 database whose calls wait for their turn and meet the faults. */
export function faultyDatabase(real: D1Database, { faults, replica, random, wait, onFault }: Hooks): D1Database {
  let calls = 0
  let killed = false
  async function call<T>(statements: Written[], run: Run<T>): Promise<T> {
    const fault = faults.find(({ at }) => at === calls + 1)
    calls++
    if (killed) throw new Error('the request was killed')
    await wait(fault?.kind === 'slow' ? SLOW_TURNS : 1)
    const isStale = fault?.kind === 'stale-read'
    const reads = statements.every(({ sql }) => isRead(sql))
    if (fault && (!isStale || reads)) onFault(fault.kind)
    const work = async () => {
      const answer = await run(real, statements)
      replica.record(statements)
      return answer
    }
    switch (fault?.kind) {
      case 'fails-before':
        throw new Error('D1_ERROR: D1 DB is overloaded. Too many requests queued.')
      case 'statement-fails':
        await real.batch(insertMiddle(statements, FAILING).map((statement) => prepare(real, statement)))
        throw new Error('the failing statement did not fail')
      case 'fails-after':
        await work()
        throw new Error('D1_ERROR: Network connection lost.')
      case 'killed-before':
        killed = true
        throw new Error('the request was killed')
      case 'killed-after':
        await work()
        killed = true
        throw new Error('the request was killed')
      case 'stale-read':
        return reads ? run(await replica.behind(random), statements) : work()
      default:
        return work()
    }
  }
  return {
    prepare: (sql: string) => wrapStatement({ sql, values: [] }, call),
    batch: (statements: D1PreparedStatement[]) =>
      call(statements.map(unwrap), (db, batch) => db.batch(batch.map((statement) => prepare(db, statement)))),
  } as unknown as D1Database
}

type Run<T> = (db: D1Database, statements: Written[]) => Promise<T>
type Call = <T>(statements: Written[], run: Run<T>) => Promise<T>
const WRITTEN = new WeakMap<object, Written>()
const FAILING: Written = { sql: 'INSERT INTO guard (row_fresh) VALUES (NULL)', values: [] }

function prepare(db: D1Database, { sql, values }: Written): D1PreparedStatement {
  return db.prepare(sql).bind(...values)
}

function wrapStatement(written: Written, call: Call): D1PreparedStatement {
  const alone = <T>(work: (statement: D1PreparedStatement) => Promise<T>) =>
    call([written], (db, [statement]) => work(prepare(db, statement!)))
  const wrapped = {
    bind: (...values: unknown[]) => wrapStatement({ sql: written.sql, values }, call),
    first: () => alone((statement) => statement.first()),
    run: () => alone((statement) => statement.run()),
    all: () => alone((statement) => statement.all()),
  } as unknown as D1PreparedStatement
  WRITTEN.set(wrapped, written)
  return wrapped
}

function unwrap(statement: D1PreparedStatement): Written {
  const written = WRITTEN.get(statement)
  if (!written) throw new Error('a statement of another database')
  return written
}

/** The failing statement goes in the middle: what stands before it must be taken back. */
function insertMiddle(statements: Written[], extra: Written): Written[] {
  const at = Math.ceil(statements.length / 2)
  return [...statements.slice(0, at), extra, ...statements.slice(at)]
}
