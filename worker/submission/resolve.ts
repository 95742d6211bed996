/**
 * Deciding a conflict: a submission whose base is the head, guarded by the row's version. Keeping the
 * head changes no row; the other choices write one event.
 */

import type { z } from 'zod/mini'
import type { Resolution, RowOutcome } from '../../domain/protocol.ts'
import { diffRow } from '../../domain/replay.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import { beijingDate } from '../beijing-date.ts'
import { toPointer } from '../body.ts'
import type { Call } from '../endpoint.ts'
import type { Actor } from '../env.ts'
import { actorId } from '../keys.ts'
import { notCollecting } from '../plan-state.ts'
import { Refusal } from '../refusal.ts'
import { batchFailure, emptyGuard, guardStatement, runBatch } from '../store/batch.ts'
import { commitStatements, type RowWrite } from '../store/commits.ts'
import { findConflict, insertResolution, type StoredConflict } from '../store/conflicts.ts'
import { readAnswered, selectDraftByKey } from '../store/drafts.ts'
import { findPlan } from '../store/plans.ts'
import { readParties, selectParties } from '../store/rows.ts'
import {
  findEarlier,
  insertSubmission,
  NO_TOTALS,
  PENDING_VER,
  readCommitted,
  type StoredSubmission,
  selectCommitted,
} from '../store/submissions.ts'
import { proposedRow } from './decide.ts'
import { refuseErrors } from './refuse-errors.ts'
import { findBadSpan } from './row-shape.ts'
import { mayWriteRow, needsRelease, writableColumns } from './writable.ts'

type Decision = z.infer<typeof Resolution>
type Current = NonNullable<StoredConflict['current']>

/**
 * Decides one conflict, of the given plan where one is given; answers with what became of the row, also
 * when the same request comes again.
 */
export async function resolveConflict(call: Call<Decision>, ofPlan?: string): Promise<RowOutcome> {
  const { db, body, params, caller, raw, services } = call
  const { actor } = caller
  const earlier = await findEarlier(call)
  if (earlier) return readOutcome(earlier)
  const found = await findConflict(db, params.id ?? '')
  if (!found || (ofPlan !== undefined && found.planId !== ofPlan)) throw new Refusal('conflict-not-found')
  const { conflict, planId } = found
  // Who may decide on the day of the commit decides, also at midnight.
  const now = services.now()
  const { plan, spec, sheetId, epoch } = await findConflictPlan(call, planId)
  if (!(await mayDecide(db, sheetId, plan.county, conflict, actor, beijingDate(now))))
    throw new Refusal('conflict-not-yours')
  if (!mayWriteRow(caller, planId, conflict.rowId)) throw new Refusal('conflict-not-yours')
  if (needsRelease(plan, caller)) throw new Refusal('duty-not-allowed')
  if (!conflict.isOpen) throw new Refusal('conflict-resolved')
  const { current } = conflict
  if (!current) throw new Error(`conflict ${conflict.id} has no row`)
  if (current.ver !== body.ver) throw new Refusal('row-changed', { ver: current.ver })
  // Texts are fixed once the plan is issued; a conflict left over can then only keep the head.
  const isFixed = plan.state === 'issued' && body.choose !== 'head'
  if (isFixed || plan.state === 'archived') throw notCollecting(plan)

  const write = writeOf(spec, conflict, current, body)
  // Whoever decides it leads the row, or is the commission.
  if (write) refuseForeign(writableColumns(plan, spec, caller, conflict.rowId, 'lead'), write)
  if (write && !write.deleted) await refuseErrors(db, plan, spec, write.row, write.changes)
  const at = now.toISOString()
  const commit = {
    sheetId,
    kind: 'resolution' as const,
    actorId: actor.id,
    keyId: caller.key.id,
    at,
  }
  const submissionId = services.newId()
  const outcome: RowOutcome = {
    rowId: conflict.rowId,
    ver: write ? PENDING_VER : current.ver,
    outcome: write ? (write.deleted ? 'deleted' : 'applied') : 'unchanged',
    applied: (write?.changes ?? []).map((change) => ({ rowId: conflict.rowId, ...change })),
    converged: [],
    conflicts: [],
    held: [],
    notWritable: [],
    blocked: [],
  }
  const result = JSON.stringify(outcome)
  try {
    const expected = [{ rowId: conflict.rowId, ver: current.ver }]
    const results = await runBatch(db, [
      guardStatement(db, { keyId: caller.key.id, at, sheetId, epoch, expected }),
      ...commitStatements(db, commit, write ? [write] : []),
      ...insertSubmission(db, {
        id: submissionId,
        planId,
        sheetId,
        kind: 'resolution',
        path: call.path,
        actorId: actor.id,
        keyId: caller.key.id,
        idempotencyKey: call.idempotencyKey ?? submissionId,
        bodySha256: raw.sha256,
        body: raw.text,
        at,
        status: 'accepted',
        hasCommit: true,
        rowOutcomes: [[conflict.rowId, body.choose]],
        totals: { ...NO_TOTALS, applied: write?.changes.length ?? 0 },
        result,
      }),
      insertResolution(db, {
        conflictId: conflict.id,
        actorId: actor.id,
        choice: body.choose,
        reason: body.reason,
        at,
      }),
      emptyGuard(db),
      selectCommitted(db, submissionId),
    ])
    return readOutcome({ result, seq: readCommitted(results.at(-1)).seq })
  } catch (error) {
    // Without a key of its own the decision was stored under its id.
    const landed = await findEarlier({ ...call, idempotencyKey: call.idempotencyKey ?? submissionId })
    if (landed) return readOutcome(landed)
    if (await isDrafted(call)) throw new Refusal('idempotency-key-reused')
    throw await explainFailure(db, conflict.id, error)
  }
}

/** A row that was deleted and is back is decided whole, but of it too a unit writes its own columns only. */
function refuseForeign(writable: string[], { changes }: RowWrite): void {
  const foreign = changes.filter(({ column }) => !writable.includes(column))
  if (foreign.length === 0) return
  const errors = foreign.map(({ column }) => ({ pointer: toPointer(['cells', column]), detail: 'not-writable' }))
  throw new Refusal('invalid', { count: errors.length }, errors)
}

/** Whether the request's key stands for a draft of the unit. */
async function isDrafted({ db, caller, idempotencyKey }: Call<unknown>): Promise<boolean> {
  if (idempotencyKey === undefined) return false
  return readAnswered(await selectDraftByKey(db, caller.actor.id, idempotencyKey).run()) !== undefined
}

function readOutcome({ result, seq }: Pick<StoredSubmission, 'result' | 'seq'>): RowOutcome {
  const outcome = JSON.parse(result) as RowOutcome
  return { ...outcome, ver: outcome.ver === PENDING_VER ? (seq ?? 0) : outcome.ver }
}

/**
 * A clash inside one actor is its own to decide; one between two is the commission's, and so is one
 * inside a unit that no longer leads the row.
 */
async function mayDecide(
  db: D1Database,
  sheetId: string,
  county: string,
  conflict: StoredConflict,
  actor: Actor,
  today: string,
): Promise<boolean> {
  const { rowId } = conflict
  const [related] = await db.batch([selectParties(db, sheetId, today, JSON.stringify([rowId]))])
  return isForActor(conflict, readParties(related).get(rowId)?.lead ?? [], county, actor)
}

/** The same where the row's leads have been read. */
export async function isForActor(
  { headBy, submittedBy }: StoredConflict,
  leads: readonly { unitId?: string | undefined }[],
  county: string,
  actor: Actor,
): Promise<boolean> {
  if (headBy?.id !== submittedBy.id) return actor.role === 'commission'
  if (actor.role === 'commission' && submittedBy.id === actor.id) return true
  const leadIds = await Promise.all(leads.map(({ unitId }) => actorId('unit', county, unitId)))
  return leadIds.includes(submittedBy.id) ? submittedBy.id === actor.id : actor.role === 'commission'
}

async function findConflictPlan({ db, caller }: Call<Decision>, planId: string) {
  try {
    return await findPlan(db, planId, caller.actor)
  } catch (error) {
    throw error instanceof Refusal ? new Refusal('conflict-not-found') : error
  }
}

/** The batch fails where another decision or another write came first. */
async function explainFailure(db: D1Database, conflictId: string, error: unknown): Promise<unknown> {
  if (error instanceof Refusal) return error
  const now = (await findConflict(db, conflictId))?.conflict
  if (now && !now.isOpen) return new Refusal('conflict-resolved')
  if (batchFailure(error) !== 'other') return new Refusal('row-changed', { ver: now?.current?.ver ?? 0 })
  return error
}

/**
 * What the choice writes; nothing where the head stays. A deleted row comes back only where an edit
 * against its deletion is chosen. Throws conflict-outdated, invalid.
 */
function writeOf(
  spec: SheetSpec,
  conflict: StoredConflict,
  { row, deleted }: Current,
  decision: Decision,
): RowWrite | undefined {
  const { kind, rowId } = conflict
  if (decision.choose === 'head') return undefined
  if (kind === 'edit-delete' && decision.choose === 'submitted') {
    return deleted ? undefined : { row, kind: 'resolve', changes: [], deleted: true }
  }
  if (deleted && kind !== 'delete-edit') throw new Refusal('conflict-outdated')
  const proposed = proposedRow(spec, conflict, row, decision)
  const bad = findBadSpan(spec, proposed, true)
  if (bad !== undefined) {
    if (decision.choose === 'submitted') throw new Refusal('conflict-outdated')
    throw new Refusal('invalid', { count: 1 }, [{ pointer: bad, detail: 'span' }])
  }
  const changes = diffRow(row, proposed).map(({ column, old, new: text, spans }) => ({ column, old, new: text, spans }))
  if (changes.length === 0 && !deleted) return undefined
  return { row: { ...proposed, rowId }, kind: 'resolve', changes, ...(deleted ? { deleted: false } : {}) }
}
