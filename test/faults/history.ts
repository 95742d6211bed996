/**
 * What clients did and were told, as they saw it: the checker judges the store by this and by nothing
 * that the Worker computed for itself.
 */
import type { PlanChanged, PlanFile, Receipt, Resolution, RowList, Submission } from '../../domain/protocol.ts'

export type Shape = { cells: Record<string, string>; spans: Record<string, number> }

/** `unknown`: no answer, or one that does not tell (5xx but 503): done wholly or not at all. */
export type Outcome = 'ok' | 'refused' | 'unknown'

type Request =
  | { kind: 'pull'; reply?: RowList }
  | {
      kind: 'submit'
      idempotencyKey: string
      /** As sent. */
      raw: string
      body: Submission
      /** Rows as the client had pulled them, at the version that it names; absent for new ones. */
      bases: Record<string, Shape>
      reply?: Receipt
    }
  | ({ kind: 'resolve'; conflictId: string; body: Resolution } & Decision)
  | ({ kind: 'confirm'; rowId: string; body: { baseVer: number } & Partial<Shape> } & Decision)
  | ({ kind: 'issue' } & Decision)
  | { kind: 'create-key'; unit: string; reply?: { id: string } }
  | { kind: 'revoke-key'; target: string }
  /** Who leads a row from its commit on. */
  | ({ kind: 'scope'; rowId: string; lead: string[]; reply?: PlanChanged } & Decision)

  /** Cron ran; it answers nobody. */
  | { kind: 'seal' }

/** A write that may come without a key. */
type Decision = { idempotencyKey?: string; raw: string }

export type Operation = {
  n: number
  who: string
  keyId: string
  /** Steps of the scheduler. */
  invoked: number
  done: number
  outcome: Outcome
  status: number
  code?: string
  /** What went wrong on the way, in the network and in the store. */
  faults: string[]
} & Request

export type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>

/** The plan as it was created, and everything that was done to it since. */
export type History = { seed: string; plan: PlanFile; operations: Operation[] }

export function operationsOf<Kind extends Operation['kind']>(history: History, kind: Kind): OperationOf<Kind>[] {
  return history.operations.filter((operation): operation is OperationOf<Kind> => operation.kind === kind)
}

/** One line for each operation, for people. */
export function describeOperation(operation: Operation): string {
  const { n, who, kind, invoked, done, outcome, status, code, faults } = operation
  const start = `#${n} [${invoked}-${done}] ${who} ${kind} → ${outcome} ${status}${code ? ` ${code}` : ''}`
  const went = faults.length > 0 ? ` faults: ${faults.join(', ')}` : ''
  return `${start}${went}\n    ${JSON.stringify(detailsOf(operation))}`
}

function detailsOf(operation: Operation): unknown {
  switch (operation.kind) {
    case 'pull':
      return { seq: operation.reply?.seq, rows: operation.reply?.rows.map(({ rowId, ver }) => `${rowId}@${ver}`) }
    case 'submit': {
      const { idempotencyKey, body, bases, reply } = operation
      return { idempotencyKey, body, bases, seq: reply?.seq, receipt: reply?.rows }
    }
    case 'resolve':
      return { conflictId: operation.conflictId, ...operation.body, idempotencyKey: operation.idempotencyKey }
    case 'confirm':
      return { rowId: operation.rowId, ...operation.body, idempotencyKey: operation.idempotencyKey }
    case 'issue':
      return { idempotencyKey: operation.idempotencyKey }
    case 'create-key':
      return { unit: operation.unit, id: operation.reply?.id }
    case 'revoke-key':
      return { target: operation.target }
    case 'scope':
      return { rowId: operation.rowId, lead: operation.lead, seq: operation.reply?.seq }
    case 'seal':
      return {}
  }
}
