/** 报送单 from a receipt, and what a preview says of reasons and of what was sent back. */
import { beforeEach, expect, test } from 'vitest'
import { saveAnnotation } from '../../addin/flows/annotations.ts'
import type { Flow } from '../../addin/flows/flow.ts'
import { saveSlip } from '../../addin/flows/paper.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { signIn } from '../../addin/flows/session.ts'
import { findReturned } from '../../addin/flows/submission.ts'
import { jumpToCell } from '../../addin/flows/submission-places.ts'
import { reopenReceipt } from '../../addin/flows/submissions.ts'
import { confirmSubmit, previewSubmission } from '../../addin/flows/submit.ts'
import { issueKey } from '../../domain/annotation.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { RowList, Submission } from '../../domain/protocol.ts'
import { SLIP_SHEET } from '../../domain/submission-slip.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { FakeServer, receiptOf, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const SUBMISSIONS = `/api/plans/${PLAN.id}/submissions`

let host: MemoryHost
let server: FakeServer
let flow: Flow
let saved: { name: string; file: Blob }[]
let sent: Submission[]

beforeEach(async () => {
  host = new MemoryHost([circulatedSheet()])
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  sent = []
  server.on(`POST ${SUBMISSIONS}?dryRun=1`, ({ body }) => receiptOf(body as Submission, {}, true))
  server.on(`POST ${SUBMISSIONS}`, ({ body }) => {
    sent.push(body as Submission)
    return receiptOf(body as Submission, {}, false)
  })
  ;({ flow, saved } = startFlow(host, server))
  await signIn(flow, 'key')
  await recogniseSheet(flow)
  await confirmRecognition(flow)
})

async function savedTexts(): Promise<string> {
  const bytes = new Uint8Array((await saved[0]?.file.arrayBuffer()) ?? new ArrayBuffer(0))
  const { sheets } = await readWorkbook(bytes)
  return (
    sheets
      .find(({ name }) => name === SLIP_SHEET)
      ?.grid.texts.flat()
      .join('\n') ?? ''
  )
}

test('a slip is saved from the receipt, and the same again from an older one', async () => {
  const receipt = receiptOf(
    { form: 'breakdown', specVersion: 1, rows: [{ rowId: 'r1', baseVer: 3, cells: {} }] },
    {},
    false,
  )
  await saveSlip(flow, receipt)
  expect(saved.map(({ name }) => name)).toEqual(['县人力社保局报送单（20231110-0001）.xlsx'])
  for (const part of [receipt.hash, receipt.number, PLAN.title]) expect(await savedTexts()).toContain(part)
  server.on('/api/submissions/s1', () => receipt)
  await reopenReceipt(flow, 's1')
  const { done } = flow.state()
  if (!done) throw new Error('no receipt is open')
  await saveSlip(flow, done.receipt)
  expect(await saved[1]?.file.text()).toBe(await saved[0]?.file.text())
  expect(host.writes.filter(({ sheet }) => sheet === SLIP_SHEET)).toEqual([])
})

test('a reason given beside the preview goes along where the unit signs off first', async () => {
  serveUnit(server, { ...PLAN, signOff: 'reviewer' }, REGISTRY, ROWS)
  const me = (await (await server.fetch('/api/me')).json()) as { key: object }
  server.on('/api/me', () => ({ ...me, key: { ...me.key, duty: 'handler' } }))
  await signIn(flow, 'key')
  await recogniseSheet(flow)
  host.type(SHEET, AT.r1, AT.p1, '新增就业2500人。。')
  await previewSubmission(flow)
  expect(flow.state()).toMatchObject({ screen: 'submit', notice: { text: 'submit.previewed' } })
  const { issue } = flow.state().check?.issues.find((one) => one.issue.code === 'punctuation/doubled') ?? {}
  if (!issue?.rowId || issue.column === undefined) throw new Error('nothing to explain')
  const { rowId, column } = issue
  await saveAnnotation(flow, { rowId, column, code: issueKey(issue), kind: 'reason', text: '与印发文件一致。' })
  expect(flow.state().screen).toBe('submit')
  await confirmSubmit(flow)
  expect(sent[0]?.reasons).toEqual([{ rowId, column, code: issueKey(issue), reason: '与印发文件一致。' }])
})

test('what was sent back is named while it reads as it did, and no longer once it was changed', () => {
  const text = ROWS[0]?.cells['milestone.P1'] ?? ''
  const said = { code: 'review', kind: 'return' as const, by: '县发展改革委', at: '2023-11-10T01:02:03Z', ofText: text }
  const heads = {
    planId: PLAN.id,
    state: PLAN.state,
    seq: 1,
    rows: ROWS.map((row) =>
      row.rowId === 'r1'
        ? { ...row, annotations: [{ ...said, rowId: 'r1', column: 'milestone.P1', text: '请写明数量。' }] }
        : row,
    ),
  } satisfies RowList
  const rows = ROWS.map(({ rowId, cells }) => ({ rowId, cells }))
  expect(findReturned(breakdownSpec(PLAN), rows, heads)).toEqual([
    { rowId: 'r1', column: 'milestone.P1', reason: '请写明数量。', by: '县发展改革委', at: '2023-11-10T01:02:03Z' },
  ])
  const mended = rows.map((row) =>
    row.rowId === 'r1' ? { ...row, cells: { ...row.cells, 'milestone.P1': '新增就业2600人。' } } : row,
  )
  expect(findReturned(breakdownSpec(PLAN), mended, heads)).toEqual([])
})

test('a cell of the preview is shown where it stands now; one that is gone is said so', async () => {
  await jumpToCell(flow, SHEET, 'r2', 'milestone.P2')
  expect(host.jumps.at(-1)).toEqual({ sheet: SHEET, row: AT.r2, column: AT.p2 })
  await jumpToCell(flow, SHEET, 'nowhere', 'milestone.P2')
  expect(flow.state().notice).toMatchObject({ text: 'jump.gone' })
})
