// What was typed or pasted into the page’s table outlives its window, and two windows never take it from each other.

import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SheetModel } from '../../domain/sheet-model.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { findChromium, launchChromium } from '../support/programs.ts'
import { type BuiltPages, buildPages, ORIGIN } from './built-pages.ts'

const TABLE: SheetModel = {
  name: '任务分解表',
  visibility: 'visible',
  cells: [
    ['序号', '任务', '目标', '台账标识'],
    ['1', '新建学校', '开工', 'r1@3'],
    ['2', '改造管网', '完工', 'r2@3'],
  ].map((line) => line.map((text) => ({ text, style: 'text' as const }))),
  merges: [],
  columnWidths: [],
  rowHeights: [],
  hiddenColumns: [3],
}

describe.skipIf(!findChromium())('what is not saved yet', () => {
  let browser: Browser
  let pages: BuiltPages
  let context: BrowserContext
  let bytes: Uint8Array
  const faults: string[] = []

  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
    pages = await buildPages()
    bytes = await writeWorkbook([TABLE], { title: '任务分解表', created: '2023-01-01T00:00:00Z' })
  })
  afterAll(async () => {
    await browser?.close()
    pages?.remove()
  })
  beforeEach(async () => {
    context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1366, height: 768 } })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await pages.serve(context)
  })
  afterEach(async () => {
    await context.close()
    expect(faults.splice(0)).toEqual([])
  })

  async function openWindow(): Promise<Page> {
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('dialog', (dialog) => dialog.accept())
    await page.goto(`${ORIGIN}/index.html`)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '县级台账.xlsx', mimeType: '', buffer: Buffer.from(bytes) })
    await cell(page, 1, 1).waitFor()
    return page
  }
  const cell = (page: Page, row: number, column: number) => page.locator(`[data-cell="${row}:${column}"]`)
  const restoring = (page: Page) => page.getByRole('button', { name: '恢复修改' })
  const kept = (page: Page) =>
    page.evaluate(
      () =>
        new Promise<{ typed?: { text: string } }[]>((resolve) => {
          const opening = indexedDB.open('minsheng-ledger-file', 1)
          opening.onsuccess = () => {
            const all = opening.result.transaction('changes').objectStore('changes').getAll()
            all.onsuccess = () => {
              opening.result.close()
              resolve(all.result)
            }
          }
        }),
    )
  const type = async (page: Page, row: number, column: number, text: string) => {
    await cell(page, row, column).click()
    await page.keyboard.type(text)
  }

  it('holds the text of a cell that was not left yet, and gives it back with the rest', async () => {
    const page = await openWindow()
    await type(page, 1, 2, '完成选址')
    await page.keyboard.press('Enter')
    await type(page, 1, 1, '只写了一半')
    await expect.poll(async () => (await kept(page)).map(({ typed }) => typed?.text)).toEqual(['只写了一半'])
    await page.close()
    const later = await openWindow()
    await restoring(later).click()
    await expect.poll(() => cell(later, 1, 1).innerText()).toBe('只写了一半')
    expect(await cell(later, 1, 2).innerText()).toBe('完成选址')
    // It is an edit like others.
    await cell(later, 0, 0).click()
    await later.keyboard.press('Control+z')
    await expect.poll(() => cell(later, 1, 1).innerText()).toBe('新建学校')
  })

  it('forgets a text that was given up', async () => {
    const page = await openWindow()
    await type(page, 1, 1, '只写了一半')
    await expect.poll(async () => (await kept(page)).length).toBe(1)
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await kept(page)).length).toBe(0)
  })

  it('is not offered to a second window while the first is open, and neither takes it from the other', async () => {
    const first = await openWindow()
    await type(first, 1, 1, '第一个窗口')
    await first.keyboard.press('Enter')
    await expect.poll(async () => (await kept(first)).length).toBe(1)
    const second = await openWindow()
    await second.getByText('正在本机浏览器的另一个窗口中修改').waitFor()
    expect(await restoring(second).count()).toBe(0)
    await first.close()
    await restoring(second).click()
    await expect.poll(() => cell(second, 1, 1).innerText()).toBe('第一个窗口')
    // Kept anew by the window that goes on with it, and only there.
    await expect.poll(async () => (await kept(second)).length).toBe(1)
  })

  it('of two windows with one file is kept apart', async () => {
    const first = await openWindow()
    const second = await openWindow()
    for (const [page, text] of [
      [first, '甲'],
      [second, '乙'],
    ] as const) {
      await type(page, 1, 1, text)
      await page.keyboard.press('Enter')
    }
    await expect.poll(async () => (await kept(first)).length).toBe(2)
  })

  it('leaves the hidden ids alone when a block is pasted over the right edge', async () => {
    const page = await openWindow()
    await page.evaluate(() => navigator.clipboard.writeText('甲\t乙\n丙\t丁'))
    await cell(page, 1, 2).click()
    await page.keyboard.press('Control+v')
    await expect.poll(() => cell(page, 1, 2).innerText()).toBe('甲')
    expect(await cell(page, 1, 4).innerText()).toBe('乙')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '保存到本机' }).click(),
    ])
    const { sheets } = await readWorkbook(new Uint8Array(await readFile(await download.path())))
    expect(sheets[0]?.grid.texts.map((line) => line[3])).toEqual(['台账标识', 'r1@3', 'r2@3'])
  })
})
