/** Pictures of what the commission sees: its desk, conflicts, returned files, hand-out, keys, master, set-up and adjustment. */

import type { PlanFile, ServerRow } from '../../domain/protocol.ts'
import { readBreakdown } from '../../test/support/breakdown-cells.ts'
import { editByOpenpyxl } from '../../test/support/openpyxl.ts'
import type { Pane } from '../../test/support/pane.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { drawPlan } from '../draw-plan.ts'
import {
  closePane,
  edit,
  openFilePage,
  ownRows,
  PLAN,
  SCHOOLS,
  type Studio,
  saved,
  send,
  take,
  takePane,
  WHY,
} from './studio.ts'

const [P1, P2, P4] = ['milestone.P1', 'milestone.P2', 'milestone.P4']
const JOBS = '县人力社保局'
const INSURANCE = '县医保局'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** While units report. */
export async function takeOfficePictures(studio: Studio): Promise<void> {
  await letUnitsReport(studio)
  const pane = await openFilePage(studio, studio.commission)
  await takeDesk(pane)
  await takeConflict(pane)
  await pane.home()
  await takeHandOut(studio, pane)
  await takeKeys(pane)
  await closePane(pane)
  await takeMaster(studio)
}

/** A new plan from a table, then a plan that is issued. */
export async function takePlanPictures(studio: Studio): Promise<void> {
  await takeSetUp(studio)
  await takeAdjustment(studio)
}

/** Every kind of thing that waits on the desk: rows, a suggestion, a blank, a conflict of joint leads. */
async function letUnitsReport(studio: Studio): Promise<void> {
  const jobs = await studio.worker.issueKey(PLAN, JOBS)
  const [first, second, third] = await ownRows(studio, jobs)
  if (!first || !second || !third) throw new Error('the demo has fewer tasks now')
  await send(studio, jobs, [
    { row: first, cells: { [P2]: longer(first, P2, '，6月底前完成过半') } },
    { row: second, cells: { task: longer(second, 'task', '（含返乡农民工）') } },
    { row: third, cells: { [P1]: '' } },
  ])
  const [education, health] = await Promise.all(
    ['县教委', '县卫生健康委'].map(async (unit) => {
      const key = await studio.worker.issueKey(PLAN, unit)
      return { key, row: (await ownRows(studio, key)).find(({ cells }) => cells.number === '17') }
    }),
  )
  if (!education?.row || !health?.row) throw new Error('task 17 has other leads now')
  await send(studio, health.key, [{ row: health.row, cells: { [P4]: '完成第三针接种，接种率达到90%。' } }])
  await send(studio, education.key, [{ row: education.row, cells: { [P4]: '完成第三针接种，接种率达到92%。' } }])
}

function longer(row: ServerRow, column: string, words: string): string {
  return (row.cells[column] ?? '').replace(/。?$/, `${words}。`)
}

/** The desk, a row with its difference about to be sent back, and the record of that row. */
async function takeDesk(pane: Pane): Promise<void> {
  await pane.press('审核台')
  await pane.sees(/目前有 \d+ 项待办/)
  await takePane(pane, 'desk')
  await pane.page.getByRole('button', { name: /^待审任务/ }).click()
  const row = pane.page.locator('li[data-row]').filter({ hasText: SCHOOLS }).first()
  await row.getByRole('button', { name: '退回修改' }).click()
  await pane.page.getByLabel('退回意见').fill(WHY)
  await row.scrollIntoViewIfNeeded()
  await takePane(pane, 'review')
  await pane.press('确认退回')
  await pane.sees(/已退回，单位校验/)
  await pane.page.getByLabel('状态').selectOption('已退回')
  await row.getByRole('button', { name: '变更记录' }).click()
  await pane.page.getByRole('heading', { name: '变更记录' }).waitFor()
  await takePane(pane, 'history')
  await pane.press('返回')
  await pane.press('返回审核台')
  await pane.home()
}

async function takeConflict(pane: Pane): Promise<void> {
  await pane.press('冲突')
  await pane.sees(/接种率达到92%/)
  await takePane(pane, 'conflicts')
}

/** What is handed out, and two files that came back: one plain, one from a unit that has to be confirmed. */
async function takeHandOut(studio: Studio, pane: Pane): Promise<void> {
  await pane.press('分发报送表')
  await pane.page.getByLabel('单位', { exact: true }).selectOption({ label: INSURANCE })
  await takePane(pane, 'hand-out')
  const blank = await saved(pane, '保存报送表')
  const sheet = await readBreakdown(blank, INSURANCE, studio.file)
  const filled = editByOpenpyxl(blank, INSURANCE, [{ ...sheet.place('14', P1), text: '报送第八批采购品种范围数据。' }])
  await pane.home()
  await pane.press('收回的文件')
  const old = await writeWorkbook([drawPlan(studio.file)], { title: '表', created: '2023-03-13T00:00:00Z' })
  const files = [
    { name: '县医保局（邮件）.xlsx', bytes: filled },
    { name: '旧表（U盘）.xlsx', bytes: old },
  ]
  await pane.page
    .locator('main input[type=file]')
    .setInputFiles(files.map(({ name, bytes }) => ({ name, mimeType: XLSX, buffer: Buffer.from(bytes) })))
  await pane.sees(/读取完成/)
  await takePane(pane, 'intake')
  await pane.home()
}

async function takeKeys(pane: Pane): Promise<void> {
  await pane.press('单位密钥')
  await pane.sees(/有效密钥 \d+ 把/)
  await pane.page.locator('summary').filter({ hasText: '一次为各单位发放' }).click()
  await takePane(pane, 'keys', 900)
}

/** The master as the commission draws it on the page. */
async function takeMaster(studio: Studio): Promise<void> {
  const pane = await openFilePage(studio, studio.commission)
  await pane.press('汇总')
  await pane.press('汇总到当前工作簿')
  await pane.sees(/已写入工作表/)
  await take(pane, 'master')
  await closePane(pane)
}

/** A table in which one unit is spelled in two ways, read for a new plan. */
async function takeSetUp(studio: Studio): Promise<void> {
  const rows = studio.file.rows.map((row) =>
    row.cells.number === '3' ? { ...row, cells: { ...row.cells, leadUnits: '各乡镇（街道）' } } : row,
  )
  const plan: PlanFile = { ...studio.file, plan: { ...studio.file.plan, id: 'next', year: 2024 }, rows }
  const pane = await openFilePage(studio, studio.commission)
  await openFile(
    pane,
    '任务分解表.xlsx',
    await writeWorkbook([drawPlan(plan)], { title: '表', created: '2024-01-10T00:00:00Z' }),
  )
  await pane.press('建立计划')
  await pane.sees(/单位核对/)
  await pane.page.getByRole('heading', { name: /^单位核对/ }).scrollIntoViewIfNeeded()
  await pane.page.locator('main').evaluate((main) => main.scrollBy(0, 420))
  await take(pane, 'plan-setup')
  await closePane(pane)
}

/** An issued plan whose table says something new, about to be recorded with its paper. */
async function takeAdjustment(studio: Studio): Promise<void> {
  const pane = await openFilePage(studio, studio.commission)
  await pane.press('印发')
  await pane.page.getByLabel('文号').fill('奉节府办发〔2023〕5号')
  await pane.page.getByRole('checkbox').check()
  await pane.press('确认印发')
  await pane.sees(/已印发/)
  await pane.press('汇总')
  await pane.press('汇总到当前工作簿')
  await pane.sees(/已写入工作表/)
  await edit(pane.page, SCHOOLS, 6, '完成评估验收，形成评估报告。')
  await edit(pane.page, SCHOOLS, 9, '县委编办、县发展改革委、县财政局、县人力社保局、县住房城乡建委')
  await pane.home()
  await pane.press('任务调整与勘误')
  await pane.sees(/项任务与总表不同/)
  await pane.page.getByLabel('理由').fill('县政府常务会议同意调整。')
  await pane.page.getByLabel('文号').fill('奉节府办函〔2023〕8号')
  await pane.page.getByLabel('自哪一期起执行').selectOption({ label: '11月' })
  await pane.page.getByRole('button', { name: /^核对所选 / }).click()
  await pane.sees('登记前核对')
  await pane.page.locator('main').evaluate((main) => main.scrollTo(0, 0))
  await takePane(pane, 'adjust', 1900)
  await closePane(pane)
}

async function openFile(pane: Pane, name: string, bytes: Uint8Array): Promise<void> {
  await pane.page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: XLSX, buffer: Buffer.from(bytes) })
  await pane.page.locator('td[data-cell]').first().waitFor()
}
