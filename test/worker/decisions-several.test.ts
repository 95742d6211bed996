/** Several decisions in one request, and what the history of a row keeps of them. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type ConflictBody,
  type ConflictList,
  History,
  MAX_DECISIONS,
  type ReportStatus,
  ResolutionOutcomes,
  type ServerRow,
} from '../../domain/protocol.ts'
import { call, codeOf, createPlan, edit, expectRebuildable, type Keys, pull, receiptOf, seedKeys } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function conflictsOf(planId: string, key = keys.commission, status = 'open'): Promise<ConflictBody[]> {
  const reply = await call(`/api/plans/${planId}/conflicts?status=${status}`, { key })
  return (reply.json as ConflictList).conflicts
}

async function rowOf(planId: string, rowId: string): Promise<ServerRow> {
  return (await pull(planId, keys.commission)).find((row) => row.rowId === rowId)!
}

type Choice = Record<string, unknown> & { choose: string }
let requests = 0

const several = (planId: string, decisions: [ConflictBody, Choice][], more: Record<string, unknown> = {}) =>
  call(`/api/plans/${planId}/resolutions`, {
    key: keys.commission,
    headers: { 'Idempotency-Key': `several-${requests++}` },
    body: { decisions: decisions.map(([{ id, ver }, choice]) => ({ conflictId: id, ver, ...choice })) },
    ...more,
  })

async function outcomesOf(...of: Parameters<typeof several>) {
  const reply = await several(...of)
  if (reply.status !== 200) throw new Error(`refused: ${JSON.stringify(reply.json)}`)
  return ResolutionOutcomes.parse(reply.json).outcomes.map(({ outcome, refusal }) => refusal?.code ?? outcome?.outcome)
}

/** Two joint leads write the same three cells of r2: three conflicts in one row. */
async function tripleClash(): Promise<{ planId: string; rows: ServerRow[]; conflicts: ConflictBody[] }> {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  const all = (text: string) => ({
    'milestone.P1': `${text}一`,
    'milestone.P2': `${text}二`,
    'milestone.P3': `${text}三`,
  })
  await receiptOf(planId, keys.health, [edit(rows, 'r2', all('卫健'))])
  await receiptOf(planId, keys.edu, [edit(rows, 'r2', all('教委'))])
  const conflicts = await conflictsOf(planId)
  expect(conflicts.map(({ column }) => column)).toEqual(['milestone.P1', 'milestone.P2', 'milestone.P3'])
  return { planId, rows, conflicts }
}

describe('several decisions', () => {
  test('of one row, seen together, are all made, each as one commit', async () => {
    const { planId, conflicts } = await tripleClash()
    const [one, two, three] = conflicts as [ConflictBody, ConflictBody, ConflictBody]
    const outcomes = await outcomesOf(planId, [
      [one, { choose: 'submitted', reason: '以教委为准' }],
      [two, { choose: 'head' }],
      [three, { choose: 'edited', text: '合并后的三' }],
    ])
    expect(outcomes).toEqual(['applied', 'unchanged', 'applied'])
    const row = await rowOf(planId, 'r2')
    expect(row.cells).toMatchObject({
      'milestone.P1': '教委一',
      'milestone.P2': '卫健二',
      'milestone.P3': '合并后的三',
    })
    expect(row.openConflicts).toBe(0)
    const { results } = await env.DB.prepare(
      `SELECT count(*) AS n FROM commit_log WHERE sheet_id = ?1 AND kind = 'resolution'`,
    )
      .bind(`${planId}/breakdown`)
      .run()
    expect(results).toEqual([{ n: 3 }])
    await expectRebuildable(planId)
  })

  test('one that fails stops no other, and says why', async () => {
    const { planId, conflicts } = await tripleClash()
    const [one, two, three] = conflicts as [ConflictBody, ConflictBody, ConflictBody]
    const outcomes = await outcomesOf(planId, [
      [{ ...one, id: 'nowhere' }, { choose: 'head' }],
      [one, { choose: 'edited', text: '=1+1' }],
      [{ ...two, ver: two.ver - 1 }, { choose: 'submitted' }],
      [three, { choose: 'submitted' }],
      [three, { choose: 'head' }],
      [{ ...two, ver: two.ver - 1 }, { choose: 'submitted' }],
    ])
    expect(outcomes).toEqual([
      'conflict-not-found',
      'invalid',
      'row-changed',
      'applied',
      'conflict-resolved',
      'row-changed',
    ])
    const reply = await several(planId, [[three, { choose: 'head' }]])
    const { outcomes: said } = ResolutionOutcomes.parse(reply.json)
    expect(said).toEqual([
      { conflictId: three.id, refusal: { code: 'conflict-resolved', detail: '此项冲突已经处理过。' } },
    ])
    expect((await conflictsOf(planId)).map(({ id }) => id)).toEqual([one.id, two.id])
  })

  test('a second one for the same cell is not made on a text that the first replaced', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '卫健', 'milestone.P2': '卫健二' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '教委甲', 'milestone.P2': '教委二' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '教委乙' })])
    const [one, between, two] = (await conflictsOf(planId)) as [ConflictBody, ConflictBody, ConflictBody]
    const outcomes = await outcomesOf(planId, [
      [one, { choose: 'submitted' }],
      [between, { choose: 'submitted' }],
      [two, { choose: 'head' }],
    ])
    expect(outcomes).toEqual(['applied', 'applied', 'row-changed'])
    // Where the first keeps what stands, the second still speaks of it.
    const other = await tripleClash()
    const [first] = other.conflicts
    await receiptOf(other.planId, keys.edu, [edit(other.rows, 'r2', { 'milestone.P1': '教委另一' })])
    const again = (await conflictsOf(other.planId)).find(({ submitted }) => submitted === '教委另一')!
    expect(
      await outcomesOf(other.planId, [
        [first!, { choose: 'head' }],
        [again, { choose: 'submitted' }],
      ]),
    ).toEqual(['unchanged', 'applied'])
  })

  test('a wider decision is not made over a cell that an earlier one of them wrote', async () => {
    const { planId, conflicts } = await tripleClash()
    const [one, two] = conflicts as [ConflictBody, ConflictBody]
    const outcomes = await outcomesOf(planId, [
      [one, { choose: 'submitted' }],
      [two, { choose: 'edited', cells: { 'milestone.P1': '一和二' }, spans: { 'milestone.P1': 2 } }],
    ])
    expect(outcomes).toEqual(['applied', 'row-changed'])
    const narrow = await tripleClash()
    const [p1, , p3] = narrow.conflicts as [ConflictBody, ConflictBody, ConflictBody]
    expect(
      await outcomesOf(narrow.planId, [
        [p1, { choose: 'submitted' }],
        [p3, { choose: 'edited', cells: { 'milestone.P2': '二和三' }, spans: { 'milestone.P2': 2 } }],
      ]),
    ).toEqual(['applied', 'applied'])
    const row = await rowOf(narrow.planId, 'r2')
    expect([row.cells['milestone.P1'], row.cells['milestone.P2'], row.spans]).toEqual([
      '教委一',
      '二和三',
      { 'milestone.P2': 2 },
    ])
    await expectRebuildable(narrow.planId)
  })

  test('a row is not deleted by a decision that was made before another of them changed it', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const { ver } = (await pull(planId, keys.commission)).find(({ rowId }) => rowId === 'r2')!
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '卫健' })])
    await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '教委' })])
    await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r2', baseVer: ver }] })
    const [cell, deletion] = (await conflictsOf(planId)) as [ConflictBody, ConflictBody]
    expect([cell.kind, deletion.kind]).toEqual(['cell', 'edit-delete'])
    const outcomes = await outcomesOf(planId, [
      [cell, { choose: 'submitted' }],
      [deletion, { choose: 'submitted' }],
    ])
    expect(outcomes).toEqual(['applied', 'row-changed'])
    expect((await rowOf(planId, 'r2')).cells['milestone.P1']).toBe('教委')
  })

  test('a row changed by somebody else in between is not decided on old news', async () => {
    const { planId, conflicts } = await tripleClash()
    const [one, two] = conflicts as [ConflictBody, ConflictBody]
    const fresh = await pull(planId, keys.health)
    let batches = 0
    // Between the first decision and the second, the other lead writes the row.
    const db = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        const results = await env.DB.batch(statements)
        if (statements.length > 6 && batches++ === 0) {
          const [row] = (await pull(planId, keys.health)).filter(({ rowId }) => rowId === 'r2')
          await receiptOf(planId, keys.health, [edit([row!], 'r2', { 'milestone.P3': '卫健又改' })])
        }
        return results
      },
    } as unknown as D1Database
    expect(fresh).toHaveLength(1)
    const outcomes = await outcomesOf(
      planId,
      [
        [one, { choose: 'submitted' }],
        [two, { choose: 'submitted' }],
      ],
      { db },
    )
    expect(outcomes).toEqual(['applied', 'row-changed'])
  })

  test('of another plan, by whoever may not, and too many are refused', async () => {
    const { planId, conflicts } = await tripleClash()
    const elsewhere = await createPlan(keys)
    const [one] = conflicts as [ConflictBody]
    expect(await outcomesOf(elsewhere, [[one, { choose: 'head' }]])).toEqual(['conflict-not-found'])
    expect(await outcomesOf(planId, [[one, { choose: 'head' }]], { key: keys.edu })).toEqual(['conflict-not-yours'])
    const nowhere = await several('no-plan', [[one, { choose: 'head' }]])
    expect([nowhere.status, codeOf(nowhere)]).toEqual([404, 'plan-not-found'])
    const office = await several(planId, [[one, { choose: 'head' }]], { key: keys.supervision })
    expect([office.status, codeOf(office)]).toEqual([403, 'role-not-allowed'])
    const many = Array.from({ length: MAX_DECISIONS + 1 }, (): [ConflictBody, Choice] => [one, { choose: 'head' }])
    expect((await several(planId, many)).status).toBe(422)
    expect((await several(planId, [])).status).toBe(422)
    const without = await several(planId, [[one, { choose: 'head' }]], { headers: {} })
    expect([without.status, codeOf(without)]).toEqual([400, 'idempotency-key-missing'])
    expect(await conflictsOf(planId)).toHaveLength(3)
  })

  test('as many as one request takes are made in bearable time', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '卫健' })])
    for (let i = 0; i < MAX_DECISIONS; i++) {
      await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': `教委${i}` })])
    }
    const started = Date.now()
    const outcomes = await outcomesOf(
      planId,
      (await conflictsOf(planId)).map((conflict) => [conflict, { choose: 'head', reason: '以卫健为准' }]),
    )
    expect(outcomes).toEqual(Array.from({ length: MAX_DECISIONS }, () => 'unchanged'))
    expect(Date.now() - started).toBeLessThan(20_000)
  }, 60_000)
})

describe('a lost answer to several decisions', () => {
  test('is given again, whatever stopped it half-way, and nothing is decided twice', async () => {
    const { planId, conflicts } = await tripleClash()
    const [one, two, three] = conflicts as [ConflictBody, ConflictBody, ConflictBody]
    const decisions: [ConflictBody, Choice][] = [
      [one, { choose: 'submitted' }],
      [two, { choose: 'submitted' }],
      [three, { choose: 'head' }],
    ]
    const headers = { 'Idempotency-Key': `${planId}-all` }
    let batches = 0
    // The database goes away after the first decision.
    const db = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        if (statements.length > 6 && batches++ === 1) throw new Error('D1_ERROR: network connection lost')
        return env.DB.batch(statements)
      },
    } as unknown as D1Database
    const broken = await several(planId, decisions, { headers, db })
    expect(broken.status).toBe(500)
    expect(await conflictsOf(planId)).toHaveLength(2)
    const first = await several(planId, decisions, { headers })
    const again = await several(planId, decisions, { headers })
    expect(ResolutionOutcomes.parse(first.json).outcomes.map(({ outcome }) => outcome?.outcome)).toEqual([
      'applied',
      'applied',
      'unchanged',
    ])
    expect(again.json).toEqual(first.json)
    expect((await rowOf(planId, 'r2')).cells).toMatchObject({ 'milestone.P1': '教委一', 'milestone.P2': '教委二' })
    await expectRebuildable(planId)
  })

  test('and the same key for other decisions, or for another request, is refused whole', async () => {
    const { planId, conflicts } = await tripleClash()
    const [one, two] = conflicts as [ConflictBody, ConflictBody]
    const headers = { 'Idempotency-Key': `${planId}-all` }
    expect(await outcomesOf(planId, [[one, { choose: 'head' }]], { headers })).toEqual(['unchanged'])
    const other = await several(
      planId,
      [
        [one, { choose: 'submitted' }],
        [two, { choose: 'head' }],
      ],
      { headers },
    )
    expect([other.status, codeOf(other)]).toEqual([422, 'idempotency-key-reused'])
    expect((await conflictsOf(planId)).map(({ id }) => id)).toContain(two.id)
    const used = { 'Idempotency-Key': `${planId}-rows` }
    await receiptOf(planId, keys.commission, [], {}, `${planId}-rows`)
    const third = await several(planId, [[two, { choose: 'head' }]], { headers: used })
    expect([third.status, codeOf(third)]).toEqual([422, 'idempotency-key-reused'])
  })
})

test('the same key from another actor is another request', async () => {
  const { planId, rows, conflicts } = await tripleClash()
  await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '一科' })])
  await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '二科' })])
  const inside = (await conflictsOf(planId)).find(({ rowId }) => rowId === 'r1')!
  const headers = { 'Idempotency-Key': `${planId}-same` }
  expect(await outcomesOf(planId, [[inside, { choose: 'submitted' }]], { headers, key: keys.edu })).toEqual(['applied'])
  expect(await outcomesOf(planId, [[conflicts[0]!, { choose: 'head' }]], { headers })).toEqual(['unchanged'])
})

describe('the history of a row', () => {
  test('shows its conflicts, open and decided, with every text that lost, and by whom, why and when', async () => {
    const { planId, conflicts } = await tripleClash()
    const [one, two] = conflicts as [ConflictBody, ConflictBody]
    await outcomesOf(planId, [
      [one, { choose: 'submitted', reason: '以教委为准' }],
      [two, { choose: 'head' }],
    ])
    const read = async (key: string) =>
      History.parse((await call(`/api/plans/${planId}/rows/r2/history`, { key })).json)
    const { events, conflicts: told } = await read(keys.edu)
    const last = events.at(-1)!
    expect(last).toMatchObject({ kind: 'resolve', changes: [{ old: '卫健一', new: '教委一' }] })
    expect(told?.map(({ column, status, submitted }) => [column, status, submitted])).toEqual([
      ['milestone.P1', 'resolved', '教委一'],
      ['milestone.P2', 'resolved', '教委二'],
      ['milestone.P3', 'open', '教委三'],
    ])
    expect(told?.[0]).toMatchObject({ head: '卫健一', base: '新增10个' })
    expect(told?.[0]?.resolution).toMatchObject({
      choose: 'submitted',
      by: '测试县发展改革委',
      reason: '以教委为准',
      seq: last.seq,
    })
    expect(told?.[1]?.resolution).toMatchObject({ choose: 'head', reason: null })
    expect(told?.[1]?.resolution?.seq).toBeGreaterThan(last.seq)
    expect(told?.[2]).not.toHaveProperty('resolution')
    expect(Date.parse(told?.[0]?.resolution?.at ?? '')).toBeGreaterThan(0)
    // The other lead and the offices see the same, and the lists say it too.
    expect((await read(keys.health)).conflicts).toEqual(told)
    expect((await read(keys.supervision)).conflicts).toEqual(told)
    expect((await conflictsOf(planId, keys.edu, 'resolved')).map(({ resolution }) => resolution?.choose)).toEqual([
      'submitted',
      'head',
    ])
  })

  test('shows a supporting unit the changes, but no clash of those who lead', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.water)
    await receiptOf(planId, keys.water, [edit(rows, 'r3', { 'milestone.P1': '一科' })])
    await receiptOf(planId, keys.water, [edit(rows, 'r3', { 'milestone.P1': '二科' })])
    const read = async (key: string) =>
      History.parse((await call(`/api/plans/${planId}/rows/r3/history`, { key })).json)
    expect((await read(keys.water)).conflicts).toHaveLength(1)
    const supporting = await read(keys.edu)
    expect(supporting.events).toHaveLength(2)
    expect(supporting.conflicts).toEqual([])
    const status = (await call(`/api/plans/${planId}/master`, { key: keys.commission })).json as {
      status: ReportStatus[]
    }
    expect(status.status.find(({ unit }) => unit === '县水利局')?.openConflicts).toBe(1)
  })
})
