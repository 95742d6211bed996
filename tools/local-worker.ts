/**
 * A Worker with its own D1 on this machine: what `npm start`, the end-to-end tests and the bench run.
 * Each has its own folder: `vars` (the pepper) and `state` (the database).
 */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { demoKey, type SeedActor, seedActorsSql, sha256 } from '../worker/keys.ts'
import { killTree, runWrangler, spawnWrangler } from './wrangler.ts'

export type LocalWorker = {
  url: string
  /** What the Worker printed so far. */
  output: () => string
  stop: () => Promise<void>
}

const PEPPER = /^KEY_PEPPER=(\w+)$/m

/** The pepper of a folder; written by the first start, so that every later one prints the same keys. */
export async function readPepper(folder: string): Promise<string> {
  const file = join(folder, 'vars')
  if (!existsSync(file)) {
    await mkdir(folder, { recursive: true })
    await writeFile(file, `KEY_PEPPER=${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
  }
  const pepper = PEPPER.exec(await readFile(file, 'utf8'))?.[1]
  if (!pepper) throw new Error(`${file} holds no KEY_PEPPER`)
  return pepper
}

/** Deletes the database of a folder; its pepper and so its keys stay. */
export async function resetState(folder: string): Promise<void> {
  await rm(join(folder, 'state'), { recursive: true, force: true })
}

/** Brings the local D1 to the newest migration. */
export async function migrate(folder: string): Promise<void> {
  await runWrangler(['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', join(folder, 'state')])
}

/** The key that an actor of the demo has in this folder. */
export async function demoKeyOf(pepper: string, actor: Omit<SeedActor, 'key'>): Promise<string> {
  const name = [actor.role, actor.county, actor.unitId ?? ''].join('\n')
  return demoKey(pepper, (await sha256(new TextEncoder().encode(name))).slice(0, 8))
}

/** Inserts actors with their demo keys where they are missing; gives the keys in the same order. */
export async function insertDemoActors(folder: string, actors: Omit<SeedActor, 'key'>[], now: Date): Promise<string[]> {
  const pepper = await readPepper(folder)
  const keyed = await Promise.all(actors.map(async (actor) => ({ ...actor, key: await demoKeyOf(pepper, actor) })))
  const file = join(folder, 'demo-actors.sql')
  await writeFile(file, (await seedActorsSql(keyed, pepper, now.toISOString())).join('\n'))
  await runWrangler(['d1', 'execute', 'DB', '--local', '--yes', '--persist-to', join(folder, 'state'), '--file', file])
  await rm(file)
  return keyed.map(({ key }) => key)
}

/** Starts the Worker over the folder's database and waits until it answers. `port` 0 takes a free one. */
export async function startWorker(folder: string, port = 0): Promise<LocalWorker> {
  await readPepper(folder)
  const chosen = port || (await findFreePort())
  const child = spawnWrangler([
    'dev',
    '--ip',
    '127.0.0.1',
    '--port',
    String(chosen),
    '--inspector-port',
    String(await findFreePort()),
    '--persist-to',
    join(folder, 'state'),
    '--env-file',
    join(folder, 'vars'),
    // One machine is one source, and load is measured here: the brakes belong to a deployment.
    '--var',
    'RATE_LIMITS:off',
    '--show-interactive-dev-session=false',
    '--log-level',
    'warn',
  ])
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  const closed = new Promise<void>((done) => child.on('close', () => done()))
  const killNow = () => killTree(child, 'SIGKILL')
  process.once('exit', killNow)
  const stop = async () => {
    killTree(child, 'SIGTERM')
    await Promise.race([closed, new Promise((done) => setTimeout(done, 5_000))])
    killNow()
    process.off('exit', killNow)
  }
  const url = `http://localhost:${chosen}`
  for (let tries = 0; tries < 240; tries++) {
    if (child.exitCode !== null) throw new Error(`the Worker did not start:\n${output}`)
    const up = await fetch(`http://127.0.0.1:${chosen}/api/health`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (up) return { url, output: () => output, stop }
    await new Promise((done) => setTimeout(done, 250))
  }
  await stop()
  throw new Error(`the Worker did not answer within a minute:\n${output}`)
}

/** Whether something already listens there. */
export async function isPortTaken(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(true))
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(false)))
  })
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
