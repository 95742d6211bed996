/**
 * One change of a plan: read in one batch, prepared, and committed under the guard with its reason and
 * its request; again where another commit came between. The same request again gets the same answer.
 */
import type { PlanChanged } from '../../domain/protocol.ts'
import type { Call } from '../endpoint.ts'
import { Refusal } from '../refusal.ts'
import { batchFailure, type Expected, emptyGuard, guardStatement, runBatch } from '../store/batch.ts'
import { type ChangeKind, commitStatements, type RowWrite } from '../store/commits.ts'
import { insertWhy, raiseEpoch, type Why } from '../store/plan-changes.ts'
import { type PlanSheet, readPlan, selectPlan, sheetIdOf } from '../store/plans.ts'
import {
  findEarlier,
  insertSubmission,
  NO_TOTALS,
  PENDING_VER,
  readCommitted,
  readSubmission,
  replayOf,
  selectByIdempotencyKey,
  selectCommitted,
} from '../store/submissions.ts'

const MAX_TRIES = 8

/** What a change writes. `rows` as they are answered: PENDING_VER stands for this commit. */
export type Prepared = {
  kind: ChangeKind | 'issue'
  why?: Why
  /** Versions that it was prepared from. */
  expected?: Expected[]
  writes?: RowWrite[]
  /** Whether what was read before must not be committed after. */
  raisesEpoch?: boolean
  /** Guards of its own, beside key, epoch and rows. */
  guards?: D1PreparedStatement[]
  /** Statements behind the commit. */
  statements?: D1PreparedStatement[]
  rows: PlanChanged['rows']
}

export type Preparation = {
  /** Reads what `prepare` needs, with the plan, at one moment. */
  select?: (sheetId: string) => D1PreparedStatement[]
  /** Throws a refusal where the change cannot be. */
  prepare: (sheet: PlanSheet, results: D1Result[], now: Date) => Prepared | Promise<Prepared>
}

/** Makes a change, or only tries it. Throws plan-not-found, plan-archived, idempotency-key-reused, busy, and what `prepare` throws. */
export async function changePlan(call: Call<unknown>, preparation: Preparation): Promise<PlanChanged> {
  const { db, params, caller, services } = call
  const planId = params.plan ?? ''
  for (let attempt = 1; ; attempt++) {
    const now = services.now()
    const [earlier, plan, ...results] = await db.batch([
      selectByIdempotencyKey(db, caller.actor.id, call.idempotencyKey ?? ''),
      selectPlan(db, planId),
      ...(preparation.select?.(sheetIdOf(planId)) ?? []),
    ])
    const sheet = readPlan(plan, planId, caller.actor)
    const stored = call.dryRun ? undefined : readSubmission(earlier)
    if (stored) return settle(replayOf(stored, call))
    if (sheet.plan.state === 'archived') throw new Refusal('plan-archived')
    const prepared = await preparation.prepare(sheet, results, now)
    if (call.dryRun) return settle({ result: toResult(prepared), seq: null })
    const changed = await tryCommit(call, sheet, prepared, now.toISOString())
    if (changed) return changed
    if (attempt === MAX_TRIES) throw new Refusal('busy')
    await services.sleep(services.random() * Math.min(400, 10 * 2 ** attempt))
  }
}

/** The answer, of this request or of the same one that came first; undefined where a guard failed. */
async function tryCommit(
  call: Call<unknown>,
  sheet: PlanSheet,
  prepared: Prepared,
  at: string,
): Promise<PlanChanged | undefined> {
  const { db, services } = call
  const submissionId = services.newId()
  const result = toResult(prepared)
  try {
    const results = await runBatch(db, changeStatements(call, sheet, prepared, { submissionId, at, result }))
    return settle({ result, seq: readCommitted(results.at(-1)).seq })
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (batchFailure(error) !== 'other') return undefined
    // The same request may have come twice, or a write may have landed although its answer was lost.
    const earlier = await findEarlier(call)
    if (!earlier) throw error
    return settle(earlier)
  }
}

function changeStatements(
  call: Call<unknown>,
  { plan, sheetId, epoch }: PlanSheet,
  prepared: Prepared,
  { submissionId, at, result }: { submissionId: string; at: string; result: string },
): D1PreparedStatement[] {
  const { db, caller, raw } = call
  const { kind, why, expected = [], writes = [], guards = [], statements = [], rows } = prepared
  const who = { actorId: caller.actor.id, keyId: caller.key.id, at }
  return [
    guardStatement(db, { keyId: caller.key.id, at, sheetId, epoch, expected }),
    ...guards,
    ...commitStatements(db, { sheetId, kind, ...who }, writes),
    ...(why ? [insertWhy(db, kind, why)] : []),
    ...statements,
    ...(prepared.raisesEpoch ? [raiseEpoch(db, sheetId)] : []),
    ...insertSubmission(db, {
      id: submissionId,
      planId: plan.id,
      sheetId,
      kind,
      path: call.path,
      ...who,
      idempotencyKey: call.idempotencyKey ?? submissionId,
      bodySha256: raw.sha256,
      body: raw.text,
      status: 'accepted',
      hasCommit: true,
      rowOutcomes: rows.map(({ rowId }) => [rowId, kind]),
      totals: { ...NO_TOTALS, applied: writes.reduce((sum, { changes }) => sum + changes.length, 0) },
      result,
    }),
    emptyGuard(db),
    selectCommitted(db, submissionId),
  ]
}

function toResult({ rows }: Prepared): string {
  return JSON.stringify({ seq: PENDING_VER, rows } satisfies PlanChanged)
}

function settle({ result, seq }: { result: string; seq: number | null }): PlanChanged {
  // An 印发 before there were other changes was stored without rows.
  const { rows = [] } = JSON.parse(result) as Partial<PlanChanged>
  const settled = seq ?? 0
  return { seq: settled, rows: rows.map(({ rowId, ver }) => ({ rowId, ver: ver === PENDING_VER ? settled : ver })) }
}
