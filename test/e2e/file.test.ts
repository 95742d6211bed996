/**
 * The same on .xlsx files in a plain browser, for WPS and PCs without the add-in: one file goes
 * through LibreOffice on its way, one never had ids. A real Worker and D1 behind it.
 */
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Master, PlanFile } from '../../domain/protocol.ts'
import { drawPlan } from '../../tools/draw-plan.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { readBreakdown, type Sheet } from '../support/breakdown-cells.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { convertByLibreOffice } from '../support/libreoffice.ts'
import { readByOpenpyxl } from '../support/openpyxl.ts'
import { drivePane, type Pane } from '../support/pane.ts'
import { findChromium, findPythonWithOpenpyxl, findSoffice, launchChromium } from '../support/programs.ts'

const SHEET = '任务分解表'
const P2 = 'milestone.P2'

describe.skipIf(!findChromium() || !findPythonWithOpenpyxl() || !findSoffice())('the page on files', () => {
  let worker: DemoWorker
  let browser: Browser
  let fengjie: PlanFile
  let planId = ''
  let issued: Uint8Array
  /** The workbook with ids, as the commission mails it out. */
  let mailed: Uint8Array

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: false })
    browser = (await launchChromium()) as Browser
    fengjie = worker.files.find(({ plan }) => plan.county === '奉节县') as PlanFile
    issued = await writeWorkbook([drawPlan(fengjie)], { title: fengjie.plan.title, created: '2023-03-13T00:00:00Z' })
  })
  afterAll(async () => {
    await browser?.close()
    await worker?.close()
  })

  const commissionKey = () => worker.keys.commission[fengjie.plan.county] as string

  async function openPage(workbook: Uint8Array | undefined, key: string): Promise<Pane> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
    const page = await context.newPage()
    await page.goto(`${worker.url}/`)
    const pane = drivePane(page)
    if (workbook) {
      const buffer = Buffer.from(workbook)
      await page.locator('input[type=file]').setInputFiles({ name: '任务分解表.xlsx', mimeType: '', buffer })
      await page.getByRole('gridcell').first().waitFor()
    }
    await pane.connect(key)
    return pane
  }
  async function download(pane: Pane, button: string): Promise<Uint8Array> {
    const [file] = await Promise.all([pane.page.waitForEvent('download'), pane.press(button)])
    return readFile(await file.path())
  }
  /** Double-clicks a cell and types over it. */
  async function edit(pane: Pane, sheet: Sheet, number: string, column: string, text: string): Promise<void> {
    const { row, column: at } = sheet.place(number, column)
    await pane.page.locator(`td[data-cell="${row}:${at}"]`).dblclick()
    const field = pane.page.locator('textarea.grid-editor')
    await field.fill(text)
    await field.press('Enter')
  }
  async function submit(pane: Pane): Promise<void> {
    await pane.press('报送')
    await pane.press('预览报送')
    await pane.press('确认报送')
    await pane.sees('回执编号')
  }
  const master = async () => (await worker.call<Master>(commissionKey(), 'GET', `/api/plans/${planId}/master`)).body
  const rowOf = (from: Master, number: string) => from.rows.find(({ cells }) => cells.number === number)

  test('the commission builds the plan and saves the workbook with its ids', async () => {
    const pane = await openPage(issued, commissionKey())
    await pane.press('建立计划')
    await pane.press('确认建立')
    await pane.sees(/已建立，共 42 行/)
    mailed = await download(pane, '保存到本机')
    planId = (await worker.call<{ plans: { id: string }[] }>(commissionKey(), 'GET', '/api/plans')).body.plans[0]
      ?.id as string
    const sheet = await readBreakdown(mailed, SHEET, fengjie)
    expect(sheet.rows.map(({ cells, spans }) => ({ cells, spans }))).toEqual(
      fengjie.rows.map(({ cells, spans }) => ({ cells, spans })),
    )
    for (const row of sheet.rows) expect(row.ver, row.cells.task).toBeGreaterThan(0)
    expect(readByOpenpyxl(mailed).find(({ name }) => name === '_ledger')?.state).toBe('hidden')
  })

  test('a file that LibreOffice rewrote is the same table: checked, mended, submitted', async () => {
    const rewritten = convertByLibreOffice(mailed, 'xlsx')
    const sheet = await readBreakdown(rewritten, SHEET, fengjie)
    const pane = await openPage(rewritten, await worker.issueKey(planId, '县教委'))
    await pane.press('识别当前表')
    await pane.sees('各行均带有标识，可以校验和报送。')
    await pane.home()
    await edit(pane, sheet, '17', P2, '县教委组织开展第二针接种。。')
    await pane.press('校验')
    const issue = pane.page
      .getByRole('listitem')
      .filter({ hasText: sheet.address('17', P2) })
      .first()
    await issue.getByRole('button', { name: '修改' }).click()
    await issue.waitFor({ state: 'detached' })
    await pane.home()
    await submit(pane)
    const now = await master()
    expect(rowOf(now, '17')?.cells[P2]).toBe('县教委组织开展第二针接种。')
    expect(now.conflicts).toEqual([])
    // Only that one cell of the whole table changed.
    const changed = now.rows.filter((row, i) => JSON.stringify(row.cells) !== JSON.stringify(fengjie.rows[i]?.cells))
    expect(changed.map(({ cells }) => cells.number)).toEqual(['17'])
    expect(now.rows.map(({ spans }) => spans)).toEqual(fengjie.rows.map(({ spans }) => spans))
    // The row's new version is in the saved file, so the next submission starts from here.
    const saved = await readBreakdown(await download(pane, '保存到本机'), SHEET, fengjie)
    const verOf = (from: Sheet) => from.rows.find(({ cells }) => cells.number === '17')?.ver as number
    expect(verOf(saved)).toBeGreaterThan(verOf(sheet))
  })

  test('the joint lead that pulled before is told of the conflict, and nothing is overwritten', async () => {
    const sheet = await readBreakdown(mailed, SHEET, fengjie)
    const pane = await openPage(mailed, await worker.issueKey(planId, '县卫生健康委'))
    await pane.press('识别当前表')
    await pane.sees('各行均带有标识，可以校验和报送。')
    await pane.home()
    await edit(pane, sheet, '17', P2, '县卫生健康委完成第二针接种。')
    await submit(pane)
    const now = await master()
    expect(rowOf(now, '17')?.cells[P2]).toBe('县教委组织开展第二针接种。')
    expect(now.conflicts).toMatchObject([{ submitted: '县卫生健康委完成第二针接种。', status: 'open' }])
  })

  test('a file that never had ids is known by its task texts, after a person’s word', async () => {
    const sheet = await readBreakdown(issued, SHEET, fengjie)
    const pane = await openPage(issued, await worker.issueKey(planId, '县医保局'))
    await pane.press('识别当前表')
    await pane.press('确认并写入标识')
    await pane.home()
    await edit(pane, sheet, '14', 'milestone.P1', '报送第八批采购品种范围数据。')
    await pane.press('报送')
    await pane.press('预览报送')
    // Nobody knows which is newer, so nothing is replaced before somebody has said that it was compared.
    const compared = pane.page.getByRole('checkbox', { name: /已逐项核对/ })
    await compared.waitFor()
    expect(await pane.button('确认报送').isDisabled()).toBe(true)
    await compared.check()
    await pane.press('确认报送')
    await pane.sees('回执编号')
    expect(rowOf(await master(), '14')?.cells['milestone.P1']).toBe('报送第八批采购品种范围数据。')
  })

  test('the commission decides and downloads the master; openpyxl and LibreOffice read it', async () => {
    const pane = await openPage(undefined, commissionKey())
    await pane.press('冲突')
    await pane.press('采用报送文本')
    await pane.sees('没有待定的冲突')
    await pane.home()
    await pane.press('汇总')
    const bytes = await download(pane, '下载总表')
    const [table, status, check, conflicts, changes] = readByOpenpyxl(bytes)
    expect([table, status, check, conflicts, changes].map((sheet) => sheet?.name)).toEqual([
      '总表',
      '报送情况',
      '校验报告',
      '冲突',
      '变更记录',
    ])
    const sheet = await readBreakdown(bytes, '总表', fengjie)
    expect(sheet.text('17', P2)).toBe('县卫生健康委完成第二针接种。')
    expect(table?.cells[sheet.address('17', P2)]).toMatchObject({ value: '县卫生健康委完成第二针接种。', type: 's' })
    const spans = fengjie.rows.flatMap((row) => Object.keys(row.spans ?? {}))
    expect(table?.merges.filter((area) => Number(/\d+/.exec(area)?.[0]) > sheet.place('1', 'task').row)).toHaveLength(
      spans.length,
    )
    expect(JSON.stringify(conflicts?.cells)).toContain('县教委组织开展第二针接种。')
    expect(JSON.stringify(changes?.cells)).toContain('县卫生健康委完成第二针接种。')
    expect(JSON.stringify(status?.cells)).toContain('县医保局')
    const again = await readBreakdown(convertByLibreOffice(bytes, 'xlsx'), '总表', fengjie)
    expect(again.rows.map(({ cells, spans }) => ({ cells, spans }))).toEqual(
      sheet.rows.map(({ cells, spans }) => ({ cells, spans })),
    )
  })
})
