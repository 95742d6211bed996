import { beforeEach, expect, test } from 'vitest'
import type { PlacedIssue, Said } from '../../addin/checking-state.ts'
import { annotationKeeper, mayWithdraw, saveAnnotation, withdrawAnnotation } from '../../addin/flows/annotations.ts'
import { checkSheet } from '../../addin/flows/check.ts'
import { type Flow, retry } from '../../addin/flows/flow.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { signIn } from '../../addin/flows/session.ts'
import { previewSubmission } from '../../addin/flows/submit.ts'
import { issueKey } from '../../domain/annotation.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { AnnotationBody, NewAnnotations, StoredAnnotation, Submission } from '../../domain/protocol.ts'
import { FakeServer, receiptOf, refusal, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const POST = `POST /api/plans/${PLAN.id}/annotations`
const WHY = '其余2500人由各乡镇（街道）就近安排。'

let host: MemoryHost
let server: FakeServer
let flow: Flow

beforeEach(async () => {
  host = new MemoryHost([circulatedSheet()])
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  ;({ flow } = startFlow(host, server))
})

/** Keeps what it is sent, as the Worker does, and tells all of it. */
function serveAnnotations(): AnnotationBody[] {
  const kept: AnnotationBody[] = []
  server.on(POST, ({ body }) => {
    kept.push(...(body as NewAnnotations).annotations)
    const last = kept.filter(
      (one, i) => one.kind !== 'withdrawal' && !kept.slice(i).some(({ kind }) => kind === 'withdrawal'),
    )
    return {
      annotations: last.map((one): StoredAnnotation => ({ ...one, by: '县人力社保局', at: '2023-11-10T01:02:03Z' })),
    }
  })
  return kept
}

function found(code: string, rowId = 'r1'): PlacedIssue | undefined {
  return flow.state().check?.issues.find(({ issue }) => issue.code === code && issue.rowId === rowId)
}

/** Gives the reason for the shortfall of the first row. */
async function explain(): Promise<void> {
  const { issue } = found('target/falls-short') ?? {}
  if (!issue) throw new Error('no shortfall found')
  await saveAnnotation(flow, { rowId: 'r1', column: issue.column, code: issueKey(issue), kind: 'reason', text: WHY })
}

test('a reason is sent with the text that it is given for, and stays with its issue', async () => {
  const kept = serveAnnotations()
  await signIn(flow, 'key')
  await checkSheet(flow)
  await explain()
  expect(kept).toMatchObject([{ rowId: 'r1', kind: 'reason', text: WHY, code: expect.stringContaining('#') }])
  expect(kept[0]?.ofText).toContain('新增就业5000人。')
  expect(found('target/falls-short')?.reason).toMatchObject({ text: WHY, by: '县人力社保局' })
  expect(flow.state()).toMatchObject({ screen: 'check', notice: { tone: 'success', text: 'annotation.saved' } })
})

test('a reason lapses with its text and comes back with it', async () => {
  serveAnnotations()
  await signIn(flow, 'key')
  await checkSheet(flow)
  await explain()
  host.type(SHEET, AT.r1, AT.p2, '新增就业6000人。')
  await checkSheet(flow)
  expect(found('target/falls-short')).toBeDefined()
  expect(found('target/falls-short')?.reason).toBeUndefined()
  host.type(SHEET, AT.r1, AT.p2, '新增就业5000人。')
  await checkSheet(flow)
  expect(found('target/falls-short')?.reason?.text).toBe(WHY)
})

test('a withdrawal takes the reason back', async () => {
  const kept = serveAnnotations()
  await signIn(flow, 'key')
  await checkSheet(flow)
  await explain()
  const { reason } = found('target/falls-short') ?? {}
  await withdrawAnnotation(flow, reason as Said)
  expect(kept.at(-1)).toMatchObject({ kind: 'withdrawal', text: '', code: reason?.code })
  expect(found('target/falls-short')?.reason).toBeUndefined()
})

test('an answer reaches the check: what is arranged elsewhere is not asked for again', async () => {
  serveAnnotations()
  await signIn(flow, 'key')
  await checkSheet(flow)
  const { issue } = found('target/falls-short') ?? {}
  await saveAnnotation(flow, { rowId: 'r1', code: issueKey(issue!), kind: 'answer', text: 'elsewhere' })
  expect(found('target/falls-short')).toBeUndefined()
  expect(flow.state().check?.standing).toMatchObject([{ kind: 'answer', text: 'elsewhere', by: '县人力社保局' }])
})

test('an answer to a question keeps the screen that it was given on', async () => {
  serveAnnotations()
  await signIn(flow, 'key')
  await checkSheet(flow)
  flow.dispatch({ type: 'went', screen: 'home' })
  await explain()
  expect(flow.state()).toMatchObject({ screen: 'home', notice: { text: 'annotation.saved' } })
})

test('nothing is said of a text that changed since it was checked', async () => {
  const kept = serveAnnotations()
  await signIn(flow, 'key')
  await checkSheet(flow)
  host.type(SHEET, AT.r1, AT.p2, '新增就业6000人。')
  await explain()
  expect(kept).toEqual([])
  expect(flow.state().notice).toMatchObject({ tone: 'warning', text: 'annotation.changed' })
  // An edit in another row does not stand in the way.
  host.type(SHEET, AT.r2, AT.p1, '制定工作方案并印发。')
  await explain()
  expect(kept).toHaveLength(1)
})

test('without an answer from the server the same reason goes out again on 重试', async () => {
  await signIn(flow, 'key')
  await checkSheet(flow)
  server.on(POST, () => 'offline')
  await explain()
  expect(flow.state().notice).toMatchObject({ text: 'offline', retry: true })
  const kept = serveAnnotations()
  await retry(flow)
  expect(kept).toHaveLength(1)
  const attempts = server.asked.filter(({ method }) => method === 'POST').map(({ attempt }) => attempt)
  expect(new Set(attempts).size).toBe(1)
  expect(found('target/falls-short')?.reason?.text).toBe(WHY)
})

test('a refusal is said, and the issue stays open', async () => {
  await signIn(flow, 'key')
  await checkSheet(flow)
  server.on(POST, () => refusal('plan-archived', 409, '计划已归档。'))
  await explain()
  expect(flow.state().notice).toMatchObject({ tone: 'error', sentence: '计划已归档。' })
  expect(found('target/falls-short')?.reason).toBeUndefined()
})

test('without a plan reasons live in the pane for this session, and nothing is sent', async () => {
  await checkSheet(flow)
  const first = flow.state().check?.issues.find(({ issue }) => issue.code === 'target/falls-short')
  const { rowId = '', column } = first?.issue ?? {}
  await saveAnnotation(flow, { rowId, column, code: issueKey(first!.issue), kind: 'reason', text: WHY })
  expect(flow.state().notice).toMatchObject({ text: 'annotation.keptHere' })
  expect(found('target/falls-short', rowId)?.reason).toMatchObject({ text: WHY })
  await checkSheet(flow)
  expect(found('target/falls-short', rowId)?.reason).toMatchObject({ text: WHY })
  await withdrawAnnotation(flow, found('target/falls-short', rowId)?.reason as Said)
  expect(found('target/falls-short', rowId)?.reason).toBeUndefined()
  expect(server.asked).toEqual([])
})

test('where a reviewer releases what is sent, a reason goes along with it while its text stands', async () => {
  serveUnit(server, { ...PLAN, signOff: 'reviewer' }, REGISTRY, ROWS)
  const me = (await (await server.fetch('/api/me')).json()) as { key: object }
  server.on('/api/me', () => ({ ...me, key: { ...me.key, duty: 'handler' } }))
  const sent: Submission[] = []
  server.on(`POST /api/plans/${PLAN.id}/submissions?dryRun=1`, ({ body }) => {
    sent.push(body as Submission)
    return receiptOf(body as Submission, {}, true)
  })
  await signIn(flow, 'key')
  await recogniseSheet(flow)
  await confirmRecognition(flow)
  await checkSheet(flow)
  await explain()
  expect(flow.state().notice).toMatchObject({ text: 'annotation.goesAlong' })
  const { reason } = found('target/falls-short') ?? {}
  expect(mayWithdraw(flow.state(), breakdownSpec(PLAN), reason as Said)).toBe(true)
  expect(mayWithdraw(flow.state(), breakdownSpec(PLAN), { ...(reason as Said) })).toBe(false)
  await previewSubmission(flow)
  expect(sent.at(-1)?.reasons).toEqual([
    { rowId: 'r1', ...(reason?.column && { column: reason.column }), code: reason?.code, reason: WHY },
  ])
  expect(flow.state().preview?.submission.reasons).toHaveLength(1)
  host.type(SHEET, AT.r1, AT.p2, '新增就业6000人。')
  await previewSubmission(flow)
  expect(sent.at(-1)?.reasons).toBeUndefined()
  expect(server.asked.some(({ path }) => path.endsWith('/annotations'))).toBe(false)
})

test('a row that only supports, an archived plan and cells of the commission are not a unit’s to explain', async () => {
  await signIn(flow, 'key')
  const spec = breakdownSpec(PLAN)
  const keeper = (rowId: string, column?: string) =>
    annotationKeeper(flow.state(), spec, { rowId, ...(column && { column }) })
  expect(keeper('r1')).toBe('server')
  expect(keeper('r1', 'milestone.P1')).toBe('server')
  expect(keeper('r1', 'task')).toBeUndefined()
  expect(keeper('r3')).toBeUndefined()
  serveUnit(server, { ...PLAN, state: 'archived' }, REGISTRY, ROWS)
  await signIn(flow, 'key')
  expect(keeper('r1')).toBeUndefined()
  serveUnit(
    server,
    { ...PLAN, state: 'issued' },
    REGISTRY,
    ROWS.map((row) => ({ ...row, writable: [] })),
  )
  await signIn(flow, 'key')
  expect([keeper('r1', 'milestone.P1'), keeper('r1', 'task'), keeper('r3')]).toEqual(['server', undefined, undefined])
})

test('a unit takes back its own words, not those of a joint lead; the commission takes back any', async () => {
  const said: Said = { rowId: 'r1', code: 'x', kind: 'reason', text: WHY, ofText: '', by: '县医保局', at: '' }
  const spec = breakdownSpec(PLAN)
  await signIn(flow, 'key')
  expect(mayWithdraw(flow.state(), spec, said)).toBe(false)
  expect(mayWithdraw(flow.state(), spec, { ...said, by: '县人力社保局' })).toBe(true)
  serveUnit(server, PLAN, REGISTRY, ROWS, 'commission')
  await signIn(flow, 'key')
  expect(mayWithdraw(flow.state(), spec, said)).toBe(true)
})
