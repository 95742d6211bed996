/**
 * Runs wrangler by this very Node, without a shell, without network: the same on Windows and Linux.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const WRANGLER = join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'bin', 'wrangler.js')

/** Nothing is reported, looked up, asked or traced. */
const OFFLINE = {
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  CI: 'true',
  NO_UPDATE_NOTIFIER: '1',
  X_LOCAL_OBSERVABILITY: 'false',
  X_LOCAL_EXPLORER: 'false',
}

export function spawnWrangler(args: string[]): ChildProcess {
  return spawn(process.execPath, ['--no-warnings', WRANGLER, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...OFFLINE },
    // A group of its own: wrangler's children must end with it, also while it is still starting.
    detached: process.platform !== 'win32',
  })
}

/** Ends wrangler and everything that it started. */
export function killTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' })
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch {
    // Nothing of the group is left.
  }
}

/** Runs one command to its end. Throws with what it printed when it fails. */
export async function runWrangler(args: string[]): Promise<string> {
  const child = spawnWrangler(args)
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  const code = await new Promise<number | null>((done) => child.on('close', done))
  if (code !== 0) throw new Error(`wrangler ${args.join(' ')}\n${output}`)
  return output
}
