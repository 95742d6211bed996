/** One run: a county, its people and their faults, all from one seed, against the app and the real D1. */
import { createApp } from '../../worker/app.ts'
import type { Services } from '../../worker/env.ts'
import { demoKey, seedActorsSql } from '../../worker/keys.ts'
import { Clerk } from './clerk.ts'
import { type Evidence, readStore } from './evidence.ts'
import { exportAndImport } from './export-import.ts'
import { faultyDatabase } from './faulty-database.ts'
import type { History } from './history.ts'
import { type Message, Network, sendStraight } from './network.ts'
import { Officer } from './officer.ts'
import { createRandom, type Random } from './random.ts'
import { makeCounty, UNITS } from './random-county.ts'
import { Replica } from './replica.ts'
import { Scheduler } from './scheduler.ts'
import { type AccessKey, World } from './world.ts'

/** `REPLICA`: an empty database with the same tables. */
export type Bindings = { DB: D1Database; REPLICA: D1Database; KEY_PEPPER: string }
export type Run = { history: History; evidence: Evidence }

const START = Date.parse('2023-03-06T01:00:00.000Z')
const DAY = 86_400_000
/** Runs of one process share a database: ids get the number of the run, which decides nothing. */
let runs = 0
/** One for the process, as the database is: it has to see every write. */
let replica: Replica | undefined

/** Runs what follows from the seed, and reads what is left of it. */
export async function runCounty(seed: string, given: Bindings): Promise<Run> {
  const random = createRandom(seed)
  replica ??= new Replica(given.REPLICA)
  await replica.catchUp()
  const copy = replica
  const bindings = { ...given, DB: recordedDatabase(given.DB, copy, random) }
  const salt = `f${runs++}`
  const scheduler = new Scheduler(random.fork('schedule'))
  const app = createApp(createServices(scheduler, random.fork('services'), salt))
  const file = makeCounty(random.fork('county'), `plan-${salt}`, `测试县${salt}`)
  const history: History = { seed, plan: file, operations: [] }

  const admin = await seedAdmin(bindings)
  const ask = (message: Omit<Message, 'key'>) => sendStraight(app, bindings, { ...message, key: admin })
  await expectStatus(ask, 201, { path: '/api/plans', raw: JSON.stringify(file), once: file.plan.id })
  const keyFor = async (role: string, unit?: string): Promise<AccessKey> => {
    const raw = JSON.stringify({ role, unit, post: '办公室' })
    const { id, key } = (await expectStatus(ask, 201, { path: `/api/plans/${file.plan.id}/keys`, raw })) as {
      id: string
      key: string
    }
    return { id, secret: key }
  }

  const rate = random.pick([0.1, 0.3, 0.5])
  const network = new Network(app, given, copy, scheduler, random.fork('network'), rate)
  const world = new World(history, scheduler, network, bindings.DB, random)
  const clerks: Clerk[] = []
  // Two clerks share the first unit.
  for (const [i, unit] of [UNITS[0]!, ...UNITS].entries()) {
    clerks.push(new Clerk(world, `clerk${i}`, await keyFor('unit', unit), unit))
  }
  const issuing = random.chance(0.4) ? random.int(2) : -1
  for (const i of [0, 1]) {
    const officer = new Officer(world, `officer${i}`, await keyFor('commission'), undefined)
    const lookedAfter = clerks.filter((_, n) => n % 2 === i)
    scheduler.spawn(officer.who, () => officer.work(8 + random.int(8), lookedAfter, i === issuing))
  }
  for (const clerk of clerks) scheduler.spawn(clerk.who, () => clerk.work(6 + random.int(6)))
  await scheduler.run()

  const { id: planId, county } = file.plan
  const store = await readStore(bindings.DB, planId, county)
  const download = async (path: string) => {
    const headers = { Authorization: `Bearer ${admin}` }
    const response = await app.fetch(new Request(`https://ledger.test${path}`, { headers }), bindings)
    return new Uint8Array(await response.arrayBuffer())
  }
  return { history, evidence: { ...store, ...(await exportAndImport(file, ask, download)) } }
}

function createServices(scheduler: Scheduler, random: Random, salt: string): Services {
  let ids = 0
  return {
    now: () => new Date(START + scheduler.step * 1000 + scheduler.current.skewDays * DAY),
    newId: () => `${salt}-${String(++ids).padStart(6, '0')}`,
    // Keys of runs that share a database must differ: the salt goes into the first bytes, which become the key's id.
    randomBytes: (count) => {
      const bytes = Uint8Array.from({ length: count }, () => random.int(248))
      bytes.set(new TextEncoder().encode(salt).slice(0, Math.min(4, count)))
      return bytes
    },
    sleep: () => scheduler.turn(1 + random.int(4)),
    random: () => random.next(),
  }
}

/** The database without faults, for setting up and for looking at the end. */
function recordedDatabase(db: D1Database, replica: Replica, random: Random): D1Database {
  const hooks = { wait: () => Promise.resolve(), onFault: () => undefined }
  return faultyDatabase(db, { faults: [], replica, random, ...hooks })
}

async function seedAdmin({ DB, KEY_PEPPER }: Bindings): Promise<string> {
  const key = await demoKey(KEY_PEPPER, 'faults00')
  const admin = { role: 'admin' as const, county: '*', name: '系统管理员', post: '办公室', key }
  const statements = await seedActorsSql([admin], KEY_PEPPER, new Date(START).toISOString())
  await DB.batch(statements.map((sql) => DB.prepare(sql)))
  return key
}

async function expectStatus(
  ask: (message: Omit<Message, 'key'>) => Promise<{ status: number; json: unknown }>,
  status: number,
  message: Omit<Message, 'key' | 'method'>,
): Promise<unknown> {
  const answer = await ask({ method: 'POST', ...message })
  if (answer.status !== status) throw new Error(`${message.path}: ${JSON.stringify(answer.json)}`)
  return answer.json
}
