/**
 * A reason for leaving a warning, from the pane of a unit to the commission, against a real Worker and D1: it
 * stands beside its text, is there again after a new start, and lapses with the text.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Master, PlanFile } from '../../domain/protocol.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { openPane, type Pane } from '../support/pane.ts'
import { findChromium, launchChromium } from '../support/programs.ts'

const UNIT = '县医保局'
const ROW = '14'
const COLUMN = 'milestone.P1'
const WHY = '标点按原始文件照录，待统一勘误。'

describe.skipIf(!findChromium())('保留理由', () => {
  let worker: DemoWorker
  let browser: Browser
  let plan: PlanFile
  let office = ''
  let key = ''
  let unit: Pane
  let commission: Pane
  let before = ''

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: true })
    browser = (await launchChromium()) as Browser
    plan = worker.files.find((file) => file.plan.county === '奉节县') as PlanFile
    office = worker.keys.commission[plan.plan.county] as string
    key = await worker.issueKey(plan.plan.id, UNIT)
    before = plan.rows.find(({ cells }) => cells.number === ROW)?.cells[COLUMN] as string
    unit = await openPane(browser, worker.url, key)
    commission = await openPane(browser, worker.url, office)
  })
  afterAll(async () => {
    await browser?.close()
    await worker?.close()
  })

  const doubled = (pane: Pane) => pane.page.locator('li.issue').filter({ hasText: '标点重复' })
  const explained = (pane: Pane) => pane.page.locator('summary').filter({ hasText: '已说明理由（' })
  const master = async () => {
    const { body } = await worker.call<Master>(office, 'GET', `/api/plans/${plan.plan.id}/master`)
    const rowId = body.rows.find(({ cells }) => cells.number === ROW)?.rowId
    const issue = body.issues.find((one) => one.code === 'punctuation/doubled' && one.rowId === rowId)
    return { issue, status: body.status.find((one) => one.unit === UNIT) }
  }
  async function submit(): Promise<void> {
    await unit.press('报送')
    await unit.press('预览报送')
    await unit.press('确认报送')
    await unit.sees(/回执编号 \d{8}-\d{4}/)
    await unit.home()
  }
  async function openMaster(): Promise<void> {
    await commission.press('汇总')
    await commission.sees('总表版本')
  }

  test('is given in place and no longer counts as something to do', async () => {
    await unit.press('生成我的表')
    await unit.retype(before, `${before}。`)
    await unit.press('校验')
    await doubled(unit).getByRole('button', { name: '保留并说明理由' }).click()
    await unit.page.getByLabel('保留的理由').fill(WHY)
    await unit.press('登记理由')
    await unit.sees('已登记说明，并已重新校验。')
    await explained(unit).waitFor()
    expect(await doubled(unit).isVisible()).toBe(false)
    // Nothing of the row has been submitted yet, so nothing is wrong with it in the master.
    expect((await master()).issue).toBeUndefined()
    await unit.home()
    await submit()
  })

  test('reaches the commission with who gave it and when, and is counted', async () => {
    const { issue, status } = await master()
    expect(issue?.reason).toMatchObject({ text: WHY, by: UNIT })
    expect(status?.explained).toBe(1)
    await openMaster()
    const kept = commission.page.locator('summary').filter({ hasText: '各单位说明保留的问题（1）' })
    await kept.click()
    await commission.sees(WHY)
    await commission.sees(new RegExp(`${UNIT}说明，\\d{4}-\\d{2}-\\d{2}`))
  })

  test('is there again after a new start, also for another key of the unit', async () => {
    const other = await openPane(browser, worker.url, await worker.issueKey(plan.plan.id, UNIT))
    await unit.page.reload()
    for (const pane of [unit, other]) {
      await pane.press('生成我的表')
      await pane.press('校验')
      await explained(pane).click()
      expect(await doubled(pane).innerText()).toContain(WHY)
    }
    await other.page.context().close()
  })

  test('lapses with its text, and the commission no longer sees it', async () => {
    await unit.home()
    await unit.retype(`${before}。`, `${before.replace(/。$/, '')}，有序推进。。`)
    await unit.press('校验')
    await expect.poll(() => doubled(unit).isVisible()).toBe(true)
    expect(await explained(unit).count()).toBe(0)
    await unit.home()
    await submit()
    const { issue, status } = await master()
    expect(issue).toBeDefined()
    expect(issue?.reason).toBeUndefined()
    expect(status?.explained ?? 0).toBe(0)
    await commission.home()
    await openMaster()
    expect(await commission.page.getByText('各单位说明保留的问题').count()).toBe(0)
  })

  test('is taken back by the commission where it does not hold', async () => {
    await unit.press('校验')
    await doubled(unit).getByRole('button', { name: '保留并说明理由' }).click()
    await unit.page.getByLabel('保留的理由').fill(WHY)
    await unit.press('登记理由')
    await explained(unit).waitFor()
    expect((await master()).issue?.reason).toMatchObject({ text: WHY })
    await commission.press('汇总到当前工作簿')
    await commission.sees(/已写入工作表/)
    await commission.home()
    await commission.press('校验')
    await explained(commission).first().click()
    await doubled(commission).filter({ hasText: WHY }).getByRole('button', { name: '撤回' }).click()
    await commission.sees('已撤回说明，并已重新校验。')
    expect((await master()).issue?.reason).toBeUndefined()
  })
})
