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

/** A D1 database by its binding or name. `persistTo`: folder of a local one; without it the deployed one. */
export type Database = { name: string; persistTo?: string }

/**
 * The database that a command speaks to: the deployed one, or the local one of LEDGER_FOLDER, which
 * `npm start` serves.
 */
export function chooseDatabase(remote: boolean, name = 'DB'): Database {
  return remote ? { name } : { name, persistTo: join(process.env.LEDGER_FOLDER ?? '.demo', 'state') }
}

/**
 * Runs statements and gives the rows of each. They travel on the command line, so they must be short.
 * Throws with what wrangler says where one fails.
 */
export async function queryDatabase(
  database: Database,
  statements: readonly string[],
): Promise<Record<string, unknown>[][]> {
  const output = await runD1(database, ['--json', '--command', statements.join(';\n')])
  return (JSON.parse(output) as { results: Record<string, unknown>[] }[]).map(({ results }) => results)
}

/** Runs a file of SQL, all of it or, where a statement fails, nothing. Throws with what wrangler says. */
export async function executeFile(database: Database, file: string): Promise<void> {
  await runD1(database, ['--yes', '--file', file])
}

/** What `wrangler d1 execute` writes to its standard output. */
async function runD1({ name, persistTo }: Database, args: string[]): Promise<string> {
  const place = persistTo === undefined ? ['--remote'] : ['--local', '--persist-to', persistTo]
  const child = spawnWrangler(['d1', 'execute', name, ...place, ...args])
  const output = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8')
    child[stream]?.on('data', (chunk: string) => (output[stream] += chunk))
  }
  const code = await new Promise<number | null>((done) => child.on('close', done))
  if (code !== 0) throw new Error(`wrangler d1 execute ${name}\n${output.stderr}${output.stdout}`)
  return output.stdout
}
