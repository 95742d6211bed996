/** Seals over the record: what they cover, who makes them, and that nothing before them changes unseen. */
import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RECORD_TABLES } from '../../worker/record/tables.ts'
import { COUNTY, createPlan, edit, type Keys, pull, receiptOf, seedKeys, submit } from './county.ts'
import { seal, tamper, verify } from './record-tools.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

/** A plan with accepted and refused submissions, a conflict, a reason. */
async function report(): Promise<string> {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '新增12个' })])
  await receiptOf(planId, keys.edu, [
    edit(rows, 'r1', { 'milestone.P1': '完成选址和设计' }),
    edit(rows, 'r2', { 'milestone.P1': '新增15个' }),
  ])
  await submit(planId, keys.water, [{ rowId: 'r3', baseVer: 99, cells: {} }])
  return planId
}

const count = async (sql: string) => Number(Object.values((await env.DB.prepare(sql).first())!)[0])

test('every table that takes only additions is sealed, with every column that never changes', async () => {
  const { results } = await env.DB.prepare(
    "SELECT DISTINCT tbl_name AS name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_update' AND sql LIKE '%append_only%'",
  ).run<{ name: string }>()
  const sealed = new Set(RECORD_TABLES.map(({ from }) => from))
  expect(results.map(({ name }) => name).filter((name) => !sealed.has(name) && !name.startsWith('seal'))).toEqual([])
  for (const { name, from, columns } of RECORD_TABLES) {
    const { results: info } = await env.DB.prepare(`SELECT name FROM pragma_table_info('${from}')`).run<{
      name: string
    }>()
    const all = info.map((column) => column.name)
    if (name === 'row_unit') expect(all.filter((column) => !columns.includes(column))).toEqual(['to_seq'])
    else if (name !== 'row_unit.ended') expect([...columns].sort()).toEqual(all.sort())
  }
})

describe('sealing', () => {
  test('covers all lines once, and makes no seal when nothing is new', async () => {
    await report()
    expect((await seal()).seals).toBeGreaterThan(0)
    expect(await seal()).toEqual({ seals: 0, lines: 0 })
    const { findings, lines, unsealed, last } = await verify()
    expect([findings, unsealed]).toEqual([[], {}])
    let all = 0
    for (const { from, mark } of RECORD_TABLES) all += await count(`SELECT count(${mark}) FROM ${from}`)
    expect(lines).toBe(all)
    expect(JSON.parse(last!.marks).commit_log).toBe(await count('SELECT max(seq) FROM commit_log'))
  })

  test('goes through a backlog in several seals, and reaches a commit only after all that belongs to it', async () => {
    await report()
    await report()
    const { seals } = await seal({ lines: 7 })
    expect(seals).toBeGreaterThan(3)
    const { results } = await env.DB.prepare('SELECT marks FROM seal ORDER BY n').run<{ marks: string }>()
    for (const { marks } of results) {
      const { commit_log: seq = 0, row_event: rowid = 0 } = JSON.parse(marks) as Record<string, number>
      expect(await count(`SELECT count(*) FROM row_event WHERE seq <= ${seq} AND rowid > ${rowid}`)).toBe(0)
    }
    expect((await verify()).findings).toEqual([])
  })

  test('by two at once makes one chain, and a sealer that dies leaves nothing', async () => {
    await report()
    const before = await count('SELECT count(*) FROM seal')
    await Promise.all([seal({ lines: 9 }), seal({ lines: 9 }), seal()])
    await seal()
    expect((await verify()).findings).toEqual([])
    expect(await count('SELECT count(*) FROM seal')).toBeGreaterThan(before)

    await report()
    const state = await count('SELECT count(*) + (SELECT count(*) FROM seal_page) FROM seal')
    let batches = 0
    const dying = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: (statements: D1PreparedStatement[]) => {
        // The last statement of the sealing batch fails: killed halfway.
        if (++batches < 4) return env.DB.batch(statements)
        return env.DB.batch([...statements, env.DB.prepare('INSERT INTO guard (row_fresh) VALUES (0)')])
      },
    } as unknown as D1Database
    await expect(seal({}, dying)).rejects.toThrow(/stale_row/)
    expect(await count('SELECT count(*) + (SELECT count(*) FROM seal_page) FROM seal')).toBe(state)
    await seal()
    expect((await verify()).findings).toEqual([])
  })

  test('while others commit leaves nothing out', async () => {
    const planId = await createPlan(keys)
    for (let i = 0; i < 4; i++) {
      const rows = await pull(planId, keys.edu)
      await Promise.all([
        receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': `第${i}稿` })]),
        receiptOf(planId, keys.water, [edit(await pull(planId, keys.water), 'r3', { 'milestone.P1': `开工${i}` })]),
        seal({ lines: 3 }),
      ])
    }
    await seal()
    expect(await verify()).toMatchObject({ findings: [], unsealed: {} })
  })

  test('of what is not sealed yet says how many lines of which table', async () => {
    await seal()
    await report()
    const { findings, unsealed } = await verify()
    expect(findings).toEqual([])
    expect(unsealed).toMatchObject({ submission: 4, conflict: 1, commit_log: 3 })
  })
})

describe('whoever changes the database past its triggers is found', () => {
  let planId: string
  beforeEach(async () => {
    planId = await report()
    await seal()
    expect((await verify()).findings).toEqual([])
  })

  /** The finding that a change leads to; the change is undone. */
  async function found(table: string, sql: string, undo: string) {
    await tamper(table, sql)
    const { findings } = await verify()
    await tamper(table, undo)
    expect((await verify()).findings).toEqual([])
    return findings[0]
  }
  const lineOf = (table: string, where: string) => count(`SELECT max(rowid) FROM ${table} WHERE ${where}`)

  test('a changed text', async () => {
    const line = await lineOf('row_event', "row_id = 'r1' AND kind = 'update'")
    const replace = (from: string, to: string) =>
      `UPDATE row_event SET changes = replace(changes, '${from}', '${to}') WHERE rowid = ${line}`
    expect(
      await found('row_event', replace('选址和设计', '选址及设计'), replace('选址及设计', '选址和设计')),
    ).toMatchObject({
      kind: 'line-changed',
      table: 'row_event',
      line: String(line),
    })
  })

  test('a changed date of who answers for a row, and one who never did', async () => {
    const where = `sheet_id LIKE '${planId}%' AND row_id = 'r1'`
    expect(
      await found(
        'row_unit',
        `UPDATE row_unit SET valid_from = '2023-02-01' WHERE ${where}`,
        `UPDATE row_unit SET valid_from = NULL WHERE ${where}`,
      ),
    ).toMatchObject({ kind: 'line-changed', table: 'row_unit' })
    expect(
      await found(
        'row_unit',
        `INSERT INTO row_unit SELECT sheet_id, row_id, role, 99, party, unit_id, from_seq, to_seq, valid_from, valid_to FROM row_unit WHERE ${where}`,
        `DELETE FROM row_unit WHERE ${where} AND position = 99`,
      ),
    ).toMatchObject({ kind: 'line-added', table: 'row_unit' })
  })

  test('a missing line', async () => {
    const line = await lineOf('submission', "status = 'refused'")
    await env.DB.exec(`CREATE TABLE kept AS SELECT * FROM submission WHERE rowid = ${line}`)
    expect(
      await found(
        'submission',
        `DELETE FROM submission WHERE rowid = ${line}`,
        'INSERT INTO submission SELECT * FROM kept',
      ),
    ).toMatchObject({ kind: 'line-missing', table: 'submission', line: String(line) })
    await env.DB.exec('DROP TABLE kept')
  })

  test('a line put in where a seal already was', async () => {
    const insert = `INSERT INTO auth_event (id, at, kind, key_id, actor_id, request_id, county)
      SELECT -5, '2023-11-10T01:05:00.000Z', 'key-refused', 'demo0001', id, 'x', '${COUNTY}' FROM actor LIMIT 1`
    expect(await found('auth_event', insert, 'DELETE FROM auth_event WHERE id = -5')).toMatchObject({
      kind: 'line-added',
      table: 'auth_event',
      line: '-5',
    })
  })

  test('two lines that changed places', async () => {
    const last = await lineOf('submission', '1')
    const swap = `UPDATE submission SET rowid = -1 WHERE rowid = ${last};
      UPDATE submission SET rowid = ${last} WHERE rowid = ${last - 1}; UPDATE submission SET rowid = ${last - 1} WHERE rowid = -1`
    expect(await found('submission', swap, swap)).toMatchObject({
      kind: 'lines-swapped',
      line: String(last - 1),
      other: String(last),
    })
  })

  test('a seal: its time, its pages, itself, and one that was cut off the end', async () => {
    const n = await count('SELECT max(n) FROM seal')
    const { at, hash } = (await env.DB.prepare('SELECT at, hash FROM seal WHERE n = ?1')
      .bind(n)
      .first<{ at: string; hash: string }>())!
    const setTime = (time: string) => `UPDATE seal SET at = '${time}' WHERE n = ${n}`
    expect(await found('seal', setTime('2022-01-01T00:00:00.000Z'), setTime(at))).toEqual({
      kind: 'seal-changed',
      seal: n,
    })
    const setHash = (text: string) => `UPDATE seal SET hash = '${text}' WHERE n = ${n}`
    expect(await found('seal', setHash('0'.repeat(64)), setHash(hash))).toEqual({ kind: 'seal-changed', seal: n })
    const wherePage = `n = ${n} AND tbl = 'submission'`
    const page = (await env.DB.prepare(`SELECT leaves FROM seal_page WHERE ${wherePage}`).first<{ leaves: string }>())!
    const setLeaves = (leaves: string) => `UPDATE seal_page SET leaves = '${leaves}' WHERE ${wherePage}`
    const other = page.leaves.slice(64) + page.leaves.slice(0, 64)
    expect(await found('seal_page', setLeaves(other), setLeaves(page.leaves))).toEqual({
      kind: 'content-changed',
      seal: n,
    })

    const printed = { n, hash: hash.slice(0, 16) }
    expect((await verify([printed])).findings).toEqual([])
    expect((await verify([{ n, hash: 'ff' }])).findings).toEqual([{ kind: 'printed-differs', seal: n }])
    expect((await verify([{ n: n + 1, hash }])).findings).toEqual([{ kind: 'printed-missing', seal: n + 1 }])
  })

  test('a row that is not what its events say', async () => {
    const set = (text: string) =>
      `UPDATE row_state SET cells = json_set(cells, '$.task', '${text}') WHERE sheet_id LIKE '${planId}%' AND row_id = 'r1'`
    expect(await found('row_state', set('改造学校9所'), set('改造学校5所'))).toMatchObject({
      kind: 'row-differs',
      table: 'row_state',
    })
  })

  test('a body that is not what arrived, also before it is sealed', async () => {
    await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', { 'milestone.P2': '改造3所' })])
    const line = await lineOf('submission', '1')
    const replace = (from: string, to: string) =>
      `UPDATE submission SET body = replace(body, '${from}', '${to}') WHERE rowid = ${line}`
    await tamper('submission', replace('改造3所', '改造9所'))
    expect((await verify()).findings).toEqual([{ kind: 'body-differs', table: 'submission', line: String(line) }])
    await tamper('submission', replace('改造9所', '改造3所'))
  })
})
