/**
 * The commission's desk against a real Worker and D1, two browsers over files: a unit submits, the commission sends
 * one cell back with a reason, the unit reads it on the cell and mends it, the row passes, and its record tells it all.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Desk, History, Master, PlanFile, RowList } from '../../domain/protocol.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { openPane, type Pane } from '../support/pane.ts'
import { findChromium, launchChromium } from '../support/programs.ts'

const UNIT = '县医保局'
const ROW = '14'
const COLUMN = 'milestone.P1'
const WHY = '请写明培训的人数和时间。'

describe.skipIf(!findChromium())('审核台', () => {
  let worker: DemoWorker
  let browser: Browser
  let plan: PlanFile
  let office = ''
  let supervision = ''
  let key = ''
  let unit: Pane
  let commission: Pane
  let before = ''
  let task = ''
  let rowId = ''

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: true })
    browser = (await launchChromium()) as Browser
    plan = worker.files.find((file) => file.plan.county === '奉节县') as PlanFile
    office = worker.keys.commission[plan.plan.county] as string
    supervision = worker.keys.supervision[plan.plan.county] as string
    key = await worker.issueKey(plan.plan.id, UNIT)
    const row = plan.rows.find(({ cells }) => cells.number === ROW)
    before = row?.cells[COLUMN] as string
    task = row?.cells.task as string
    unit = await openPane(browser, worker.url, key)
    commission = await openPane(browser, worker.url, office)
    for (const { page } of [unit, commission]) page.setDefaultTimeout(15_000)
    rowId = (await read<Master>(office, 'master')).rows.find(({ cells }) => cells.number === ROW)?.rowId as string
  })
  afterAll(async () => {
    await browser?.close()
    await worker?.close()
  })

  const read = async <Body>(reader: string, path: string) =>
    (await worker.call<Body>(reader, 'GET', `/api/plans/${plan.plan.id}/${path}`)).body
  const ownRow = async () => (await read<RowList>(key, 'rows')).rows.find((row) => row.rowId === rowId)
  const queued = () => commission.page.locator(`li[data-row="${rowId}"]`)
  const drafted = () => before.replace(/。*$/, '，组织培训。')
  const mended = () => before.replace(/。*$/, '，3月底前培训200人。')

  async function submit(): Promise<void> {
    await unit.press('报送')
    await unit.press('预览报送')
    await unit.press('确认报送')
    await unit.sees(/回执编号 \d{8}-\d{4}/)
    await unit.home()
  }
  /** The unit sends its whole sheet, so that rows as they stood wait too. */
  async function openQueue(): Promise<void> {
    await commission.page.getByRole('button', { name: /^待审任务（[1-9]\d* 项）$/ }).click()
  }
  async function openDesk(): Promise<void> {
    await commission.press('审核台')
    await commission.page.getByRole('heading', { name: '审核台' }).waitFor()
  }

  test('what a unit has changed waits with the difference, who and when', async () => {
    await unit.press('生成我的表')
    await unit.retype(before, drafted())
    await submit()
    expect((await ownRow())?.review).toBe('pending')
    await openDesk()
    await openQueue()
    await queued().getByText(UNIT).first().waitFor()
    expect(await queued().locator('ins').innerText()).toBe('，组织培训')
    expect(await queued().locator('.where').first().innerText()).toMatch(/^待审 · .*\d{4}-\d{2}-\d{2} \d{2}:\d{2}/)
  })

  test('one cell is sent back with a reason and leaves what is to review', async () => {
    await queued().getByRole('button', { name: '退回修改' }).click()
    await commission.page.getByLabel('退回意见').fill(WHY)
    await commission.press('确认退回')
    await commission.sees('已退回，单位校验和报送时可以看到退回意见。')
    expect(await queued().count()).toBe(0)
    await commission.page.getByLabel('状态').selectOption('已退回')
    expect(await queued().innerText()).toContain(WHY)
    expect((await ownRow())?.review).toBe('returned')
  })

  test('the unit reads the reason on the very cell, after a new start too, and mends it', async () => {
    await unit.page.reload()
    await unit.press('生成我的表')
    await unit.press('校验')
    await unit.sees(WHY)
    await unit.home()
    await unit.retype(drafted(), mended())
    await submit()
    expect((await ownRow())?.review).toBe('pending')
    expect((await ownRow())?.annotations?.filter(({ kind }) => kind === 'return') ?? []).toEqual([])
  })

  test('it waits again, with all that changed since the plan was made, and passes', async () => {
    await commission.press('返回审核台')
    await commission.press('刷新')
    await openQueue()
    await commission.page.getByLabel('状态').selectOption('待审')
    expect(await queued().locator('ins').innerText()).toBe('，3月底前培训200人')
    await queued().getByRole('button', { name: '通过', exact: true }).click()
    await commission.sees('已通过 1 项任务。')
    expect(await queued().count()).toBe(0)
    expect((await ownRow())?.review).toBe('accepted')
  })

  test('a slip of the hand is taken back at once', async () => {
    await commission.press('撤销刚才的通过（1 项）')
    await commission.sees('已撤销，任务恢复待审。')
    expect((await ownRow())?.review).toBe('pending')
    await queued().getByRole('button', { name: '通过', exact: true }).click()
    await commission.sees('已通过 1 项任务。')
  })

  test('a text that changes while it is looked at is not judged by what was shown', async () => {
    await unit.retype(mended(), before)
    await submit()
    await commission.press('刷新')
    await queued().waitFor()
    await unit.retype(before, mended())
    await submit()
    await queued().getByRole('button', { name: '通过', exact: true }).click()
    // What it passed with is what it reads again.
    await commission.sees('现已显示最新文字，请重新核对。')
    expect((await ownRow())?.review).toBe('accepted')
    expect(await queued().count()).toBe(0)
  })

  test('a change to a text that is not the unit’s waits as a suggestion and is taken up after a preview', async () => {
    const suggested = task.replace(/。*$/, '（含参保登记）。')
    await unit.retype(task, suggested)
    await unit.press('报送')
    await unit.press('预览报送')
    await unit.page.getByRole('checkbox', { name: '作为修改建议，一并报送县发展改革委' }).check()
    await unit.press('确认报送')
    await unit.sees(/回执编号 \d{8}-\d{4}/)
    await unit.home()
    await commission.press('返回审核台')
    await commission.press('刷新')
    await commission.press('修改建议（1 项）')
    await commission.press('采纳')
    await commission.sees('确认后，总表该单元格改为上列文字。')
    expect((await read<Master>(office, 'master')).rows.find((row) => row.rowId === rowId)?.cells.task).toBe(task)
    await commission.press('确认写入')
    await commission.sees(/已写入总表，回执编号 \d{8}-\d{4}/)
    expect((await read<Master>(office, 'master')).rows.find((row) => row.rowId === rowId)?.cells.task).toBe(suggested)
    expect((await read<Desk>(office, 'desk')).suggestions).toEqual([])
  })

  test('the record of the row tells every step, with who, when and the receipt', async () => {
    await commission.press('返回审核台')
    await commission.home()
    const history = await read<History>(office, `rows/${rowId}/history`)
    expect(history.reviews?.map(({ kind }) => kind)).toEqual(['return', 'accept', 'withdrawal', 'accept'])
    await openDesk()
    await openQueue()
    await queued().getByRole('button', { name: '变更记录' }).click()
    await commission.page.getByRole('heading', { name: '变更记录' }).waitFor()
    const entries = await commission.page.locator('ol.history').innerText()
    for (const text of ['列入计划', WHY, '审核通过', '撤销退回或通过', '，3月底前培训200人', '（含参保登记）'])
      expect(entries).toContain(text)
    expect(entries).toMatch(new RegExp(`${UNIT}，\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}，回执 \\d{8}-\\d{4}`))
    await commission.press('返回')
    await queued().waitFor()
  })

  test('the supervision office reads the desk and can decide nothing', async () => {
    const reader = await openPane(browser, worker.url, supervision)
    await reader.press('审核台')
    await reader.sees('可以查看。通过、退回和采纳由县发展改革委办理。')
    for (const name of ['冲突', '待确认的跨期']) expect(await reader.page.getByRole('button', { name }).count()).toBe(0)
    await reader.page.context().close()
  })

  test('who has reported tells how far the review has come, with the last receipt', async () => {
    await commission.press('返回审核台')
    await commission.press('报送情况')
    await commission.page.getByLabel('排序').selectOption('最近报送的在前')
    const first = commission.page.locator('table.status tbody').first()
    expect(await first.innerText()).toContain(UNIT)
    await first.getByRole('button', { name: /^回执 \d{8}-\d{4}$/ }).click()
    await commission.sees(/回执编号/)
  })
})
