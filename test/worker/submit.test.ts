/** 报送 over the whole way: pull, edit, submit, receipt, and what stands afterwards. */
import { beforeAll, describe, expect, test } from 'vitest'
import { Receipt, RowList } from '../../domain/protocol.ts'
import { callAt } from './changing.ts'
import { call, codeOf, createPlan, edit, type Keys, pull, receiptOf, seedKeys, submit } from './county.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

describe('pulling', () => {
  test('a unit gets the rows it leads and supports, each with its role and writable columns', async () => {
    const planId = await createPlan(keys)
    const reply = await call(`/api/plans/${planId}/rows`, { key: keys.edu })
    const { rows } = RowList.parse(reply.json)
    expect(rows.map(({ rowId, role }) => [rowId, role])).toEqual([
      ['r1', 'lead'],
      ['r2', 'lead'],
      ['r3', 'supporting'],
    ])
    expect(rows[0]?.writable).toEqual(['milestone.P1', 'milestone.P2', 'milestone.P3'])
    expect(rows[2]?.writable).toEqual([])
  })

  test('a member of a supporting group sees the row, the commission sees all and may write all', async () => {
    const planId = await createPlan(keys)
    expect((await pull(planId, keys.towns)).map(({ rowId, role }) => [rowId, role])).toEqual([['r4', 'supporting']])
    const all = await pull(planId, keys.commission)
    expect(all.map(({ rowId }) => rowId)).toEqual(['r1', 'r2', 'r3', 'r4'])
    expect(all[0]?.writable).toContain('task')
    expect((await pull(planId, keys.supervision))[0]?.writable).toEqual([])
  })

  test('once the plan is issued nobody is told that anything may be written', async () => {
    const planId = await createPlan(keys)
    const body = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
    await call(`/api/plans/${planId}/issue`, { key: keys.commission, body })
    for (const key of [keys.commission, keys.edu]) {
      expect((await pull(planId, key)).flatMap(({ writable }) => writable)).toEqual([])
    }
  })
})

describe('submitting', () => {
  test('a changed cell lands, raises the version of its row alone and gets a numbered receipt', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const changed = { 'milestone.P1': '完成选址和设计' }
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r1', changed), edit(rows, 'r2', {})])
    Receipt.parse(receipt)
    expect(receipt.number).toBe('20231110-0001')
    expect(receipt.by).toBe('县教委')
    expect(receipt.rows.map(({ rowId, outcome }) => [rowId, outcome])).toEqual([
      ['r1', 'applied'],
      ['r2', 'unchanged'],
    ])
    expect(receipt.rows[0]?.applied).toEqual([
      { rowId: 'r1', column: 'milestone.P1', old: '完成选址', new: '完成选址和设计' },
    ])
    const after = await pull(planId, keys.edu)
    expect(after[0]?.cells['milestone.P1']).toBe('完成选址和设计')
    expect(after[0]?.ver).toBe(receipt.seq)
    expect(receipt.rows[0]?.ver).toBe(receipt.seq)
    expect(after[1]?.ver).toBe(rows[1]?.ver)
  })

  test('receipts are numbered by plan and day, from one again each day', async () => {
    const send = async (planId: string, at: string, rows: unknown[] = []) => {
      const body = { form: 'breakdown', specVersion: 1, rows }
      const headers = { 'Idempotency-Key': `${planId}-${at}` }
      const reply = await callAt(at, `/api/plans/${planId}/submissions`, { key: keys.edu, headers, body })
      return reply.status === 200 ? (reply.json as Receipt).number : reply.status
    }
    const [one, two] = [await createPlan(keys), await createPlan(keys)]
    expect(await send(one, '2023-11-10T02:00:00.000Z')).toBe('20231110-0001')
    expect(await send(one, '2023-11-10T03:00:00.000Z')).toBe('20231110-0002')
    expect(await send(two, '2023-11-10T04:00:00.000Z')).toBe('20231110-0001')
    expect(await send(one, '2023-11-11T02:00:00.000Z')).toBe('20231111-0001')
    // A refused one takes none.
    expect(await send(one, '2023-11-11T03:00:00.000Z', [{ rowId: 'r1', baseVer: 999_999, cells: {} }])).toBe(409)
    expect(await send(one, '2023-11-11T04:00:00.000Z')).toBe('20231111-0002')
  })

  test('a dry run answers the same and stores nothing', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const body = { form: 'breakdown', specVersion: 1, rows: [edit(rows, 'r1', { 'milestone.P1': '改' })] }
    const reply = await call(`/api/plans/${planId}/submissions?dryRun=1`, { key: keys.edu, body })
    const receipt = Receipt.parse(reply.json)
    expect(receipt.dryRun).toBe(true)
    expect(receipt.rows[0]?.outcome).toBe('applied')
    expect(receipt.rows[0]?.ver).toBe(rows[0]?.ver)
    expect(await pull(planId, keys.edu)).toEqual(rows)
    const list = await call(`/api/plans/${planId}/submissions`, { key: keys.edu })
    expect(list.json).toEqual({ submissions: [] })
  })

  test('an edit in a cell that is not the unit’s comes back and the rest lands', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const receipt = await receiptOf(planId, keys.edu, [
      edit(rows, 'r1', { task: '改造学校6所', 'milestone.P1': '改' }),
      edit(rows, 'r3', { 'milestone.P2': '别的单位的格' }),
    ])
    expect(receipt.rows[0]?.notWritable).toEqual([{ column: 'task', head: '改造学校5所', submitted: '改造学校6所' }])
    expect(receipt.rows[0]?.outcome).toBe('partly')
    expect(receipt.rows[1]?.notWritable).toEqual([
      { column: 'milestone.P2', head: '完成主体', submitted: '别的单位的格' },
    ])
    const after = await pull(planId, keys.commission)
    expect(after[0]?.cells).toMatchObject({ task: '改造学校5所', 'milestone.P1': '改' })
    expect(after[2]?.cells['milestone.P2']).toBe('完成主体')
  })

  test('a merged cell that is not the unit’s is no edit where the sheet says nothing of its span', async () => {
    const planId = await createPlan(keys)
    const [row] = await pull(planId, keys.towns)
    const without = { rowId: 'r4', baseVer: row!.ver, cells: row!.cells }
    expect((await receiptOf(planId, keys.towns, [without])).totals.notWritable).toBe(0)
    const { 'milestone.P3': _, ...wider } = row!.cells
    const wide = { ...without, cells: wider, spans: { 'milestone.P1': 3 } }
    expect((await receiptOf(planId, keys.towns, [wide])).rows[0]?.notWritable).toMatchObject([
      { column: 'milestone.P1', head: '整治4公里', submitted: '整治4公里' },
    ])
    const unmerged = { ...without, cells: { ...row!.cells, 'milestone.P2': '' } }
    expect((await receiptOf(planId, keys.towns, [unmerged])).rows[0]?.notWritable).toMatchObject([
      { column: 'milestone.P1', head: '整治4公里', submitted: '整治4公里' },
    ])
  })

  test('a unit that leads and supports a row leads it', async () => {
    const planId = await createPlan(keys, (file) => ({
      ...file,
      rows: file.rows.map((row) => ({ ...row, supporting: ['县教委', '县教委', ...row.supporting] })),
    }))
    const rows = await pull(planId, keys.edu)
    expect(rows.map(({ role, supporting }) => [role, supporting[0]])).toEqual([
      ['lead', '县教委'],
      ['lead', '县教委'],
      ['supporting', '县教委'],
      ['supporting', '县教委'],
    ])
    expect(rows[0]?.supporting).toEqual(['县教委'])
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '改' })])
    expect(receipt.totals.applied).toBe(1)
  })

  test('a row of a unit that the plan does not know is reported cell by cell', async () => {
    const planId = await createPlan(keys)
    const receipt = await receiptOf(planId, keys.edu, [
      {
        rowId: 'mine',
        baseVer: 0,
        cells: { number: '9', 'milestone.P1': '甲', 'milestone.P2': '乙', 'milestone.P3': '丙' },
      },
    ])
    expect(receipt.rows[0]?.notWritable).toHaveLength(4)
    expect(receipt.rows[0]?.ver).toBe(0)
    expect(await pull(planId, keys.commission)).toHaveLength(4)
  })

  test('a row with an error in the unit’s cells stays out while its neighbours land', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const receipt = await receiptOf(planId, keys.edu, [
      edit(rows, 'r1', { 'milestone.P1': '=HYPERLINK("x")', 'milestone.P2': '改' }),
      edit(rows, 'r2', { 'milestone.P1': '新增11个' }),
    ])
    expect(receipt.rows.map(({ outcome }) => outcome)).toEqual(['blocked', 'applied'])
    expect(receipt.rows[0]?.blocked[0]).toMatchObject({ code: 'text/formula-like', column: 'milestone.P1' })
    const after = await pull(planId, keys.edu)
    expect(after[0]).toEqual(rows[0])
    expect(after[1]?.cells['milestone.P1']).toBe('新增11个')
  })

  test('a blocked row counts once and as that alone: nothing of it is held, converged or in conflict', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(rows, 'r2', { 'milestone.P1': '同', 'milestone.P2': '异' })])
    const cells = { 'milestone.P1': '同', 'milestone.P2': '另一种', 'milestone.P3': '' }
    const blocked = await receiptOf(planId, keys.edu, [
      edit(rows, 'r2', { ...cells, 'milestone.P2': '=1+1' }),
      edit(rows, 'r1', { 'milestone.P1': '=1', 'milestone.P2': '=2' }),
    ])
    expect(blocked.rows.map(({ blocked: errors }) => errors.length)).toEqual([1, 2])
    expect(blocked.totals).toEqual({ applied: 0, converged: 0, conflicts: 0, held: 0, notWritable: 0, blocked: 2 })
    expect(blocked.rows[0]).toMatchObject({ outcome: 'blocked', applied: [], converged: [], conflicts: [], held: [] })
    const mended = await receiptOf(planId, keys.edu, [edit(rows, 'r2', cells)])
    expect(mended.totals).toMatchObject({ converged: 1, conflicts: 1, held: 1, blocked: 0 })
  })

  test('a formula-like text is blocked even where it would only be kept in a conflict', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.health, [edit(await pull(planId, keys.health), 'r2', { 'milestone.P1': '新增12个' })])
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r2', { 'milestone.P1': '=1+1' })])
    expect(receipt.rows[0]?.outcome).toBe('blocked')
    expect(receipt.totals.conflicts).toBe(0)
  })

  test('a cleared text is held, and once its clearing is confirmed the row answers for the blank', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const cleared = edit(rows, 'r1', { 'milestone.P2': '', 'milestone.P3': '改造5所' })
    const held = await receiptOf(planId, keys.edu, [cleared])
    expect(held.rows[0]?.outcome).toBe('partly')
    expect(held.rows[0]?.held).toEqual([{ column: 'milestone.P2', head: '改造2所' }])
    const [between] = await pull(planId, keys.edu)
    expect(between?.cells).toMatchObject({ 'milestone.P2': '改造2所', 'milestone.P3': '改造5所' })

    const clears = [{ rowId: 'r1', column: 'milestone.P2' }]
    const confirmed = await receiptOf(planId, keys.edu, [cleared], { clears })
    expect(confirmed.rows[0]?.held).toEqual([])
    expect(confirmed.rows[0]?.blocked[0]).toMatchObject({ column: 'milestone.P2' })
    expect((await pull(planId, keys.edu))[0]).toEqual(between)
  })

  test('a confirmed span covering a text applies; without confirmation it is held', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const { 'milestone.P2': _, ...cells } = rows[0]!.cells
    const spanned = {
      rowId: 'r1',
      baseVer: rows[0]!.ver,
      cells: { ...cells, 'milestone.P1': '完成选址并改造2所' },
      spans: { 'milestone.P1': 2 },
    }
    const held = await receiptOf(planId, keys.edu, [spanned])
    expect(held.rows[0]?.outcome).toBe('held')
    const clears = [{ rowId: 'r1', column: 'milestone.P2' }]
    const applied = await receiptOf(planId, keys.edu, [spanned], { clears })
    expect(applied.rows[0]?.outcome).toBe('applied')
    const [after] = await pull(planId, keys.edu)
    expect(after?.spans).toEqual({ 'milestone.P1': 2 })
    expect(after?.cells).not.toHaveProperty('milestone.P2')
  })

  test('a row whose periods nobody confirmed stays so, whatever else is written in it', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.water)
    await receiptOf(planId, keys.water, [edit(rows, 'r4', { 'milestone.P3': '整治7公里' })])
    const after = (await pull(planId, keys.water)).find(({ rowId }) => rowId === 'r4')
    expect(after).toMatchObject({ spansConfirmed: false, cells: { 'milestone.P3': '整治7公里' } })
  })

  test('an unknown column is held, never dropped in silence', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const receipt = await receiptOf(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P9': '第九期' })])
    expect(receipt.rows[0]?.held).toEqual([{ column: 'milestone.P9', head: '' }])
  })

  test('the commission adds a row after its predecessor and deletes an unchanged one', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.commission)
    const cells = { ...rows[0]!.cells, number: '5', task: '新建公园1座', leadUnits: '县水利局' }
    const receipt = await receiptOf(
      planId,
      keys.commission,
      [edit(rows, 'r1', {}), { rowId: 'r9', baseVer: 0, cells }, edit(rows, 'r2', {})],
      { deletes: [{ rowId: 'r3', baseVer: rows[2]!.ver }] },
    )
    expect(receipt.rows.map(({ rowId, outcome }) => [rowId, outcome])).toEqual([
      ['r1', 'unchanged'],
      ['r9', 'inserted'],
      ['r2', 'unchanged'],
      ['r3', 'deleted'],
    ])
    const after = await pull(planId, keys.commission)
    expect(after.map(({ rowId }) => rowId)).toEqual(['r1', 'r9', 'r2', 'r4'])
    expect(after[1]?.lead).toEqual(['县水利局'])
    expect((await pull(planId, keys.water)).map(({ rowId, role }) => [rowId, role])).toEqual([
      ['r9', 'lead'],
      ['r4', 'lead'],
    ])
    const reused = await submit(planId, keys.commission, [{ rowId: 'r3', baseVer: 0, cells }])
    expect([reused.status, codeOf(reused)]).toEqual([409, 'row-id-deleted'])
  })
})

describe('a submission is refused as a whole', () => {
  const cases: [string, number, string, (rows: Awaited<ReturnType<typeof pull>>) => Parameters<typeof submit>[2]][] = [
    ['when a row id stands twice', 422, 'duplicate-row-id', (rows) => [edit(rows, 'r1', {}), edit(rows, 'r1', {})]],
    [
      'when its base is newer than the head',
      409,
      'base-unknown',
      (rows) => [{ ...edit(rows, 'r1', {}), baseVer: 999_999 }],
    ],
    [
      'when its base was never a version of the row',
      409,
      'base-unknown',
      (rows) => [{ ...edit(rows, 'r1', {}), baseVer: rows[0]!.ver - 1 || 999 }],
    ],
    [
      'when ids are shifted against tasks',
      422,
      'row-identity-suspect',
      (rows) => [edit(rows, 'r1', { task: rows[1]!.cells.task! })],
    ],
    [
      'when a text holds a NUL',
      422,
      'illegal-character',
      (rows) => [edit(rows, 'r1', { 'milestone.P1': '甲\u0000乙' })],
    ],
    [
      'when a text holds half a character',
      422,
      'illegal-character',
      (rows) => [edit(rows, 'r1', { 'milestone.P1': '甲\ud800' })],
    ],
    [
      'when a column is named like something every object has',
      422,
      'invalid',
      (rows) => [edit(rows, 'r1', { constructor: '甲' })],
    ],
    [
      'when a span leaves the milestones',
      422,
      'invalid',
      (rows) => [{ ...edit(rows, 'r1', {}), spans: { 'milestone.P3': 2 } }],
    ],
  ]
  test.each(cases)('%s', async (_, status, code, make) => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const reply = await submit(planId, keys.edu, make(rows))
    expect([reply.status, codeOf(reply)]).toEqual([status, code])
    expect(reply.headers.get('content-type')).toContain('application/problem+json')
    expect(await pull(planId, keys.edu)).toEqual(rows)
  })

  test('and leaves its idempotency key free for the request that was mended', async () => {
    const planId = await createPlan(keys)
    const good = edit(await pull(planId, keys.edu), 'r1', { 'milestone.P1': '改' })
    const refused = await submit(planId, keys.edu, [{ ...good, baseVer: 999_999 }], {}, `${planId}-mended`)
    expect(codeOf(refused)).toBe('base-unknown')
    const receipt = await receiptOf(planId, keys.edu, [good], {}, `${planId}-mended`)
    expect([receipt.replayed, receipt.totals.applied]).toEqual([false, 1])
  })

  test('when a unit deletes, when the plan is issued, and its body is kept', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.edu)
    const deleting = await submit(planId, keys.edu, [], { deletes: [{ rowId: 'r1', baseVer: rows[0]!.ver }] })
    expect([deleting.status, codeOf(deleting)]).toEqual([403, 'delete-not-allowed'])
    const issue = { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' }
    const issued = await call(`/api/plans/${planId}/issue`, { key: keys.commission, body: issue })
    expect(issued.status).toBe(200)
    const late = await submit(planId, keys.edu, [edit(rows, 'r1', { 'milestone.P1': '迟到' })])
    expect([late.status, codeOf(late)]).toEqual([409, 'plan-not-collecting'])
    const list = await call(`/api/plans/${planId}/submissions`, { key: keys.edu })
    expect((list.json as { submissions: { status: string }[] }).submissions.map(({ status }) => status)).toEqual([
      'refused',
      'refused',
    ])
  })
})
