/**
 * Deciding a conflict: a submission whose base is the head, guarded by the row's version. Keeping the
 * head changes no row; the other choices write one event.
 */

import type { z } from 'zod/mini'
import { checkTable } from '../../domain/check.ts'
import type { Plan } from '../../domain/plan.ts'
import type { Resolution, RowOutcome } from '../../domain/protocol.ts'
import { diffRow } from '../../domain/replay.ts'
import { milestoneKeys, type SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import type { Call } from '../endpoint.ts'
import { Refusal } from '../refusal.ts'
import { batchFailure, emptyGuard, guardStatements, runBatch } from '../store/batch.ts'
import { commitStatements, type RowWrite } from '../store/commits.ts'
import { findConflict, insertResolution, type StoredConflict } from '../store/conflicts.ts'
import { findPlan, readRegistry, selectRegistry } from '../store/plans.ts'
import { insertSubmission, NO_TOTALS } from '../store/submissions.ts'
import { findBadSpan } from './row-shape.ts'

type Decision = z.infer<typeof Resolution>
type Current = NonNullable<StoredConflict['current']>

/** Decides one conflict; answers with what became of the row. */
export async function resolveConflict(call: Call<Decision>): Promise<z.infer<typeof RowOutcome>> {
  const { db, body, params, caller, raw, services } = call
  const { actor } = caller
  const found = await findConflict(db, params.id ?? '')
  if (!found) throw new Refusal('conflict-not-found')
  const { conflict, planId } = found
  const { plan, spec, sheetId, epoch } = await findConflictPlan(call, planId)
  if (!mayDecide(conflict, actor)) throw new Refusal('conflict-not-yours')
  if (!conflict.isOpen) throw new Refusal('conflict-resolved')
  const { current } = conflict
  if (!current) throw new Error(`conflict ${conflict.id} has no row`)
  if (current.ver !== body.ver) throw new Refusal('row-changed', { ver: current.ver })
  // Texts are fixed once the plan is issued; a conflict left over can then only keep the head.
  if (plan.state !== 'collecting' && body.choose !== 'head') throw new Refusal('plan-not-collecting', { plan: planId })

  const write = body.choose === 'head' ? undefined : writeOf(spec, conflict, current, body)
  const blocked = write && !write.deleted ? await findErrors(call, plan, spec, write) : []
  if (blocked.length > 0) {
    const errors = blocked.map(({ column, code }) => ({ pointer: column ? `/cells/${column}` : '', detail: code }))
    throw new Refusal('invalid', { count: blocked.length }, errors)
  }
  const at = services.now().toISOString()
  const commit = {
    id: services.newId(),
    sheetId,
    kind: 'resolution' as const,
    actorId: actor.id,
    keyId: caller.key.id,
    at,
  }
  const submissionId = services.newId()
  try {
    await runBatch(db, [
      ...guardStatements(db, sheetId, epoch, [{ rowId: conflict.rowId, ver: current.ver }]),
      ...commitStatements(db, commit, write ? [write] : []),
      ...insertSubmission(db, {
        id: submissionId,
        planId,
        kind: 'resolution',
        actorId: actor.id,
        keyId: caller.key.id,
        idempotencyKey: submissionId,
        bodySha256: raw.sha256,
        body: raw.text,
        at,
        status: 'accepted',
        commitId: commit.id,
        rowOutcomes: [[conflict.rowId, body.choose]],
        totals: { ...NO_TOTALS, applied: write?.changes.length ?? 0 },
        result: JSON.stringify({ conflictId: conflict.id, choose: body.choose }),
      }),
      insertResolution(db, {
        conflictId: conflict.id,
        commitId: commit.id,
        actorId: actor.id,
        choice: body.choose,
        reason: body.reason,
        at,
      }),
      emptyGuard(db),
    ])
  } catch (error) {
    throw await explainFailure(db, conflict.id, error)
  }
  const after = await findConflict(db, conflict.id)
  return {
    rowId: conflict.rowId,
    ver: after?.conflict.current?.ver ?? current.ver,
    outcome: write ? (write.deleted ? 'deleted' : 'applied') : 'unchanged',
    applied: (write?.changes ?? []).map((change) => ({ rowId: conflict.rowId, ...change })),
    converged: [],
    conflicts: [],
    held: [],
    notWritable: [],
    blocked: [],
  }
}

/** A clash inside one actor is its own to decide, one between two the commission's. */
function mayDecide({ headBy, submittedBy }: StoredConflict, actor: { id: string; role: string }): boolean {
  return headBy?.id === submittedBy.id ? submittedBy.id === actor.id : actor.role === 'commission'
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

/** What the choice writes. Throws conflict-outdated, invalid. */
function writeOf(spec: SheetSpec, conflict: StoredConflict, { row, deleted }: Current, decision: Decision): RowWrite {
  const { kind, rowId } = conflict
  if (kind === 'edit-delete' && decision.choose === 'submitted') {
    return { row, kind: 'resolve', changes: [], deleted: true }
  }
  const proposed = proposedRow(spec, conflict, row, decision)
  const bad = findBadSpan(spec, proposed, true)
  if (bad !== undefined) {
    if (decision.choose === 'submitted') throw new Refusal('conflict-outdated')
    throw new Refusal('invalid', { count: 1 }, [{ pointer: bad, detail: 'span' }])
  }
  const changes = diffRow(row, proposed).map(({ column, old, new: text, spans }) => ({ column, old, new: text, spans }))
  return { row: { ...proposed, rowId }, kind: 'resolve', changes, ...(deleted ? { deleted: false } : {}) }
}

function proposedRow(spec: SheetSpec, conflict: StoredConflict, row: Row, decision: Decision): Row {
  const { column, columns, tuples, submitted, proposal } = conflict
  if (decision.choose === 'submitted') {
    if (tuples && columns) return replaceCells(row, columns, tuples.submitted)
    if (proposal)
      return replaceCells(row, Object.keys(proposal.cells), { cells: proposal.cells, spans: proposal.spans ?? {} })
    return setText(row, column, submitted)
  }
  if (decision.text !== undefined && conflict.kind === 'cell') return setText(row, column, decision.text)
  if (!decision.cells) throw new Refusal('invalid', { count: 1 }, [{ pointer: '/cells', detail: 'missing' }])
  const allowed = columns ?? (column !== undefined ? spansAround(spec, column) : spec.columns.map(({ key }) => key))
  const stray = Object.keys(decision.cells).find((key) => !allowed.includes(key))
  if (stray !== undefined)
    throw new Refusal('invalid', { count: 1 }, [{ pointer: `/cells/${stray}`, detail: 'column' }])
  return replaceCells(row, columns ?? Object.keys(decision.cells), {
    cells: decision.cells,
    spans: decision.spans ?? {},
  })
}

/** A milestone may be decided together with its neighbours, because it may be merged with them. */
function spansAround(spec: SheetSpec, column: string): string[] {
  const milestones = milestoneKeys(spec)
  return milestones.includes(column) ? milestones : [column]
}

function setText(row: Row, column: string | undefined, text: string | undefined): Row {
  // A column that a span covers by now has no text of its own to set.
  if (column === undefined || text === undefined || row.cells[column] === undefined)
    throw new Refusal('conflict-outdated')
  return { ...row, cells: { ...row.cells, [column]: text } }
}

function replaceCells(
  row: Row,
  columns: string[],
  tuple: { cells: Record<string, string>; spans: Record<string, number> },
): Row {
  const without = <T>(record: Record<string, T>) =>
    Object.fromEntries(Object.entries(record).filter(([column]) => !columns.includes(column)))
  const spans = { ...without(row.spans ?? {}), ...tuple.spans }
  const cells = { ...without(row.cells), ...tuple.cells }
  return Object.keys(spans).length > 0 ? { rowId: row.rowId, cells, spans } : { rowId: row.rowId, cells }
}

/** Errors in the cells that the decision writes. */
async function findErrors({ db }: Call<Decision>, plan: Plan, spec: SheetSpec, write: RowWrite) {
  const registry = readRegistry(await db.batch(selectRegistry(db, plan.id)))
  const context = { registry, periods: plan.periods }
  const written = new Set(write.changes.map(({ column }) => column))
  return checkTable({ spec, rows: [write.row], complete: false }, context).filter(
    ({ severity, column }) => severity === 'error' && column !== undefined && written.has(column),
  )
}
