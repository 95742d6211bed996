/** What is wrong with rows as they stand, each issue with the reason that somebody gave for leaving it. */
import { reasonFor, standingByRow, targetAnswers } from '../domain/annotation.ts'
import { checkTable } from '../domain/check.ts'
import { planContext } from '../domain/check-context.ts'
import { checkRowTargets, type RowTargetChecks } from '../domain/check-report.ts'
import type { Issue } from '../domain/issue.ts'
import type { IssueReason, StoredAnnotation } from '../domain/protocol.ts'
import type { UnitRegistry } from '../domain/units.ts'
import { checkerOf } from './lasting-checkers.ts'
import type { MadeAnnotation } from './store/annotations.ts'
import type { PlanSheet } from './store/plans.ts'
import type { HeadRow } from './store/rows.ts'

export type ExplainedIssue = Issue & { reason?: IssueReason }

/**
 * Issues of these rows, in the order of the table; what is answered is not asked again. `complete`:
 * whether they are the whole table.
 */
export function issuesOfRows(
  { plan, spec }: Pick<PlanSheet, 'plan' | 'spec'>,
  heads: readonly HeadRow[],
  registry: UnitRegistry,
  annotations: readonly MadeAnnotation[],
  complete: boolean,
): ExplainedIssue[] {
  const rows = heads.map(({ row, ver }) => ({ ...row, ver }))
  const standing = standingByRow(spec, rows, annotations)
  const check = complete ? checkerOf(plan.id, heads) : checkTable
  const issues = check(
    { spec, rows, complete },
    {
      ...planContext(plan, registry),
      planTasks: Object.fromEntries(heads.map(({ row }) => [row.rowId, row.cells.task ?? ''])),
      unconfirmed: new Set(heads.filter(({ spansConfirmed }) => !spansConfirmed).map(({ row }) => row.rowId)),
      answers: targetAnswers(standing),
    },
  )
  return issues.map((issue) => explainIssue(issue, standing))
}

/** Target arithmetic of these rows for 校验报告, answers heeded. */
export function targetsOfRows(
  { spec }: Pick<PlanSheet, 'spec'>,
  heads: readonly HeadRow[],
  annotations: readonly MadeAnnotation[],
): RowTargetChecks[] {
  const rows = heads.map(({ row }) => row)
  const answers = targetAnswers(standingByRow(spec, rows, annotations))
  return checkRowTargets(spec, rows, answers)
}

/** The issue with the reason that stands for it, where one does. `standing`: from standingByRow. */
export function explainIssue<Found extends Issue>(
  issue: Found,
  standing: ReadonlyMap<string, readonly StoredAnnotation[]>,
): Found & { reason?: IssueReason } {
  const reason = reasonFor(standing.get(issue.rowId ?? '') ?? [], issue)
  return reason ? { ...issue, reason: { text: reason.text, by: reason.by, at: reason.at } } : issue
}
