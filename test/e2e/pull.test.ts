/**
 * 更新本表 on both hosts against a real Worker and D1: the commission goes on in the master while a unit works on
 * its sheet. What is newer comes in, what the unit has not sent stays, the one cell that both changed is decided,
 * merged cells follow, all of it is taken back and done again, and the submission afterwards says only what is the unit's.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Master, PlanFile, Receipt, RowList, ServerRow } from '../../domain/protocol.ts'
import { type ExcelHost, openExcelHost } from '../excel-host/host.ts'
import { readBreakdown } from '../support/breakdown-cells.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { drivePane, openPane, type Pane } from '../support/pane.ts'
import { findChromium, launchChromium } from '../support/programs.ts'

const SHEET = '我的任务分解表'
const [P1, P2] = ['milestone.P1', 'milestone.P2']
const UNSENT = '本单位尚未报送的修改。'
const MINE = '本单位改定的文字。'
const THEIRS = '县发展改革委改定的文字。'
const NEWER = '县发展改革委更新的文字。'
const MERGED = '合并两期的目标。'

/** A sheet in one of the hosts, as a person changes it and as it then stands. */
type Sheet = {
  pane: Pane
  type(row: ServerRow, column: string, text: string): Promise<void>
  bytes(): Promise<Uint8Array>
}

describe.skipIf(!findChromium())('更新本表', () => {
  let worker: DemoWorker
  let browser: Browser
  let plan: PlanFile
  let office = ''
  let excel: ExcelHost | undefined

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: true })
    browser = (await launchChromium()) as Browser
    plan = worker.files.find((file) => file.plan.county === '奉节县') as PlanFile
    office = worker.keys.commission[plan.plan.county] as string
  })
  afterAll(async () => {
    await excel?.close()
    await browser?.close()
    await worker?.close()
  })

  const path = (rest: string) => `/api/plans/${plan.plan.id}/${rest}`

  async function openInFile(key: string): Promise<Sheet> {
    const pane = await openPane(browser, worker.url, key)
    await pane.press('生成我的表')
    await pane.sees(/已生成工作表/)
    return {
      pane,
      type: (row, column, text) => pane.retype(row.cells[column] as string, text),
      bytes: async () => {
        const [saved] = await Promise.all([
          pane.page.waitForEvent('download'),
          pane.page
            .getByRole('button', { name: /保存|下载/ })
            .first()
            .click(),
        ])
        const chunks: Buffer[] = []
        for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer)
        return Buffer.concat(chunks)
      },
    }
  }

  async function openInExcel(key: string): Promise<Sheet> {
    const host = await openExcelHost({})
    excel = host
    await host.goto(`${worker.url}/taskpane.html`)
    const pane = drivePane(host.page)
    await pane.connect(key)
    await pane.press('生成我的表')
    await pane.sees(/已生成工作表/)
    return {
      pane,
      type: async (row, column, text) => {
        const sheet = await readBreakdown(await host.save(), SHEET, plan)
        await host.type(SHEET, sheet.address(row.cells.number as string, column), text)
      },
      bytes: () => host.save(),
    }
  }

  test.each([
    ['in the browser', '县教委', openInFile],
    ['in Excel', '县住房城乡建委', openInExcel],
  ])('%s', { timeout: 180_000 }, async (_, unit, open) => {
    const key = await worker.issueKey(plan.plan.id, unit)
    const { body } = await worker.call<RowList>(key, 'GET', path('rows'))
    const led = body.rows.filter(
      (row) =>
        row.role === 'lead' && [P1, P2].every((column) => (row.cells[column]?.length ?? 0) > 4 && !row.spans?.[column]),
    )
    expect(led.length, unit).toBeGreaterThan(2)
    const [one, two, three] = led as [ServerRow, ServerRow, ServerRow]
    const sheet = await open(key)
    const { pane } = sheet
    await sheet.type(one, P1, UNSENT)
    await sheet.type(two, P1, MINE)

    const { [P2]: covered, ...rest } = three.cells
    expect(covered).toBeDefined()
    const submission = {
      form: 'breakdown',
      specVersion: 1,
      rows: [
        { rowId: one.rowId, baseVer: one.ver, cells: { [P2]: NEWER } },
        { rowId: two.rowId, baseVer: two.ver, cells: { [P1]: THEIRS } },
        {
          rowId: three.rowId,
          baseVer: three.ver,
          cells: { ...rest, [P1]: MERGED },
          spans: { ...three.spans, [P1]: 2 },
        },
      ],
      clears: [{ rowId: three.rowId, column: P2 }],
    }
    const landed = await worker.call<Receipt>(office, 'POST', path('submissions'), submission)
    expect([landed.status, landed.body.totals?.conflicts]).toEqual([200, 0])

    const stands = async () => {
      const read = await readBreakdown(await sheet.bytes(), SHEET, plan)
      return [one, two, three].map(({ rowId }) => {
        const row = read.rows.find((candidate) => candidate.rowId === rowId)
        return { ver: row?.ver, p1: row?.cells[P1], p2: row?.cells[P2], span: row?.spans?.[P1] ?? 1 }
      })
    }
    const before = await stands()
    await pane.home().catch(() => undefined)
    await pane.press('更新本表')
    await pane.sees('请决定（1 处）')
    await pane.sees('将更新的内容（2 处）')
    await pane.sees(/总表（县发展改革委/)
    await pane.page.getByLabel('保留本表文字，以后报送').check()
    await pane.press('更新 2 处')
    await pane.sees('更新完成')
    const after = await stands()
    expect(after.map(({ p1, p2, span }) => [p1, p2, span])).toEqual([
      [UNSENT, NEWER, 1],
      [MINE, two.cells[P2], 1],
      [MERGED, undefined, 2],
    ])
    for (const [i, row] of after.entries()) expect(row.ver).toBeGreaterThan(before[i]?.ver ?? 0)

    await pane.press('撤销上次更新')
    await pane.sees('已撤销，本表恢复为更新前的内容。')
    expect(await stands()).toEqual(before)

    await pane.press('再次比对')
    await pane.sees('请决定（1 处）')
    await pane.page.getByLabel('保留本表文字，以后报送').check()
    await pane.press('更新 2 处')
    await pane.sees('更新完成')
    expect(await stands()).toEqual(after)
    await pane.press('再次比对')
    await pane.sees('本表与总表一致，没有需要更新的内容。')
    await pane.home()

    await pane.press('报送')
    await pane.press('预览报送')
    await pane.sees(UNSENT)
    await pane.press('确认报送')
    await pane.sees(/已报送，回执编号 \d{8}-\d{4}/)
    const { body: master } = await worker.call<Master>(office, 'GET', path('master'))
    const inMaster = [one, two, three].map(({ rowId }) => master.rows.find((row) => row.rowId === rowId)?.cells)
    expect(inMaster.map((cells) => [cells?.[P1], cells?.[P2]])).toEqual([
      [UNSENT, NEWER],
      [MINE, two.cells[P2]],
      [MERGED, undefined],
    ])
    expect(master.conflicts.filter(({ rowId }) => led.some((row) => row.rowId === rowId))).toEqual([])
  })
})
