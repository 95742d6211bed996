// The pages as the Worker serves them: built by vite.config.ts, with the headers of _headers.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { build } from 'vite'
import { vi } from 'vitest'

export const ORIGIN = 'https://pane.example'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
}

export interface BuiltPages {
  folder: string
  /** Answers every request of a browser context to ORIGIN; the API answers 404. */
  serve(context: BrowserContext): Promise<void>
  remove(): void
}

/** `officeJsUrl`: the build setting OFFICE_JS_URL. */
export async function buildPages(officeJsUrl?: string): Promise<BuiltPages> {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'))
  vi.stubEnv('OFFICE_JS_URL', officeJsUrl)
  const configFile = new URL('../../vite.config.ts', import.meta.url).pathname
  await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } })
  vi.unstubAllEnvs()
  const headers = headersFor('/taskpane.html', readFileSync(join(folder, '_headers'), 'utf8'))
  return {
    folder,
    serve: async (context) => {
      await context.route(`${ORIGIN}/**`, (route) => {
        const { pathname } = new URL(route.request().url())
        const path = join(folder, pathname)
        if (!existsSync(path)) return route.fulfill({ status: 404, body: '' })
        return route.fulfill({
          body: readFileSync(path),
          headers: { ...headers, 'content-type': TYPES[extname(path)] ?? '' },
        })
      })
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** What a _headers file gives a path; later rules add to earlier ones, `! Name` takes one away. */
export function headersFor(path: string, rules: string): Record<string, string> {
  const headers: Record<string, string> = {}
  let applies = false
  for (const line of rules.split('\n').filter((each) => each.trim() !== '' && !each.startsWith('#'))) {
    if (!line.startsWith(' ')) {
      applies = line.endsWith('*') ? path.startsWith(line.slice(0, -1)) : path === line
      continue
    }
    if (!applies) continue
    const removed = /^\s*! (.+)$/.exec(line)?.[1]
    const [, name, value] = /^\s*([\w-]+): (.*)$/.exec(line) ?? []
    if (removed) delete headers[removed.toLowerCase()]
    else if (name && value) headers[name.toLowerCase()] = value
  }
  return headers
}
