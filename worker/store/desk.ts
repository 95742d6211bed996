/** Everything that the commission's desk is made from, read in one batch, so that it is of one moment. */
import type { Receipt, RowOutcome } from '../../domain/protocol.ts'
import type { Actor } from '../env.ts'
import { groupBy } from '../group-by.ts'
import { readOpenCounts, selectOpenCounts } from './conflicts.ts'
import { readStamp, selectStamp, sheetIdOf } from './plans.ts'
import type { EventChange } from './rows.ts'
import { readSubmission, selectSubmission } from './submissions.ts'
import { readWholePlan, selectWholePlan, type WholePlan } from './whole-plan.ts'

/** Who made a row and when; with what changes, only of a row that is at a later version. */
export type First = { by: string; at: string; changes?: EventChange[] }

/** The last event after its creation that changed this column of a row. */
export type LastChange = { rowId: string; column: string; seq: number; by: string; at: string }

/** What of a row stayed out of the master, as the unit last sent it. */
export type LeftOut = Pick<RowOutcome, 'rowId' | 'notWritable' | 'held' | 'blocked'> & {
  submissionId: string
  unitId: string
  by: string
  at: string
}

export type DeskData = WholePlan & {
  /** Open conflicts by row, of deleted rows too. */
  openConflicts: Map<string, number>
  firsts: Map<string, First>
  /** By row, one of each column that was ever changed. */
  lastChanges: Map<string, LastChange[]>
  leftOut: LeftOut[]
  openDrafts: number
}

/** Submissions whose receipts are so long that they are read one by one; beyond so many only the last ones. */
const MOST_LONG = 500

/** What waits in a plan, with the relations of `today` (in Beijing), and its stamp. Throws plan-not-found. */
export async function loadDesk(db: D1Database, planId: string, actor: Actor, today: string): Promise<DeskData> {
  const sheetId = sheetIdOf(planId)
  const [conflicts, firsts, changes, left, drafts, ...whole] = await db.batch([
    selectOpenCounts(db, sheetId),
    selectFirsts(db, sheetId),
    selectLastChanges(db, sheetId),
    selectLeftOut(db, planId),
    selectOpenDrafts(db, planId),
    ...selectWholePlan(db, planId, today),
  ])
  const plan = await readWholePlan(db, whole, planId, actor)
  const { short, long } = readLeftOut(left)
  return {
    ...plan,
    openConflicts: readOpenCounts(conflicts),
    firsts: readFirsts(firsts),
    lastChanges: readLastChanges(changes),
    leftOut: [...short, ...(await readLong(db, long.slice(-MOST_LONG)))],
    openDrafts: countOf(drafts),
  }
}

/** The stamp of everything that the desk shows: that of the master, and of drafts. For readDeskStamp. */
export function selectDeskStamp(db: D1Database, planId: string, today: string): D1PreparedStatement[] {
  return [
    selectStamp(db, planId, today),
    db
      .prepare(
        `SELECT count(*) + (SELECT count(*) FROM draft_decision x JOIN draft o ON o.id = x.draft_id WHERE o.plan_id = ?1)
           AS n FROM draft WHERE plan_id = ?1`,
      )
      .bind(planId),
  ]
}

export function readDeskStamp([stamp, drafts]: (D1Result | undefined)[]): string {
  return `${readStamp(stamp)}-${countOf(drafts)}`
}

function countOf(result: D1Result | undefined): number {
  return (result?.results as { n: number }[] | undefined)?.[0]?.n ?? 0
}

function selectOpenDrafts(db: D1Database, planId: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT count(*) AS n FROM draft d WHERE d.plan_id = ?1
         AND NOT EXISTS (SELECT 1 FROM draft_decision x WHERE x.draft_id = d.id)`,
    )
    .bind(planId)
}

function selectFirsts(db: D1Database, sheetId: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT v.row_id AS rowId, a.name AS by, c.at, iif(r.ver > v.seq, v.changes, NULL) AS changes FROM row_event v
       JOIN row_state r ON r.sheet_id = v.sheet_id AND r.row_id = v.row_id AND r.deleted = 0
       JOIN actor a ON a.id = v.actor_id JOIN commit_log c ON c.seq = v.seq
       WHERE v.sheet_id = ?1 AND v.kind = 'insert'`,
    )
    .bind(sheetId)
}

function readFirsts(result: D1Result | undefined): Map<string, First> {
  const events = (result?.results ?? []) as { rowId: string; by: string; at: string; changes: string | null }[]
  return new Map(
    events.map(({ rowId, by, at, changes }) => [
      rowId,
      { by, at, ...(changes !== null ? { changes: JSON.parse(changes) as EventChange[] } : {}) },
    ]),
  )
}

/** Columns beside a single max() are of the row that has it. */
function selectLastChanges(db: D1Database, sheetId: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT e.row_id AS rowId, e.place AS "column", e.seq, a.name AS by, c.at FROM (
         SELECT v.row_id, o.value ->> '$.column' AS place, v.actor_id, max(v.seq) AS seq
         FROM row_event v, json_each(v.changes) o
         WHERE v.sheet_id = ?1 AND v.kind <> 'insert' GROUP BY 1, 2) e
       JOIN actor a ON a.id = e.actor_id JOIN commit_log c ON c.seq = e.seq`,
    )
    .bind(sheetId)
}

function readLastChanges(result: D1Result | undefined): Map<string, LastChange[]> {
  return groupBy((result?.results ?? []) as LastChange[], ({ rowId }) => rowId)
}

/**
 * What the last submission of each unit for each row left out, oldest first. A receipt that continues in
 * submission_chunk (`isLong`) gives one line, with the rows that it is the last of. MATERIALIZED and CROSS JOIN: the submissions are
 * gone through once, and no receipt is parsed that left nothing out.
 */
function selectLeftOut(db: D1Database, planId: string): D1PreparedStatement {
  return db
    .prepare(
      `WITH last AS MATERIALIZED (
         SELECT o.value ->> 0 AS row_id, s.actor_id, max(s.rowid) AS place
         FROM submission s JOIN actor a ON a.id = s.actor_id AND a.role = 'unit', json_each(s.row_outcomes) o
         WHERE s.plan_id = ?1 AND s.kind = 'rows' AND s.status = 'accepted' GROUP BY 1, 2),
       some AS MATERIALIZED (
         SELECT s.rowid AS place, EXISTS (
           SELECT 1 FROM submission_chunk c WHERE c.submission_id = s.id AND c.part = 'result') AS is_long
         FROM submission s WHERE s.rowid IN (SELECT place FROM last)
           AND s.totals ->> '$.notWritable' + s.totals ->> '$.held' + s.totals ->> '$.blocked' > 0)
       SELECT s.id AS submissionId, a.unit_id AS unitId, a.name AS by, s.at, p.is_long AS isLong,
         iif(p.is_long, (SELECT json_group_array(l.row_id) FROM last l WHERE l.place = p.place), '[]') AS lastOf,
         o.value ->> '$.rowId' AS rowId, o.value -> '$.notWritable' AS notWritable, o.value -> '$.held' AS held,
         o.value -> '$.blocked' AS blocked
       FROM some p CROSS JOIN submission s ON s.rowid = p.place CROSS JOIN actor a ON a.id = s.actor_id
         LEFT JOIN json_each(iif(p.is_long, '{}', s.result), '$.rows') o
       WHERE p.is_long OR (
         json_array_length(o.value, '$.notWritable') + json_array_length(o.value, '$.held')
           + json_array_length(o.value, '$.blocked') > 0
         AND (o.value ->> '$.rowId', s.actor_id, s.rowid) IN (SELECT row_id, actor_id, place FROM last))
       ORDER BY s.rowid`,
    )
    .bind(planId)
}

/** `lastOf`: JSON list of the rows that the unit named in this submission last. */
type LongReceipt = { submissionId: string; unitId: string; by: string; at: string; lastOf: string }
type LeftOutColumns = LongReceipt & { rowId: string; notWritable: string; held: string; blocked: string }

function readLeftOut(result: D1Result | undefined): { short: LeftOut[]; long: LongReceipt[] } {
  const lines = (result?.results ?? []) as (LeftOutColumns & { isLong: number })[]
  const short = lines
    .filter(({ isLong }) => isLong === 0)
    .map(({ submissionId, unitId, by, at, rowId, notWritable, held, blocked }) => ({
      ...{ submissionId, unitId, by, at, rowId },
      notWritable: JSON.parse(notWritable) as LeftOut['notWritable'],
      held: JSON.parse(held) as LeftOut['held'],
      blocked: JSON.parse(blocked) as LeftOut['blocked'],
    }))
  return { short, long: lines.filter(({ isLong }) => isLong === 1) }
}

/** A receipt never changes, so these may be read after the rest; one at a time, because each may have megabytes. */
async function readLong(db: D1Database, long: readonly LongReceipt[]): Promise<LeftOut[]> {
  const left: LeftOut[] = []
  for (const { submissionId, unitId, by, at, lastOf } of long) {
    const stored = readSubmission(await selectSubmission(db, submissionId).run())
    if (!stored) continue
    const { rows } = JSON.parse(stored.result) as Receipt
    const last = new Set(JSON.parse(lastOf) as string[])
    for (const { rowId, notWritable, held, blocked } of rows) {
      if (!last.has(rowId) || notWritable.length + held.length + blocked.length === 0) continue
      left.push({ rowId, notWritable, held, blocked, submissionId, unitId, by, at })
    }
  }
  return left
}
