/**
 * Checks every breakdown table of a workbook as the pane does: by a given plan, or by the plan that the
 * sheet itself shows.
 */
import { readLedger } from '../../domain/carrier.ts'
import { checkTable } from '../../domain/check.ts'
import { type CheckContext, planContext } from '../../domain/check-context.ts'
import { cellAddress, type Grid } from '../../domain/grid.ts'
import { type InferResult, inferPlan } from '../../domain/infer-plan.ts'
import type { Issue } from '../../domain/issue.ts'
import { matchRows } from '../../domain/match-rows.ts'
import { issueText } from '../../domain/messages.ts'
import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import type { PlanFile } from '../../domain/protocol.ts'
import { readTable } from '../../domain/read-table.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { TableRow } from '../../domain/table.ts'
import { columnSpokenOf, rowTargets } from '../../domain/target-task.ts'
import { checkTargets, type TargetCheck } from '../../domain/targets.ts'
import { readWorkbook } from '../../xlsx/read.ts'

/** `at`: address of the cell, or of the task in an issue of a whole row; absent where the issue is the whole table's. */
export type PlacedIssue = Issue & { at?: string; sentence: string }

/** `at`: address of the cell that holds the target. Evidence counts the milestones of `columns`. */
export type RowVerdicts = { rowId: string; number: string; at?: string; columns: string[]; checks: TargetCheck[] }

export type CheckedSheet = {
  sheet: string
  plan: Plan
  spec: SheetSpec
  rows: TableRow[]
  issues: PlacedIssue[]
  targets: RowVerdicts[]
}

/** `plan`: the rows are held against it; else each sheet's own. `year`: for a sheet that names none. */
export type CheckOptions = { plan?: PlanFile | undefined; sheet?: string | undefined; year: number }

/** Name of the county where a sheet names none; nothing is judged by it. */
const UNNAMED_COUNTY = '本县'

/** The sheets that hold such a table, in their order. Throws WorkbookRefused. */
export async function checkWorkbook(bytes: Uint8Array, options: CheckOptions): Promise<CheckedSheet[]> {
  const { sheets } = await readWorkbook(bytes)
  const ledger = sheets.flatMap(({ grid }) => readLedger(grid))
  return sheets
    .filter(({ hidden, name }) => !hidden && (options.sheet === undefined || name === options.sheet))
    .flatMap(({ name, grid }) => {
      const complete = ledger.find(({ sheet }) => sheet === name)?.complete
      return checkSheet(grid, options, complete) ?? []
    })
}

function checkSheet(grid: Grid, { plan: given, year }: CheckOptions, complete?: boolean): CheckedSheet | undefined {
  const file = given ?? inferFile(grid, year)
  if (!file) return undefined
  const plan: Plan = { ...file.plan, state: 'collecting' }
  const spec = breakdownSpec(plan)
  const reading = readTable(grid, spec, { complete: complete ?? false })
  const { layout } = reading
  if (!layout) return undefined
  const table = given ? matchRows(reading.table, tasksOf(given)).table : reading.table
  const found = [...reading.issues, ...checkTable(table, contextOf(file, given !== undefined))]
  const placeOf = (row: TableRow | undefined, column: string | undefined) =>
    row?.at === undefined ? undefined : cellAddress(row.at, layout.columns[column ?? ''] ?? layout.columns.task ?? 0)
  return {
    sheet: grid.name,
    plan,
    spec,
    rows: table.rows,
    issues: found.map((issue) => {
      const at = placeOf(issue.index === undefined ? undefined : table.rows[issue.index], columnSpokenOf(issue, spec))
      return { ...issue, ...(at !== undefined && { at }), sentence: issueText(issue, spec) }
    }),
    targets: table.rows.flatMap((row): RowVerdicts[] => {
      const targets = rowTargets(spec, row)
      if (!targets) return []
      const at = placeOf(row, targets.column)
      const { rowId, cells } = row
      const checks = checkTargets(targets.task)
      return [{ rowId, number: cells.number ?? '', ...(at !== undefined && { at }), columns: targets.columns, checks }]
    }),
  }
}

/** The plan that a sheet shows, with the units to check it by; undefined where it holds no such table. */
function inferFile(grid: Grid, year: number): PlanFile | undefined {
  let count = 0
  const infer = (known: { year?: number; county?: string }) =>
    inferPlan(grid, { planId: 'sheet', newId: () => `row-${++count}`, ...known })
  const first = infer({})
  if (first.file || first.issues.some(({ code }) => code === 'header/missing')) return toCheckBy(first)
  const lacks = (code: string) => first.issues.some((issue) => issue.code === code)
  const withYear = lacks('plan/no-year') ? infer({ year }) : first
  if (withYear.file) return toCheckBy(withYear)
  return toCheckBy(infer({ ...(lacks('plan/no-year') && { year }), county: UNNAMED_COUNTY }))
}

function toCheckBy({ file, checkRegistry }: InferResult): PlanFile | undefined {
  return file && { ...file, registry: checkRegistry ?? file.registry }
}

function contextOf({ plan, registry, rows }: PlanFile, isPlan: boolean): CheckContext {
  const context: CheckContext = planContext(plan, registry)
  if (!isPlan) return context
  return {
    ...context,
    planTasks: Object.fromEntries(rows.map(({ rowId, cells }) => [rowId, cells.task ?? ''])),
    unconfirmed: new Set(rows.filter(({ spansConfirmed }) => spansConfirmed === false).map(({ rowId }) => rowId)),
  }
}

function tasksOf({ rows }: PlanFile) {
  return rows.map(({ rowId, cells }) => ({
    rowId,
    task: cells.task ?? '',
    number: cells.number ?? '',
    ...(cells.target !== undefined && { target: cells.target }),
  }))
}
