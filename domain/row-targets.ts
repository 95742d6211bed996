/**
 * The promise of one row of a breakdown table, as target arithmetic reads it: the target's text and the
 * milestones with the periods that they span.
 */
import { columnOf, milestoneKeys, type SheetSpec } from './sheet-spec.ts'
import { coveredColumns, type Row } from './table.ts'
import type { TargetTask } from './targets.ts'

/** `columns`: of the milestones of `task`, index by index. `target`: the column that holds the target. */
export type RowTask = { task: TargetTask; columns: string[]; target: string }

/** The target stands in its own column, or in the task where the plan has none. Undefined without milestone columns. */
export function readRowTask(spec: SheetSpec, row: Row): RowTask | undefined {
  const keys = milestoneKeys(spec)
  if (keys.length === 0) return undefined
  const target = columnOf(spec, 'target') ? 'target' : 'task'
  const columns = keys.filter((key) => row.cells[key] !== undefined)
  const periodOf = (key: string) => columnOf(spec, key)?.period ?? key
  return {
    task: {
      target: row.cells[target] ?? '',
      milestones: columns.map((key) => ({
        periods: coveredColumns(row, key, keys).map(periodOf),
        text: row.cells[key] ?? '',
      })),
    },
    columns,
    target,
  }
}
