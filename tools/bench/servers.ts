/** The two Workers that submissions are measured on: ours and the floor, each in a folder of its own. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { KeyCreated, PlanCreated, PlanFile } from '../../domain/protocol.ts'
import { adminActor } from '../demo.ts'
import { insertDemoActors, migrate, startWorker } from '../local-worker.ts'
import { killTree, runWrangler, spawnWrangler } from '../wrangler.ts'
import { closeAtEnd } from './closing.ts'

/** `state`: where its database lies. */
export type Server = { url: string; state: string; stop: () => Promise<void> }

export type Ledger = Server & {
  /** Opens everything; for the export too. */
  adminKey: string
  /** Creates a plan; gives the version that every row of it has. */
  createPlan(file: PlanFile): Promise<number>
  issueKey(planId: string, unit: string): Promise<string>
}

/** Our Worker with its migrations and an admin. */
export async function startLedger(): Promise<Ledger> {
  if (!existsSync('dist/index.html')) throw new Error('dist/ is missing: run `npm run build` first')
  const folder = await createFolder()
  await migrate(folder)
  const [adminKey = ''] = await insertDemoActors(folder, [adminActor()], new Date())
  const starting = startWorker(folder)
  // Registered before it is up: an interruption while it starts must not leave it behind.
  closeAtEnd(async () => (await starting.catch(() => undefined))?.stop())
  const { url, stop } = await starting
  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const headers = {
      authorization: `Bearer ${adminKey}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    }
    const answer = await fetch(`${url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  return {
    url,
    state: join(folder, 'state'),
    stop,
    adminKey,
    createPlan: async (file) => (await post<PlanCreated>('/plans', file)).rows[0]?.ver ?? 0,
    issueKey: async (planId, unit) =>
      (await post<KeyCreated>(`/plans/${planId}/keys`, { role: 'unit', unit, post: '测速' })).key,
  }
}

/** The floor Worker with its two tables. */
export async function startFloor(): Promise<Server> {
  const state = join(await createFolder(), 'state')
  const config = fileURLToPath(new URL('floor.toml', import.meta.url))
  const tables = fileURLToPath(new URL('floor.sql', import.meta.url))
  const common = ['--config', config, '--persist-to', state]
  await runWrangler(['d1', 'execute', 'DB', '--local', '--yes', ...common, '--file', tables])
  const port = String(await findFreePort())
  const inspector = String(await findFreePort())
  const quiet = ['--show-interactive-dev-session=false', '--log-level', 'warn']
  const child = spawnWrangler(
    ['dev', '--ip', '127.0.0.1', '--port', port, '--inspector-port', inspector].concat(common, quiet),
  )
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  const closed = new Promise<void>((done) => child.on('close', () => done()))
  const url = `http://localhost:${port}`
  const starting = waitUntilUp(url, () => child.exitCode === null)
  const stop = async () => {
    // Wrangler does not heed a signal that comes while it starts.
    await starting
    killTree(child, 'SIGTERM')
    await closed
  }
  closeAtEnd(stop)
  if (!(await starting)) throw new Error(`the floor Worker did not start:\n${output}`)
  return { url, state, stop }
}

/** Whether it answers within a minute. */
async function waitUntilUp(url: string, isRunning: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 240 && isRunning(); tries++) {
    const isUp = await fetch(`${url}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isUp) return true
    await new Promise((done) => setTimeout(done, 250))
  }
  return false
}

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-bench-'))
  closeAtEnd(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function findFreePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))))
    })
  })
}
