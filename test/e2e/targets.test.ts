/**
 * 目标核算 over the real Fengjie plan and a running Worker, in both hosts: a figure leads to its cell, a
 * question is answered in place, is still answered after a reload, is seen by the commission, and taken back.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlanFile } from '../../domain/protocol.ts'
import { drawPlan } from '../../tools/draw-plan.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { type ExcelHost, openExcelHost } from '../excel-host/host.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { drivePane, openPane, type Pane } from '../support/pane.ts'
import { findChromium, launchChromium } from '../support/programs.ts'

const PLAN = 'fengjie-2023'
const UNIT = '县人力社保局'
/** Row 1 promises it, and none of its milestones speaks of it. */
const PROMISE = '高校毕业生就业率 ≥90%'

describe.skipIf(!findChromium())('目标核算', () => {
  let worker: DemoWorker
  let browser: Browser
  let fengjie: PlanFile
  let excel: ExcelHost | undefined
  /** Of the unit, handed on from test to test. */
  let key = ''

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: true })
    browser = (await launchChromium()) as Browser
    fengjie = worker.files.find(({ plan }) => plan.id === PLAN) as PlanFile
    key = await worker.issueKey(PLAN, UNIT)
  })
  afterAll(async () => {
    await excel?.close()
    await browser?.close()
    await worker?.close()
  })

  const target = (pane: Pane) => pane.page.locator('section.target').filter({ hasText: PROMISE })

  async function openTargets(pane: Pane): Promise<void> {
    await pane.press('校验')
    await pane.button('导出校验报告').waitFor()
    await pane.page
      .getByRole('button', { name: /^目标核算/ })
      .first()
      .click()
    await target(pane).waitFor()
  }

  test('on files: a figure leads to its cell and is marked in its text; an answer is kept', async () => {
    const pane = await openPane(browser, worker.url, key)
    await pane.press('生成我的表')
    await pane.sees(/已生成工作表/)
    await openTargets(pane)

    const jobs = pane.page.locator('section.target').filter({ hasText: '城镇新增就业 ≥10000人' })
    await jobs
      .getByRole('row', { name: /2500人/ })
      .first()
      .getByRole('button', { name: '2500人' })
      .click()
    await expect.poll(() => jobs.locator('mark').innerText()).toBe('2500人')
    const cell = pane.page.locator('td[data-cell][aria-selected=true]')
    expect(await cell.innerText()).toContain('2500人')
    expect(await pane.page.locator('p[aria-live=polite]').innerText()).toMatch(/^已定位到 [A-Z]+\d+（3月）.*2500人/)
    expect(await jobs.getByRole('img', { name: /城镇新增就业/ }).count()).toBe(1)

    expect(await target(pane).getByRole('img').count()).toBe(0)
    await target(pane).getByRole('button', { name: '另有安排' }).click()
    await target(pane).getByText(`${UNIT}确认`).waitFor()
    expect(await target(pane).getByRole('button', { name: '另有安排' }).count()).toBe(0)

    // A new pane over a new sheet: the answer comes from the server.
    await pane.page.reload()
    await pane.button('退出登录').waitFor()
    await pane.press('生成我的表')
    await pane.sees(/已生成工作表/)
    await openTargets(pane)
    await target(pane).getByText(`${UNIT}确认`).waitFor()
    await pane.page.context().close()
  })

  test('in Excel: the commission sees the answer with its author, and may take it back', async () => {
    const workbook = await writeWorkbook([drawPlan(fengjie)], {
      title: fengjie.plan.title,
      created: '2023-03-13T00:00:00Z',
    })
    excel = await openExcelHost({ workbook })
    await excel.goto(`${worker.url}/taskpane.html`)
    const pane = drivePane(excel.page)
    await pane.connect(worker.keys.commission[fengjie.plan.county] as string)
    await openTargets(pane)
    await target(pane).getByText(`${UNIT}确认`).waitFor()
    await target(pane).getByRole('button', { name: '撤回' }).click()
    await target(pane).getByRole('button', { name: '另有安排' }).waitFor()
    expect(await target(pane).innerText()).toContain('各期均未安排（需处理）')
    await target(pane).getByRole('button', { name: PROMISE }).click()
    await expect.poll(() => target(pane).locator('mark').innerText()).toBe('90%')
    expect(excel.gaps).toEqual([])
  })
})
