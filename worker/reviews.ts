/** How far the commission's review has come, row by row. 印发 ends it: the texts are then as the county issued them. */
import { standingByRow } from '../domain/annotation.ts'
import { isReview, type ReviewState, reviewState } from '../domain/review.ts'
import type { MadeAnnotation } from './store/annotations.ts'
import type { PlanSheet } from './store/plans.ts'
import type { HeadRow, Parties } from './store/rows.ts'
import { isSent, type SentRow } from './store/sent-rows.ts'

/** What stands of the review, by rowId; nothing once the plan is issued. */
export function standingReviews(
  { plan, spec }: Pick<PlanSheet, 'plan' | 'spec'>,
  heads: readonly HeadRow[],
  annotations: readonly MadeAnnotation[],
): Map<string, MadeAnnotation[]> {
  if (plan.state !== 'collecting') return new Map()
  const rows = heads.map(({ row }) => row)
  return standingByRow(spec, rows, annotations.filter(isReview))
}

/** The review of these rows by rowId; a row that no unit has sent in and nobody judged is left out. */
export function reviewsOfRows(
  planSheet: Pick<PlanSheet, 'plan' | 'spec'>,
  heads: readonly HeadRow[],
  annotations: readonly MadeAnnotation[],
  sentRows: readonly SentRow[],
  parties: ReadonlyMap<string, Parties>,
): Map<string, ReviewState> {
  if (planSheet.plan.state !== 'collecting') return new Map()
  const standing = standingReviews(planSheet, heads, annotations)
  const sent = new Set(sentRows.filter((row) => isSent(row, parties.get(row.rowId))).map(({ rowId }) => rowId))
  return new Map(
    heads.flatMap(({ row: { rowId } }): [string, ReviewState][] => {
      const review = reviewState(standing.get(rowId) ?? [], sent.has(rowId))
      return review === 'none' ? [] : [[rowId, review]]
    }),
  )
}
