/** Checks rows after their merge, and says which errors keep a row out of the master. */
import { checkTable } from '../../domain/check.ts'
import { isBlank } from '../../domain/fold.ts'
import type { Issue } from '../../domain/issue.ts'
import type { MergeConflict } from '../../domain/merge.ts'
import { columnOf, type SheetSpec } from '../../domain/sheet-spec.ts'
import type { CellChange, Row } from '../../domain/table.ts'
import type { Actor } from '../env.ts'
import { groupBy } from '../group-by.ts'
import type { Loaded } from './load.ts'
import type { Separated } from './separate.ts'

export type Checked = {
  issues: Issue[]
  /** Errors by row, those of submitted texts that wait in a conflict included. */
  errors: Map<string, Issue[]>
}

/**
 * Issues of the merged rows, and errors by row. A submitted text that is in conflict does not stand
 * in the merged row but may later be chosen, so its own texts are checked too.
 */
export function checkMerged(
  { plan, spec, registry, outline, heads }: Loaded,
  merging: Separated[],
  mergedRows: Map<string, Row>,
  conflicts: { rowId: string }[],
): Checked {
  const rows = merging.flatMap(({ row }) => mergedRows.get(row.rowId) ?? [])
  const planTasks = Object.fromEntries([
    ...rows.map((row) => [row.rowId, row.cells.task ?? '']),
    ...outline.map(({ rowId, task }) => [rowId, task]),
  ])
  const unconfirmed = new Set([...heads].filter(([, head]) => !head.spansConfirmed).map(([rowId]) => rowId))
  const context = { registry, periods: plan.periods, planTasks, unconfirmed }
  const check = (list: Row[]) => (list.length === 0 ? [] : checkTable({ spec, rows: list, complete: false }, context))
  const issues = check(rows).map(({ index: _, ...issue }) => issue)
  const disputed = new Set(conflicts.map(({ rowId }) => rowId))
  const inTexts = check(merging.filter(({ row }) => disputed.has(row.rowId)).map(({ row }) => row)).filter(({ code }) =>
    code.startsWith('text/'),
  )
  const errors = [...issues, ...inTexts].filter(({ severity }) => severity === 'error')
  return { issues, errors: groupBy(errors, ({ rowId = '' }) => rowId) }
}

/**
 * The errors that are the submitter's to mend: those in cells that it may write. The commission may
 * write all cells, but a milestone that a unit has yet to fill in is no reason to refuse a corrected
 * task text: of the units' cells only those count that the submission itself changes.
 */
export function errorsOf(
  actor: Actor,
  spec: SheetSpec,
  writable: string[],
  errors: Issue[],
  applied: CellChange[],
  conflicts: MergeConflict[],
): Issue[] {
  if (actor.role !== 'commission') {
    return errors.filter(({ column }) => column === undefined || writable.includes(column))
  }
  const touched = new Set([
    ...applied.filter(({ old, new: text }) => !isBlank(old ?? '') || !isBlank(text ?? '')).map(({ column }) => column),
    ...conflicts.flatMap(({ column, columns }) => columns ?? (column === undefined ? [] : [column])),
  ])
  return errors.filter(
    ({ column }) => column === undefined || touched.has(column) || columnOf(spec, column)?.writer !== 'lead',
  )
}
