/** What target arithmetic reads of a row: its target, and its milestones with the periods that each spans. */
import type { Issue } from './issue.ts'
import { columnOf, type SheetSpec } from './sheet-spec.ts'
import { coveredColumns, type Row } from './table.ts'
import type { TargetTask } from './targets.ts'

/** `column` of the target's text; `columns`: that of each milestone, in the order of `task.milestones`. */
export type RowTargets = { task: TargetTask; column: string; columns: string[] }

/** Column that holds the promise of a row: its target, or the task itself in a form without one. */
export function targetColumn(spec: SheetSpec): string {
  return columnOf(spec, 'target') ? 'target' : 'task'
}

/** Column that an issue speaks of: target arithmetic of a whole row is about its promise; undefined for other whole rows. */
export function columnSpokenOf(issue: Issue, spec: SheetSpec): string | undefined {
  return issue.column ?? (issue.code.startsWith('target/') ? targetColumn(spec) : undefined)
}

/** Undefined where the form has no milestones. A milestone covered by a span is not there; a blank one is, as ''. */
export function rowTargets(spec: SheetSpec, row: Row): RowTargets | undefined {
  const milestones = spec.columns.filter(({ kind }) => kind === 'milestone')
  if (milestones.length === 0) return undefined
  const keys = milestones.map(({ key }) => key)
  const periods = new Map(milestones.map(({ key, period }) => [key, period ?? key]))
  const own = keys.filter((key) => Object.hasOwn(row.cells, key))
  const column = targetColumn(spec)
  return {
    column,
    columns: own,
    task: {
      target: row.cells[column] ?? '',
      milestones: own.map((key) => ({
        periods: coveredColumns(row, key, keys).map((covered) => periods.get(covered) ?? covered),
        text: row.cells[key] ?? '',
      })),
    },
  }
}
