/** Everything that the master shows, read in one batch, so that it is of one moment. */
import { checkReport } from '../../domain/check-report.ts'
import { type LeadUnit, reportStatus } from '../../domain/master-status.ts'
import type { MasterEvent, MasterReport } from '../../domain/master-workbook.ts'
import type { Master } from '../../domain/protocol.ts'
import type { Actor } from '../env.ts'
import { reviewsOfRows, standingReviews } from '../reviews.ts'
import { issuesOfRows, targetsOfRows } from '../row-issues.ts'
import { readConflicts, selectConflicts, toConflictBody } from './conflicts.ts'
import { type PlanSheet, readStamp, selectStamp, sheetIdOf } from './plans.ts'
import { readSeals, selectLatestSeal } from './record-seals.ts'
import type { EventChange, EventKind, Parties } from './rows.ts'
import { type ReceiptOfCommit, readReceipts, selectReceipts } from './submission-list.ts'
import { readWholePlan, selectWholePlan, type WholePlan } from './whole-plan.ts'

/** The master of one moment; `stamp` changes with everything that it shows. */
export type LoadedMaster = { planSheet: PlanSheet; master: Master; stamp: string }

/** The master of a plan as JSON, with the relations of `today` (in Beijing). Throws plan-not-found. */
export async function loadMaster(db: D1Database, planId: string, actor: Actor, today: string): Promise<LoadedMaster> {
  const { planSheet, master, stamp } = await toMaster(
    db,
    await db.batch(selectMaster(db, planId, today)),
    planId,
    actor,
  )
  return { planSheet, master, stamp }
}

/** The same, and what the workbook shows beyond it: target arithmetic, and every change with the receipt that it came by. */
export async function loadReport(
  db: D1Database,
  planId: string,
  actor: Actor,
  today: string,
): Promise<LoadedMaster & { report: MasterReport }> {
  const [events, receipts, last, ...results] = await db.batch([
    ...selectEventList(db, planId),
    ...selectMaster(db, planId, today),
  ])
  const { heads, annotations, ...loaded } = await toMaster(db, results, planId, actor)
  const { plan, spec } = loaded.planSheet
  const { rows, status, conflicts, issues, seal } = loaded.master
  const [{ at = '' } = {}] = (last?.results ?? []) as { at: string }[]
  const targets = targetsOfRows(loaded.planSheet, heads, annotations)
  const returns = [...standingReviews(loaded.planSheet, heads, annotations).values()]
    .flat()
    .filter(({ kind }) => kind === 'return')
    .map(({ rowId, column, text }) => ({ rowId, ...(column !== undefined ? { column } : {}), reason: text }))
  const check = checkReport({ title: plan.title, spec, rows, issues, targets, at })
  return {
    ...loaded,
    report: {
      plan,
      spec,
      rows,
      status,
      conflicts,
      events: toEvents(events, readReceipts(receipts)),
      returns,
      check,
      at,
      ...(seal ? { seal } : {}),
    },
  }
}

function selectMaster(db: D1Database, planId: string, today: string): D1PreparedStatement[] {
  return [
    selectStamp(db, planId, today),
    selectConflicts(db, sheetIdOf(planId)),
    db
      .prepare(
        `SELECT a.unit_id, s.at, s.row_outcomes FROM submission s JOIN actor a ON a.id = s.actor_id
         WHERE s.plan_id = ?1 AND s.kind = 'rows' AND s.status = 'accepted' AND a.role = 'unit' ORDER BY s.at`,
      )
      .bind(planId),
    selectLatestSeal(db),
    ...selectWholePlan(db, planId, today),
  ]
}

type ReadMaster = LoadedMaster & Pick<WholePlan, 'heads' | 'annotations'>

async function toMaster(db: D1Database, results: D1Result[], planId: string, actor: Actor): Promise<ReadMaster> {
  const [stampResult, conflictResult, submissionResult, sealResult, ...whole] = results
  const { planSheet, registry, heads, parties, annotations, sentRows } = await readWholePlan(db, whole, planId, actor)
  const { plan, spec, seq } = planSheet
  const conflicts = readConflicts(conflictResult)
  const issues = issuesOfRows(planSheet, heads, registry, annotations, true)
  const reviews = reviewsOfRows(planSheet, heads, annotations, sentRows, parties)
  const status = reportStatus({
    spec,
    rows: heads.map(({ row }) => ({ rowId: row.rowId, lead: leadUnits(parties.get(row.rowId)) })),
    submissions: ((submissionResult?.results ?? []) as SubmissionColumns[]).map((row) => ({
      unitId: row.unit_id,
      at: row.at,
      outcomes: JSON.parse(row.row_outcomes) as [string, string][],
    })),
    issues,
    openConflicts: conflicts.filter(({ isOpen }) => isOpen),
    reviews: plan.state === 'collecting' ? reviews : undefined,
  })
  const rows = heads.map(({ row, ver, spansConfirmed }) => ({
    ...row,
    ver,
    spansConfirmed,
    lead: (parties.get(row.rowId)?.lead ?? []).map(({ name }) => name),
    supporting: (parties.get(row.rowId)?.supporting ?? []).map(({ name }) => name),
    ...(reviews.has(row.rowId) ? { review: reviews.get(row.rowId) } : {}),
  }))
  const [seal] = readSeals(sealResult)
  const master = {
    plan,
    seq,
    rows,
    status,
    conflicts: conflicts.map(toConflictBody),
    issues,
    ...(seal ? { seal } : {}),
  }
  return { planSheet, master, stamp: readStamp(stampResult), heads, annotations }
}

type SubmissionColumns = { unit_id: string; at: string; row_outcomes: string }

function leadUnits(parties: Parties | undefined): LeadUnit[] {
  return (parties?.lead ?? []).flatMap(({ unitId, name }) => (unitId === undefined ? [] : [{ id: unitId, name }]))
}

type EventColumns = {
  seq: number
  row_id: string
  kind: EventKind
  at: string
  name: string
  changes: string
  reason: string | null
  document_number: string | null
  effective_period: string | null
  number: string | null
  task: string | null
}

/**
 * Every change but the creation of the plan, in the order of the table within a commit; the receipts by which
 * they came; and the time of the last.
 */
function selectEventList(db: D1Database, planId: string): D1PreparedStatement[] {
  const sheetId = sheetIdOf(planId)
  return [
    db
      .prepare(
        `SELECT v.seq, v.row_id, v.kind, c.at, a.name, v.changes, w.reason, w.document_number, w.effective_period,
           iif(v.kind = 'delete', r.cells ->> '$.number', NULL) AS number,
           iif(v.kind = 'delete', r.cells ->> '$.task', NULL) AS task
         FROM commit_log c JOIN row_event v ON v.seq = c.seq AND v.sheet_id = c.sheet_id
         JOIN actor a ON a.id = v.actor_id
         LEFT JOIN row_state r ON r.sheet_id = v.sheet_id AND r.row_id = v.row_id
         LEFT JOIN plan_change w ON w.seq = c.seq
         WHERE c.sheet_id = ?1 AND NOT (c.kind = 'plan') ORDER BY v.seq, r.order_key, v.row_id`,
      )
      .bind(sheetId),
    selectReceipts(db, planId),
    db
      .prepare(
        `SELECT max(at) AS at FROM (SELECT max(at) AS at FROM commit_log WHERE sheet_id = ?1
         UNION ALL SELECT max(at) FROM submission WHERE plan_id = ?2 AND status = 'accepted')`,
      )
      .bind(sheetId, planId),
  ]
}

function toEvents(result: D1Result | undefined, receipts: ReadonlyMap<number, ReceiptOfCommit>): MasterEvent[] {
  return ((result?.results ?? []) as EventColumns[]).map((row) => ({
    receipt: receipts.get(row.seq)?.number ?? '',
    at: row.at,
    by: row.name,
    rowId: row.row_id,
    kind: row.kind,
    changes: JSON.parse(row.changes) as EventChange[],
    ...(row.reason !== null ? { reason: row.reason } : {}),
    ...(row.document_number !== null ? { documentNumber: row.document_number } : {}),
    ...(row.effective_period !== null ? { effectivePeriod: row.effective_period } : {}),
    ...(row.task !== null ? { gone: { number: row.number ?? '', task: row.task } } : {}),
  }))
}
