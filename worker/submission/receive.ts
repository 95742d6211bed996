/**
 * Receiving a submission: load, refuse or merge, commit under the guard, and again where another
 * commit came between. Dry runs stop before the commit; what a reviewer of the unit has to release
 * first is kept as a draft instead.
 */

import type { Receipt } from '../../domain/protocol.ts'
import { createUnitResolver } from '../../domain/units.ts'
import { beijingDate } from '../beijing-date.ts'
import { keepDraft } from '../drafts/keep.ts'
import type { Call } from '../endpoint.ts'
import { Refusal } from '../refusal.ts'
import { insertAnnotations } from '../store/annotations.ts'
import { batchFailure, emptyGuard, guardStatement, runBatch } from '../store/batch.ts'
import { commitStatements } from '../store/commits.ts'
import { guardUnasked, insertConflicts } from '../store/conflicts.ts'
import { readAnswered, selectDraftByKey } from '../store/drafts.ts'
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
import { needsRelease } from './writable.ts'

const MAX_TRIES = 8

type Circumstances = {
  /** Statements that go into the batch of a submission beside its own. */
  alongside?: (receipt: Receipt) => D1PreparedStatement[]
  /** Who hands in the file of the caller, where it is not the caller. */
  broughtBy?: string
}

/** The receipt of a submission, stored, kept as a draft, or only tried. */
export async function receiveSubmission(
  call: Call<SubmissionBody>,
  planId: string,
  { alongside = () => [], broughtBy }: Circumstances = {},
): Promise<Receipt> {
  const { db, body, raw, services, caller, dryRun } = call
  const { actor } = caller
  const key = call.idempotencyKey ?? ''
  for (let attempt = 1; ; attempt++) {
    // Before it is read: who may write on the day of the commit decides, also at midnight.
    const now = services.now()
    const loaded = await loadForSubmission(db, planId, actor, key, body, beijingDate(now))
    if (loaded.earlier && !dryRun) return readReceipt(replayOf(loaded.earlier, call), true)
    if (loaded.earlierDraft && !dryRun) return readDraftReceipt(replayOf(loaded.earlierDraft, call))
    refuseSubmission(body, loaded, actor.role === 'unit')
    const at = now.toISOString()
    const submissionId = services.newId()
    const merged = mergeSubmission(body, loaded, { ...caller, submissionId, at, newId: services.newId })
    const receipt: Receipt = {
      submissionId,
      number: '',
      planId,
      dryRun,
      replayed: false,
      at,
      by: actor.name,
      ...(broughtBy !== undefined ? { broughtBy } : {}),
      seq: null,
      hash: raw.sha256,
      rows: merged.outcomes,
      totals: merged.totals,
      issues: merged.issues,
    }
    if (dryRun) return settleDryRun(receipt, loaded)
    const stored = needsRelease(loaded.plan, caller)
      ? await tryKeeping(call, loaded, settleDryRun(receipt, loaded))
      : await tryCommit(call, loaded, merged, receipt, alongside)
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
  alongside: NonNullable<Circumstances['alongside']>,
): Promise<Receipt | undefined> {
  const { db } = call
  try {
    const statements = submissionStatements(call, loaded, merged, receipt)
    const results = await runBatch(db, [
      ...statements,
      ...alongside(receipt),
      emptyGuard(db),
      selectCommitted(db, receipt.submissionId),
    ])
    return completeReceipt(receipt, readCommitted(results.at(-1)))
  } catch (error) {
    return recover(call, error)
  }
}

/** The receipt of a draft, of this one or of the same one that came first; undefined where a guard failed. */
async function tryKeeping(call: Call<SubmissionBody>, loaded: Loaded, receipt: Receipt): Promise<Receipt | undefined> {
  try {
    return await keepDraft(call, loaded, receipt)
  } catch (error) {
    // A draft that this one was to supersede was decided meanwhile: with it gone, the next try finds the others.
    return recover(call, error, 'append_only')
  }
}

/**
 * After a failed batch: undefined where trying again may help, which a failed guard always means; the
 * answer given before, where the same request came twice or a write landed although its answer was
 * lost; else the error again.
 */
async function recover(call: Call<SubmissionBody>, error: unknown, passing?: string): Promise<Receipt | undefined> {
  if (error instanceof Refusal) throw error
  if (batchFailure(error) !== 'other') return undefined
  const earlier = await findEarlier(call)
  if (earlier) return readReceipt(earlier, true)
  const { db, caller, idempotencyKey = '' } = call
  const draft = readAnswered(await selectDraftByKey(db, caller.actor.id, idempotencyKey).run())
  if (draft) return readDraftReceipt(replayOf(draft, call))
  if (passing !== undefined && String(error).includes(passing)) return undefined
  throw error
}

function readDraftReceipt({ result }: { result: string }): Receipt {
  return { ...(JSON.parse(result) as Receipt), replayed: true }
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
    guardStatement(db, { keyId, at, sheetId, epoch, expected: merged.expected, awaited: merged.awaited }),
    ...guardNewConflicts(call, loaded, merged),
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
    ...insertAnnotations(db, sheetId, { actorId, submissionId, at }, merged.reasons),
  ]
}

/** What is to be asked must not have been asked since it was read. */
function guardNewConflicts(
  { db, caller }: Call<SubmissionBody>,
  loaded: Loaded,
  merged: Merged,
): D1PreparedStatement[] {
  const rows = new Set(merged.newConflicts.map(({ rowId }) => rowId))
  if (rows.size === 0) return []
  const { id } = caller.actor
  const known = loaded.conflicts.filter(({ rowId, submittedBy }) => rows.has(rowId) && submittedBy.id === id)
  return [guardUnasked(db, loaded.sheetId, id, [...rows], known.length)]
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
