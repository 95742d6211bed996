/**
 * Receiving a submission: load, refuse or merge, commit under the guard, and again where another
 * commit came between. Dry runs stop before the commit.
 */

import type { Receipt } from '../../domain/protocol.ts'
import { createUnitResolver } from '../../domain/units.ts'
import type { Call } from '../endpoint.ts'
import { Refusal } from '../refusal.ts'
import { insertAnnotations, type Reason, reasonedText } from '../store/annotations.ts'
import { batchFailure, emptyGuard, guardStatement, runBatch } from '../store/batch.ts'
import { commitStatements } from '../store/commits.ts'
import { insertConflicts } from '../store/conflicts.ts'
import { insertRelations, type Relation } from '../store/rows.ts'
import {
  completeReceipt,
  findEarlier,
  insertSubmission,
  readCommitted,
  readReceipt,
  replayOf,
  selectCommitted,
} from '../store/submissions.ts'
import { type Loaded, loadForSubmission, type SubmissionBody } from './load.ts'
import { type Merged, mergeSubmission } from './merge.ts'
import { refuseSubmission } from './refuse.ts'

const MAX_TRIES = 8

/** The receipt of a submission, stored or only tried. */
export async function receiveSubmission(call: Call<SubmissionBody>, planId: string): Promise<Receipt> {
  const { db, body, raw, services, caller, dryRun } = call
  const { actor } = caller
  const key = call.idempotencyKey ?? ''
  for (let attempt = 1; ; attempt++) {
    const loaded = await loadForSubmission(db, planId, actor, key, body)
    if (loaded.earlier && !dryRun) return readReceipt(replayOf(loaded.earlier, call), true)
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
  const { db } = call
  try {
    const results = await runBatch(db, submissionStatements(call, loaded, merged, receipt))
    return completeReceipt(receipt, readCommitted(results.at(-1)))
  } catch (error) {
    if (error instanceof Refusal) throw error
    if (batchFailure(error) !== 'other') return undefined
    // The same request may have come twice, or a write may have landed although its answer was lost.
    const earlier = await findEarlier(call)
    if (!earlier) throw error
    return readReceipt(earlier, true)
  }
}

function submissionStatements(
  call: Call<SubmissionBody>,
  loaded: Loaded,
  merged: Merged,
  receipt: Receipt,
): D1PreparedStatement[] {
  const { db, caller, raw } = call
  const { submissionId, at } = receipt
  const { sheetId, epoch } = loaded
  const hasCommit = merged.writes.length > 0
  const actorId = caller.actor.id
  const keyId = caller.key.id
  return [
    guardStatement(db, { keyId, sheetId, epoch, expected: merged.expected }),
    ...(hasCommit ? commitStatements(db, { sheetId, kind: 'submission', actorId, keyId, at }, merged.writes) : []),
    ...insertRelations(db, sheetId, relationsOf(loaded, merged)),
    ...insertSubmission(db, {
      id: submissionId,
      planId: receipt.planId,
      sheetId,
      kind: 'rows',
      path: call.path,
      actorId,
      keyId,
      idempotencyKey: call.idempotencyKey ?? '',
      bodySha256: raw.sha256,
      body: raw.text,
      at,
      status: 'accepted',
      hasCommit,
      rowOutcomes: receipt.rows.map(({ rowId, outcome }) => [rowId, outcome]),
      totals: receipt.totals,
      result: JSON.stringify(receipt),
    }),
    ...insertConflicts(db, sheetId, submissionId, at, merged.newConflicts),
    ...insertAnnotations(db, sheetId, { actorId, submissionId, at }, reasonsOf(call.body, loaded, merged)),
    emptyGuard(db),
    selectCommitted(db, submissionId),
  ]
}

/**
 * Relations of rows that the commission adds: its units as they resolve by name or alias, and for
 * support its groups. Adding the row is the approval; later edits of the words change no relation.
 */
function relationsOf({ registry }: Loaded, { writes }: Merged): Relation[] {
  const inserted = writes.filter(({ kind }) => kind === 'insert')
  if (inserted.length === 0) return []
  const resolve = createUnitResolver(registry)
  const unitIds = new Map(registry.units.map(({ name, id }) => [name, id]))
  return inserted.flatMap(({ row: { rowId, cells } }) =>
    (['lead', 'supporting'] as const).flatMap((role) =>
      resolve(cells[`${role}Units`] ?? '').flatMap(({ via, unit, group }): Relation[] => {
        if (via === 'name' || via === 'alias') return [{ rowId, role, party: unit!, unitId: unitIds.get(unit!) }]
        return via === 'group' && role === 'supporting' ? [{ rowId, role, party: group! }] : []
      }),
    ),
  )
}

/** Reasons for warnings, each with the text it was given for. */
function reasonsOf(body: SubmissionBody, { spec }: Loaded, { accepted }: Merged): Reason[] {
  return (body.reasons ?? []).flatMap(({ rowId, column, code, reason }) => {
    const row = accepted.get(rowId)
    return row ? [{ rowId, column, code, text: reason, ofText: reasonedText(spec, row, column) }] : []
  })
}
