/**
 * The cases of the merge, one by one, over the whole way (design section 6). What other files of this
 * folder already walk through (C5, R5 to R7, R9, R12, R14, decisions) is not repeated here.
 */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ConflictBody, ConflictList, Master, PlanFile, ServerRow } from '../../domain/protocol.ts'
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
  submit,
} from './county.ts'

const P1 = 'milestone.P1'
const P2 = 'milestone.P2'
let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function rowOf(planId: string, rowId: string, key = keys.commission): Promise<ServerRow> {
  return (await pull(planId, key)).find((row) => row.rowId === rowId)!
}

async function conflictsOf(planId: string, key = keys.commission): Promise<ConflictBody[]> {
  const reply = await call(`/api/plans/${planId}/conflicts?status=open`, { key })
  return (reply.json as ConflictList).conflicts
}

async function masterOf(planId: string): Promise<Master> {
  return (await call(`/api/plans/${planId}/master`, { key: keys.commission })).json as Master
}

/** A second key of a unit or office: another clerk, another device. */
async function secondKey(planId: string, who: { role: string; unit?: string }): Promise<string> {
  const reply = await call(`/api/plans/${planId}/keys`, { key: keys.commission, body: { ...who, post: '另一岗位' } })
  if (reply.status !== 201) throw new Error(`no key: ${JSON.stringify(reply.json)}`)
  return (reply.json as { key: string }).key
}

describe('one cell in three versions', () => {
  /** r2.P1 as base, changed by one lead to `head` (unless the same), then sent by the other as `submitted`. */
  async function mergeCell(base: string, head: string, submitted: string, more: Record<string, unknown> = {}) {
    const planId = await createPlan(keys, (file) => withText(file, base))
    const rows = await pull(planId, keys.edu)
    if (head !== base) await receiptOf(planId, keys.health, [edit(rows, 'r2', { [P1]: head })])
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r2', { [P1]: submitted })], more)
    await expectRebuildable(planId)
    return { totals: receipt.totals, row: receipt.rows[0]!, text: (await rowOf(planId, 'r2')).cells[P1], planId }
  }
  const withText = (file: PlanFile, text: string): PlanFile => ({
    ...file,
    rows: file.rows.map((row) => (row.rowId === 'r2' ? { ...row, cells: { ...row.cells, [P1]: text } } : row)),
  })
  const NONE = { applied: 0, converged: 0, conflicts: 0, held: 0, notWritable: 0, blocked: 0 }
  /** Name, base, head, submitted, then what counts and what stands. */
  const CASES: [string, string, string, string, Partial<typeof NONE>, string][] = [
    ['C1 nothing changed on either side', '甲', '甲', '甲', {}, '甲'],
    ['C1 the submission is as it was pulled, the head is not', '甲', '乙', '甲', {}, '乙'],
    ['C2 only the submission changed', '甲', '甲', '乙', { applied: 1 }, '乙'],
    ['C2 changed only by a blank: what was typed is stored', '甲', '甲', '甲\u3000', { applied: 1 }, '甲\u3000'],
    ['C3 both wrote the same', '甲', '乙', '乙', { converged: 1 }, '乙'],
    ['C3 both wrote the same but for blanks and a composed letter', '甲', '乙é', ' 乙e\u0301', { converged: 1 }, '乙é'],
    ['C3 both wrote —— in their own way', '甲', '——', '－－', { converged: 1 }, '——'],
    ['C4 each wrote another text', '甲', '乙', '丙', { conflicts: 1 }, '乙'],
    ['C4 numbers that are equal by value are different texts', '甲', '10%', '10.0%', { conflicts: 1 }, '10%'],
    ['C5 cleared without confirmation', '甲', '甲', '', { held: 1 }, '甲'],
    ['C5 cleared by blanks only', '甲', '甲', '\u3000 ', { held: 1 }, '甲'],
    ['C6 cleared here, changed there', '甲', '乙', '', { conflicts: 1 }, '乙'],
    ['C7 —— put where a text was', '甲', '甲', '——', { applied: 1 }, '——'],
    ['C7 —— cleared to blank is a clearing', '——', '——', '', { held: 1 }, '——'],
  ]
  test.each(CASES)('%s', async (_, base, head, submitted, totals, text) => {
    const merged = await mergeCell(base, head, submitted)
    expect(merged.totals).toEqual({ ...NONE, ...totals })
    expect(merged.text).toBe(text)
    expect((await conflictsOf(merged.planId)).length).toBe(totals.conflicts ?? 0)
  })
  test('C6 a confirmed clearing against a change is a conflict too', async () => {
    const clears = [{ rowId: 'r2', column: P1 }]
    const { totals, text } = await mergeCell('甲', '乙', '', { clears })
    expect([totals.conflicts, text]).toEqual([1, '乙'])
  })
  test('C7 a blank that was never filled takes ——, as an edit', async () => {
    const planId = await createPlan(keys, (file) => withText(file, ''))
    const rows = await pull(planId, keys.edu)
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r2', { [P1]: '——' })])
    expect(receipt.rows[0]?.applied).toEqual([{ rowId: 'r2', column: P1, old: '', new: '——' }])
  })
})

describe('C8 what the submitter may not write', () => {
  test('comes back with what stands there, whatever the head became; the rest of the row lands', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const [row] = await pull(planId, keys.commission)
    await receiptOf(planId, keys.commission, [edit([row!], 'r1', { task: '改造学校7所' })])
    const receipt = await receiptOf(planId, keys.edu, [
      edit(rows, 'r1', { task: '改造学校6所', number: '11', [P1]: '完成' }),
    ])
    expect(receipt.rows[0]).toMatchObject({
      outcome: 'partly',
      notWritable: [
        { column: 'number', head: '1', submitted: '11' },
        { column: 'task', head: '改造学校7所', submitted: '改造学校6所' },
      ],
    })
    const cells = (await rowOf(planId, 'r1')).cells
    expect([cells.number, cells.task, cells[P1]]).toEqual(['1', '改造学校7所', '完成'])
  })
  test('an old text that the commission changed meanwhile, and the new one, are no edits', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.commission, [edit(await pull(planId, keys.commission), 'r1', { task: '改造学校7所' })])
    const old = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { [P1]: '一' })])
    const typed = await receiptOf(planId, keys.edu, [
      edit(await pull(planId, keys.edu), 'r1', { task: ' 改造学校7所', [P1]: '二' }),
    ])
    const ahead = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { task: '改造学校7所', [P2]: '三' })])
    expect([old, typed, ahead].map(({ totals }) => totals.notWritable)).toEqual([0, 0, 0])
  })
  test('a unit that supports a row, and one that has nothing to do with it, change nothing', async () => {
    const planId = await createPlan(keys)
    const all = await pull(planId, keys.commission)
    const supporting = await receiptOf(planId, keys.edu, [edit(all, 'r3', { [P1]: '改' })])
    const stranger = await receiptOf(planId, keys.towns, [edit(all, 'r3', { [P1]: '改' })])
    for (const receipt of [supporting, stranger]) {
      expect(receipt.rows[0]).toMatchObject({ outcome: 'unchanged', notWritable: [{ column: P1, head: '开工' }] })
    }
    expect(await pull(planId, keys.commission)).toEqual(all)
  })
  test('a column dropped or unknown (C9) is held, also in a row with other edits and in a new row', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { remark: '备注', [P1]: '改' })])
    expect(receipt.rows[0]).toMatchObject({ outcome: 'partly', held: [{ column: 'remark', head: '' }] })
    expect((await rowOf(planId, 'r1')).cells).not.toHaveProperty('remark')
    const all = await pull(planId, keys.commission)
    const cells = { ...all[0]!.cells, number: '9', task: '新任务', remark: '备注' }
    const inserted = await receiptOf(planId, keys.commission, [{ rowId: 'n1', baseVer: 0, cells }])
    expect(inserted.rows[0]).toMatchObject({ outcome: 'inserted', held: [{ column: 'remark', head: '' }] })
    const blank = await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', { remark: '' })])
    expect(blank.totals.held).toBe(0)
  })
})

describe('C10 one unit, several hands', () => {
  test('two clerks with two keys clash as the unit’s own affair, and either may decide it', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const other = await secondKey(planId, { role: 'unit', unit: '县教委' })
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { [P1]: '一科' })])
    const receipt = await receiptOf(planId, other, [edit(rows, 'r1', { [P1]: '二科', [P2]: '二科另写' })])
    expect(receipt.rows[0]).toMatchObject({
      outcome: 'partly',
      conflicts: [{ submittedBy: '县教委', headBy: '县教委' }],
    })
    const [conflict] = await conflictsOf(planId, keys.edu)
    const path = `/api/conflicts/${conflict!.id}/resolution`
    const body = { choose: 'submitted', ver: conflict!.ver }
    expect(codeOf(await call(path, { key: keys.commission, body }))).toBe('conflict-not-yours')
    expect((await call(path, { key: keys.edu, body })).status).toBe(200)
    expect((await rowOf(planId, 'r1')).cells).toMatchObject({ [P1]: '二科', [P2]: '二科另写' })
  })
  test('two devices with one key that write different cells both land; the same idempotency key is the same request', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { [P1]: '电脑' })])
    const body = [edit(rows, 'r1', { [P2]: '平板' })]
    const first = await receiptOf(planId, keys.edu, body, {}, `${planId}-tablet`)
    const again = await receiptOf(planId, keys.edu, body, {}, `${planId}-tablet`)
    expect(again).toEqual({ ...first, replayed: true })
    expect((await rowOf(planId, 'r1')).cells).toMatchObject({ [P1]: '电脑', [P2]: '平板' })
  })
})

describe('C12 unit lists', () => {
  const write = async (column: string, head: string, submitted: string) => {
    const planId = await createPlan(keys)
    const other = await secondKey(planId, { role: 'commission' })
    const rows = await pull(planId, keys.commission)
    await receiptOf(planId, keys.commission, [edit(rows, 'r3', { [column]: head })])
    return (await receiptOf(planId, other, [edit(rows, 'r3', { [column]: submitted })])).rows[0]!
  }
  test('supporting units in another order converge, other units do not', async () => {
    const same = await write('supportingUnits', '县教委、永安街道', '永安街道，县教委')
    expect([same.converged.length, same.conflicts.length]).toEqual([1, 0])
    expect((await write('supportingUnits', '县教委、永安街道', '永安街道、县卫生健康委')).conflicts).toHaveLength(1)
  })
  test('lead units in another order are another list: the first one leads', async () => {
    expect((await write('leadUnits', '县水利局、县教委', '县教委、县水利局')).conflicts).toHaveLength(1)
  })
  test('and they are the commission’s alone', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.water)
    const receipt = await receiptOf(planId, keys.water, [
      edit(rows, 'r3', { leadUnits: '县教委', supportingUnits: '——' }),
    ])
    expect(receipt.rows[0]?.notWritable.map(({ column }) => column)).toEqual(['leadUnits', 'supportingUnits'])
  })
})

describe('rows', () => {
  const fresh = (rows: ServerRow[], rowId: string, cells: Record<string, string>) => ({
    rowId,
    baseVer: 0,
    cells: { ...rows[0]!.cells, leadUnits: '县水利局', ...cells },
  })
  test('R1, R2 the same new row from two clerks is one row: equal cells converge, others are a conflict', async () => {
    const planId = await createPlan(keys)
    const other = await secondKey(planId, { role: 'commission' })
    const rows = await pull(planId, keys.commission)
    await receiptOf(planId, keys.commission, [fresh(rows, 'n1', { number: '5', task: '新建公园' })])
    const receipt = await receiptOf(planId, other, [fresh(rows, 'n1', { number: '5', task: '新建公园2座' })])
    expect(receipt.rows[0]?.conflicts).toMatchObject([
      { column: 'task', base: '', head: '新建公园', submitted: '新建公园2座' },
    ])
    expect(receipt.rows[0]?.converged.length).toBeGreaterThan(3)
    expect((await pull(planId, keys.commission)).filter(({ rowId }) => rowId === 'n1')).toHaveLength(1)
    await expectRebuildable(planId)
  })
  test('R3 the same task added twice stays two rows, and the commission is asked about both', async () => {
    const planId = await createPlan(keys)
    const other = await secondKey(planId, { role: 'commission' })
    const rows = await pull(planId, keys.commission)
    const r1 = edit(rows, 'r1', {})
    await receiptOf(planId, keys.commission, [r1, fresh(rows, 'n1', { number: '5', task: '新建公园1座' })])
    await receiptOf(planId, other, [r1, fresh(rows, 'n2', { number: '6', task: '新建公园 1座' })])
    const asked = (await masterOf(planId)).issues.filter(({ code }) => code === 'task/doubled')
    expect(asked.map(({ rowId, severity }) => [rowId, severity]).sort()).toEqual([
      ['n1', 'ask'],
      ['n2', 'ask'],
    ])
    const told = (await pull(planId, other)).filter(({ issues }) => issues?.some(({ code }) => code === 'task/doubled'))
    expect(told.map(({ rowId }) => rowId).sort()).toEqual(['n1', 'n2'])
  })
  test('R4, R11 a row left out, moved or sorted away is neither deleted nor moved; its edits go by its id', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    const receipt = await receiptOf(planId, keys.commission, [
      edit(rows, 'r4', {}),
      edit(rows, 'r1', { task: '改造学校9所' }),
    ])
    expect(receipt.rows.map(({ outcome }) => outcome)).toEqual(['unchanged', 'applied'])
    const after = await pull(planId, keys.commission)
    expect(after.map(({ rowId, cells }) => [rowId, cells.task])).toEqual([
      ['r1', '改造学校9所'],
      ['r2', '新增托位50个'],
      ['r3', '新建水库1座'],
      ['r4', '整治河道10公里'],
    ])
  })
  test('R8 deleted by both is deleted, once', async () => {
    const planId = await createPlan(keys)
    const other = await secondKey(planId, { role: 'commission' })
    const rows = await pull(planId, keys.commission)
    const deletes = [{ rowId: 'r1', baseVer: rows[0]!.ver }]
    expect((await receiptOf(planId, keys.commission, [], { deletes })).rows[0]?.outcome).toBe('deleted')
    expect((await receiptOf(planId, other, [], { deletes })).rows[0]?.outcome).toBe('unchanged')
    expect(await conflictsOf(planId)).toEqual([])
    await expectRebuildable(planId)
  })
  test('R7 an edit of a deleted row that is the unit’s own neighbour stops nothing else', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: rows[0]!.ver }] })
    const receipt = await receiptOf(planId, keys.edu, [
      edit(rows, 'r1', { [P1]: '改' }),
      edit(rows, 'r2', { [P1]: '改' }),
    ])
    expect(receipt.rows.map(({ outcome }) => outcome)).toEqual(['conflict', 'applied'])
    const untouched = await receiptOf(planId, keys.edu, [edit(rows, 'r1', {})])
    expect(untouched.rows[0]).toMatchObject({ outcome: 'unchanged', conflicts: [] })
  })
  test('R9 the id of a deleted row is not given again, R12 no id stands twice, also once as a deletion', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    const deletes = [{ rowId: 'r1', baseVer: rows[0]!.ver }]
    const both = await submit(planId, keys.commission, [edit(rows, 'r1', {})], { deletes })
    expect([both.status, codeOf(both)]).toEqual([422, 'duplicate-row-id'])
    await receiptOf(planId, keys.commission, [], { deletes })
    const reused = await submit(planId, keys.commission, [fresh(rows, 'r1', { number: '1' })])
    expect([reused.status, codeOf(reused)]).toEqual([409, 'row-id-deleted'])
  })
  test.each([
    ['first', ['n1', 'n2']],
    ['second', ['n2', 'n1']],
  ])(
    'R10 two clerks add a row in one place, whoever is first, and the rows stand the same: %s',
    async (_, arriving) => {
      const planId = await createPlan(keys)
      const rows = await pull(planId, keys.commission)
      const all = rows.map(({ rowId }) => edit(rows, rowId, {}))
      for (const rowId of arriving) {
        const added = fresh(rows, rowId, { number: rowId === 'n1' ? '7' : '8', task: `任务${rowId}` })
        await receiptOf(planId, keys.commission, [all[0]!, added, ...all.slice(1)])
      }
      const ids = async () => (await pull(planId, keys.commission)).map(({ rowId }) => rowId)
      expect(await ids()).toEqual(['r1', 'n1', 'n2', 'r2', 'r3', 'r4'])
      // Who has seen both says where the next one stands.
      const seen = await pull(planId, keys.commission)
      const next = seen.map(({ rowId }) => edit(seen, rowId, {}))
      await receiptOf(planId, keys.commission, [
        next[0]!,
        fresh(seen, 'n9', { number: '9', task: '九' }),
        ...next.slice(1),
      ])
      expect(await ids()).toEqual(['r1', 'n9', 'n1', 'n2', 'r2', 'r3', 'r4'])
      await expectRebuildable(planId)
    },
  )
  test('R10 a row that only changed since is not taken for one that nobody had seen', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    await receiptOf(planId, keys.water, [edit(rows, 'r4', { 'milestone.P3': '整治7公里' })])
    const named = ['r1', 'r2', 'r3'].map((rowId) => edit(rows, rowId, {}))
    await receiptOf(planId, keys.commission, [...named, fresh(rows, 'z1', { number: '9', task: '九' })])
    expect((await pull(planId, keys.commission)).map(({ rowId }) => rowId)).toEqual(['r1', 'r2', 'r3', 'z1', 'r4'])
  })
  test('R10 the unit’s 序号 and order are never taken', async () => {
    const planId = await createPlan(keys)
    const mine = await pull(planId, keys.edu)
    const receipt = await receiptOf(planId, keys.edu, [
      edit(mine, 'r2', { number: '1' }),
      edit(mine, 'r1', { number: '2' }),
    ])
    expect(receipt.totals).toMatchObject({ applied: 0, notWritable: 2 })
    expect((await pull(planId, keys.commission)).map(({ rowId, cells }) => [rowId, cells.number])).toEqual([
      ['r1', '1'],
      ['r2', '2'],
      ['r3', '3'],
      ['r4', '4'],
    ])
  })
  test('R13 a row without an id has no way in: a provisional one is refused', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    const reply = await submit(planId, keys.commission, [fresh(rows, 'sheet-row:7', { number: '9' })])
    expect([reply.status, codeOf(reply)]).toEqual([422, 'invalid'])
  })
  test('R14 shifted ids are refused before anything else is said of the cells', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const [one, two] = [rows[0]!, rows[1]!]
    const swapped = [
      { rowId: 'r1', baseVer: one.ver, cells: two.cells },
      { rowId: 'r2', baseVer: two.ver, cells: one.cells },
    ]
    const reply = await submit(planId, keys.edu, swapped)
    expect([reply.status, codeOf(reply)]).toEqual([422, 'row-identity-suspect'])
    expect((reply.json as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)).toEqual([
      '/rows/0/cells/task',
      '/rows/1/cells/task',
    ])
    expect(await pull(planId, keys.edu)).toEqual(rows)
  })
  test('R14 but a task as it was when it was pulled, or as the commission has it by now, is nobody else’s', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const all = await pull(planId, keys.commission)
    const then = all[0]!.cells.task!
    await receiptOf(planId, keys.commission, [edit(all, 'r1', { task: '另一任务' })])
    // Rows further down get both texts: the one that the unit still has in r1, and the one that r1 has by now.
    await receiptOf(planId, keys.commission, [
      edit(all, 'r4', {}),
      fresh(all, 'n1', { number: '5', task: then }),
      fresh(all, 'n2', { number: '6', task: '另一任务' }),
    ])
    for (const [n, task] of [then, '另一任务'].entries()) {
      const reply = await submit(planId, keys.edu, [edit(rows, 'r1', { task, [P1]: `改${n}` })])
      expect(reply.status).toBe(200)
    }
    const shifted = await submit(planId, keys.edu, [edit(rows, 'r2', { task: then })])
    expect(codeOf(shifted)).toBe('row-identity-suspect')
  })
})

describe('what the sheet was based on', () => {
  test('a version that the row never had is refused whole, and nothing of it lands', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await createPlan(keys)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { [P1]: '一' })])
    const now = await pull(planId, keys.edu)
    const between = { ...edit(now, 'r1', { [P1]: '二' }), baseVer: now[0]!.ver - 1 }
    const reply = await submit(planId, keys.edu, [edit(now, 'r2', { [P1]: '二' }), between])
    expect([reply.status, codeOf(reply)]).toEqual([409, 'base-unknown'])
    expect(await pull(planId, keys.edu)).toEqual(now)
    const nobody = await submit(planId, keys.commission, [{ ...edit(now, 'r1', {}), rowId: 'nobody' }])
    expect([nobody.status, codeOf(nobody)]).toEqual([409, 'base-unknown'])
    const deleting = await submit(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: now[0]!.ver - 1 }] })
    expect([deleting.status, codeOf(deleting)]).toEqual([409, 'base-unknown'])
  })
  test('any earlier version of the row is a base, however long ago', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.health)
    const stale = edit(rows, 'r2', { 'milestone.P3': '很久以前填的' })
    for (let i = 0; i < 20; i++) {
      await receiptOf(planId, keys.edu, [
        edit(await pull(planId, keys.edu), 'r2', { [P1]: `第${i}稿`, [P2]: `第${i}稿` }),
      ])
    }
    const receipt = await receiptOf(planId, keys.health, [stale])
    expect(receipt.totals).toMatchObject({ applied: 1, conflicts: 0 })
    expect((await rowOf(planId, 'r2')).cells).toMatchObject({ [P1]: '第19稿', 'milestone.P3': '很久以前填的' })
  })
  test('a unit that lost the row between pull and submit is told cell by cell, and nothing lands', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await env.DB.prepare(
      `UPDATE row_unit SET to_seq = (SELECT max(seq) FROM commit_log) WHERE sheet_id = ?1 AND row_id = 'r1' AND role = 'lead'`,
    )
      .bind(sheetIdOf(planId))
      .run()
    const receipt = await receiptOf(planId, keys.edu, [
      edit(rows, 'r1', { [P1]: '改' }),
      edit(rows, 'r2', { [P1]: '改' }),
    ])
    expect(receipt.rows).toMatchObject([
      { rowId: 'r1', outcome: 'unchanged', notWritable: [{ column: P1, head: '完成选址', submitted: '改' }] },
      { rowId: 'r2', outcome: 'applied', notWritable: [] },
    ])
  })
  test('scope that changes while the submission is being merged: it is merged again under the new one', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    let batches = 0
    const db = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        // Between reading and committing, the relation ends and the epoch rises, as one change does.
        if (++batches === 2) {
          const sheet = sheetIdOf(planId)
          await env.DB.batch([
            env.DB.prepare(
              `UPDATE row_unit SET to_seq = (SELECT max(seq) FROM commit_log) WHERE sheet_id = ?1 AND row_id = 'r1' AND role = 'lead'`,
            ).bind(sheet),
            env.DB.prepare('UPDATE sheet SET epoch = epoch + 1 WHERE id = ?1').bind(sheet),
          ])
        }
        return env.DB.batch(statements)
      },
    } as unknown as D1Database
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { [P1]: '改' })], {}, `${planId}-scope`, db)
    expect(receipt.rows[0]).toMatchObject({ outcome: 'unchanged', notWritable: [{ column: P1 }] })
    expect((await rowOf(planId, 'r1')).cells[P1]).toBe('完成选址')
  })
})

describe('the merged row is checked again', () => {
  test('what only the two halves together make wrong is marked for the one who sends, and shown to the other', async () => {
    const planId = await createPlan(keys)
    const other = await secondKey(planId, { role: 'commission' })
    const rows = await pull(planId, keys.commission)
    await receiptOf(planId, other, [edit(rows, 'r3', { leadUnits: '县水利局、县卫生健康委' })])
    const doubled = '县教委、县卫生健康委、、永安街道'
    const receipt = await receiptOf(planId, keys.commission, [edit(rows, 'r3', { supportingUnits: doubled })])
    expect(receipt.rows[0]?.outcome).toBe('applied')
    const marked = (code: string) =>
      receipt.issues.filter((issue) => issue.code === code).map(({ fromMerge }) => fromMerge)
    expect(marked('units/lead-is-supporting')).toEqual([true])
    // What is wrong with the submitted text by itself is not the merge's doing.
    expect(marked('punctuation/doubled')).toEqual([undefined])
    const told = (await rowOf(planId, 'r3', other)).issues?.map(({ code }) => code)
    expect(told).toContain('units/lead-is-supporting')
  })
  test('and what one side had wrong before the merge is marked for nobody', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { [P1]: '新增12个。。' })])
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r2', { [P2]: '新增25个。。' })])
    const doubled = receipt.issues.filter(({ code }) => code === 'punctuation/doubled')
    expect(doubled.map(({ column, fromMerge }) => [column, fromMerge])).toEqual([
      [P1, undefined],
      [P2, undefined],
    ])
  })
  test('an error that comes of the merge keeps the row out, and says that it does', async () => {
    const planId = await createPlan(keys)
    const other = await secondKey(planId, { role: 'commission' })
    const rows = await pull(planId, keys.commission)
    await receiptOf(planId, other, [edit(rows, 'r2', { number: '9' })])
    const cells = { ...rows[0]!.cells, number: '9', task: '新任务' }
    const receipt = await receiptOf(planId, keys.commission, [edit(rows, 'r2', {}), { rowId: 'n1', baseVer: 0, cells }])
    const added = receipt.rows.find(({ rowId }) => rowId === 'n1')
    expect(added).toMatchObject({ outcome: 'blocked', blocked: [{ code: 'number/doubled', fromMerge: true }] })
    expect(await rowOf(planId, 'n1')).toBeUndefined()
  })
})

describe('rows that are pulled', () => {
  test('carry what is wrong in the columns that the asker may write, with the reason given for it', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const reasons = [{ rowId: 'r2', column: P1, code: 'punctuation/doubled', reason: '原文如此' }]
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { [P1]: '新增10个。。' })], { reasons })
    const issuesFor = async (key: string) => (await rowOf(planId, 'r2', key))?.issues
    expect(await issuesFor(keys.edu)).toMatchObject([
      { code: 'punctuation/doubled', column: P1, rowId: 'r2', reason: { text: '原文如此', by: '县卫生健康委' } },
    ])
    expect(await issuesFor(keys.commission)).toHaveLength(1)
    expect(await issuesFor(keys.supervision)).toBeUndefined()
    expect((await rowOf(planId, 'r1', keys.edu)).issues).toBeUndefined()
  })
  test('carry nothing about the commission’s columns to a unit, nothing to a supporting unit, nothing once issued', async () => {
    const planId = await createPlan(keys, (file) => ({
      ...file,
      rows: file.rows.map((row) => ({
        ...row,
        cells: { ...row.cells, task: `${row.cells.task}。。`, [P1]: '一。。' },
      })),
    }))
    const of = async (key: string, rowId: string) =>
      (await rowOf(planId, rowId, key)).issues?.map(({ column }) => column)
    expect(await of(keys.edu, 'r1')).toEqual([P1])
    expect(await of(keys.commission, 'r1')).toEqual(['task', P1])
    expect(await of(keys.edu, 'r3')).toBeUndefined()
    const body = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
    await call(`/api/plans/${planId}/issue`, { key: keys.commission, body })
    expect(await of(keys.commission, 'r1')).toBeUndefined()
  })
})
