/**
 * Somebody who decides conflicts, one at a time or several at once, and says something of rows; again where no
 * answer came.
 */
import { breakdownSpec } from '../../domain/plan.ts'
import type {
  AnnotationList,
  ConflictBody,
  ConflictList,
  PlanChanged,
  Resolution,
  ResolutionOutcomes,
} from '../../domain/protocol.ts'
import { Client } from './client.ts'
import { drawAnnotation, drawJudgement } from './edits.ts'
import type { OperationOf } from './history.ts'
import type { Message } from './network.ts'
import { MILESTONES } from './random-county.ts'

/** Writes that may come again under their key, beside submissions. */
export type DecisionKind =
  | 'resolve'
  | 'resolve-several'
  | 'confirm'
  | 'issue'
  | 'scope'
  | 'order'
  | 'adjust'
  | 'archive'
  | 'settings'
  | 'annotate'
type Known = 'n' | 'who' | 'keyId' | 'invoked' | 'done' | 'outcome' | 'status' | 'faults'
type DecisionStart = { [Kind in DecisionKind]: Omit<OperationOf<Kind>, Known> }[DecisionKind]

/** These may come without a key. */
const KEY_IS_OPTIONAL: readonly DecisionKind[] = ['resolve', 'confirm', 'issue', 'annotate']

export class Decider extends Client {
  private decisions = 0

  /** Decides one of the open conflicts that this client can see. */
  async resolveOne(): Promise<void> {
    const conflicts = await this.listConflicts()
    if (conflicts.length === 0) return
    const conflict = this.random.pick(conflicts)
    const body = this.drawDecision(conflict)
    // Somebody takes their time to decide.
    await this.world.scheduler.turn(this.random.int(20))
    const path = `/api/conflicts/${conflict.id}/resolution`
    await this.decide({ kind: 'resolve', conflictId: conflict.id, body, raw: JSON.stringify(body) }, path)
  }

  /** Decides some of the open conflicts in one request, now and then one of them twice. */
  async resolveSeveral(): Promise<void> {
    const { random } = this
    const some = (await this.listConflicts()).filter(() => random.chance(0.8))
    if (some.length === 0) return
    if (random.chance(0.1)) some.push(random.pick(some))
    const decisions = some.map((conflict) => ({ conflictId: conflict.id, ...this.drawDecision(conflict) }))
    await this.world.scheduler.turn(random.int(10))
    const raw = JSON.stringify({ decisions })
    await this.decide({ kind: 'resolve-several', decisions, raw }, `${this.world.planPath}/resolutions`)
  }

  /** Says something of one or two rows as they stand in this client's sheet, or takes it back. */
  async annotate(): Promise<void> {
    const { random, world } = this
    const annotations = Array.from({ length: 1 + random.int(2) }, () => {
      const [rowId, { cells }] = random.pick([...this.rows])
      return drawAnnotation(random, rowId, cells, world.newText)
    })
    const body = { annotations }
    await this.decide({ kind: 'annotate', body, raw: JSON.stringify(body) }, `${world.planPath}/annotations`)
  }

  /** 退回 or 通过 of one or two rows as they stand in this client's sheet, whether that is theirs to do or not. */
  async judge(): Promise<void> {
    const { random, world } = this
    const spec = breakdownSpec({ ...world.history.plan.plan, state: 'collecting' })
    const annotations = Array.from({ length: 1 + random.int(2) }, () => {
      const [rowId, { cells, spans }] = random.pick([...this.rows])
      return drawJudgement(random, spec, { rowId, cells, spans }, world.newText)
    })
    const body = { annotations }
    await this.decide({ kind: 'annotate', body, raw: JSON.stringify(body) }, `${world.planPath}/annotations`)
  }

  /** Sends a decision, mostly under a key where it needs none, and then again where no answer came. */
  protected async decide(decision: DecisionStart, path: string): Promise<void> {
    const needsKey = !KEY_IS_OPTIONAL.includes(decision.kind)
    const once = needsKey || this.random.chance(0.7) ? `${this.who}-decision-${this.decisions++}` : undefined
    for (let tries = 0; tries < (once === undefined ? 1 : 3); tries++) {
      const operation = this.world.begin({
        ...decision,
        who: this.who,
        keyId: this.key.id,
        ...(once === undefined ? {} : { idempotencyKey: once }),
      })
      const message: Omit<Message, 'key'> = {
        method: 'POST',
        path,
        raw: decision.raw,
        ...(once === undefined ? {} : { once }),
      }
      const answer = await this.send(operation, message)
      if (operation.outcome === 'ok') keepReply(operation, answer)
      if (operation.outcome !== 'unknown') return
    }
  }

  private async listConflicts(): Promise<ConflictList['conflicts']> {
    const path = `${this.world.planPath}/conflicts?status=open`
    return ((await this.sendUnrecorded({ method: 'GET', path })) as ConflictList | undefined)?.conflicts ?? []
  }

  private drawDecision({ kind, columns, ver }: ConflictBody): Resolution {
    const { random } = this
    const choose = random.weigh({ head: 2, submitted: 3, edited: kind === 'cell' || kind === 'span' ? 2 : 0 })
    if (choose !== 'edited') return { choose, ver }
    return kind === 'cell' ? { choose, ver, text: this.world.newText() } : { choose, ver, ...this.shape(columns ?? []) }
  }

  /** New cells over these columns: one each, or the first two as one. */
  private shape(columns: string[]): Pick<Resolution, 'cells' | 'spans'> {
    const ordered = MILESTONES.filter((column) => columns.includes(column))
    const [first = '', second = ''] = ordered
    const isMerged = MILESTONES.indexOf(second) === MILESTONES.indexOf(first) + 1 && this.random.chance(0.4)
    const named = isMerged ? ordered.filter((column) => column !== second) : ordered
    const cells = Object.fromEntries(named.map((column) => [column, this.world.newText()]))
    return isMerged ? { cells, spans: { [first]: 2 } } : { cells }
  }
}

function keepReply(operation: OperationOf<DecisionKind>, answer: unknown): void {
  switch (operation.kind) {
    case 'resolve-several':
      operation.reply = answer as ResolutionOutcomes
      return
    case 'annotate':
      operation.reply = answer as AnnotationList
      return
    case 'scope':
    case 'order':
    case 'adjust':
    case 'archive':
    case 'settings':
      operation.reply = answer as PlanChanged
  }
}
