/** The outbox in a real browser: records outlive pages, and two tabs of one browser send a record once. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OutboxRecord } from '../../addin/outbox/record.ts'
import { bundleForPage } from '../support/bundle.ts'
import { receiptOf } from '../support/fake-server.ts'
import { launchChromium } from '../support/programs.ts'

type Bundle = typeof import('./outbox-entry.ts')
declare const outbox: Bundle

const ORIGIN = 'https://outbox.example'
const RECEIPT = receiptOf({ form: 'breakdown', specVersion: 1, rows: [] }, {}, false)

let browser: Browser
let context: BrowserContext
let script: string

beforeAll(async () => {
  browser = (await launchChromium()) as Browser
  context = await browser.newContext()
  await context.route(`${ORIGIN}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<p>page</p>' }))
  script = await bundleForPage('test/addin/outbox-entry.ts', 'outbox')
})
afterAll(async () => {
  await browser?.close()
})

async function openPage(): Promise<Page> {
  const page = await context.newPage()
  await page.goto(ORIGIN)
  await page.addScriptTag({ content: script })
  return page
}

function recordOf(id: string, actorId: string, createdAt: number): OutboxRecord {
  const submission = { form: 'breakdown' as const, specVersion: 1, rows: [] }
  const rest = { planId: 'p', planTitle: '', sheet: 's', tries: 0, nextAt: 0, state: 'waiting' as const }
  return { id, actorId, createdAt, submission, ...rest }
}

test('records outlive the page, in order, each for its actor', async () => {
  const first = await openPage()
  const records = [recordOf('late', 'a', 2), recordOf('early', 'a', 1), recordOf('other', 'b', 1)]
  const lasting = await first.evaluate(async (given) => {
    const store = await outbox.openOutboxStore('kept')
    for (const record of given) await store.put(record)
    await store.update('early', (record) => ({ ...record, tries: 3 }))
    await store.update('gone', (record) => record)
    return store.isLasting
  }, records)
  expect(lasting).toBe(true)
  await first.close()

  const second = await openPage()
  const seen = await second.evaluate(async () => {
    const store = await outbox.openOutboxStore('kept')
    const before = await store.list('a')
    await store.clear('a')
    return { before, after: await store.list('a'), others: await store.list('b'), gone: await store.get('gone') }
  })
  expect(seen.before).toEqual([{ ...records[1], tries: 3 }, records[0]])
  expect(seen).toMatchObject({ after: [], others: [{ id: 'other' }] })
  expect(seen.gone).toBeUndefined()
})

test('a browser that forbids a database still has an outbox, and says that it does not last', async () => {
  const page = await openPage()
  const seen = await page.evaluate(
    async (record) => {
      Object.defineProperty(window, 'indexedDB', {
        get: () => {
          throw new DOMException('forbidden', 'SecurityError')
        },
      })
      const store = await outbox.openOutboxStore('forbidden')
      await store.put(record)
      return { isLasting: store.isLasting, records: (await store.list('a')).length }
    },
    recordOf('x', 'a', 1),
  )
  expect(seen).toEqual({ isLasting: false, records: 1 })
})

test('two tabs that send at the same moment send a record once', async () => {
  const tabs = [await openPage(), await openPage()]
  let sent = 0
  for (const tab of tabs)
    await tab.exposeFunction('receive', async () => {
      sent++
      await new Promise((resolve) => setTimeout(resolve, 200))
      return RECEIPT
    })
  await tabs[0]?.evaluate(async (record) => (await outbox.openOutboxStore('shared')).put(record), recordOf('x', 'a', 1))
  const ended = await Promise.all(
    tabs.map((tab) =>
      tab.evaluate(async () => {
        const sender = outbox.createSender({
          store: await outbox.openOutboxStore('shared'),
          actorId: 'a',
          keyId: 'k',
          readRows: async () => [],
          followReleases: async (_planId, submission) => submission,
          lock: outbox.createLock(navigator.locks),
          lockName: 'shared',
          submit: (window as unknown as { receive: Parameters<Bundle['createSender']>[0]['submit'] }).receive,
          now: Date.now,
          random: () => 0,
          schedule: () => () => {},
          onChange: () => {},
          onDue: () => {},
        })
        return (await sender.send({ now: true })).map(({ id, state }) => ({ id, state }))
      }),
    ),
  )
  expect(sent).toBe(1)
  expect(ended.flat()).toEqual([{ id: 'x', state: 'done' }])
})
