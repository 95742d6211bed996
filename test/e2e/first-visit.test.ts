/**
 * The first visit, in Excel and in the browser: somebody without a key tries the sample, then connects. And the way of
 * a sheet that the commission hands out: made, filled in by another program, sent in by its unit without a question.
 */
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Master, PlanFile } from '../../domain/protocol.ts'
import { drawPlan } from '../../tools/draw-plan.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { openExcelHost } from '../excel-host/host.ts'
import { readBreakdown } from '../support/breakdown-cells.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { editByOpenpyxl, readByOpenpyxl } from '../support/openpyxl.ts'
import { drivePane, openPane, type Pane } from '../support/pane.ts'
import { findChromium, findPythonWithOpenpyxl, launchChromium } from '../support/programs.ts'

const UNIT = '县教委'
const P1 = 'milestone.P1'

describe.skipIf(!findChromium() || !findPythonWithOpenpyxl())('the first visit', () => {
  let worker: DemoWorker
  let browser: Browser
  let fengjie: PlanFile
  let unitKey = ''
  let handedOut: Uint8Array

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: true })
    browser = (await launchChromium()) as Browser
    fengjie = worker.files.find(({ plan }) => plan.county === '奉节县') as PlanFile
    unitKey = await worker.issueKey(fengjie.plan.id, UNIT)
  })
  afterAll(async () => {
    await browser?.close()
    await worker?.close()
  })

  const commissionKey = () => worker.keys.commission[fengjie.plan.county] as string
  const rowOf = async (number: string) =>
    (await worker.call<Master>(commissionKey(), 'GET', `/api/plans/${fengjie.plan.id}/master`)).body.rows.find(
      ({ cells }) => cells.number === number,
    )

  async function trySample(pane: Pane): Promise<void> {
    await pane.press('打开示例表试用')
    await pane.sees('内容均为虚构')
    await pane.sees(/公益性岗位800个.*少50个/)
    await pane.page.getByRole('button', { name: /^目标核算（/ }).click()
    await pane.sees('需核对（1 行）')
    await pane.press('返回校验结果')
    await pane.press('填写访问密钥')
    // The key is the next thing to type.
    expect(await pane.page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('password')
    await pane.page.keyboard.type(unitKey)
    await pane.page.keyboard.press('Enter')
    await pane.sees('可以填写并报送本单位牵头任务的各期目标')
  }

  test('in the browser: the sample is a workbook of its own, and from its results the way leads to the key', async () => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })).newPage()
    const sent: string[] = []
    page.on('request', (request) => void (request.url().includes('/api/') && sent.push(request.url())))
    await page.goto(`${worker.url}/`)
    const pane = drivePane(page)
    await pane.button('打开示例表试用').waitFor()
    expect(sent).toEqual([])
    await trySample(pane)
    // What came from nowhere is nothing to save.
    expect(await page.getByText('未保存').count()).toBe(0)
    await pane.press('生成我的表')
    await pane.sees(/已生成工作表/)
    await pane.signOut()
  })

  test('in the browser: a file with unsaved changes is not closed for the sample', async () => {
    const pane = await openPane(browser, worker.url, unitKey)
    await pane.press('生成我的表')
    await pane.sees(/已生成工作表/)
    await pane.signOut()
    await pane.press('打开示例表试用')
    await pane.sees('当前文件有未保存的修改')
    expect(
      await pane.page.getByRole('navigation').getByRole('button', { name: '我的任务分解表', exact: true }).count(),
    ).toBe(1)
  })

  test('in Excel: the sample is a new sheet beside the person’s own, which stays as it was', async () => {
    const workbook = await writeWorkbook([drawPlan(fengjie)], { title: '表', created: '2023-03-13T00:00:00Z' })
    const [before] = readByOpenpyxl(workbook)
    const host = await openExcelHost({ workbook })
    try {
      await host.goto(`${worker.url}/taskpane.html`)
      await trySample(drivePane(host.page))
      const sheets = readByOpenpyxl(await host.save())
      expect(sheets.map(({ name }) => name)).toEqual([before?.name, '示例表'])
      expect(sheets[0]).toEqual(before)
      expect(host.gaps).toEqual([])
    } finally {
      await host.close()
    }
  })

  test('the commission saves one workbook with a sheet for each unit', async () => {
    const pane = await openPane(browser, worker.url, commissionKey())
    await pane.press('分发报送表')
    const [file] = await Promise.all([pane.page.waitForEvent('download'), pane.press('保存报送表')])
    expect(file.suggestedFilename()).toBe(`${fengjie.plan.title}报送表（各单位）.xlsx`)
    await pane.sees(/已生成 18 个单位的报送表/)
    handedOut = await readFile(await file.path())
    const sheets = readByOpenpyxl(handedOut)
    expect([sheets[0]?.name, sheets.at(-1)?.name, sheets.length]).toEqual(['目录', '_ledger', 20])
  })

  test('a unit that gets it, filled in by another program, goes to its sheet and submits without a question', async () => {
    const sheet = await readBreakdown(handedOut, UNIT, fengjie)
    const row = sheet.rows.find(({ cells }) => cells.number === '21')
    expect(row?.ver).toBeGreaterThan(0)
    const text = '完成2023年秋季学期教育工作部署。'
    const filled = editByOpenpyxl(handedOut, UNIT, [{ ...sheet.place('21', P1), text }])
    const pane = await openPane(browser, worker.url, unitKey)
    await pane.page
      .locator('input[type=file]')
      .setInputFiles({ name: '报送表.xlsx', mimeType: '', buffer: Buffer.from(filled) })
    await pane.sees('本工作簿中的表')
    await pane.sees('另有 17 张其他单位的表，未列出。')
    await pane.press('使用此表')
    await pane.sees('各行均带有标识，可以校验和报送。')
    await pane.press('报送')
    await pane.press('预览报送')
    await pane.press('确认报送')
    await pane.sees('回执编号')
    expect((await rowOf('21'))?.cells[P1]).toBe(text)
  })
})
