/**
 * The README's five-minute tour, done by somebody who knows nothing else: the keys that the start prints, the words on
 * the buttons, one test for each step, and every sentence of the step held to what is seen.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readWorkbook } from '../../xlsx/read.ts'
import { drivePane, type Pane } from '../support/pane.ts'
import { findChromium, launchChromium } from '../support/programs.ts'

const PORT = '8798'
const URL_OF_TOUR = `http://localhost:${PORT}/`
/** Row 17 is led by two units; what the tour does to it. */
const MARCH = '摸底调查，确定接种对象和疫苗需求，首针接种率达60%。'
const DOUBLED = MARCH.replace(/。$/, '。。')
const MENDED = MARCH.replace('首针接种率达60%', '3月底前首针接种率达60%')
const RETURNED = '请写明首针接种的完成日期。'
const MAY = '完成全县优质均衡重点指标监测。'
const LATER = '完成全县优质均衡重点指标监测工作。'
const JULY = '完成第二针接种。'

describe.skipIf(!findChromium())('the tour of the README', () => {
  let folder = ''
  let server: ChildProcess
  let printed = ''
  let browser: Browser
  let context: BrowserContext
  let pane: Pane

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-tour-'))
    server = spawn(process.execPath, ['tools/start.ts'], { env: { ...process.env, LEDGER_FOLDER: folder, PORT } })
    await new Promise<void>((ready, fail) => {
      const take = (chunk: Buffer) => {
        printed += chunk
        if (printed.includes('Ctrl+C')) ready()
      }
      for (const stream of [server.stdout, server.stderr]) stream?.on('data', take)
      server.on('close', () => fail(new Error(`the demo did not start:\n${printed}`)))
    })
    browser = (await launchChromium()) as Browser
    context = await openWindow()
    pane = drivePane(await openPage(context))
  })
  afterAll(async () => {
    await browser?.close()
    if (server && server.exitCode === null) {
      const closed = new Promise((done) => server.on('close', done))
      server.kill('SIGTERM')
      await closed
    }
    await rm(folder, { recursive: true, force: true })
  })

  const openWindow = () => browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  async function openPage(window: BrowserContext): Promise<Page> {
    const page = await window.newPage()
    page.setDefaultTimeout(20_000)
    await page.goto(URL_OF_TOUR)
    return page
  }
  /** The key printed below a name, in 奉节县's part of the list. */
  function keyOf(name: string): string {
    const county = printed.slice(printed.indexOf('\n  奉节县'))
    const key = new RegExp(`  ${name}\\s+(mt_\\w+)`).exec(county)?.[1]
    if (!key) throw new Error(`no key of ${name} in:\n${printed}`)
    return key
  }
  const cell = ({ page }: Pane, text: string) => page.locator('td[data-cell]').filter({ hasText: text }).first()
  const issue = (address: string) =>
    pane.page
      .locator('li.issue')
      .filter({ hasText: `${address} ` })
      .first()
  async function download({ page }: Pane, step: () => Promise<void>): Promise<Download> {
    const [file] = await Promise.all([page.waitForEvent('download'), step()])
    return file
  }
  const bytesOf = async (file: Download) => new Uint8Array(await readFile(await file.path()))
  async function submit(of: Pane): Promise<void> {
    await of.press('报送')
    await of.press('预览报送')
    await of.press('确认报送')
    await of.sees(/已报送，回执编号 \d{8}-\d{4}/)
  }

  test('1: without a key the sample shows what checking finds; then the key of 县教委 connects', async () => {
    await pane.press('打开示例表试用')
    await pane.sees(/校验完成：错误 \d+ 处/)
    await pane.sees('内容均为虚构')
    await pane.press('填写访问密钥')
    await pane.connect(keyOf('县教委'))
    await pane.sees('牵头 9 项，配合 2 项')
  })

  test('2: 生成我的表 draws the nine tasks, with what is not the unit’s in grey', async () => {
    await pane.press('生成我的表')
    await pane.sees('已生成工作表“我的任务分解表”，共 9 行。')
    const shade = (text: string) => cell(pane, text).evaluate((td) => getComputedStyle(td).backgroundColor)
    expect(await shade('持续巩固“双减”成果')).not.toBe(await shade(MAY))
    await pane.sees('不由本单位填写')
  })

  test('3: a doubled mark and an emptied cell are found, located, mended, taken back and explained', async () => {
    await pane.retype(MARCH, DOUBLED)
    const emptied = cell(pane, MAY)
    await emptied.click()
    await pane.page.keyboard.press('Delete')
    await pane.press('校验')
    await issue('D7').filter({ hasText: '未填写' }).waitFor()
    await issue('C5').filter({ hasText: '标点重复' }).waitFor()
    await issue('D7').getByRole('button', { name: '定位' }).click()

    // One fix and its way back; the list of all of them, which changes nothing before it is confirmed.
    await issue('C5').getByRole('button', { name: '修改' }).click()
    await issue('C5').waitFor({ state: 'detached' })
    await pane.press('撤销')
    await issue('C5').waitFor()
    await pane.page.getByRole('button', { name: /^一键处理（\d+ 处）$/ }).click()
    await pane.sees(/将修改 \d+ 个单元格/)
    await cell(pane, DOUBLED).waitFor()
    await pane.press('取消')

    await issue('C5').getByText('为什么').click()
    await issue('C5').getByText('例', { exact: true }).first().waitFor()
    await issue('C5').getByText('保留并说明理由').click()
    await pane.page.getByLabel('保留的理由').fill('按印发的原文照录。')
    await pane.press('登记理由')
    await pane.page.locator('summary').filter({ hasText: '已说明理由（1）' }).waitFor()

    await pane.page
      .getByRole('button', { name: /^目标核算/ })
      .first()
      .click()
    await pane.sees('2000个，目标2000个')
    await pane.press('返回校验结果')
    const report = await download(pane, () => pane.press('导出校验报告'))
    expect(report.suggestedFilename()).toMatch(/校验报告.*\.xlsx$/)

    // Results follow while writing on, and the reason lapses with the text.
    await pane.retype(DOUBLED, MENDED)
    await pane.page.locator('summary').filter({ hasText: '已说明理由' }).waitFor({ state: 'detached' })
    await pane.press('恢复总表内容')
    await issue('D7').waitFor({ state: 'detached' })
    await cell(pane, MAY).waitFor()
  })

  test('4: the preview shows each cell, confirming gives a receipt, a slip on paper, a file and a record', async () => {
    await pane.press('报送')
    await pane.press('预览报送')
    await pane.page.locator('ins').filter({ hasText: '3月底前' }).waitFor()
    await pane.press('确认报送')
    await pane.sees(/已报送，回执编号 \d{8}-\d{4}/)
    const slip = await download(pane, () => pane.press('保存报送单（打印签字）'))
    expect(slip.suggestedFilename()).toMatch(/^县教委报送单（\d{8}-\d{4}）\.xlsx$/)
    const saved = await bytesOf(await download(pane, () => pane.press('保存到本机')))
    await pane.home()

    // The saved file goes on where it was left.
    const again = drivePane(await openPage(context))
    await again.page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: '我的任务分解表.xlsx', mimeType: '', buffer: Buffer.from(saved) })
    const sheet = again.page.getByRole('navigation').getByRole('button', { name: '我的任务分解表', exact: true })
    await sheet.or(cell(again, MENDED)).first().waitFor()
    if (await sheet.count()) await sheet.click()
    await cell(again, MENDED).waitFor()
    await again.page.close()

    await pane.press('报送记录')
    await pane.press('查看回执')
    await pane.sees(/\d{8}-\d{4}/)
    await pane.page
      .getByRole('button', { name: /^(返回|完成)/ })
      .first()
      .click()
    await pane.home()
  })

  test('5: the commission passes one task and sends one back; the unit reads why, mends it and submits again', async () => {
    await pane.signOut()
    await pane.connect(keyOf('县发展改革委'))
    await pane.press('审核台')
    await pane.page.getByRole('button', { name: /^待审任务（9 项）$/ }).click()
    const queued = (text: string) => pane.page.locator('li[data-row]').filter({ hasText: text })
    expect(await queued('推动实施').locator('ins').innerText()).toContain('3月底前')
    await queued('持续巩固').getByRole('button', { name: '通过', exact: true }).click()
    await pane.sees('已通过 1 项任务。')
    await queued('推动实施').getByRole('button', { name: '退回修改' }).click()
    await pane.page.getByLabel('退回意见').fill(RETURNED)
    await pane.press('确认退回')
    await pane.sees('已退回，单位校验和报送时可以看到退回意见。')

    const unit = drivePane(await openPage(await openWindow()))
    await unit.connect(keyOf('县教委'))
    await unit.press('报送记录')
    await unit.sees(RETURNED)
    await unit.home()
    await unit.press('生成我的表')
    await unit.press('校验')
    await unit.sees(RETURNED)
    await unit.retype(MENDED, MARCH.replace('首针接种率达60%', '3月31日前首针接种率达60%'))
    await unit.home()
    await submit(unit)
    await unit.page.context().close()
  })

  test('6: the commission sees who has submitted, and takes the master as a sheet and as a file', async () => {
    await pane.press('返回审核台')
    await pane.home()
    await pane.press('报送情况')
    const line = pane.page.locator('table.status tbody').filter({ hasText: '县教委' }).first()
    await line.filter({ hasText: /\d{8}-\d{4}/ }).waitFor()
    await pane.home()
    await pane.press('汇总')
    const file = await download(pane, () => pane.press('下载总表'))
    const { sheets } = await readWorkbook(await bytesOf(file))
    const names = sheets.map(({ name }) => name)
    for (const name of ['报送情况', '校验报告', '冲突', '变更记录'])
      expect(
        names.some((found) => found.includes(name)),
        name,
      ).toBe(true)
    expect(sheets[0]?.grid.merges?.length).toBeGreaterThan(10)
    await pane.press('汇总到当前工作簿')
    await pane.sees(/已写入工作表/)
    await pane.home()
  })

  test('7: what is confirmed without a network waits, outlives the page, and arrives once', async () => {
    const window = await openWindow()
    const unit = drivePane(await openPage(window))
    await unit.connect(keyOf('县教委'))
    await unit.press('生成我的表')
    await unit.sees(/已生成工作表/)
    await window.setOffline(true)
    await unit.retype(MAY, LATER)
    await unit.press('校验')
    await unit.sees(/校验完成/)
    await unit.home()
    await unit.press('报送')
    await unit.press('预览报送')
    await unit.press('离线存入待发箱')
    await unit.sees('已存入待发箱，联网后自动报送。')
    await unit.page.close()

    // The page opens, but the ledger does not answer: what was read last is shown.
    await window.setOffline(false)
    await window.route('**/api/**', (route) => route.abort())
    const later = drivePane(await openPage(window))
    await later.sees('牵头 9 项，配合 2 项')
    await window.unroute('**/api/**')
    await later.press('查看待发箱')
    await expect
      .poll(
        async () => {
          const retry = later.button('立即重试')
          if (await retry.isVisible()) await retry.click().catch(() => undefined)
          return later.button('查看回执').count()
        },
        { timeout: 30_000 },
      )
      .toBe(1)
    await later.home()
    await later.press('报送记录')
    await later.sees('共 3 次，最近的在前。')
    await window.close()
  })

  test('8: two units write one cell differently, and the commission decides with all three texts before it', async () => {
    const units = await Promise.all(
      ['县教委', '县卫生健康委'].map(async (name) => {
        const unit = drivePane(await openPage(await openWindow()))
        await unit.connect(keyOf(name))
        await unit.press('生成我的表')
        await unit.sees(/已生成工作表/)
        return { name, unit }
      }),
    )
    for (const { name, unit } of units) {
      await unit.retype(JULY, `${name}完成第二针接种。`)
      await submit(unit)
    }
    await pane.page.reload()
    await pane.press('冲突')
    for (const text of ['原文', '总表现文', '报送文本']) await pane.sees(new RegExp(text))
    await pane.press('采用报送文本')
    await pane.sees('没有待定的冲突')
  })
})
