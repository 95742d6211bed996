// A page inside the emulated Excel that holds one ExcelSheetHost, and the way to it from Node.

import type { Browser } from 'playwright-core'
import type { SheetHost } from '../../addin/sheet-host.ts'
import type { Area, Grid } from '../../domain/grid.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import { type ExcelHost, type ExcelHostOptions, openExcelHost } from '../excel-host/host.ts'
import { bundleForPage } from '../support/bundle.ts'

const ORIGIN = 'https://pane.example'
const PAGE = `<!doctype html><meta charset="utf-8">
<script src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"></script><script src="/bundle.js"></script>`

export type PageWindow = {
  addin: {
    ExcelSheetHost: new () => SheetHost
    hostFailureText(error: unknown, locale: 'zh' | 'en'): string | undefined
  }
  host: SheetHost
  seen: string[]
  /** Where those edits were. */
  areas: (Area | undefined)[]
}

/** What a call came to, in a form that leaves the page: a value, or the failure's code and sentence. */
export type Outcome<T> = { value: T } | { code: string; sentence: string; message: string }

let bundle: Promise<string> | undefined

export class ExcelPage {
  readonly excel: ExcelHost

  constructor(excel: ExcelHost) {
    this.excel = excel
  }

  read(sheet: string): Promise<Outcome<Grid | undefined>> {
    return this.call('read', [sheet])
  }

  write(sheet: string, writes: { row: number; column: number; text: string }[]): Promise<Outcome<void>> {
    return this.call('write', [sheet, writes])
  }

  draw(model: SheetModel): Promise<Outcome<void>> {
    return this.call('draw', [model])
  }

  call<T>(method: keyof SheetHost, args: unknown[]): Promise<Outcome<T>> {
    return this.excel.page.evaluate(
      async ([name, list]) => {
        const { addin, host } = window as unknown as PageWindow
        try {
          const run = host[name as keyof SheetHost] as (...args: unknown[]) => Promise<unknown>
          return { value: await run.apply(host, list as unknown[]) }
        } catch (error) {
          const sentence = addin.hostFailureText(error, 'zh')
          if (sentence === undefined) throw error
          return { code: (error as { code: string }).code, sentence, message: (error as Error).message }
        }
      },
      [method, args] as const,
    ) as Promise<Outcome<T>>
  }
}

/** Excel with the pane's host in it, over a blank workbook unless one is given. */
export async function openExcelPage(browser: Browser, options: ExcelHostOptions = {}): Promise<ExcelPage> {
  bundle ??= bundleForPage(new URL('./excel-page-entry.ts', import.meta.url).pathname, 'addin')
  const code = await bundle
  const excel = await openExcelHost({ browser, ...options })
  await excel.page.route(`${ORIGIN}/**`, (route) => {
    const isScript = route.request().url().endsWith('.js')
    return route.fulfill({
      contentType: isScript ? 'text/javascript; charset=utf-8' : 'text/html',
      body: isScript ? code : PAGE,
    })
  })
  await excel.goto(`${ORIGIN}/taskpane.html`)
  await excel.page.evaluate(async () => {
    await Office.onReady()
    const page = window as unknown as PageWindow
    page.host = new page.addin.ExcelSheetHost()
    page.seen = []
    page.areas = []
    page.host.watch((sheet, area) => {
      page.seen.push(sheet)
      page.areas.push(area)
    })
  })
  excel.resetCounts()
  return new ExcelPage(excel)
}
