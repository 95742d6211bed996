/**
 * A sheet in which an id was overwritten and below which stands what is no task, over a real Worker on both hosts: told
 * before the submission, repeated by the receipt, and mended by recognising the sheet.
 */
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cellAddress } from '../../domain/grid.ts'
import type { PlanFile } from '../../domain/protocol.ts'
import { openExcelHost } from '../excel-host/host.ts'
import { readBreakdown } from '../support/breakdown-cells.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { editByOpenpyxl } from '../support/openpyxl.ts'
import { drivePane, openPane, type Pane } from '../support/pane.ts'
import { findChromium, findPythonWithOpenpyxl, launchChromium } from '../support/programs.ts'

const UNIT = '县教委'
const SHEET = '我的任务分解表'
const STRAY = '办公室电话记录本'

describe.skipIf(!findChromium() || !findPythonWithOpenpyxl())('what of a sheet is not sent', () => {
  let worker: DemoWorker
  let browser: Browser
  let plan: PlanFile
  let key = ''

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: true })
    browser = (await launchChromium()) as Browser
    plan = worker.files.find((file) => file.plan.county === '奉节县') as PlanFile
    key = await worker.issueKey(plan.plan.id, UNIT)
  })
  afterAll(async () => {
    await browser?.close()
    await worker?.close()
  })

  /** The id of the last row overwritten, and a line below the table. */
  async function spoil(bytes: Uint8Array) {
    const sheet = await readBreakdown(bytes, SHEET, plan)
    const last = sheet.rows.at(-1)
    const number = last?.cells.number ?? ''
    const { row, column } = sheet.place(number, 'supportingUnits')
    const task = sheet.place(number, 'task').column
    return [
      { row, column: column + 1, text: '开工' },
      { row: row + 1, column: task, text: STRAY },
      { row: row + 1, column: task + 1, text: '第一季度' },
    ]
  }

  async function walk(pane: Pane): Promise<void> {
    await pane.press('报送')
    await pane.press('预览报送')
    await pane.sees(/1 行的行标识缺失或者无法识别/)
    await pane.sees(/1 行不是计划中的任务/)
    await pane.sees(STRAY)
    expect(await pane.button('确认报送').isDisabled()).toBe(true)
    await pane.page.getByLabel(/已知悉：上述 1 行行标识有问题/).check()
    await pane.press('确认报送')
    await pane.sees('本次未报送：')
    await pane.press('识别当前表')
    await pane.press('确认并写入标识')
    await pane.press('返回首页')
    await pane.press('报送')
    await pane.press('预览报送')
    await pane.sees(/1 行不是计划中的任务/)
    expect(await pane.page.getByText('行标识缺失').count()).toBe(0)
  }

  test('in Excel', { timeout: 90_000 }, async () => {
    const host = await openExcelHost({ browser })
    try {
      await host.goto(`${worker.url}/taskpane.html`)
      const pane = drivePane(host.page)
      await pane.connect(key)
      await pane.press('生成我的表')
      await pane.sees(/已生成工作表/)
      for (const { row, column, text } of await spoil(await host.save()))
        await host.type(SHEET, cellAddress(row, column), text)
      await walk(pane)
      expect(host.gaps).toEqual([])
    } finally {
      await host.close()
    }
  })

  test('in the browser', { timeout: 90_000 }, async () => {
    const pane = await openPane(browser, worker.url, key)
    await pane.press('生成我的表')
    await pane.sees(/已生成工作表/)
    const [file] = await Promise.all([pane.page.waitForEvent('download'), pane.press('保存到本机')])
    const bytes = await readFile(await file.path())
    const later = await openPane(browser, worker.url, key)
    await later.page.locator('input[type=file]').setInputFiles({
      name: '报送表.xlsx',
      mimeType: '',
      buffer: Buffer.from(editByOpenpyxl(bytes, SHEET, await spoil(bytes))),
    })
    await later.sees('本工作簿中的表')
    await walk(later)
  })
})
