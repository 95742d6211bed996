/**
 * What every kind of answer tells the browser, as the real Worker sends it, and that both pages run
 * under their content security policy without one violation.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawPlan } from '../../tools/draw-plan.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { openExcelHost } from '../excel-host/host.ts'
import { type DemoWorker, startDemoWorker } from '../support/demo-worker.ts'
import { drivePane } from '../support/pane.ts'
import { findChromium, launchChromium } from '../support/programs.ts'

const PLAN = 'fengjie-2023'
let worker: DemoWorker
let key: string
beforeAll(async () => {
  worker = await startDemoWorker({ plans: true })
  key = worker.keys.commission[worker.files.find(({ plan }) => plan.id === PLAN)?.plan.county ?? ''] ?? ''
})
afterAll(() => worker?.close())

/** Where Excel on the web shows the pane: Microsoft's addresses and 21Vianet's. */
const HOSTS =
  "'self' https://*.officeapps.live.com https://*.cloud.microsoft https://*.office.com https://*.office365.com https://*.microsoft365.com https://*.sharepoint.com https://onedrive.live.com https://*.partner.officewebapps.cn https://*.sharepoint.cn https://*.office365.cn"
const PAGE_POLICY = `default-src 'none'; script-src 'self' https://appsforoffice.microsoft.com https://ajax.aspnetcdn.com; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; frame-src 'none'; frame-ancestors ${HOSTS}`
const API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const IMMUTABLE = 'public, max-age=31536000, immutable'
const authorized = () => ({ authorization: `Bearer ${key}` })

type Expected = { status: number; type: string; policy: string; cache: string; sharedWith?: string | null }
const page: Expected = { status: 200, type: 'text/html; charset=utf-8', policy: PAGE_POLICY, cache: 'no-cache' }
const json: Expected = { status: 200, type: 'application/json; charset=utf-8', policy: API_POLICY, cache: 'no-store' }
const refusal: Expected = { ...json, type: 'application/problem+json; charset=utf-8' }
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Address of the first script of a page that vite named by its hash. */
async function hashedAsset(): Promise<string> {
  const html = await (await fetch(`${worker.url}/taskpane.html`)).text()
  return /\/assets\/[\w-]+\.js/.exec(html)?.[0] ?? ''
}

const KINDS: [string, () => Promise<Response>, Expected][] = [
  ['the task pane', () => fetch(`${worker.url}/taskpane.html`), { ...page, sharedWith: null }],
  ['the page in a browser', () => fetch(`${worker.url}/index.html`), page],
  [
    'a script named by its hash',
    async () => fetch(worker.url + (await hashedAsset())),
    { ...page, type: 'text/javascript; charset=utf-8', cache: IMMUTABLE },
  ],
  ['the first script', () => fetch(`${worker.url}/boot.js`), { ...page, type: 'text/javascript; charset=utf-8' }],
  [
    'an icon, which Excel shows on its own pages',
    () => fetch(`${worker.url}/icon-32.png`),
    { ...page, type: 'image/png', cache: 'public, max-age=86400', sharedWith: 'cross-origin' },
  ],
  ['an answer of the API', () => fetch(`${worker.url}/api/me`, { headers: authorized() }), json],
  [
    'a workbook',
    () => fetch(`${worker.url}/api/plans/${PLAN}/master.xlsx`, { headers: authorized() }),
    { ...json, type: XLSX, cache: 'private, no-cache' },
  ],
  ['a refusal', () => fetch(`${worker.url}/api/me`), { ...refusal, status: 401 }],
  ['an address that the API does not have', () => fetch(`${worker.url}/api/nothing`), { ...refusal, status: 404 }],
  [
    'a page about a refusal',
    () => fetch(`${worker.url}/problems/key-missing`),
    { ...json, type: 'text/html; charset=utf-8', cache: 'public, max-age=300' },
  ],
]

test.each(KINDS)('%s', async (_, ask, expected) => {
  const { status, headers } = await ask()
  expect({
    status,
    type: headers.get('content-type'),
    policy: headers.get('content-security-policy'),
    cache: headers.get('cache-control'),
  }).toEqual({ status: expected.status, type: expected.type, policy: expected.policy, cache: expected.cache })
  expect(headers.get('cross-origin-resource-policy')).toBe(
    expected.sharedWith === undefined ? 'same-origin' : expected.sharedWith,
  )
  expectCommon(headers)
})

/** What no answer lacks, and what none has. */
function expectCommon(headers: Headers): void {
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('permissions-policy')).toBe('camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
  const names = [...headers.keys()]
  expect(names.filter((name) => /^(set-cookie|x-frame-options|access-control-|x-powered-by)/.test(name))).toEqual([])
}

test('an address that nobody has is a 404 that nothing can be done with', async () => {
  const { status, headers } = await fetch(`${worker.url}/nothing-here.html`)
  expect(status).toBe(404)
  expect(headers.get('content-security-policy')).toBeTruthy()
  expectCommon(headers)
})

test('a workbook is saved, not shown, under the name of its plan', async () => {
  const { headers } = await fetch(`${worker.url}/api/plans/${PLAN}/master.xlsx`, { headers: authorized() })
  const disposition = headers.get('content-disposition') ?? ''
  expect(disposition).toMatch(/^attachment; filename="master\.xlsx"; filename\*=UTF-8''/)
  expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toMatch(/总表\.xlsx$/)
})

test('a page of another origin learns nothing: no CORS, also before a request', async () => {
  const preflight = await fetch(`${worker.url}/api/me`, {
    method: 'OPTIONS',
    headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET' },
  })
  expect(preflight.status).toBe(405)
  expectCommon(preflight.headers)
})

describe.skipIf(!findChromium())('under its policy', () => {
  /** Every violation of the policy that a page reports, and what it says to the console. */
  async function listen(to: Page): Promise<() => Promise<string[]>> {
    const said: string[] = []
    to.on('console', (message) => {
      if (/content security policy|violates|refused to/i.test(message.text())) said.push(message.text())
    })
    to.on('pageerror', (error) => said.push(String(error)))
    await to.addInitScript(() => {
      const found: string[] = []
      Object.assign(globalThis, { policyViolations: found })
      addEventListener('securitypolicyviolation', (event) => {
        found.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)
      })
    })
    return async () => [
      ...said,
      ...(await to.evaluate(() => (globalThis as unknown as { policyViolations: string[] }).policyViolations)),
    ]
  }

  async function drawnPlan(): Promise<Uint8Array> {
    const file = worker.files.find(({ plan }) => plan.id === PLAN)!
    return writeWorkbook([drawPlan(file)], { title: file.plan.title, created: '2023-03-13T00:00:00Z' })
  }

  test('the page in a browser opens a workbook, signs in and saves it without a violation', async () => {
    const browser = await launchChromium()
    try {
      const tab = await browser!.newPage({ locale: 'zh-CN' })
      const violations = await listen(tab)
      await tab.goto(`${worker.url}/index.html`)
      const buffer = Buffer.from(await drawnPlan())
      await tab.locator('input[type=file]').setInputFiles({ name: '任务分解表.xlsx', mimeType: '', buffer })
      await tab.getByRole('gridcell').first().waitFor()
      const pane = drivePane(tab)
      await pane.connect(key)
      await Promise.all([tab.waitForEvent('download'), pane.press('保存到本机')])
      expect(await violations()).toEqual([])
      // The listener works: what the policy forbids is seen.
      await tab.evaluate(() =>
        document.body.insertAdjacentHTML('beforeend', '<img src="https://elsewhere.example/x.png">'),
      )
      await expect.poll(violations).not.toEqual([])
    } finally {
      await browser?.close()
    }
  })

  test('the task pane starts office.js and signs in without a violation', async () => {
    const host = await openExcelHost({ workbook: await drawnPlan() })
    try {
      const violations = await listen(host.page)
      await host.goto(`${worker.url}/taskpane.html`)
      const pane = drivePane(host.page)
      await pane.connect(key)
      await pane.sees('退出登录')
      expect(await violations()).toEqual([])
    } finally {
      await host.close()
    }
  })
})
