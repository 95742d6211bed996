/** Everything that merging one submission needs, read in one batch, so that it is of one moment. */

import type { z } from 'zod/mini'
import type { Submission } from '../../domain/protocol.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import type { Actor } from '../env.ts'
import { groupBy } from '../group-by.ts'
import { type MadeAnnotation, readAnnotations, selectAnnotations } from '../store/annotations.ts'
import { readConflicts, type StoredConflict, selectConflicts } from '../store/conflicts.ts'
import { type AnsweredDraft, readAnswered, selectDraftByKey } from '../store/drafts.ts'
import { type PlanSheet, readPlan, readRegistry, selectPlan, selectRegistry, sheetIdOf } from '../store/plans.ts'
import {
  type HeadRow,
  type Outline,
  type Parties,
  type RowEvent,
  readEvents,
  readOutline,
  readParties,
  readRows,
  selectEventsSince,
  selectOutline,
  selectParties,
  selectSomeRows,
} from '../store/rows.ts'
import { readSubmission, type StoredSubmission, selectByIdempotencyKey } from '../store/submissions.ts'

export type SubmissionBody = z.infer<typeof Submission>

export type Loaded = PlanSheet & {
  /** The same request, already answered. */
  earlier: StoredSubmission | undefined
  /** The same request, where it was kept as a draft. */
  earlierDraft: AnsweredDraft | undefined
  registry: UnitRegistry
  /** Rows that the submission names, deleted ones too. */
  heads: Map<string, HeadRow>
  /** Events of those rows from their base on, the base's own included. */
  events: Map<string, RowEvent[]>
  /** Every row of the sheet that is not deleted, in order. */
  outline: Outline[]
  /** Relations of the named rows. */
  parties: Map<string, Parties>
  /** Conflicts of the named rows. */
  conflicts: StoredConflict[]
  /** What is said of the named rows and not withdrawn, oldest first. */
  annotations: MadeAnnotation[]
}

/** Reads what a submission needs, with the relations of `today` (in Beijing). Throws plan-not-found. */
export async function loadForSubmission(
  db: D1Database,
  planId: string,
  actor: Actor,
  idempotencyKey: string,
  body: SubmissionBody,
  today: string,
): Promise<Loaded> {
  const bases = [...body.rows, ...(body.deletes ?? [])].map(({ rowId, baseVer }) => ({ rowId, ver: baseVer }))
  const addsRows = body.rows.some(({ baseVer }) => baseVer === 0)
  const rowIds = JSON.stringify([...new Set(bases.map(({ rowId }) => rowId))])
  const sheetId = sheetIdOf(planId)
  const results = await db.batch([
    selectByIdempotencyKey(db, actor.id, idempotencyKey),
    selectPlan(db, planId),
    selectSomeRows(db, sheetId, rowIds),
    selectEventsSince(db, sheetId, JSON.stringify(bases)),
    // Which rows are new matters only to where further ones are put.
    selectOutline(db, sheetId, addsRows ? Math.max(...bases.map(({ ver }) => ver)) || undefined : undefined),
    selectParties(db, sheetId, today, rowIds),
    selectConflicts(db, sheetId, { rowIds }),
    selectDraftByKey(db, actor.id, idempotencyKey),
    selectAnnotations(db, sheetId, rowIds),
    ...selectRegistry(db, planId),
  ])
  const sheet = readPlan(results[1], planId, actor)
  return {
    ...sheet,
    earlier: readSubmission(results[0]),
    earlierDraft: readAnswered(results[7]),
    heads: new Map(readRows(results[2]).map((head) => [head.row.rowId, head])),
    events: groupBy(readEvents(results[3]), ({ rowId }) => rowId),
    outline: readOutline(results[4]),
    parties: readParties(results[5]),
    conflicts: readConflicts(results[6]),
    annotations: readAnnotations(results[8]),
    registry: { ...readRegistry(results.slice(9)), county: sheet.plan.county },
  }
}
