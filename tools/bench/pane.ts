/**
 * How much of our own code the task pane loads before its first screen, compressed, and how long after office.js
 * that screen can be used; office.js itself is not ours.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { preview } from 'vite'
import { openExcelHost } from '../../test/excel-host/host.ts'
import { launchChromium } from '../../test/support/programs.ts'
import { closeAtEnd } from './closing.ts'
import { formatMs, formatNumber, type Line, NONE, type Part } from './report.ts'

const DIST = 'dist'
const GOAL_KB = 150
const GOAL_MS = 500

export const benchPane: Part = async ({ rounds }) => {
  if (!existsSync(join(DIST, 'taskpane.html'))) throw new Error('dist/ is missing: run `npm run build` first')
  const files = await initialFiles('taskpane.html')
  const total = [...files.values()].reduce((sum, bytes) => sum + gzipSync(bytes).byteLength, 0) / 1024
  const line: Line = {
    what: '窗格首屏代码，gzip',
    size: `${files.size} 个文件`,
    ours: `${formatNumber(total)} KB`,
    other: NONE,
    ratio: NONE,
    goal: `≤ ${GOAL_KB} KB`,
    met: total <= GOAL_KB,
  }
  return [line, await timeFirstScreen(rounds)]
}

/** From the moment office.js is there until the first screen takes a key, in a fresh profile each time. */
async function timeFirstScreen(rounds: number): Promise<Line> {
  const line = { what: '窗格首屏可用，office.js 就绪后', other: NONE, ratio: NONE, goal: `≤ ${GOAL_MS} ms` }
  const browser = await launchChromium()
  if (!browser) return { ...line, size: '无 Chromium，未测', ours: NONE }
  closeAtEnd(() => browser.close())
  const server = await preview({
    root: 'addin',
    build: { outDir: '../dist' },
    preview: { port: 0 },
    logLevel: 'silent',
  })
  closeAtEnd(() => server.close())
  const url = server.resolvedUrls?.local[0] ?? ''
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const { page } = await openExcelHost({ browser })
    await page.addInitScript(() => {
      window.addEventListener('office-js', () => performance.mark('office-js'))
    })
    await page.goto(`${url}taskpane.html`)
    times.push(
      await page.evaluate(
        () =>
          new Promise<number>((done) => {
            const look = () => {
              const start = performance.getEntriesByName('office-js')[0]?.startTime
              const field = document.querySelector('#root input:enabled')
              if (start !== undefined && field) done(performance.now() - start)
              else requestAnimationFrame(look)
            }
            look()
          }),
      ),
    )
    await page.context().close()
  }
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
  return { ...line, size: '新用户，无缓存', ours: formatMs(median), met: median <= GOAL_MS }
}

/** The page, what it links, and what those scripts import at once; chunks imported on demand stay out. */
async function initialFiles(page: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const waiting = [page]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path)) continue
    const bytes = await readFile(join(DIST, path))
    files.set(path, bytes)
    const text = path.endsWith('.html') || path.endsWith('.js') ? bytes.toString('utf8') : ''
    const found = path.endsWith('.html')
      ? text.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)
      : text.matchAll(/(?:import|from)\s*["']\.\/([^"']+)["']/g)
    for (const [, name = ''] of found) waiting.push(path.endsWith('.html') ? name : join('assets', name))
  }
  return files
}
