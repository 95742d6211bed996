/**
 * 待发箱 on the page over files, against a real Worker and D1: a network that goes away after the
 * preview, answers that are lost after the commit, and no network from the start.
 */
import type { Browser, BrowserContext, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConflictList, Master, PlanFile, SubmissionList } from '../../domain/protocol.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { drivePane, type Pane } from '../support/pane.ts'
import { findChromium, launchChromium } from '../support/programs.ts'

const UNIT = '县医保局'
const ROW = '14'
const COLUMN = 'milestone.P1'

describe.skipIf(!findChromium())('待发箱', () => {
  let worker: DemoWorker
  let browser: Browser
  let plan: PlanFile
  let key = ''

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: true })
    browser = (await launchChromium()) as Browser
    plan = worker.files.find((file) => file.plan.county === '奉节县') as PlanFile
    key = await worker.issueKey(plan.plan.id, UNIT)
  })
  afterAll(async () => {
    await browser?.close()
    await worker?.close()
  })

  const openContext = () => browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  const openPage = async (context: BrowserContext): Promise<Pane> => {
    const page = await context.newPage()
    await page.goto(`${worker.url}/`)
    return drivePane(page)
  }
  const read = async <Body>(path: string) =>
    (await worker.call<Body>(key, 'GET', `/api/plans/${plan.plan.id}/${path}`)).body
  const masterText = async () => {
    const office = worker.keys.commission[plan.plan.county] as string
    const { body } = await worker.call<Master>(office, 'GET', `/api/plans/${plan.plan.id}/master`)
    return body.rows.find(({ cells }) => cells.number === ROW)?.cells[COLUMN]
  }
  const submissions = async () => (await read<SubmissionList>('submissions')).submissions

  /** The unit's own sheet with a new text in its cell. */
  async function editMySheet(pane: Pane, text: string): Promise<void> {
    const old = (await masterText()) as string
    await pane.press('生成我的表')
    await editCell(pane, old, text)
  }
  async function editCell(pane: Pane, old: string, text: string): Promise<void> {
    await pane.page.locator('td[data-cell]').filter({ hasText: old }).first().dblclick()
    const field = pane.page.locator('textarea.grid-editor')
    await field.fill(text)
    await field.press('Enter')
  }
  async function keepWithoutPreview(pane: Pane): Promise<void> {
    await pane.press('预览报送')
    await pane.press('离线存入待发箱')
    await pane.sees('已存入待发箱，联网后自动报送。')
  }
  async function previewEdit(pane: Pane, text: string): Promise<void> {
    await pane.connect(key)
    await editMySheet(pane, text)
    await pane.press('报送')
    await pane.press('预览报送')
    await pane.sees('预览已生成，尚未报送。')
  }
  async function shownNumber(pane: Pane): Promise<string> {
    await pane.sees(/已送达，回执编号/)
    const said = await pane.page
      .getByText(/已送达，回执编号/)
      .first()
      .innerText()
    return /\d{8}-\d{4}/.exec(said)?.[0] ?? said
  }

  test('made as the network went away, it survives closing the page and lands once at the next visit', async () => {
    const text = '离线报送的目标。'
    const context = await openContext()
    const first = await openPage(context)
    await previewEdit(first, text)
    await first.page.route('**/api/**', (route) => route.abort())
    await first.press('确认报送')
    await first.sees('已存入待发箱，联网后自动报送。')
    await first.home()
    await first.sees('待发箱中有 1 件报送尚未送达。')
    await first.page.close()
    expect(await masterText()).not.toBe(text)

    const second = await openPage(context)
    const number = await shownNumber(second)
    expect(await masterText()).toBe(text)
    expect((await submissions()).map((submission) => submission.number)).toEqual([number])
    await second.press('查看待发箱')
    await second.press('查看回执')
    await second.sees('回执编号')
    await second.sees(number)
    await context.close()
  })

  test('answers lost after the commit end in one submission and its receipt', async () => {
    const before = (await submissions()).length
    const text = '答复丢失的目标。'
    const context = await openContext()
    const pane = await openPage(context)
    await previewEdit(pane, text)
    const losing = async (route: Route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch()
      return route.abort()
    }
    await pane.page.route('**/submissions', losing)
    await pane.press('确认报送')
    await pane.sees('已存入待发箱，联网后自动报送。')
    expect(await masterText()).toBe(text)
    const committed = await submissions()
    expect(committed).toHaveLength(before + 1)

    await pane.page.unroute('**/submissions', losing)
    // It goes out again by itself.
    expect(await shownNumber(pane)).toBe(committed[0]?.number)
    expect(await submissions()).toHaveLength(before + 1)
    await pane.press('查看回执')
    await pane.sees('本次报送此前已经收到，未重复计入。')
    await context.close()
  })

  test('without a preview the sheet is kept as it stands and goes out when the network is back', async () => {
    const before = (await submissions()).length
    const text = '未经预览的目标。'
    const context = await openContext()
    const pane = await openPage(context)
    await pane.connect(key)
    await editMySheet(pane, text)
    await pane.press('报送')
    await context.setOffline(true)
    await pane.press('预览报送')
    await pane.press('离线存入待发箱')
    await pane.sees('已存入待发箱，联网后自动报送。')
    await context.setOffline(false)
    const number = await shownNumber(pane)
    expect(await masterText()).toBe(text)
    expect(await submissions()).toHaveLength(before + 1)
    expect((await submissions())[0]?.number).toBe(number)
    await context.close()
  })

  test('two edits of one cell, put in one behind the other without a network, leave the second and no conflict', async () => {
    const before = (await submissions()).length
    const context = await openContext()
    const pane = await openPage(context)
    await pane.connect(key)
    await editMySheet(pane, '第一次修改的目标。')
    await pane.press('报送')
    await context.setOffline(true)
    await keepWithoutPreview(pane)
    await pane.home()
    await editCell(pane, '第一次修改的目标。', '第二次修改的目标。')
    await pane.press('报送')
    await keepWithoutPreview(pane)
    expect(await submissions()).toHaveLength(before)
    await context.setOffline(false)
    await expect.poll(async () => (await submissions()).length, { timeout: 20_000 }).toBe(before + 2)
    await expect.poll(() => pane.button('查看回执').count(), { timeout: 20_000 }).toBe(2)
    expect(await masterText()).toBe('第二次修改的目标。')
    const { conflicts } = await read<ConflictList>('conflicts?status=open')
    expect(conflicts.filter(({ column }) => column === COLUMN)).toEqual([])
    // The sheet has followed: a third text of the same cell is a plain change.
    await pane.home()
    await editCell(pane, '第二次修改的目标。', '第三次修改的目标。')
    await pane.press('报送')
    await pane.press('预览报送')
    await pane.sees('1 处变化写入总表')
    await context.close()
  })
})
