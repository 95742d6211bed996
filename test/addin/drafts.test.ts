/** Sign-off in the pane: what the 经办 sees of what it sent, what the 审核 does with it, and the sheet after a release. */
import { beforeEach, describe, expect, test } from 'vitest'
import { isReviewer, needsRelease, openDraft, pullDrafts, releaseDraft, returnDraft } from '../../addin/flows/drafts.ts'
import type { Flow } from '../../addin/flows/flow.ts'
import { sendNow } from '../../addin/flows/outbox.ts'
import { openReceipt } from '../../addin/flows/outbox-records.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { signIn } from '../../addin/flows/session.ts'
import { setSignOff } from '../../addin/flows/sign-off.ts'
import { pullSubmissions } from '../../addin/flows/submissions.ts'
import { confirmSubmit, keepForLater, previewSubmission } from '../../addin/flows/submit.ts'
import type { OutboxRecord } from '../../addin/outbox/record.ts'
import type { Plan } from '../../domain/plan.ts'
import type { DraftDetail, DraftInfo, Duty, Receipt, ServerRow, Submission } from '../../domain/protocol.ts'
import { FakeServer, receiptOf, refusal, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const SIGNED: Plan = { ...PLAN, signOff: 'reviewer' }
const SUBMIT = `POST /api/plans/${PLAN.id}/submissions`
const DRAFTS = `/api/plans/${PLAN.id}/drafts`
const P1 = 'milestone.P1'
const OLD = ROWS[0]?.cells[P1] ?? ''
const SENT = '新增就业2600人。'

const DRAFT: DraftInfo = {
  id: 'd1',
  by: '县人力社保局',
  post: '经办岗',
  at: '2023-11-10T01:02:03Z',
  state: 'open',
  reason: null,
  decidedAt: null,
  submissionId: null,
  totals: { applied: 1, converged: 0, conflicts: 0, held: 0, notWritable: 0, blocked: 0 },
}

let host: MemoryHost
let server: FakeServer
let flow: Flow

async function start(duty: Duty, drafts: DraftInfo[] = [], plan = SIGNED) {
  host = new MemoryHost([circulatedSheet()])
  server = new FakeServer()
  serveUnit(server, plan, REGISTRY, ROWS)
  const { plans, limits } = (await (await server.fetch('/api/me')).json()) as { plans: unknown; limits: unknown }
  server.on('/api/me', () => ({
    actor: { id: 'actor-1', role: 'unit', name: '县人力社保局' },
    key: { id: 'key-1', post: '办公室', duty },
    plans,
    limits,
  }))
  server.on(DRAFTS, () => ({ drafts }))
  flow = startFlow(host, server).flow
  await signIn(flow, 'key')
}

/** A sheet with versions, as one that was drawn from the master carries them. */
async function recogniseAt(ver: number) {
  await recogniseSheet(flow)
  await confirmRecognition(flow)
  for (const [at, id] of [
    [AT.r1, 'r1'],
    [AT.r2, 'r2'],
  ] as const)
    host.type(SHEET, at, AT.carrier, `${id}@${ver}`)
}

function asDraft(receipt: Receipt, draftId = 'd1'): Receipt {
  return { ...receipt, submissionId: draftId, draftId, number: '', seq: null }
}

function answerDraft(): void {
  server.on(`${SUBMIT}?dryRun=1`, ({ body }) => receiptOf(body as Submission, {}, true))
  server.on(SUBMIT, ({ body }) => asDraft(receiptOf(body as Submission, {}, false)))
}

const sent = () => server.asked.filter(({ method, path }) => `${method} ${path}` === SUBMIT)
const carriers = () => [host.text(SHEET, AT.r1, AT.carrier), host.text(SHEET, AT.r2, AT.carrier)]

describe('经办', () => {
  beforeEach(() => start('handler'))

  test('is told that nothing has reached the county yet, and its sheet keeps its versions', async () => {
    answerDraft()
    await recogniseAt(3)
    host.type(SHEET, AT.r1, AT.p1, SENT)
    await previewSubmission(flow)
    await confirmSubmit(flow)
    expect(flow.state()).toMatchObject({
      screen: 'receipt',
      notice: { tone: 'info', text: 'draft.arrived' },
      done: { receipt: { draftId: 'd1' } },
    })
    expect(carriers()).toEqual(['r1@3', 'r2@3'])
    expect(needsRelease(flow.state())).toBe(true)
  })

  test('sends the whole sheet again behind a draft, so that the later draft covers the earlier', async () => {
    answerDraft()
    await recogniseAt(3)
    host.type(SHEET, AT.r1, AT.p1, SENT)
    server.on(SUBMIT, () => 'offline')
    await keepForLater(flow)
    host.type(SHEET, AT.r1, AT.p2, '新增就业6000人。')
    await keepForLater(flow)
    answerDraft()
    await flow.outbox.sender?.send({ now: true })
    const [first, second] = sent()
      .slice(-2)
      .map(({ body }) => (body as Submission).rows)
    expect(first?.[0]?.cells).toMatchObject({ [P1]: SENT })
    expect(second?.[0]).toMatchObject({ baseVer: 3, cells: { [P1]: SENT, 'milestone.P2': '新增就业6000人。' } })
    expect(second).toHaveLength(first?.length ?? 0)
  })

  test('keeps the versions of its sheet where its draft arrives after somebody else changed the row', async () => {
    await recogniseAt(3)
    host.type(SHEET, AT.r1, AT.p1, SENT)
    server.on(SUBMIT, () => 'offline')
    await keepForLater(flow)
    const [first, ...others] = ROWS as [ServerRow, ...ServerRow[]]
    const changed = { ...first, ver: 5, cells: { ...first.cells, [P1]: '别处已改。' } }
    server.on(`/api/plans/${PLAN.id}/rows`, () => ({
      planId: PLAN.id,
      state: PLAN.state,
      seq: 5,
      rows: [changed, ...others],
    }))
    const applied = [{ rowId: 'r1', column: P1, old: OLD, new: SENT }]
    const outcomes = { r1: { ver: 5, outcome: 'applied' as const, applied } }
    server.on(SUBMIT, ({ body }) => asDraft(receiptOf(body as Submission, outcomes, false)))
    await sendNow(flow)
    expect(flow.state().notice).toMatchObject({ text: 'draft.landed' })
    expect(carriers()).toEqual(['r1@3', 'r2@3'])
    const record = flow.state().outbox?.records[0] as OutboxRecord
    await openReceipt(flow, record)
    // What was sent differs from the master because it waits, not because the master moved on.
    expect(flow.state()).toMatchObject({ screen: 'receipt', done: { receipt: { draftId: 'd1' }, differing: [] } })
  })

  test('finds what it sent in 报送记录, with the reason where it was returned', async () => {
    const returned = { ...DRAFT, state: 'returned' as const, reason: '请补充依据。', decidedAt: DRAFT.at }
    server.on(DRAFTS, () => ({ drafts: [returned] }))
    server.on(`/api/plans/${PLAN.id}/submissions`, () => ({ submissions: [] }))
    await pullSubmissions(flow)
    expect(flow.state()).toMatchObject({ screen: 'submissions', drafts: [{ reason: '请补充依据。' }] })
  })
})

describe('the sheet of a 经办 after a release', () => {
  const released: DraftInfo = { ...DRAFT, state: 'released', submissionId: 's9', decidedAt: DRAFT.at }

  /** r1 was released at version 9; `moved` says whether nobody else changed it meanwhile. */
  async function afterRelease(moved: DraftDetail['moved']) {
    await start('handler', [released])
    answerDraft()
    await recogniseAt(3)
    const body: Submission = { form: 'breakdown', specVersion: 1, rows: [{ rowId: 'r1', baseVer: 3, cells: {} }] }
    const applied = [{ rowId: 'r1', column: P1, old: OLD, new: SENT }]
    const receipt = { ...receiptOf(body, { r1: { ver: 9, outcome: 'applied', applied } }, false), seq: 9 }
    server.on('/api/drafts/d1', () => ({ draft: released, receipt, moved }))
  }
  const move = [{ rowId: 'r1', from: 3, to: 9 }]

  test('goes on from the released version, also where the cell was edited again', async () => {
    await afterRelease(move)
    host.type(SHEET, AT.r1, AT.p1, '新增就业2700人。')
    await previewSubmission(flow)
    expect(carriers()).toEqual(['r1@9', 'r2@3'])
    const rows = flow.state().preview?.submission.rows
    expect(rows?.map(({ rowId, baseVer }) => [rowId, baseVer])).toEqual([
      ['r1', 9],
      ['r2', 3],
    ])
  })

  test('is followed by what waited in the outbox meanwhile, before it is first sent', async () => {
    await afterRelease(move)
    server.on(DRAFTS, () => 'offline')
    host.type(SHEET, AT.r1, AT.p1, '新增就业2700人。')
    await keepForLater(flow)
    // Not known whether anything was released: nothing goes out over a version that may be wrong.
    expect(sent()).toEqual([])
    expect(flow.state().outbox?.records).toMatchObject([{ state: 'waiting', tries: 0 }])
    server.on(DRAFTS, () => ({ drafts: [released] }))
    await sendNow(flow)
    const rows = (sent()[0]?.body as Submission | undefined)?.rows
    expect(rows?.map(({ rowId, baseVer }) => [rowId, baseVer])).toEqual([
      ['r1', 9],
      ['r2', 3],
    ])
    expect(rows?.[0]?.cells[P1]).toBe('新增就业2700人。')
  })

  test('is no base for what waited without its text', async () => {
    await afterRelease(move)
    await keepForLater(flow)
    expect((sent()[0]?.body as Submission | undefined)?.rows.map(({ baseVer }) => baseVer)).toEqual([3, 3])
  })

  test('need not be known where the server refuses to tell: the submission is refused in its own words', async () => {
    await afterRelease(move)
    server.on(DRAFTS, () => refusal('plan-not-found', 404))
    await keepForLater(flow)
    expect(sent()).toHaveLength(1)
  })

  test('stays where somebody else changed the row meanwhile', async () => {
    await afterRelease([])
    host.type(SHEET, AT.r1, AT.p1, SENT)
    await previewSubmission(flow)
    expect(carriers()).toEqual(['r1@3', 'r2@3'])
  })

  test('stays where it does not hold what was released: that would look like undoing it', async () => {
    await afterRelease(move)
    await previewSubmission(flow)
    expect(carriers()).toEqual(['r1@3', 'r2@3'])
  })

  test('stays where it already goes on from another version', async () => {
    await afterRelease(move)
    await recogniseAt(5)
    host.type(SHEET, AT.r1, AT.p1, SENT)
    await previewSubmission(flow)
    expect(carriers()).toEqual(['r1@5', 'r2@5'])
  })
})

describe('审核', () => {
  const detail: DraftDetail = {
    draft: DRAFT,
    receipt: asDraft(receiptOf({ form: 'breakdown', specVersion: 1, rows: [] }, {}, true)),
  }
  beforeEach(async () => {
    await start('reviewer', [DRAFT])
    server.on('/api/drafts/d1', () => detail)
  })

  test('has the count at hand once the plan is open, and its own submissions go straight to the county', () => {
    expect(flow.state().drafts).toHaveLength(1)
    expect([isReviewer(flow.state()), needsRelease(flow.state())]).toEqual([true, false])
  })

  test('releases to a receipt', async () => {
    await pullDrafts(flow)
    await openDraft(flow, 'd1')
    expect(flow.state()).toMatchObject({ screen: 'draft', draftFrom: 'drafts', openDraft: { draft: { id: 'd1' } } })
    const receipt = receiptOf({ form: 'breakdown', specVersion: 1, rows: [] }, {}, false)
    server.on('POST /api/drafts/d1/release', () => {
      server.on(DRAFTS, () => ({ drafts: [{ ...DRAFT, state: 'released', submissionId: receipt.submissionId }] }))
      return receipt
    })
    await releaseDraft(flow, detail)
    expect(flow.state()).toMatchObject({
      screen: 'receipt',
      notice: { tone: 'success', text: 'drafts.released', params: { number: receipt.number } },
      drafts: [{ state: 'released' }],
    })
  })

  test('is told why a release is refused, and can send again what met no answer', async () => {
    await openDraft(flow, 'd1')
    server.on('POST /api/drafts/d1/release', () => refusal('plan-not-collecting', 409, '计划不在征集阶段。'))
    await releaseDraft(flow, detail)
    expect(flow.state()).toMatchObject({ screen: 'draft', notice: { tone: 'error', sentence: '计划不在征集阶段。' } })
    server.on('POST /api/drafts/d1/release', () => 'offline')
    await releaseDraft(flow, detail)
    expect(flow.state().notice).toMatchObject({ text: 'offline', retry: true })
  })

  test('returns with a reason and is back at the list', async () => {
    await openDraft(flow, 'd1')
    server.on('POST /api/drafts/d1/return', ({ body }) => {
      expect(body).toEqual({ reason: '请补充依据。' })
      server.on(DRAFTS, () => ({ drafts: [] }))
      return { ...DRAFT, state: 'returned', reason: '请补充依据。', decidedAt: DRAFT.at }
    })
    await returnDraft(flow, detail, '请补充依据。')
    expect(flow.state()).toMatchObject({ screen: 'drafts', drafts: [], notice: { text: 'drafts.returned' } })
  })

  test('opens the plan also where what waits cannot be counted', async () => {
    server.on(DRAFTS, () => 'offline')
    await signIn(flow, 'key')
    expect(flow.state()).toMatchObject({ screen: 'home', plan: { plan: { id: PLAN.id } } })
    expect(flow.state().notice).toBeUndefined()
  })
})

test('without sign-off nothing is asked about drafts and a 经办 submits straight to the county', async () => {
  await start('handler', [], PLAN)
  expect(needsRelease(flow.state())).toBe(false)
  expect(server.asked.some(({ path }) => path === DRAFTS)).toBe(false)
})

test('the commission asks for review and stays where it set it', async () => {
  const server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS, 'commission')
  const { flow } = startFlow(new MemoryHost([circulatedSheet()]), server)
  await signIn(flow, 'key')
  flow.dispatch({ type: 'went', screen: 'keys' })
  server.on(`POST /api/plans/${PLAN.id}/settings`, ({ body }) => {
    expect(body).toEqual({ signOff: 'reviewer' })
    serveUnit(server, SIGNED, REGISTRY, ROWS, 'commission')
    return { seq: 5, rows: [] }
  })
  await setSignOff(flow, 'reviewer')
  expect(flow.state()).toMatchObject({
    screen: 'keys',
    plan: { plan: { signOff: 'reviewer' } },
    notice: { tone: 'success', text: 'signOff.changed' },
  })
})
