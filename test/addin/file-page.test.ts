// The browser page with a real file in a real browser: open, look, edit, save.

import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SheetModel } from '../../domain/sheet-model.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { findChromium, launchChromium } from '../support/programs.ts'
import { type BuiltPages, buildPages, ORIGIN } from './built-pages.ts'

const text = (value: string) => ({ text: value, style: 'text' as const })
const sheet = (name: string, texts: string[][], merges: SheetModel['merges'] = []): SheetModel => ({
  name,
  visibility: 'visible',
  cells: texts.map((line) => line.map(text)),
  merges,
  columnWidths: [],
  rowHeights: [],
  hiddenColumns: [],
})

describe.skipIf(!findChromium())('the browser page', () => {
  let browser: Browser
  let pages: BuiltPages
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
    pages = await buildPages()
  })
  afterAll(async () => {
    await browser?.close()
    pages?.remove()
  })
  beforeEach(async () => {
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1366, height: 768 } })
    await pages.serve(context)
    page = await context.newPage()
    page.on('pageerror', (error) => faults.push(String(error)))
    await page.goto(`${ORIGIN}/index.html`)
    await choose('县级台账.xlsx', await workbook())
  })
  afterEach(async () => {
    await page.context().close()
    expect(faults.splice(0)).toEqual([])
  })

  const workbook = () =>
    writeWorkbook(
      [
        sheet(
          '任务分解表',
          [
            ['任务分解表', '', ''],
            ['序号', '任务', '目标'],
            ['1', '新建学校', '开工\n建设'],
            ['2', '改造管网', ''],
          ],
          [{ row: 0, column: 0, rows: 1, columns: 3 }],
        ),
        sheet('说明', [['填表说明']]),
      ],
      { title: '任务分解表', created: '2023-01-01T00:00:00Z' },
    )

  async function choose(name: string, bytes: Uint8Array): Promise<void> {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
  }
  const cell = (row: number, column: number) => page.locator(`[data-cell="${row}:${column}"]`)
  const focused = () => page.evaluate(() => document.activeElement?.closest('td')?.getAttribute('data-cell'))
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }

  const countKept = () =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('minsheng-ledger-file', 1)
          opening.onsuccess = () => {
            const database = opening.result
            if (!database.objectStoreNames.contains('changes')) return resolve(0)
            const count = database.transaction('changes').objectStore('changes').count()
            count.onsuccess = () => {
              database.close()
              resolve(count.result)
            }
          }
        }),
    )

  it('gives the screens the room of the table while no file is open', async () => {
    const pane = async () => (await page.locator('main').boundingBox())?.width ?? 0
    await cell(2, 1).waitFor()
    expect(await pane()).toBeLessThanOrEqual(520)
    await page.reload()
    await page.locator('.file-empty').waitFor()
    expect(await pane()).toBeGreaterThan(900)
  })

  it('keeps number and task in view under a title that scrolls, and gives the room back where there is none', async () => {
    const months = ['3月', '5月', '7月', '9月', '11月', '2024年1月']
    const head = ['序号', '重点任务', ...months, '牵头单位', '配合单位']
    const work = '完成主体工程施工，并对已建成的部分组织验收，及时整改发现的问题，确保工程质量达到国家规定的合格标准。'
    const rows = Array.from({ length: 40 }, (_, i) => [
      String(i + 1),
      `实施第${i + 1}批县城老旧小区改造工程，完善供水、排水、供电、道路等配套基础设施，惠及居民1000户以上。`,
      ...months.map(() => work),
      '县住房城乡建委',
      '各乡镇（街道）',
    ])
    const title = ['某县2023年民生实事任务分解表', ...head.slice(1).map(() => '')]
    const merges = [{ row: 0, column: 0, rows: 1, columns: head.length }]
    const model = sheet('任务分解表', [title, head, ...rows], merges)
    await choose('宽表.xlsx', await writeWorkbook([model], { title: '表', created: '2023-01-01T00:00:00Z' }))
    await cell(41, 9).waitFor()
    const left = (row: number, column: number) =>
      cell(row, column).evaluate((td) => {
        const view = td.closest('.grid-scroll')
        return Math.round(td.getBoundingClientRect().left - (view?.getBoundingClientRect().left ?? 0))
      })
    const before = await Promise.all([left(2, 0), left(2, 1), left(1, 1), left(0, 0)])
    await cell(2, 7).click()
    await press('Tab')
    expect(await focused()).toBe('2:8')
    await page.locator('.grid-scroll').evaluate((view) => view.scrollTo(500, 300))
    const after = await Promise.all([left(2, 0), left(2, 1), left(1, 1), left(0, 0)])
    expect(after).toEqual([...before.slice(0, 3), expect.any(Number)])
    expect(after[3]).toBeLessThan(before[3] ?? 0)
    // What the keys go to lies beside the pinned columns, not under them.
    await cell(12, 4).evaluate((td) => td.focus())
    await press('ArrowLeft', 'ArrowLeft')
    expect(await focused()).toBe('12:2')
    expect(await left(12, 2)).toBeGreaterThanOrEqual(
      (await left(12, 1)) + (await cell(12, 1).evaluate((td) => td.getBoundingClientRect().width)),
    )
    await page.setViewportSize({ width: 420, height: 768 })
    await expect.poll(() => page.locator('[data-cell="2:1"][data-pinned]').count()).toBe(0)
  })

  it('says before a file is open what each office does without one, and that a check needs one', async () => {
    await page.reload()
    const empty = await page.locator('.file-empty').innerText()
    expect(empty).toContain('责任单位可点“生成我的表”；县发展改革委和督查机构可在“汇总”中下载总表')
    await page.getByText('先打开任务分解表文件，再点“校验”直接核对').waitFor()
  })

  it('shows the sheet as a table with merged cells and tabs', async () => {
    await cell(2, 2).waitFor()
    expect(await cell(0, 0).getAttribute('colspan')).toBe('3')
    expect(await cell(2, 2).innerText()).toBe('开工\n建设')
    expect(await page.getByRole('grid').getAttribute('aria-label')).toContain('任务分解表')
    await page.getByRole('button', { name: '说明', exact: true }).click()
    await expect.poll(() => cell(0, 0).innerText()).toBe('填表说明')
  })

  it('is edited by keyboard alone, and saves under its own name', async () => {
    await cell(0, 0).focus()
    await press('ArrowDown', 'ArrowDown', 'ArrowRight')
    await expect.poll(focused).toBe('2:1')
    await press('F2')
    await page.keyboard.type('（改）')
    await press('Alt+Enter')
    await page.keyboard.type('二行')
    await press('Enter')
    await expect.poll(() => cell(2, 1).innerText()).toBe('新建学校（改）\n二行')
    await expect.poll(focused).toBe('3:1')
    const [download] = await Promise.all([page.waitForEvent('download'), press('Control+s')])
    expect(download.suggestedFilename()).toBe('县级台账.xlsx')
    const { sheets } = await readWorkbook(new Uint8Array(readFileSync(await download.path())))
    expect(sheets[0]?.grid.texts[2]).toEqual(['1', '新建学校（改）\n二行', '开工\n建设'])
    expect(sheets[1]?.grid.texts).toEqual([['填表说明']])
  })

  it('replaces a text by typing, moves as a spreadsheet does, clears, undoes and makes again', async () => {
    await cell(2, 1).click()
    await page.keyboard.type('换')
    await press('Tab')
    await expect.poll(() => cell(2, 1).innerText()).toBe('换')
    await expect.poll(focused).toBe('2:2')
    await press('Shift+Tab', 'Delete')
    await expect.poll(() => cell(2, 1).innerText()).toBe('')
    await press('Control+z')
    await expect.poll(() => cell(2, 1).innerText()).toBe('换')
    await press('Control+z')
    await expect.poll(() => cell(2, 1).innerText()).toBe('新建学校')
    await press('Control+y')
    await expect.poll(() => cell(2, 1).innerText()).toBe('换')
    for (const [key, place] of [
      ['End', '2:2'],
      ['Home', '2:0'],
      ['Control+End', '3:2'],
      ['Control+Home', '0:0'],
      ['Control+ArrowDown', '3:0'],
      ['Shift+Enter', '2:0'],
      ['PageDown', '8:0'],
      ['PageUp', '0:0'],
    ] as const) {
      await press(key)
      await expect.poll(focused, { message: key }).toBe(place)
    }
    await press('Escape')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON')
  })

  it('copies and pastes blocks as spreadsheet programs exchange them', async () => {
    const context = page.context()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: ORIGIN })
    await cell(2, 1).click()
    await press('Shift+ArrowRight', 'Shift+ArrowDown')
    expect(await page.locator('td[aria-selected="true"]').count()).toBe(4)
    await press('Control+c')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^新建学校\t"开工\n建设"\r?\n改造管网\t$/)
    await press('ArrowDown', 'ArrowDown')
    await expect.poll(focused).toBe('4:1')
    await press('Control+v')
    await expect.poll(() => cell(4, 2).innerText()).toBe('开工\n建设')
    expect(await cell(5, 1).innerText()).toBe('改造管网')
    await press('Control+z')
    await expect.poll(() => cell(5, 1).innerText()).toBe('')
    await page.getByText('已撤销。').waitFor()
  })

  it('starts composing in a cell with the first key, and nothing around it interrupts that', async () => {
    const session = await page.context().newCDPSession(page)
    await cell(2, 1).waitFor()
    await page.getByRole('button', { name: '校验', exact: true }).click()
    await page.locator('td[data-mark]').first().waitFor()
    const marks = () => page.locator('td[data-mark]').count()
    const before = await marks()
    // The check of the edit before runs while the next cell is being composed.
    await cell(1, 1).click()
    await page.keyboard.type('任务。。')
    await press('Enter')
    await expect.poll(focused).toBe('2:1')
    await session.send('Input.imeSetComposition', { text: 'xin', selectionStart: 3, selectionEnd: 3 })
    const field = page.locator('.grid-editor')
    await expect.poll(() => field.getAttribute('data-mode')).toBe('replace')
    await page.waitForTimeout(1500)
    expect(before).toBeGreaterThan(0)
    expect(await field.inputValue()).toBe('xin')
    await session.send('Input.imeSetComposition', { text: '新', selectionStart: 1, selectionEnd: 1 })
    await session.send('Input.insertText', { text: '新建小学' })
    expect(await field.inputValue()).toBe('新建小学')
    expect(await focused()).toBe('2:1')
    await press('Enter')
    await expect.poll(() => cell(2, 1).innerText()).toContain('新建小学')
  })

  it('keeps changes that were not saved, and offers them when the file is opened again', async () => {
    await cell(2, 1).click()
    await page.keyboard.type('未保存')
    await press('Enter')
    // Kept half a second after the last change.
    await expect.poll(countKept).toBe(1)
    page.on('dialog', (dialog) => dialog.accept())
    await page.goto(`${ORIGIN}/index.html`)
    await choose('县级台账.xlsx', await workbook())
    await page.getByRole('button', { name: '恢复修改' }).click()
    await expect.poll(() => cell(2, 1).innerText()).toBe('未保存')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '保存到本机' }).click(),
    ])
    await download.path()
    await page.goto(`${ORIGIN}/index.html`)
    await choose('县级台账.xlsx', await workbook())
    await cell(2, 1).waitFor()
    expect(await cell(2, 1).innerText()).toBe('新建学校')
    expect(await page.getByRole('button', { name: '恢复修改' }).count()).toBe(0)
  })

  it('names at signing out the files whose unsaved changes stay in the browser, and deletes them when told to', async () => {
    await page.route(`${ORIGIN}/api/me`, (route) =>
      route.fulfill({
        json: {
          actor: { id: 'a', role: 'unit', name: '县教委' },
          key: { id: 'k', post: '' },
          plans: [],
          limits: { bodyBytes: 1, rows: 1, cellLength: 1 },
        },
      }),
    )
    await cell(2, 1).dblclick()
    await page.keyboard.type('未保存')
    await press('Enter')
    await expect.poll(countKept).toBe(1)
    await page.getByLabel('访问密钥').fill('key')
    await page.getByRole('button', { name: '连接', exact: true }).click()
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('listitem').filter({ hasText: '“县级台账.xlsx”' }).waitFor()
    expect(await countKept()).toBe(1)
    await page.getByRole('button', { name: '删除暂存的修改' }).click()
    await page.getByRole('button', { name: '确认删除' }).click()
    await page.getByText('已删除本机暂存的修改。').waitFor()
    expect(await countKept()).toBe(0)
    expect(await cell(2, 1).innerText()).toContain('未保存')
  })

  it('shows a long table by pages and turns them by key', async () => {
    const lines = Array.from({ length: 1500 }, (_, i) => [`${i}`, `任务${i}`, '开工'])
    await choose(
      '长.xlsx',
      await writeWorkbook([sheet('长表', lines)], { title: 'x', created: '2023-01-01T00:00:00Z' }),
    )
    await cell(999, 1).waitFor({ state: 'attached' })
    expect(await cell(1000, 1).count()).toBe(0)
    await cell(999, 1).click()
    await press('ArrowDown')
    await expect.poll(focused).toBe('1000:1')
    await page.keyboard.type('改')
    await press('Enter')
    await expect.poll(() => cell(1000, 1).innerText()).toBe('改')
  })

  it('brings a cell into view below the rows that stay there', async () => {
    const lines = Array.from({ length: 200 }, (_, i) =>
      i === 0 ? ['序号', '任务', '目标'] : [`${i}`, '建学校', '开工'],
    )
    await choose(
      '长.xlsx',
      await writeWorkbook([sheet('长表', lines)], { title: 'x', created: '2023-01-01T00:00:00Z' }),
    )
    await cell(150, 1).click()
    for (let row = 150; row > 100; row--) await press('ArrowUp')
    await expect.poll(focused).toBe('100:1')
    const [header, here] = [await cell(0, 1).boundingBox(), await cell(100, 1).boundingBox()]
    expect(here?.y).toBeGreaterThanOrEqual((header?.y ?? 0) + (header?.height ?? 0) - 1)
  })

  it('gives an edit up with Escape, and keeps it when another cell is clicked', async () => {
    await cell(2, 1).dblclick()
    await page.keyboard.type('不要')
    await page.keyboard.press('Escape')
    expect(await cell(2, 1).innerText()).toBe('新建学校')
    await expect.poll(focused).toBe('2:1')
    await cell(3, 2).dblclick()
    await page.keyboard.type('完工')
    await cell(2, 0).click()
    await expect.poll(() => cell(3, 2).innerText()).toBe('完工')
  })

  it('leaves Enter to the input method while it composes', async () => {
    await cell(2, 1).dblclick()
    const field = page.locator('.grid-editor')
    expect(await field.getAttribute('data-mode')).toBe('edit')
    await field.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true })
    expect(await field.getAttribute('data-mode')).toBe('edit')
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('3:1')
  })

  it('says why a file cannot be opened, and keeps the one that is', async () => {
    await cell(2, 1).waitFor()
    await choose('旧.xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, ...new Array(600).fill(0)]))
    await expect.poll(() => page.getByText('另存为').count()).toBeGreaterThan(0)
    expect(await cell(2, 1).innerText()).toBe('新建学校')
  })

  it('asks before another file replaces unsaved changes', async () => {
    await cell(2, 1).dblclick()
    await page.keyboard.type('改')
    await page.keyboard.press('Enter')
    await choose(
      '另一个.xlsx',
      await writeWorkbook([sheet('另一张', [['x']])], { title: 'x', created: '2023-01-01T00:00:00Z' }),
    )
    await page.getByRole('button', { name: '返回' }).click()
    expect(await cell(2, 1).innerText()).toContain('改')
    await choose(
      '另一个.xlsx',
      await writeWorkbook([sheet('另一张', [['x']])], { title: 'x', created: '2023-01-01T00:00:00Z' }),
    )
    await page.getByRole('button', { name: '放弃修改并打开' }).click()
    await expect.poll(() => cell(0, 0).innerText()).toBe('x')
  })

  it('marks what the check finds, with a sign beside the color', async () => {
    await cell(2, 1).waitFor()
    await page.getByRole('button', { name: '校验', exact: true }).click()
    await expect.poll(() => page.locator('td[data-mark]').count()).toBeGreaterThan(0)
    const mark = page.locator('td[data-mark] .grid-mark').first()
    expect(await mark.getAttribute('aria-label')).toMatch(/错误|警告|提示|待确认/)
    expect(await mark.innerText()).not.toBe('')
  })
})
