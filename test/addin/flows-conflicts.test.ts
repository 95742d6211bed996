/** Several conflicts at once: each as if alone, none twice, and each refusal with its own conflict. */
import { beforeEach, expect, test } from 'vitest'
import { pullConflicts, resolveConflicts } from '../../addin/flows/conflicts.ts'
import { type Flow, retry } from '../../addin/flows/flow.ts'
import { signIn } from '../../addin/flows/session.ts'
import { mayDecide } from '../../addin/screens/labels.ts'
import { type ConflictBody, MAX_DECISIONS, type Resolution } from '../../domain/protocol.ts'
import { FakeServer, outcomeOf, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { PLAN, REGISTRY, ROWS } from '../support/unit-sheet.ts'

const RESOLUTIONS = `POST /api/plans/${PLAN.id}/resolutions`

const conflictOf = (id: string, ver: number): ConflictBody => ({
  id,
  kind: 'cell',
  rowId: 'r1',
  column: 'milestone.P1',
  base: '一',
  head: '二',
  submitted: '三',
  status: 'open',
  ver,
  submissionId: 's1',
  submittedBy: '县医保局',
  headBy: '县人力社保局',
  at: '2023-11-10T01:02:03Z',
  task: '任务',
  number: '1',
})

let server: FakeServer
let flow: Flow
let open: ConflictBody[]

beforeEach(async () => {
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS, 'commission')
  open = Array.from({ length: MAX_DECISIONS + 2 }, (_, i) => conflictOf(`c${i}`, i + 1))
  server.on(`/api/plans/${PLAN.id}/conflicts`, () => ({ conflicts: open }))
  flow = startFlow(new MemoryHost([]), server).flow
  await signIn(flow, 'key')
  await pullConflicts(flow)
})

type Resolutions = { decisions: (Resolution & { conflictId: string })[] }

const asked = () => server.asked.filter(({ path }) => path.endsWith('/resolutions'))
const decisions = () => asked().flatMap(({ body }) => (body as Resolutions).decisions)

/** Decides all but `refused`. */
function accept(refused: string[] = []): void {
  server.on(RESOLUTIONS, ({ body }) => ({
    outcomes: (body as Resolutions).decisions.map(({ conflictId }) => {
      if (refused.includes(conflictId)) return { conflictId, refusal: { code: 'row-changed', detail: '已有更新。' } }
      open = open.filter(({ id }) => id !== conflictId)
      return { conflictId, outcome: outcomeOf('r1', 9) }
    }),
  }))
}

test('all are sent with the version that was shown, one reason, and no more in a request than it takes', async () => {
  accept()
  await resolveConflicts(flow, open, { choose: 'head', reason: '按文件口径' })
  expect(asked().map(({ body }) => (body as Resolutions).decisions.length)).toEqual([MAX_DECISIONS, 2])
  expect(decisions()[3]).toEqual({ conflictId: 'c3', choose: 'head', reason: '按文件口径', ver: 4 })
  expect(new Set(asked().map(({ attempt }) => attempt)).size).toBe(2)
  expect(flow.state()).toMatchObject({ conflicts: [], notice: { tone: 'success', text: 'conflicts.allResolved' } })
})

test('one that is refused stays in the list with the reason, and the others are decided', async () => {
  accept(['c1'])
  await resolveConflicts(flow, open.slice(0, 3), { choose: 'submitted' })
  expect(flow.state()).toMatchObject({
    conflictRefusals: { c1: '已有更新。' },
    notice: { tone: 'warning', text: 'conflicts.someRefused', params: { count: 2, failed: 1 } },
  })
  expect(flow.state().conflicts?.some(({ id }) => id === 'c1')).toBe(true)
  await pullConflicts(flow)
  expect(flow.state().conflictRefusals).toBeUndefined()
})

test('a retry after a lost answer goes out under the same keys with the same decisions', async () => {
  server.on(RESOLUTIONS, () => 'offline')
  await resolveConflicts(flow, open.slice(0, 2), { choose: 'head' })
  expect(flow.state().notice).toMatchObject({ text: 'offline', retry: true })
  accept()
  await retry(flow)
  expect(asked()).toHaveLength(2)
  expect(new Set(asked().map(({ attempt, body }) => `${attempt} ${JSON.stringify(body)}`)).size).toBe(1)
})

test('who decides is what the server says, and where it says nothing what it would say', () => {
  const conflict = conflictOf('c1', 1)
  const state = flow.state()
  expect(mayDecide(state, conflict)).toBe(true)
  expect(mayDecide(state, { ...conflict, mayDecide: false })).toBe(false)
  const unit = { ...state, me: state.me && { ...state.me, actor: { ...state.me.actor, role: 'unit' as const } } }
  expect(mayDecide(unit, conflict)).toBe(false)
  expect(mayDecide(unit, { ...conflict, submittedBy: '县人力社保局' })).toBe(true)
})
