/** Everything that the master shows, read in one batch. */
import { checkTable } from '../../domain/check.ts'
import { type LeadUnit, reportStatus } from '../../domain/master-status.ts'
import type { MasterEvent, MasterReport } from '../../domain/master-workbook.ts'
import type { Master } from '../../domain/protocol.ts'
import type { Actor } from '../env.ts'
import { readConflicts, selectConflicts, toConflictBody } from './conflicts.ts'
import { type PlanSheet, readPlan, readRegistry, selectPlan, selectRegistry, sheetIdOf } from './plans.ts'
import {
  type EventChange,
  type EventKind,
  type Parties,
  readParties,
  readRows,
  selectParties,
  selectRows,
} from './rows.ts'

type SubmissionColumns = { unit_id: string; at: string; row_outcomes: string }

/** The master of a plan as JSON, with the plan as it was at that moment. Throws plan-not-found. */
export async function loadMaster(
  db: D1Database,
  planId: string,
  actor: Actor,
): Promise<{ planSheet: PlanSheet; master: Master }> {
  const sheetId = sheetIdOf(planId)
  const [planResult, rowResult, partyResult, conflictResult, submissionResult, ...registryResults] = await db.batch([
    selectPlan(db, planId),
    selectRows(db, sheetId),
    selectParties(db, sheetId),
    selectConflicts(db, sheetId),
    db
      .prepare(
        `SELECT a.unit_id, s.at, s.row_outcomes FROM submission s JOIN actor a ON a.id = s.actor_id
         WHERE s.plan_id = ?1 AND s.kind = 'rows' AND s.status = 'accepted' AND a.role = 'unit' ORDER BY s.at`,
      )
      .bind(planId),
    ...selectRegistry(db, planId),
  ])
  const planSheet = readPlan(planResult, planId, actor)
  const { plan, spec, seq } = planSheet
  const heads = readRows(rowResult).filter(({ deleted }) => !deleted)
  const parties = readParties(partyResult)
  const conflicts = readConflicts(conflictResult)
  const issues = checkTable(
    { spec, rows: heads.map(({ row, ver }) => ({ ...row, ver })), complete: true },
    {
      registry: readRegistry(registryResults),
      periods: plan.periods,
      planTasks: Object.fromEntries(heads.map(({ row }) => [row.rowId, row.cells.task ?? ''])),
      unconfirmed: new Set(heads.filter(({ spansConfirmed }) => !spansConfirmed).map(({ row }) => row.rowId)),
    },
  )
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
  })
  const rows = heads.map(({ row, ver, spansConfirmed }) => ({
    ...row,
    ver,
    spansConfirmed,
    lead: (parties.get(row.rowId)?.lead ?? []).map(({ name }) => name),
    supporting: (parties.get(row.rowId)?.supporting ?? []).map(({ name }) => name),
  }))
  return { planSheet, master: { plan, seq, rows, status, conflicts: conflicts.map(toConflictBody), issues } }
}

function leadUnits(parties: Parties | undefined): LeadUnit[] {
  return (parties?.lead ?? []).flatMap(({ unitId, name }) => (unitId === undefined ? [] : [{ id: unitId, name }]))
}

type EventColumns = {
  row_id: string
  kind: EventKind
  at: string
  name: string
  changes: string
  day: string | null
  day_no: number | null
}

/** What the workbook shows beyond the JSON: every change, with the receipt that it came by. */
export async function loadReport(
  db: D1Database,
  { plan, spec, sheetId }: PlanSheet,
  master: Master,
): Promise<MasterReport> {
  const [eventResult, lastResult] = await db.batch([
    db
      .prepare(
        `SELECT v.row_id, v.kind, c.at, a.name, v.changes, s.day, s.day_no
         FROM row_event v JOIN commit_log c ON c.seq = v.seq JOIN actor a ON a.id = v.actor_id
         LEFT JOIN submission s ON s.commit_seq = c.seq
         WHERE v.sheet_id = ?1 AND v.seq <= ?2 AND NOT (c.kind = 'plan') ORDER BY v.seq, v.id`,
      )
      .bind(sheetId, master.seq),
    db
      .prepare(
        `SELECT max(at) AS at FROM (SELECT max(at) AS at FROM commit_log WHERE sheet_id = ?1
         UNION ALL SELECT max(at) FROM submission WHERE plan_id = ?2 AND status = 'accepted')`,
      )
      .bind(sheetId, plan.id),
  ])
  const events = ((eventResult?.results ?? []) as EventColumns[]).map(
    (row): MasterEvent => ({
      receipt: row.day === null || row.day_no === null ? '' : `${row.day}-${String(row.day_no).padStart(4, '0')}`,
      at: row.at,
      by: row.name,
      rowId: row.row_id,
      kind: row.kind,
      changes: JSON.parse(row.changes) as EventChange[],
    }),
  )
  const [last] = (lastResult?.results ?? []) as { at: string }[]
  const { rows, status, conflicts } = master
  return { plan, spec, rows, status, conflicts, events, at: last?.at ?? '' }
}
