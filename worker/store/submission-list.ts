/** The list of a plan's submissions, page by page, and the receipts by which a row was changed. */
import type { Receipt, SubmissionList } from '../../domain/protocol.ts'
import { BROUGHT, toNumber } from './submissions.ts'

/** Most submissions of one answer; the busiest known county sends some hundreds in a month. */
export const MAX_LISTED = 1_000

/** Whose key sent a submission, where it was not its actor's: joined to a submission s, as b. */
const BROUGHT_BY = `LEFT JOIN access_key k ON k.id = s.key_id
       LEFT JOIN actor b ON b.id = k.actor_id AND b.id <> s.actor_id`

/**
 * Submissions of a plan as they were recorded, the last first; only one actor's where `actorId` is
 * given. `before`: a `next` of an earlier answer. The order is that of the table's rowid, which only
 * rises, so that a list that grows while it is read neither repeats nor skips one.
 */
export async function listSubmissions(
  db: D1Database,
  planId: string,
  actorId: string | undefined,
  { before, limit = MAX_LISTED }: { before?: number | undefined; limit?: number | undefined } = {},
): Promise<SubmissionList> {
  const { results } = await db
    .prepare(
      `SELECT s.rowid AS place, s.id, s.day, s.day_no, a.name, b.name AS brought_by, s.at, s.status,
         s.idem_key, json_array_length(s.row_outcomes) AS rows, s.totals
       FROM submission s JOIN actor a ON a.id = s.actor_id
       ${BROUGHT_BY}
       WHERE s.plan_id = ?1 AND s.kind = 'rows' AND (?2 IS NULL OR s.actor_id = ?2) AND (?3 IS NULL OR s.rowid < ?3)
       ORDER BY s.rowid DESC LIMIT ?4`,
    )
    .bind(planId, actorId ?? null, before ?? null, limit + 1)
    .run<{
      place: number
      id: string
      day: string
      day_no: number | null
      name: string
      brought_by: string | null
      idem_key: string
      at: string
      status: 'accepted' | 'refused'
      rows: number
      totals: string
    }>()
  const listed = results.slice(0, limit)
  const last = listed.at(-1)
  return {
    submissions: listed.map((row) => ({
      id: row.id,
      number: toNumber(row.day, row.day_no),
      by: row.name,
      ...(row.brought_by !== null ? { broughtBy: row.brought_by, attempt: row.idem_key.replace(BROUGHT, '') } : {}),
      at: row.at,
      status: row.status,
      rows: row.rows,
      totals: JSON.parse(row.totals) as Receipt['totals'],
    })),
    ...(results.length > limit && last ? { next: String(last.place) } : {}),
  }
}

/** The receipt that a commit came by. */
export type ReceiptOfCommit = { number: string; broughtBy?: string }
type RowOfSheet = { sheetId: string; rowId: string }

/** Reads the receipts of the commits of a plan, or only of those that changed one row. */
export function selectReceipts(db: D1Database, planId: string, row?: RowOfSheet): D1PreparedStatement {
  const changed = row ? 'AND s.commit_seq IN (SELECT seq FROM row_event WHERE sheet_id = ?2 AND row_id = ?3)' : ''
  return db
    .prepare(
      `SELECT s.commit_seq AS seq, s.day, s.day_no, b.name AS brought_by FROM submission s ${BROUGHT_BY}
       WHERE s.plan_id = ?1 AND s.day_no IS NOT NULL AND s.commit_seq IS NOT NULL ${changed}`,
    )
    .bind(planId, ...(row ? [row.sheetId, row.rowId] : []))
}

/** The receipts by the sequence of their commit. */
export function readReceipts(result: D1Result | undefined): Map<number, ReceiptOfCommit> {
  const rows = (result?.results ?? []) as { seq: number; day: string; day_no: number; brought_by: string | null }[]
  return new Map(
    rows.map(({ seq, day, day_no: dayNo, brought_by: broughtBy }) => [
      seq,
      { number: toNumber(day, dayNo), ...(broughtBy !== null ? { broughtBy } : {}) },
    ]),
  )
}
