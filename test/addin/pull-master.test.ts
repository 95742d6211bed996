/** The drawn master brought up to date in place: what people added to it stays. */
import { beforeEach, expect, test } from 'vitest'
import { FileSheetHost } from '../../addin/file/file-sheet-host.ts'
import type { Flow } from '../../addin/flows/flow.ts'
import { drawMaster } from '../../addin/flows/master.ts'
import { applyPull } from '../../addin/flows/pull.ts'
import { openSample } from '../../addin/flows/sample.ts'
import { signIn } from '../../addin/flows/session.ts'
import type { AskVersions, ServerRow } from '../../domain/protocol.ts'
import { FakeServer, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { circulatedSheet, PLAN, REGISTRY, ROWS, serverRow } from '../support/unit-sheet.ts'

const MASTER = '总表（汇总）'
const P1 = 'milestone.P1'

let host: MemoryHost
let server: FakeServer
let flow: Flow
let heads: ServerRow[]

beforeEach(async () => {
  heads = ROWS
  host = new MemoryHost([circulatedSheet()])
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS, 'commission')
  server
    .on(`/api/plans/${PLAN.id}/rows`, () => ({ planId: PLAN.id, state: PLAN.state, seq: 9, rows: heads }))
    .on(`/api/plans/${PLAN.id}/master`, () => ({
      plan: PLAN,
      seq: 9,
      rows: heads,
      status: [],
      conflicts: [],
      issues: [],
    }))
    .on(`POST /api/plans/${PLAN.id}/rows/versions`, ({ body }) => ({
      planId: PLAN.id,
      rows: (body as AskVersions).rows.flatMap(({ rowId, ver }) => {
        const row = ROWS.find((candidate) => candidate.rowId === rowId)
        return row
          ? [{ rowId, ver, cells: row.cells, changed: [{ column: P1, by: '县医保局', at: '2023-11-10T01:02:03Z' }] }]
          : []
      }),
    }))
  flow = startFlow(host, server).flow
  await signIn(flow, 'key')
  await drawMaster(flow)
})

const texts = () => host.grids.get(MASTER)?.texts ?? []
const rowOf = (rowId: string) => texts().findIndex((line) => line.some((text) => text.startsWith(`${rowId}@`)))
const headOf = (rowId: string) => ROWS.find((row) => row.rowId === rowId) as ServerRow

test('what changed since the last drawing is listed, then only that is written; notes beside the table stay', async () => {
  host.type(MASTER, rowOf('r2'), 9, '已电话催办')
  const before = structuredClone(texts())
  const cells = { ...headOf('r2').cells, [P1]: '制定并印发方案。' }
  heads = heads.map((row) => (row.rowId === 'r2' ? { ...row, ver: 8, cells } : row))
  await drawMaster(flow)
  expect(texts()).toEqual(before)
  expect(flow.state()).toMatchObject({
    screen: 'pull',
    pull: { sheet: MASTER, pull: { updates: [{ rowId: 'r2', columns: [P1] }], conflicts: [] } },
  })
  expect(flow.state().pull?.changed[`r2 ${P1}`]?.by).toBe('县医保局')
  await applyPull(flow)
  const changed = texts().flatMap((line, row) =>
    line.flatMap((text, column) => (text === before[row]?.[column] ? [] : [text])),
  )
  expect(changed).toEqual(['制定并印发方案。', 'r2@8'])
  expect(texts()[rowOf('r2')]?.[9]).toBe('已电话催办')
})

test('new tasks go to their places among the others', async () => {
  const [r1, r2, r3] = ROWS as [ServerRow, ServerRow, ServerRow]
  heads = [r1, serverRow('r9', '新增托位100个。', ['完成选址。', '建成托位100个。'], true, 8), r2, r3]
  await drawMaster(flow)
  expect(flow.state().pull).toMatchObject({ isAdding: true, missing: [{ rowId: 'r9' }] })
  await applyPull(flow)
  expect(['r1', 'r9', 'r2', 'r3'].map(rowOf)).toEqual([0, 1, 2, 3].map((i) => rowOf('r1') + i))
})

test('a sheet without the columns of the plan is drawn anew only when somebody says so', async () => {
  const header = texts().findIndex((line) => line.includes('牵头单位'))
  host.type(MASTER, header, texts()[header]?.indexOf('牵头单位') ?? 0, '联系人')
  const before = structuredClone(texts())
  await drawMaster(flow)
  expect(flow.state().notice).toMatchObject({ tone: 'warning', text: 'pull.masterUnfit' })
  expect(texts()).toEqual(before)
  await drawMaster(flow, true)
  expect(texts().flat()).toContain('牵头单位')
  expect(flow.state().notice?.text).toBe('master.drawn')
})

test('in the browser with no file open the drawing is a workbook of its own', async () => {
  const page = new FileSheetHost()
  const { flow: onPage } = startFlow(page, server)
  await signIn(onPage, 'key')
  await drawMaster(onPage)
  expect(onPage.state().notice).toMatchObject({ tone: 'success', text: 'master.drawn' })
  expect((await page.sheets())?.names).toContain(MASTER)
})

test('in the browser the drawing is not added to the sample', async () => {
  const page = new FileSheetHost()
  const { flow: onPage } = startFlow(page, server)
  await openSample(onPage)
  await signIn(onPage, 'key')
  await drawMaster(onPage)
  const names = (await page.sheets())?.names
  expect(names).toContain(MASTER)
  expect(names).not.toContain('示例表')
})
