/**
 * A person with a sheet, as the pane serves them: pulls rows, works on the copy, submits it under an
 * idempotency key, and sends the very same again while no answer came.
 */
import type { ConflictList, PlanChanged, Receipt, Resolution, RowList, Submission } from '../../domain/protocol.ts'
import type { OperationOf, Shape } from './history.ts'
import type { Message } from './network.ts'
import type { Random } from './random.ts'
import type { AccessKey, World } from './world.ts'

/** A pulled row. `disputed`: it has open conflicts. */
export type Copy = Shape & { ver: number; mine: boolean; disputed: boolean }

type DecisionKind = 'resolve' | 'confirm' | 'issue' | 'scope'
type Known = 'n' | 'who' | 'keyId' | 'invoked' | 'done' | 'outcome' | 'status' | 'faults'
type DecisionStart = { [Kind in DecisionKind]: Omit<OperationOf<Kind>, Known> }[DecisionKind]

export class Client {
  readonly who: string
  readonly unit: string | undefined
  key: AccessKey
  /** The key was refused: another one is needed. */
  locked = false
  protected readonly world: World
  protected readonly random: Random
  protected rows = new Map<string, Copy>()
  private waiting: OperationOf<'submit'> | undefined
  private submissions = 0
  private decisions = 0

  constructor(world: World, who: string, key: AccessKey, unit: string | undefined) {
    this.world = world
    this.who = who
    this.unit = unit
    this.key = key
    this.random = world.random.fork(who)
  }

  async pull(): Promise<void> {
    const operation = this.world.begin({ kind: 'pull', who: this.who, keyId: this.key.id })
    const answer = await this.send(operation, { method: 'GET', path: `${this.world.planPath}/rows` })
    if (operation.outcome !== 'ok') return
    const list = answer as RowList
    operation.reply = list
    this.rows = new Map(
      list.rows.map(({ rowId, ver, cells, spans, role, openConflicts }) => [
        rowId,
        {
          ver,
          cells,
          spans: spans ?? {},
          mine: this.unit === undefined || role === 'lead',
          disputed: openConflicts > 0,
        },
      ]),
    )
  }

  /** Submits rows and whatever goes with them. What no answer came for is sent first. */
  async submit(rows: Submission['rows'], more: Partial<Submission> = {}): Promise<void> {
    if (this.waiting) return this.retry()
    const body: Submission = { form: 'breakdown', specVersion: 1, rows, ...more }
    const named = [...rows, ...(body.deletes ?? [])].filter(({ baseVer }) => baseVer > 0)
    const bases = named.flatMap(({ rowId }): [string, Shape][] => {
      const copy = this.rows.get(rowId)
      return copy ? [[rowId, { cells: copy.cells, spans: copy.spans }]] : []
    })
    await this.sendSubmission({
      idempotencyKey: `${this.who}-${this.submissions++}`,
      raw: JSON.stringify(body),
      body,
      bases: Object.fromEntries(bases),
    })
  }

  /** Sends what is waiting for an answer again, now and then as another body under the same key. */
  async retry(): Promise<void> {
    const { waiting, random } = this
    if (!waiting) return
    const { idempotencyKey, raw, body, bases } = waiting
    const again = { idempotencyKey, raw, body, bases }
    if (!random.chance(0.1) || body.rows.length < 2) return this.sendSubmission(again)
    const other = { ...body, rows: body.rows.slice(1) }
    await this.sendSubmission({ ...again, raw: JSON.stringify(other), body: other })
  }

  private async sendSubmission(
    what: Pick<OperationOf<'submit'>, 'idempotencyKey' | 'raw' | 'body' | 'bases'>,
  ): Promise<void> {
    const operation = this.world.begin({ kind: 'submit', who: this.who, keyId: this.key.id, ...what })
    const answer = await this.send(operation, {
      method: 'POST',
      path: `${this.world.planPath}/submissions`,
      raw: what.raw,
      once: what.idempotencyKey,
    })
    if (operation.outcome === 'ok') operation.reply = answer as Receipt
    // A locked client sends the same again with its next key; the actor stays the same.
    const isOpen = operation.outcome === 'unknown' || operation.status === 503 || operation.status === 401
    this.waiting = isOpen && !this.random.chance(0.1) ? operation : undefined
  }

  /** Decides one of the open conflicts that this client can see. */
  async resolveOne(): Promise<void> {
    const { random } = this
    const listing = { method: 'GET' as const, path: `${this.world.planPath}/conflicts?status=open` }
    const list = (await this.sendUnrecorded(listing)) as ConflictList | undefined
    if (!list?.conflicts?.length) return
    const conflict = random.pick(list.conflicts)
    const choose = random.weigh({ head: 2, submitted: 3, edited: conflict.kind === 'cell' ? 2 : 0 })
    const body: Resolution = {
      choose,
      ver: conflict.ver,
      ...(choose === 'edited' ? { text: this.world.newText() } : {}),
    }
    // Somebody takes their time to decide.
    await this.world.scheduler.turn(random.int(20))
    const path = `/api/conflicts/${conflict.id}/resolution`
    await this.decide({ kind: 'resolve', conflictId: conflict.id, body, raw: JSON.stringify(body) }, path)
  }

  /** Sends a decision, mostly under a key (a change of scope needs one), and then again where no answer came. */
  protected async decide(decision: DecisionStart, path: string): Promise<void> {
    const once =
      decision.kind === 'scope' || this.random.chance(0.7) ? `${this.who}-decision-${this.decisions++}` : undefined
    for (let tries = 0; tries < (once === undefined ? 1 : 3); tries++) {
      const operation = this.world.begin({
        ...decision,
        who: this.who,
        keyId: this.key.id,
        ...(once === undefined ? {} : { idempotencyKey: once }),
      })
      const message = { method: 'POST' as const, path, raw: decision.raw, ...(once === undefined ? {} : { once }) }
      const answer = await this.send(operation, message)
      if (operation.kind === 'scope' && operation.outcome === 'ok') operation.reply = answer as PlanChanged
      if (operation.outcome !== 'unknown') return
    }
  }

  /** The JSON of the answer, undefined where none came. */
  protected async send(operation: Parameters<World['send']>[0], message: Omit<Message, 'key'>): Promise<unknown> {
    const answer = await this.world.send(operation, { ...message, key: this.key.secret })
    if (operation.status === 401) this.locked = true
    return answer?.json
  }

  /** Reads something that the checker does not judge. */
  private async sendUnrecorded(message: Omit<Message, 'key'>): Promise<unknown> {
    const answer = await this.world.ask({ ...message, key: this.key.secret })
    return answer?.status === 200 ? answer.json : undefined
  }
}
