/** What the clients of one run share: the way to the Worker, the clock of the run, and its history. */
import { DAY, dayOf, timeOf } from './clock.ts'
import type { History, Operation, Outcome } from './history.ts'
import type { Answer, Message, Network } from './network.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

export type AccessKey = { id: string; secret: string }

/** The scheduled handler of the Worker, over a database. */
type SealRecord = (db: D1Database) => Promise<void>

/** What is known of an operation before it is sent. */
type Start<O> = O extends Operation ? Omit<O, 'n' | 'invoked' | 'done' | 'outcome' | 'status' | 'faults'> : never

export class World {
  readonly history: History
  readonly scheduler: Scheduler
  readonly random: Random
  private readonly network: Network
  private readonly sealRecord: SealRecord
  /** Whether the plan asks for sign-off when the run begins. */
  readonly signsOff: boolean
  /** Whether some submissions are longer than one piece of the store. */
  readonly isWordy: boolean
  private texts = 0

  constructor(
    history: History,
    scheduler: Scheduler,
    network: Network,
    { random, seal, signsOff, isWordy }: { random: Random; seal: SealRecord; signsOff: boolean; isWordy: boolean },
  ) {
    this.history = history
    this.scheduler = scheduler
    this.network = network
    this.random = random
    this.sealRecord = seal
    this.signsOff = signsOff
    this.isWordy = isWordy
  }

  get planPath(): string {
    return `/api/plans/${this.history.plan.plan.id}`
  }

  /** A text that nobody has written yet. */
  newText = (): string => `完成稿${++this.texts}`

  /** The date in Beijing so many days from now. */
  dayFromNow(days: number): string {
    return dayOf(timeOf(this.scheduler.step) + days * DAY)
  }

  /** Writes an operation into the history before it is sent; `send` settles it. */
  begin<O extends Start<Operation>>(start: O): O & Operation {
    const { operations } = this.history
    const operation = {
      ...start,
      n: operations.length,
      invoked: this.scheduler.step,
      done: Number.POSITIVE_INFINITY,
      outcome: 'unknown',
      status: 0,
      faults: [],
    } as unknown as O & Operation
    operations.push(operation)
    return operation
  }

  /** Asks for something that the checker does not judge. */
  ask(message: Message): Promise<Answer | undefined> {
    return this.network.send(message, [])
  }

  /** Runs the scheduled handler, which answers nobody. */
  async seal(who: string): Promise<void> {
    const operation = this.begin({ kind: 'seal', who, keyId: '' })
    await this.network.runJob(this.sealRecord, operation.faults)
    operation.done = this.scheduler.step
  }

  /** Sends what an operation stands for and settles it. */
  async send(operation: Operation, message: Message): Promise<Answer | undefined> {
    const answer = await this.network.send(message, operation.faults)
    operation.done = this.scheduler.step
    operation.status = answer?.status ?? 0
    operation.outcome = outcomeOf(answer)
    // A refusal claims no key, so of two copies one may be refused and the other done.
    if (operation.outcome === 'refused' && operation.faults.includes('twice')) operation.outcome = 'unknown'
    const code = (answer?.json as { code?: string } | undefined)?.code
    if (operation.outcome !== 'ok' && code !== undefined) operation.code = code
    return answer
  }
}

/** 503 says that nothing was done; any other 5xx says nothing. */
function outcomeOf(answer: Answer | undefined): Outcome {
  if (!answer) return 'unknown'
  if (answer.status < 400) return 'ok'
  return answer.status < 500 || answer.status === 503 ? 'refused' : 'unknown'
}
