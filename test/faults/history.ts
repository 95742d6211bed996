/**
 * What clients did and were told, as they saw it: the checker judges the store by this and by nothing
 * that the Worker computed for itself.
 */
import type {
  AdjustPlan,
  AnnotationList,
  MoveRows,
  NewAnnotations,
  PlanChanged,
  PlanFile,
  Receipt,
  Resolution,
  ResolutionOutcomes,
  Resolutions,
  RowList,
  Submission,
} from '../../domain/protocol.ts'

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
  | ({ kind: 'resolve-several'; decisions: DecisionOfSeveral[]; reply?: ResolutionOutcomes } & Decision)
  | ({ kind: 'annotate'; body: NewAnnotations; reply?: AnnotationList } & Decision)
  /** What would become of rows; changes nothing. */
  | { kind: 'dry-run'; raw: string; reply?: Receipt }
  | { kind: 'release'; draftId: string; reply?: Receipt }
  | { kind: 'return'; draftId: string; reason: string }
  /** `rows`, `expiresOn`: how far the key reaches, and its last day. */
  | { kind: 'create-key'; unit: string; rows?: string[]; expiresOn?: string; reply?: { id: string } }
  | { kind: 'revoke-key'; target: string }
  | { kind: 'rotate-key'; target: string; overlapHours: number; reply?: { id: string } }
  /** Who leads a row from a day on; absent: from the day of its commit. */
  | ({ kind: 'scope'; rowId: string; lead: string[]; effectiveOn?: string; reply?: PlanChanged } & Decision)
  | ({ kind: 'order'; body: MoveRows; reply?: PlanChanged } & Decision)
  | ({ kind: 'adjust'; body: AdjustPlan; reply?: PlanChanged } & Decision)
  | ({ kind: 'archive'; reply?: PlanChanged } & Decision)
  | ({ kind: 'settings'; signOff: 'none' | 'reviewer'; reply?: PlanChanged } & Decision)

  /** Cron ran; it answers nobody. */
  | { kind: 'seal' }

export type DecisionOfSeveral = Resolutions['decisions'][number]

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

/** The plan as it was created, everything that was done to it since, and the last step. */
export type History = { seed: string; plan: PlanFile; operations: Operation[]; ended: number }

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
    case 'create-key': {
      const { unit, rows, expiresOn, reply } = operation
      return { unit, rows, expiresOn, id: reply?.id }
    }
    case 'revoke-key':
      return { target: operation.target }
    case 'rotate-key':
      return { target: operation.target, overlapHours: operation.overlapHours, id: operation.reply?.id }
    case 'scope': {
      const { rowId, lead, effectiveOn, reply } = operation
      return { rowId, lead, effectiveOn, seq: reply?.seq }
    }
    case 'release':
      return { draftId: operation.draftId, seq: operation.reply?.seq, receipt: operation.reply?.rows }
    case 'return':
      return { draftId: operation.draftId, reason: operation.reason }
    case 'dry-run':
      return { raw: operation.raw }
    case 'seal':
      return {}
    default:
      return { idempotencyKey: operation.idempotencyKey, raw: operation.raw }
  }
}
