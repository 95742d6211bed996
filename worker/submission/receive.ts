/**
 * Receiving a submission: load, refuse or merge, commit under the guard, and again where another
 * commit came between. Dry runs stop before the commit.
 */

import type { Receipt } from '../../domain/protocol.ts'
import { resolveUnits } from '../../domain/units.ts'
import type { Call } from '../endpoint.ts'
import { Refusal } from '../refusal.ts'
import { batchFailure, emptyGuard, forEachChunk, guardStatements, runBatch } from '../store/batch.ts'
import { commitStatements } from '../store/commits.ts'
import { insertConflicts } from '../store/conflicts.ts'
import { INSERT_RELATIONS } from '../store/rows.ts'
import {
  completeReceipt,
  insertSubmission,
  readSubmission,
  replayOf,
  selectByIdempotencyKey,
  selectSubmission,
} from '../store/submissions.ts'
import { type Loaded, loadForSubmission, type SubmissionBody } from './load.ts'
import { type Merged, mergeSubmission } from './merge.ts'
import { refuseSubmission } from './refuse.ts'

const MAX_TRIES = 8

/** The receipt of a submission, stored or only tried. */
export async function receiveSubmission(call: Call<SubmissionBody>, planId: string, dryRun: boolean): Promise<Receipt> {
  const { db, body, raw, services, caller } = call
  const { actor } = caller
  const key = call.idempotencyKey ?? ''
  for (let attempt = 1; ; attempt++) {
    const loaded = await loadForSubmission(db, planId, actor, key, body)
    if (loaded.earlier && !dryRun) return completeReceipt(replayOf(loaded.earlier, raw.sha256, planId), true)
    refuseSubmission(body, loaded, actor.role === 'unit')
    const at = services.now().toISOString()
    const submissionId = services.newId()
    const merged = mergeSubmission(body, loaded, { actor, submissionId, at, newId: services.newId })
    const receipt: Receipt = {
      submissionId,
      number: '',
      planId,
      dryRun,
      replayed: false,
      at,
      by: actor.name,
      seq: null,
      hash: raw.sha256,
      rows: merged.outcomes,
      totals: merged.totals,
      issues: merged.issues,
    }
    if (dryRun) return settleDryRun(receipt, loaded)
    const stored = await tryCommit(call, loaded, merged, receipt)
    if (stored) return stored
    if (attempt === MAX_TRIES) throw new Refusal('busy')
    // Full jitter: those who collided come back at different times.
    await services.sleep(services.random() * Math.min(400, 10 * 2 ** attempt))
  }
}

/** A dry run gave no new versions: every row still has its own. */
function settleDryRun(receipt: Receipt, loaded: Loaded): Receipt {
  const rows = receipt.rows.map((row) => {
    const ver = loaded.heads.get(row.rowId)?.ver ?? 0
    return { ...row, ver, conflicts: row.conflicts.map((conflict) => ({ ...conflict, ver })) }
  })
  return { ...receipt, rows }
}

/** The receipt, of this submission or of the same one that came first; undefined where a guard failed. */
async function tryCommit(
  call: Call<SubmissionBody>,
  loaded: Loaded,
  merged: Merged,
  receipt: Receipt,
): Promise<Receipt | undefined> {
  const { db, caller, raw } = call
  const key = call.idempotencyKey ?? ''
  try {
    const results = await runBatch(db, submissionStatements(call, loaded, merged, receipt))
    const stored = readSubmission(results.at(-1))
    if (!stored) throw new Error('a committed submission is gone')
    return completeReceipt(stored, false)
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (batchFailure(error) !== 'other') return undefined
    // The same request may have come twice, or a write may have landed although its answer was lost.
    const earlier = readSubmission(await selectByIdempotencyKey(db, caller.actor.id, key).run())
    if (!earlier) throw error
    return completeReceipt(replayOf(earlier, raw.sha256, receipt.planId), true)
  }
}

function submissionStatements(
  call: Call<SubmissionBody>,
  loaded: Loaded,
  merged: Merged,
  receipt: Receipt,
): D1PreparedStatement[] {
  const { db, caller, raw, services } = call
  const { submissionId, at } = receipt
  const { sheetId, epoch } = loaded
  const isCommit = merged.writes.length > 0
  const commitId = services.newId()
  const actorId = caller.actor.id
  const keyId = caller.key.id
  return [
    ...guardStatements(db, sheetId, epoch, merged.expected),
    ...(isCommit
      ? commitStatements(db, { id: commitId, sheetId, kind: 'submission', actorId, keyId, at }, merged.writes)
      : []),
    ...relationStatements(db, loaded, merged),
    ...insertSubmission(db, {
      id: submissionId,
      planId: receipt.planId,
      kind: 'rows',
      actorId,
      keyId,
      idempotencyKey: call.idempotencyKey ?? '',
      bodySha256: raw.sha256,
      body: raw.text,
      at,
      status: 'accepted',
      ...(isCommit ? { commitId } : {}),
      rowOutcomes: receipt.rows.map(({ rowId, outcome }) => [rowId, outcome]),
      totals: receipt.totals,
      result: JSON.stringify(receipt),
    }),
    ...insertConflicts(db, sheetId, submissionId, at, merged.newConflicts),
    ...annotationStatements(call, loaded, merged, receipt),
    emptyGuard(db),
    selectSubmission(db, submissionId),
  ]
}

/**
 * Relations of rows that the commission adds: its units as they resolve by name or alias. Adding the
 * row is the approval; later edits of the words change no relation.
 */
function relationStatements(db: D1Database, loaded: Loaded, merged: Merged): D1PreparedStatement[] {
  const { registry, sheetId } = loaded
  const relations = merged.writes
    .filter(({ kind }) => kind === 'insert')
    .flatMap(({ row }) =>
      (['lead', 'supporting'] as const).flatMap((role) =>
        resolveUnits(row.cells[`${role}Units`] ?? '', registry)
          .filter(({ via, unit }) => unit !== undefined && (via === 'name' || via === 'alias'))
          .map(({ unit }, position) => ({
            rowId: row.rowId,
            role,
            position,
            party: unit,
            unitId: registry.units.find(({ name }) => name === unit)?.id,
          })),
      ),
    )
  return forEachChunk(db, INSERT_RELATIONS, relations, sheetId)
}

/** Reasons for warnings, each with the text it was given for. */
function annotationStatements(
  call: Call<SubmissionBody>,
  loaded: Loaded,
  merged: Merged,
  { submissionId, at }: Receipt,
): D1PreparedStatement[] {
  const reasons = (call.body.reasons ?? []).flatMap(({ rowId, column, code, reason }) => {
    const row = merged.accepted.get(rowId)
    return row ? [{ rowId, column, code, text: reason, ofText: row.cells[column ?? 'task'] ?? '' }] : []
  })
  return forEachChunk(
    call.db,
    `INSERT INTO annotation (sheet_id, row_id, col, code, text, of_text, actor_id, submission_id, at)
     SELECT ?2, value ->> '$.rowId', value ->> '$.column', value ->> '$.code', value ->> '$.text',
       value ->> '$.ofText', ?3, ?4, ?5 FROM json_each(?1)`,
    reasons,
    loaded.sheetId,
    call.caller.actor.id,
    submissionId,
    at,
  )
}
