/**
 * 实时校验 on both hosts, without a key: results follow fast typing, an input method composes in peace, nothing is
 * written to the workbook, and in the end the list is what a full check of the sheet gives.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlanFile } from '../../domain/protocol.ts'
import { drawPlan } from '../../tools/draw-plan.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { type ExcelHost, openExcelHost } from '../excel-host/host.ts'
import { readBreakdown, type Sheet } from '../support/breakdown-cells.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { drivePane, type Pane } from '../support/pane.ts'
import { findChromium, launchChromium } from '../support/programs.ts'

const SHEET = '任务分解表'
const P1 = 'milestone.P1'
/** What is typed one after the other, and the words by which the list tells it. */
const TYPED: [number: string, text: string, told: RegExp][] = [
  ['2', '布署全县民生实事推进工作。', /布署/],
  ['3', '制定工作方案。。', /标点重复/],
  ['4', '完成“选址。', /不成对/],
]

describe.skipIf(!findChromium())('results that follow the sheet', () => {
  let worker: DemoWorker
  let browser: Browser
  let excel: ExcelHost | undefined
  let sheet: Sheet
  let workbook: Uint8Array

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: false })
    browser = (await launchChromium()) as Browser
    const fengjie = worker.files.find(({ plan }) => plan.county === '奉节县') as PlanFile
    workbook = await writeWorkbook([drawPlan(fengjie)], { title: fengjie.plan.title, created: '2023-03-13T00:00:00Z' })
    sheet = await readBreakdown(workbook, SHEET, fengjie)
  })
  afterAll(async () => {
    await excel?.close()
    await browser?.close()
    await worker?.close()
  })

  const listed = (page: Page) =>
    page.locator('li.issue').evaluateAll((items) => items.map(({ textContent }) => textContent))
  const entryOf = ({ page }: Pane, number: string, told: RegExp) =>
    page
      .locator('li.issue')
      .filter({ hasText: `${sheet.address(number, P1)} ` })
      .filter({ hasText: told })
  async function sameAsFullCheck({ page, press, button }: Pane): Promise<void> {
    const followed = await listed(page)
    await press('重新校验')
    await expect.poll(() => button('重新校验').isEnabled()).toBe(true)
    expect(followed.length).toBeGreaterThan(TYPED.length)
    expect(await listed(page)).toEqual(followed)
  }

  test('in the browser, while the next cell is being written with an input method', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
    const page = await context.newPage()
    await page.goto(`${worker.url}/`)
    const pane = drivePane(page)
    const buffer = Buffer.from(workbook)
    await page.locator('input[type=file]').setInputFiles({ name: '任务分解表.xlsx', mimeType: '', buffer })
    await page.getByRole('gridcell').first().waitFor()
    await pane.press('校验')
    await pane.sees(/校验完成|未发现问题/)

    const cellOf = (number: string) => {
      const { row, column } = sheet.place(number, P1)
      return page.locator(`td[data-cell="${row}:${column}"]`)
    }
    const editor = page.locator('textarea.grid-editor')
    for (const [number, text] of TYPED) {
      await cellOf(number).dblclick()
      await editor.fill(text)
      await editor.press('Enter')
    }
    await cellOf('5').dblclick()
    await editor.fill('')
    const input = await context.newCDPSession(page)
    await input.send('Input.imeSetComposition', { text: 'bu shu', selectionStart: 6, selectionEnd: 6 })
    for (const [number, , told] of TYPED) await entryOf(pane, number, told).first().waitFor()
    expect(await editor.inputValue()).toBe('bu shu')
    expect(await editor.evaluate((field) => field === document.activeElement)).toBe(true)
    await input.send('Input.insertText', { text: '布署' })
    expect(await editor.inputValue()).toBe('布署')
    await editor.press('Enter')
    await entryOf(pane, '5', /布署/).first().waitFor()
    await sameAsFullCheck(pane)
  })

  test('in Excel, which asks little and is never written to', async () => {
    excel = await openExcelHost({ workbook })
    await excel.goto(`${worker.url}/taskpane.html`)
    const pane = drivePane(excel.page)
    await pane.press('校验')
    await pane.sees(/校验完成|未发现问题/)
    excel.resetCounts()
    for (const [number, text] of TYPED) await excel.type(SHEET, sheet.address(number, P1), text)
    for (const [number, , told] of TYPED) await entryOf(pane, number, told).first().waitFor()
    // A name for each edit, and one reading of all three.
    expect(excel.counts.syncs).toBe(TYPED.length + 1)
    expect(Object.keys(excel.counts.byMethod).filter((name) => !/load|get|sync/i.test(name))).toEqual([])
    await sameAsFullCheck(pane)
    expect(excel.gaps).toEqual([])
  })
})
