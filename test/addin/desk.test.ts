import { beforeEach, expect, test } from 'vitest'
import { pullConflicts } from '../../addin/flows/conflicts.ts'
import { pullDesk, pullStatus, rowOfQueued } from '../../addin/flows/desk.ts'
import { confirmTakeUp, previewTakeUp } from '../../addin/flows/desk-cells.ts'
import { type Flow, retry } from '../../addin/flows/flow.ts'
import { jumpToRow, openHistory } from '../../addin/flows/history.ts'
import { acceptRows, cleanRows, mayReview, returnRow, withdrawReview } from '../../addin/flows/review.ts'
import { signIn } from '../../addin/flows/session.ts'
import { entriesOf } from '../../addin/screens/history-entries.ts'
import { orderUnits, silentUnits } from '../../addin/screens/status-order.ts'
import { annotatedText } from '../../domain/annotation.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import {
  type Desk,
  type History,
  MAX_ANNOTATIONS,
  type NewAnnotations,
  type QueuedRow,
  type ReportStatus,
  type ReviewEvent,
  type ServerRow,
  type Submission,
} from '../../domain/protocol.ts'
import { SAMPLE_HISTORY, sampleDesk, serveDesk } from '../support/desk.ts'
import { FakeServer, receiptOf, refusal, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET, serverRow } from '../support/unit-sheet.ts'

const ANNOTATIONS = `/api/plans/${PLAN.id}/annotations`
const SPEC = breakdownSpec(PLAN)
const REVIEW = { code: 'review' }

let host: MemoryHost
let server: FakeServer
let flow: Flow
let kept: ReturnType<typeof serveDesk>

beforeEach(() => open('commission'))

async function open(role: string, desk?: Desk, rows?: ServerRow[]): Promise<void> {
  host = new MemoryHost([circulatedSheet()], 'file')
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, rows ?? ROWS, role)
  kept = serveDesk(server, desk, rows)
  flow = startFlow(host, server).flow
  await signIn(flow, 'key')
  await pullDesk(flow)
}

const queue = () => flow.state().desk?.queue ?? []
const queued = (rowId: string) => queue().find((row) => row.rowId === rowId) as QueuedRow
const said = () => server.asked.filter(({ method, path }) => method === 'POST' && path === ANNOTATIONS)
const sentAnnotations = () => said().flatMap(({ body }) => (body as NewAnnotations).annotations)
const stored = (rowId: string) => kept.rows.find((row) => row.rowId === rowId) as ServerRow
/** Somebody else changes a row after it was shown. */
function moveOn(rowId: string, text: string): void {
  const row = stored(rowId)
  row.cells['milestone.P1'] = text
  row.ver = 20
  kept.desk = {
    ...kept.desk,
    queue: kept.desk.queue.map((one) => (one.rowId === rowId ? { ...one, ver: 20 } : one)),
  }
}

test('the desk opens with what waits, and its rows at the versions that it names', async () => {
  expect(flow.state()).toMatchObject({ screen: 'desk', desk: { openConflicts: 1 } })
  expect(queue().map((row) => rowOfQueued(flow.state(), row)?.ver)).toEqual([3, 3, 3])
})

test('a row that moves between the two answers is read again', async () => {
  let readings = 0
  server.on(`/api/plans/${PLAN.id}/desk`, () => {
    readings++
    if (readings === 1) return { ...sampleDesk(), queue: sampleDesk().queue.map((row) => ({ ...row, ver: 2 })) }
    return kept.desk
  })
  await pullDesk(flow)
  expect(readings).toBe(2)
  expect(queue().every((row) => rowOfQueued(flow.state(), row))).toBe(true)
})

test('a row passes as a whole, of the text that was shown, and leaves the queue', async () => {
  await acceptRows(flow, [queued('r1')])
  const ofText = annotatedText(SPEC, ROWS[0] as ServerRow, REVIEW)
  expect(sentAnnotations()).toEqual([{ rowId: 'r1', code: 'review', kind: 'accept', text: '', ofText }])
  expect(queue().map(({ rowId }) => rowId)).toEqual(['r2', 'r3'])
  expect(flow.state().notice).toMatchObject({ tone: 'success', text: 'review.accepted', params: { count: 1 } })
})

test('what has just passed can be taken back, and waits again', async () => {
  await acceptRows(flow, [queued('r1')])
  const { lastReview } = flow.state()
  expect(lastReview).toEqual({ kind: 'accept', places: [{ rowId: 'r1' }] })
  await withdrawReview(flow, lastReview?.places ?? [])
  expect(sentAnnotations().at(-1)).toMatchObject({ rowId: 'r1', kind: 'withdrawal', text: '' })
  expect(queue().map(({ rowId }) => rowId)).toContain('r1')
  expect(flow.state().lastReview).toBeUndefined()
})

test('one cell is sent back with its reason, said of that cell alone', async () => {
  expect(await returnRow(flow, queued('r1'), 'milestone.P2', '请写明数量。')).toBe(true)
  expect(sentAnnotations()).toEqual([
    {
      rowId: 'r1',
      column: 'milestone.P2',
      code: 'review',
      kind: 'return',
      text: '请写明数量。',
      ofText: ROWS[0]?.cells['milestone.P2'],
    },
  ])
  expect(queued('r1').review).toBe('returned')
})

test('of a row that moved on, nothing is said: the new text is shown and has to be judged anew', async () => {
  const before = queued('r1')
  moveOn('r1', '新增就业2700人。')
  expect(await returnRow(flow, before, 'milestone.P1', '请写明数量。')).toBe(false)
  expect(flow.state().notice).toMatchObject({ tone: 'warning', text: 'review.moved' })
  expect(rowOfQueued(flow.state(), queued('r1'))?.cells['milestone.P1']).toBe('新增就业2700人。')
  expect(flow.state().lastReview).toBeUndefined()
  expect(await returnRow(flow, queued('r1'), 'milestone.P1', '请写明数量。')).toBe(true)
  expect(sentAnnotations().at(-1)?.ofText).toBe('新增就业2700人。')
})

test('a row that was read anew since it was shown is not judged by what was shown', async () => {
  const before = queued('r1')
  moveOn('r1', '新增就业2700人。')
  await pullDesk(flow)
  await acceptRows(flow, [before])
  expect(said()).toEqual([])
  expect(flow.state().notice?.text).toBe('review.moved')
})

test('only rows without errors, conflicts and returns pass together', () => {
  const [clean] = queue() as [QueuedRow]
  expect(cleanRows(flow.state(), queue())).toEqual([clean])
  const unclean: Partial<QueuedRow>[] = [{ errors: 1 }, { openConflicts: 1 }, { review: 'returned' }, { ver: 2 }]
  for (const part of unclean) expect(cleanRows(flow.state(), [{ ...clean, ...part }])).toEqual([])
})

test('a whole county passes in as few requests as the server takes, each under a key of its own', async () => {
  const rows = Array.from({ length: MAX_ANNOTATIONS + 1 }, (_, i) =>
    serverRow(`r${i}`, `任务${i}。`, ['一', '二'], true),
  )
  const [first] = sampleDesk().queue
  const many = rows.map(({ rowId }) => ({ ...(first as QueuedRow), rowId, number: rowId }))
  await open('commission', { ...sampleDesk(), queue: many }, rows)
  await acceptRows(flow, queue())
  expect(said().map(({ body }) => (body as NewAnnotations).annotations.length)).toEqual([MAX_ANNOTATIONS, 1])
  expect(new Set(said().map(({ attempt }) => attempt)).size).toBe(2)
  expect(flow.state().lastReview?.places).toHaveLength(MAX_ANNOTATIONS + 1)
  expect(queue()).toEqual([])
})

test('after a lost answer the same goes out again under the same key', async () => {
  const answer = server.answers.get(`POST ${ANNOTATIONS}`)
  server.on(`POST ${ANNOTATIONS}`, () => 'offline')
  await acceptRows(flow, [queued('r1')])
  expect(flow.state().notice).toMatchObject({ text: 'offline', retry: true })
  server.on(`POST ${ANNOTATIONS}`, (asked) => answer?.(asked))
  await retry(flow)
  const [one, other] = said()
  expect(other).toEqual(one)
  expect(queue().map(({ rowId }) => rowId)).not.toContain('r1')
})

test('any other refusal is said in its own words', async () => {
  server.on(`POST ${ANNOTATIONS}`, () => refusal('plan-not-collecting', 409, '计划不在征集阶段。'))
  await acceptRows(flow, [queued('r1')])
  expect(flow.state()).toMatchObject({ notice: { sentence: '计划不在征集阶段。' }, busy: undefined })
})

test('the supervision office reads and may not judge, nor anybody once the plan is issued', async () => {
  expect(mayReview(flow.state())).toBe(true)
  const plan = { ...PLAN, state: 'issued' as const }
  expect(mayReview({ ...flow.state(), plan: { plan, registry: REGISTRY } })).toBe(false)
  await open('supervision')
  expect(queue()).toHaveLength(3)
  expect(mayReview(flow.state())).toBe(false)
})

const SUGGESTED = { rowId: 'r1', column: 'task', head: '城镇新增就业10000人以上。', text: '城镇新增就业12000人以上。' }
const SUBMIT = `POST /api/plans/${PLAN.id}/submissions`

test('a suggestion is taken up by a submission at the head, after its preview and under the key of the preview', async () => {
  const applied = [{ rowId: 'r1', column: 'task', old: SUGGESTED.head, new: SUGGESTED.text }]
  for (const isDry of [true, false])
    server.on(`${SUBMIT}${isDry ? '?dryRun=1' : ''}`, ({ body }) =>
      receiptOf(body as Submission, { r1: { applied, outcome: 'applied' } }, isDry),
    )
  await previewTakeUp(flow, SUGGESTED)
  const row = ROWS[0] as ServerRow
  expect(flow.state().takingUp?.submission).toEqual({
    form: 'breakdown',
    specVersion: 1,
    rows: [{ rowId: 'r1', baseVer: 3, cells: { ...row.cells, task: SUGGESTED.text } }],
  })
  await confirmTakeUp(flow)
  const [dry, real] = server.asked.filter(({ path }) => path.includes('/submissions'))
  expect(real).toMatchObject({ body: dry?.body, attempt: dry?.attempt })
  expect(flow.state()).toMatchObject({ takingUp: undefined, notice: { text: 'takeUp.done' } })
})

test('a suggestion to a cell that has changed is not taken up', async () => {
  stored('r1').cells.task = '城镇新增就业11000人以上。'
  await pullDesk(flow)
  await previewTakeUp(flow, SUGGESTED)
  expect(flow.state()).toMatchObject({ notice: { text: 'takeUp.moved' } })
  expect(flow.state().takingUp).toBeUndefined()
})

test('clearing a held cell is said to be meant', async () => {
  server.on(`${SUBMIT}?dryRun=1`, ({ body }) => receiptOf(body as Submission, {}, true))
  await previewTakeUp(flow, { rowId: 'r2', column: 'milestone.P1', head: '制定工作方案。', text: '' })
  expect(flow.state().takingUp?.submission).toMatchObject({
    rows: [{ cells: { 'milestone.P1': '' } }],
    clears: [{ rowId: 'r2', column: 'milestone.P1' }],
  })
})

test('what the server did not write is not called written', async () => {
  server.on(`${SUBMIT}?dryRun=1`, ({ body }) => receiptOf(body as Submission, {}, true))
  server.on(SUBMIT, ({ body }) => receiptOf(body as Submission, {}, false))
  await previewTakeUp(flow, SUGGESTED)
  await confirmTakeUp(flow)
  expect(flow.state().notice).toMatchObject({ tone: 'warning', text: 'takeUp.notDone' })
})

test('the record of a row goes back to where it was asked for, also after it was read again', async () => {
  flow.dispatch({ type: 'went', screen: 'review' })
  await openHistory(flow, 'r1')
  await openHistory(flow, 'r1')
  expect(flow.state()).toMatchObject({ screen: 'history', history: { rowId: 'r1', from: 'review' } })
  flow.dispatch({ type: 'went', screen: 'review' })
  expect(flow.state().history?.rowId).toBe('r1')
  flow.dispatch({ type: 'went', screen: 'desk' })
  expect(flow.state().history).toBeUndefined()
})

test('a screen that the desk led to goes back there, also by way of a record', async () => {
  server.on(`/api/plans/${PLAN.id}/conflicts`, () => ({ conflicts: [] }))
  await pullConflicts(flow)
  expect(flow.state()).toMatchObject({ screen: 'conflicts', isFromDesk: true })
  await openHistory(flow, 'r1')
  flow.dispatch({ type: 'went', screen: 'conflicts' })
  await pullConflicts(flow)
  expect(flow.state().isFromDesk).toBe(true)
  flow.dispatch({ type: 'went', screen: 'home' })
  await pullConflicts(flow)
  expect(flow.state().isFromDesk).toBe(false)
})

test('a record tells changes, conflicts and review in time, newest first', () => {
  const shown = entriesOf(SAMPLE_HISTORY).map(
    ({ event, review, conflict }) => event?.kind ?? review?.kind ?? conflict?.kind,
  )
  expect(shown).toEqual(['adjust', 'cell', 'withdrawal', 'accept', 'update', 'return', 'insert'])
})

test('a return names who changed what was sent back, but not once it was settled or taken back before', () => {
  const change = (seq: number, by: string, column: string): History['events'][number] => ({
    seq,
    rowId: 'r1',
    kind: 'update',
    by,
    at: `2023-11-1${seq}T01:00:00Z`,
    changes: [{ column, old: '甲', new: '乙' }],
  })
  const returned: ReviewEvent = {
    kind: 'return',
    column: 'milestone.P1',
    text: '请核对。',
    by: '县发展改革委',
    at: '2023-11-10T01:00:00Z',
  }
  const events = [
    change(0, '县教委', 'milestone.P1'),
    change(1, '县教委', 'milestone.P2'),
    change(3, '县卫生健康委', 'milestone.P1'),
  ]
  const mendedBy = (reviews: ReviewEvent[]) =>
    entriesOf({ events, reviews }).find(({ review }) => review?.kind === 'return')?.mended?.by
  const later = { text: '', by: '县发展改革委', at: '2023-11-12T01:00:00Z' }
  expect(mendedBy([returned])).toBe('县卫生健康委')
  expect(mendedBy([{ ...returned, column: undefined }])).toBe('县教委')
  expect(mendedBy([returned, { ...later, kind: 'withdrawal', column: 'milestone.P1' }])).toBeUndefined()
  expect(mendedBy([returned, { ...later, kind: 'accept' }])).toBeUndefined()
  expect(mendedBy([returned, { ...later, kind: 'withdrawal', column: 'milestone.P2' }])).toBe('县卫生健康委')
})

test('a row is found in the open sheet, with ids or without, and its cell is selected', async () => {
  await jumpToRow(flow, 'r2', 'milestone.P2')
  expect(host.jumps).toEqual([{ sheet: SHEET, row: AT.r2, column: AT.p2 }])
  host.type(SHEET, AT.r3, 1, '另一项任务。')
  await jumpToRow(flow, 'r3')
  expect(flow.state().notice?.text).toBe('jump.notThere')
  host.grids.clear()
  await jumpToRow(flow, 'r2')
  expect(flow.state().notice?.text).toBe('sheet.none')
})

const UNITS: ReportStatus[] = [
  { unit: '县医保局', rows: 2, submittedRows: 2, submissions: 1, lastAt: '2023-11-10T01:02:03Z', returned: 1 },
  { unit: '县教委', rows: 3, submittedRows: 1, submissions: 2, lastAt: '2023-11-11T01:02:03Z', pending: 4 },
  { unit: '县民政局', rows: 1, submittedRows: 0, submissions: 0, lastAt: null },
  { unit: '县档案馆', rows: 0, submittedRows: 0, submissions: 0, lastAt: null },
].map((unit) => ({ errors: 0, warnings: 0, openConflicts: 0, ...unit }))

test('units that have not reported come first, then those that owe some; each order has its own first', () => {
  const first = (order: Parameters<typeof orderUnits>[1]) => orderUnits(UNITS, order)[0]?.unit
  expect(orderUnits(UNITS, 'silent').map(({ unit }) => unit)).toEqual(['县民政局', '县教委', '县档案馆', '县医保局'])
  expect([first('returned'), first('pending'), first('latest')]).toEqual(['县医保局', '县教委', '县教委'])
})

test('whom to remind: who owes a task and has sent nothing', () => {
  expect(silentUnits(UNITS)).toEqual(['县民政局'])
})

test('who has reported opens with the receipts', async () => {
  server.on(`/api/plans/${PLAN.id}/master`, () => ({
    plan: PLAN,
    seq: 1,
    rows: [],
    status: [],
    conflicts: [],
    issues: [],
  }))
  server.on(`/api/plans/${PLAN.id}/submissions`, () => ({ submissions: [] }))
  await pullStatus(flow)
  expect(flow.state()).toMatchObject({ screen: 'status', submissions: [] })
})
