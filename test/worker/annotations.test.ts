/** Reasons, answers and withdrawals: who may give them, what they explain, and how long they stand. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { annotatedText, issueKey } from '../../domain/annotation.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { AnnotationList, Master, type Receipt, type ServerRow } from '../../domain/protocol.ts'
import { extractQuantities } from '../../domain/quantity.ts'
import { rowTargets } from '../../domain/target-task.ts'
import { checkTargets, subjectsOf } from '../../domain/targets.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import {
  call,
  codeOf,
  createPlan,
  edit,
  type Keys,
  planFile,
  pull,
  type Reply,
  receiptOf,
  seedKeys,
  send,
} from './county.ts'
import { seal, verify } from './record-tools.ts'
import { addKey, setSignOff } from './sign-off.ts'

let keys: Keys
beforeAll(async () => {
  keys = await seedKeys()
})

const SLIP = '完成选址，，报批'
const CODE = 'punctuation/doubled'
const ABOUT_SLIP = { rowId: 'r1', column: 'milestone.P1', code: CODE, ofText: SLIP }
const REASON = { ...ABOUT_SLIP, kind: 'reason', text: '原文如此' }
const WITHDRAWAL = { ...ABOUT_SLIP, kind: 'withdrawal', text: '' }

function annotate(planId: string, key: string, annotations: object[], more: object = {}): Promise<Reply> {
  return call(`/api/plans/${planId}/annotations`, { key, body: { annotations }, ...more })
}

/** What a reader is told, as kind, maker and text. */
function told(reply: Reply): string[] {
  expect([reply.status, reply.json]).toEqual([200, expect.anything()])
  return AnnotationList.parse(reply.json).annotations.map(({ kind, by, text }) => `${kind} ${by} ${text}`)
}

const list = async (planId: string, key: string) => told(await call(`/api/plans/${planId}/annotations`, { key }))

async function masterOf(planId: string): Promise<Master> {
  return Master.parse((await call(`/api/plans/${planId}/master`, { key: keys.commission })).json)
}

/** A plan in which the first milestone of r1 has a slip, as 县教委 wrote it. */
async function withSlip(): Promise<string> {
  const planId = await createPlan(keys)
  await write(planId, 'r1', SLIP)
  return planId
}

async function write(planId: string, rowId: string, text: string, key = keys.edu, more = {}): Promise<Receipt> {
  return receiptOf(planId, key, [edit(await pull(planId, key), rowId, { 'milestone.P1': text })], more)
}

const post = (planId: string, what: string, body: object) =>
  call(`/api/plans/${planId}/${what}`, {
    key: keys.commission,
    headers: { 'Idempotency-Key': crypto.randomUUID() },
    body,
  })

const countStored = () => env.DB.prepare('SELECT count(*) AS n FROM annotation').first<number>('n')

describe('a reason', () => {
  test('explains its warning in the rows, in the master and in the counts of the unit', async () => {
    const planId = await withSlip()
    expect(told(await annotate(planId, keys.edu, [REASON]))).toEqual(['reason 县教委 原文如此'])
    const [row] = await pull(planId, keys.edu)
    expect(row?.annotations).toMatchObject([{ ...REASON, by: '县教委' }])
    expect(row?.issues).toMatchObject([{ code: CODE, reason: { text: '原文如此', by: '县教委' } }])
    const { issues, status } = await masterOf(planId)
    expect(issues.filter(({ code }) => code === CODE)).toMatchObject([{ reason: { text: '原文如此' } }])
    expect(status[0]).toMatchObject({ unit: '县教委', warnings: 1, explained: 1 })
  })

  test('given with a submission explains in its receipt; one that was given before does so in later receipts', async () => {
    const planId = await createPlan(keys)
    const reasons = [{ rowId: 'r1', column: 'milestone.P1', code: CODE, reason: '随表说明' }]
    const explained = ({ issues }: Receipt) => issues.filter(({ code }) => code === CODE).map(({ reason }) => reason)
    const first = await write(planId, 'r1', SLIP, keys.edu, { reasons })
    expect(explained(first)).toMatchObject([{ text: '随表说明', by: '县教委' }])
    expect(explained(await write(planId, 'r1', SLIP))).toMatchObject([{ text: '随表说明', by: '县教委' }])
    await annotate(planId, keys.commission, [{ ...REASON, text: '可以保留' }])
    expect(explained(await write(planId, 'r1', SLIP))).toMatchObject([{ text: '可以保留', by: '测试县发展改革委' }])
  })

  test('explains no error, and nothing of another column, code or text', async () => {
    const planId = await withSlip()
    await annotate(planId, keys.edu, [
      { ...REASON, column: 'milestone.P2', ofText: '改造2所' },
      { ...REASON, code: 'space/stray' },
      { ...REASON, ofText: '完成选址。。' },
      { ...REASON, code: 'text/formula-like', ofText: '=1，，' },
    ])
    const { issues } = await write(planId, 'r1', '=1，，')
    expect(issues.map(({ code, severity }) => [code, severity])).toContainEqual(['text/formula-like', 'error'])
    expect(issues.filter(({ reason }) => reason)).toEqual([])
    expect((await masterOf(planId)).issues.filter(({ reason }) => reason)).toEqual([])
  })

  test('lapses when its text changes and stands again with it', async () => {
    const planId = await withSlip()
    await annotate(planId, keys.edu, [REASON])
    await write(planId, 'r1', '完成选址。。')
    // Its maker may still have the text in a sheet; nobody else is told of it.
    expect(await list(planId, keys.edu)).toEqual(['reason 县教委 原文如此'])
    expect(await list(planId, keys.commission)).toEqual([])
    const isExplained = async () => (await masterOf(planId)).issues.some(({ reason }) => reason !== undefined)
    expect(await isExplained()).toBe(false)
    await write(planId, 'r1', SLIP)
    expect(await list(planId, keys.commission)).toEqual(['reason 县教委 原文如此'])
    expect(await isExplained()).toBe(true)
  })

  test('of a text that has yet to be sent waits for it, unseen by others', async () => {
    const planId = await createPlan(keys)
    expect(told(await annotate(planId, keys.edu, [REASON]))).toEqual(['reason 县教委 原文如此'])
    expect(await list(planId, keys.commission)).toEqual([])
    expect((await pull(planId, keys.supervision)).flatMap(({ annotations = [] }) => annotations)).toEqual([])
    const { issues } = await write(planId, 'r1', SLIP)
    expect(issues).toMatchObject([{ code: CODE, reason: { text: '原文如此' } }])
    expect(await list(planId, keys.commission)).toEqual(['reason 县教委 原文如此'])
  })

  test('is replaced by a later one, and the ETag of the master with it', async () => {
    const planId = await withSlip()
    const etag = async () => (await call(`/api/plans/${planId}/master`, { key: keys.commission })).headers.get('etag')
    const before = await etag()
    await annotate(planId, keys.edu, [REASON])
    const first = await etag()
    expect(first).not.toBe(before)
    await annotate(planId, keys.edu, [
      { ...REASON, text: '先说的' },
      { ...REASON, text: '后说的' },
    ])
    expect(await list(planId, keys.edu)).toEqual(['reason 县教委 后说的'])
    expect(await etag()).not.toBe(first)
  })
})

describe('an answer', () => {
  const code = 'target/ambiguous#学校 5所'
  const answer = (ofText: string) => ({ rowId: 'r1', code, kind: 'answer', text: 'cumulative', ofText })

  test('stands while target and milestones read the same, whatever cell it points at', async () => {
    const planId = await createPlan(keys)
    const spec = breakdownSpec({ ...planFile(planId).plan, state: 'collecting' })
    const textOf = async () => annotatedText(spec, (await pull(planId, keys.edu))[0] as ServerRow, { code })
    const given = answer(await textOf())
    expect(told(await annotate(planId, keys.edu, [{ ...given, column: 'milestone.P3' }]))).toEqual([
      'answer 县教委 cumulative',
    ])
    await write(planId, 'r1', '完成选址 ')
    expect(await list(planId, keys.commission)).toEqual(['answer 县教委 cumulative'])
    await write(planId, 'r1', '改造1所')
    expect(await list(planId, keys.commission)).toEqual([])
  })

  test('settles its question in rows, receipts and the master, until the figures change', async () => {
    const planId = await createPlan(keys)
    const spec = breakdownSpec({ ...planFile(planId).plan, state: 'collecting' })
    const report = async (first: string) => {
      const cells = { 'milestone.P1': first, 'milestone.P2': '新增30个', 'milestone.P3': '新增50个' }
      return receiptOf(planId, keys.health, [edit(await pull(planId, keys.health), 'r2', cells)])
    }
    const asks = (issues: { code: string }[] = []) => issues.filter((issue) => issue.code === 'target/ambiguous')
    const [question] = asks((await report('新增10个')).issues) as Receipt['issues']
    expect(question).toMatchObject({ severity: 'ask', rowId: 'r2' })
    const { column } = question!
    const key = issueKey(question!)
    const [r2] = await pull(planId, keys.health)
    const ofText = annotatedText(spec, r2!, { code: key, column })
    await annotate(planId, keys.health, [
      { rowId: 'r2', column, code: key, kind: 'answer', text: 'cumulative', ofText },
    ])
    expect(asks((await pull(planId, keys.health))[0]?.issues)).toEqual([])
    expect(asks((await masterOf(planId)).issues)).toEqual([])
    expect(asks((await report('新增10个 ')).issues)).toEqual([])
    expect(asks((await report('新增11个')).issues)).toHaveLength(1)
  })

  test('holds for the text that it was given for, however that text comes into the plan', async () => {
    const running = ['新增学位500个', '新增学位800个', '新增学位800个']
    const planId = await createPlan(keys, (file) => ({
      ...file,
      rows: file.rows.map((one) => ({ ...one, cells: { ...one.cells, task: '新增学位不超过2000个' } })),
    }))
    const spec = breakdownSpec({ ...planFile(planId).plan, state: 'collecting' })
    const old = await pull(planId, keys.edu)
    const cells = Object.fromEntries(running.map((words, i) => [`milestone.P${i + 1}`, words]))
    const totals = { ...old[0]!, cells: { ...old[0]!.cells, ...cells } }
    const [check] = checkTargets(rowTargets(spec, totals)!.task)
    const about = `target/${check!.verdict}#${subjectsOf([check!.target])[0]}`
    await annotate(planId, keys.edu, [{ ...answer(annotatedText(spec, totals, { code: about })), code: about }])
    await receiptOf(planId, keys.commission, [
      edit(await pull(planId, keys.commission), 'r1', { 'milestone.P3': '验收' }),
    ])
    const receipt = await receiptOf(planId, keys.edu, [edit(old, 'r1', cells)])
    const [conflict] = receipt.rows[0]!.conflicts
    const decided = await call(`/api/conflicts/${conflict!.id}/resolution`, {
      key: keys.commission,
      body: { choose: 'submitted', reason: '以单位报送为准', ver: receipt.rows[0]!.ver },
    })
    expect([decided.status, decided.json]).toEqual([200, expect.anything()])
  })

  test('stands beside a reason for the same question, and goes with it', async () => {
    const planId = await createPlan(keys)
    const spec = breakdownSpec({ ...planFile(planId).plan, state: 'collecting' })
    const ofText = annotatedText(spec, (await pull(planId, keys.edu))[0] as ServerRow, { code })
    const given = answer(ofText)
    const both = [{ ...given, kind: 'reason', text: '数据由学校提供' }, given]
    expect(told(await annotate(planId, keys.edu, both))).toHaveLength(2)
    expect(told(await annotate(planId, keys.edu, [{ ...given, kind: 'withdrawal', text: '' }]))).toEqual([])
  })
})

describe('a withdrawal', () => {
  const slip = '新增10个，，'
  const about = { rowId: 'r2', column: 'milestone.P1', code: CODE, ofText: slip }
  const reason = (text: string) => ({ ...about, kind: 'reason', text })
  const withdrawal = { ...about, kind: 'withdrawal', text: '' }

  test('takes back what its unit said, of whatever text, and what it says again stands', async () => {
    const planId = await withSlip()
    await annotate(planId, keys.edu, [REASON])
    await write(planId, 'r1', '完成选址。。')
    expect(told(await annotate(planId, keys.edu, [{ ...WITHDRAWAL, ofText: '完成选址。。' }]))).toEqual([])
    await write(planId, 'r1', SLIP)
    expect(await list(planId, keys.edu)).toEqual([])
    expect((await masterOf(planId)).issues.filter(({ reason: given }) => given)).toEqual([])
    expect(told(await annotate(planId, keys.edu, [REASON]))).toEqual(['reason 县教委 原文如此'])
  })

  test('of a unit reaches the commission’s word, not a joint lead’s; the commission’s reaches all', async () => {
    const planId = await createPlan(keys)
    await write(planId, 'r2', slip)
    await annotate(planId, keys.edu, [reason('教委说')])
    await annotate(planId, keys.commission, [reason('发改委说')])
    expect(await list(planId, keys.health)).toEqual(['reason 测试县发展改革委 发改委说'])
    expect(told(await annotate(planId, keys.health, [withdrawal]))).toEqual(['reason 县教委 教委说'])
    expect(told(await annotate(planId, keys.commission, [withdrawal]))).toEqual([])
  })

  test('of nothing changes nothing', async () => {
    const planId = await withSlip()
    expect(told(await annotate(planId, keys.edu, [WITHDRAWAL]))).toEqual([])
  })
})

describe('pages of the list', () => {
  const page = async (planId: string, query: string, key = keys.commission) =>
    AnnotationList.parse((await call(`/api/plans/${planId}/annotations${query}`, { key })).json)

  test('hold together what the whole list holds, row by row, also where a page says nothing', async () => {
    const planId = await createPlan(keys)
    const of = (rowId: string, ofText: string) => ({ ...REASON, rowId, ofText })
    await annotate(planId, keys.commission, [of('r1', '完成选址'), of('r4', '整治4公里')])
    const whole = await page(planId, '')
    expect([whole.annotations.map(({ rowId }) => rowId), whole.next]).toEqual([['r1', 'r4'], undefined])
    const read: AnnotationList[] = [await page(planId, '?limit=1')]
    for (let last = read[0]; last?.next !== undefined; last = read.at(-1)) {
      read.push(await page(planId, `?limit=1&cursor=${last.next}`))
    }
    expect(read.map(({ annotations, next }) => [annotations.length, next])).toEqual([
      [1, 'r1'],
      [0, 'r2'],
      [0, 'r3'],
      [1, undefined],
    ])
    expect(read.flatMap(({ annotations }) => annotations)).toEqual(whole.annotations)
    expect(await page(planId, '?cursor=r3')).toEqual({ annotations: whole.annotations.slice(1) })
  })

  test('hold for a unit only what it may read', async () => {
    const planId = await createPlan(keys)
    await annotate(planId, keys.commission, [{ ...REASON, ofText: '完成选址' }])
    expect(await page(planId, '?limit=1', keys.water)).toEqual({ annotations: [], next: 'r1' })
  })

  test.each(['limit=0', 'limit=1001', 'cursor='])('are not made of ?%s', async (query) => {
    const planId = await createPlan(keys)
    expect(codeOf(await call(`/api/plans/${planId}/annotations?${query}`, { key: keys.commission }))).toBe('invalid')
  })

  test('are not told of a plan that is not there', async () => {
    expect(codeOf(await call('/api/plans/nowhere/annotations?limit=5', { key: keys.edu }))).toBe('plan-not-found')
  })
})

describe('who may say something', () => {
  test('a unit only of cells that are its to write, in rows that it leads', async () => {
    const planId = await createPlan(keys)
    const refused = async (key: string, annotation: object) => {
      const before = await countStored()
      const reply = await annotate(planId, key, [REASON, annotation])
      expect(await countStored()).toBe(before)
      const { errors = [] } = reply.json as { errors?: { pointer: string }[] }
      return [reply.status, codeOf(reply), ...errors.map(({ pointer }) => pointer)]
    }
    const task = { ...REASON, column: 'task', ofText: '改造学校5所' }
    expect(await refused(keys.edu, task)).toEqual([403, 'role-not-allowed', '/annotations/1/rowId'])
    // Supports it.
    expect(await refused(keys.edu, { ...REASON, rowId: 'r3' })).toEqual([
      403,
      'role-not-allowed',
      '/annotations/1/rowId',
    ])
    expect(await refused(keys.edu, { ...REASON, rowId: 'r4' })).toEqual([404, 'row-not-found', '/annotations/1/rowId'])
    expect(await refused(keys.commission, { ...REASON, rowId: 'r9' })).toEqual([
      404,
      'row-not-found',
      '/annotations/1/rowId',
    ])
    expect(told(await annotate(planId, keys.commission, [task, { ...REASON, rowId: 'r4' }]))).toHaveLength(2)
  })

  test('a row that was deleted takes nothing', async () => {
    const planId = await createPlan(keys)
    const [r1] = await pull(planId, keys.commission)
    await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: r1!.ver }] })
    expect(codeOf(await annotate(planId, keys.edu, [REASON]))).toBe('row-not-found')
    expect(codeOf(await annotate(planId, keys.commission, [REASON]))).toBe('row-not-found')
  })

  test('a lead also once texts are issued, nobody once the plan is archived', async () => {
    const planId = await withSlip()
    expect((await post(planId, 'issue', { documentNumber: '测府办〔2023〕1号', issuedOn: '2023-11-10' })).status).toBe(
      200,
    )
    expect(told(await annotate(planId, keys.edu, [REASON]))).toEqual(['reason 县教委 原文如此'])
    expect((await post(planId, 'archive', { reason: '年度结束' })).status).toBe(200)
    for (const key of [keys.edu, keys.commission]) {
      expect(codeOf(await annotate(planId, key, [WITHDRAWAL]))).toBe('plan-archived')
    }
    expect(await list(planId, keys.edu)).toEqual(['reason 县教委 原文如此'])
  })

  test('where a reviewer signs off, not the one who prepares: no office sees a text before its release', async () => {
    const planId = await withSlip()
    await setSignOff(planId, 'reviewer')
    const { key } = await addKey('handler', 'u-edu')
    expect(codeOf(await annotate(planId, key, [REASON]))).toBe('duty-not-allowed')
    expect(told(await annotate(planId, keys.edu, [REASON]))).toEqual(['reason 县教委 原文如此'])
  })
})

test.each([
  ['an answer that is none', { kind: 'answer', code: 'target/ambiguous#岗位', text: '增量' }, 'text'],
  ['an answer to what asks nothing', { kind: 'answer', text: 'increment' }, 'code'],
  ['an answer without its subject', { kind: 'answer', code: 'target/ambiguous#', text: 'increment' }, 'code'],
  ['a reason without words', { text: ' \n' }, 'text'],
  ['a withdrawal with words', { kind: 'withdrawal' }, 'text'],
  ['a column that is none', { column: 'milestone.P9' }, 'column'],
  ['a cell longer than any', { ofText: '长'.repeat(32_768) }, 'ofText'],
  ['a code of nothing', { code: '' }, 'code'],
  ['a kind that is none', { kind: 'opinion' }, 'kind'],
  ['a text that reorders what is shown', { text: '原文\u202E如此' }, 'text'],
])('%s is refused and located, and nothing beside it is stored', async (_, wrong, field) => {
  const planId = await createPlan(keys)
  const before = await countStored()
  const reply = await annotate(planId, keys.edu, [REASON, { ...REASON, ...wrong }])
  expect(reply.status).toBe(422)
  const { errors } = reply.json as { errors: { pointer: string }[] }
  expect(errors.map(({ pointer }) => pointer)).toEqual([`/annotations/1/${field}`])
  expect(await countStored()).toBe(before)
})

test('more than a request takes are refused', async () => {
  const planId = await createPlan(keys)
  for (const annotations of [[], Array.from({ length: 501 }, () => REASON)]) {
    expect([annotations.length, (await annotate(planId, keys.edu, annotations)).status]).toEqual([
      annotations.length,
      422,
    ])
  }
  expect(
    (
      await annotate(
        planId,
        keys.edu,
        Array.from({ length: 200 }, () => REASON),
      )
    ).status,
  ).toBe(200)
})

test('what is said of ever other long texts does not make the rows longer to read without end', async () => {
  const planId = await withSlip()
  await annotate(planId, keys.edu, [REASON])
  const about = (i: number) => ({ rowId: 'r1', code: `other/code-${i}`, kind: 'reason', text: '说明' })
  const long = Array.from({ length: 9 }, (_, i) => ({ ...about(i), ofText: '长'.repeat(100_000) }))
  await annotate(planId, keys.edu, long)
  const [r1] = await pull(planId, keys.edu)
  expect(r1?.annotations?.map(({ code }) => code)).toEqual(['other/code-6', 'other/code-7', 'other/code-8'])
  // Longer than all that is read, and yet there; what is said last always counts.
  await annotate(planId, keys.edu, [{ ...about(9), ofText: '长'.repeat(400_000) }])
  await annotate(planId, keys.edu, [REASON])
  expect(await list(planId, keys.edu)).toEqual(['reason 县教委 原文如此', 'reason 县教委 说明'])
})

describe('the same request again', () => {
  test('is stored once and answered as things are now; for another body its key is refused', async () => {
    const planId = await withSlip()
    const headers = { 'Idempotency-Key': `${planId}-once` }
    const before = (await countStored()) ?? 0
    await annotate(planId, keys.edu, [REASON], { headers })
    await annotate(planId, keys.commission, [{ ...REASON, text: '可以保留' }])
    expect(told(await annotate(planId, keys.edu, [REASON], { headers }))).toContain('reason 测试县发展改革委 可以保留')
    expect(await countStored()).toBe(before + 2)
    expect(codeOf(await annotate(planId, keys.edu, [WITHDRAWAL], { headers }))).toBe('idempotency-key-reused')
  })

  test('is done also once nothing more could be said', async () => {
    const planId = await withSlip()
    const headers = { 'Idempotency-Key': `${planId}-before` }
    await annotate(planId, keys.edu, [REASON], { headers })
    await post(planId, 'issue', { documentNumber: '测府办〔2023〕1号', issuedOn: '2023-11-10' })
    await post(planId, 'archive', { reason: '年度结束' })
    expect(told(await annotate(planId, keys.edu, [REASON], { headers }))).toEqual(['reason 县教委 原文如此'])
  })

  test('is found done where the database’s answer was lost', async () => {
    const planId = await withSlip()
    const before = (await countStored()) ?? 0
    let batches = 0
    const db = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: async (statements: D1PreparedStatement[]) => {
        const results = await env.DB.batch(statements)
        if (statements.length < 6 && batches++ === 0) throw new Error('D1_ERROR: network connection lost')
        return results
      },
    } as unknown as D1Database
    const headers = { 'Idempotency-Key': `${planId}-lost` }
    expect(told(await annotate(planId, keys.edu, [REASON], { headers, db }))).toEqual(['reason 县教委 原文如此'])
    expect([batches, await countStored()]).toEqual([1, before + 1])
  })
})

test('the master workbook tells what was found, why it stays, and how the targets were answered', async () => {
  const planId = await withSlip()
  const [r2] = await pull(planId, keys.health)
  const spec = breakdownSpec({ ...planFile(planId).plan, state: 'collecting' })
  const [subject = ''] = subjectsOf(extractQuantities(r2!.cells.task!))
  const code = `target/ambiguous#${subject}`
  await annotate(planId, keys.edu, [REASON])
  const answer = { rowId: 'r2', code, kind: 'answer', text: 'increment' }
  await annotate(planId, keys.health, [{ ...answer, ofText: annotatedText(spec, r2!, { code }) }])
  const response = await send(`/api/plans/${planId}/master.xlsx`, { key: keys.commission })
  const { sheets } = await readWorkbook(new Uint8Array(await response.arrayBuffer()))
  const report = sheets.find(({ name }) => name === '校验报告')
  const lines = report!.grid.texts.map((row) => row.join('|'))
  expect(lines).toContainEqual(expect.stringMatching(/^1\|改造学校5所\|3月\|需处理\|.+\|原文如此（县教委）\|县教委$/))
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^2\|新增托位50个\|托位 50个\|各期合计与目标相符\|3月：10个；5月：20个；7月：20个\|.+各期为当期数（县卫生健康委）\|——$/s,
    ),
  )
})

test('a row that is deleted meanwhile is looked at again', async () => {
  const planId = await withSlip()
  const [r1] = await pull(planId, keys.commission)
  let isDeleted = false
  const db = {
    prepare: (sql: string) => env.DB.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      const results = await env.DB.batch(statements)
      if (statements.length > 6 && !isDeleted) {
        isDeleted = true
        await receiptOf(planId, keys.commission, [], { deletes: [{ rowId: 'r1', baseVer: r1!.ver }] })
      }
      return results
    },
  } as unknown as D1Database
  const before = await countStored()
  expect(codeOf(await annotate(planId, keys.edu, [REASON], { db }))).toBe('row-not-found')
  expect([isDeleted, await countStored()]).toEqual([true, before])
})

test('what is said is sealed, and a personal text in it can be erased', async () => {
  const secret = '某联系人0230-3333333'
  const planId = await withSlip()
  await annotate(planId, keys.edu, [{ ...REASON, text: `请问${secret}`, ofText: `完成选址，，${secret}` }])
  await annotate(planId, keys.edu, [REASON])
  await seal()
  const erased = await call(`/api/plans/${planId}/erasures`, {
    key: keys.commission,
    body: { text: secret, reason: '误录' },
  })
  // The annotation, and the request that brought it.
  expect([erased.status, erased.json]).toMatchObject([200, { erased: 2 }])
  const tables = await env.DB.batch(['annotation', 'submission'].map((name) => env.DB.prepare(`SELECT * FROM ${name}`)))
  expect(JSON.stringify(tables.map(({ results }) => results))).not.toContain(secret)
  await seal()
  expect(await verify()).toMatchObject({ findings: [], unsealed: {} })
  await expect(env.DB.prepare("UPDATE annotation SET text = '' WHERE 1").run()).rejects.toThrow('append_only')
  await expect(env.DB.prepare('DELETE FROM annotation').run()).rejects.toThrow('append_only')
})
