/** Pictures of what a unit sees: first visit, its own table, checks, update, submission and what came back. */

import { readBreakdown } from '../../test/support/breakdown-cells.ts'
import {
  closePane,
  drawMine,
  edit,
  openExcelPane,
  openFilePage,
  ownRows,
  PLAN,
  SCHOOLS,
  type Studio,
  saved,
  send,
  take,
  takePane,
  takePrinted,
  WHY,
} from './studio.ts'

const SHEET = '我的任务分解表'
const VACCINE = '加速消除宫颈癌'
const P2 = 'milestone.P2'

/** Up to the first submissions. */
export async function takeUnitPictures(studio: Studio, key: string): Promise<void> {
  await takeFirstVisit(studio)
  await takeCheck(studio, key)
  await takeTargets(studio)
  await takeSubmission(studio, key)
}

/** After the commission has sent a cell back. */
export async function takeAnswerPictures(studio: Studio, key: string): Promise<void> {
  await takeReturned(studio, key)
  await takeUpdate(studio, key)
}

async function takeFirstVisit(studio: Studio): Promise<void> {
  const pane = await openFilePage(studio)
  await pane.button('打开示例表试用').waitFor()
  await take(pane, 'first-visit')
  await pane.press('打开示例表试用')
  await pane.sees('内容均为虚构')
  await pane.sees(/公益性岗位800个/)
  await take(pane, 'sample')
  await closePane(pane)
}

/** In Excel, with two mistakes in the unit's own table: the pane, and the marks in the sheet as LibreOffice shows them. */
async function takeCheck(studio: Studio, key: string): Promise<void> {
  const { host, pane } = await openExcelPane(studio, key)
  await drawMine(pane)
  const places = await readBreakdown(await host.save(), SHEET, studio.file)
  await host.type(SHEET, places.address('17', P2), '开展第二针接种。。')
  await host.type(SHEET, places.address('21', 'milestone.P1'), '')
  await pane.press('校验')
  await pane.sees('校验结果')
  await pane.page.locator('summary').filter({ hasText: '标记说明' }).click()
  await pane.page.locator('details.marks input[type=checkbox]').check()
  await pane.press('在表格中标记')
  await pane.sees(/已按 .* 校验的结果标记/)
  await pane.page.locator('summary').filter({ hasText: '标记说明' }).click()
  await takePane(pane, 'pane-check', 1000)
  await takePrinted(await host.save(), 'marks', { dotsPerInch: 75, width: 16.5, height: 9 })
  await closePane(pane)
}

/** 目标核算 beside the table: targets with their sums, their way, and a question. */
async function takeTargets(studio: Studio): Promise<void> {
  const pane = await openFilePage(studio, await studio.worker.issueKey(PLAN, '县人力社保局'))
  await drawMine(pane)
  await pane.press('校验')
  await pane.sees('校验结果')
  await pane.page.getByRole('button', { name: /^目标核算（/ }).click()
  await pane.sees('高校毕业生就业率')
  await pane.page.locator('svg').first().scrollIntoViewIfNeeded()
  await take(pane, 'targets')
  await closePane(pane)
}

/** Home, preview with what is taken and what is not its own, receipt, and the slip to sign. */
async function takeSubmission(studio: Studio, key: string): Promise<void> {
  const pane = await openFilePage(studio, key)
  await drawMine(pane)
  await pane.home().catch(() => undefined)
  await takePane(pane, 'unit-home', 1400)
  await edit(pane.page, VACCINE, 3, '开展第二针接种，接种率达到90%。')
  await edit(pane.page, SCHOOLS, 3, '完成全县优质均衡全部指标监测。')
  await pane.press('报送')
  await pane.press('预览报送')
  await pane.press('确认报送')
  await pane.sees('回执编号')
  await pane.home()
  await edit(pane.page, VACCINE, 3, '开展第二针接种，接种率达到95%以上。')
  await edit(pane.page, SCHOOLS, 2, '制定优质均衡指标监测方案。')
  await pane.press('报送')
  await pane.press('预览报送')
  await pane.button('确认报送').waitFor()
  await pane.page.locator('.grid-scroll').evaluate((table) => table.scrollTo(0, 0))
  await take(pane, 'submit-preview')
  await pane.press('确认报送')
  await pane.sees(/已报送，回执编号/)
  await takePane(pane, 'receipt')
  await takePrinted(await saved(pane, '保存报送单（打印签字）'), 'slip', { dotsPerInch: 90, width: 8.27, height: 5.1 })
  await closePane(pane)
}

/** The commission goes on in the master while the unit has an edit that it has not sent. */
async function takeUpdate(studio: Studio, key: string): Promise<void> {
  const pane = await openFilePage(studio, key)
  await drawMine(pane)
  await edit(pane.page, VACCINE, 3, '开展第二针接种，接种率达到93%。')
  const rows = await ownRows(studio, key)
  const row = (words: string) => rows.find(({ cells }) => cells.task?.includes(words))
  const [vaccine, schools] = [row(VACCINE), row(SCHOOLS)]
  if (!vaccine || !schools) throw new Error('the demo has other tasks now')
  await send(studio, studio.commission, [
    { row: vaccine, cells: { [P2]: '开展第二针接种，接种率达到95%。' } },
    { row: schools, cells: { [P2]: '完成全县优质均衡全部指标监测，形成监测报告。' } },
  ])
  await pane.press('更新本表')
  await pane.sees(/请决定（1 处）/)
  await take(pane, 'pull-conflict')
  await closePane(pane)
}

/** What the commission sent back, as the unit finds it in 报送记录. */
async function takeReturned(studio: Studio, key: string): Promise<void> {
  const pane = await openFilePage(studio, key)
  await drawMine(pane)
  await pane.press('报送记录')
  await pane.sees(WHY)
  await takePane(pane, 'submissions-returned', 900)
  await closePane(pane)
}
