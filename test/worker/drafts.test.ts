/** Sign-off: what a 经办 key sends waits for a 审核 key of its unit, and nothing of it is lost on the way. */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { DraftDetail, DraftInfo, DraftList, Receipt, type SubmissionList } from '../../domain/protocol.ts'
import { call, codeOf, edit, expectRebuildable, type Keys, NOW, pull, receiptOf, seedKeys, submit } from './county.ts'
import {
  addKey,
  createSignOffPlan,
  detail,
  draftOf,
  drafts,
  release,
  sendBack,
  setSignOff,
  textOf,
} from './sign-off.ts'

const P1 = 'milestone.P1'
const P2 = 'milestone.P2'

let keys: Keys
let handler: string
let handlerId: string
/** The unit's key of the seeds is one of 审核. */
let reviewer: string

beforeAll(async () => {
  keys = await seedKeys()
  const added = await addKey('handler', 'u-edu')
  handler = added.key
  handlerId = added.id
  reviewer = keys.edu
})

const masterText = async (planId: string, rowId: string, column: string) =>
  textOf(await pull(planId, keys.commission), rowId, column)
const listed = async (planId: string, key: string) =>
  ((await call(`/api/plans/${planId}/submissions`, { key })).json as SubmissionList).submissions
const issue = (planId: string) =>
  call(`/api/plans/${planId}/issue`, {
    key: keys.commission,
    body: { documentNumber: '测府办发〔2023〕1号', issuedOn: '2023-03-13' },
  })

describe('a 经办 key on a plan with sign-off', () => {
  test('gets what a dry run would say, with a draft, and changes nothing', async () => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    const sent = [edit(rows, 'r1', { [P1]: '完成选址和设计' }), edit(rows, 'r2', {})]
    const receipt = Receipt.parse(await receiptOf(planId, handler, sent))
    const tried = await call(`/api/plans/${planId}/submissions?dryRun=1`, {
      key: handler,
      body: { form: 'breakdown', specVersion: 1, rows: sent },
    })
    const { rows: outcomes, totals, issues } = tried.json as Receipt
    expect(receipt).toMatchObject({
      seq: null,
      number: '',
      dryRun: false,
      replayed: false,
      rows: outcomes,
      totals,
      issues,
    })
    expect(receipt.draftId).toBe(receipt.submissionId)
    expect(await pull(planId, handler)).toEqual(rows)
    expect(await listed(planId, handler)).toEqual([])
    const [draft, ...more] = DraftList.parse({ drafts: await drafts(planId, handler) }).drafts
    expect(more).toEqual([])
    expect(draft).toMatchObject({ id: receipt.draftId, by: '县教委', post: '经办岗', state: 'open', totals })
  })

  test('is answered the same when it asks again, and no other body under the same key counts', async () => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    const send = (text: string) => submit(planId, handler, [edit(rows, 'r1', { [P1]: text })], {}, `again-${planId}`)
    const first = (await send('甲')).json
    await issue(planId)
    expect((await send('甲')).json).toEqual({ ...(first as Receipt), replayed: true })
    const other = await send('乙')
    expect([other.status, codeOf(other)]).toEqual([422, 'idempotency-key-reused'])
    expect(await drafts(planId, handler)).toHaveLength(1)
  })

  test('makes one draft of one request that comes ten times at once', async () => {
    const planId = await createSignOffPlan(keys)
    const sent = [edit(await pull(planId, handler), 'r1', { [P1]: '同时' })]
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => submit(planId, handler, sent, {}, `at-once-${planId}`)),
    )
    expect(new Set(replies.map(({ json }) => (json as Receipt).draftId)).size).toBe(1)
    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(await drafts(planId, handler)).toHaveLength(1)
  })

  test('has its draft also where the answer of the store was lost', async () => {
    const planId = await createSignOffPlan(keys)
    const sent = [edit(await pull(planId, handler), 'r1', { [P1]: '失联' })]
    const receipt = await draftOf(planId, handler, sent, {}, `lost-${planId}`, losingAnswers())
    expect((await submit(planId, handler, sent, {}, `lost-${planId}`)).json).toEqual({ ...receipt, replayed: true })
    expect(await drafts(planId, handler)).toHaveLength(1)
  })

  test('shares its idempotency keys with the 审核 of its unit: the same request is a draft or a submission', async () => {
    const planId = await createSignOffPlan(keys)
    const sent = [edit(await pull(planId, handler), 'r1', { [P1]: '同一件' })]
    const send = (key: string, attempt: string, db?: D1Database) => submit(planId, key, sent, {}, attempt, db)
    // Each comes while the other is between reading and writing.
    const draftFirst = changingBefore(2, () => send(handler, `a-${planId}`))
    expect(((await send(reviewer, `a-${planId}`, draftFirst)).json as Receipt).draftId).toBeDefined()
    expect(await listed(planId, reviewer)).toEqual([])
    const submissionFirst = changingBefore(4, () => send(reviewer, `b-${planId}`))
    expect(((await send(handler, `b-${planId}`, submissionFirst)).json as Receipt).number).not.toBe('')
    expect(await drafts(planId, handler)).toHaveLength(1)
  })

  test('is refused as ever, and what it sent is kept as refused', async () => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    const reply = await submit(planId, handler, [edit(rows, 'r1', {}), edit(rows, 'r1', {})])
    expect([reply.status, codeOf(reply)]).toEqual([422, 'duplicate-row-id'])
    expect(await drafts(planId, handler)).toEqual([])
    expect((await listed(planId, handler)).map(({ status }) => status)).toEqual(['refused'])
  })

  test('submits at once where the plan asks for no sign-off; reviewers and the commission always do', async () => {
    const planId = await createSignOffPlan(keys)
    const byReviewer = await receiptOf(planId, reviewer, [edit(await pull(planId, reviewer), 'r1', { [P1]: '审核' })])
    expect([byReviewer.draftId, byReviewer.seq === null]).toEqual([undefined, false])
    const all = await pull(planId, keys.commission)
    expect((await receiptOf(planId, keys.commission, [edit(all, 'r3', { task: '新建水库2座' })])).seq).not.toBeNull()
    await setSignOff(planId, 'none')
    const direct = await receiptOf(planId, handler, [edit(await pull(planId, handler), 'r1', { [P1]: '经办' })])
    expect(direct.number).not.toBe('')
    expect(await masterText(planId, 'r1', P1)).toBe('经办')
  })

  test('cannot commit past a sign-off that came into force while its request ran', async () => {
    const planId = await createSignOffPlan(keys)
    await setSignOff(planId, 'none')
    const rows = await pull(planId, handler)
    const db = changingBefore(2, () => setSignOff(planId, 'reviewer'))
    const receipt = await receiptOf(planId, handler, [edit(rows, 'r1', { [P1]: '改' })], {}, undefined, db)
    expect(receipt.draftId).toBeDefined()
    expect(await masterText(planId, 'r1', P1)).toBe('完成选址')
  })
})

/** A database in which something changes before the n-th batch of a request; 1 is what it reads first. */
function changingBefore(nth: number, change: () => Promise<unknown>): D1Database {
  let batches = 0
  const batch = async (statements: D1PreparedStatement[]) => {
    if (++batches === nth) await change()
    return env.DB.batch(statements)
  }
  return withBatch(batch)
}

/** A database in which everything lands and the answer of what writes is lost. */
function losingAnswers(): D1Database {
  return withBatch(async (statements) => {
    const results = await env.DB.batch(statements)
    if (results.some(({ meta }) => meta.changes > 0)) throw new Error('Network connection lost')
    return results
  })
}

function withBatch(batch: (statements: D1PreparedStatement[]) => Promise<D1Result[]>): D1Database {
  return new Proxy(env.DB, {
    get: (target, name) => (name === 'batch' ? batch : Reflect.get(target, name).bind(target)),
  })
}

describe('nothing is kept as a draft', () => {
  test('of a key that was revoked while its request ran', async () => {
    const planId = await createSignOffPlan(keys)
    const { key, id } = await addKey('handler', 'u-edu')
    const rows = await pull(planId, key)
    const revoke = () => env.DB.prepare('UPDATE access_key SET revoked_at = ?2 WHERE id = ?1').bind(id, NOW).run()
    const reply = await submit(
      planId,
      key,
      [edit(rows, 'r1', { [P1]: '改' })],
      {},
      undefined,
      changingBefore(2, revoke),
    )
    expect([reply.status, codeOf(reply)]).toEqual([401, 'key-revoked'])
    expect(await drafts(planId, reviewer)).toEqual([])
  })

  test('of a plan that was issued while the request ran, or stopped asking for sign-off', async () => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    const sent = [edit(rows, 'r1', { [P1]: '改' })]
    const off = changingBefore(2, () => setSignOff(planId, 'none'))
    expect((await receiptOf(planId, handler, sent, {}, undefined, off)).number).not.toBe('')
    await setSignOff(planId, 'reviewer')
    const late = await submit(
      planId,
      handler,
      sent,
      {},
      undefined,
      changingBefore(2, () => issue(planId)),
    )
    expect([late.status, codeOf(late)]).toEqual([409, 'plan-not-collecting'])
    expect(await drafts(planId, reviewer)).toEqual([])
  })
})

describe('a release', () => {
  test('merges what was kept, with a number, and names both keys', async () => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    const draft = await draftOf(planId, handler, [edit(rows, 'r1', { [P1]: '完成选址和设计' }), edit(rows, 'r2', {})])
    const reply = await release(draft.draftId, reviewer)
    const receipt = Receipt.parse(reply.json)
    expect(receipt).toMatchObject({ replayed: false, hash: draft.hash, by: '县教委' })
    expect(receipt.number).toMatch(/^\d{8}-\d{4}$/)
    expect(receipt.draftId).toBeUndefined()
    expect(receipt.rows.map(({ rowId, outcome }) => [rowId, outcome])).toEqual([
      ['r1', 'applied'],
      ['r2', 'unchanged'],
    ])
    const after = await pull(planId, handler)
    expect(textOf(after, 'r1', P1)).toBe('完成选址和设计')
    expect(after[0]?.ver).toBe(receipt.seq)
    const [info] = await drafts(planId, handler)
    expect(info).toMatchObject({ state: 'released', submissionId: receipt.submissionId })
    const kept = await env.DB.prepare(
      `SELECT d.key_id AS handler, s.key_id AS releaser, c.key_id AS committer FROM draft d
       JOIN draft_decision x ON x.draft_id = d.id JOIN submission s ON s.id = x.submission_id
       JOIN commit_log c ON c.seq = s.commit_seq WHERE d.id = ?1`,
    )
      .bind(draft.draftId)
      .first<{ handler: string; releaser: string; committer: string }>()
    expect(kept?.handler).toBe(handlerId)
    expect(kept?.releaser).toBe('demo0003')
    expect(kept?.committer).toBe('demo0003')
    expect((await listed(planId, handler)).map(({ number }) => number)).toEqual([receipt.number])
    await expectRebuildable(planId)
  })

  test('is one commit and one receipt, however many ask for it at once or again', async () => {
    const planId = await createSignOffPlan(keys)
    const second = await addKey('reviewer', 'u-edu')
    const rows = await pull(planId, handler)
    const { draftId } = await draftOf(planId, handler, [edit(rows, 'r1', { [P1]: '一次' })])
    const askers = [reviewer, second.key, reviewer, second.key, reviewer]
    const replies = await Promise.all(askers.map((key) => release(draftId, key)))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    const receipts = [...replies, await release(draftId, second.key)].map(({ json }) => json as Receipt)
    expect(new Set(receipts.map(({ replayed: _, ...receipt }) => JSON.stringify(receipt))).size).toBe(1)
    expect(receipts.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect(await listed(planId, reviewer)).toHaveLength(1)
  })

  test('whose answer was lost gives the same receipt again', async () => {
    const planId = await createSignOffPlan(keys)
    const { draftId } = await draftOf(planId, handler, [edit(await pull(planId, handler), 'r1', { [P1]: '失联' })])
    const receipt = (await release(draftId, reviewer, losingAnswers())).json as Receipt
    expect(receipt.number).toMatch(/^\d{8}-\d{4}$/)
    expect((await release(draftId, reviewer)).json).toEqual({ ...receipt, replayed: true })
    expect(await listed(planId, reviewer)).toHaveLength(1)
  })

  test('merges against the base that the handler pulled: what others changed since is a conflict', async () => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    const { draftId } = await draftOf(planId, handler, [edit(rows, 'r2', { [P1]: '新增11个', [P2]: '新增21个' })])
    await receiptOf(planId, keys.health, [edit(await pull(planId, keys.health), 'r2', { [P1]: '新增12个' })])

    const before = await detail(draftId, reviewer)
    expect(DraftDetail.parse(before).receipt.totals).toMatchObject({ applied: 1, conflicts: 1 })
    expect(before.receipt).toMatchObject({ dryRun: true, draftId })
    expect(before.receipt.rows[0]?.conflicts[0]).toMatchObject({ head: '新增12个', submitted: '新增11个' })
    expect((await drafts(planId, reviewer))[0]?.totals).toMatchObject({ applied: 2, conflicts: 0 })

    const receipt = (await release(draftId, reviewer)).json as Receipt
    expect(receipt.totals).toMatchObject({ applied: 1, conflicts: 1 })
    expect(await masterText(planId, 'r2', P1)).toBe('新增12个')
    expect(await masterText(planId, 'r2', P2)).toBe('新增21个')
    const conflicts = (await call(`/api/plans/${planId}/conflicts?status=open`, { key: keys.edu })).json
    expect(conflicts).toMatchObject({ conflicts: [{ submitted: '新增11个', submittedBy: '县教委' }] })
    // Somebody else changed the row in between, so a sheet must not go on from the new version.
    expect((await detail(draftId, handler)).moved).toEqual([])
  })

  test('tells from which version to which a sheet that holds the draft may go on', async () => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    const { draftId } = await draftOf(planId, handler, [edit(rows, 'r1', { [P1]: '改' }), edit(rows, 'r2', {})])
    const { seq } = (await release(draftId, reviewer)).json as Receipt
    expect((await detail(draftId, handler)).moved).toEqual([{ rowId: 'r1', from: rows[0]?.ver, to: seq }])
    // A later commit of the same row takes nothing of that back.
    await receiptOf(planId, reviewer, [edit(await pull(planId, reviewer), 'r1', { [P2]: '再改' })])
    expect((await detail(draftId, handler)).moved).toEqual([{ rowId: 'r1', from: rows[0]?.ver, to: seq }])
  })

  test('is for 审核 keys of the same unit only', async () => {
    const planId = await createSignOffPlan(keys)
    const { draftId } = await draftOf(planId, handler, [edit(await pull(planId, handler), 'r2', { [P1]: '改' })])
    for (const decide of [release(draftId, handler), sendBack(draftId, handler, '不行')]) {
      const reply = await decide
      expect([reply.status, codeOf(reply)]).toEqual([403, 'duty-not-allowed'])
    }
    for (const reply of [
      await release(draftId, keys.health),
      await sendBack(draftId, keys.water, '不行'),
      await call(`/api/drafts/${draftId}`, { key: keys.health }),
      await release('no-such-draft', reviewer),
    ]) {
      expect([reply.status, codeOf(reply)]).toEqual([404, 'draft-not-found'])
    }
    for (const key of [keys.commission, keys.supervision, keys.admin]) {
      expect(codeOf(await release(draftId, key))).toBe('role-not-allowed')
      expect(codeOf(await call(`/api/drafts/${draftId}`, { key }))).toBe('role-not-allowed')
    }
    expect((await drafts(planId, reviewer))[0]?.state).toBe('open')
  })

  test('writes no more than the key that sent it may write', async () => {
    const planId = await createSignOffPlan(keys)
    const narrow = await addKey('handler', 'u-edu', { planId, rows: ['r1'] })
    const rows = await pull(planId, handler)
    const sent = [edit(rows, 'r1', { [P1]: '甲' }), edit(rows, 'r2', { [P1]: '乙' })]
    const { draftId } = await draftOf(planId, narrow.key, sent)
    const receipt = (await release(draftId, reviewer)).json as Receipt
    expect(receipt.rows.map(({ outcome, notWritable }) => [outcome, notWritable.length])).toEqual([
      ['applied', 0],
      ['unchanged', 1],
    ])
    expect(await masterText(planId, 'r2', P1)).toBe('新增10个')
  })

  test('needs a key that reaches every row of the draft', async () => {
    const planId = await createSignOffPlan(keys)
    const narrow = await addKey('reviewer', 'u-edu', { planId, rows: ['r1'] })
    const rows = await pull(planId, handler)
    const wide = await draftOf(planId, handler, [edit(rows, 'r1', { [P1]: '甲' }), edit(rows, 'r2', { [P1]: '乙' })])
    expect(codeOf(await release(wide.draftId, narrow.key))).toBe('duty-not-allowed')
    expect(codeOf(await sendBack(wide.draftId, narrow.key, '不行'))).toBe('duty-not-allowed')
    const other = await addKey('handler', 'u-edu')
    const within = await draftOf(planId, other.key, [edit(rows, 'r1', { [P1]: '丙' })])
    expect((await release(within.draftId, narrow.key)).status).toBe(200)
    expect(await masterText(planId, 'r1', P1)).toBe('丙')
  })
})

describe('an open draft stays', () => {
  test('where the plan is issued meanwhile: the release is refused, and everybody can still see it', async () => {
    const planId = await createSignOffPlan(keys)
    const { draftId, ...given } = await draftOf(planId, handler, [
      edit(await pull(planId, handler), 'r1', { [P1]: '迟了' }),
    ])
    await issue(planId)
    const late = await release(draftId, reviewer)
    expect([late.status, codeOf(late)]).toEqual([409, 'plan-not-collecting'])
    expect((await drafts(planId, handler))[0]).toMatchObject({ id: draftId, state: 'open' })
    const shown = await detail(draftId, reviewer)
    expect(shown).toMatchObject({
      refusal: { code: 'plan-not-collecting' },
      receipt: { draftId, totals: given.totals },
    })
    const english = await call(`/api/drafts/${draftId}`, { key: reviewer, headers: { 'Accept-Language': 'en' } })
    expect((english.json as DraftDetail).refusal?.detail).toContain('no longer collecting')
    expect((await sendBack(draftId, reviewer, '计划已印发')).status).toBe(200)
  })

  test('where the key that sent it is revoked, and where sign-off is switched off', async () => {
    const planId = await createSignOffPlan(keys)
    const leaving = await addKey('handler', 'u-edu')
    const { draftId } = await draftOf(planId, leaving.key, [
      edit(await pull(planId, leaving.key), 'r1', { [P1]: '留' }),
    ])
    await env.DB.prepare('UPDATE access_key SET revoked_at = ?2 WHERE id = ?1').bind(leaving.id, '2023-11-10').run()
    await setSignOff(planId, 'none')
    expect((await drafts(planId, reviewer))[0]).toMatchObject({ id: draftId, state: 'open' })
    expect((await release(draftId, reviewer)).status).toBe(200)
    expect(await masterText(planId, 'r1', P1)).toBe('留')
  })

  test('of a long body, and comes out of it whole', async () => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    // Three-byte characters in many rows of one body: more than one piece of 1.5 MB.
    const long = '测'.repeat(30_000)
    const cells = { task: long, [P1]: '', [P2]: '', 'milestone.P3': '' }
    const strays = Array.from({ length: 25 }, (_, i) => ({ rowId: `stray${i}`, baseVer: 0, cells }))
    const { draftId } = await draftOf(planId, handler, [edit(rows, 'r1', { [P1]: '长文之中' }), ...strays])
    const pieces = await env.DB.prepare(`SELECT count(*) AS n FROM draft_chunk WHERE draft_id = ?1 AND part = 'body'`)
      .bind(draftId)
      .first<{ n: number }>()
    expect(pieces?.n).toBeGreaterThan(1)
    expect((await release(draftId, reviewer)).status).toBe(200)
    expect(await masterText(planId, 'r1', P1)).toBe('长文之中')
  })
})

describe('a return', () => {
  test('is shown with its reason; afterwards the draft is decided', async () => {
    const planId = await createSignOffPlan(keys)
    const { draftId } = await draftOf(planId, handler, [edit(await pull(planId, handler), 'r1', { [P1]: '改' })])
    const returned = await sendBack(draftId, reviewer, '请补充选址批复文号。')
    expect(DraftInfo.parse(returned.json)).toMatchObject({ state: 'returned', reason: '请补充选址批复文号。' })
    expect((await drafts(planId, handler))[0]).toMatchObject({ state: 'returned', reason: '请补充选址批复文号。' })
    // The same said again is the same; anything else comes too late.
    expect((await sendBack(draftId, reviewer, '请补充选址批复文号。')).status).toBe(200)
    const second = await addKey('reviewer', 'u-edu')
    for (const reply of [
      await sendBack(draftId, reviewer, '另有理由'),
      await sendBack(draftId, second.key, '请补充选址批复文号。'),
      await release(draftId, reviewer),
    ]) {
      expect([reply.status, codeOf(reply)]).toEqual([409, 'draft-decided'])
    }
    expect(await masterText(planId, 'r1', P1)).toBe('完成选址')
    expect((await detail(draftId, handler)).receipt).toMatchObject({ draftId, totals: { applied: 1 } })
  })

  test('and a release at once: one of them counts', async () => {
    const planId = await createSignOffPlan(keys)
    for (let round = 0; round < 5; round++) {
      const { draftId } = await draftOf(planId, handler, [
        edit(await pull(planId, handler), 'r1', { [P1]: `第${round}次` }),
      ])
      const [returned, released] = await Promise.all([sendBack(draftId, reviewer, '退回'), release(draftId, reviewer)])
      expect([returned.status, released.status].sort()).toEqual([200, 409])
      const isIn = (await masterText(planId, 'r1', P1)) === `第${round}次`
      expect(isIn).toBe(released.status === 200)
    }
  })
})

describe('a later draft of the same key', () => {
  test('takes the place of an earlier one that it holds all of', async () => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    const first = await draftOf(planId, handler, [edit(rows, 'r1', { [P1]: '甲' })])
    const second = await draftOf(planId, handler, [edit(rows, 'r1', { [P1]: '乙', [P2]: '丙' }), edit(rows, 'r2', {})])
    expect((await drafts(planId, handler)).map(({ id, state }) => [id, state])).toEqual([
      [second.draftId, 'open'],
      [first.draftId, 'superseded'],
    ])
    expect(codeOf(await release(first.draftId, reviewer))).toBe('draft-decided')
    expect((await release(second.draftId, reviewer)).status).toBe(200)
    expect(await masterText(planId, 'r1', P1)).toBe('乙')
  })

  const CASES: [string, (rows: Awaited<ReturnType<typeof pull>>) => Parameters<typeof submit>[2]][] = [
    ['a row of it is missing', (rows) => [edit(rows, 'r2', { [P1]: '新增11个' })]],
    ['a cell of it stands as the base has it, as on a sheet drawn anew', (rows) => [edit(rows, 'r1', { [P2]: '乙' })]],
    [
      'a cell of it is missing',
      (rows) => [{ rowId: 'r1', baseVer: rows[0]!.ver, cells: { task: rows[0]!.cells.task!, [P2]: '乙' } }],
    ],
  ]
  test.each(CASES)('leaves it open where %s', async (_, make) => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    const first = await draftOf(planId, handler, [edit(rows, 'r1', { [P1]: '甲' })])
    const second = await draftOf(planId, handler, make(rows))
    expect((await drafts(planId, handler)).map(({ id, state }) => [id, state])).toEqual([
      [second.draftId, 'open'],
      [first.draftId, 'open'],
    ])
    for (const { draftId } of [first, second]) expect((await release(draftId, reviewer)).status).toBe(200)
    expect(await masterText(planId, 'r1', P1)).toBe('甲')
  })

  test('leaves it open where a clearing or a reason is not named again', async () => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    const cleared = edit(rows, 'r1', { [P2]: '' })
    const clears = [{ rowId: 'r1', column: P2 }]
    await draftOf(planId, handler, [cleared], { clears })
    await draftOf(planId, handler, [cleared])
    expect((await drafts(planId, handler)).map(({ state }) => state)).toEqual(['open', 'open'])
    await draftOf(planId, handler, [cleared], { clears })
    expect((await drafts(planId, handler)).map(({ state }) => state)).toEqual(['open', 'superseded', 'superseded'])
    const reasons = [{ rowId: 'r1', column: P1, code: 'some/warning', reason: '属实' }]
    await draftOf(planId, handler, [cleared], { clears, reasons })
    await draftOf(planId, handler, [cleared], { clears })
    expect((await drafts(planId, handler)).filter(({ state }) => state === 'open')).toHaveLength(2)
  })

  test('covers cells by span: one that spans no more is not the same', async () => {
    const planId = await createSignOffPlan(keys)
    const [row] = await pull(planId, handler)
    const { [P2]: _, ...cells } = row!.cells
    const spanned = { rowId: 'r1', baseVer: row!.ver, cells: { ...cells, [P1]: '合并' }, spans: { [P1]: 2 } }
    await draftOf(planId, handler, [spanned])
    await draftOf(planId, handler, [{ ...spanned, cells: { ...row!.cells, [P1]: '合并' }, spans: {} }])
    expect((await drafts(planId, handler)).map(({ state }) => state)).toEqual(['open', 'open'])
    await draftOf(planId, handler, [{ ...spanned, cells: { ...spanned.cells, [P1]: '另文' } }])
    expect((await drafts(planId, handler)).map(({ state }) => state)).toEqual(['open', 'superseded', 'superseded'])
  })

  test('stands beside an earlier one that was released just as it came', async () => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    const first = await draftOf(planId, handler, [edit(rows, 'r1', { [P1]: '甲' })])
    // Before the batch that writes: the first was read as open and would be superseded by it.
    const db = changingBefore(4, () => release(first.draftId, reviewer))
    await draftOf(planId, handler, [edit(rows, 'r1', { [P1]: '乙' })], {}, undefined, db)
    expect((await drafts(planId, handler)).map(({ state }) => state)).toEqual(['open', 'released'])
    expect(await masterText(planId, 'r1', P1)).toBe('甲')
  })

  test('takes the place of none that another key sent', async () => {
    const planId = await createSignOffPlan(keys)
    const colleague = await addKey('handler', 'u-edu')
    const rows = await pull(planId, handler)
    await draftOf(planId, colleague.key, [edit(rows, 'r1', { [P1]: '甲' })])
    await draftOf(planId, handler, [edit(rows, 'r1', { [P1]: '乙' })])
    expect((await drafts(planId, reviewer)).map(({ state }) => state)).toEqual(['open', 'open'])
  })
})

test('a draft, its pieces and its decision are never changed, replaced or deleted', async () => {
  const planId = await createSignOffPlan(keys)
  const { draftId } = await draftOf(planId, handler, [edit(await pull(planId, handler), 'r1', { [P1]: '改' })])
  await sendBack(draftId, reviewer, '退回')
  for (const table of ['draft', 'draft_chunk', 'draft_decision']) {
    const id = table === 'draft' ? 'id' : 'draft_id'
    for (const sql of [
      `UPDATE ${table} SET ${id} = ${id} WHERE ${id} = ?1`,
      `DELETE FROM ${table} WHERE ${id} = ?1`,
      `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} WHERE ${id} = ?1`,
    ]) {
      await expect(env.DB.prepare(sql).bind(draftId).run(), sql).rejects.toThrow('append_only')
    }
  }
})

describe('who sees drafts', () => {
  test('a unit its own with how each ended; offices of the county only that some wait', async () => {
    const planId = await createSignOffPlan(keys)
    const rows = await pull(planId, handler)
    const gone = await draftOf(planId, handler, [edit(rows, 'r2', { [P1]: '甲' })])
    await sendBack(gone.draftId, reviewer, '请核实。')
    const open = await draftOf(planId, handler, [edit(rows, 'r1', { [P1]: '乙' })])
    expect((await drafts(planId, handler)).map(({ state }) => state)).toEqual(['open', 'returned'])
    expect(await drafts(planId, keys.health)).toEqual([])
    for (const key of [keys.commission, keys.supervision, keys.admin]) {
      expect((await drafts(planId, key)).map(({ id, by, state, reason }) => [id, by, state, reason])).toEqual([
        [open.draftId, '县教委', 'open', null],
      ])
    }
    expect((await call('/api/plans/no-such-plan/drafts', { key: handler })).status).toBe(404)
  })
})
