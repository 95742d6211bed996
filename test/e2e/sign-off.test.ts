/**
 * 经办 saves, 审核 releases: two posts of one unit in two browsers over files, against a real Worker and
 * D1. What is sent for review reaches the master only by the release, and the handler's sheet goes on
 * from it.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DraftList, KeyCreated, Master, PlanFile, SubmissionList } from '../../domain/protocol.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { openPane, type Pane } from '../support/pane.ts'
import { findChromium, launchChromium } from '../support/programs.ts'

const UNIT = '县医保局'
const ROW = '14'
const COLUMN = 'milestone.P1'

describe.skipIf(!findChromium())('审核', () => {
  let worker: DemoWorker
  let browser: Browser
  let plan: PlanFile
  let office = ''
  let handler: Pane
  let reviewer: Pane
  let handlerKey = ''

  const path = (rest: string) => `/api/plans/${plan.plan.id}/${rest}`
  const issueKey = async (duty: 'handler' | 'reviewer') => {
    const post = duty === 'handler' ? '基金监管科经办岗' : '基金监管科审核岗'
    const { status, body } = await worker.call<KeyCreated>(office, 'POST', path('keys'), {
      role: 'unit',
      unit: UNIT,
      post,
      duty,
    })
    expect(status).toBeLessThan(300)
    return body.key
  }
  const openPage = (key: string) => openPane(browser, worker.url, key)

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: true })
    browser = (await launchChromium()) as Browser
    plan = worker.files.find((file) => file.plan.county === '奉节县') as PlanFile
    office = worker.keys.commission[plan.plan.county] as string
    const switched = await worker.call(office, 'POST', path('settings'), { signOff: 'reviewer' })
    expect(switched.status).toBe(200)
    handlerKey = await issueKey('handler')
    handler = await openPage(handlerKey)
    reviewer = await openPage(await issueKey('reviewer'))
  })
  afterAll(async () => {
    await browser?.close()
    await worker?.close()
  })

  const masterText = async () => {
    const { body } = await worker.call<Master>(office, 'GET', path('master'))
    return body.rows.find(({ cells }) => cells.number === ROW)?.cells[COLUMN]
  }
  const read = async <Body>(rest: string) => (await worker.call<Body>(handlerKey, 'GET', path(rest))).body
  const conflicts = async () => (await read<{ conflicts: unknown[] }>('conflicts?status=open')).conflicts
  const numbers = async () => (await read<SubmissionList>('submissions')).submissions.map(({ number }) => number)
  const states = async () => (await read<DraftList>('drafts')).drafts.map(({ state }) => state)

  const type = (from: string, to: string) => handler.retype(from, to)
  async function sendForReview(): Promise<void> {
    await handler.press('报送')
    await handler.sees('本计划要求审核：确认后先送本单位审核岗，审核通过后报送县里。')
    await handler.press('预览报送')
    await handler.press('确认送审')
    await handler.sees('已送本单位审核岗，尚未报送县里。')
    await handler.home()
  }
  async function reviewNewest(): Promise<void> {
    await reviewer.press('待本单位审核')
    await reviewer.press('查看内容')
    await reviewer.sees('以下为此时报送将产生的结果，以总表现文计算。')
  }

  test('what a 经办 sends waits, and what a 审核 returns comes back with its reason', async () => {
    const before = (await masterText()) as string
    await handler.press('生成我的表')
    await type(before, '送审一。')
    await sendForReview()
    expect(await masterText()).toBe(before)
    expect(await numbers()).toEqual([])

    await reviewNewest()
    await reviewer.sees('送审一。')
    expect(await reviewer.button('退回经办岗').isDisabled()).toBe(true)
    await reviewer.page.getByLabel('退回理由').fill('请注明批次。')
    await reviewer.press('退回经办岗')
    await reviewer.sees('没有待审核的报送。')
    await reviewer.home()

    await handler.press('报送记录')
    await handler.sees('已退回')
    await handler.sees('退回理由：请注明批次。')
    await handler.home()
    expect(await masterText()).toBe(before)
  })

  test('the edits are still in the sheet; sent again they are released to one receipt', async () => {
    await type('送审一。', '送审二（第七批）。')
    await sendForReview()
    await reviewNewest()
    await reviewer.press('审核通过并报送')
    await reviewer.press('确认报送')
    await reviewer.sees(/已报送，回执编号 \d{8}-\d{4}/)
    await reviewer.home()
    expect(await masterText()).toBe('送审二（第七批）。')
    expect(await numbers()).toHaveLength(1)
    expect(await states()).toEqual(['released', 'returned'])
    await handler.press('报送记录')
    await handler.sees('已报送')
    await handler.sees((await numbers())[0] as string)
    await handler.home()
  })

  test('the same cell edited once more is no conflict with the unit’s own released text', async () => {
    await type('送审二（第七批）。', '送审三（第七、八批）。')
    await sendForReview()
    // Sent again before anybody looked: the later one holds all of the earlier one.
    await type('送审三（第七、八批）。', '送审四（第七、八批）。')
    await sendForReview()
    expect((await states()).slice(0, 2)).toEqual(['open', 'superseded'])
    await reviewNewest()
    await reviewer.press('审核通过并报送')
    await reviewer.press('确认报送')
    await reviewer.sees(/已报送，回执编号 \d{8}-\d{4}/)
    await reviewer.home()
    expect(await masterText()).toBe('送审四（第七、八批）。')
    expect(await conflicts()).toEqual([])
  })

  test('sent while the network was away, it waits for review once it has arrived', async () => {
    await type('送审四（第七、八批）。', '送审五。')
    await handler.press('报送')
    await handler.press('预览报送')
    await handler.sees('预览已生成，尚未报送。')
    await handler.page.route('**/api/**', (route) => route.abort())
    await handler.press('确认送审')
    await handler.sees('已存入待发箱')
    await handler.page.unroute('**/api/**')
    await handler.sees(/待发的报送.*已送本单位审核岗，尚未报送县里。/)
    expect(await masterText()).toBe('送审四（第七、八批）。')
    expect((await states())[0]).toBe('open')
  })

  test('what waits in the outbox while that is released goes on from the release, not against it', async () => {
    await handler.home()
    await type('送审五。', '送审六。')
    await handler.press('报送')
    await handler.press('预览报送')
    await handler.sees('预览已生成，尚未报送。')
    await handler.page.route('**/api/**', (route) => route.abort())
    await handler.press('确认送审')
    await handler.sees('已存入待发箱')
    await reviewNewest()
    await reviewer.press('审核通过并报送')
    await reviewer.press('确认报送')
    await reviewer.sees(/已报送，回执编号 \d{8}-\d{4}/)
    await reviewer.home()
    expect(await masterText()).toBe('送审五。')
    await handler.page.unroute('**/api/**')
    await handler.sees(/待发的报送.*已送本单位审核岗，尚未报送县里。/)
    await reviewNewest()
    await reviewer.press('审核通过并报送')
    await reviewer.press('确认报送')
    await reviewer.sees(/已报送，回执编号 \d{8}-\d{4}/)
    expect(await masterText()).toBe('送审六。')
    expect(await conflicts()).toEqual([])
  })
})
