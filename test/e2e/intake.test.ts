/**
 * Files that units mailed back, handed in by the commission all at once: the master is the one that the units
 * would have made by submitting themselves, cell by cell, and in the history every change is its unit's.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LedgerInfo, ledgerSheet } from '../../domain/carrier.ts'
import { drawTable } from '../../domain/draw-table.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Master, PlanFile, Receipt, RowList, ServerRow, SubmissionList } from '../../domain/protocol.ts'
import { openWorkbook } from '../../xlsx/edit.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { openExcelHost } from '../excel-host/host.ts'
import { readBreakdown } from '../support/breakdown-cells.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { convertByLibreOffice } from '../support/libreoffice.ts'
import { editByOpenpyxl } from '../support/openpyxl.ts'
import { drivePane, openPane, type Pane } from '../support/pane.ts'
import { findChromium, findPythonWithOpenpyxl, findSoffice, launchChromium } from '../support/programs.ts'

const SHEET = '任务分解表'
const EDU = '县教委'
const HEALTH = '县医保局'
/** What each unit types: 序号, column, text. */
const TYPED: Record<string, [number: string, column: string, text: string][]> = {
  [EDU]: [
    ['21', 'milestone.P4', '第一行，含“引号”与<尖括号>&符号。\n第二行。'],
    ['22', 'milestone.P2', '县教委完成第二期任务。'],
    ['28', 'milestone.P4', '合并格内的改动。'],
  ],
  [HEALTH]: [['14', 'milestone.P1', '报送第八批采购品种范围数据。']],
}
const PLANS = ['intake-live', 'intake-mail'] as const

describe.skipIf(!findChromium() || !findPythonWithOpenpyxl() || !findSoffice())('returned files', () => {
  let worker: DemoWorker
  let browser: Browser
  let file: PlanFile
  let commission = ''
  let pane: Pane

  beforeAll(async () => {
    worker = await startDemoWorker({ plans: false })
    browser = (await launchChromium()) as Browser
    file = worker.files.find(({ plan }) => plan.county === '奉节县') as PlanFile
    commission = worker.keys.commission[file.plan.county] as string
    for (const id of PLANS) {
      const title = `${file.plan.title}（${id}）`
      await ask('POST', '/api/plans', { ...file, plan: { ...file.plan, id, title } })
    }
    pane = await openPane(browser, worker.url, commission)
  })
  afterAll(async () => {
    await browser?.close()
    await worker?.close()
  })

  async function ask<T>(method: string, path: string, body?: unknown, key = commission): Promise<T> {
    const answer = await worker.call<T>(key, method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const rowsFor = async (planId: string, key: string) =>
    (await ask<RowList>('GET', `/api/plans/${planId}/rows`, undefined, key)).rows.filter(({ role }) => role === 'lead')
  const master = (planId: string) => ask<Master>('GET', `/api/plans/${planId}/master`)

  /** A unit's sheet as it is mailed out. `withIds: false`: as it circulated before the program was there. */
  async function mailed(rows: ServerRow[], withIds: boolean): Promise<Uint8Array> {
    const spec = breakdownSpec({ ...file.plan, state: 'collecting' })
    const table = {
      spec,
      rows: rows.map(({ rowId, ver, cells, spans }) => ({ rowId, ver, cells, ...(spans && { spans }) })),
      complete: false,
    }
    const info: LedgerInfo = {
      format: 1,
      sheet: SHEET,
      planId: PLANS[1],
      form: spec.form,
      specVersion: spec.version,
      complete: false,
      unit: EDU,
    }
    const model = drawTable(table, { name: SHEET, carrier: withIds })
    return writeWorkbook(withIds ? [model, ledgerSheet([info])] : [model], {
      title: '表',
      created: '2023-03-13T00:00:00Z',
    })
  }

  async function typeInto(bytes: Uint8Array, unit: string): Promise<{ row: number; column: number; text: string }[]> {
    const sheet = await readBreakdown(bytes, SHEET, file)
    return (TYPED[unit] ?? []).map(([number, column, text]) => ({ ...sheet.place(number, column), text }))
  }

  /** As each unit would have sent the same texts itself. */
  async function submitLive(unit: string): Promise<void> {
    const key = await worker.issueKey(PLANS[0], unit)
    const rows = (await rowsFor(PLANS[0], key)).map(({ rowId, ver, cells, spans }) => {
      const typed = (TYPED[unit] ?? []).filter(([number]) => number === cells.number)
      const texts = { ...cells, ...Object.fromEntries(typed.map(([, column, text]) => [column, text])) }
      return { rowId, baseVer: ver, cells: texts, ...(spans && { spans }) }
    })
    await ask('POST', `/api/plans/${PLANS[0]}/submissions`, { form: 'breakdown', specVersion: 1, rows }, key)
  }

  async function drop(files: { name: string; bytes: Uint8Array }[], into = pane): Promise<void> {
    await into.sees('将一个或多个文件拖到这里')
    const data = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
    await into.page.evaluate((dropped) => {
      const transfer = new DataTransfer()
      for (const { name, base64 } of dropped)
        transfer.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name))
      const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer })
      document.querySelector('main')?.dispatchEvent(event)
    }, data)
  }

  const entry = (name: string) =>
    pane.page.getByRole('listitem').filter({ has: pane.page.getByRole('heading', { name, exact: true }) })

  let files: { name: string; bytes: Uint8Array }[]

  test('three files dropped at once: one is ready, one asks whose it is, one is named as bad', async () => {
    const eduKey = await worker.issueKey(PLANS[1], EDU)
    const healthKey = await worker.issueKey(PLANS[1], HEALTH)
    // One through LibreOffice, out and back; one typed by openpyxl into a sheet that never had ids.
    const out = convertByLibreOffice(await mailed(await rowsFor(PLANS[1], eduKey), true), 'xlsx')
    const book = await openWorkbook(out)
    book.write(SHEET, await typeInto(out, EDU))
    const bare = await mailed(await rowsFor(PLANS[1], healthKey), false)
    files = [
      { name: '教委.xlsx', bytes: convertByLibreOffice(await book.save(), 'xlsx') },
      { name: '无标识.xlsx', bytes: editByOpenpyxl(bare, SHEET, await typeInto(bare, HEALTH)) },
      { name: '损坏.xlsx', bytes: out.slice(0, 2000) },
    ]
    for (const unit of [EDU, HEALTH]) await submitLive(unit)
    await pane.press(`${file.plan.title}（${PLANS[1]}）`)
    await pane.press('收回的文件')
    await drop(files)
    await pane.sees('读取完成：可直接报送 1 份，需核对 1 份，不能处理 1 份。')
    expect(await entry('教委.xlsx').innerText()).toContain(`单位：${EDU}`)
    expect(await entry('无标识.xlsx').innerText()).toContain(`可能是：${HEALTH}（待确认）`)
    expect(await entry('损坏.xlsx').innerText()).toContain('不能处理：')
    // None of it went into the workbook beside the pane.
    expect(await pane.page.getByRole('gridcell').count()).toBe(0)
  })

  test('the clean one goes in bulk; the other after its unit and its differences were confirmed', async () => {
    await pane.press('全部报送（1 份）')
    await pane.sees('已代为报送 1 份。')
    await entry('无标识.xlsx').getByRole('button', { name: '确认单位和行次' }).click()
    await pane.press('确认并预览')
    await pane.sees('没有版本标识')
    await pane.sees('保留总表内容')
    await pane.press('已核对，代为报送')
    await pane.sees('报送方式')
    await pane.press('返回文件列表')
    expect(await entry('教委.xlsx').innerText()).toMatch(/回执编号 \d{8}-\d{4}/)
  })

  test('the master is the one that the units would have made themselves, and the record names both', async () => {
    const [live, mail] = await Promise.all(PLANS.map(master))
    const plain = ({ rows, conflicts }: Master) => ({
      rows: rows.map(({ rowId, cells, spans, spansConfirmed }) => ({ rowId, cells, spans, spansConfirmed })),
      conflicts: conflicts.length,
    })
    expect(plain(mail as Master)).toEqual(plain(live as Master))
    const { submissions } = await ask<SubmissionList>('GET', `/api/plans/${PLANS[1]}/submissions`)
    expect(submissions.map(({ by, broughtBy }) => [by, broughtBy]).sort()).toEqual(
      [
        [EDU, '县发展改革委'],
        [HEALTH, '县发展改革委'],
      ].sort(),
    )
    const actors = async (planId: string) => {
      const changed = file.rows.filter(({ cells }) =>
        Object.values(TYPED).some((typed) => typed.some(([number]) => number === cells.number)),
      )
      return Promise.all(
        changed.map(async ({ rowId }) => {
          const { events } = await ask<{ events: { by: string; changes: unknown }[] }>(
            'GET',
            `/api/plans/${planId}/rows/${rowId}/history`,
          )
          return events.map(({ by, changes }) => ({ by, changes }))
        }),
      )
    }
    expect(await actors(PLANS[1])).toEqual(await actors(PLANS[0]))
  })

  test('the same file once more, under another name, is known and makes no second submission', async () => {
    await pane.home()
    await pane.press('收回的文件')
    await drop([{ name: '再次交回.xlsx', bytes: files[0]?.bytes ?? new Uint8Array() }])
    await pane.sees('此前已收过。')
    const { submissions } = await ask<SubmissionList>('GET', `/api/plans/${PLANS[1]}/submissions`)
    expect(submissions).toHaveLength(2)
    await entry('再次交回.xlsx').getByRole('button', { name: '查看回执' }).click()
    await entry('再次交回.xlsx').getByRole('button', { name: '查看回执' }).waitFor()
  })

  test('in Excel’s pane too, and the open workbook stays as it was', async () => {
    const workbook = await mailed(await rowsFor(PLANS[0], await worker.issueKey(PLANS[0], EDU)), false)
    const host = await openExcelHost({ workbook })
    try {
      const before = await readWorkbook(await host.save())
      await host.goto(`${worker.url}/taskpane.html`)
      const inExcel = drivePane(host.page)
      await inExcel.connect(commission)
      await inExcel.press(`${file.plan.title}（${PLANS[1]}）`)
      await inExcel.press('收回的文件')
      const { name = '', bytes = new Uint8Array() } = files[1] ?? {}
      await drop([{ name, bytes: editByOpenpyxl(bytes, SHEET, []) }, ...files.slice(0, 1)], inExcel)
      await inExcel.sees('此前已收过。')
      await inExcel.sees('待确认单位或行次。')
      expect(host.gaps).toEqual([])
      expect(await readWorkbook(await host.save())).toEqual(before)
    } finally {
      await host.close()
    }
  })

  test('a receipt is saved as 报送单, with its number and hash', async () => {
    await entry('再次交回.xlsx').getByRole('button', { name: '查看回执' }).click()
    const [saved] = await Promise.all([pane.page.waitForEvent('download'), pane.press('保存报送单（打印签字）')])
    expect(saved.suggestedFilename()).toMatch(new RegExp(`^${EDU}报送单（\\d{8}-\\d{4}）\\.xlsx$`))
    const stream = await saved.createReadStream()
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    const { sheets } = await readWorkbook(new Uint8Array(Buffer.concat(chunks)))
    const texts = sheets[0]?.grid.texts.flat().join('\n') ?? ''
    const { submissions } = await ask<SubmissionList>('GET', `/api/plans/${PLANS[1]}/submissions`)
    const own = submissions.find(({ by }) => by === EDU)
    const receipt = await ask<Receipt>('GET', `/api/submissions/${own?.id}`)
    for (const part of [EDU, receipt.number, receipt.hash, '单位（盖章）', '由县发展改革委依据该单位交回的文件报送'])
      expect(texts).toContain(part)
  })
})
