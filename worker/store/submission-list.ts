/** The list of a plan's submissions, page by page. */
import type { Receipt, SubmissionList } from '../../domain/protocol.ts'
import { toNumber } from './submissions.ts'

/** Most submissions of one answer; the busiest known county sends some hundreds in a month. */
export const MAX_LISTED = 1_000

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
      `SELECT s.rowid AS place, s.id, s.day, s.day_no, a.name, s.at, s.status,
         json_array_length(s.row_outcomes) AS rows, s.totals
       FROM submission s JOIN actor a ON a.id = s.actor_id
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
      at: row.at,
      status: row.status,
      rows: row.rows,
      totals: JSON.parse(row.totals) as Receipt['totals'],
    })),
    ...(results.length > limit && last ? { next: String(last.place) } : {}),
  }
}
