/** 审核: who sends back and passes what, how long that stands, and what everybody is told of it. */
import { beforeAll, describe, expect, test } from 'vitest'
import { MAX_ANNOTATIONS, Master, type RefusalBody } from '../../domain/protocol.ts'
import { returnedIssues } from '../../domain/review.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { call, codeOf, createPlan, edit, type Keys, pull, receiptOf, seedKeys, send } from './county.ts'
import { judge, review, reviewOf, said } from './reviewing.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const P1 = 'milestone.P1'

/** 县教委 has sent in r1, changed as given. */
async function withSent(cells: Record<string, string> = { [P1]: '完成选址2处' }): Promise<string> {
  const planId = await createPlan(keys)
  await write(planId, cells)
  return planId
}

async function write(planId: string, cells: Record<string, string>, key = keys.edu) {
  return receiptOf(planId, key, [edit(await pull(planId, key), 'r1', cells)])
}

async function historyOf(planId: string, key: string) {
  return (await call(`/api/plans/${planId}/rows/r1/history`, { key })).json as {
    events: { kind: string; receipt?: string }[]
    reviews: { kind: string; by: string; column?: string; text: string }[]
  }
}

describe('a row', () => {
  test('waits from the first submission that changed or confirmed it, not from one of a unit that does not lead it', async () => {
    const planId = await createPlan(keys)
    expect(await reviewOf(planId, keys.edu, 'r1')).toBeUndefined()
    await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r1', {})])
    expect(await reviewOf(planId, keys.edu, 'r1')).toBe('pending')
    // r3 is only supported by 县教委.
    await receiptOf(planId, keys.edu, [edit(await pull(planId, keys.edu), 'r3', {})])
    expect(await reviewOf(planId, keys.commission, 'r3')).toBeUndefined()
  })

  test('does not wait while errors keep it out', async () => {
    const planId = await withSent({ [P1]: '=1' })
    expect(await reviewOf(planId, keys.commission, 'r1')).toBeUndefined()
  })

  test('of which a cell was sent back tells its unit so on that cell, until the cell is mended', async () => {
    const planId = await withSent()
    await judge(planId, keys, { rowId: 'r1', kind: 'return', column: P1 })
    const [row] = await pull(planId, keys.edu)
    expect(row?.review).toBe('returned')
    expect(returnedIssues(row?.annotations ?? [])).toMatchObject([
      {
        code: 'review/returned',
        rowId: 'r1',
        column: P1,
        params: { reason: '请写明具体数量', by: '测试县发展改革委' },
      },
    ])
    await write(planId, { 'milestone.P2': '改造3所' })
    expect(await reviewOf(planId, keys.edu, 'r1')).toBe('returned')
    await write(planId, { [P1]: '完成选址5处' })
    expect(await reviewOf(planId, keys.edu, 'r1')).toBe('pending')
    expect((await pull(planId, keys.edu))[0]?.annotations).toBeUndefined()
  })

  test('that passed waits again as soon as any of its texts changes, and has passed again where it is put back', async () => {
    const planId = await withSent()
    await judge(planId, keys, { rowId: 'r1', kind: 'accept' })
    expect(await reviewOf(planId, keys.supervision, 'r1')).toBe('accepted')
    await write(planId, { 'milestone.P3': '改造4所' })
    expect(await reviewOf(planId, keys.supervision, 'r1')).toBe('pending')
    await write(planId, { 'milestone.P3': '改造3所' })
    expect(await reviewOf(planId, keys.supervision, 'r1')).toBe('accepted')
  })

  test('that passed stays so where only its 序号 changes', async () => {
    const planId = await withSent()
    await judge(planId, keys, { rowId: 'r1', kind: 'accept' })
    await write(planId, { number: '11' }, keys.commission)
    expect(await reviewOf(planId, keys.edu, 'r1')).toBe('accepted')
  })

  test('that passes is sent back no more, also after it changes elsewhere', async () => {
    const planId = await withSent()
    await judge(planId, keys, { rowId: 'r1', kind: 'return', column: P1 }, { rowId: 'r1', kind: 'return' })
    await judge(planId, keys, { rowId: 'r1', kind: 'accept' })
    expect(await reviewOf(planId, keys.edu, 'r1')).toBe('accepted')
    await write(planId, { 'milestone.P3': '改造4所' })
    expect(await reviewOf(planId, keys.edu, 'r1')).toBe('pending')
    await judge(planId, keys, { rowId: 'r1', kind: 'return', column: P1 })
    expect(await reviewOf(planId, keys.edu, 'r1')).toBe('returned')
  })

  test('waits as before once the commission takes its word back', async () => {
    const planId = await withSent()
    await judge(planId, keys, { rowId: 'r1', kind: 'accept' })
    await judge(planId, keys, { rowId: 'r1', kind: 'withdrawal' })
    expect(await reviewOf(planId, keys.edu, 'r1')).toBe('pending')
    await judge(planId, keys, { rowId: 'r1', kind: 'return', column: P1 })
    await judge(planId, keys, { rowId: 'r1', kind: 'withdrawal', column: P1 })
    expect(await reviewOf(planId, keys.edu, 'r1')).toBe('pending')
    const { reviews } = await historyOf(planId, keys.edu)
    expect(reviews.map(({ kind, column }) => [kind, column])).toEqual([
      ['accept', undefined],
      ['withdrawal', undefined],
      ['return', P1],
      ['withdrawal', P1],
    ])
  })

  test('keeps what the commission said of it, however much its unit says', async () => {
    const planId = await withSent()
    await judge(planId, keys, { rowId: 'r1', kind: 'return', column: P1 })
    const reason = { rowId: 'r1', code: 'row/any', kind: 'reason', text: '说明' }
    for (let i = 0; i < 4; i++) {
      const [reply] = [await review(planId, keys.edu, [{ ...reason, ofText: String(i).repeat(400_000) }])]
      expect(reply.status).toBe(200)
    }
    expect(await reviewOf(planId, keys.edu, 'r1')).toBe('returned')
  })
})

describe('review is refused', () => {
  test('to everybody but the commission, withdrawals too', async () => {
    const planId = await withSent()
    await judge(planId, keys, { rowId: 'r1', kind: 'return', column: P1 })
    const rows = await pull(planId, keys.edu)
    for (const word of [
      { rowId: 'r1', kind: 'accept' },
      { rowId: 'r1', kind: 'return', column: P1 },
      { rowId: 'r1', kind: 'withdrawal', column: P1 },
      { rowId: 'r1', kind: 'withdrawal' },
    ] as const) {
      const reply = await review(planId, keys.edu, [said(rows, word)])
      expect([reply.status, codeOf(reply)]).toEqual([403, 'role-not-allowed'])
      expect((reply.json as RefusalBody).errors).toEqual([
        { pointer: '/annotations/0/kind', detail: 'role-not-allowed' },
      ])
    }
    expect((await review(planId, keys.supervision, [said(rows, { rowId: 'r1', kind: 'accept' })])).status).toBe(403)
    expect(await reviewOf(planId, keys.edu, 'r1')).toBe('returned')
  })

  test.each([
    ['通过 of a cell', { kind: 'accept', column: P1 }, 'column'],
    ['通过 with a text', { kind: 'accept', text: '很好' }, 'text'],
    ['通过 under another code', { kind: 'accept', code: 'row/any' }, 'code'],
    ['退回 without a reason', { kind: 'return', column: P1, text: ' \n' }, 'text'],
    ['退回 under another code', { kind: 'return', code: 'target/a#b' }, 'code'],
    ['退回 of a cell that no unit writes', { kind: 'return', column: 'task' }, 'column'],
    ['a reason under the code of review', { kind: 'reason', text: '说明' }, 'code'],
  ] as const)('for %s, and says where', async (_, word, field) => {
    const planId = await withSent()
    const rows = await pull(planId, keys.commission)
    const good = said(rows, { rowId: 'r2', kind: 'accept' })
    const reply = await review(planId, keys.commission, [good, said(rows, { rowId: 'r1', ...word })])
    expect([reply.status, (reply.json as RefusalBody).errors?.[0]?.pointer]).toEqual([422, `/annotations/1/${field}`])
    expect(await reviewOf(planId, keys.commission, 'r2')).toBeUndefined()
  })

  test('of a text that the row no longer has, and says which', async () => {
    const planId = await withSent()
    const rows = await pull(planId, keys.commission)
    await write(planId, { [P1]: '完成选址9处' })
    for (const word of [
      { rowId: 'r1', kind: 'accept' },
      { rowId: 'r1', kind: 'return', column: P1 },
    ] as const) {
      const reply = await review(planId, keys.commission, [
        said(rows, { rowId: 'r2', kind: 'accept' }),
        said(rows, word),
      ])
      expect([reply.status, codeOf(reply)]).toEqual([409, 'row-changed'])
      expect((reply.json as RefusalBody).errors?.map(({ pointer }) => pointer)).toEqual(['/annotations/1/ofText'])
    }
    expect(await reviewOf(planId, keys.commission, 'r2')).toBeUndefined()
    expect(await reviewOf(planId, keys.commission, 'r1')).toBe('pending')
  })

  test('once the plan is issued, which ends it: nothing is told of it but in the history', async () => {
    const planId = await withSent()
    await judge(planId, keys, { rowId: 'r1', kind: 'return', column: P1 })
    const issued = await call(`/api/plans/${planId}/issue`, {
      key: keys.commission,
      headers: { 'Idempotency-Key': crypto.randomUUID() },
      body: { documentNumber: '测府发〔2023〕1号', issuedOn: '2023-03-01' },
    })
    expect(issued.status).toBe(200)
    const rows = await pull(planId, keys.commission)
    const reply = await review(planId, keys.commission, [said(rows, { rowId: 'r1', kind: 'accept' })])
    expect([reply.status, codeOf(reply)]).toEqual([409, 'plan-not-collecting'])
    const [row] = await pull(planId, keys.edu)
    expect([row?.review, row?.annotations]).toEqual([undefined, undefined])
    expect((await historyOf(planId, keys.edu)).reviews).toMatchObject([{ kind: 'return', column: P1 }])
  })
})

test('many rows pass in one request; the same request again changes nothing', async () => {
  const planId = await withSent()
  const rows = await pull(planId, keys.commission)
  const words = rows.map(({ rowId }) => said(rows, { rowId, kind: 'accept' }))
  const same = { 'Idempotency-Key': `pass-${planId}` }
  expect((await review(planId, keys.commission, words, same)).status).toBe(200)
  expect((await review(planId, keys.commission, words, same)).status).toBe(200)
  expect((await pull(planId, keys.commission)).map((row) => row.review)).toEqual(rows.map(() => 'accepted'))
  expect((await historyOf(planId, keys.commission)).reviews).toHaveLength(1)
  expect(MAX_ANNOTATIONS).toBe(500)
})

test('the master tells each row, and each unit its counts', async () => {
  const planId = await withSent()
  await receiptOf(planId, keys.water, [edit(await pull(planId, keys.water), 'r3', {})])
  await judge(planId, keys, { rowId: 'r3', kind: 'accept' }, { rowId: 'r2', kind: 'return' })
  const master = Master.parse((await call(`/api/plans/${planId}/master`, { key: keys.commission })).json)
  expect(master.rows.map((row) => row.review)).toEqual(['pending', 'returned', 'accepted', undefined])
  const counts = master.status.map(({ unit, pending, returned, accepted }) => [unit, pending, returned, accepted])
  expect(counts).toEqual([
    ['县教委', 1, 1, 0],
    ['县卫生健康委', 0, 1, 0],
    ['县水利局', 0, 0, 1],
  ])
})

test('the workbook counts what waits, went back and passed, and marks the cells that went back', async () => {
  const planId = await withSent()
  await judge(planId, keys, { rowId: 'r1', kind: 'return', column: P1 }, { rowId: 'r3', kind: 'accept' })
  const file = await send(`/api/plans/${planId}/master.xlsx`, { key: keys.commission })
  const { sheets } = await readWorkbook(new Uint8Array(await file.arrayBuffer()))
  const texts = sheets.find(({ name }) => name === '报送情况')?.grid.texts ?? []
  const header = texts.find((line) => line.includes('待审')) ?? []
  const countsOf = (unit: string) => texts.find(([first]) => first === unit)?.slice(header.indexOf('待审'))
  expect(header.slice(-3)).toEqual(['待审', '退回', '通过'])
  expect([countsOf('县教委'), countsOf('县水利局')]).toEqual([
    ['0', '1', '0'],
    ['0', '0', '1'],
  ])
})
