/**
 * 标记 as a unit uses it: on the real office.js over the emulated workbook, in the built pane, against a real Worker:
 * the sheet that it was handed is checked, marked, corrected, marked again, cleared.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LEDGER_SHEET } from '../../domain/carrier.ts'
import { MARK_KINDS } from '../../domain/marks.ts'
import type { PlanFile } from '../../domain/protocol.ts'
import { drawPlan } from '../../tools/draw-plan.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { type ExcelHost, openExcelHost } from '../excel-host/host.ts'
import { readBreakdown } from '../support/breakdown-cells.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { drivePane } from '../support/pane.ts'
import { findChromium } from '../support/programs.ts'

const SHEET = '任务分解表'
const EDUCATION = '县教委'

describe.skipIf(!findChromium())('marking a sheet in Excel', () => {
  let worker: DemoWorker
  let fengjie: PlanFile
  let host: ExcelHost

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: true })
    fengjie = worker.files.find(({ plan }) => plan.county === '奉节县') as PlanFile
    const issued = await writeWorkbook([drawPlan(fengjie)], { title: '表', created: '2023-03-13T00:00:00Z' })
    host = await openExcelHost({ workbook: issued })
  })
  afterAll(async () => {
    await host?.close()
    await worker?.close()
  })

  test('paints only when asked, says when it is out of date, and leaves nothing behind', async () => {
    const cell = (await readBreakdown(await host.save(), SHEET, fengjie)).address('17', 'milestone.P2')
    const rules = () => host.workbook.sheet(SHEET).conditionalFormats.length
    const list = () =>
      [...(host.workbook.findSheet(LEDGER_SHEET)?.cells() ?? [])].map(([, , { value }]) => String(value))
    await host.goto(`${worker.url}/taskpane.html`)
    const pane = drivePane(host.page)
    await pane.connect(await worker.issueKey(fengjie.plan.id, EDUCATION))
    await host.type(SHEET, cell, '县教委组织开展第二针接种。。')
    await pane.press('校验')
    await pane.button('在表格中标记').waitFor()
    expect(rules()).toBe(0)

    await pane.press('在表格中标记')
    await pane.sees(/已按 .* 校验的结果标记 \d+ 个单元格/)
    expect(rules()).toBe(MARK_KINDS.length)
    const marked = list()
    expect(marked.some((text) => text.startsWith(`${SHEET}!warning|`))).toBe(true)

    await host.type(SHEET, cell, '县教委组织开展第二针接种。')
    await pane.sees(/此后结果有变化/)
    expect(list()).toEqual(marked)
    await pane.press('重新标记')
    await pane.sees(/的校验结果。/)
    expect(list()).not.toEqual(marked)

    await pane.press('清除标记')
    await pane.sees(/标记已清除/)
    expect(rules()).toBe(0)
    expect(list()).toEqual([])
    expect(host.workbook.namedRanges).toEqual([])
    expect(host.gaps).toEqual([])
  })
})
