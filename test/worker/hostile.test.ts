/** Requests that nobody sends by mistake, and some that somebody does: each is a 4xx with its code and changes nothing. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { RefusalBody } from '../../domain/protocol.ts'
import { REFUSALS } from '../../worker/refusals.ts'
import {
  call,
  codeOf,
  createPlan,
  edit,
  type Keys,
  planFile,
  pull,
  receiptOf,
  seedKeys,
  send,
  submit,
} from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const encode = (text: string) => new TextEncoder().encode(text)

/** Everything in the store that a refused request must not change. */
async function fingerprint(): Promise<unknown> {
  const tables = [
    'commit_log',
    'row_event',
    'row_state',
    'conflict',
    'conflict_resolution',
    'annotation',
    'plan',
    'unit',
  ]
  const counts = await env.DB.batch(tables.map((table) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`)))
  const accepted = await env.DB.prepare("SELECT count(*) AS n FROM submission WHERE status = 'accepted'").first()
  const guard = await env.DB.prepare('SELECT count(*) AS n FROM guard').first()
  return [counts.map(({ results }) => results), accepted, guard]
}

/** Sends the bytes as a submission and expects a refusal that leaves no trace in the master. */
async function refused(
  planId: string,
  body: BodyInit,
  headers: Record<string, string> = {},
  path = `/api/plans/${planId}/submissions`,
): Promise<[number, string]> {
  const before = await fingerprint()
  const response = await send(path, {
    key: keys.edu,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), ...headers },
    bytes: body,
  })
  const refusal = RefusalBody.parse(await response.json())
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(REFUSALS).toHaveProperty(refusal.code)
  expect(await fingerprint()).toEqual(before)
  return [response.status, refusal.code]
}

describe('bodies', () => {
  const wrap = (row: string, more = '') => `{"form":"breakdown","specVersion":1,"rows":[${row}]${more}}`
  const rowOf = (cells: string, more = '') => `{"rowId":"r1","baseVer":1,"cells":${cells}${more}}`
  test.each<[string, BodyInit, number, string]>([
    ['nothing', '', 400, 'malformed'],
    ['null', 'null', 422, 'invalid'],
    ['a list', '[]', 422, 'invalid'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 400, 'malformed'],
    ['an overlong encoding', new Uint8Array([0x22, 0xc0, 0x80, 0x22]), 400, 'malformed'],
    ['half a surrogate in UTF-8', new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]), 400, 'malformed'],
    ['a raw NUL', encode(`${wrap('')}\u0000`), 400, 'malformed'],
    ['a NUL in a text', wrap(rowOf('{"task":"a\\u0000b"}')), 422, 'illegal-character'],
    ['half a character in a text', wrap(rowOf('{"task":"a\\ud800"}')), 422, 'illegal-character'],
    ['half a character in a field nobody knows', wrap('', ',"note":"\\udc00"'), 422, 'illegal-character'],
    ['half a character in a key', wrap('', ',"\\udc00":1'), 422, 'illegal-character'],
    ['a column __proto__', wrap(rowOf('{"__proto__":"x"}')), 422, 'invalid'],
    ['a column constructor', wrap(rowOf('{"constructor":"x"}')), 422, 'invalid'],
    ['a column toString', wrap(rowOf('{"toString":"x"}')), 422, 'invalid'],
    ['spans of __proto__', wrap(rowOf('{}', ',"spans":{"__proto__":2}')), 422, 'invalid'],
    ['a row __proto__', wrap('{"rowId":"__proto__","baseVer":1,"cells":{}}'), 422, 'invalid'],
    ['a row hasOwnProperty', wrap('{"rowId":"hasOwnProperty","baseVer":0,"cells":{}}'), 422, 'invalid'],
    ['a provisional row', wrap('{"rowId":"sheet-row:4","baseVer":0,"cells":{}}'), 422, 'invalid'],
    ['a text that is a number', wrap(rowOf('{"task":5}')), 422, 'invalid'],
    ['a version beyond all numbers', wrap('{"rowId":"r1","baseVer":1e400,"cells":{}}'), 422, 'invalid'],
    ['a version beyond the safe ones', wrap('{"rowId":"r1","baseVer":9007199254740993,"cells":{}}'), 422, 'invalid'],
    ['a broken version', wrap('{"rowId":"r1","baseVer":1.5,"cells":{}}'), 422, 'invalid'],
    ['a negative version', wrap('{"rowId":"r1","baseVer":-1,"cells":{}}'), 422, 'invalid'],
    ['a deletion at a negative version', wrap('', ',"deletes":[{"rowId":"r1","baseVer":-1}]'), 422, 'invalid'],
    ['a deletion of a new row', wrap('', ',"deletes":[{"rowId":"r1","baseVer":0}]'), 422, 'invalid'],
    ['a span of one', wrap(rowOf('{}', ',"spans":{"milestone.P1":1}')), 422, 'invalid'],
    ['deep lists in a field nobody knows', wrap('', `,"x":${'['.repeat(40)}${']'.repeat(40)}`), 400, 'malformed'],
    ['another form', '{"form":"progress","specVersion":1,"rows":[]}', 422, 'invalid'],
    [
      'a reason with a control character',
      wrap('', ',"reasons":[{"rowId":"r1","code":"x","reason":"\\u0007"}]'),
      422,
      'invalid',
    ],
  ])('%s', async (_, body, status, code) => {
    expect(await refused(await createPlan(keys), body)).toEqual([status, code])
  })

  test('more rows than a submission may have', async () => {
    const rows = Array.from({ length: 5_001 }, (_, i) => `{"rowId":"x${i}","baseVer":0,"cells":{}}`).join(',')
    expect(await refused(await createPlan(keys), wrap(rows))).toEqual([422, 'invalid'])
  })

  test('of two equal keys the last counts, in the store as in the receipt, and the body is kept as it came', async () => {
    const planId = await createPlan(keys)
    const [row] = await pull(planId, keys.edu)
    const cells = JSON.stringify({ ...row!.cells, 'milestone.P1': '第一个' }).replace(/}$/, ',"milestone.P1":"第二个"}')
    const raw = wrap(`{"rowId":"r1","baseVer":${row!.ver},"cells":${cells}}`)
    const reply = await call(`/api/plans/${planId}/submissions`, {
      key: keys.edu,
      raw,
      headers: { 'Idempotency-Key': planId },
    })
    expect(reply.status).toBe(200)
    expect((await pull(planId, keys.edu))[0]?.cells['milestone.P1']).toBe('第二个')
    const kept = await env.DB.prepare('SELECT body FROM submission WHERE plan_id = ?1 AND kind = ?2')
      .bind(planId, 'rows')
      .first()
    expect(kept).toEqual({ body: raw })
  })
})

describe('around the body', () => {
  const body = '{"form":"breakdown","specVersion":1,"rows":[]}'
  test.each<[string, Record<string, string>, number, string]>([
    ['no content type', { 'Content-Type': '' }, 415, 'content-type-unsupported'],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'content-type-unsupported'],
    ['nearly JSON', { 'Content-Type': 'application/jsonp' }, 415, 'content-type-unsupported'],
    ['a compressed body', { 'Content-Encoding': 'gzip' }, 415, 'content-type-unsupported'],
    ['an endless key', { 'Idempotency-Key': 'x'.repeat(101) }, 400, 'idempotency-key-missing'],
    ['a key with a blank', { 'Idempotency-Key': 'a b' }, 400, 'idempotency-key-missing'],
    ['an empty key', { 'Idempotency-Key': '' }, 400, 'idempotency-key-missing'],
  ])('%s', async (_, headers, status, code) => {
    expect(await refused(await createPlan(keys), body, headers)).toEqual([status, code])
  })

  test.each(['dryRun=true', 'dryRun=', 'dryRun=1&dryRun=0', 'dryrun=1', 'dry_run=1'])(
    'a mistyped preview (%s) is no submission',
    async (query) => {
      const planId = await createPlan(keys)
      const rows = await pull(planId, keys.edu)
      const sent = JSON.stringify({
        form: 'breakdown',
        specVersion: 1,
        rows: [edit(rows, 'r1', { 'milestone.P1': '改' })],
      })
      expect(await refused(planId, sent, {}, `/api/plans/${planId}/submissions?${query}`)).toEqual([422, 'invalid'])
      expect(await pull(planId, keys.edu)).toEqual(rows)
    },
  )

  test.each(['%00', '%E0%A4%A', '..%2f..', "' OR 1=1 --", 'x'.repeat(300), '%F0%9F%8F%9B', 'constructor'])(
    'a plan named %s is not found',
    async (plan) => {
      expect(await refused('', body, {}, `/api/plans/${plan}/submissions`)).toEqual([404, 'plan-not-found'])
      expect(codeOf(await call(`/api/plans/${plan}/rows`, { key: keys.edu }))).toBe('plan-not-found')
      expect(codeOf(await call(`/api/plans/${plan}/master`, { key: keys.commission }))).toBe('plan-not-found')
    },
  )

  test('a list of conflicts in a state that there is not is refused, not taken for the resolved ones', async () => {
    const reply = await call(`/api/plans/${await createPlan(keys)}/conflicts?status=closed`, { key: keys.edu })
    expect([reply.status, codeOf(reply)]).toEqual([422, 'invalid'])
  })
})

describe('a dry run', () => {
  test('writes nothing at all, whatever becomes of it', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const all = async () => {
      const { results } = await env.DB.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'd1%'",
      ).run<{ name: string }>()
      return Promise.all(
        results.map(({ name }) => env.DB.prepare(`SELECT '${name}' AS t, count(*) AS n FROM ${name}`).first()),
      )
    }
    const before = await all()
    const path = `/api/plans/${planId}/submissions?dryRun=1`
    const bodies = [
      { form: 'breakdown', specVersion: 1, rows: [edit(rows, 'r1', { 'milestone.P1': '改' })] },
      { form: 'breakdown', specVersion: 1, rows: [edit(rows, 'r1', { 'milestone.P1': '=1' }), edit(rows, 'r1', {})] },
      { form: 'breakdown', specVersion: 1, rows: 'none' },
    ]
    const replies = await Promise.all(bodies.map((body) => call(path, { key: keys.edu, body })))
    expect(replies.map(({ status }) => status)).toEqual([200, 422, 422])
    expect(await all()).toEqual(before)
  })
})

describe('what is refused', () => {
  test('is listed with a plan only where its sender may see that plan', async () => {
    const file = planFile('plan-of-others')
    const county = '邻县'
    await call('/api/plans', {
      key: keys.admin,
      body: { ...file, plan: { ...file.plan, county } },
      headers: { 'Idempotency-Key': 'plan-of-others' },
    })
    await refused('plan-of-others', '{')
    const { submissions } = (await call('/api/plans/plan-of-others/submissions', { key: keys.admin })).json as {
      submissions: unknown[]
    }
    expect(submissions).toEqual([])
    const kept = await env.DB.prepare(
      "SELECT count(*) AS n FROM submission WHERE body = '{' AND status = 'refused'",
    ).first()
    expect(kept).toEqual({ n: 1 })
  })

  test('is kept also where a bug refused it, and a store that cannot keep it does not hide why', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const failing = (from: number, to: number): D1Database => {
      let n = 0
      return {
        prepare: (sql: string) => env.DB.prepare(sql),
        batch: (statements: D1PreparedStatement[]) => {
          n++
          if (n >= from && n <= to) throw new Error('D1_ERROR: broken')
          return env.DB.batch(statements)
        },
      } as unknown as D1Database
    }
    const once = await submit(
      planId,
      keys.edu,
      [edit(rows, 'r1', { 'milestone.P1': '甲' })],
      {},
      `${planId}-bug`,
      failing(2, 2),
    )
    expect([once.status, codeOf(once)]).toEqual([500, 'internal'])
    const list = await call(`/api/plans/${planId}/submissions`, { key: keys.edu })
    expect(list.json).toMatchObject({ submissions: [{ status: 'refused' }] })
    const twice = await submit(
      planId,
      keys.edu,
      [edit(rows, 'r1', {}), edit(rows, 'r1', {})],
      {},
      `${planId}-dup`,
      failing(2, 9),
    )
    expect([twice.status, codeOf(twice)]).toEqual([422, 'duplicate-row-id'])
  })
})

test('text stays exactly as it was typed, blanks, line breaks and all, to the master and back', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  const typed = {
    'milestone.P1': '  完成\r\n选址　',
    'milestone.P2': '\u00a0改造２所\n',
    'milestone.P3': 'e\u0301\ufeff𠀋😀',
  }
  await receiptOf(planId, keys.edu, [edit(rows, 'r1', typed)])
  expect((await pull(planId, keys.edu))[0]?.cells).toMatchObject(typed)
  const master = (await call(`/api/plans/${planId}/master`, { key: keys.commission })).json as {
    rows: { cells: object }[]
  }
  expect(master.rows[0]?.cells).toMatchObject(typed)
})

test('cells as long as Excel allows land whole; a row of them alone is too large', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  const long = '一'.repeat(32_767)
  await receiptOf(planId, keys.edu, [
    edit(rows, 'r1', { 'milestone.P1': long, 'milestone.P2': long, 'milestone.P3': long }),
  ])
  expect((await pull(planId, keys.edu))[0]?.cells['milestone.P3']).toBe(long)
  const columns = Array.from({ length: 24 }, (_, i) => `P${i + 1}`)
  const wide = await createPlan(keys, (file) => ({
    ...file,
    plan: { ...file.plan, periods: columns.map((key) => ({ ...file.plan.periods[0]!, key, label: key })) },
    rows: file.rows.slice(0, 1).map((row) => ({
      ...row,
      cells: { ...row.cells, ...Object.fromEntries(columns.map((key) => [`milestone.${key}`, '一'])) },
    })),
  }))
  const cells = Object.fromEntries(columns.map((key) => [`milestone.${key}`, long]))
  const reply = await submit(wide, keys.edu, [edit(await pull(wide, keys.edu), 'r1', cells)])
  expect([reply.status, codeOf(reply)]).toEqual([413, 'changes-too-large'])
})
