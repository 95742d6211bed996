/** Back on the first screen: what waits is read again, and nobody is held up by it. */
import { beforeEach, expect, test } from 'vitest'
import { checkSheet } from '../../addin/flows/check.ts'
import type { Flow } from '../../addin/flows/flow.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { signIn } from '../../addin/flows/session.ts'
import { createTranslate } from '../../addin/messages.ts'
import { homeward } from '../../addin/screens/screen-props.ts'
import type { ServerRow } from '../../domain/protocol.ts'
import { FakeServer, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { circulatedSheet, PLAN, REGISTRY, ROWS } from '../support/unit-sheet.ts'

const ROWS_PATH = `/api/plans/${PLAN.id}/rows`
const RETURNED: ServerRow[] = ROWS.map((row, i) => (i === 0 ? { ...row, review: 'returned' } : row))

let host: MemoryHost
let server: FakeServer
let flow: Flow

beforeEach(async () => {
  host = new MemoryHost([circulatedSheet()])
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  ;({ flow } = startFlow(host, server))
  await signIn(flow, 'key')
  await recogniseSheet(flow)
  await confirmRecognition(flow)
  flow.dispatch({ type: 'went', screen: 'submissions' })
})

const goHome = () => homeward({ state: flow.state(), flow, t: createTranslate('zh') }).onClick()
const isReturned = () => flow.state().rows?.rows.some(({ review }) => review === 'returned')
const settled = () => expect.poll(() => flow.state().isRefreshing).toBe(false)

test('what was sent back meanwhile is told at once, and said to be on its way until then', async () => {
  server.on(ROWS_PATH, () => ({ planId: PLAN.id, state: PLAN.state, seq: 9, rows: RETURNED }))
  goHome()
  expect(flow.state()).toMatchObject({ screen: 'home', isRefreshing: true })
  expect(flow.state().busy).toBeUndefined()
  await settled()
  expect(isReturned()).toBe(true)
})

test('work begun meanwhile goes on with the rows that it began with', async () => {
  server.on(ROWS_PATH, () => ({ planId: PLAN.id, state: PLAN.state, seq: 9, rows: RETURNED }))
  goHome()
  const checking = checkSheet(flow)
  await settled()
  await checking
  expect(isReturned()).toBe(false)
})

test('a network that fails is not told by it, and the last known stays', async () => {
  server.on(ROWS_PATH, () => 'offline')
  goHome()
  await settled()
  expect(flow.state().notice?.tone).not.toBe('error')
  expect(flow.state().rows?.rows).toHaveLength(ROWS.length)
})
