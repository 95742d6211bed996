/**
 * A person with a sheet, as the pane serves them: pulls rows, works on the copy, submits it under an
 * idempotency key, and sends the very same again while no answer came.
 */
import type { Duty, KeyCreated, Receipt, RowList, Submission } from '../../domain/protocol.ts'
import type { OperationOf, Shape } from './history.ts'
import type { Message } from './network.ts'
import type { Random } from './random.ts'
import type { AccessKey, World } from './world.ts'

/** A pulled row. `disputed`: it has open conflicts. */
export type Copy = Shape & { ver: number; mine: boolean; disputed: boolean }

export class Client {
  readonly who: string
  readonly unit: string | undefined
  readonly duty: Duty
  key: AccessKey
  /** The key was refused: another one is needed. */
  locked = false
  protected readonly world: World
  protected readonly random: Random
  protected rows = new Map<string, Copy>()
  private waiting: OperationOf<'submit'> | undefined
  private last: Pick<OperationOf<'submit'>, 'body' | 'bases'> | undefined
  private submissions = 0

  constructor(world: World, who: string, key: AccessKey, unit: string | undefined, duty: Duty = 'reviewer') {
    this.world = world
    this.who = who
    this.unit = unit
    this.duty = duty
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
    this.last = { body, bases: Object.fromEntries(bases) }
    await this.sendLast()
  }

  /** Submits the same rows once more, over the versions that they were pulled at then. */
  async submitAgain(): Promise<void> {
    if (this.waiting) return this.retry()
    await this.sendLast()
  }

  private async sendLast(): Promise<void> {
    if (!this.last) return
    const idempotencyKey = `${this.who}-${this.submissions++}`
    await this.sendSubmission({ idempotencyKey, raw: JSON.stringify(this.last.body), ...this.last })
  }

  /** Asks what would become of rows. */
  async tryOut(rows: Submission['rows']): Promise<void> {
    const body: Submission = { form: 'breakdown', specVersion: 1, rows }
    const raw = JSON.stringify(body)
    const operation = this.world.begin({ kind: 'dry-run', who: this.who, keyId: this.key.id, raw })
    const path = `${this.world.planPath}/submissions?dryRun=1`
    const answer = await this.send(operation, { method: 'POST', path, raw })
    if (operation.outcome === 'ok') operation.reply = answer as Receipt
  }

  /** Replaces the key that this client holds. Where the answer is lost, so is the new key. */
  async rotateKey(): Promise<void> {
    const target = this.key.id
    const overlapHours = this.random.int(4)
    const operation = this.world.begin({ kind: 'rotate-key', who: this.who, keyId: target, target, overlapHours })
    const raw = JSON.stringify({ overlapHours })
    const answer = await this.send(operation, { method: 'POST', path: `/api/keys/${target}/rotate`, raw })
    if (operation.outcome !== 'ok') return
    const { id, key } = answer as KeyCreated
    operation.reply = { id }
    // Some go on with the old one while it works.
    if (this.random.chance(0.7)) this.key = { id, secret: key }
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

  /** The JSON of the answer, undefined where none came. */
  protected async send(operation: Parameters<World['send']>[0], message: Omit<Message, 'key'>): Promise<unknown> {
    const answer = await this.world.send(operation, { ...message, key: this.key.secret })
    if (operation.status === 401) this.locked = true
    return answer?.json
  }

  /** Reads something that the checker does not judge. */
  protected async sendUnrecorded(message: Omit<Message, 'key'>): Promise<unknown> {
    const answer = await this.world.ask({ ...message, key: this.key.secret })
    return answer?.status === 200 ? answer.json : undefined
  }
}
