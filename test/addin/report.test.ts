import { beforeEach, expect, test } from 'vitest'
import { saveAnnotation } from '../../addin/flows/annotations.ts'
import { checkSheet } from '../../addin/flows/check.ts'
import { cancel, type Flow } from '../../addin/flows/flow.ts'
import { saveReport } from '../../addin/flows/report.ts'
import { signIn } from '../../addin/flows/session.ts'
import { issueKey } from '../../domain/annotation.ts'
import { CHECK_SHEET } from '../../domain/check-report.ts'
import type { NewAnnotations } from '../../domain/protocol.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { FakeServer, serveUnit, startFlow } from '../support/fake-server.ts'
import { MemoryHost } from '../support/memory-host.ts'
import { AT, circulatedSheet, PLAN, REGISTRY, ROWS, SHEET } from '../support/unit-sheet.ts'

const WHY = '其余由各乡镇（街道）就近安排。'

let host: MemoryHost
let server: FakeServer
let flow: Flow
let saved: { name: string; file: Blob }[]

beforeEach(() => start('file'))

function start(kind: 'excel' | 'file'): void {
  host = new MemoryHost([circulatedSheet()], kind)
  server = new FakeServer()
  serveUnit(server, PLAN, REGISTRY, ROWS)
  ;({ flow, saved } = startFlow(host, server))
}

/** The texts of the saved report, row by row. */
async function savedTexts(): Promise<string[][]> {
  const bytes = new Uint8Array((await saved[0]?.file.arrayBuffer()) ?? new ArrayBuffer(0))
  const { sheets } = await readWorkbook(bytes)
  return sheets.find(({ name }) => name === CHECK_SHEET)?.grid.texts ?? []
}

const lineOf = (texts: string[][], part: string) =>
  texts.find((cells) => cells.some((text) => text.includes(part))) ?? []

test.each(['file', 'excel'] as const)(
  'the report is saved by the host %s and says what the check says',
  async (kind) => {
    start(kind)
    await signIn(flow, 'key')
    host.type(SHEET, AT.r1, AT.p1, '新增就业2500人。。')
    await checkSheet(flow)
    await saveReport(flow, SHEET)
    expect(saved.map(({ name }) => name)).toEqual([`${SHEET}（校验报告，2023-11-10）.xlsx`])
    const texts = await savedTexts()
    expect(texts[0]?.[0]).toBe(`${PLAN.title}校验报告`)
    expect(lineOf(texts, '标点重复')).toContain('县人力社保局')
    expect(lineOf(texts, '各期安排未达目标')).not.toEqual([])
    expect(flow.state()).toMatchObject({ screen: 'check', notice: { tone: 'success', text: 'report.saved' } })
    expect(host.writes).toEqual([])
  },
)

test('it names the reason that stands, and who gave it', async () => {
  await signIn(flow, 'key')
  await checkSheet(flow)
  server.on(`POST /api/plans/${PLAN.id}/annotations`, ({ body }) => ({
    annotations: (body as NewAnnotations).annotations.map((one) => ({ ...one, by: '县人力社保局', at: '2023-11-10' })),
  }))
  const { issue } = flow.state().check?.issues.find((one) => one.issue.code === 'target/falls-short') ?? {}
  if (!issue) throw new Error('no shortfall')
  const { rowId = '', column } = issue
  await saveAnnotation(flow, { rowId, ...(column && { column }), code: issueKey(issue), kind: 'reason', text: WHY })
  await saveReport(flow, SHEET)
  const texts = await savedTexts()
  expect(lineOf(texts, WHY)).toContain(`${WHY}（县人力社保局）`)
  expect(texts[1]?.[0]).toContain('已说明保留理由1条')
})

test('it reads the sheet as it is now, also without a plan', async () => {
  await checkSheet(flow)
  host.type(SHEET, AT.r2, AT.p1, '')
  await saveReport(flow, SHEET)
  expect(lineOf(await savedTexts(), '本期无工作任务的')).not.toEqual([])
})

test('a sheet that is gone and a cancelled report save nothing and say so', async () => {
  await checkSheet(flow)
  const saving = saveReport(flow, SHEET)
  cancel(flow)
  await saving
  expect(flow.state().notice).toMatchObject({ text: 'cancelled' })
  host.grids.delete(SHEET)
  await saveReport(flow, SHEET)
  expect(flow.state().notice).toMatchObject({ text: 'sheet.gone' })
  expect(saved).toEqual([])
})
