/** Every invariant over one run, and a violation told with what led to it. */
import type { Evidence } from './evidence.ts'
import { describeOperation, type History, type Operation } from './history.ts'
import { checkAccounted } from './invariants/accounted.ts'
import { checkAnnotations } from './invariants/annotations.ts'
import { checkChanges } from './invariants/changes.ts'
import { checkConflicts } from './invariants/conflicts.ts'
import { checkDrafts } from './invariants/drafts.ts'
import { checkDryRuns } from './invariants/dry-runs.ts'
import { checkExported } from './invariants/exported.ts'
import { checkInScope } from './invariants/in-scope.ts'
import { checkKeys } from './invariants/keys.ts'
import { checkOnce } from './invariants/once.ts'
import { checkReads } from './invariants/reads.ts'
import { checkRefused } from './invariants/refused.ts'
import { checkReplayed } from './invariants/replayed.ts'
import { checkReviews } from './invariants/reviews.ts'
import { checkSealed } from './invariants/sealed.ts'
import { checkSeen } from './invariants/seen.ts'
import { checkSubmittedValues } from './invariants/submitted-values.ts'
import { checkWhole } from './invariants/whole.ts'
import { buildTimeline, type Timeline } from './timeline.ts'

export type Case = { history: History; evidence: Evidence; timeline: Timeline }

/** What a violation is about, for telling which part of the history matters. */
export type About = { rowId?: string; seq?: number; idempotencyKey?: string; conflictId?: string; operation?: number }
/** What an invariant finds wrong. */
export type Finding = { message: string; about: About }
export type Violation = Finding & { invariant: Invariant }

const INVARIANTS = {
  'every acknowledged edit is in the master, a conflict, a hold or told as not taken': checkAccounted,
  'a submission is done wholly or not at all': checkWhole,
  'the events give the state': checkReplayed,
  'one key, at most one commit': checkOnce,
  'nothing outside the scope of its author': checkInScope,
  'no value that nobody submitted': checkSubmittedValues,
  'nothing is overwritten unseen': checkSeen,
  'conflicts are open until decided, and decided once': checkConflicts,
  'a read shows one moment, and everything acknowledged before it': checkReads,
  'what was refused is kept, and only faults are unexplained': checkRefused,
  'export, import and export are the same': checkExported,
  'a draft is released once, returned, superseded by all of it, or open': checkDrafts,
  'what was only tried is nowhere': checkDryRuns,
  'changes of the plan do what they say': checkChanges,
  'a key ends when it ends': checkKeys,
  'what is said of a text stands with it': checkAnnotations,
  'only the commission reviews, and only what stands': checkReviews,
  'every line is sealed, and every seal holds in every copy': checkSealed,
} satisfies Record<string, (run: Case) => Finding[]>

export type Invariant = keyof typeof INVARIANTS

export function checkRun(history: History, evidence: Evidence): Violation[] {
  const run: Case = { history, evidence, timeline: buildTimeline(history, evidence) }
  return (Object.keys(INVARIANTS) as Invariant[]).flatMap((invariant) =>
    INVARIANTS[invariant](run).map((finding) => ({ invariant, ...finding })),
  )
}

/** A violation in words: the seed, the invariant, and the operations and events that it is about. */
export function describeViolation(violation: Violation, history: History, evidence: Evidence): string {
  const { invariant, message, about } = violation
  const operations = history.operations.filter((operation) => concerns(operation, about, evidence))
  const events = evidence.events.filter(
    ({ rowId, seq }) => (about.rowId !== undefined && rowId === about.rowId) || seq === about.seq,
  )
  return [
    `seed ${history.seed} (npm run check:faults -- --seed ${history.seed})`,
    `invariant: ${invariant}`,
    message,
    'operations:',
    ...operations.map((operation) => `  ${describeOperation(operation)}`),
    'events:',
    ...events.map((event) => `  ${JSON.stringify(event)}`),
  ].join('\n')
}

function concerns(operation: Operation, about: About, evidence: Evidence): boolean {
  if (operation.n === about.operation) return true
  switch (operation.kind) {
    case 'submit': {
      if (operation.idempotencyKey === about.idempotencyKey) return true
      const { body } = operation
      return [...body.rows, ...(body.deletes ?? [])].some(({ rowId }) => rowId === about.rowId)
    }
    case 'resolve': {
      const conflict = evidence.conflicts.find(({ id }) => id === operation.conflictId)
      return operation.conflictId === about.conflictId || (conflict !== undefined && conflict.rowId === about.rowId)
    }
    case 'confirm':
    case 'scope':
      return operation.rowId === about.rowId
    case 'annotate':
      return operation.body.annotations.some(({ rowId }) => rowId === about.rowId)
    case 'adjust':
      return operation.body.rows.some(({ rowId }) => rowId === about.rowId)
    case 'release':
    case 'return':
      return evidence.drafts.some(
        (draft) => draft.id === operation.draftId && draft.idempotencyKey === about.idempotencyKey,
      )
    default:
      return operation.kind === 'issue' || operation.kind === 'archive'
  }
}
