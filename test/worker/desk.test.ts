/** 审核台: what waits for the commission, until something settles it. */
import { beforeAll, describe, expect, test } from 'vitest'
import { call, codeOf, createPlan, edit, type Keys, pull, receiptOf, seedKeys } from './county.ts'
import { deskOf, judge } from './reviewing.ts'
import { addKey, setSignOff } from './sign-off.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const P1 = 'milestone.P1'

async function write(planId: string, key: string, rowId: string, cells: Record<string, string>, more = {}) {
  return receiptOf(planId, key, [edit(await pull(planId, key), rowId, cells)], more)
}

/** Changes the plan as the commission, and expects that it is done. */
async function post(planId: string, what: 'issue' | 'archive', body: object): Promise<void> {
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const { status } = await call(`/api/plans/${planId}/${what}`, { key: keys.commission, headers, body })
  expect(status).toBe(200)
}

describe('the queue', () => {
  test('has a row that a unit changed, against its first texts, then against those that passed', async () => {
    const planId = await createPlan(keys)
    expect((await deskOf(planId, keys)).queue).toEqual([])
    await write(planId, keys.edu, 'r1', { [P1]: '完成选址2处' })
    const [queued, ...others] = (await deskOf(planId, keys)).queue
    expect(others).toEqual([])
    expect(queued).toMatchObject({
      rowId: 'r1',
      number: '1',
      task: '改造学校5所',
      lead: ['县教委'],
      review: 'pending',
      by: '县教委',
      changes: [{ column: P1, old: '完成选址', new: '完成选址2处' }],
      returns: [],
    })
    await judge(planId, keys, { rowId: 'r1', kind: 'accept' })
    expect((await deskOf(planId, keys)).queue).toEqual([])
    await write(planId, keys.edu, 'r1', { [P1]: '完成选址3处' })
    expect((await deskOf(planId, keys)).queue[0]?.changes).toEqual([
      { column: P1, old: '完成选址2处', new: '完成选址3处' },
    ])
  })

  test('has a row that a unit confirmed as it stood, with no changes, and who sent it', async () => {
    const planId = await createPlan(keys)
    const { at } = await write(planId, keys.water, 'r3', {})
    expect((await deskOf(planId, keys)).queue).toMatchObject([
      { rowId: 'r3', by: '县水利局', at, hand: 'sent', changes: [] },
    ])
  })

  test('names of several lead units the one that changed the row, also when another sends it later as it stands', async () => {
    const planId = await createPlan(keys)
    const { at } = await write(planId, keys.health, 'r2', { [P1]: '新增15个' })
    await write(planId, keys.edu, 'r2', {})
    const [queued] = (await deskOf(planId, keys)).queue
    expect(queued).toMatchObject({ lead: ['县教委', '县卫生健康委'], by: '县卫生健康委', at })
    expect(queued).not.toHaveProperty('hand')
  })

  test('names who made the changes that stand, not who changed something and put it back', async () => {
    const planId = await createPlan(keys)
    await write(planId, keys.health, 'r2', { [P1]: '新增15个' })
    await write(planId, keys.edu, 'r2', { 'milestone.P2': '新增25个' })
    expect((await deskOf(planId, keys)).queue).toMatchObject([{ by: '县教委' }])
    await write(planId, keys.edu, 'r2', { 'milestone.P2': '新增20个' })
    expect((await deskOf(planId, keys)).queue).toMatchObject([{ by: '县卫生健康委', changes: [{ column: P1 }] }])
  })

  test('tells who sent a row that only got another 序号, not who renumbered it', async () => {
    const planId = await createPlan(keys)
    await write(planId, keys.water, 'r3', {})
    await write(planId, keys.edu, 'r3', {})
    await write(planId, keys.commission, 'r3', { number: '9' })
    expect((await deskOf(planId, keys)).queue).toMatchObject([
      { rowId: 'r3', by: '县水利局', hand: 'sent', changes: [{ column: 'number' }] },
    ])
  })

  test('tells who sent a row that passed and was then sent back, where nobody changed it since', async () => {
    const planId = await createPlan(keys)
    await write(planId, keys.edu, 'r1', { [P1]: '完成选址2处' })
    await judge(planId, keys, { rowId: 'r1', kind: 'accept' })
    await judge(planId, keys, { rowId: 'r1', kind: 'return', column: P1, text: '请写明地点' })
    expect((await deskOf(planId, keys)).queue).toMatchObject([{ by: '县教委', hand: 'sent', changes: [] }])
  })

  test('has what was sent back, with the reason, also of a row that nobody sent', async () => {
    const planId = await createPlan(keys)
    await judge(planId, keys, { rowId: 'r3', kind: 'return', column: P1, text: '请写明开工时间' })
    expect((await deskOf(planId, keys)).queue).toMatchObject([
      {
        rowId: 'r3',
        review: 'returned',
        by: '测试县发展改革委',
        hand: 'made',
        returns: [{ column: P1, reason: '请写明开工时间', by: '测试县发展改革委' }],
      },
    ])
  })

  test('tells changed spans', async () => {
    const planId = await createPlan(keys)
    const rows = await pull(planId, keys.water)
    const r4 = edit(rows, 'r4', {})
    await receiptOf(planId, keys.water, [{ ...r4, cells: { ...r4.cells, 'milestone.P2': '整治2公里' }, spans: {} }])
    const [queued] = (await deskOf(planId, keys)).queue
    expect(queued?.changes).toContainEqual({ column: P1, old: '整治4公里', new: '整治4公里', spans: [2, 1] })
    expect((await deskOf(planId, keys)).unconfirmedSpans).toBe(1)
  })
})

describe('a suggestion for a cell that is not the sender’s', () => {
  async function withSuggestion() {
    const planId = await createPlan(keys)
    const { submissionId, at } = await write(planId, keys.edu, 'r1', { task: '改造学校6所' })
    return { planId, submissionId, at }
  }
  const suggestions = async (planId: string) => (await deskOf(planId, keys)).suggestions

  test('waits with what the cell reads', async () => {
    const { planId, submissionId, at } = await withSuggestion()
    expect(await suggestions(planId)).toEqual([
      {
        rowId: 'r1',
        number: '1',
        task: '改造学校5所',
        lead: ['县教委'],
        by: '县教委',
        at,
        submissionId,
        column: 'task',
        head: '改造学校5所',
        submitted: '改造学校6所',
      },
    ])
  })

  test.each<[string, (planId: string) => Promise<unknown>]>([
    ['its unit sends the row without it', (planId) => write(planId, keys.edu, 'r1', {})],
    ['the cell is changed', (planId) => write(planId, keys.commission, 'r1', { task: '改造学校7所' })],
    ['the row passes', (planId) => judge(planId, keys, { rowId: 'r1', kind: 'accept' })],
  ])('waits no more once %s', async (_, settle) => {
    const { planId } = await withSuggestion()
    await settle(planId)
    expect(await suggestions(planId)).toEqual([])
  })

  test('waits on where another row, or the same by another unit, is sent', async () => {
    const planId = await createPlan(keys)
    await write(planId, keys.edu, 'r2', { task: '新增托位60个' })
    await write(planId, keys.health, 'r2', {})
    await write(planId, keys.edu, 'r1', {})
    expect(await suggestions(planId)).toMatchObject([{ rowId: 'r2', by: '县教委', submitted: '新增托位60个' }])
  })
})

describe('a blank over a text', () => {
  test('waits until it is confirmed, filled or overruled', async () => {
    const planId = await createPlan(keys)
    await write(planId, keys.edu, 'r1', { 'milestone.P3': '' })
    expect((await deskOf(planId, keys)).held).toMatchObject([
      { rowId: 'r1', column: 'milestone.P3', head: '改造3所', by: '县教委' },
    ])
    await write(planId, keys.edu, 'r1', { 'milestone.P3': '' }, { clears: [{ rowId: 'r1', column: 'milestone.P3' }] })
    expect((await deskOf(planId, keys)).held).toEqual([])
  })
})

describe('a row with errors', () => {
  test('waits with them until its unit sends it without', async () => {
    const planId = await createPlan(keys)
    await write(planId, keys.edu, 'r1', { [P1]: '=1' })
    const { blocked, queue } = await deskOf(planId, keys)
    expect(blocked).toMatchObject([{ rowId: 'r1', by: '县教委', issues: [{ code: 'text/formula-like', column: P1 }] }])
    expect(queue).toEqual([])
    await write(planId, keys.edu, 'r1', { [P1]: '完成选址1处' })
    expect((await deskOf(planId, keys)).blocked).toEqual([])
  })

  test('is found in a receipt too long for one row of the store', async () => {
    const long = '很长的文字，'.repeat(4_000)
    const planId = await createPlan(keys, (file) => ({
      ...file,
      rows: [
        ...file.rows,
        ...Array.from({ length: 12 }, (_, i) => ({
          ...file.rows[0]!,
          rowId: `x${i}`,
          cells: { ...file.rows[0]!.cells, number: String(i + 5), task: `任务${i}` },
        })),
      ],
    }))
    const rows = await pull(planId, keys.edu)
    await receiptOf(planId, keys.edu, [
      edit(rows, 'r1', { [P1]: '=1', task: '改造学校8所' }),
      ...Array.from({ length: 12 }, (_, i) => edit(rows, `x${i}`, { [P1]: long })),
    ])
    const { blocked, suggestions } = await deskOf(planId, keys)
    expect(blocked).toMatchObject([{ rowId: 'r1', issues: [{ code: 'text/formula-like' }] }])
    expect(suggestions).toMatchObject([{ submitted: '改造学校8所' }])
    await post(planId, 'issue', { documentNumber: '测府发〔2023〕2号', issuedOn: '2023-03-01' })
    expect((await deskOf(planId, keys)).suggestions).toMatchObject([{ submitted: '改造学校8所' }])
  })
})

test('conflicts and drafts are counted', async () => {
  const planId = await createPlan(keys)
  const stale = await pull(planId, keys.health)
  await write(planId, keys.edu, 'r2', { [P1]: '新增15个' })
  await receiptOf(planId, keys.health, [edit(stale, 'r2', { [P1]: '新增12个' })])
  await setSignOff(planId, 'reviewer')
  const { key } = await addKey('handler', 'u-edu')
  await write(planId, key, 'r1', { [P1]: '完成选址4处' })
  expect(await deskOf(planId, keys)).toMatchObject({ openConflicts: 1, openDrafts: 1, queue: [{ openConflicts: 1 }] })
})

test('an issued plan keeps only the suggestions; an archived one nothing', async () => {
  const planId = await createPlan(keys)
  await write(planId, keys.edu, 'r1', { task: '改造学校6所', 'milestone.P3': '' })
  await post(planId, 'issue', { documentNumber: '测府发〔2023〕1号', issuedOn: '2023-03-01' })
  expect(await deskOf(planId, keys)).toMatchObject({
    queue: [],
    held: [],
    blocked: [],
    suggestions: [{ column: 'task' }],
  })
  await post(planId, 'archive', { reason: '年度工作结束' })
  expect(await deskOf(planId, keys)).toMatchObject({ queue: [], held: [], blocked: [], suggestions: [] })
})

test('units may not read it, the supervision office may; unchanged it is not sent again', async () => {
  const planId = await createPlan(keys)
  const path = `/api/plans/${planId}/desk`
  expect(codeOf(await call(path, { key: keys.edu }))).toBe('role-not-allowed')
  const first = await call(path, { key: keys.supervision })
  const etag = first.headers.get('etag') ?? ''
  const again = () => call(path, { key: keys.supervision, headers: { 'If-None-Match': etag } })
  expect((await again()).status).toBe(304)
  await write(planId, keys.edu, 'r1', {})
  const changed = await again()
  expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false])
})
