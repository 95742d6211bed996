import { beforeEach, expect, test } from 'vitest'
import { confirmSpans, pullConflicts, resolveConflict } from '../../addin/flows/conflicts.ts'
import { createPlan, draftPlan } from '../../addin/flows/create-plan.ts'
import { cancel, type Flow } from '../../addin/flows/flow.ts'
import { issuePlan } from '../../addin/flows/issue-plan.ts'
import { downloadMaster, drawMaster } from '../../addin/flows/master.ts'
import { signIn } from '../../addin/flows/session.ts'
import { pullSubmissions, reopenReceipt } from '../../addin/flows/submissions.ts'
import { LEDGER_SHEET, readLedger } from '../../domain/carrier.ts'
import type { ConflictBody, Master, PlanFile } from '../../domain/protocol.ts'
import { FakeServer, outcomeOf, receiptOf, refusal, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const CONFLICT: ConflictBody = {
  id: 'c1',
  kind: 'cell',
  rowId: 'r1',
  column: 'milestone.P1',
  base: '新增就业2500人。',
  head: '新增就业2600人。',
  submitted: '新增就业2700人。',
  status: 'open',
  ver: 5,
  submissionId: 's1',
  submittedBy: '县人力社保局',
  at: '2023-11-10T01:02:03Z',
  task: '城镇新增就业10000人以上。',
  number: '1',
}

const CONFLICTS = `/api/plans/${PLAN.id}/conflicts`

let host: MemoryHost
let server: FakeServer
let flow: Flow
let saved: { name: string; file: Blob }[]

beforeEach(async () => {
  host = new MemoryHost([circulatedSheet()], 'file')
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS, 'commission')
  server.on(`/api/plans/${PLAN.id}/master`, () => masterWith([CONFLICT]))
  server.on(CONFLICTS, () => ({ conflicts: [CONFLICT] }))
  const started = startFlow(host, server)
  flow = started.flow
  saved = started.saved
  await signIn(flow, 'key-of-the-commission')
})

function masterWith(conflicts: ConflictBody[]): Master {
  return { plan: PLAN, seq: 5, rows: ROWS, status: [], conflicts, issues: [] }
}

/** Answers a plan as the server would: the rows with their first version. */
function answerPlans() {
  const created = (dryRun: boolean) => (asked: { body: unknown }) => {
    const file = asked.body as PlanFile
    const plan = { ...file.plan, state: 'collecting' as const }
    if (!dryRun) {
      server.on(`/api/plans/${plan.id}`, () => ({ plan, registry: file.registry }))
      server.on(`/api/plans/${plan.id}/rows`, () => ({ planId: plan.id, state: plan.state, seq: 1, rows: [] }))
    }
    const doubts = [{ code: 'new-kind-of-doubt', params: {} }]
    return { plan, dryRun, rows: file.rows.map(({ rowId }) => ({ rowId, ver: dryRun ? 0 : 1 })), doubts }
  }
  server.on('POST /api/plans?dryRun=1', created(true)).on('POST /api/plans', created(false))
}

test('a plan is drafted from the open sheet, created with the corrected fields, and its ids go into that sheet', async () => {
  answerPlans()
  await draftPlan(flow)
  const { draft } = flow.state()
  expect(draft).toMatchObject({ sheet: SHEET, file: { rows: [{}, {}, {}] } })
  expect(draft?.doubts.map(({ code }) => code)).toContain('new-kind-of-doubt')
  expect(host.writes).toEqual([])

  await createPlan(flow, { county: '奉节县', year: '2023', title: '奉节县2023年民生实事', dueOn: {} })
  const sent = server.asked.find(({ method, path }) => method === 'POST' && path === '/api/plans')!.body as PlanFile
  expect(sent.plan).toMatchObject({ county: '奉节县', year: 2023, title: '奉节县2023年民生实事' })
  expect(host.text(SHEET, AT.r3, AT.carrier)).toBe(`${sent.rows[2]!.rowId}@1`)
  expect(readLedger(host.grids.get(LEDGER_SHEET)!)).toMatchObject([{ planId: sent.plan.id, complete: true }])
  expect(flow.state()).toMatchObject({ sheet: SHEET, notice: { text: 'createPlan.done' } })
})

test('a table that names another county is shown in the county of the key, and both are told', async () => {
  answerPlans()
  const file = (body: unknown) => (body as PlanFile).plan
  server.on('POST /api/plans?dryRun=1', ({ body }) =>
    file(body).county === '城口县'
      ? { plan: { ...file(body), state: 'collecting' }, dryRun: true, rows: [], doubts: [] }
      : refusal('county-not-yours', 403, undefined, [], { county: file(body).county, own: '城口县' }),
  )
  await draftPlan(flow)
  const { draft, notice } = flow.state()
  const params = { found: '奉节县', own: '城口县' }
  expect(draft?.file.plan.county).toBe('城口县')
  expect(draft?.doubts).toContainEqual({ code: 'plan/other-county', params })
  expect(notice).toMatchObject({ tone: 'warning', text: 'createPlan.otherCounty', params })
})

test('a corrected year moves the periods with it', async () => {
  answerPlans()
  await draftPlan(flow)
  await createPlan(flow, { county: '奉节县', year: '2024', title: '民生实事', dueOn: {} })
  const sent = server.asked.find(({ path }) => path === '/api/plans')!.body as PlanFile
  expect(sent.plan.periods.map(({ dueOn }) => dueOn)).toEqual(['2024-03-31', '2024-05-31'])
})

test('a corrected due date is the plan’s, the others stay as read', async () => {
  answerPlans()
  await draftPlan(flow)
  await createPlan(flow, { county: '奉节县', year: '2023', title: '民生实事', dueOn: { P2: '2023-06-05' } })
  const sent = server.asked.find(({ path }) => path === '/api/plans')!.body as PlanFile
  expect(sent.plan.periods.map(({ dueOn, to }) => [dueOn, to])).toEqual([
    ['2023-03-31', '2023-03-31'],
    ['2023-06-05', '2023-05-31'],
  ])
})

test('no plan is made with a due date that was emptied', async () => {
  answerPlans()
  await draftPlan(flow)
  await createPlan(flow, { county: '奉节县', year: '2023', title: '民生实事', dueOn: { P2: '' } })
  expect(flow.state().notice?.text).toBe('createPlan.badFields')
})

test('no plan is made with a year that is none', async () => {
  answerPlans()
  await draftPlan(flow)
  await createPlan(flow, { county: '奉节县', year: '二〇二三', title: '民生实事', dueOn: {} })
  expect(flow.state().notice?.text).toBe('createPlan.badFields')
  expect(server.asked.some(({ path }) => path === '/api/plans')).toBe(false)
})

test('the master is drawn into the sheet that we own, with ids, and no other sheet changes', async () => {
  const before = structuredClone(host.grids.get(SHEET))
  await drawMaster(flow)
  expect(host.grids.get('总表（汇总）')!.texts.flat()).toContain('r2@3')
  expect(host.grids.get(SHEET)).toEqual(before)
  expect(flow.state().notice?.text).toBe('master.drawn')
})

test('who has reported and the conflicts are drawn beside it, and a drawing anew replaces them', async () => {
  await drawMaster(flow)
  server.on(`/api/plans/${PLAN.id}/master`, () => masterWith([]))
  await drawMaster(flow)
  expect([...host.grids.keys()]).toEqual([SHEET, '总表（汇总）', LEDGER_SHEET, '报送情况（汇总）', '冲突（汇总）'])
  expect(host.grids.get('冲突（汇总）')!.texts.flat()).not.toContain(CONFLICT.submitted)
  expect(readLedger(host.grids.get(LEDGER_SHEET)!)).toMatchObject([{ sheet: '总表（汇总）' }])
})

test('with no workbook open, the master starts one', async () => {
  host.grids.clear()
  await drawMaster(flow)
  expect(flow.state().notice?.text).toBe('master.drawn')
  expect(host.grids.has('总表（汇总）')).toBe(true)
})

test('drawing the master can be cancelled', async () => {
  server.on(`/api/plans/${PLAN.id}/master`, () => {
    cancel(flow)
    return masterWith([])
  })
  await drawMaster(flow)
  expect(host.grids.has('总表（汇总）')).toBe(false)
  expect(flow.state()).toMatchObject({ notice: { tone: 'info', text: 'cancelled' }, busy: undefined })
})

test('the master workbook is handed over under the name of the plan', async () => {
  server.on(`/api/plans/${PLAN.id}/master.xlsx`, () => new Response('workbook'))
  await downloadMaster(flow)
  expect(saved.map(({ name }) => name)).toEqual([`${PLAN.title}（总表）.xlsx`])
  expect(await saved[0]!.file.text()).toBe('workbook')
})

test('a conflict is decided at the version that was shown, and the list is read again', async () => {
  await pullConflicts(flow)
  expect(flow.state()).toMatchObject({ screen: 'conflicts', conflicts: [{ id: 'c1' }] })
  server.on('POST /api/conflicts/c1/resolution', () => {
    server.on(CONFLICTS, () => ({ conflicts: [] }))
    return outcomeOf('r1', 6)
  })
  await resolveConflict(flow, CONFLICT, { choose: 'edited', text: '新增就业2650人。', reason: '经商两家' })
  const sent = server.asked.find(({ path }) => path.endsWith('/resolution'))!
  expect(sent.body).toEqual({ choose: 'edited', text: '新增就业2650人。', reason: '经商两家', ver: 5 })
  expect(flow.state()).toMatchObject({ conflicts: [], notice: { text: 'conflicts.resolved' } })
})

test('a refusal of the server is shown in its own words and leaves the screen as it is', async () => {
  await pullConflicts(flow)
  server.on('POST /api/conflicts/c1/resolution', () => refusal('row-changed', 409, '该行已有更新。'))
  await resolveConflict(flow, CONFLICT, { choose: 'head' })
  expect(flow.state()).toMatchObject({ screen: 'conflicts', notice: { sentence: '该行已有更新。' }, busy: undefined })
})

test('corrected periods go out with the version that was shown; a plain word sends none', async () => {
  const path = `/api/plans/${PLAN.id}/rows/r1/spans`
  server.on(`POST ${path}`, () => ROWS[0])
  const corrected = { cells: { 'milestone.P1': '新增就业5000人。' }, spans: { 'milestone.P1': 2 } }
  await confirmSpans(flow, ROWS[0]!, corrected)
  await confirmSpans(flow, ROWS[0]!)
  const sent = server.asked.filter((asked) => asked.path === path)
  expect(sent.map(({ body }) => body)).toEqual([{ baseVer: 3, ...corrected }, { baseVer: 3 }])
  expect(flow.state().notice?.text).toBe('spans.confirmed')
})

test('issuing sends number and date, and the plan is the issued one from then on, in the list of plans too', async () => {
  server.on(`POST /api/plans/${PLAN.id}/issue`, ({ body }) => {
    const plan = { ...PLAN, ...(body as object), state: 'issued' as const }
    server.on(`/api/plans/${PLAN.id}`, () => ({ plan, registry: REGISTRY }))
    return { plan, registry: REGISTRY }
  })
  await issuePlan(flow, { documentNumber: '奉节府办发〔2023〕5号', issuedOn: '2023-03-13' })
  expect(flow.state().plan?.plan).toMatchObject({ state: 'issued', documentNumber: '奉节府办发〔2023〕5号' })
  expect(flow.state().me?.plans).toMatchObject([{ state: 'issued' }])
  expect(flow.state().notice?.text).toBe('issue.done')
})

test('an earlier receipt opens again without touching what is open', async () => {
  const totals = { applied: 1, converged: 0, conflicts: 0, held: 0, notWritable: 0, blocked: 0 }
  const entry = {
    id: 's1',
    number: '20231110-0001',
    by: '县医保局',
    at: CONFLICT.at,
    status: 'accepted',
    rows: 1,
    totals,
  }
  const receipt = receiptOf({ form: 'breakdown', specVersion: 1, rows: [] }, {}, false)
  server.on(`/api/plans/${PLAN.id}/submissions`, () => ({ submissions: [entry] }))
  server.on('/api/submissions/s1', () => receipt)
  await pullSubmissions(flow)
  expect(flow.state()).toMatchObject({ screen: 'submissions', submissions: [{ number: entry.number }] })
  await reopenReceipt(flow, 's1')
  expect(flow.state()).toMatchObject({
    screen: 'receipt',
    done: { receipt: { number: receipt.number }, reopened: true },
  })
  expect(host.writes).toEqual([])
})
