/**
 * Keys from the commission's button to the unit's desk and back, on the page over a real Worker and D1:
 * issued to all units, read from the saved slips, signed in with, replaced, revoked, and an answer lost.
 */
import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyList, PlanFile } from '../../domain/protocol.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { readByOpenpyxl, type SeenSheet } from '../support/openpyxl.ts'
import { drivePane, type Pane } from '../support/pane.ts'
import { findChromium, findPythonWithOpenpyxl, launchChromium } from '../support/programs.ts'

const UNIT = '县医保局'
const POST = '办公室'

describe.skipIf(!findChromium() || !findPythonWithOpenpyxl())('密钥', () => {
  let worker: DemoWorker
  let browser: Browser
  let fengjie: PlanFile
  let chengkou: PlanFile
  let office: Pane
  let unit: Pane
  let unitContext: BrowserContext
  let first = ''
  let second = ''

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: true })
    browser = (await launchChromium()) as Browser
    fengjie = worker.files.find(({ plan }) => plan.county === '奉节县') as PlanFile
    chengkou = worker.files.find(({ plan }) => plan.county === '城口县') as PlanFile
    unitContext = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  })
  afterAll(async () => {
    await browser?.close()
    await worker?.close()
  })

  const keyOf = ({ plan }: PlanFile) => worker.keys.commission[plan.county] as string
  async function openPage(context?: BrowserContext): Promise<Pane> {
    const own = context ?? (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' }))
    const page = await own.newPage()
    await page.goto(`${worker.url}/`)
    return drivePane(page)
  }
  async function openKeys(file: PlanFile): Promise<Pane> {
    const pane = await openPage()
    await pane.connect(keyOf(file))
    await pane.press('单位密钥')
    await pane.sees(/有效密钥 \d+ 把/)
    return pane
  }
  const list = async (file: PlanFile) =>
    (await worker.call<KeyList>(keyOf(file), 'GET', `/api/plans/${file.plan.id}/keys`)).body.keys
  const active = async (file: PlanFile) =>
    (await list(file)).filter(({ role, state }) => role === 'unit' && state === 'active')
  const status = async (key: string) => (await worker.call(key, 'GET', '/api/me')).status

  /** Asks for keys of all units that have none, up to the last press; the number of units. */
  async function askForAll({ page, press }: Pane): Promise<number> {
    await page.getByText('一次为各单位发放').click()
    const form = page.locator('details[open]')
    await form.getByLabel('科室岗位').fill(POST)
    const button = form.getByRole('button', { name: /为 \d+ 个单位发放/ })
    const count = Number(/\d+/.exec(await button.innerText())?.[0])
    await button.click()
    await page.getByText(new RegExp(`将生成 ${count} 把密钥`)).waitFor()
    const issue = form.getByRole('button', { name: '确认发放' })
    expect(await issue.isEnabled()).toBe(true)
    await press('确认发放')
    return count
  }
  async function readDownload({ page }: Pane, step: () => Promise<unknown>): Promise<SeenSheet[]> {
    const [file] = await Promise.all([page.waitForEvent('download'), step()])
    return readByOpenpyxl(await readFile(await file.path()))
  }
  const textsOf = (sheet: SeenSheet | undefined) => Object.values(sheet?.cells ?? {}).map(({ value }) => String(value))
  const keysIn = (sheet: SeenSheet | undefined) => textsOf(sheet).filter((text) => /^mt_\w{46}$/.test(text))

  test('the commission issues to all units; the saved slips hold a key for each, the list to sign none', async () => {
    office = await openKeys(fengjie)
    let count = 0
    const [slips, receivers] = await readDownload(office, async () => {
      count = await askForAll(office)
    })
    expect(count).toBeGreaterThan(20)
    expect(keysIn(slips)).toHaveLength(count)
    expect(textsOf(slips)).toContain(`${worker.url}/`)
    expect(textsOf(receivers).filter((text) => text.includes('mt_'))).toEqual([])
    expect((await active(fengjie)).map(({ id }) => id).sort()).toEqual(
      keysIn(slips)
        .map((key) => key.slice(3, 11))
        .sort(),
    )

    const texts = textsOf(slips)
    first = texts.slice(texts.indexOf(UNIT)).find((text) => text.startsWith('mt_')) as string
  })

  test('the keys hold the screen until the person says that they are kept', async () => {
    await office.sees(/已生成 \d+ 把密钥/)
    expect(await office.button('返回首页').count()).toBe(0)
    expect(await office.button('退出登录').count()).toBe(0)
    await office.press('完成')
    await office.press('已核对，离开')
    await office.sees(/其中 0 个没有有效密钥/)
    expect(await office.page.locator('body').innerHTML()).not.toContain(first)
  })

  test('a unit signs in with the key from its slip, typed in groups, and replaces it', async () => {
    unit = await openPage(unitContext)
    await unit.connect(first.replace(/(.{4})/g, '$1 '))
    await unit.press('本岗密钥')
    await unit.sees(first.slice(3, 11))
    await unit.press('更换密钥')
    await unit.press('确认更换')
    await unit.sees('本机已换用新密钥。')
    second = await unit.page.locator('input[readonly]').inputValue()
    expect(second).not.toBe(first)
    await unit.press('完成')
    await unit.press('已核对，离开')
    await unit.page.reload()
    await unit.press('本岗密钥')
    await unit.sees(second.slice(3, 11))
    expect([await status(first), await status(second)]).toEqual([200, 200])
  })

  const entry = (pane: Pane) => pane.page.locator('li.issue').filter({ hasText: UNIT })
  async function revokeShown(pane: Pane, id: string): Promise<void> {
    await pane.press('刷新')
    await pane.page.getByLabel('按名称查找').fill(UNIT)
    const key = entry(pane).locator('.stack').filter({ hasText: id }).first()
    await key.getByRole('button', { name: '停用' }).click()
    await key.getByRole('button', { name: '确认停用' }).click()
    await pane.sees(`已停用${UNIT}（${POST}）的密钥。`)
  }

  test('the commission sees the old one replaced and revokes it; the new one goes on', async () => {
    await office.press('刷新')
    await office.sees(/已更换，原密钥用至/)
    await revokeShown(office, first.slice(3, 11))
    expect([await status(first), await status(second)]).toEqual([401, 200])
  })

  test('a revoked key says so and keeps what waits in the outbox', async () => {
    await unit.home()
    await unit.press('生成我的表')
    await unit.sees(/已生成工作表/)
    await unit.press('报送')
    await unitContext.setOffline(true)
    await unit.press('预览报送')
    await unit.press('离线存入待发箱')
    await unit.sees('已存入待发箱，联网后自动报送。')
    await revokeShown(office, second.slice(3, 11))
    await unitContext.setOffline(false)
    await unit.sees(/密钥已停用/)
    await unit.sees(/待发箱中的 1 件报送已保留/)

    const third = await worker.issueKey(fengjie.plan.id, UNIT)
    await unit.connect(third)
    await unit.press('查看待发箱')
    await unit.press('用当前密钥报送')
    await unit.sees(/已送达，回执编号 \d{8}-\d{4}/)
  })

  test('an answer lost after the keys were made is found out; they are revoked and issued again', async () => {
    const pane = await openKeys(chengkou)
    const losing = async (route: Route) => {
      await route.fetch()
      return route.abort()
    }
    await pane.page.route('**/unit-keys', losing)
    const count = await askForAll(pane)
    await pane.sees(`以下 ${count} 把密钥已经生成，但没有送达本机，无人持有：`)
    expect(await active(chengkou)).toHaveLength(count)
    const lost = (await active(chengkou)).map(({ id }) => id)

    await pane.page.unroute('**/unit-keys', losing)
    await pane.press('停用并重新发放')
    const [slips] = await readDownload(pane, () => pane.press('确认停用并重新发放'))
    expect(keysIn(slips)).toHaveLength(count)
    const after = await active(chengkou)
    expect(after.map(({ id }) => id).sort()).toEqual(
      keysIn(slips)
        .map((key) => key.slice(3, 11))
        .sort(),
    )
    expect(after.filter(({ id }) => lost.includes(id))).toEqual([])
  })
})
