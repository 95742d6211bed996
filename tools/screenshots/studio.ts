/** What the pictures are taken with: the demo's Worker, windows over files and over Excel, and the camera. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Download, Page } from 'playwright-core'
import type { KeyCreated, PlanFile, RowList, ServerRow } from '../../domain/protocol.ts'
import { type ExcelHost, openExcelHost } from '../../test/excel-host/host.ts'
import { type DemoWorker, startDemoWorker } from '../../test/support/demo-worker.ts'
import { convertByLibreOffice } from '../../test/support/libreoffice.ts'
import { drivePane, type Pane } from '../../test/support/pane.ts'
import { launchChromium } from '../../test/support/programs.ts'
import { shrinkPng } from './shrink-png.ts'

const FOLDER = 'docs/images'
/** The plan that most pictures show. */
export const PLAN = 'fengjie-2023'
/** A task that its unit submits and the commission sends back, and why. */
export const SCHOOLS = '优化中小学校布局'
export const WHY = '请写明监测的指标和完成标准。'
/** As wide as Excel makes a pane, in CSS pixels. */
const PANE_WIDTH = 350
const MOST_HEIGHT = 1100

export type Studio = {
  worker: DemoWorker
  browser: Browser
  file: PlanFile
  commission: string
  close(): Promise<void>
}

export async function openStudio(): Promise<Studio> {
  const worker = await startDemoWorker({ plans: true })
  const browser = await launchChromium()
  if (!browser) throw new Error('no Chromium')
  await mkdir(FOLDER, { recursive: true })
  const file = worker.files.find(({ plan }) => plan.id === PLAN) as PlanFile
  return {
    worker,
    browser,
    file,
    commission: worker.keys.commission[file.plan.county] as string,
    close: async () => {
      await browser.close()
      await worker.close()
    },
  }
}

/** A key as the commission issues it, for a post that the pictures may show. */
export async function issueKey({ worker, commission }: Studio, unit: string, post: string): Promise<string> {
  const { status, body } = await worker.call<KeyCreated>(commission, 'POST', `/api/plans/${PLAN}/keys`, {
    role: 'unit',
    unit,
    post,
  })
  if (status >= 300) throw new Error(`no key for ${unit}: ${status}`)
  return body.key
}

/** The page of files; with a key, connected. */
export async function openFilePage({ browser, worker }: Studio, key?: string): Promise<Pane> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${worker.url}/`)
  const pane = drivePane(page)
  if (key) await pane.connect(key)
  return pane
}

/** The pane in Excel at its own width, over a new workbook. */
export async function openExcelPane(
  { browser, worker }: Studio,
  key: string,
): Promise<{ host: ExcelHost; pane: Pane }> {
  const host = await openExcelHost({ browser })
  await host.page.setViewportSize({ width: PANE_WIDTH, height: 780 })
  await host.goto(`${worker.url}/taskpane.html`)
  const pane = drivePane(host.page)
  await pane.connect(key)
  return { host, pane }
}

export async function closePane({ page }: Pane): Promise<void> {
  await page.context().close()
}

/** 生成我的表, with the sheet open when it returns. */
export async function drawMine(pane: Pane): Promise<void> {
  await pane.press('生成我的表')
  await pane.sees(/已生成工作表/)
}

/** The rows that a unit leads, as its key sees them. */
export async function ownRows({ worker }: Studio, key: string): Promise<ServerRow[]> {
  const { body } = await worker.call<RowList>(key, 'GET', `/api/plans/${PLAN}/rows`)
  return body.rows.filter(({ role }) => role === 'lead')
}

/** Rows sent in without a window, by a unit or by the commission. */
export async function send(
  { worker }: Studio,
  key: string,
  rows: { row: ServerRow; cells: Record<string, string> }[],
): Promise<void> {
  const answer = await worker.call(key, 'POST', `/api/plans/${PLAN}/submissions`, {
    form: 'breakdown',
    specVersion: 1,
    rows: rows.map(({ row, cells }) => ({ rowId: row.rowId, baseVer: row.ver, cells })),
  })
  if (answer.status >= 300) throw new Error(`submission refused: ${JSON.stringify(answer.body)}`)
}

/** Types over the cell in a column (counted from 0) of the row that holds these words. */
export async function edit(page: Page, words: string, column: number, text: string): Promise<void> {
  const row = page.locator('tbody tr').filter({ hasText: words }).first()
  const at = Number(await row.getAttribute('aria-rowindex')) - 1
  await page.locator(`td[data-cell="${at}:${column}"]`).dblclick()
  const field = page.locator('textarea.grid-editor')
  await field.fill(text)
  await field.press('Enter')
}

/** The whole window. */
export async function take({ page }: Pane, name: string): Promise<void> {
  await keep(name, await page.screenshot({ animations: 'disabled' }))
}

/** The pane alone, as long as what it says. */
export async function takePane({ page }: Pane, name: string, most = MOST_HEIGHT): Promise<void> {
  const size = page.viewportSize()
  await page.setViewportSize({ width: size?.width ?? 1280, height: most })
  const main = page.locator('main')
  const box = await main.boundingBox()
  // The pane may be longer than its content, and shorter: cut where the last thing ends.
  const end = await main.evaluate((element) => {
    const things = [...element.querySelectorAll('p, li, button, input, select, summary, dl')].filter((thing) =>
      thing.checkVisibility(),
    )
    return Math.max(...things.map((thing) => thing.getBoundingClientRect().bottom))
  })
  const foot = box ? box.y + box.height : most
  const picture = await page.screenshot({
    animations: 'disabled',
    clip: { x: box?.x ?? 0, y: 0, width: box?.width ?? PANE_WIDTH, height: Math.min(foot, Math.ceil(end) + 24) },
  })
  if (size) await page.setViewportSize(size)
  await keep(name, picture)
}

/** The upper part of the first page of a workbook as LibreOffice prints it; `width` and `height` in inches. */
export async function takePrinted(
  workbook: Uint8Array,
  name: string,
  { dotsPerInch, width, height }: { dotsPerInch: number; width: number; height: number },
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  writeFileSync(join(folder, 'book.pdf'), convertByLibreOffice(workbook, 'pdf'))
  const dots = (inches: number) => String(Math.floor(inches * dotsPerInch))
  execFileSync('pdftoppm', [
    ...['-png', '-singlefile', '-f', '1', '-l', '1', '-r', String(dotsPerInch)],
    ...['-x', '0', '-y', '0', '-W', dots(width), '-H', dots(height)],
    ...[join(folder, 'book.pdf'), join(folder, 'page')],
  ])
  const picture = readFileSync(join(folder, 'page.png'))
  rmSync(folder, { recursive: true, force: true })
  await keep(name, picture)
}

/** The bytes of what pressing a button saves. */
export async function saved(pane: Pane, button: string): Promise<Uint8Array> {
  const [download] = await Promise.all([pane.page.waitForEvent('download'), pane.press(button)])
  return bytesOf(download)
}

async function bytesOf(download: Download): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function keep(name: string, picture: Uint8Array): Promise<void> {
  const path = `${FOLDER}/${name}.png`
  await writeFile(path, shrinkPng(picture))
  process.stdout.write(`${path}\n`)
}
