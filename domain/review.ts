/**
 * 审核: how far the commission's review of a row has come. 退回 and 通过 are annotations, so both lapse with
 * the text that they were said of: a row that was mended waits again, a row that is changed later does too.
 */
import type { Annotation } from './annotation.ts'
import type { Issue } from './issue.ts'

/** `none`: no unit has sent the row in yet. */
export type ReviewState = 'none' | 'pending' | 'returned' | 'accepted'

/** The `code` of either annotation and of its withdrawal, and of nothing else. */
export const REVIEW_CODE = 'review'

/** Whether an annotation is one of the review, which the commission alone makes and takes back. */
export function isReview({ code, kind }: Pick<Annotation, 'code' | 'kind'>): boolean {
  return code === REVIEW_CODE && kind !== 'reason' && kind !== 'answer'
}

/**
 * Where a row stands. `standing`: its annotations that stand (standingByRow); `wasSubmitted`: whether a unit
 * that leads the row has sent it in without errors, changed or as it stood. One cell sent back outweighs an
 * acceptance of the row; the next acceptance settles it.
 */
export function reviewState(standing: readonly Annotation[], wasSubmitted: boolean): ReviewState {
  if (standing.some(({ kind }) => kind === 'return')) return 'returned'
  if (standing.some(({ kind }) => kind === 'accept')) return 'accepted'
  return wasSubmitted ? 'pending' : 'none'
}

/** What was sent back, as issues on its cells, for the unit's sheet: each stands until its text is changed. */
export function returnedIssues(standing: readonly (Annotation & { by?: string; at?: string })[]): Issue[] {
  return standing
    .filter(({ kind }) => kind === 'return')
    .map(({ rowId, column, text, by = '', at = '' }) => ({
      code: 'review/returned',
      severity: 'warning',
      rowId,
      ...(column !== undefined && { column }),
      params: { reason: text, by, at },
    }))
}
