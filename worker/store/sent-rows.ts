/** Which rows the units of a plan have sent in, and when last: what review and the desk begin with. */
import type { Parties } from './rows.ts'

/** What became of one row in all accepted submissions of one unit. */
export type SentRow = {
  rowId: string
  unitId: string
  unit: string
  /** Of the last one in which the row had no errors; null where it always had. */
  sentAt: string | null
  /** Whether it ever changed or contested anything in the row, which nobody can but in a row that is theirs. */
  took: number
}

/**
 * Reads them without their texts, however many submissions there are; none once the plan is issued, which ends the
 * review. Submissions are found by their number.
 */
export function selectSentRows(db: D1Database, planId: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT o.value ->> 0 AS rowId, a.unit_id AS unitId, a.name AS unit,
         max(iif(o.value ->> 1 = 'blocked', NULL, s.at)) AS sentAt,
         max(o.value ->> 1 NOT IN ('blocked', 'unchanged')) AS took
       FROM submission s JOIN actor a ON a.id = s.actor_id AND a.role = 'unit', json_each(s.row_outcomes) o
       WHERE s.plan_id = ?1 AND s.kind = 'rows' AND s.status = 'accepted'
         AND EXISTS (SELECT 1 FROM plan p WHERE p.id = ?1 AND p.state = 'collecting') GROUP BY 1, 2`,
    )
    .bind(planId)
}

export function readSentRows(result: D1Result | undefined): SentRow[] {
  return (result?.results ?? []) as SentRow[]
}

/**
 * Whether a unit has sent this row in as its own: by changing it, or by leaving it as it stood where the unit
 * leads it now. A row that was only named, by a unit that leads it not, was not.
 */
export function isSent({ sentAt, took, unitId }: SentRow, parties: Parties | undefined): boolean {
  return sentAt !== null && (took === 1 || (parties?.lead.some((party) => party.unitId === unitId) ?? false))
}
