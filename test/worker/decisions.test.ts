/** Decisions under pressure: made twice, made on old news, made while the row changes, answered into the void. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ConflictBody, ConflictList, Receipt, RowOutcome, ServerRow } from '../../domain/protocol.ts'
import { sheetIdOf } from '../../worker/store/plans.ts'
import {
  call,
  codeOf,
  createPlan,
  edit,
  expectRebuildable,
  type Keys,
  pull,
  type Reply,
  receiptOf,
  seedKeys,
  type submit,
} from './county.ts'
import { addKey, setSignOff } from './sign-off.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function conflictsOf(planId: string, status = 'open'): Promise<ConflictBody[]> {
  const reply = await call(`/api/plans/${planId}/conflicts?status=${status}`, { key: keys.commission })
  return (reply.json as ConflictList).conflicts
}

function decide(
  conflict: ConflictBody,
  body: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Promise<Reply> {
  const path = `/api/conflicts/${conflict.id}/resolution`
  return call(path, { key: keys.commission, body: { ver: conflict.ver, ...body }, ...more })
}

async function rowOf(planId: string, rowId: string): Promise<ServerRow> {
  return (await pull(planId, keys.commission)).find((row) => row.rowId === rowId)!
}

/** Two joint leads write the same cell of r2. */
async function clash(): Promise<{ planId: string; rows: ServerRow[]; conflict: ConflictBody }> {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '新增12个' })])
  await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '新增15个' })])
  const [conflict] = await conflictsOf(planId)
  return { planId, rows, conflict: conflict! }
}

/** Deletes r1 at the head while the unit still edits it. */
async function deletedWhile(planId: string, rows: ServerRow[], ...edits: Parameters<typeof submit>[2]): Promise<void> {
  const { ver } = rows.find(({ rowId }) => rowId === 'r1')!
  await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: ver }] })
  for (const row of edits) await receiptOf(planId, keys.edu, [row])
}

describe('a lost answer', () => {
  test('to a decision can be asked for again: the same outcome, decided once', async () => {
    const { planId, conflict } = await clash()
    const headers = { 'Idempotency-Key': `${planId}-decision` }
    const first = await decide(conflict, { choose: 'submitted' }, { headers })
    const again = await decide(conflict, { choose: 'submitted' }, { headers })
    expect([first.status, again.status]).toEqual([200, 200])
    expect(again.json).toEqual(first.json)
    expect((first.json as RowOutcome).ver).toBe((await rowOf(planId, 'r2')).ver)
    const other = await decide(conflict, { choose: 'head' }, { headers })
    expect([other.status, codeOf(other)]).toEqual([422, 'idempotency-key-reused'])
    const without = await decide(conflict, { choose: 'submitted' })
    expect([without.status, codeOf(without)]).toEqual([409, 'conflict-resolved'])
  })

  test('and the same decision for another conflict is another request, though its words are the same', async () => {
    const { planId, rows, conflict } = await clash()
    await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '新增16个' })])
    const other = (await conflictsOf(planId)).find(({ id }) => id !== conflict.id)!
    const headers = { 'Idempotency-Key': `${planId}-decision` }
    expect((await decide(conflict, { choose: 'head' }, { headers })).status).toBe(200)
    const reply = await decide(other, { choose: 'head' }, { headers })
    expect([reply.status, codeOf(reply)]).toEqual([422, 'idempotency-key-reused'])
    expect(await conflictsOf(planId)).toHaveLength(1)
  })

  test('to confirmed spans and to 印发 is the same answer again', async () => {
    const planId = await createPlan(keys)
    const { ver } = await rowOf(planId, 'r4')
    const confirm = () =>
      call(`/api/plans/${planId}/rows/r4/spans`, {
        key: keys.commission,
        body: { baseVer: ver },
        headers: { 'Idempotency-Key': `${planId}-spans` },
      })
    const issue = (documentNumber: string) =>
      call(`/api/plans/${planId}/issue`, {
        key: keys.commission,
        body: { documentNumber, issuedOn: '2023-03-13' },
        headers: { 'Idempotency-Key': `${planId}-issue` },
      })
    expect((await confirm()).json).toEqual((await confirm()).json)
    const first = await issue('测府办发〔2023〕1号')
    const again = await issue('测府办发〔2023〕1号')
    expect([again.status, again.json]).toEqual([200, first.json])
    expect(codeOf(await issue('测府办发〔2023〕2号'))).toBe('idempotency-key-reused')
    const { results } = await env.DB.prepare('SELECT kind FROM commit_log WHERE sheet_id = ?1 ORDER BY seq')
      .bind(`${planId}/breakdown`)
      .run()
    expect(results.map(({ kind }) => kind)).toEqual(['plan', 'confirm', 'issue'])
  })
})

describe('who wrote the head', () => {
  test('is whoever wrote it last, also after the conflict arose, and that decides who decides', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '甲科室' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '乙科室' })])
    expect((await conflictsOf(planId))[0]).toMatchObject({ submittedBy: '县教委', headBy: '县教委', head: '甲科室' })
    await receiptOf(planId, keys.health, [edit(await pull(planId, keys.health), 'r2', { 'milestone.P1': '卫健' })])
    const [conflict] = await conflictsOf(planId)
    expect(conflict).toMatchObject({ submittedBy: '县教委', headBy: '县卫生健康委', head: '卫健' })
    const byUnit = await call(`/api/conflicts/${conflict!.id}/resolution`, {
      key: keys.edu,
      body: { choose: 'submitted', ver: conflict!.ver },
    })
    expect([byUnit.status, codeOf(byUnit)]).toEqual([403, 'conflict-not-yours'])
    expect((await decide(conflict!, { choose: 'submitted' })).status).toBe(200)
  })
})

describe('a stale sheet sent again after the decision', () => {
  test('does not ask anybody a second time', async () => {
    const { planId, rows, conflict } = await clash()
    expect((await decide(conflict, { choose: 'head' })).status).toBe(200)
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '新增15个' })])
    expect(receipt.rows[0]?.conflicts).toMatchObject([{ id: conflict.id, status: 'resolved' }])
    expect(await conflictsOf(planId)).toEqual([])
    const insisting = await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '新增18个' })])
    expect(insisting.rows[0]?.conflicts).toMatchObject([{ status: 'open', submitted: '新增18个' }])
  })

  test('is told what was decided and what stands now, in the preview and on the receipt, and waits for nobody', async () => {
    const { planId, rows, conflict } = await clash()
    expect((await decide(conflict, { choose: 'edited', text: '新增14个', reason: '按文件' })).status).toBe(200)
    const stale = [edit(rows, 'r2', { 'milestone.P1': '新增15个' })]
    const told = [
      (await call(`/api/plans/${planId}/submissions?dryRun=1`, {
        key: keys.edu,
        headers: { 'Idempotency-Key': `${planId}-tried` },
        body: { form: 'breakdown', specVersion: 1, rows: stale },
      }).then(({ json }) => json)) as Receipt,
      await receiptOf(planId, keys.edu, stale),
    ]
    for (const { rows: outcomes, totals } of told) {
      expect(totals).toMatchObject({ applied: 0, conflicts: 0, decided: 1 })
      expect(outcomes).toMatchObject([
        {
          outcome: 'decided',
          conflicts: [
            {
              id: conflict.id,
              status: 'resolved',
              head: '新增14个',
              headBy: '测试县发展改革委',
              submitted: '新增15个',
              resolution: { choose: 'edited', by: '测试县发展改革委', reason: '按文件' },
            },
          ],
        },
      ])
    }
    expect((await rowOf(planId, 'r2')).cells['milestone.P1']).toBe('新增14个')
  })

  test('is told the text of now also where that was written after the decision', async () => {
    const { planId, rows, conflict } = await clash()
    expect((await decide(conflict, { choose: 'head' })).status).toBe(200)
    const later = await pull(planId, keys.health)
    await receiptOf(planId, keys.health, [edit(later, 'r2', { 'milestone.P1': '新增13个' })])
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '新增15个' })])
    expect(receipt.rows[0]).toMatchObject({
      outcome: 'decided',
      conflicts: [{ id: conflict.id, head: '新增13个', headBy: '县卫生健康委' }],
    })
  })

  test('lands its other cells all the same', async () => {
    const { planId, rows, conflict } = await clash()
    expect((await decide(conflict, { choose: 'head' })).status).toBe(200)
    const cells = { 'milestone.P1': '新增15个', 'milestone.P3': '新增25个' }
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r2', cells)])
    expect(receipt.rows[0]).toMatchObject({ outcome: 'partly', applied: [{ new: '新增25个' }] })
    expect(receipt.totals).toMatchObject({ applied: 1, conflicts: 0, decided: 1 })
  })

  test('is decided as well where it was pulled between the clash and the decision', async () => {
    const { planId, conflict } = await clash()
    const between = await pull(planId, keys.edu)
    expect((await decide(conflict, { choose: 'edited', text: '新增14个' })).status).toBe(200)
    const receipt = await receiptOf(planId, keys.edu, [edit(between, 'r2', { 'milestone.P1': '新增15个' })])
    expect(receipt.rows[0]).toMatchObject({ outcome: 'decided', conflicts: [{ id: conflict.id, head: '新增14个' }] })
  })

  test('but pulled after the decision, the same text is a change like any other, or a new question', async () => {
    const { planId, conflict } = await clash()
    expect((await decide(conflict, { choose: 'head' })).status).toBe(200)
    const after = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(after, 'r2', { 'milestone.P1': '新增13个' })])
    const asking = await receiptOf(planId, keys.edu, [edit(after, 'r2', { 'milestone.P1': '新增15个' })])
    expect(asking.rows[0]?.conflicts).toMatchObject([{ status: 'open', head: '新增13个' }])
    expect(asking.rows[0]?.conflicts[0]?.id).not.toBe(conflict.id)
    const newest = await pull(planId, keys.edu)
    const landing = await receiptOf(planId, keys.edu, [edit(newest, 'r2', { 'milestone.P1': '新增15个' })])
    expect(landing.totals).toMatchObject({ applied: 1, conflicts: 0 })
  })

  test('a deletion that was decided against is not asked again', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '改' })])
    const deletes = [{ rowId: 'r1', baseVer: rows[0]!.ver }]
    await receiptOf(planId, keys.commission, [], { deletes })
    const [conflict] = await conflictsOf(planId)
    expect((await decide(conflict!, { choose: 'head' })).status).toBe(200)
    const receipt = await receiptOf(planId, keys.commission, [], { deletes })
    expect(receipt.rows).toMatchObject([{ outcome: 'decided', conflicts: [{ id: conflict!.id, status: 'resolved' }] }])
    expect(receipt.totals).toMatchObject({ conflicts: 0, decided: 1 })
  })
})

describe('a clash inside one unit', () => {
  test('is the commission’s to decide once the unit no longer leads the row', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '一科' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '二科' })])
    const [conflict] = await conflictsOf(planId)
    const early = await decide(conflict!, { choose: 'submitted' })
    expect([early.status, codeOf(early)]).toEqual([403, 'conflict-not-yours'])
    // No endpoint changes relations yet; the store ends them by a date in the log.
    await env.DB.prepare(
      `UPDATE row_unit SET to_seq = (SELECT max(seq) FROM commit_log) WHERE sheet_id = ?1 AND row_id = 'r1' AND role = 'lead'`,
    )
      .bind(sheetIdOf(planId))
      .run()
    const late = await decide(conflict!, { choose: 'submitted' }, { key: keys.edu })
    expect([late.status, codeOf(late)]).toEqual([403, 'conflict-not-yours'])
    expect((await decide(conflict!, { choose: 'submitted' })).status).toBe(200)
    expect((await rowOf(planId, 'r1')).cells['milestone.P1']).toBe('二科')
  })
})

test('where sign-off is asked for, a 经办 key decides nothing, not even inside its unit', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '一科' })])
  await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '二科' })])
  await setSignOff(planId, 'reviewer')
  const [conflict] = await conflictsOf(planId)
  const { key } = await addKey('handler', 'u-edu')
  const early = await decide(conflict!, { choose: 'submitted' }, { key })
  expect([early.status, codeOf(early)]).toEqual([403, 'duty-not-allowed'])
  expect((await decide(conflict!, { choose: 'submitted' }, { key: keys.edu })).status).toBe(200)
})

describe('while a decision is being written', () => {
  /** The database with something happening once, before the decision is written. */
  function meanwhile(work: () => Promise<unknown>): D1Database {
    let isWriting = false
    let isDone = false
    return {
      prepare: (sql: string) => {
        isWriting ||= sql.includes('INTO guard')
        return env.DB.prepare(sql)
      },
      batch: async (statements: D1PreparedStatement[]) => {
        if (isWriting && !isDone) {
          isDone = true
          await work()
        }
        return env.DB.batch(statements)
      },
    } as unknown as D1Database
  }

  test('the same sheet comes again: its receipt does not say that the decision is awaited', async () => {
    const { planId, rows, conflict } = await clash()
    // It keeps the head, so no version tells of it.
    const db = meanwhile(async () => {
      expect((await decide(conflict, { choose: 'head' })).status).toBe(200)
    })
    const receipt = await receiptOf(
      planId,
      keys.edu,
      [edit(rows, 'r2', { 'milestone.P1': '新增15个' })],
      {},
      `${planId}-again`,
      db,
    )
    expect(receipt.rows[0]).toMatchObject({ outcome: 'decided', conflicts: [{ id: conflict.id, status: 'resolved' }] })
  })

  test('the row changes: it is not made', async () => {
    const { planId, conflict } = await clash()
    const db = meanwhile(async () => {
      const now = await pull(planId, keys.health)
      await receiptOf(planId, keys.health, [edit(now, 'r2', { 'milestone.P1': '新增13个' })])
    })
    const reply = await decide(conflict, { choose: 'submitted' }, { db })
    expect([reply.status, codeOf(reply)]).toEqual([409, 'row-changed'])
    expect((await rowOf(planId, 'r2')).cells['milestone.P1']).toBe('新增13个')
  })

  test('another one is made that keeps the row as it is: it is told so', async () => {
    const { planId, conflict } = await clash()
    const db = meanwhile(() => decide(conflict, { choose: 'head' }))
    const reply = await decide(conflict, { choose: 'submitted' }, { db })
    expect([reply.status, codeOf(reply)]).toEqual([409, 'conflict-resolved'])
    expect((await rowOf(planId, 'r2')).ver).toBe(conflict.ver)
  })
})

describe('a decision without a key of its own', () => {
  test('that landed while the database’s answer was lost is answered as done', async () => {
    const { planId, conflict } = await clash()
    let batches = 0
    const forgetful = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        const results = await env.DB.batch(statements)
        // The commit is the longest batch; its answer never arrives, once.
        if (statements.length > 4 && batches++ === 0) throw new Error('D1_ERROR: network connection lost')
        return results
      },
    } as unknown as D1Database
    const reply = await decide(conflict, { choose: 'submitted' }, { db: forgetful })
    expect(reply.status).toBe(200)
    expect((reply.json as RowOutcome).ver).toBe((await rowOf(planId, 'r2')).ver)
    expect(batches).toBe(1)
  })
})

describe('an edit of a deleted row', () => {
  test('keeps a clearing that nobody confirmed: whoever chooses the edit confirms it', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await deletedWhile(planId, rows, edit(rows, 'r1', { 'milestone.P3': '' }))
    const [conflict] = await conflictsOf(planId)
    expect(conflict).toMatchObject({ kind: 'delete-edit', submitted: '7月：（清空）' })
  })

  test('brings back what it changed and nothing else: what others wrote before the deletion stays', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '先前的改动' })])
    const stale = edit(rows, 'r1', { 'milestone.P3': '改造4所' })
    await deletedWhile(planId, await pull(planId, keys.edu), stale)
    const [conflict] = await conflictsOf(planId)
    expect(conflict).toMatchObject({ kind: 'delete-edit', submitted: '7月：改造4所' })
    expect((await decide(conflict!, { choose: 'submitted' })).status).toBe(200)
    expect((await rowOf(planId, 'r1')).cells).toMatchObject({ 'milestone.P1': '先前的改动', 'milestone.P3': '改造4所' })
    await expectRebuildable(planId)
  })

  test('made twice brings back both edits, and shows the row as it is by then', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await deletedWhile(
      planId,
      rows,
      edit(rows, 'r1', { 'milestone.P1': '一科' }),
      edit(rows, 'r1', { 'milestone.P3': '二科' }),
    )
    const [one] = await conflictsOf(planId)
    expect((await decide(one!, { choose: 'submitted' })).status).toBe(200)
    const [two] = await conflictsOf(planId)
    expect(two).toMatchObject({ head: '改造3所', submitted: '7月：二科' })
    expect((await decide(two!, { choose: 'submitted' })).status).toBe(200)
    expect((await rowOf(planId, 'r1')).cells).toMatchObject({ 'milestone.P1': '一科', 'milestone.P3': '二科' })
    await expectRebuildable(planId)
  })

  test('that merges cells can be chosen too', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const { 'milestone.P2': _, ...cells } = rows[0]!.cells
    const spanned = { rowId: 'r1', baseVer: rows[0]!.ver, cells, spans: { 'milestone.P1': 2 } }
    await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: rows[0]!.ver }] })
    await receiptOf(planId, keys.edu, [spanned], { clears: [{ rowId: 'r1', column: 'milestone.P2' }] })
    const [conflict] = await conflictsOf(planId)
    const reply = await decide(conflict!, { choose: 'submitted' })
    expect(reply.status).toBe(200)
    const row = await rowOf(planId, 'r1')
    expect(row.spans).toEqual({ 'milestone.P1': 2 })
    expect(row.cells).not.toHaveProperty('milestone.P2')
    await expectRebuildable(planId)
  })
})

describe('a conflict in a row that is deleted by now', () => {
  test('cannot bring the row back by the way; only keeping the head closes it', async () => {
    const { planId, conflict } = await clash()
    const { ver } = await rowOf(planId, 'r2')
    await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r2', baseVer: ver }] })
    const [now] = await conflictsOf(planId)
    const reply = await decide(now!, { choose: 'submitted' })
    expect([reply.status, codeOf(reply)]).toEqual([409, 'conflict-outdated'])
    expect((await decide({ ...conflict, ver: now!.ver }, { choose: 'head' })).status).toBe(200)
    expect((await pull(planId, keys.commission)).map(({ rowId }) => rowId)).not.toContain('r2')
  })

  test('and a deletion that was already made is not made again', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '已开工' })])
    await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: rows[0]!.ver }] })
    await receiptOf(planId, keys.commission, [], {
      deletes: [{ rowId: 'r1', baseVer: (await rowOf(planId, 'r1')).ver }],
    })
    const [conflict] = await conflictsOf(planId)
    expect(conflict?.kind).toBe('edit-delete')
    const reply = await decide(conflict!, { choose: 'submitted' })
    expect(reply.json).toMatchObject({ outcome: 'unchanged', ver: conflict!.ver })
    await expectRebuildable(planId)
  })
})

describe('a span conflict', () => {
  async function spanClash(): Promise<{ planId: string; conflict: ConflictBody; p: string[] }> {
    const planId = await createPlan(keys)
    const row = (await pull(planId, keys.edu)).find(({ rowId }) => rowId === 'r2')!
    const { 'milestone.P1': p1 = '', 'milestone.P2': p2 = '', 'milestone.P3': p3 = '', ...rest } = row.cells
    const base = { rowId: 'r2', baseVer: row.ver }
    const clears = ['milestone.P1', 'milestone.P2', 'milestone.P3'].map((column) => ({ rowId: 'r2', column }))
    const left = { ...base, cells: { ...rest, 'milestone.P1': p1, 'milestone.P3': p3 }, spans: { 'milestone.P1': 2 } }
    const right = { ...base, cells: { ...rest, 'milestone.P1': p1, 'milestone.P2': p2 }, spans: { 'milestone.P2': 2 } }
    await receiptOf(planId, keys.health, [left], { clears })
    await receiptOf(planId, keys.edu, [right], { clears })
    const [conflict] = await conflictsOf(planId)
    return { planId, conflict: conflict!, p: [p1, p2, p3] }
  }

  test('can be decided by other cells and spans; what the decision does not name stays', async () => {
    const { planId, conflict, p } = await spanClash()
    const cells = { 'milestone.P1': '全年新增50个' }
    const tooWide = await decide(conflict, { choose: 'edited', cells, spans: { 'milestone.P1': 4 } })
    expect([tooWide.status, codeOf(tooWide)]).toEqual([422, 'invalid'])
    const two = { 'milestone.P2': '新增40个' }
    expect((await decide(conflict, { choose: 'edited', cells: two })).status).toBe(200)
    const row = await rowOf(planId, 'r2')
    expect(row.spans).toBeUndefined()
    expect(row.cells).toMatchObject({ 'milestone.P1': p[0], 'milestone.P2': '新增40个', 'milestone.P3': p[2] })
    await expectRebuildable(planId)
  })

  test('of which a text alone says too little is refused, and so is a cell outside of it', async () => {
    const { conflict } = await spanClash()
    for (const body of [
      { text: '新增50个' },
      { cells: { task: '别的' } },
      { cells: {}, spans: { 'milestone.P1': 2 } },
    ]) {
      const reply = await decide(conflict, { choose: 'edited', ...body })
      expect([reply.status, codeOf(reply)]).toEqual([422, 'invalid'])
    }
  })

  test('is not decided over a period that it has nothing to do with', async () => {
    const planId = await createPlan(keys)
    const row = (await pull(planId, keys.edu)).find(({ rowId }) => rowId === 'r2')!
    const { 'milestone.P2': _, ...cells } = row.cells
    const wide = { rowId: 'r2', baseVer: row.ver, cells, spans: { 'milestone.P1': 2 } }
    await receiptOf(planId, keys.health, [wide], { clears: [{ rowId: 'r2', column: 'milestone.P2' }] })
    await receiptOf(planId, keys.edu, [edit([row], 'r2', { 'milestone.P2': '教委' })])
    const [conflict] = await conflictsOf(planId)
    expect(conflict?.columns).toEqual(['milestone.P1', 'milestone.P2'])
    const all = { cells: { 'milestone.P1': '全年' }, spans: { 'milestone.P1': 3 } }
    const reply = await decide(conflict!, { choose: 'edited', ...all })
    expect([reply.status, codeOf(reply)]).toEqual([422, 'invalid'])
    expect((await rowOf(planId, 'r2')).cells['milestone.P3']).toBe(row.cells['milestone.P3'])
  })

  test('whose cells were cut anew meanwhile shows them as they are, and is decided on that', async () => {
    const { planId, conflict } = await spanClash()
    const row = await rowOf(planId, 'r2')
    const cells = { ...row.cells, 'milestone.P1': '一', 'milestone.P2': '二', 'milestone.P3': '三' }
    await receiptOf(planId, keys.health, [{ rowId: 'r2', baseVer: row.ver, cells }])
    expect(codeOf(await decide(conflict, { choose: 'submitted' }))).toBe('row-changed')
    const [now] = await conflictsOf(planId)
    expect(now?.head).toBe('一 | 二 | 三')
    expect((await decide(now!, { choose: 'submitted' })).status).toBe(200)
    expect((await rowOf(planId, 'r2')).spans).toEqual({ 'milestone.P2': 2 })
    await expectRebuildable(planId)
  })
})

test('confirming spans takes no text that a submission could not bring', async () => {
  const planId = await createPlan(keys)
  const { ver, cells, spans } = await rowOf(planId, 'r4')
  const milestones = { 'milestone.P1': '=HYPERLINK("x")', 'milestone.P3': cells['milestone.P3'] }
  const reply = await call(`/api/plans/${planId}/rows/r4/spans`, {
    key: keys.commission,
    body: { baseVer: ver, cells: milestones, spans },
  })
  expect([reply.status, codeOf(reply)]).toEqual([422, 'invalid'])
  expect((await rowOf(planId, 'r4')).ver).toBe(ver)
})
