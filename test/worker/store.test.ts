/** The schema itself: the guard, what SQLite lets through without it, and what can never be unwritten. */
import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { rebuildRows, rowAt } from '../../worker/history.ts'
import { Refusal } from '../../worker/refusal.ts'
import { chunkJson, chunkText, emptyGuard, guardStatement, runBatch } from '../../worker/store/batch.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
import { type RowEvent, readEvents, readRows, selectEvents, selectRows } from '../../worker/store/rows.ts'
import { beijingDay } from '../../worker/store/submissions.ts'
import { createPlan, edit, expectRebuildable, type Keys, NOW, pull, receiptOf, seedKeys } from './county.ts'

let keys: Keys
let planId: string
let sheetId: string
const keyId = 'demo0001'
beforeAll(async () => {
  keys = await seedKeys()
  planId = await createPlan(keys)
  sheetId = sheetIdOf(planId)
  await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', { 'milestone.P1': '甲' })])
})

/** Runs a guarded write; tells whether it went through. */
async function guarded(epoch: number, expected: { rowId: string; ver: number }[]): Promise<string> {
  const canary = env.DB.prepare("UPDATE plan SET title = 'written' WHERE id = ?1").bind(planId)
  try {
    await env.DB.batch([
      guardStatement(env.DB, { keyId, at: NOW, sheetId, epoch, expected }),
      canary,
      emptyGuard(env.DB),
    ])
  } catch (error) {
    const { title } = (await env.DB.prepare('SELECT title FROM plan WHERE id = ?1')
      .bind(planId)
      .first<{ title: string }>())!
    expect(title).not.toBe('written')
    return String(error)
  }
  await env.DB.prepare("UPDATE plan SET title = 'restored' WHERE id = ?1").bind(planId).run()
  return 'written'
}

describe('the guard', () => {
  test('lets a batch through when every version and the epoch are as read', async () => {
    const rows = await pull(planId, keys.commission)
    expect(
      await guarded(
        1,
        rows.map(({ rowId, ver }) => ({ rowId, ver })),
      ),
    ).toBe('written')
  })

  test('takes the batch back when any row is stale, also when it is not the first', async () => {
    const rows = await pull(planId, keys.commission)
    const expected = rows.map(({ rowId, ver }, i) => ({ rowId, ver: i === rows.length - 1 ? ver - 1 : ver }))
    expect(await guarded(1, expected)).toContain('stale_row')
  })

  test('takes the batch back when a row is missing, and lets a row through that must not be there yet', async () => {
    expect(await guarded(1, [{ rowId: 'nowhere', ver: 3 }])).toContain('stale_row')
    expect(await guarded(1, [{ rowId: 'nowhere', ver: 0 }])).toBe('written')
    expect(await guarded(1, [{ rowId: 'r1', ver: 0 }])).toContain('stale_row')
  })

  test('lets an empty list through but still looks at the epoch, by a name of its own', async () => {
    expect(await guarded(1, [])).toBe('written')
    expect(await guarded(2, [])).toContain('changed_scope')
    const [row] = await pull(planId, keys.commission)
    expect(await guarded(2, [{ rowId: row!.rowId, ver: row!.ver }])).toContain('changed_scope')
  })

  test('fails for a sheet that is not there, and leaves no row behind', async () => {
    const statements = [
      guardStatement(env.DB, { keyId, at: NOW, sheetId: 'nowhere', epoch: 1, expected: [] }),
      emptyGuard(env.DB),
    ]
    await expect(env.DB.batch(statements)).rejects.toThrow(/NOT NULL/)
    expect(await env.DB.prepare('SELECT count(*) AS n FROM guard').first()).toEqual({ n: 0 })
  })
})

test('a batch of more than forty statements is refused before D1 is asked', async () => {
  const batchOf = (length: number) =>
    runBatch(
      env.DB,
      Array.from({ length }, () => emptyGuard(env.DB)),
    )
  await expect(batchOf(40)).resolves.toHaveLength(40)
  await expect(batchOf(41)).rejects.toMatchObject({ code: 'changes-too-large' })
})

describe('append-only', () => {
  const tables = ['commit_log', 'row_event', 'submission']
  test.each(tables)('%s takes no update, no deletion and no replacement', async (table) => {
    await expect(env.DB.prepare(`UPDATE ${table} SET actor_id = actor_id`).run()).rejects.toThrow(/append_only/)
    await expect(env.DB.prepare(`DELETE FROM ${table}`).run()).rejects.toThrow(/append_only/)
    const replace = env.DB.prepare(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} LIMIT 1`)
    await expect(replace.run()).rejects.toThrow(/append_only/)
  })

  test('auth_event, conflict, conflict_resolution, annotation and chunks have the same triggers', async () => {
    const { results } = await env.DB.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").run<{
      name: string
    }>()
    const names = new Set(results.map(({ name }) => name))
    for (const table of ['auth_event', 'conflict', 'conflict_resolution', 'annotation', 'submission_chunk']) {
      for (const kind of ['insert', 'update', 'delete']) expect(names).toContain(`${table}_${kind}`)
    }
  })

  test('a submission without an actor is no submission: NULL would let duplicates through', async () => {
    const insert = env.DB.prepare(
      `INSERT INTO submission (id, plan_id, kind, actor_id, key_id, idem_key, body_sha256, at, day, status,
         row_outcomes, totals, body, result, path)
       SELECT 'other', plan_id, kind, NULL, key_id, idem_key, body_sha256, at, day, status, row_outcomes, totals, body,
         result, path FROM submission LIMIT 1`,
    )
    await expect(insert.run()).rejects.toThrow(/NOT NULL/)
  })

  test('an ignored insert swallows the guard, which is why guardStatements must not say OR IGNORE', async () => {
    await env.DB.prepare('INSERT OR IGNORE INTO guard (row_fresh) VALUES (0)').run()
    expect(await env.DB.prepare('SELECT count(*) AS n FROM guard').first()).toEqual({ n: 0 })
    await expect(env.DB.prepare('INSERT INTO guard (row_fresh) VALUES (0)').run()).rejects.toThrow(/stale_row/)
  })
})

test('every earlier version of every row can be had back from the head and its events', async () => {
  const planId = await createPlan(keys)
  const versions = new Map<number, string>()
  const remember = async () => {
    const row = (await pull(planId, keys.edu)).find(({ rowId }) => rowId === 'r1')!
    versions.set(row.ver, JSON.stringify({ cells: row.cells, spans: row.spans }))
    return row
  }
  let row = await remember()
  for (const text of ['一', '二', '三']) {
    await receiptOf(planId, keys.edu, [edit([row], 'r1', { 'milestone.P1': text, 'milestone.P3': `${text}${text}` })])
    row = await remember()
  }
  const { 'milestone.P2': _, ...cells } = row.cells
  const spanned = { rowId: 'r1', baseVer: row.ver, cells, spans: { 'milestone.P1': 2 } }
  await receiptOf(planId, keys.edu, [spanned], { clears: [{ rowId: 'r1', column: 'milestone.P2' }] })
  await remember()
  const sheet = sheetIdOf(planId)
  const [rows, events] = await env.DB.batch([selectRows(env.DB, sheet), selectEvents(env.DB, sheet, 'r1')])
  const head = readRows(rows).find(({ row: { rowId } }) => rowId === 'r1')
  expect(versions.size).toBe(5)
  for (const [ver, then] of versions) {
    const rebuilt = rowAt(head, readEvents(events), ver)
    expect(JSON.parse(then)).toEqual({ cells: rebuilt?.cells, ...(rebuilt?.spans ? { spans: rebuilt.spans } : {}) })
  }
  expect(rowAt(head, readEvents(events), 0)).toBeUndefined()
})

test('rows made from events keep what an event says nothing of: place, confirmed spans, deletion', () => {
  const event = (seq: number, kind: RowEvent['kind'], more: Partial<RowEvent>): RowEvent => ({
    ...{ rowId: 'r1', seq, kind, actorId: 'a', actorName: '县教委', at: NOW, changes: [] },
    ...more,
  })
  const made = rebuildRows([
    event(1, 'insert', { orderKey: 'V', spansConfirmed: false }),
    event(2, 'delete', { deleted: true }),
    event(3, 'update', { changes: [{ column: 'task', old: null, new: '甲' }] }),
  ])
  expect(made).toEqual([
    { row: { rowId: 'r1', cells: { task: '甲' } }, ver: 3, orderKey: 'V', spansConfirmed: false, deleted: true },
  ])
})

test('a row keeps its own place and state where a later plan has a row of the same id', async () => {
  const one = await createPlan(keys)
  const two = await createPlan(keys)
  const before = await pull(one, keys.commission)
  const [other] = await pull(two, keys.commission)
  await receiptOf(two, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: other!.ver }] })
  await receiptOf(one, keys.edu, [edit(before, 'r1', { 'milestone.P1': '改' })])
  expect((await pull(one, keys.commission)).map(({ rowId }) => rowId)).toEqual(['r1', 'r2', 'r3', 'r4'])
  await expectRebuildable(one)
})

describe('chunks', () => {
  test('of JSON are whole lists within the limit that together hold every item in order', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40, unit: 'grapheme' })), (items) => {
        const chunks = chunkJson(items, 300)
        expect(chunks.flatMap((chunk) => JSON.parse(chunk) as string[])).toEqual(items)
        for (const chunk of chunks) expect(new TextEncoder().encode(chunk).byteLength).toBeLessThanOrEqual(302)
      }),
    )
  })

  test('of a list beyond the limit are several, each item in one of them', () => {
    const items = Array.from({ length: 20 }, (_, i) => '字'.repeat(i))
    const chunks = chunkJson(items, 100)
    expect(chunks.length).toBeGreaterThan(5)
    expect(chunks.flatMap((chunk) => JSON.parse(chunk) as string[])).toEqual(items)
    expect(() => chunkJson(['字'.repeat(40)], 100)).toThrow(Refusal)
  })

  test('of text never end inside a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
        const pieces = chunkText(text, 6, 12)
        expect(pieces.join('')).toBe(text)
        for (const piece of pieces) {
          expect(new TextEncoder().encode(piece).byteLength).toBeLessThanOrEqual(12)
          expect(new TextDecoder().decode(new TextEncoder().encode(piece))).toBe(piece)
        }
      }),
    )
  })
})

test('receipts are numbered by the date in Beijing', () => {
  expect(beijingDay('2023-11-09T15:59:59.000Z')).toBe('20231109')
  expect(beijingDay('2023-11-09T16:00:00.000Z')).toBe('20231110')
})
