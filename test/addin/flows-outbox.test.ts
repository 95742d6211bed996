/** 待发箱 as the flows drive it: nothing is lost by closing the pane, nothing counts twice, later edits stay. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Flow } from '../../addin/flows/flow.ts'
import { refreshOutbox, sendNow } from '../../addin/flows/outbox.ts'
import { deleteRecords, openReceipt, returnToSheet } from '../../addin/flows/outbox-records.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { goOnline, signIn, signOut } from '../../addin/flows/session.ts'
import { confirmSubmit, keepForLater, previewSubmission } from '../../addin/flows/submit.ts'
import type { OutboxRecord } from '../../addin/outbox/record.ts'
import { createMemoryStore } from '../../addin/outbox/store.ts'
import type { RowOutcome, Submission } from '../../domain/protocol.ts'
import { FakeServer, receiptOf, refusal, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const SUBMIT = `POST /api/plans/${PLAN.id}/submissions`
const EDITED = '新增就业2600人。'

let host: MemoryHost
let server: FakeServer
let shared: Map<string, OutboxRecord>
let flow: Flow

/** A pane over the same browser: its outbox is the one of the last visit. */
async function openPane(over = host): Promise<Flow> {
  const started = startFlow(over, server).flow
  started.outbox.store = Promise.resolve({ ...createMemoryStore(shared), isLasting: true })
  await signIn(started, 'secret')
  await settled()
  return started
}

/** Lets work of the background come to its end. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

const attempts = () => server.asked.filter(({ path }) => path.endsWith('/submissions')).map(({ attempt }) => attempt)

/** Takes what is sent into the rows and their next version, `others` being what somebody else wrote meanwhile. */
function accept(others: Record<string, Record<string, string>> = {}): void {
  let rows = ROWS
  let ver = 6
  server.on(SUBMIT, ({ body }) => {
    const { rows: sent } = body as Submission
    const outcomes: Record<string, Partial<RowOutcome>> = {}
    ver++
    rows = rows.map((row) => {
      const mine = sent.find(({ rowId }) => rowId === row.rowId)
      if (!mine) return row
      const changed = Object.entries(mine.cells).filter(([column, text]) => text !== row.cells[column])
      const applied = changed.map(([column, text]) => ({
        rowId: row.rowId,
        column,
        old: row.cells[column] ?? null,
        new: text,
      }))
      outcomes[row.rowId] = { applied, ver, outcome: 'applied' }
      return { ...row, ver, cells: { ...row.cells, ...mine.cells, ...others[row.rowId] } }
    })
    const now = rows
    server.on(`/api/plans/${PLAN.id}/rows`, () => ({ planId: PLAN.id, state: PLAN.state, seq: 2, rows: now }))
    return receiptOf(body as Submission, outcomes, false)
  })
}

beforeEach(async () => {
  host = new MemoryHost([circulatedSheet()])
  server = new FakeServer()
  shared = new Map()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  server.on(`${SUBMIT}?dryRun=1`, ({ body }) => receiptOf(body as Submission, {}, true))
  server.on(SUBMIT, () => 'offline')
  flow = await openPane()
  await recogniseSheet(flow)
  await confirmRecognition(flow)
})

async function submitOffline(): Promise<void> {
  host.type(SHEET, AT.r1, AT.p1, EDITED)
  await previewSubmission(flow)
  await confirmSubmit(flow)
}

describe('a submission that meets no answer', () => {
  beforeEach(submitOffline)

  test('is kept and shown, without the access key', () => {
    expect(flow.state()).toMatchObject({ screen: 'outbox', notice: { text: 'outbox.kept' } })
    expect(flow.state().preview).toBeUndefined()
    expect(flow.state().outbox?.records).toMatchObject([{ state: 'waiting', tries: 1, sheet: SHEET }])
    expect(JSON.stringify([...shared.values()])).not.toContain('secret')
  })

  test('goes out under the same key at the next visit, and its unchanged sheet gets the new versions', async () => {
    await signOut(flow)
    accept()
    for (const [id, record] of shared) shared.set(id, { ...record, nextAt: 0 })
    const next = await openPane()
    expect(attempts()).toHaveLength(2)
    expect(new Set(attempts()).size).toBe(1)
    expect(next.state()).toMatchObject({ notice: { text: 'outbox.landed', params: { number: '20231110-0001' } } })
    expect(host.text(SHEET, AT.r1, AT.carrier)).toBe('r1@7')
    await openReceipt(next, next.state().outbox!.records[0]!)
    expect(next.state()).toMatchObject({ screen: 'receipt', done: { receipt: { number: '20231110-0001' } } })
    expect(shared.size).toBe(0)
  })

  test('gives its sheet the new versions without touching what was edited meanwhile', async () => {
    host.type(SHEET, AT.r1, AT.p1, '新增就业2700人。')
    host.type(SHEET, AT.r1, AT.p2, '新增就业5100人。')
    accept()
    await sendNow(flow)
    expect(flow.state().notice?.text).toBe('outbox.landed')
    expect(host.text(SHEET, AT.r1, AT.carrier)).toBe('r1@7')
    expect(host.text(SHEET, AT.r1, AT.p1)).toBe('新增就业2700人。')
    expect(host.text(SHEET, AT.r1, AT.p2)).toBe('新增就业5100人。')
  })

  test('leaves the base of a row alone where somebody else changed a cell that the person may write', async () => {
    accept({ r1: { 'milestone.P2': '新增就业4000人。' } })
    host.type(SHEET, AT.r1, AT.p1, '新增就业2700人。')
    const before = host.text(SHEET, AT.r1, AT.carrier)
    await sendNow(flow)
    expect(host.text(SHEET, AT.r1, AT.carrier)).toBe(before)
    expect(host.text(SHEET, AT.r2, AT.carrier)).toBe('r2@7')
  })

  test('leaves the base of a row alone where the person edited a cell since that somebody else changed', async () => {
    accept({ r1: { 'milestone.P2': '新增就业4000人。' } })
    host.type(SHEET, AT.r1, AT.p2, '新增就业5100人。')
    const before = host.text(SHEET, AT.r1, AT.carrier)
    await sendNow(flow)
    expect(host.text(SHEET, AT.r1, AT.carrier)).toBe(before)
  })

  test('leaves the base alone in another copy of the workbook that does not hold what was submitted', async () => {
    host.copyId = 'copy-2'
    host.type(SHEET, AT.r1, AT.p1, ROWS[0]!.cells['milestone.P1']!)
    const before = host.text(SHEET, AT.r1, AT.carrier)
    accept()
    await sendNow(flow)
    expect(host.text(SHEET, AT.r1, AT.carrier)).toBe(before)
  })

  test('goes out at once when the network is back', async () => {
    accept()
    await goOnline(flow)
    await settled()
    expect(flow.state().outbox?.records).toMatchObject([{ state: 'done' }])
    expect(flow.state().notice?.text).toBe('outbox.landed')
  })

  test('is told of only after the work under way', async () => {
    accept()
    flow.dispatch({ type: 'started', busy: { text: 'busy.check', done: 0, total: 0, cancellable: false } })
    await goOnline(flow)
    expect(flow.afterwards).toHaveLength(1)
    flow.dispatch({ type: 'ended' })
    await flow.afterwards.shift()?.()
    expect(flow.state().notice?.text).toBe('outbox.landed')
  })

  test('goes before the next preview, so that the two cannot conflict', async () => {
    await previewSubmission(flow)
    expect(flow.state()).toMatchObject({ isPreviewUnreached: true, notice: { text: 'outbox.earlier' } })
    accept()
    await previewSubmission(flow)
    expect(flow.state().screen).toBe('submit')
    expect(server.asked.at(-1)).toMatchObject({ body: { rows: [{ rowId: 'r1', baseVer: 7 }, { rowId: 'r2' }] } })
  })

  test('that is refused later is told, kept, and leads back to the sheet', async () => {
    server.on(SUBMIT, () => refusal('plan-not-collecting', 409, '本计划已印发。'))
    await sendNow(flow)
    expect(flow.state().notice).toMatchObject({ text: 'outbox.refused', params: { refusal: '本计划已印发。' } })
    const record = flow.state().outbox!.records[0]!
    await returnToSheet(flow, record)
    expect(flow.state()).toMatchObject({ screen: 'submit', notice: { text: 'outbox.returned' } })
    expect(host.jumps.at(-1)).toMatchObject({ sheet: SHEET })
    expect(shared.get(record.id)?.submission.rows[0]?.cells['milestone.P1']).toBe(EDITED)
  })

  test('is gone once deleted', async () => {
    await deleteRecords(flow, flow.state().outbox!.records[0]!)
    expect(flow.state().outbox?.records).toEqual([])
    accept()
    await sendNow(flow)
    expect(attempts()).toHaveLength(1)
  })

  test('of this actor alone is deleted with all others', async () => {
    const mine = [...shared.values()][0]!
    shared.set('other', { ...mine, id: 'other', actorId: 'actor-2' })
    await deleteRecords(flow)
    expect([...shared.keys()]).toEqual(['other'])
  })

  test('waits while the server does not know the key, and the pane asks for one', async () => {
    server.on(SUBMIT, () => refusal('key-unknown', 401, '密钥无效。'))
    await sendNow(flow)
    expect(flow.state()).toMatchObject({ screen: 'signIn', notice: { sentence: '密钥无效。' } })
    expect([...shared.values()]).toMatchObject([{ state: 'waiting' }])
  })
})

test('a submission that is answered leaves nothing in the outbox', async () => {
  accept()
  await submitOffline()
  expect(flow.state()).toMatchObject({ screen: 'receipt', notice: { text: 'submit.done' } })
  expect(shared.size).toBe(0)
})

test('a submission that is refused at once stays on the screen and not in the outbox', async () => {
  server.on(SUBMIT, () => refusal('plan-not-collecting', 409, '本计划已印发。'))
  await submitOffline()
  expect(flow.state()).toMatchObject({ screen: 'submit', notice: { tone: 'error', sentence: '本计划已印发。' } })
  expect(flow.state().preview).toBeDefined()
  expect(shared.size).toBe(0)
})

test('where nothing can be stored, the person is told not to close the window', async () => {
  flow.outbox.store = Promise.resolve(createMemoryStore(shared))
  await refreshOutbox(flow)
  await submitOffline()
  expect(flow.state().notice).toMatchObject({ tone: 'warning', text: 'outbox.keptInMemory' })
})

describe('without a preview', () => {
  beforeEach(async () => {
    server.on(`/api/plans/${PLAN.id}/rows`, () => 'offline')
    host.type(SHEET, AT.r1, AT.p1, EDITED)
  })

  test('rows that nobody compared with the master are not kept for later', async () => {
    await previewSubmission(flow)
    expect(flow.state()).toMatchObject({ screen: 'submit', isPreviewUnreached: true, notice: { text: 'offline' } })
    await keepForLater(flow)
    expect(flow.state().notice).toMatchObject({ text: 'outbox.needsPreview', params: { rows: 2 } })
    expect(shared.size).toBe(0)
  })

  test('rows with versions are kept as they stand, and clear nothing', async () => {
    for (const [row, rowId] of [
      [AT.r1, 'r1'],
      [AT.r2, 'r2'],
    ] as const)
      host.type(SHEET, row, AT.carrier, `${rowId}@3`)
    await previewSubmission(flow)
    await keepForLater(flow)
    expect(flow.state()).toMatchObject({ screen: 'outbox', notice: { text: 'outbox.kept' } })
    const [record] = shared.values()
    expect(record?.submission).not.toHaveProperty('clears')
    expect(record?.submission.rows).toMatchObject([
      { rowId: 'r1', baseVer: 3, cells: { 'milestone.P1': EDITED } },
      { rowId: 'r2', baseVer: 3 },
    ])
  })
})
