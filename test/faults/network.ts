/** The way between clients and the Worker, and what goes wrong on it. */
import type { Hono } from 'hono'
import { type CallFault, faultyDatabase } from './faulty-database.ts'
import type { Random } from './random.ts'
import type { Replica } from './replica.ts'
import type { Scheduler } from './scheduler.ts'

export type Message = { method: 'GET' | 'POST' | 'DELETE'; path: string; key: string; raw?: string; once?: string }
export type Answer = { status: number; json: unknown }

type Way = 'fine' | 'request-lost' | 'answer-lost' | 'late' | 'twice'
type Fate = { way: Way; turns: number; calls: CallFault[]; skewDays: number }

const CALM: Fate = { way: 'fine', turns: 0, calls: [], skewDays: 0 }
const LATE_TURNS = 60

// biome-ignore lint/suspicious/noExplicitAny: the bindings of the app are its own affair
type App = Hono<any>

/** Sends a message straight to the app, over the given database. */
export async function sendStraight(
  app: App,
  bindings: object,
  { method, path, key, raw, once }: Message,
): Promise<Answer> {
  const response = await app.fetch(
    new Request(`https://ledger.test${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        ...(raw === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(once === undefined ? {} : { 'Idempotency-Key': once }),
      },
      ...(raw === undefined ? {} : { body: raw }),
    }),
    bindings,
  )
  const text = await response.text()
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) }
}

export class Network {
  private readonly app: App
  private readonly bindings: { DB: D1Database }
  private readonly replica: Replica
  private readonly scheduler: Scheduler
  private readonly random: Random
  /** Probability that something goes wrong with a message. */
  private readonly rate: number

  constructor(
    app: App,
    bindings: { DB: D1Database },
    replica: Replica,
    scheduler: Scheduler,
    random: Random,
    rate: number,
  ) {
    this.app = app
    this.bindings = bindings
    this.replica = replica
    this.scheduler = scheduler
    this.random = random
    this.rate = rate
  }

  /** The answer, undefined where none came. What goes wrong, now or later, is added to `faults`. */
  async send(message: Message, faults: string[]): Promise<Answer | undefined> {
    const fate = this.drawFate()
    if (fate.way !== 'fine') faults.push(fate.way)
    await this.scheduler.turn(1 + fate.turns)
    switch (fate.way) {
      case 'request-lost':
        return undefined
      case 'late':
        // The client gives up; the request is under way and lands after what the client does next.
        this.scheduler.spawn('late', async () => {
          await this.scheduler.turn(1 + this.random.int(LATE_TURNS))
          await this.deliver(message, fate, faults)
        })
        return undefined
      case 'twice': {
        const other = this.drawCalls()
        this.scheduler.spawn('twice', async () => {
          await this.scheduler.turn(1 + this.random.int(10))
          await this.deliver(message, { ...CALM, calls: other }, faults)
        })
        return this.deliver(message, fate, faults)
      }
      case 'answer-lost':
        await this.deliver(message, fate, faults)
        return undefined
      case 'fine':
        return this.deliver(message, fate, faults)
    }
  }

  /** Runs what no client asked for over a database with the faults of one request. */
  async runJob(job: (db: D1Database) => Promise<void>, faults: string[]): Promise<void> {
    const fate = this.drawFate()
    await this.withFate(fate, fate.calls, faults, job)
  }

  private async deliver(message: Message, fate: Fate, faults: string[]): Promise<Answer | undefined> {
    // What is only read has to be up to date: the checker holds the Worker to that.
    const calls = fate.calls.filter(({ kind }) => kind !== 'stale-read' || message.method !== 'GET')
    let answer: Answer | undefined
    const isKilled = await this.withFate(fate, calls, faults, async (db) => {
      answer = await sendStraight(this.app, { ...this.bindings, DB: db }, message)
    })
    await this.scheduler.turn(1 + fate.turns)
    return isKilled ? undefined : answer
  }

  /** Whether the work was killed. */
  private async withFate(
    { skewDays }: Fate,
    calls: CallFault[],
    faults: string[],
    work: (db: D1Database) => Promise<void>,
  ): Promise<boolean> {
    let isKilled = false
    const db = faultyDatabase(this.bindings.DB, {
      faults: calls,
      replica: this.replica,
      random: this.random,
      wait: (turns) => this.scheduler.turn(turns),
      onFault: (kind) => {
        faults.push(kind)
        isKilled ||= kind === 'killed-before' || kind === 'killed-after'
      },
    })
    const task = this.scheduler.current
    task.skewDays = skewDays
    if (skewDays !== 0) faults.push('clock-off')
    await work(db)
    task.skewDays = 0
    return isKilled
  }

  private drawFate(): Fate {
    const { random } = this
    if (!random.chance(this.rate)) {
      // Much happens between reading and writing where the write has to wait.
      const calls: CallFault[] = random.chance(0.35) ? [{ at: 3, kind: 'slow' }] : []
      return { ...CALM, calls, turns: random.int(4) }
    }
    return {
      way: random.weigh<Way>({ fine: 6, 'request-lost': 1, 'answer-lost': 2, late: 2, twice: 2 }),
      turns: random.int(15),
      calls: this.drawCalls(),
      skewDays: random.pick([0, 0, 0, 1, -1]),
    }
  }

  /** The first call finds the key, the second reads, the third writes; later ones clean up or try again. */
  private drawCalls(): CallFault[] {
    const { random } = this
    if (random.chance(0.4)) return []
    const at = random.weigh({ '1': 1, '2': 2, '3': 6, '4': 2, '5': 2 })
    const kind = random.pick([
      'slow',
      'fails-before',
      'statement-fails',
      'fails-after',
      'killed-before',
      'killed-after',
      'stale-read',
    ] as const)
    const first: CallFault = { at: Number(at), kind }
    // A lost answer is worst where looking for it fails too.
    return kind === 'fails-after' && random.chance(0.4) ? [first, { at: first.at + 1, kind: 'fails-before' }] : [first]
  }
}
