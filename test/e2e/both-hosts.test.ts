/**
 * One journey, from the first look to the master, on both hosts over one real Worker: a unit tries the sample, connects,
 * writes, gives a reason, submits, is sent a cell back, mends it and passes, and takes in what another unit changed
 * without losing what it has not sent; the commission then draws the master on the same host.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlanFile, Receipt, RowList, ServerRow } from '../../domain/protocol.ts'
import { type ExcelHost, openExcelHost } from '../excel-host/host.ts'
import { readBreakdown } from '../support/breakdown-cells.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { drivePane, openPane, type Pane } from '../support/pane.ts'
import { findChromium, launchChromium } from '../support/programs.ts'

const SHEET = '我的任务分解表'
const MASTER = '总表（汇总）'
const [P1, P2] = ['milestone.P1', 'milestone.P2']
/** Led by the two units of the journeys together. */
const JOINT = '17'
const REASON = '按印发的原文照录。'
const SENT_BACK = '请写明完成的时间。'

/** A spreadsheet with the pane in it, without a key yet: how a person writes into it, and what is in it. */
type Desk = {
  pane: Pane
  write(row: ServerRow, column: string, from: string, to: string): Promise<void>
  bytes(): Promise<Uint8Array>
  /** Whether marks are painted into the sheet; the page shows them beside it. */
  marks: boolean
  /** In sentences, what the pane asked for and the emulated Excel does not know. */
  gaps(): readonly string[]
}

describe.skipIf(!findChromium())('the whole journey', () => {
  let worker: DemoWorker
  let browser: Browser
  let plan: PlanFile
  const opened: ExcelHost[] = []

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: true })
    browser = (await launchChromium()) as Browser
    plan = worker.files.find((file) => file.plan.county === '奉节县') as PlanFile
  })
  afterAll(async () => {
    for (const host of opened) await host.close()
    await browser?.close()
    await worker?.close()
  })

  const office = () => worker.keys.commission[plan.plan.county] as string
  const path = (rest: string) => `/api/plans/${plan.plan.id}/${rest}`
  const rowsOf = async (key: string) => (await worker.call<RowList>(key, 'GET', path('rows'))).body.rows

  async function openInBrowser(): Promise<Desk> {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })).newPage()
    page.setDefaultTimeout(20_000)
    await page.goto(`${worker.url}/`)
    const pane = drivePane(page)
    return {
      pane,
      write: (_row, _column, from, to) => pane.retype(from, to),
      bytes: async () => {
        const [file] = await Promise.all([page.waitForEvent('download'), pane.press('保存到本机')])
        const chunks: Buffer[] = []
        for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer)
        return Buffer.concat(chunks)
      },
      marks: false,
      gaps: () => [],
    }
  }

  async function openInExcel(): Promise<Desk> {
    const host = await openExcelHost({ browser })
    opened.push(host)
    host.page.setDefaultTimeout(20_000)
    await host.goto(`${worker.url}/taskpane.html`)
    return {
      pane: drivePane(host.page),
      write: async (row, column, _from, to) => {
        const sheet = await readBreakdown(await host.save(), SHEET, plan)
        await host.type(SHEET, sheet.address(row.cells.number as string, column), to)
      },
      bytes: () => host.save(),
      marks: true,
      gaps: () => host.gaps,
    }
  }

  async function submit(pane: Pane): Promise<void> {
    await pane.press('报送')
    await pane.press('预览报送')
    await pane.press('确认报送')
    await pane.sees(/已报送，回执编号 \d{8}-\d{4}/)
    await pane.home()
  }
  /** The commission's queue in a window of its own, and the row in it. */
  async function openQueue(rowId: string) {
    const desk = await openPane(browser, worker.url, office())
    await desk.press('审核台')
    await desk.page.getByRole('button', { name: /^待审任务（[1-9]\d* 项）$/ }).click()
    return { desk, queued: desk.page.locator(`li[data-row="${rowId}"]`) }
  }

  test.each([
    ['in the browser', '县教委', '县卫生健康委', openInBrowser],
    ['in Excel', '县卫生健康委', '县教委', openInExcel],
  ])('%s', { timeout: 180_000 }, async (_, unit, other, open) => {
    const key = await worker.issueKey(plan.plan.id, unit)
    const otherKey = await worker.issueKey(plan.plan.id, other)
    const rows = await rowsOf(key)
    const joint = rows.find(({ cells }) => cells.number === JOINT) as ServerRow
    const own = rows.find(
      ({ role, cells, spans }) =>
        role === 'lead' &&
        cells.leadUnits === unit &&
        [P1, P2].every((column) => /。$/.test(cells[column] ?? '') && !spans?.[column]),
    ) as ServerRow
    const [first, second] = [own.cells[P1], own.cells[P2]] as [string, string]
    const doubled = first.replace(/。$/, '。。')
    const mended = first.replace(/。$/, '，3月底前完成。')
    const unsent = second.replace(/。$/, '，尚未报送的修改。')
    const { pane, write, bytes, marks, gaps } = await open()
    const standing = async () => readBreakdown(await bytes(), SHEET, plan)

    // Without a key.
    await pane.press('打开示例表试用')
    await pane.sees(/校验完成：错误 \d+ 处/)
    await pane.press('填写访问密钥')
    await pane.connect(key)
    await pane.press('生成我的表')
    await pane.sees(/已生成工作表/)

    // Results follow the sheet, and nothing was pressed for it.
    await pane.press('校验')
    await pane.sees(/校验完成|未发现问题/)
    const found = pane.page.locator('li.issue').filter({ hasText: '标点重复' })
    expect(await found.count()).toBe(0)
    await write(own, P1, first, doubled)
    await found.waitFor()
    expect(await pane.button('在表格中标记').count()).toBe(marks ? 1 : 0)
    if (marks) {
      await pane.press('在表格中标记')
      await pane.sees(/已按 .* 校验的结果标记 \d+ 个单元格/)
      await pane.press('清除标记')
      await pane.sees(/标记已清除/)
    }

    // A reason travels with the row.
    await found.getByText('保留并说明理由').click()
    await pane.page.getByLabel('保留的理由').fill(REASON)
    await pane.press('登记理由')
    await pane.sees('已登记说明，并已重新校验。')
    await pane.home()
    await submit(pane)
    const sent = (await rowsOf(office())).find(({ rowId }) => rowId === own.rowId)
    expect([sent?.cells[P1], sent?.review]).toEqual([doubled, 'pending'])
    expect(JSON.stringify(sent?.annotations)).toContain(REASON)

    // Sent back on the cell, read there, mended, passed.
    const back = await openQueue(own.rowId)
    await back.queued.getByRole('button', { name: '退回修改' }).click()
    await back.desk.page.getByLabel('退回意见').fill(SENT_BACK)
    await back.desk.press('确认退回')
    await back.desk.sees('已退回，单位校验和报送时可以看到退回意见。')
    await back.desk.page.context().close()
    await pane.press('更新本表')
    await pane.sees(/没有需要更新的内容|将更新的内容/)
    await pane.home()
    await pane.press('校验')
    const returned = pane.page.locator('li.issue').filter({ hasText: SENT_BACK })
    const place = (await standing()).address(own.cells.number as string, P1)
    await returned.filter({ hasText: `${place} ` }).waitFor()
    await pane.home()
    await write(own, P1, doubled, mended)
    await submit(pane)
    const again = await openQueue(own.rowId)
    await again.queued.getByRole('button', { name: '通过', exact: true }).click()
    await again.desk.sees('已通过 1 项任务。')
    await again.desk.page.context().close()
    await pane.press('报送记录')
    await pane.sees(/退回 0 行.*通过 1 行/)
    await pane.home()

    // Another unit's change comes in; what is written and not sent stays.
    await write(own, P2, second, unsent)
    const theirs = `${other}改定的文字。`
    const { ver } = (await rowsOf(otherKey)).find(({ rowId }) => rowId === joint.rowId) as ServerRow
    const landed = await worker.call<Receipt>(otherKey, 'POST', path('submissions'), {
      form: 'breakdown',
      specVersion: 1,
      rows: [{ rowId: joint.rowId, baseVer: ver, cells: { [P2]: theirs } }],
    })
    expect([landed.status, landed.body.totals?.conflicts]).toEqual([200, 0])
    await pane.press('更新本表')
    await pane.sees('将更新的内容（1 处）')
    await pane.press('更新 1 处')
    await pane.sees('更新完成')
    const now = await standing()
    expect([
      now.text(JOINT, P2),
      now.text(own.cells.number as string, P1),
      now.text(own.cells.number as string, P2),
    ]).toEqual([theirs, mended, unsent])
    await pane.home()
    await submit(pane)
    expect(gaps()).toEqual([])

    // The master, on a sheet of the same host.
    const commission = await open()
    await commission.pane.connect(office())
    await commission.pane.press('汇总')
    await commission.pane.press('汇总到当前工作簿')
    await commission.pane.sees(/已写入工作表/)
    const master = await readBreakdown(await commission.bytes(), MASTER, plan)
    expect(master.rows).toHaveLength(plan.rows.length)
    expect([
      master.text(JOINT, P2),
      master.text(own.cells.number as string, P1),
      master.text(own.cells.number as string, P2),
    ]).toEqual([theirs, mended, unsent])
    expect(commission.gaps()).toEqual([])
  })
})
