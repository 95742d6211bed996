// From the first byte of a page to the first screen, or to a sentence that says why there is none.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ExcelHost, type ExcelHostOptions, openExcelHost } from '../excel-host/host.ts'
import { findChromium, launchChromium } from '../support/programs.ts'
import { type BuiltPages, buildPages, headersFor, ORIGIN } from './built-pages.ts'

const OFFICE_JS = 'https://appsforoffice.microsoft.com/**'

describe.skipIf(!findChromium())('the pages', () => {
  let browser: Browser
  let pages: BuiltPages
  const contexts: BrowserContext[] = []

  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
    pages = await buildPages()
  })
  afterAll(async () => {
    await browser?.close()
    pages?.remove()
  })

  async function openInExcel(options: ExcelHostOptions = {}): Promise<{ excel: ExcelHost; complaints: string[] }> {
    const excel = await openExcelHost({ browser, ...options })
    await pages.serve(excel.page.context())
    contexts.push(excel.page.context())
    const complaints = complaintsOf(excel.page)
    await excel.goto(`${ORIGIN}/taskpane.html`)
    return { excel, complaints }
  }

  async function openPage(
    path: string,
    options: { userAgent?: string } = {},
  ): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({ locale: 'zh-CN', ...options })
    contexts.push(context)
    await pages.serve(context)
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    await page.goto(`${ORIGIN}${path}`)
    return { page, complaints }
  }

  function complaintsOf(page: Page): string[] {
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) complaints.push(message.text())
    })
    return complaints
  }

  it('shows the first screen in Excel, within the content security policy', async () => {
    const { excel, complaints } = await openInExcel()
    await expect.poll(() => excel.page.locator('#root').innerText()).toMatch(/民生台账/)
    expect(await excel.page.locator('#boot').count()).toBe(0)
    expect(complaints).toEqual([])
    expect(excel.gaps).toEqual([])
  })

  it('says that Excel is too old below ExcelApi 1.13, and offers the browser page', async () => {
    const { excel } = await openInExcel({ excelApi: '1.12' })
    await expect.poll(() => excel.page.getByRole('alert').innerText()).toMatch(/版本过低.*升级/)
    expect(await excel.page.getByRole('link').getAttribute('href')).toBe('/index.html')
  })

  it('says so at once where office.js is blocked, and offers the browser page', async () => {
    const { excel } = await openInExcel({ failOfficeJs: true })
    await expect.poll(() => excel.page.getByRole('alert').innerText()).toMatch(/未能连接微软的 Office 脚本服务器/)
    expect(await excel.page.getByRole('link').getAttribute('href')).toBe('/index.html')
  })

  it('says so after ten seconds where office.js does not answer, and starts when it comes after all', async () => {
    const excel = await openExcelHost({ browser })
    contexts.push(excel.page.context())
    await pages.serve(excel.page.context())
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    await excel.page.route('**/office.js', async (route) => {
      await held
      await route.fallback()
    })
    await excel.page.clock.install()
    // The load event waits for office.js; the text does not.
    await excel.page.goto(`${ORIGIN}/taskpane.html`, { waitUntil: 'commit' })
    await expect.poll(() => excel.page.locator('#boot').innerText()).toContain('正在连接 Excel')
    await excel.page.clock.fastForward(10_500)
    await expect.poll(() => excel.page.getByRole('alert').innerText()).toMatch(/未能连接/)
    answer()
    await excel.page.clock.resume()
    await expect.poll(() => excel.page.locator('#root').innerText()).toMatch(/民生台账/)
    expect(await excel.page.locator('#boot').count()).toBe(0)
  })

  it('points to the browser page when the pane is opened outside Excel', async () => {
    const context = await browser.newContext({ locale: 'zh-CN' })
    contexts.push(context)
    await pages.serve(context)
    const officeJs = new URL('../../node_modules/@microsoft/office-js/dist/', import.meta.url).pathname
    await context.route(OFFICE_JS, (route) =>
      route.fulfill({
        contentType: 'text/javascript; charset=utf-8',
        body: readFileSync(join(officeJs, new URL(route.request().url()).pathname.replace('/lib/1/hosted/', ''))),
      }),
    )
    const page = await context.newPage()
    await page.goto(`${ORIGIN}/taskpane.html`)
    await expect.poll(() => page.getByRole('alert').innerText()).toMatch(/需在 Excel 中作为插件打开/)
    expect(await page.getByRole('link').getAttribute('href')).toBe('/index.html')
  })

  it.each([
    [
      'EdgeHTML',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/70.0 Safari/537.36 Edge/18.17763',
    ],
  ])('asks to update Office in %s', async (_, userAgent) => {
    const { page } = await openPage('/taskpane.html', { userAgent })
    await expect.poll(() => page.getByRole('alert').innerText()).toMatch(/浏览器组件过旧/)
  })

  it('opens the browser page without asking Microsoft for anything', async () => {
    const asked: string[] = []
    const context = await browser.newContext({ locale: 'zh-CN' })
    contexts.push(context)
    await pages.serve(context)
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    page.on('request', (request) => asked.push(new URL(request.url()).origin))
    await page.goto(`${ORIGIN}/index.html`)
    await expect.poll(() => page.getByRole('button', { name: '打开 Excel 文件' }).count()).toBe(1)
    expect([...new Set(asked)]).toEqual([ORIGIN])
    expect(complaints).toEqual([])
  })

  it('are served with a policy that lets Excel frame them and nothing inline run', () => {
    const rules = readFileSync(join(pages.folder, '_headers'), 'utf8')
    const page = headersFor('/taskpane.html', rules)
    expect(page['content-security-policy']).toContain(
      "script-src 'self' https://appsforoffice.microsoft.com https://ajax.aspnetcdn.com;",
    )
    expect(page['content-security-policy']).toMatch(/frame-ancestors 'self' .*officeapps\.live\.com .*cloud\.microsoft/)
    expect(page['content-security-policy']).not.toContain('unsafe')
    expect(page['x-frame-options']).toBeUndefined()
    expect(page['x-content-type-options']).toBe('nosniff')
    expect(rules).not.toContain('%')
    expect(headersFor('/assets/a.js', rules)['cache-control']).toContain('immutable')
    expect(rules).toMatch(/\/icon-\*\n {2}! Cache-Control/)
    expect(Math.max(...rules.split('\n').map((line) => line.length))).toBeLessThanOrEqual(2000)
  })

  it.each([
    ['a copy on this server', '/office-js/office.js', "script-src 'self';"],
    [
      '21Vianet',
      'https://appsforoffice.cdn.partner.office365.cn/appsforoffice/lib/1/hosted/office.js',
      "script-src 'self' https://appsforoffice.cdn.partner.office365.cn https://ajax.aspnetcdn.com;",
    ],
  ])('take office.js from %s when they are built so, and the policy follows', async (_, url, policy) => {
    const built = await buildPages(url)
    try {
      expect(readFileSync(join(built.folder, 'taskpane.html'), 'utf8')).toContain(`data-office-js="${url}"`)
      expect(readFileSync(join(built.folder, '_headers'), 'utf8')).toContain(policy)
    } finally {
      built.remove()
    }
  })

  it('begin with a script that the browser control of Office 2016 can read', () => {
    const code = readFileSync(join(pages.folder, 'boot.js'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
    expect(code).not.toMatch(/=>|\b(?:const|let|class|async)\b|`|\?\.|\?\?|,\s*\)/)
  })
})
