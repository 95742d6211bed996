/** Which issues speak of target arithmetic; what opens 目标核算 needs no more of it. */

import type { PlacedIssue } from '../checking-state.ts'
import { annotationKeeper } from '../flows/annotations.ts'
import type { State } from '../state.ts'

/** Issues about target arithmetic that still wait for this person; advice does not. */
export function openTargetIssues(
  issues: readonly PlacedIssue[],
  concerns: (told: PlacedIssue) => boolean,
): PlacedIssue[] {
  return issues.filter(
    (placed) => isAboutTarget(placed) && placed.issue.severity !== 'hint' && !placed.reason && concerns(placed),
  )
}

/** A count beside its list is read in one cell and has no arithmetic to show. */
export function isAboutTarget({ issue: { code, rowId } }: Pick<PlacedIssue, 'issue'>): boolean {
  return rowId !== undefined && code.startsWith('target/') && code !== 'target/list-count'
}

/** Whether this person may mend it or say something about it. */
export function concernsOf(state: State): (told: PlacedIssue) => boolean {
  const spec = state.check?.spec
  return ({ mine, issue: { rowId } }) =>
    mine || (spec !== undefined && rowId !== undefined && annotationKeeper(state, spec, { rowId }) !== undefined)
}
