/**
 * Checks a table: runs the registry of rules over it and gives every issue its row, column, severity
 * and fix. Pure and linear in the cells; the pane and the Worker run the same.
 */
import type { CheckContext } from './check-context.ts'
import { ORDERED_RULES } from './checks/index.ts'
import type { Cell, CellRule, Finding, Level, RowRule, Scope, TableRule } from './checks/rule.ts'
import { DASH, foldText } from './fold.ts'
import type { Issue, Severity } from './issue.ts'
import type { ColumnSpec } from './sheet-spec.ts'
import type { Table } from './table.ts'
import { createUnitResolver } from './units.ts'

/** Every code that a check may give, in the order of the registry, with its usual severity. */
export const RULES: readonly { code: string; severity: Severity; level: Level }[] = ORDERED_RULES.flatMap((rule) =>
  Object.entries(rule.codes).map(([code, severity]) => ({ code, severity, level: rule.level })),
)

/** So many issues of one rule in one cell or row tell enough; a hostile cell cannot make an answer of gigabytes. */
const MOST_FINDINGS = 50

type PlacedCell = Cell & { index: number }

type Place = { index?: number; column?: string; to?: string }

/**
 * Issues of a table: those about the whole table first, then by row and column in sheet order.
 * Each that speaks of a row carries its `index` and `rowId`.
 */
export function checkTable(table: Table, context: CheckContext): Issue[] {
  const scope: Scope = { table, context, resolve: rememberMentions(createUnitResolver(context.registry)) }
  const cells = speakingCells(table)
  const issues: Issue[] = []
  for (const rule of ORDERED_RULES) {
    const add = (finding: Finding<string>, place: Place) =>
      issues.push(toIssue(table, finding, rule.codes[finding.code] ?? 'error', place))
    if (rule.per === 'table') runTableRule(rule, scope, add)
    else if (rule.per === 'row') runRowRule(rule, scope, add)
    else runCellRule(rule, cells, scope, add)
  }
  return sortByPlace(issues, table.spec.columns)
}

type Add = (finding: Finding<string>, place: Place) => void

function runTableRule(rule: TableRule, scope: Scope, add: Add): void {
  for (const finding of rule.check(scope)) add(finding, { index: finding.index, column: finding.column })
}

function runRowRule(rule: RowRule, scope: Scope, add: Add): void {
  for (const [index, row] of scope.table.rows.entries()) {
    for (const finding of rule.check(row, scope).slice(0, MOST_FINDINGS))
      add(finding, { index, column: finding.column, to: finding.to })
  }
}

function runCellRule(rule: CellRule, cells: readonly PlacedCell[], scope: Scope, add: Add): void {
  for (const cell of cells) {
    const { index } = cell
    if (rule.kinds && !rule.kinds.includes(cell.column.kind)) continue
    for (const finding of rule.check(cell, scope).slice(0, MOST_FINDINGS)) {
      add(finding, { index, column: cell.column.key, to: finding.to })
    }
  }
}

/** Blank cells and —— say nothing that could be wrong; whether they may stand there is for row rules. */
function speakingCells({ spec, rows }: Table): PlacedCell[] {
  return rows.flatMap((row, index) =>
    spec.columns.flatMap((column) => {
      const text = row.cells[column.key]
      const folded = foldText(text ?? '')
      return text === undefined || folded === '' || folded === DASH ? [] : [{ index, row, column, text }]
    }),
  )
}

function toIssue(table: Table, finding: Finding<string>, usual: Severity, { index, column, to }: Place): Issue {
  const issue: Issue = { code: finding.code, severity: finding.severity ?? usual, params: finding.params ?? {} }
  const row = index === undefined ? undefined : table.rows[index]
  if (row) {
    issue.rowId = row.rowId
    issue.index = index
  }
  if (column !== undefined) issue.column = column
  const from = column === undefined ? undefined : row?.cells[column]
  if (row && column !== undefined && from !== undefined && to !== undefined && to !== from) {
    issue.fix = [{ rowId: row.rowId, column, from, to }]
  }
  return issue
}

/** Several rules ask for the mentions of the same cells; each text is taken apart once. */
function rememberMentions(resolve: Scope['resolve']): Scope['resolve'] {
  const known = new Map<string, ReturnType<Scope['resolve']>>()
  return (text) => {
    let mentions = known.get(text)
    if (!mentions) {
      mentions = resolve(text)
      known.set(text, mentions)
    }
    return mentions
  }
}

/** Row before column, the registry's order within a cell; issues of the whole row before its cells. */
function sortByPlace(issues: Issue[], columns: readonly ColumnSpec[]): Issue[] {
  const order = new Map(columns.map(({ key }, i) => [key, i]))
  const columnPlace = (issue: Issue) => (issue.column === undefined ? -1 : (order.get(issue.column) ?? columns.length))
  return issues.sort((a, b) => (a.index ?? -1) - (b.index ?? -1) || columnPlace(a) - columnPlace(b))
}
