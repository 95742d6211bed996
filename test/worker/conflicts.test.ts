/** Conflicts: between joint leads, inside a unit, over spans, against deletions; and deciding them. */
import { beforeAll, describe, expect, test } from 'vitest'
import { type ConflictBody, ConflictList, RowOutcome } from '../../domain/protocol.ts'
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
} from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

async function listConflicts(planId: string, key: string, status = 'open'): Promise<ConflictBody[]> {
  const reply = await call(`/api/plans/${planId}/conflicts?status=${status}`, { key })
  return ConflictList.parse(reply.json).conflicts
}

function decide(conflict: ConflictBody, key: string, body: Record<string, unknown>): Promise<Reply> {
  return call(`/api/conflicts/${conflict.id}/resolution`, { key, body: { ver: conflict.ver, ...body } })
}

/** Two joint leads write the same cell of r2; the second one's text becomes a conflict. */
async function clash(): Promise<{ planId: string; conflict: ConflictBody }> {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '新增12个' })])
  const receipt = await receiptOf(planId, keys.edu, [
    edit(rows, 'r2', { 'milestone.P1': '新增15个', 'milestone.P2': '新增25个' }),
  ])
  expect(receipt.rows[0]?.outcome).toBe('partly')
  const [conflict] = await listConflicts(planId, keys.commission)
  return { planId, conflict: conflict! }
}

describe('joint leads', () => {
  test('the head stays, the submitted text is kept with base and head, other cells land', async () => {
    const { planId, conflict } = await clash()
    expect(conflict).toMatchObject({
      kind: 'cell',
      column: 'milestone.P1',
      base: '新增10个',
      head: '新增12个',
      submitted: '新增15个',
      submittedBy: '县教委',
      headBy: '县卫生健康委',
      task: '新增托位50个',
      number: '2',
    })
    const row = (await pull(planId, keys.edu)).find(({ rowId }) => rowId === 'r2')
    expect(row?.cells).toMatchObject({ 'milestone.P1': '新增12个', 'milestone.P2': '新增25个' })
    expect(row?.openConflicts).toBe(1)
    expect(conflict.ver).toBe(row?.ver)
  })

  test('only the commission decides; the choice is an event of the row', async () => {
    const { planId, conflict } = await clash()
    const byUnit = await decide(conflict, keys.edu, { choose: 'submitted' })
    expect([byUnit.status, codeOf(byUnit)]).toEqual([403, 'conflict-not-yours'])
    const reply = await decide(conflict, keys.commission, { choose: 'submitted', reason: '以牵头单位为准' })
    expect(reply.status).toBe(200)
    expect(RowOutcome.parse(reply.json).applied).toEqual([
      { rowId: 'r2', column: 'milestone.P1', old: '新增12个', new: '新增15个' },
    ])
    const row = (await pull(planId, keys.edu)).find(({ rowId }) => rowId === 'r2')
    expect(row?.cells['milestone.P1']).toBe('新增15个')
    expect(row?.openConflicts).toBe(0)
    const again = await decide({ ...conflict, ver: row!.ver }, keys.commission, { choose: 'head' })
    expect([again.status, codeOf(again)]).toEqual([409, 'conflict-resolved'])
    expect(await listConflicts(planId, keys.edu, 'resolved')).toHaveLength(1)
  })

  test('a conflict can be decided as the receipt gives it, beside cells of its row that landed', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '新增12个' })])
    const { seq, rows: outcomes } = await receiptOf(planId, keys.edu, [
      edit(rows, 'r2', { 'milestone.P1': '新增15个', 'milestone.P2': '新增25个' }),
    ])
    const conflict = outcomes[0]!.conflicts[0]!
    expect(conflict.ver).toBe(seq)
    expect((await decide(conflict, keys.commission, { choose: 'submitted' })).status).toBe(200)
  })

  test('keeping the head closes the conflict without a new version', async () => {
    const { planId, conflict } = await clash()
    expect((await decide(conflict, keys.commission, { choose: 'head' })).status).toBe(200)
    const row = (await pull(planId, keys.edu)).find(({ rowId }) => rowId === 'r2')
    expect(row?.ver).toBe(conflict.ver)
    expect(await listConflicts(planId, keys.commission)).toEqual([])
  })

  test('an edited text replaces both; an erroneous one is refused', async () => {
    const { planId, conflict } = await clash()
    const bad = await decide(conflict, keys.commission, { choose: 'edited', text: '=1+1' })
    expect([bad.status, codeOf(bad)]).toEqual([422, 'invalid'])
    expect((await decide(conflict, keys.commission, { choose: 'edited', text: '新增14个' })).status).toBe(200)
    const row = (await pull(planId, keys.edu)).find(({ rowId }) => rowId === 'r2')
    expect(row?.cells['milestone.P1']).toBe('新增14个')
  })

  test('a decision on a row that changed meanwhile is refused, of two at once one counts', async () => {
    const { planId, conflict } = await clash()
    const rows = await pull(planId, keys.health)
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P3': '新增30个' })])
    const stale = await decide(conflict, keys.commission, { choose: 'submitted' })
    expect([stale.status, codeOf(stale)]).toEqual([409, 'row-changed'])
    const [fresh] = await listConflicts(planId, keys.commission)
    const replies = await Promise.all(
      ['甲', '乙', '丙'].map((text) => decide(fresh!, keys.commission, { choose: 'edited', text })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  test('the same stale sheet sent again asks nobody a second time', async () => {
    const { planId, conflict } = await clash()
    const rows = await pull(planId, keys.edu)
    const base = (await call(`/api/plans/${planId}/rows/r2/history`, { key: keys.edu })).json as {
      events: { seq: number }[]
    }
    const again = { ...edit(rows, 'r2', { 'milestone.P1': '新增15个' }), baseVer: base.events[0]!.seq }
    const receipt = await receiptOf(planId, keys.edu, [again])
    expect(receipt.rows[0]?.conflicts.map(({ id }) => id)).toEqual([conflict.id])
    expect(await listConflicts(planId, keys.commission)).toHaveLength(1)
  })

  test('a conflict left over when the plan is issued can only keep the head', async () => {
    const { planId, conflict } = await clash()
    const body = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
    await call(`/api/plans/${planId}/issue`, { key: keys.commission, body })
    const late = await decide(conflict, keys.commission, { choose: 'submitted' })
    expect([late.status, codeOf(late)]).toEqual([409, 'plan-not-collecting'])
    expect((await decide(conflict, keys.commission, { choose: 'head' })).status).toBe(200)
  })
})

test('a clash inside a unit is that unit’s to decide, not the commission’s', async () => {
  const planId = await createPlan(keys)
  const rows = await pull(planId, keys.edu)
  await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '甲科室' })])
  await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '乙科室' })])
  const [conflict] = await listConflicts(planId, keys.edu)
  const byCommission = await decide(conflict!, keys.commission, { choose: 'head' })
  expect([byCommission.status, codeOf(byCommission)]).toEqual([403, 'conflict-not-yours'])
  expect((await decide(conflict!, keys.edu, { choose: 'submitted' })).status).toBe(200)
  expect((await pull(planId, keys.edu))[0]?.cells['milestone.P1']).toBe('乙科室')
})

test('a unit sees only conflicts of its rows and its submissions', async () => {
  const { planId } = await clash()
  expect(await listConflicts(planId, keys.health)).toHaveLength(1)
  expect(await listConflicts(planId, keys.water)).toEqual([])
})

describe('spans', () => {
  test('two different spans conflict as one, and the submitted one can be chosen whole', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const row = rows.find(({ rowId }) => rowId === 'r2')!
    const { 'milestone.P1': p1, 'milestone.P2': p2, 'milestone.P3': p3, ...rest } = row.cells
    const clears = ['milestone.P1', 'milestone.P2', 'milestone.P3'].map((column) => ({ rowId: 'r2', column }))
    const left = {
      rowId: 'r2',
      baseVer: row.ver,
      cells: { ...rest, 'milestone.P1': `${p1}、${p2}`, 'milestone.P3': p3! },
      spans: { 'milestone.P1': 2 },
    }
    const right = {
      rowId: 'r2',
      baseVer: row.ver,
      cells: { ...rest, 'milestone.P1': p1!, 'milestone.P2': `${p2}、${p3}` },
      spans: { 'milestone.P2': 2 },
    }
    expect((await receiptOf(planId, keys.health, [left], { clears })).rows[0]?.outcome).toBe('applied')
    expect((await receiptOf(planId, keys.edu, [right], { clears })).rows[0]?.outcome).toBe('conflict')
    const [conflict] = await listConflicts(planId, keys.commission)
    expect(conflict).toMatchObject({ kind: 'span', columns: ['milestone.P1', 'milestone.P2', 'milestone.P3'] })
    expect((await decide(conflict!, keys.commission, { choose: 'submitted' })).status).toBe(200)
    const after = (await pull(planId, keys.edu)).find(({ rowId }) => rowId === 'r2')
    expect(after?.spans).toEqual({ 'milestone.P2': 2 })
    expect(after?.cells).toMatchObject({ 'milestone.P1': p1, 'milestone.P2': `${p2}、${p3}` })
    expect(after?.cells).not.toHaveProperty('milestone.P3')
    await expectRebuildable(planId)
  })

  test('unconfirmed spans are confirmed as proposed or corrected, guarded by the version', async () => {
    const planId = await createPlan(keys)
    const find = async () => (await pull(planId, keys.commission)).find(({ rowId }) => rowId === 'r4')!
    const before = await find()
    expect(before.spansConfirmed).toBe(false)
    const path = `/api/plans/${planId}/rows/r4/spans`
    const byUnit = await call(path, { key: keys.water, body: { baseVer: before.ver } })
    expect([byUnit.status, codeOf(byUnit)]).toEqual([403, 'role-not-allowed'])
    const corrected = {
      baseVer: before.ver,
      cells: { 'milestone.P1': '整治4公里', 'milestone.P2': '整治6公里' },
      spans: { 'milestone.P2': 2 },
    }
    const torn = await call(path, { key: keys.commission, body: { ...corrected, spans: {} } })
    expect([torn.status, codeOf(torn)]).toEqual([422, 'invalid'])
    const reply = await call(path, { key: keys.commission, body: corrected })
    expect(reply.status).toBe(200)
    const after = await find()
    expect(after.spansConfirmed).toBe(true)
    expect(after.spans).toEqual({ 'milestone.P2': 2 })
    const stale = await call(path, { key: keys.commission, body: { baseVer: before.ver } })
    expect([stale.status, codeOf(stale)]).toEqual([409, 'row-changed'])
    await expectRebuildable(planId)
  })

  test('once the plan is issued periods can be confirmed but no text changed', async () => {
    const planId = await createPlan(keys)
    const [, , , row] = await pull(planId, keys.commission)
    const issue = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
    await call(`/api/plans/${planId}/issue`, { key: keys.commission, body: issue })
    const path = `/api/plans/${planId}/rows/r4/spans`
    const cells = { 'milestone.P1': '整治5公里', 'milestone.P3': '整治6公里' }
    const changed = await call(path, { key: keys.commission, body: { baseVer: row!.ver, cells, spans: row!.spans } })
    expect([changed.status, codeOf(changed)]).toEqual([409, 'texts-frozen'])
    expect((await call(path, { key: keys.commission, body: { baseVer: row!.ver } })).status).toBe(200)
  })
})

describe('deletions', () => {
  test('an edit of a row that the head deleted is kept and can bring the row back', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: rows[0]!.ver }] })
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '仍在办理' })])
    expect(receipt.rows[0]?.outcome).toBe('conflict')
    const [conflict] = await listConflicts(planId, keys.commission)
    expect(conflict?.kind).toBe('delete-edit')
    expect(conflict?.submitted).toContain('仍在办理')
    expect(await pull(planId, keys.commission)).toHaveLength(3)
    expect((await decide(conflict!, keys.commission, { choose: 'submitted' })).status).toBe(200)
    const after = await pull(planId, keys.commission)
    expect(after[0]).toMatchObject({ rowId: 'r1', cells: { 'milestone.P1': '仍在办理' } })
    await expectRebuildable(planId)
  })

  test('deleting a row that the head edited is a conflict; the row stays until it is decided', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '已开工' })])
    const receipt = await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: rows[0]!.ver }] })
    expect(receipt.rows[0]?.outcome).toBe('conflict')
    const [conflict] = await listConflicts(planId, keys.commission)
    expect(conflict?.kind).toBe('edit-delete')
    expect(await pull(planId, keys.commission)).toHaveLength(4)
    expect((await decide(conflict!, keys.commission, { choose: 'submitted' })).status).toBe(200)
    expect(await pull(planId, keys.commission)).toHaveLength(3)
    await expectRebuildable(planId)
  })
})

describe('a long list', () => {
  /** Five clashes in the same cell, the second of them decided; their ids in the order in which they came. */
  async function clashOften(): Promise<{ planId: string; ids: string[] }> {
    const planId = await createPlan(keys)
    const stale = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(stale, 'r2', { 'milestone.P1': '新增12个' })])
    const ids: string[] = []
    for (let n = 0; n < 5; n++) {
      await receiptOf(planId, keys.edu, [edit(stale, 'r2', { 'milestone.P1': `新增2${n}个` })])
      const open = await listConflicts(planId, keys.commission)
      ids.push(...open.flatMap(({ id }) => (ids.includes(id) ? [] : [id])))
      const [first] = open
      if (n === 1 && first) await decide(first, keys.commission, { choose: 'head' })
    }
    return { planId, ids }
  }

  const page = async (planId: string, query: string, key = keys.commission) =>
    ConflictList.parse((await call(`/api/plans/${planId}/conflicts${query}`, { key })).json)

  test('is whole where no pages are asked for, and comes page by page where they are, oldest first', async () => {
    const { planId, ids } = await clashOften()
    const whole = await page(planId, '')
    expect([whole.conflicts.map(({ id }) => id), whole.next]).toEqual([ids, undefined])
    const read: string[] = []
    let cursor = '0'
    for (let pages = 1; ; pages++) {
      const { conflicts, next } = await page(planId, `?limit=2&cursor=${cursor}`)
      read.push(...conflicts.map(({ id }) => id))
      if (next === undefined) {
        expect(pages).toBe(Math.ceil(ids.length / 2))
        break
      }
      cursor = next
    }
    expect(read).toEqual(ids)
  })

  test('is read by status, and a page of it that is just filled has no next', async () => {
    const { planId, ids } = await clashOften()
    const resolved = await page(planId, '?status=resolved&limit=1')
    expect([resolved.conflicts.map(({ id }) => id), resolved.next]).toEqual([ids.slice(0, 1), undefined])
    const open = await page(planId, '?status=open')
    expect(open.conflicts.map(({ id }) => id)).toEqual(ids.slice(1))
  })

  test('shows a unit that neither sent nor leads nothing, though its pages go on', async () => {
    const { planId } = await clashOften()
    const { conflicts, next } = await page(planId, '?limit=1', keys.water)
    expect([conflicts, typeof next]).toEqual([[], 'string'])
  })

  test.each(['limit=0', 'limit=1001', 'limit=1.5', 'cursor=x', 'cursor=-1'])('refuses ?%s', async (query) => {
    const planId = await createPlan(keys)
    expect(codeOf(await call(`/api/plans/${planId}/conflicts?${query}`, { key: keys.commission }))).toBe('invalid')
  })
})
