/** How much of our own code the task pane loads before its first screen, compressed; office.js is not ours. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { formatNumber, type Line, NONE, type Part } from './report.ts'

const DIST = 'dist'
const GOAL_KB = 150

export const benchPane: Part = async () => {
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
  return [line]
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
