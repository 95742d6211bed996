/** Blacking out a personal text: everywhere in the record of a plan, and nothing else with it. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { History, Master } from '../../domain/protocol.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
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
  send,
  submit,
} from './county.ts'
import { seal, tamper, verify } from './record-tools.ts'

/** Another for each plan, as all share one database. */
let secrets = 0
const MARK = '〔已清除〕'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const erase = (planId: string, text: string, key = keys.commission, reason = '单位误录个人信息') =>
  call(`/api/plans/${planId}/erasures`, { key, body: { text, reason } })

/** Whether any table holds a text anywhere, where whoever has the database could read it. */
async function isStored(text: string | RegExp): Promise<boolean> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  ).run<{ name: string }>()
  const tables = await env.DB.batch(results.map(({ name }) => env.DB.prepare(`SELECT * FROM ${name}`)))
  const everything = JSON.stringify(tables.map((table) => table.results))
  return typeof text === 'string' ? everything.includes(text) : text.test(everything)
}

function newSecret(): string {
  return `联系电话：0230-12${String(10_000 + secrets++)}`
}

/** A plan in which the text was typed, sent with escapes, disputed, given as a reason, and taken out again. */
async function leak(): Promise<{ planId: string; secret: string; resend: () => ReturnType<typeof submit> }> {
  const secret = newSecret()
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  const body = JSON.stringify({
    form: 'breakdown',
    specVersion: 1,
    rows: [edit(rows, 'r1', { 'milestone.P1': `完成选址\n${secret}` }), edit(rows, 'r2', { 'milestone.P2': secret })],
  }).replaceAll('联系电话', '\\u8054\\u7cfb\\u7535\\u8BDD')
  const resend = () =>
    call(`/api/plans/${planId}/submissions`, {
      key: keys.edu,
      headers: { 'Idempotency-Key': `leak-${planId}` },
      raw: body,
    })
  expect((await resend()).status).toBe(200)
  // The joint lead, from the rows of before: a conflict with the text at the head.
  await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P2': `新增25个${secret}` })])
  // Refused, and kept.
  await submit(planId, keys.water, [{ rowId: 'r3', baseVer: 99, cells: { 'milestone.P1': secret } }])
  return { planId, secret, resend }
}

async function takeOut({ planId, secret }: { planId: string; secret: string }): Promise<void> {
  const rows = await pull(planId, keys.commission)
  await receiptOf(planId, keys.commission, [
    edit(rows, 'r1', { 'milestone.P1': '完成选址' }),
    edit(rows, 'r2', { 'milestone.P2': '新增20个' }),
  ])
  const { conflicts } = Master.parse((await call(`/api/plans/${planId}/master`, { key: keys.commission })).json)
  for (const { id, ver } of conflicts) {
    const decided = await call(`/api/conflicts/${id}/resolution`, {
      key: keys.commission,
      headers: { 'If-Match': String(ver), 'Idempotency-Key': `decide-${id}` },
      body: { choose: 'head', ver, reason: `已核对${secret}` },
    })
    expect([decided.status, decided.json]).toEqual([200, expect.anything()])
  }
}

describe('a text that people still see', () => {
  test('in a cell, in an open conflict is refused and stays', async () => {
    const leaked = await leak()
    const { planId, secret } = leaked
    const first = await erase(planId, secret)
    expect([first.status, codeOf(first), (first.json as { params: unknown }).params]).toEqual([
      409,
      'text-still-shown',
      { count: 3 },
    ])
    expect(await isStored(secret)).toBe(true)
  })
})

describe('a text that only the record holds', () => {
  test('is gone from every table, and the record still verifies', async () => {
    const leaked = await leak()
    const { planId, secret } = leaked
    await takeOut(leaked)
    await seal()
    const { hash } = (await leaked.resend()).json as { hash: string }
    expect(await isStored(hash)).toBe(true)
    const erased = await erase(planId, secret)
    expect([erased.status, erased.json]).toEqual([200, { erased: expect.any(Number), marker: MARK }])
    expect((erased.json as { erased: number }).erased).toBeGreaterThan(7)
    expect(await isStored(secret)).toBe(false)
    expect(await isStored(secret.slice(5))).toBe(false)
    expect(await isStored(hash)).toBe(false)
    await expectRebuildable(planId)
    expect((await verify()).findings).toEqual([])
    await seal()
    const { findings, erased: lines } = await verify()
    expect([findings, lines]).toEqual([[], (erased.json as { erased: number }).erased])

    const history = await call(`/api/plans/${planId}/rows/r1/history`, { key: keys.edu })
    const { events } = History.parse(history.json)
    expect(events.map(({ changes }) => changes.find(({ column }) => column === 'milestone.P1')?.new)).toEqual([
      '完成选址',
      `完成选址\n${MARK}`,
      '完成选址',
    ])
    expect((await call(`/api/plans/${planId}/master`, { key: keys.commission })).status).toBe(200)
    expect((await send(`/api/plans/${planId}/master.xlsx`, { key: keys.commission })).status).toBe(200)
  })

  test('is erased alike before any seal, and a second time finds nothing', async () => {
    const leaked = await leak()
    const { planId, secret } = leaked
    await takeOut(leaked)
    expect((await erase(planId, secret, keys.admin)).status).toBe(200)
    expect((await erase(planId, secret)).json).toEqual({ erased: 0, marker: MARK })
    await seal()
    expect((await verify()).findings).toEqual([])
  })

  test('twice different texts in one line keep its chain of hashes', async () => {
    const leaked = await leak()
    const { planId, secret } = leaked
    await takeOut(leaked)
    await seal()
    expect((await erase(planId, secret.slice(5))).json).toMatchObject({ marker: MARK })
    await seal()
    expect(await isStored(secret.slice(5))).toBe(false)
    expect((await erase(planId, '联系电话：')).json).toMatchObject({ marker: MARK })
    await seal()
    expect((await verify()).findings).toEqual([])
  })

  test('does not change what the unit gets when it sends the same again', async () => {
    const leaked = await leak()
    const { planId, secret, resend } = leaked
    await takeOut(leaked)
    expect((await erase(planId, secret)).status).toBe(200)
    const again = await resend()
    expect([again.status, (again.json as { replayed: boolean }).replayed]).toEqual([200, true])
    expect(JSON.stringify(again.json)).toContain(MARK)
    expect(JSON.stringify(again.json)).not.toContain(secret)
  })

  test('goes from the last cells of a deleted row too', async () => {
    const leaked = await leak()
    const { planId, secret } = leaked
    await takeOut(leaked)
    const rows = await pull(planId, keys.commission)
    await receiptOf(planId, keys.commission, [edit(rows, 'r3', { 'milestone.P1': secret })])
    const [row] = (await pull(planId, keys.commission)).filter(({ rowId }) => rowId === 'r3')
    await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r3', baseVer: row!.ver }] })
    await seal()
    expect((await erase(planId, secret)).status).toBe(200)
    expect(await isStored(secret)).toBe(false)
    await expectRebuildable(planId)
    expect((await verify()).findings).toEqual([])
  })

  test('across the border of two chunks, and in a body that is no JSON', async () => {
    const planId = await createPlan(keys)
    const secret = newSecret()
    const [row] = await pull(planId, keys.edu)
    // 500 KB is where the first piece ends; the text lies on it, wherever exactly.
    const filler = '填充文字'.repeat(41_600)
    const cells = { 'milestone.P1': filler.slice(0, 100) }
    const big = JSON.stringify({
      rows: [{ rowId: row!.rowId, baseVer: 9999, cells, extra: `${filler}${secret.repeat(40)}${'"'.repeat(240_000)}` }],
    })
    const sent = await call(`/api/plans/${planId}/submissions`, {
      key: keys.edu,
      headers: { 'Idempotency-Key': `b-${planId}` },
      raw: big,
    })
    expect(sent.status).toBe(422)
    const broken = await call(`/api/plans/${planId}/submissions`, {
      key: keys.edu,
      headers: { 'Idempotency-Key': `c-${planId}` },
      raw: `{ ${secret}, "`,
    })
    expect(broken.status).toBe(400)
    const { results } = await env.DB.prepare(
      'SELECT c.text, s.body FROM submission_chunk c JOIN submission s ON s.id = c.submission_id WHERE s.plan_id = ?1',
    )
      .bind(planId)
      .run<{ text: string; body: string }>()
    expect(results).toHaveLength(1)
    expect(results[0]!.body).toContain(secret)
    expect(results[0]!.text).toContain(secret)
    const countIn = (text: string) => text.split(secret).length - 1
    const [{ body, text }] = results as [{ body: string; text: string }]
    expect(countIn(body + text)).toBe(countIn(body) + countIn(text) + 1)
    await seal()
    expect((await erase(planId, secret)).json).toEqual({ erased: 3, marker: MARK })
    expect(await isStored(secret)).toBe(false)
    expect(await isStored(`${secret.slice(-4)}联系`)).toBe(false)
    expect((await verify()).findings).toEqual([])
  })
})

describe('erasing', () => {
  test('is for the commission of the county and the admin, asks for a reason that does not repeat the text, and leaves counts in the record', async () => {
    const leaked = await leak()
    const { planId, secret } = leaked
    await takeOut(leaked)
    expect(codeOf(await erase(planId, secret, keys.edu))).toBe('role-not-allowed')
    expect(codeOf(await erase(planId, secret, keys.supervision))).toBe('role-not-allowed')
    expect(codeOf(await erase('plan-nowhere', secret))).toBe('plan-not-found')
    const told = await erase(planId, secret, keys.commission, `删除${secret}`)
    expect([told.status, (told.json as { errors: unknown[] }).errors]).toEqual([
      422,
      [{ pointer: '/reason', detail: expect.any(String) }],
    ])
    expect((await erase(planId, '  ')).status).toBe(422)
    await erase(planId, secret)
    const { results } = await env.DB.prepare(
      "SELECT by_key, detail FROM auth_event WHERE kind = 'text-erased' AND detail ->> '$.plan' = ?1",
    )
      .bind(planId)
      .run<{ by_key: string; detail: string }>()
    expect(results.length).toBeGreaterThan(0)
    for (const { by_key, detail } of results) {
      expect(by_key).toBe('demo0001')
      expect(Object.keys(JSON.parse(detail))).toEqual(['plan', 'lines', 'reason'])
    }
    expect(
      await env.DB.prepare('SELECT (SELECT count(*) FROM erasing) + (SELECT count(*) FROM guard) AS n').first(),
    ).toEqual({ n: 0 })
  })

  test('changes the version of the master, whose list of changes shows it', async () => {
    const leaked = await leak()
    const { planId, secret } = leaked
    await takeOut(leaked)
    const path = `/api/plans/${planId}/master.xlsx`
    const before = (await send(path, { key: keys.commission })).headers.get('etag')
    await erase(planId, secret)
    expect((await send(path, { key: keys.commission })).headers.get('etag')).not.toBe(before)
  })

  test('is the only way: without its line in the same batch no text changes, and a forged one is found', async () => {
    const leaked = await leak()
    const { planId, secret } = leaked
    await takeOut(leaked)
    await seal()
    const where = `sheet_id = '${sheetIdOf(planId)}' AND row_id = 'r1'`
    const change = `UPDATE row_event SET changes = replace(changes, '完成', '未完成') WHERE ${where}`
    await expect(env.DB.prepare(change).run()).rejects.toThrow(/append_only/)
    await expect(env.DB.prepare("INSERT INTO erasing VALUES ('row_event', 1)").run()).rejects.toThrow(/append_only/)
    await erase(planId, secret)
    await tamper('row_event', change)
    const { findings } = await verify()
    expect(findings[0]).toMatchObject({ table: 'row_event' })
    expect(findings.map(({ kind }) => kind)).toContain('erasure-differs')
    await tamper('row_event', `UPDATE row_event SET changes = replace(changes, '未完成', '完成') WHERE ${where}`)
    expect((await verify()).findings).toEqual([])
  })

  test('between the reading and the writing of a seal takes the seal back: it would cover what is gone', async () => {
    const leaked = await leak()
    const { planId, secret } = leaked
    await takeOut(leaked)
    let batches = 0
    const erasing = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        if (++batches === 4) expect((await erase(planId, secret)).status).toBe(200)
        return env.DB.batch(statements)
      },
    } as unknown as D1Database
    expect(await seal({}, erasing)).toEqual({ seals: 0, lines: 0 })
    expect(batches).toBe(4)
    expect((await seal()).seals).toBeGreaterThan(0)
    expect((await verify()).findings).toEqual([])
    expect(await isStored(secret)).toBe(false)
  })

  test('beside a sealer and a unit that writes loses nothing', async () => {
    const leaked = await leak()
    const { planId, secret } = leaked
    await takeOut(leaked)
    const rows = await pull(planId, keys.water)
    const [erased] = await Promise.all([
      erase(planId, secret),
      seal({ lines: 5 }),
      receiptOf(planId, keys.water, [edit(rows, 'r3', { 'milestone.P2': '完成主体结构' })]),
    ])
    expect([200, 503]).toContain(erased.status)
    expect((await erase(planId, secret)).status).toBe(200)
    await seal()
    expect(await isStored(secret)).toBe(false)
    await expectRebuildable(planId)
    expect((await verify()).findings).toEqual([])
  })
})
