/**
 * What stands in the logs after requests of every kind, failures and bugs among them: lines of JSON
 * with a request id, and nothing that was sent, stored or secret.
 */
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { describeBug } from '../../worker/log-bug.ts'
import { call, createPlan, edit, type Keys, pull, receiptOf, seedKeys, submit } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const METHODS = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const
let lines: string[] = []
beforeEach(() => {
  lines = []
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation((...said: unknown[]) => {
      lines.push(said.map(String).join(' '))
    })
  }
})
afterEach(() => vi.restoreAllMocks())

/** Words that stand in what is sent below, and nowhere else. */
const CELL = '改造学校伍佰所甲乙丙'
const REASON = '此处理由丁戊己'
const IDEMPOTENCY_KEY = 'idem-7f3a-secret'
const POST = '岗位庚辛壬'

/** A database that asks `fail` first: with the SQL of a statement that runs alone, or 'batch'. */
function failing(fail: (what: string) => void): D1Database {
  return {
    prepare: (sql: string) => {
      const wrap = (statement: D1PreparedStatement): D1PreparedStatement =>
        new Proxy(statement, {
          get: (target, name) => {
            if (name === 'bind') return (...values: unknown[]) => wrap(target.bind(...values))
            if (name === 'inner') return target
            return (...of: unknown[]) => {
              fail(sql)
              return (target[name as 'run'] as (...all: unknown[]) => unknown).apply(target, of)
            }
          },
        })
      return wrap(env.DB.prepare(sql))
    },
    batch: (statements: (D1PreparedStatement & { inner: D1PreparedStatement })[]) => {
      fail('batch')
      return env.DB.batch(statements.map(({ inner }) => inner))
    },
  } as unknown as D1Database
}

async function hmacs(): Promise<string[]> {
  const { results } = await env.DB.prepare('SELECT hmac FROM access_key').run<{ hmac: string }>()
  return results.map(({ hmac }) => hmac)
}

/** Every line is JSON with a request id; none holds anything of the above. */
async function expectClean(): Promise<void> {
  const secrets = [...Object.values(keys), env.KEY_PEPPER, ...(await hmacs()), CELL, REASON, IDEMPOTENCY_KEY, POST]
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({ requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    for (const secret of secrets) expect(line).not.toContain(secret)
    expect(line).not.toMatch(/mt_|Bearer|\p{Script=Han}/u)
  }
}

test('requests that succeed, are refused or are nonsense leave no line', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  const reasons = [{ rowId: 'r1', code: 'punctuation/doubled', reason: REASON }]
  await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': CELL })], { reasons }, IDEMPOTENCY_KEY)
  await call(`/api/plans/${planId}/keys`, {
    key: keys.commission,
    body: { role: 'unit', unit: '县教委', post: POST },
    headers: { 'Idempotency-Key': `${IDEMPOTENCY_KEY}-2` },
  })
  await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': `=${CELL}` })], {}, IDEMPOTENCY_KEY)
  await call(`/api/plans/${planId}/submissions`, { key: keys.edu, raw: `{"${CELL}` })
  await call('/api/me', { key: `${keys.edu}x` })
  await call(`/api/plans/${CELL}`, { key: keys.edu })
  await call(`/${CELL}`)
  expect(lines).toEqual([])
})

describe('a bug', () => {
  const failures: [string, number, () => never][] = [
    ['that quotes a cell', 500, () => JSON.parse(`{"task":"${CELL}"`) as never],
    ['whose message is data', 500, () => fail(`${CELL} ${keys.edu}`)],
    ['that quotes a key twice', 500, () => fail(`unexpected "${keys.edu}" near "${CELL}"`)],
    ['of a database that was not migrated', 503, () => fail('D1_ERROR: no such table: plan: SQLITE_ERROR')],
  ]
  function fail(message: string): never {
    throw new Error(message)
  }

  test.each(failures)('%s is logged without what it quotes', async (_, status, throwIt) => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    let batches = 0
    const db = failing((what) => {
      if (what === 'batch' && ++batches >= 2) throwIt()
    })
    const reply = await submit(
      planId,
      keys.edu,
      [edit(rows, 'r1', { 'milestone.P1': CELL })],
      { reasons: [{ rowId: 'r1', code: 'x', reason: REASON }] },
      `${IDEMPOTENCY_KEY}-${planId}`,
      db,
    )
    expect(reply.status).toBe(status)
    expect(lines.length).toBeGreaterThan(0)
    expect(JSON.parse(lines[0] ?? '')).toHaveProperty('error')
    await expectClean()
  })

  test('tells where in the code it happened', async () => {
    await call('/api/health', { db: failing(() => fail('D1_ERROR: no such table: plan: SQLITE_ERROR')) })
    const [line] = lines.map((each) => JSON.parse(each) as { error: string; stack: string[] })
    expect(line?.error).toBe('Error: D1_ERROR: no such table: plan: SQLITE_ERROR')
    expect(line?.stack.join('\n')).toContain('worker/routes/meta.ts')
  })
})

test.each([
  [
    'plain words of the runtime stay',
    'D1_ERROR: UNIQUE constraint failed: plan.id',
    'Error: D1_ERROR: UNIQUE constraint failed: plan.id',
  ],
  ['long numbers go', 'near 13800001234 and 12', 'Error: near … and 12'],
  ['what stands between quotation marks goes, also where they are nested', 'a "b "c" d" e', 'Error: a "…" e'],
  ['other scripts go', 'bad 完成 text', 'Error: bad … text'],
])('in messages %s', (_, message, logged) => {
  expect(describeBug(new Error(message)).error).toBe(logged)
})
