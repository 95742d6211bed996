/**
 * The commission deletes tasks while a unit works on them in its own file: what the unit wrote reaches the
 * commission as a conflict that it decides, and rows that nobody edited pass without a word. Two browsers
 * over files, against a real Worker and D1.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConflictList, Master, PlanFile, Receipt, RowList, ServerRow } from '../../domain/protocol.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { openPane, type Pane } from '../support/pane.ts'
import { findChromium, launchChromium } from '../support/programs.ts'

const UNIT = '县教委'
const COLUMN = 'milestone.P1'
const EDITED = '编制工作方案，落实建设资金，完成项目选址。'
const FINAL = '编制工作方案，落实建设资金。'

describe.skipIf(!findChromium())('a task that is deleted while a unit works on it', () => {
  let worker: DemoWorker
  let browser: Browser
  let plan: PlanFile
  let office = ''
  let unit: Pane
  let commission: Pane
  let edited: ServerRow
  let untouched: ServerRow

  const path = (rest: string) => `/api/plans/${plan.plan.id}/${rest}`
  const read = async <Body>(rest: string) => (await worker.call<Body>(office, 'GET', path(rest))).body
  const inMaster = async ({ rowId }: ServerRow) =>
    (await read<Master>('master')).rows.find((row) => row.rowId === rowId)

  const openPage = (key: string) => openPane(browser, worker.url, key)

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: true })
    browser = (await launchChromium()) as Browser
    plan = worker.files.find((file) => file.plan.county === '奉节县') as PlanFile
    office = worker.keys.commission[plan.plan.county] as string
    const key = await worker.issueKey(plan.plan.id, UNIT)
    const { body } = await worker.call<RowList>(key, 'GET', path('rows'))
    const led = body.rows.filter((row) => row.writable.includes(COLUMN) && row.cells[COLUMN] && !row.spans?.[COLUMN])
    expect(led.length).toBeGreaterThan(2)
    ;[edited, untouched] = led as [ServerRow, ServerRow]
    unit = await openPage(key)
    commission = await openPage(office)
  })
  afterAll(async () => {
    await browser?.close()
    await worker?.close()
  })

  test('its edit is shown as what it is before it is sent; the row that nobody edited is not', async () => {
    await unit.press('生成我的表')
    await unit.sees(/我的任务分解表/)
    const deletes = [edited, untouched].map(({ rowId, ver }) => ({ rowId, baseVer: ver }))
    const deletion = { form: 'breakdown', specVersion: 1, rows: [], deletes }
    expect((await worker.call<Receipt>(office, 'POST', path('submissions'), deletion)).status).toBe(200)

    await unit.retype(edited.cells[COLUMN] as string, EDITED)
    await unit.press('报送')
    await unit.press('预览报送')
    await unit.sees('总表已撤销该任务')
    await unit.sees('本行的修改报送后，由县发展改革委决定是否恢复该任务。')
    await unit.sees(new RegExp(EDITED))
    expect(await unit.page.locator('main').innerText()).not.toContain((untouched.cells.task as string).slice(0, 12))
    await unit.press('确认报送')
    await unit.sees(/已报送，回执编号 \d{8}-\d{4}/)
    await unit.home()
    expect(await inMaster(edited)).toBeUndefined()
  })

  test('the commission sees it and brings the task back with a text of its own', async () => {
    const { conflicts } = await read<ConflictList>('conflicts?status=open')
    expect(conflicts).toMatchObject([{ kind: 'delete-edit', rowId: edited.rowId, submittedBy: UNIT, mayDecide: true }])
    await commission.press('冲突')
    await commission.sees('总表已撤销该任务')
    await commission.press('恢复该任务并改定')
    const field = commission.page.locator('textarea').first()
    expect(await field.inputValue()).toBe(EDITED)
    await field.fill(FINAL)
    await commission.press('采用改定文本')
    await commission.sees('没有待定的冲突')
    expect((await inMaster(edited))?.cells).toEqual({ ...edited.cells, [COLUMN]: FINAL })
    expect(await inMaster(untouched)).toBeUndefined()
  })

  test('and the unit’s file meets the task again', async () => {
    await unit.press('报送')
    await unit.press('预览报送')
    await unit.sees('改用总表现文，放弃本次修改')
    await unit.press('改用总表现文，放弃本次修改')
    await unit.sees('与总表一致，没有变化。')
    await unit.press('确认报送')
    await unit.sees(/已报送，回执编号 \d{8}-\d{4}/)
    expect((await read<ConflictList>('conflicts?status=open')).conflicts).toEqual([])
  })
})
