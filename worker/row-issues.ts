/** What is wrong with rows as they stand, each issue with the reason that somebody gave for leaving it. */
import { checkTable } from '../domain/check.ts'
import type { Issue } from '../domain/issue.ts'
import type { IssueReason } from '../domain/protocol.ts'
import type { UnitRegistry } from '../domain/units.ts'
import { groupBy } from './group-by.ts'
import { findReason, type StoredReason } from './store/annotations.ts'
import type { PlanSheet } from './store/plans.ts'
import type { HeadRow } from './store/rows.ts'

export type ExplainedIssue = Issue & { reason?: IssueReason }

/** Issues of these rows, in the order of the table. `complete`: whether they are the whole table. */
export function issuesOfRows(
  { plan, spec }: Pick<PlanSheet, 'plan' | 'spec'>,
  heads: readonly HeadRow[],
  registry: UnitRegistry,
  reasons: readonly StoredReason[],
  complete: boolean,
): ExplainedIssue[] {
  const issues = checkTable(
    { spec, rows: heads.map(({ row, ver }) => ({ ...row, ver })), complete },
    {
      registry,
      periods: plan.periods,
      planTasks: Object.fromEntries(heads.map(({ row }) => [row.rowId, row.cells.task ?? ''])),
      unconfirmed: new Set(heads.filter(({ spansConfirmed }) => !spansConfirmed).map(({ row }) => row.rowId)),
    },
  )
  const byRow = groupBy(reasons, ({ rowId }) => rowId)
  const rowsById = new Map(heads.map(({ row }) => [row.rowId, row]))
  return issues.map((issue) => {
    const row = rowsById.get(issue.rowId ?? '')
    const reason = row && findReason(spec, byRow.get(row.rowId) ?? [], row, issue)
    return reason ? { ...issue, reason } : issue
  })
}
