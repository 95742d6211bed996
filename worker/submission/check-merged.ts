/** Checks rows after their merge, and says which errors keep a row out of the master. */
import { issueKey, standingByRow, targetAnswers } from '../../domain/annotation.ts'
import { createChecker } from '../../domain/check.ts'
import { planContext } from '../../domain/check-context.ts'
import { isBlank } from '../../domain/fold.ts'
import type { Issue } from '../../domain/issue.ts'
import type { MergeConflict, MergeResult } from '../../domain/merge.ts'
import { columnOf, type SheetSpec } from '../../domain/sheet-spec.ts'
import { completeRow } from '../../domain/span-units.ts'
import type { CellChange, Row } from '../../domain/table.ts'
import type { Actor } from '../env.ts'
import { groupBy } from '../group-by.ts'
import type { ExplainedIssue } from '../row-issues.ts'
import type { Loaded } from './load.ts'
import type { Separated } from './separate.ts'

/** `fromMerge`: neither the row as it stood nor the row as submitted has it; the two together do. */
export type MergedIssue = ExplainedIssue & { fromMerge?: boolean }

export type Checked = {
  issues: MergedIssue[]
  /** Errors by row, those of submitted texts that wait in a conflict included. */
  errors: Map<string, MergedIssue[]>
}

/** Rows as submitted and as they were pulled, and what came of merging them. */
type Merging = {
  separated: Separated[]
  bases: ReadonlyMap<string, { ver: number; row: Row | undefined }>
  result: Pick<MergeResult, 'applied' | 'conflicts'>
}

/**
 * Issues of the merged rows, and errors by row. A submitted text that is in conflict does not stand
 * in the merged row but may later be chosen, so its own texts are checked too.
 */
export function checkMerged(
  { plan, spec, registry, outline, heads, annotations }: Loaded,
  merging: Merging,
  mergedRows: Map<string, Row>,
): Checked {
  const { separated, result } = merging
  const rows = separated.flatMap(({ row }) => mergedRows.get(row.rowId) ?? [])
  const planTasks = Object.fromEntries([
    ...rows.map((row) => [row.rowId, row.cells.task ?? '']),
    ...outline.map(({ rowId, task }) => [rowId, task]),
  ])
  const unconfirmed = new Set([...heads].filter(([, head]) => !head.spansConfirmed).map(([rowId]) => rowId))
  // What a submitter may not change does not land, so texts that differ from the outline are the commission's own.
  const context = { ...planContext(plan, registry), planTasks, unconfirmed, mayChangeTexts: true }
  // Rows that a side has as the merge has them are not checked again.
  const checkRows = createChecker()
  const check = (list: Row[]) => {
    if (list.length === 0) return []
    const answers = targetAnswers(standingByRow(spec, list, annotations))
    return checkRows({ spec, rows: list, complete: false }, { ...context, answers })
  }
  const found = check(rows).map(({ index: _, ...issue }) => issue)
  const known = issuesOfEitherSide({ spec, heads }, merging, check)
  const issues = known ? found.map((issue) => (known.has(keyOf(issue)) ? issue : { ...issue, fromMerge: true })) : found
  const disputed = new Set(result.conflicts.map(({ rowId }) => rowId))
  const inTexts = check(separated.filter(({ row }) => disputed.has(row.rowId)).map(({ row }) => row)).filter(
    ({ code }) => code.startsWith('text/'),
  )
  const errors = [...issues, ...inTexts].filter(({ severity }) => severity === 'error')
  return { issues, errors: groupBy(errors, ({ rowId = '' }) => rowId) }
}

/**
 * What the rows as they stood and the rows as their submitter had them have wrong, each side by itself.
 * Undefined where only one side changed anything since: then nothing comes from the merge.
 */
function issuesOfEitherSide(
  { spec, heads }: Pick<Loaded, 'spec' | 'heads'>,
  { separated, bases, result }: Merging,
  check: (rows: Row[]) => Issue[],
): Set<string> | undefined {
  const hasMoved = ({ row: { rowId } }: Separated) => (heads.get(rowId)?.ver ?? 0) > (bases.get(rowId)?.ver ?? 0)
  if (result.applied.length === 0 || !separated.some(hasMoved)) return undefined
  const columns = spec.columns.map(({ key }) => key)
  const before = separated.flatMap(({ row }) => heads.get(row.rowId)?.row ?? [])
  const submitted = separated.map(({ row }) => completeRow(columns, row, bases.get(row.rowId)?.row))
  return new Set([...check(before), ...check(submitted)].map(keyOf))
}

function keyOf(issue: Issue): string {
  return `${issueKey(issue)}\n${issue.rowId}\n${issue.column}`
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
  errors: MergedIssue[],
  applied: CellChange[],
  conflicts: MergeConflict[],
): MergedIssue[] {
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
