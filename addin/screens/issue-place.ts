/** Where a person finds what an issue speaks of: one of a whole row is about a text in it, never about the sheet's first column. */
import { cellAddress } from '../../domain/grid.ts'
import { columnOf } from '../../domain/sheet-spec.ts'
import { columnSpokenOf } from '../../domain/target-task.ts'
import type { CheckResult, PlacedIssue } from '../checking-state.ts'

/** `header`: of the column, '' where the issue is not about one. `row` and `column` count from 0. */
export type IssuePlace = { row: number; column: number; address: string; header: string }

/**
 * The cell to show and to jump to; undefined for an issue of the whole table. Target arithmetic of a whole row
 * speaks of the promise, wherever the county writes it; anything else of a whole row is found at its task.
 */
export function placeOfIssue(
  { issue, row, column }: PlacedIssue,
  { spec, columns }: Pick<CheckResult, 'spec' | 'columns'>,
): IssuePlace | undefined {
  if (row === undefined) return undefined
  const about = columnSpokenOf(issue, spec)
  const at = column ?? columns[about ?? ''] ?? columns.task ?? 0
  const header = about === undefined ? '' : (columnOf(spec, about)?.header.replace(/\s+/g, '') ?? '')
  return { row, column: at, address: cellAddress(row, at), header }
}
