/** One run: a county, its people and their faults, all from one seed, against the app and the real D1. */

import type { Duty, PlanChanged } from '../../domain/protocol.ts'
import { createApp } from '../../worker/app.ts'
import type { Services } from '../../worker/env.ts'
import { demoKey, seedActorsSql } from '../../worker/keys.ts'
import { runScheduled } from '../../worker/record/scheduled.ts'
import { Clerk } from './clerk.ts'
import { DAY, timeOf } from './clock.ts'
import { copyDatabase, emptyDatabase } from './database-copy.ts'
import { type Evidence, readStore } from './evidence.ts'
import { exportAndImport, readMaster } from './export-import.ts'
import { faultyDatabase } from './faulty-database.ts'
import type { History, OperationOf } from './history.ts'
import { type Message, Network, sendStraight } from './network.ts'
import { Officer } from './officer.ts'
import { createRandom, type Random } from './random.ts'
import { makeCounty, UNITS } from './random-county.ts'
import { inspectRecord } from './record.ts'
import { Replica } from './replica.ts'
import { Scheduler } from './scheduler.ts'
import { Sealer } from './sealer.ts'
import { type AccessKey, World } from './world.ts'

/** `REPLICA`: an empty database with the same tables. */
export type Bindings = { DB: D1Database; REPLICA: D1Database; KEY_PEPPER: string }
export type Run = { history: History; evidence: Evidence }

/** Runs what follows from the seed, and reads what is left of it. Both databases are emptied first. */
export async function runCounty(seed: string, given: Bindings): Promise<Run> {
  await emptyDatabase(given.DB)
  await emptyDatabase(given.REPLICA)
  const random = createRandom(seed)
  const replica = new Replica(given.REPLICA)
  const bindings = { ...given, DB: recordedDatabase(given.DB, replica, random) }
  const scheduler = new Scheduler(random.fork('schedule'))
  const services = createServices(scheduler, random.fork('services'))
  const app = createApp(services)
  const file = makeCounty(random.fork('county'), 'plan', '测试县')
  const history: History = { seed, plan: file, operations: [], ended: 0 }

  const admin = await seedAdmin(bindings)
  const ask = (message: Omit<Message, 'key'>) => sendStraight(app, bindings, { ...message, key: admin })
  await expectStatus(ask, 201, { path: '/api/plans', raw: JSON.stringify(file), once: file.plan.id })
  const keyFor = async (role: string, unit?: string, duty?: Duty): Promise<AccessKey> => {
    const raw = JSON.stringify({ role, unit, post: '办公室', duty })
    const { id, key } = (await expectStatus(ask, 201, { path: `/api/plans/${file.plan.id}/keys`, raw })) as {
      id: string
      key: string
    }
    return { id, secret: key }
  }

  const rate = random.pick([0.1, 0.3, 0.5])
  const network = new Network(app, given, replica, scheduler, random.fork('network'), rate)
  const seal = (db: D1Database) => runScheduled('sealing', { DB: db }, services)
  const officerKeys = [await keyFor('commission'), await keyFor('commission')] as const
  const signsOff = random.chance(0.5)
  if (signsOff) history.operations.push(await askForSignOff(app, bindings, file.plan.id, officerKeys[0]))
  const world = new World(history, scheduler, network, { random, seal, signsOff, isWordy: random.chance(0.15) })
  const clerks: Clerk[] = []
  // The first unit, which leads most, has one who prepares (经办) and two who sign off (审核).
  for (const [i, unit] of [UNITS[0]!, UNITS[0]!, ...UNITS].entries()) {
    const duty = i === 0 ? 'handler' : 'reviewer'
    clerks.push(new Clerk(world, `clerk${i}`, await keyFor('unit', unit, duty), unit, duty))
  }
  const issuing = random.chance(0.4) ? random.int(2) : -1
  for (const i of [0, 1] as const) {
    const officer = new Officer(world, `officer${i}`, officerKeys[i], undefined)
    const lookedAfter = clerks.filter((_, n) => n % 2 === i)
    scheduler.spawn(officer.who, () => officer.work(8 + random.int(8), lookedAfter, i === issuing))
    const sealer = new Sealer(world, `sealer${i}`)
    scheduler.spawn(`sealer${i}`, () => sealer.work(2 + random.int(4)))
  }
  for (const clerk of clerks) scheduler.spawn(clerk.who, () => clerk.work(6 + random.int(6)))
  await scheduler.run()
  history.ended = scheduler.step

  const { id: planId, county } = file.plan
  const store = await readStore(bindings.DB, planId, county)
  const exported = await exportAndImport(file, ask, (path) => download(app, bindings, admin, path))
  await seal(bindings.DB)
  const masterIn = (db: D1Database) =>
    readMaster((message) => sendStraight(app, { ...bindings, DB: db }, { ...message, key: admin }), planId)
  const copies: Evidence['copies'] = []
  const lookAt = async (name: string) =>
    copies.push({ name, record: await inspectRecord(given.REPLICA), master: await masterIn(given.REPLICA) })
  await replica.catchUp()
  await lookAt('the replica that has caught up')
  await emptyDatabase(given.REPLICA)
  await copyDatabase(given.DB, given.REPLICA)
  await lookAt('a copy of the database')
  const record = await inspectRecord(given.DB)
  return { history, evidence: { ...store, exports: exported, master: await masterIn(given.DB), record, copies } }
}

/** Before anybody works, so that it is the first operation of the history. */
async function askForSignOff(
  app: ReturnType<typeof createApp>,
  bindings: Bindings,
  planId: string,
  { id: keyId, secret: key }: AccessKey,
): Promise<OperationOf<'settings'>> {
  const known = { kind: 'settings', idempotencyKey: 'sign-off', signOff: 'reviewer' } as const
  const raw = JSON.stringify({ signOff: known.signOff })
  const path = `/api/plans/${planId}/settings`
  const { status, json } = await sendStraight(app, bindings, {
    method: 'POST',
    path,
    key,
    raw,
    once: known.idempotencyKey,
  })
  if (status !== 200) throw new Error(`no sign-off: ${JSON.stringify(json)}`)
  const when = { invoked: 0, done: 0, outcome: 'ok', status } as const
  return { n: 0, who: 'officer0', keyId, ...when, faults: [], ...known, raw, reply: json as PlanChanged }
}

async function download(app: ReturnType<typeof createApp>, bindings: Bindings, key: string, path: string) {
  const headers = { Authorization: `Bearer ${key}` }
  const response = await app.fetch(new Request(`https://ledger.test${path}`, { headers }), bindings)
  return new Uint8Array(await response.arrayBuffer())
}

function createServices(scheduler: Scheduler, random: Random): Services {
  let ids = 0
  return {
    now: () => new Date(timeOf(scheduler.step) + scheduler.current.skewDays * DAY),
    newId: () => `f-${String(++ids).padStart(6, '0')}`,
    randomBytes: (count) => Uint8Array.from({ length: count }, () => random.int(248)),
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
  const statements = await seedActorsSql([admin], KEY_PEPPER, new Date(timeOf(0)).toISOString())
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
