/**
 * The real Fengjie table in the pane, on the real office.js over the emulated workbook, against a
 * real Worker and D1: the commission builds the plan from its issued workbook; two joint lead units
 * recognise their sheets, make mistakes, mend them, and submit row 17 differently; the conflict is
 * decided; the master is drawn into the workbook, saved, and read back by openpyxl.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Master, PlanFile } from '../../domain/protocol.ts'
import { drawPlan } from '../../tools/draw-plan.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { type ExcelHost, openExcelHost } from '../excel-host/host.ts'
import { readBreakdown } from '../support/breakdown-cells.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { readByOpenpyxl } from '../support/openpyxl.ts'
import { drivePane } from '../support/pane.ts'
import { findChromium, findPythonWithOpenpyxl } from '../support/programs.ts'

const SHEET = '任务分解表'
const EDUCATION = '县教委'
const HEALTH = '县卫生健康委'
const P2 = 'milestone.P2'
const MASTER = '总表（汇总）'
/** What row 18 promises anew in its last period. */
const TALENTS = '12月底引进培育医学硕博士12名。'

describe.skipIf(!findChromium() || !findPythonWithOpenpyxl())('the pane in Excel', () => {
  let worker: DemoWorker
  let fengjie: PlanFile
  let planId = ''
  /** The workbook with ids, as the commission mails it out. */
  let mailed: Uint8Array
  const hosts: ExcelHost[] = []

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: false })
    fengjie = worker.files.find(({ plan }) => plan.county === '奉节县') as PlanFile
  })
  afterAll(async () => {
    for (const host of hosts) await host.close()
    await worker?.close()
  })

  async function openPane(workbook: Uint8Array, key: string) {
    const host = await openExcelHost({ workbook })
    hosts.push(host)
    await host.goto(`${worker.url}/taskpane.html`)
    const pane = drivePane(host.page)
    await pane.connect(key)
    return { host, pane }
  }
  const commissionKey = () => worker.keys.commission[fengjie.plan.county] as string

  test('the commission builds the plan from the workbook that it issued', async () => {
    const issued = await writeWorkbook([drawPlan(fengjie)], {
      title: fengjie.plan.title,
      created: '2023-03-13T00:00:00Z',
    })
    const { host, pane } = await openPane(issued, commissionKey())
    await pane.press('建立计划')
    await pane.sees(/42/)
    await pane.press('确认建立')
    await pane.sees(/已建立/)
    mailed = await host.save()
    expect(host.gaps).toEqual([])

    const { body } = await worker.call<{ plans: { id: string; year: number }[] }>(commissionKey(), 'GET', '/api/plans')
    expect(body.plans).toHaveLength(1)
    planId = body.plans[0]?.id as string
    const sheet = await readBreakdown(mailed, SHEET, fengjie)
    expect(sheet.rows.map(({ cells, spans }) => ({ cells, spans }))).toEqual(
      fengjie.rows.map(({ cells, spans }) => ({ cells, spans })),
    )
    for (const row of sheet.rows) expect(row.ver, row.cells.task).toBeGreaterThan(0)
    const [table, ledger] = readByOpenpyxl(mailed)
    expect(table?.hidden).toHaveLength(1)
    expect(ledger).toMatchObject({ name: '_ledger', state: 'hidden' })
  })

  test('县教委 sees its mistakes, mends them, and its submission lands', async () => {
    const { host, pane } = await openPane(mailed, await worker.issueKey(planId, EDUCATION))
    const sheet = await readBreakdown(mailed, SHEET, fengjie)
    await pane.press('识别当前表')
    await pane.sees('各行均带有标识，可以校验和报送。')
    await pane.home()

    await host.type(SHEET, sheet.address('17', P2), '县教委组织开展第二针接种。。')
    await host.type(SHEET, sheet.address('21', 'milestone.P1'), '')
    await pane.press('校验')
    const doubled = pane.page
      .getByRole('listitem')
      .filter({ hasText: sheet.address('17', P2) })
      .first()
    await doubled.waitFor()
    const blank = pane.page
      .getByRole('listitem')
      .filter({ hasText: sheet.address('21', 'milestone.P1') })
      .first()
    await blank.waitFor()
    await blank.getByRole('button', { name: '定位' }).click()
    await doubled.getByRole('button', { name: '修改' }).click()
    await doubled.waitFor({ state: 'detached' })
    expect((await readBreakdown(await host.save(), SHEET, fengjie)).text('17', P2)).toBe('县教委组织开展第二针接种。')
    await pane.press('撤销')
    await pane.press('重新校验')
    await doubled.waitFor()
    expect((await readBreakdown(await host.save(), SHEET, fengjie)).text('17', P2)).toBe('县教委组织开展第二针接种。。')
    await doubled.getByRole('button', { name: '修改' }).click()
    await doubled.waitFor({ state: 'detached' })
    await pane.home()

    // A text that became blank is not taken as cleared: the preview asks.
    await pane.press('报送')
    await pane.press('预览报送')
    await pane.sees('3月：总表有内容，表格为空白')
    await host.type(SHEET, sheet.address('21', 'milestone.P1'), sheet.text('21', 'milestone.P1'))
    await pane.press('重新预览')
    await pane.button('确认报送').waitFor()
    await pane.press('确认报送')
    await pane.sees('回执')
    expect(host.gaps).toEqual([])

    const { body: master } = await worker.call<Master>(commissionKey(), 'GET', `/api/plans/${planId}/master`)
    const row17 = master.rows.find(({ cells }) => cells.number === '17')
    expect(row17?.cells[P2]).toBe('县教委组织开展第二针接种。')
    expect(master.conflicts).toEqual([])
  })

  test('县卫生健康委 wrote the same cell differently: a conflict, and nothing of either is lost', async () => {
    const { host, pane } = await openPane(mailed, await worker.issueKey(planId, HEALTH))
    const sheet = await readBreakdown(mailed, SHEET, fengjie)
    await pane.press('识别当前表')
    await pane.sees('各行均带有标识，可以校验和报送。')
    await pane.home()
    await host.type(SHEET, sheet.address('17', P2), '县卫生健康委完成第二针接种。')
    await host.type(SHEET, sheet.address('18', 'milestone.P6'), TALENTS)
    await pane.press('报送')
    await pane.press('预览报送')
    await pane.press('确认报送')
    await pane.sees('回执')

    const { body: master } = await worker.call<Master>(commissionKey(), 'GET', `/api/plans/${planId}/master`)
    expect(master.conflicts).toMatchObject([
      {
        head: '县教委组织开展第二针接种。',
        submitted: '县卫生健康委完成第二针接种。',
        submittedBy: HEALTH,
        status: 'open',
      },
    ])
    expect(master.rows.find(({ cells }) => cells.number === '17')?.cells[P2]).toBe('县教委组织开展第二针接种。')
  })

  test('a cell edited twice without a network arrives as the second text, and the sheet follows', async () => {
    const { host, pane } = await openPane(mailed, await worker.issueKey(planId, EDUCATION))
    const sheet = await readBreakdown(mailed, SHEET, fengjie)
    const number = '21'
    const column = 'milestone.P1'
    await pane.press('识别当前表')
    await pane.sees('各行均带有标识，可以校验和报送。')
    await pane.home()
    await pane.page.route('**/api/**', (route) => route.abort())
    for (const text of ['第一稿目标。', '第二稿目标。']) {
      await host.type(SHEET, sheet.address(number, column), text)
      await pane.press('报送')
      await pane.press('预览报送')
      await pane.press('离线存入待发箱')
      await pane.sees('已存入待发箱，联网后自动报送。')
      await pane.home()
    }
    await pane.page.unroute('**/api/**')
    await pane.press('查看待发箱')
    await pane.press('立即重试')
    await expect.poll(() => pane.button('查看回执').count(), { timeout: 20_000 }).toBe(2)

    const { body: master } = await worker.call<Master>(commissionKey(), 'GET', `/api/plans/${planId}/master`)
    const row = master.rows.find(({ cells }) => cells.number === number)
    expect(row?.cells[column]).toBe('第二稿目标。')
    expect(master.conflicts.filter(({ rowId }) => rowId === row?.rowId)).toEqual([])
    await expect
      .poll(
        async () => {
          const { rows } = await readBreakdown(await host.save(), SHEET, fengjie)
          return rows.find(({ cells }) => cells.number === number)?.ver
        },
        { timeout: 20_000 },
      )
      .toBe(row?.ver)
    expect(host.gaps).toEqual([])
  })

  test('the commission draws the master, decides, draws it again, and openpyxl reads it back', async () => {
    const { host, pane } = await openPane(mailed, commissionKey())
    const drawMaster = async () => {
      await pane.press('汇总')
      await pane.press('汇总到当前工作簿')
      await pane.sees(/已写入工作表/)
      await pane.home()
      const bytes = await host.save()
      const seen = readByOpenpyxl(bytes).find(({ name }) => name === MASTER)
      return { seen, master: await readBreakdown(bytes, MASTER, fengjie) }
    }
    const open = await drawMaster()
    const cell = open.master.address('17', P2)
    expect(open.seen?.cells[cell]).toEqual({ value: '县教委组织开展第二针接种。', type: 's', fill: 'FFFFC7CE' })

    await pane.press('冲突')
    await pane.sees('总表现文（县教委）')
    await pane.press('采用报送文本')
    await pane.sees('没有待定的冲突')
    await pane.home()
    // The person's own additions stay when it is brought up to date.
    const beside = `Z${open.master.place('17', P2).row + 1}`
    await host.type(MASTER, beside, '已电话催办')
    await pane.press('汇总')
    await pane.press('汇总到当前工作簿')
    await pane.sees('将更新的内容（1 处）')
    await pane.press('更新 1 处')
    await pane.sees('更新完成')
    const bytes = await host.save()
    const seen = readByOpenpyxl(bytes).find(({ name }) => name === MASTER)
    const master = await readBreakdown(bytes, MASTER, fengjie)
    expect(seen?.cells[beside]?.value).toBe('已电话催办')
    expect(host.gaps).toEqual([])

    expect(seen?.cells[cell]).toEqual({ value: '县卫生健康委完成第二针接种。', type: 's', fill: null })
    const { body } = await worker.call<Master>(commissionKey(), 'GET', `/api/plans/${planId}/master`)
    expect(master.rows.map(({ cells, spans }) => ({ cells, spans }))).toEqual(
      body.rows.map(({ cells, spans }) => ({ cells, spans })),
    )
    expect(master.text('18', 'milestone.P6')).toBe(TALENTS)
    const spans = fengjie.rows.flatMap((row) => Object.keys(row.spans ?? {}))
    const merges = seen?.merges.filter((area) => Number(/\d+/.exec(area)?.[0]) > master.place('1', 'task').row) ?? []
    expect(merges).toHaveLength(spans.length)
  })
})
