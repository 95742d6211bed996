/**
 * `node tools/screenshots.ts`: makes the pictures of docs/images/ from the running product with the
 * demo data, so that they can be renewed whenever a screen changes. Needs dist/ (`npm run build`) and Chromium.
 */
import { mkdir } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import type { PlanFile } from '../domain/protocol.ts'
import { openExcelHost } from '../test/excel-host/host.ts'
import { type DemoWorker, startDemoWorker } from '../test/support/demo-worker.ts'
import { drivePane, type Pane } from '../test/support/pane.ts'
import { launchChromium } from '../test/support/programs.ts'
import { writeWorkbook } from '../xlsx/write.ts'
import { drawPlan } from './draw-plan.ts'

const FOLDER = 'docs/images'
const PLAN = 'fengjie-2023'
const UNIT = '县教委'

const worker = await startDemoWorker({ plans: true })
const browser = await launchChromium()
if (!browser) throw new Error('no Chromium')
try {
  await mkdir(FOLDER, { recursive: true })
  const key = await worker.issueKey(PLAN, UNIT)
  const fengjie = worker.files.find(({ plan }) => plan.id === PLAN) as PlanFile
  await takePreview(browser, worker, key)
  await takeCheck(browser, worker, key, fengjie)
  await takeTargets(browser, worker, await worker.issueKey(PLAN, '县人力社保局'))
  await takeMaster(browser, worker, worker.keys.commission[fengjie.plan.county] as string)
} finally {
  await browser.close()
  await worker.close()
}

/** A unit's preview beside its table: what is taken, and what is not its own and will not be sent. */
async function takePreview(browser: Browser, { url }: DemoWorker, key: string): Promise<void> {
  const pane = await openPage(browser, url, key)
  await pane.press('生成我的表')
  await pane.sees(/已生成工作表/)
  await edit(pane.page, '加速消除宫颈癌', 3, '开展第二针接种，接种率达到90%。')
  await edit(pane.page, '优化中小学校布局', 3, '完成全县优质均衡全部指标监测。')
  await pane.press('报送')
  await pane.press('预览报送')
  await pane.button('确认报送').waitFor()
  await pane.press('确认报送')
  await pane.sees('回执编号')
  await pane.home()
  await edit(pane.page, '加速消除宫颈癌', 3, '开展第二针接种，接种率达到95%以上。')
  await edit(pane.page, '优化中小学校布局', 2, '制定优质均衡指标监测方案。')
  await pane.press('报送')
  await pane.press('预览报送')
  await pane.button('确认报送').waitFor()
  await pane.page.locator('.grid-scroll').evaluate((table) => table.scrollTo(0, 0))
  await take(pane.page, 'submit-preview')
  await pane.page.context().close()
}

/** The pane in Excel at its own width, over the table as the county issued it, with two mistakes in it. */
async function takeCheck(browser: Browser, { url }: DemoWorker, key: string, file: PlanFile): Promise<void> {
  const rows = file.rows.map((row) => {
    if (row.cells.number === '17') return { ...row, cells: { ...row.cells, 'milestone.P2': '开展第二针接种。。' } }
    return row.cells.number === '21' ? { ...row, cells: { ...row.cells, 'milestone.P1': '' } } : row
  })
  const workbook = await writeWorkbook([drawPlan({ ...file, rows })], {
    title: file.plan.title,
    created: '2023-03-13T00:00:00Z',
  })
  const host = await openExcelHost({ browser, workbook })
  await host.page.setViewportSize({ width: 350, height: 780 })
  await host.page.goto(`${url}/taskpane.html`)
  const pane = drivePane(host.page)
  await pane.connect(key)
  await pane.press('校验')
  await pane.sees('校验结果')
  await take(pane.page, 'pane-check')
  await host.page.context().close()
}

/** 目标核算 beside the table: targets with their sums, their way, and a question. */
async function takeTargets(browser: Browser, { url }: DemoWorker, key: string): Promise<void> {
  const pane = await openPage(browser, url, key)
  await pane.press('生成我的表')
  await pane.sees(/已生成工作表/)
  await pane.press('校验')
  await pane.sees('校验结果')
  await pane.press('目标核算')
  await pane.sees('高校毕业生就业率')
  await pane.page.locator('svg').first().scrollIntoViewIfNeeded()
  await take(pane.page, 'targets')
  await pane.page.context().close()
}

/** The master as the commission draws it on the page. */
async function takeMaster(browser: Browser, { url }: DemoWorker, key: string): Promise<void> {
  const pane = await openPage(browser, url, key)
  await pane.press('汇总')
  await pane.press('汇总到当前工作簿')
  await pane.sees(/已写入工作表/)
  await take(pane.page, 'master')
  await pane.page.context().close()
}

async function openPage(browser: Browser, url: string, key: string): Promise<Pane> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${url}/`)
  const pane = drivePane(page)
  await pane.connect(key)
  return pane
}

/** Types over the cell in a column (counted from 0) of the row that holds these words. */
async function edit(page: Page, words: string, column: number, text: string): Promise<void> {
  const row = page.locator('tbody tr').filter({ hasText: words }).first()
  const at = Number(await row.getAttribute('aria-rowindex')) - 1
  await page.locator(`td[data-cell="${at}:${column}"]`).dblclick()
  const field = page.locator('textarea.grid-editor')
  await field.fill(text)
  await field.press('Enter')
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${FOLDER}/${name}.png` })
  process.stdout.write(`${FOLDER}/${name}.png\n`)
}
