/**
 * The database of one request, with what can go wrong around each of its calls. Everything that does
 * not go wrong goes to the real D1.
 */

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
}

type Hooks = {
  faults: CallFault[]
  /** Lets others go first, so many times. */
  wait: (turns: number) => Promise<void>
  /** Told of each fault that really happened. */
  onFault: (kind: CallFault['kind']) => void
}

const SLOW_TURNS = 20

/** A D1 database whose calls wait for their turn and meet the faults. */
export function faultyDatabase(real: D1Database, { faults, wait, onFault }: Hooks): D1Database {
  let calls = 0
  let killed = false
  async function call<T>(work: (extra?: D1PreparedStatement) => Promise<T>): Promise<T> {
    const fault = faults.find(({ at }) => at === calls + 1)
    calls++
    if (killed) throw new Error('the request was killed')
    await wait(fault?.kind === 'slow' ? SLOW_TURNS : 1)
    if (fault) onFault(fault.kind)
    switch (fault?.kind) {
      case 'fails-before':
        throw new Error('D1_ERROR: D1 DB is overloaded. Too many requests queued.')
      case 'statement-fails':
        return work(real.prepare('INSERT INTO guard (row_fresh) VALUES (NULL)'))
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
      default:
        return work()
    }
  }
  return {
    prepare: (sql: string) => wrapStatement(real.prepare(sql), call),
    // The failing statement goes in the middle: what stands before it must be taken back.
    batch: (statements: D1PreparedStatement[]) =>
      call((extra) => real.batch(insertMiddle(statements.map(unwrap), extra))),
  } as unknown as D1Database
}

type Call = <T>(work: (extra?: D1PreparedStatement) => Promise<T>) => Promise<T>
const REAL = new WeakMap<object, D1PreparedStatement>()

function wrapStatement(statement: D1PreparedStatement, call: Call): D1PreparedStatement {
  const alone = <T>(work: () => Promise<T>) => call((extra) => (extra ? extra.run().then(work) : work()))
  const wrapped = {
    bind: (...values: unknown[]) => wrapStatement(statement.bind(...values), call),
    first: () => alone(() => statement.first()),
    run: () => alone(() => statement.run()),
    all: () => alone(() => statement.all()),
  } as unknown as D1PreparedStatement
  REAL.set(wrapped, statement)
  return wrapped
}

function unwrap(statement: D1PreparedStatement): D1PreparedStatement {
  const real = REAL.get(statement)
  if (!real) throw new Error('a statement of another database')
  return real
}

function insertMiddle(statements: D1PreparedStatement[], extra: D1PreparedStatement | undefined) {
  if (!extra) return statements
  const at = Math.ceil(statements.length / 2)
  return [...statements.slice(0, at), extra, ...statements.slice(at)]
}
