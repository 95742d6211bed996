// Excel for tests: a Chromium page in which the real office.js believes that it runs inside Excel, over a workbook
// emulated in Node. Nothing of office.js is replaced; the seam is window.external, as in desktop Excel.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchChromium } from '../support/programs.ts'
import { parseAddress } from './address.ts'
import { Executor, isHousekeeping, type Request } from './executor.ts'
import { OFFICE_JS } from './schema.ts'
import { type Answer, type HostWindow, playWindowExternal, type Surroundings } from './window-external.ts'
import { Workbook } from './workbook.ts'
import { loadWorkbook, saveWorkbook } from './xlsx.ts'

// Office's own error numbers, which the library turns into error codes.
const IN_CELL_EDIT_MODE = 5004
const ACTIVITY_LIMIT_REACHED = 5102
const REQUEST_TOO_LARGE = 5103
const RESPONSE_TOO_LARGE = 5104
const MAX_PAYLOAD_ONLINE = 5 * 1024 * 1024

export interface ExcelHostOptions {
  /** Reused and left open; without it the host starts its own. */
  browser?: Browser
  workbook?: Uint8Array | Workbook
  excelApi?: string
  platform?: 'PC' | 'OfficeOnline'
  locale?: string
  /** The CDN is blocked: office.js does not load. */
  failOfficeJs?: boolean
}

interface Counts {
  syncs: number
  requestBytes: number
  responseBytes: number
  byMethod: Record<string, number>
}

export class ExcelHost {
  readonly page: Page
  readonly workbook: Workbook
  #context: BrowserContext
  #executor: Executor
  #options: ExcelHostOptions
  #ownBrowser: Browser | undefined
  #counts = { syncs: 0, requestBytes: 0, responseBytes: 0 }
  #cellEditMode = false
  #throttled = 0
  #fired: Promise<void> = Promise.resolve()

  constructor(page: Page, workbook: Workbook, options: ExcelHostOptions, ownBrowser: Browser | undefined) {
    this.page = page
    this.workbook = workbook
    this.#context = page.context()
    this.#executor = new Executor(workbook, options.excelApi ?? '1.13')
    this.#options = options
    this.#ownBrowser = ownBrowser
  }

  async start(): Promise<void> {
    await this.page.exposeBinding('excelHostStarted', () => this.#executor.registrations.clear())
    await this.page.exposeBinding('excelHostExecute', (_, body: string) => this.#execute(body))
    await this.page.exposeBinding('excelHostGap', (_, what: string) =>
      this.#executor.addGap(`excel-host: ${what} is not emulated`),
    )
    await this.page.exposeBinding('excelHostSaveSettings', (_, settings: Record<string, string>) => {
      this.workbook.settings = settings
      return this.#playExternal()
    })
    await this.#playExternal()
    await serveOfficeJs(this.#context, this.#options.failOfficeJs ?? false)
  }

  /** The latest init script wins, so a reloaded page finds the settings that were saved. */
  async #playExternal(): Promise<void> {
    await this.page.addInitScript(playWindowExternal, surroundings(this.#options, this.workbook))
  }

  #execute(body: string): Answer {
    const request = JSON.parse(body) as Request
    // What the library sends for itself, such as releasing references after Excel.run, is nobody's sync.
    if (isHousekeeping(request)) return { json: JSON.stringify(this.#executor.execute(request)) }
    this.#counts.syncs++
    this.#counts.requestBytes += Buffer.byteLength(body)
    const online = this.#options.platform === 'OfficeOnline'
    if (this.#cellEditMode) return { error: IN_CELL_EDIT_MODE }
    if (this.#throttled > 0) {
      this.#throttled--
      return { error: ACTIVITY_LIMIT_REACHED }
    }
    if (online && Buffer.byteLength(body) > MAX_PAYLOAD_ONLINE) return { error: REQUEST_TOO_LARGE }
    const json = JSON.stringify(this.#executor.execute(request))
    this.#counts.responseBytes += Buffer.byteLength(json)
    // The answer must reach the page before the events it caused.
    setTimeout(() => this.#fire(true))
    return online && Buffer.byteLength(json) > MAX_PAYLOAD_ONLINE ? { error: RESPONSE_TOO_LARGE } : { json }
  }

  #fire(byAddin: boolean): Promise<void> {
    const happenings = this.workbook.happenings.splice(0)
    const events = this.#executor.registrations.wire(happenings, byAddin, (range) => this.#executor.keep(range))
    if (events.length > 0 && !this.page.isClosed())
      this.#fired = this.#fired.then(() =>
        this.page
          .evaluate((wire) => (window as unknown as HostWindow).excelHostFire?.(wire), events)
          .catch(() => undefined),
      )
    return this.#fired
  }

  async goto(url: string): Promise<void> {
    await this.page.goto(url)
  }

  get counts(): Counts {
    return { ...this.#counts, byMethod: { ...this.#executor.byMethod } }
  }

  resetCounts(): void {
    this.#counts = { syncs: 0, requestBytes: 0, responseBytes: 0 }
    for (const name of Object.keys(this.#executor.byMethod)) delete this.#executor.byMethod[name]
  }

  /** What the add-in asked for and this host does not emulate, in sentences; empty in a sound test. */
  get gaps(): readonly string[] {
    return this.#executor.gaps
  }

  setCellEditMode(editing: boolean): void {
    this.#cellEditMode = editing
  }

  /** The next requests are turned away as too many. */
  throttleNext(requests: number): void {
    this.#throttled = requests
  }

  /** The user types into a cell. Formulas are not calculated here: give their result, or reading it is a gap. */
  async type(sheetName: string, address: string, text: string, result?: string | number): Promise<void> {
    const sheet = this.workbook.sheet(sheetName)
    const { rect } = parseAddress(address)
    const before = sheet.cell(rect.row, rect.column)?.value
    sheet.type(rect.row, rect.column, text)
    if (result !== undefined)
      Object.assign(sheet.ownCell(rect.row, rect.column), { value: result, uncalculated: false })
    this.workbook.edited(sheet, rect, { before, after: sheet.cell(rect.row, rect.column)?.value })
    await this.#fire(false)
  }

  async activateSheet(name: string): Promise<void> {
    this.workbook.activate(this.workbook.sheet(name))
    await this.#fire(false)
  }

  async select(sheetName: string, address: string): Promise<void> {
    this.workbook.select(this.workbook.sheet(sheetName), parseAddress(address).rect)
    await this.#fire(false)
  }

  save(): Promise<Uint8Array> {
    return saveWorkbook(this.workbook)
  }

  async close(): Promise<void> {
    await this.#context.close()
    await this.#ownBrowser?.close()
  }
}

export async function openExcelHost(options: ExcelHostOptions = {}): Promise<ExcelHost> {
  const { workbook = Workbook.blank() } = options
  const loaded = workbook instanceof Workbook ? workbook : await loadWorkbook(workbook)
  const ownBrowser = options.browser ? undefined : await launchChromium()
  const browser = options.browser ?? ownBrowser
  if (!browser) throw new Error('excel-host: no Chromium found')
  // A task pane is 350 pixels wide; a local server's certificate is self-signed.
  const context = await browser.newContext({
    viewport: { width: 350, height: 800 },
    locale: options.locale ?? 'zh-CN',
    ignoreHTTPSErrors: true,
  })
  const host = new ExcelHost(await context.newPage(), loaded, options, ownBrowser)
  await host.start()
  return host
}

function surroundings(
  { platform = 'PC', locale = 'zh-CN', excelApi = '1.13' }: ExcelHostOptions,
  { settings }: Workbook,
): Surroundings {
  const isOnline = platform === 'OfficeOnline'
  // The platform is known from this string alone; "telemetry" and "disableLogging" keep the library off the network.
  const hostInfo = `Excel$${isOnline ? 'Web$16.00' : 'Win32$16.01'}$${locale}$telemetry$$disableLogging$0`
  const requirementSets = {
    ExcelApi: excelApi,
    SharedRuntime: '1.1',
    DialogApi: '1.1',
    IdentityAPI: '1.3',
    AddinCommands: '1.1',
  }
  return { hostInfo, isOnline, locale, requirementSets, settings }
}

/** The library's own files from node_modules, wherever the page loads them from; every platform gets the same object model. */
async function serveOfficeJs(context: BrowserContext, fail: boolean): Promise<void> {
  const files: [RegExp, (match: RegExpExecArray) => string][] = [
    [/\/office(?:\.debug)?\.js$/, () => join(OFFICE_JS, 'office.js')],
    [/\/excel-(?:web|win32|mac)-16\.\d\d(?:-core)?(?:\.debug)?\.js$/, () => join(OFFICE_JS, 'excel-win32-16.01.js')],
    [
      /\/([a-z]{2,3}-[a-z-]{2,8})\/office_strings(?:\.debug)?\.js$/i,
      ([, locale = '']) => join(OFFICE_JS, locale.toLowerCase(), 'office_strings.js'),
    ],
  ]
  for (const [form, file] of files)
    await context.route(
      (url) => form.test(url.pathname),
      async (route) => {
        const match = form.exec(new URL(route.request().url()).pathname)
        if (fail || !match) return route.abort('blockedbyclient')
        const body = await readFile(file(match), 'utf8')
        await route.fulfill({
          body,
          contentType: 'text/javascript; charset=utf-8',
          headers: { 'access-control-allow-origin': '*' },
        })
      },
    )
}
