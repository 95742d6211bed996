/** What was blanked and never confirmed is found again in the sheet; what others made wrong is told. */
import { beforeEach, expect, test } from 'vitest'
import { checkSheet } from '../../addin/flows/check.ts'
import type { Flow } from '../../addin/flows/flow.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { signIn } from '../../addin/flows/session.ts'
import { confirmSubmit, previewSubmission, restoreCells } from '../../addin/flows/submit.ts'
import type { ServerRow, Submission } from '../../domain/protocol.ts'
import { FakeServer, receiptOf, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const HEAD = ROWS[0]!.cells['milestone.P2']!
const CLEARING = { rowId: 'r1', column: 'milestone.P2', sheet: '', head: HEAD }

let host: MemoryHost
let server: FakeServer
let flow: Flow

beforeEach(async () => {
  host = new MemoryHost([circulatedSheet()])
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  const held = { r1: { held: [{ column: 'milestone.P2', head: HEAD }], outcome: 'held' as const } }
  for (const dryRun of [true, false]) {
    server.on(`POST /api/plans/${PLAN.id}/submissions${dryRun ? '?dryRun=1' : ''}`, ({ body }) =>
      receiptOf(body as Submission, held, dryRun),
    )
  }
  flow = startFlow(host, server).flow
  await signIn(flow, 'key')
  await recogniseSheet(flow)
  await confirmRecognition(flow)
  for (const [row, id] of [
    [AT.r1, 'r1'],
    [AT.r2, 'r2'],
  ] as const)
    host.type(SHEET, row, AT.carrier, `${id}@3`)
})

test('a clearing that a submission held stays in sight after it and at every check, until the text is back', async () => {
  host.type(SHEET, AT.r1, AT.p2, '')
  await previewSubmission(flow)
  await confirmSubmit(flow)
  expect(flow.state()).toMatchObject({ screen: 'receipt', clearings: { sheet: SHEET, cells: [CLEARING] } })
  flow.dispatch({ type: 'went', screen: 'home' })
  await checkSheet(flow)
  expect(flow.state().clearings?.cells).toEqual([CLEARING])
  await restoreCells(flow, SHEET, [CLEARING], 'check')
  expect(host.text(SHEET, AT.r1, AT.p2)).toBe(HEAD)
  expect(flow.state()).toMatchObject({ screen: 'check', clearings: { cells: [] } })
})

test('a blank cell that is not this person’s, or of a row that was never pulled, is no clearing of theirs', async () => {
  host.type(SHEET, AT.r3, AT.p1, '')
  host.type(SHEET, AT.r2, AT.carrier, 'r2@0')
  host.type(SHEET, AT.r2, AT.p2, '')
  await checkSheet(flow)
  expect(flow.state().clearings?.cells).toEqual([])
})

test('a held clearing does not keep the row on its old base', async () => {
  host.type(SHEET, AT.r1, AT.p2, '')
  const after = ROWS.map((row): ServerRow => (row.rowId === 'r1' ? { ...row, ver: 9 } : row))
  await previewSubmission(flow)
  server.on(`/api/plans/${PLAN.id}/rows`, () => ({ planId: PLAN.id, state: PLAN.state, seq: 9, rows: after }))
  await confirmSubmit(flow)
  expect(host.text(SHEET, AT.r1, AT.carrier)).toBe('r1@9')
})

test('what the merged row has wrong and the sheet has not is shown with the check, once', async () => {
  const issue = { code: 'milestone/blank', severity: 'error' as const, rowId: 'r1', column: 'milestone.P2', params: {} }
  const rows = ROWS.map((row) => (row.rowId === 'r1' ? { ...row, issues: [issue] } : row))
  serveUnit(server, PLAN, REGISTRY, rows)
  await signIn(flow, 'key')
  await checkSheet(flow)
  expect(flow.state().check?.masterIssues).toEqual([issue])
  host.type(SHEET, AT.r1, AT.p2, '')
  await checkSheet(flow)
  expect(flow.state().check?.issues.some(({ issue: { code } }) => code === 'milestone/blank')).toBe(true)
  expect(flow.state().check?.masterIssues).toEqual([])
})
