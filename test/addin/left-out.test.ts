// What of a sheet is not sent is said before a submission is confirmed and on its receipt, never found out later.
import { beforeEach, describe, expect, test } from 'vitest'
import { checkSheet } from '../../addin/flows/check.ts'
import type { Flow } from '../../addin/flows/flow.ts'
import { findLeftOut, isStray, lostRows } from '../../addin/flows/left-out.ts'
import { readGrid } from '../../addin/flows/reading.ts'
import { confirmRecognition, recogniseSheet } from '../../addin/flows/recognise.ts'
import { signIn } from '../../addin/flows/session.ts'
import { confirmSubmit, keepForLater, previewSubmission } from '../../addin/flows/submit.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Submission } from '../../domain/protocol.ts'
import type { TableRow } from '../../domain/table.ts'
import { FakeServer, receiptOf, refusal, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { gridOf } from '../support/model-grid.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const SUBMIT = `POST /api/plans/${PLAN.id}/submissions`
/** The first row below the table. */
const BELOW = 5

let host: MemoryHost
let server: FakeServer
let flow: Flow

beforeEach(async () => {
  host = new MemoryHost([circulatedSheet()])
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  server.on(`${SUBMIT}?dryRun=1`, ({ body }) => receiptOf(body as Submission, {}, true))
  server.on(SUBMIT, ({ body }) => receiptOf(body as Submission, {}, false))
  flow = startFlow(host, server).flow
  await signIn(flow, 'key')
  await recogniseSheet(flow)
  await confirmRecognition(flow)
})

const leftOut = () => flow.state().preview?.leftOut
const typeBelow = (texts: Record<number, string>) => {
  for (const [column, text] of Object.entries(texts)) host.type(SHEET, BELOW, Number(column), text)
}

describe('a preview', () => {
  test('says nothing of a sheet that is sent whole', async () => {
    await previewSubmission(flow)
    expect(leftOut()).toEqual({ rows: [], others: 0, own: 2, known: 2, missing: [] })
  })

  test('names a row over whose id a text was pasted, with its place, and counts it as lost', async () => {
    host.type(SHEET, AT.r2, AT.carrier, '新增就业2500人。')
    await previewSubmission(flow)
    expect(server.asked.at(-1)?.body).toMatchObject({ rows: [{ rowId: 'r1' }] })
    expect(leftOut()).toMatchObject({
      rows: [{ row: AT.r2, column: 1, address: 'B4', task: ROWS[1]?.cells.task, why: 'unreadable', rowId: 'r2' }],
      own: 2,
      known: 1,
      missing: [],
    })
  })

  test('names a task whose id was cleared, which recognising brings back', async () => {
    host.type(SHEET, AT.r1, AT.carrier, '')
    await previewSubmission(flow)
    expect(leftOut()).toMatchObject({ rows: [{ row: AT.r1, why: 'unmarked' }], known: 1 })
    await recogniseSheet(flow, SHEET)
    await confirmRecognition(flow)
    await previewSubmission(flow)
    expect(leftOut()).toMatchObject({ rows: [], known: 2 })
  })

  test('names rows below the table that are no task, the clerk’s own new one among them', async () => {
    typeBelow({ 0: '4', 1: '新建零工市场3个。', 2: '完成选址。', 4: '县人力社保局' })
    host.type(SHEET, BELOW + 1, 1, '办公室电话记录本')
    host.type(SHEET, BELOW + 1, 2, '甲')
    await previewSubmission(flow)
    expect(leftOut()?.rows.map(({ row, why }) => [row, why])).toEqual([
      [BELOW, 'stray'],
      [BELOW + 1, 'stray'],
    ])
    expect(lostRows(leftOut()!)).toEqual([])
  })

  test('does not trouble a unit with the tasks of others in a table of the whole county', async () => {
    typeBelow({ 0: '4', 1: '建设养老服务中心。', 2: '开工。', 4: '县医保局' })
    host.type(SHEET, AT.r3, AT.carrier, '')
    await previewSubmission(flow)
    expect(leftOut()).toMatchObject({ rows: [], others: 2, missing: [] })
  })

  test('names a task of the unit that stands nowhere in the sheet', async () => {
    for (const column of [0, 1, 2, 3, 4, 5, AT.carrier]) host.type(SHEET, AT.r2, column, '')
    await previewSubmission(flow)
    expect(leftOut()).toMatchObject({ rows: [], own: 2, known: 1, missing: ['r2'] })
  })

  test('asks to recognise a sheet of whose rows none is left to be sent', async () => {
    host.type(SHEET, AT.r1, AT.carrier, '？')
    host.type(SHEET, AT.r2, AT.carrier, '？')
    await previewSubmission(flow)
    expect(flow.state().notice).toMatchObject({ text: 'submit.recogniseFirst', params: { sheet: SHEET } })
  })
})

test('recognising tells rows that are no task from the tasks of other units', async () => {
  typeBelow({ 1: '建设养老服务中心。', 4: '县医保局' })
  host.type(SHEET, BELOW + 1, 1, '办公室电话记录本')
  host.type(SHEET, BELOW + 1, 2, '甲')
  await recogniseSheet(flow, SHEET)
  expect(flow.state().recognition).toMatchObject({ carried: 3, open: [], others: 1, strays: 1 })
})

test('the receipt repeats what was not sent', async () => {
  host.type(SHEET, AT.r2, AT.carrier, '？')
  await previewSubmission(flow)
  await confirmSubmit(flow)
  expect(flow.state().done?.leftOut).toMatchObject({ rows: [{ row: AT.r2, why: 'unreadable' }], known: 1 })
})

test('what is kept for later without a preview says how many rows are not in it', async () => {
  await previewSubmission(flow)
  await confirmSubmit(flow)
  for (const row of [AT.r1, AT.r2]) host.type(SHEET, row, AT.carrier, `r${row - 1}@3`)
  host.type(SHEET, AT.r2, AT.carrier, '？')
  server.on(SUBMIT, () => refusal('unavailable', 503, '暂停服务。'))
  await keepForLater(flow)
  expect(flow.state().notice).toMatchObject({ tone: 'warning', also: { text: 'leftOut.kept', params: { rows: 1 } } })
  expect(flow.state().outbox?.records[0]?.leftOut?.rows).toHaveLength(1)
})

test('the check tells a unit of rows that nobody could submit, not of the tasks of others', async () => {
  typeBelow({ 1: '办公室电话记录本', 2: '甲' })
  host.type(SHEET, BELOW + 1, 1, '建设养老服务中心。')
  host.type(SHEET, BELOW + 1, 4, '县医保局')
  await checkSheet(flow)
  const without = flow.state().check?.issues.filter(({ issue }) => issue.code === 'row-id/missing')
  expect(without?.map(({ row, mine }) => [row, mine])).toEqual([
    [BELOW, true],
    [BELOW + 1, false],
  ])
})

describe('a row that is none of the plan', () => {
  const registry = {
    units: [
      { id: 'u1', name: '县人力社保局', aliases: ['县就业局'] },
      { id: 'u2', name: '县医保局' },
    ],
    groups: [{ name: '各乡镇（街道）', members: [] }],
  }
  test.each([
    ['names nobody', '', true],
    ['names the unit itself', '县人力社保局', true],
    ['names it by an alias, and others', '县医保局、县就业局', true],
    ['names another unit', '县医保局', false],
    ['names a group', '各乡镇（街道）', false],
    ['names somebody unknown', '办公室', true],
    ['has no such column', undefined, false],
  ])('that %s', (_, lead, isMissed) => {
    const row: Pick<TableRow, 'cells'> = { cells: lead === undefined ? {} : { leadUnits: lead } }
    expect(isStray(row, { unit: '县人力社保局', registry })).toBe(isMissed)
    expect(isStray(row, { registry })).toBe(true)
  })
})

test('the commission is told of rows that are none of the plan, and misses none of a unit’s sheet', () => {
  const grid = gridOf([...circulatedSheet().texts.slice(0, 2), ['1', '甲任务', '', '', '', '']], SHEET)
  const { layout, ...reading } = readGrid(grid, breakdownSpec(PLAN))
  const rows = {
    planId: PLAN.id,
    state: PLAN.state,
    seq: 1,
    rows: ROWS.map((row) => ({ ...row, role: 'none' as const })),
  }
  const found = findLeftOut({ ...reading, layout: layout! }, rows, { registry: REGISTRY })
  expect(found).toMatchObject({ rows: [{ why: 'stray' }], own: 0, missing: [] })
})
