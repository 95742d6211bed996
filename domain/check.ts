/**
 * Checks a table: runs the registry of rules over it and gives every issue its row, column, severity
 * and fix. Pure and linear in the cells; the pane and the Worker run the same.
 */
import type { CheckContext } from './check-context.ts'
import { ORDERED_RULES } from './checks/index.ts'
import { type Numbered, numberedRows } from './checks/numbering.ts'
import type { Cell, CellRule, Finding, Level, RowRule, RowScope, TableRule } from './checks/rule.ts'
import { foldText, isBlank, isDash } from './fold.ts'
import { foldHeader } from './header-text.ts'
import type { Issue, Severity } from './issue.ts'
import { extractQuantities } from './quantity.ts'
import { COLUMN_KINDS, type ColumnKind, type ColumnSpec } from './sheet-spec.ts'
import type { Table, TableRow } from './table.ts'
import type { TargetAnswer } from './targets.ts'
import { createUnitResolver, type UnitResolver } from './units.ts'

/** Every code that a check may give, in the order of the registry, with its usual severity. */
export const RULES: readonly { code: string; severity: Severity; level: Level }[] = ORDERED_RULES.flatMap((rule) =>
  Object.entries(rule.codes).map(([code, severity]) => ({ code, severity, level: rule.level })),
)

/** So many issues of one rule in one cell or row tell enough; a hostile cell cannot make an answer of gigabytes. */
const MOST_FINDINGS = 50

type Rule = CellRule | RowRule | TableRule

/** A finding with its rule's place in the registry and the severity that it has in the end. */
type Found = {
  rule: number
  finding: Finding<string>
  severity: Severity
  column?: string
  to?: string
}

export type Checker = (table: Table, context: CheckContext) => Issue[]

/**
 * Issues of a table: those about the whole table first, then by row and column in sheet order.
 * Each that speaks of a row carries its `index` and `rowId`.
 */
export function checkTable(table: Table, context: CheckContext): Issue[] {
  return createChecker()(table, context)
}

/**
 * A check that remembers what it found: called again for the same sheet, it looks only at the rows that
 * changed, or of which something else is known now. Rules over the whole table run every time. Gives
 * what `checkTable` gives.
 */
export function createChecker(rules: readonly Rule[] = ORDERED_RULES): Checker {
  const arranged = arrangeRules(rules)
  const folding = { foldText: remember(foldText), foldHeader: remember(foldHeader) }
  let basis = ''
  let remembered = new Map<string, { row: TableRow; about: About; found: Found[] }>()
  let resolve: UnitResolver = () => []
  return (table, context) => {
    const shared = JSON.stringify([table.spec, context.periods, context.registry, context.reviewer])
    if (shared !== basis) {
      basis = shared
      remembered = new Map()
      resolve = remember(createUnitResolver(context.registry))
    }
    const scope = { table: { spec: table.spec }, context, resolve }
    const order = createOrder(table.spec.columns)
    const next: typeof remembered = new Map()
    const changed: RowFound[] = []
    const ofRows = table.rows.map((row) => {
      const about = aboutRow(row, context)
      const known = remembered.get(row.rowId)
      const isKnown = known !== undefined && isSameAbout(known.about, about) && isSameRow(known.row, row)
      const found = isKnown ? known.found : []
      if (!isKnown) changed.push({ row, found })
      next.set(row.rowId, { row, about, found })
      return found
    })
    checkRows(arranged, changed, { ...scope, read: remember(extractQuantities) })
    for (const { found } of changed) found.sort(order)
    remembered = next
    const ofTable: Found[] = []
    let numbers: Numbered[] | undefined
    const numbered = () => {
      numbers ??= numberedRows(table, folding.foldText)
      return numbers
    }
    for (const [place, rule] of rules.entries()) {
      if (rule.per !== 'table') continue
      for (const finding of rule.check({ ...scope, ...folding, table, numbered })) {
        const found = { ...toFound(rule, place, finding), column: finding.column, to: finding.to }
        const { index } = finding
        if (index === undefined) ofTable.push(found)
        // What is remembered of the row stays as it is.
        else ofRows[index] = [...(ofRows[index] ?? []), found]
      }
    }
    const issues = ofTable.sort(order).map((found) => toIssue(found))
    for (const [index, row] of table.rows.entries()) {
      for (const found of withoutQuotedKeys(ofRows[index]!).sort(order)) issues.push(toIssue(found, row, index))
    }
    return issues
  }
}

/** Rules of rows, and those of cells by the kind of column, each with its place in the registry. */
type Arranged = { ofRow: (readonly [number, RowRule])[]; ofCell: Map<ColumnKind, (readonly [number, CellRule])[]> }

function arrangeRules(rules: readonly Rule[]): Arranged {
  const placed = [...rules.entries()]
  const ofCell = placed.flatMap(([place, rule]) => (rule.per === 'cell' ? [[place, rule] as const] : []))
  return {
    ofRow: placed.flatMap(([place, rule]) => (rule.per === 'row' ? [[place, rule] as const] : [])),
    ofCell: new Map(
      COLUMN_KINDS.map((kind) => [kind, ofCell.filter(([, { kinds }]) => kinds?.includes(kind) ?? true)]),
    ),
  }
}

/** A row that is to be checked, and what is found in it. */
type RowFound = { row: TableRow; found: Found[] }

/**
 * Adds to `rows` what the rules find that look at one row or its cells. Each rule goes over all rows before the
 * next one begins: its code and its words then stay in the processor's caches, which takes a third off the check.
 */
function checkRows({ ofRow, ofCell }: Arranged, rows: readonly RowFound[], scope: RowScope): void {
  for (const [place, rule] of ofRow) {
    for (const { row, found } of rows) {
      for (const finding of firstFindings(rule.check(row, scope))) {
        found.push({ ...toFound(rule, place, finding), column: finding.column, to: finding.to })
      }
    }
  }
  for (const column of scope.table.spec.columns) {
    const cells = rows.flatMap((one) => speakingCell(one, column))
    for (const [place, rule] of ofCell.get(column.kind) ?? []) {
      for (const { cell, found } of cells) {
        for (const finding of firstFindings(rule.check(cell, scope))) {
          found.push({ ...toFound(rule, place, finding), column: column.key, to: finding.to })
        }
      }
    }
  }
}

/** What else is found in a cell with an access key may quote it, and a fix repeats it: it waits until the key is gone. */
function withoutQuotedKeys(found: readonly Found[]): Found[] {
  const columns = found.flatMap(({ finding, column }) => (finding.code === 'text/access-key' ? [column] : []))
  return found.filter(({ finding, column }) => finding.code === 'text/access-key' || !columns.includes(column))
}

function firstFindings<One>(findings: readonly One[]): readonly One[] {
  return findings.length > MOST_FINDINGS ? findings.slice(0, MOST_FINDINGS) : findings
}

function toFound(rule: Rule, place: number, finding: Finding<string>): Found {
  return { rule: place, finding, severity: finding.severity ?? rule.codes[finding.code] ?? 'error' }
}

/** Blank cells and —— say nothing that could be wrong; whether they may stand there is for row rules. */
function speakingCell({ row, found }: RowFound, column: ColumnSpec): { cell: Cell; found: Found[] }[] {
  const text = row.cells[column.key]
  return text === undefined || isBlank(text) || isDash(text) ? [] : [{ cell: { row, column, text }, found }]
}

/** What the context says of one row alone. `task`: null where the plan has no such row. */
type About = {
  task: string | null | undefined
  unconfirmed: boolean | undefined
  answers: readonly TargetAnswer[] | undefined
}

function aboutRow({ rowId }: TableRow, { planTasks, unconfirmed, answers }: CheckContext): About {
  const task = planTasks && (Object.hasOwn(planTasks, rowId) ? planTasks[rowId] : null)
  return { task, unconfirmed: unconfirmed?.has(rowId), answers: answers?.get(rowId) }
}

function isSameAbout(one: About, other: About): boolean {
  const isSame = one.task === other.task && one.unconfirmed === other.unconfirmed
  return isSame && (one.answers === other.answers || JSON.stringify(one.answers) === JSON.stringify(other.answers))
}

/** The same content; where the row stands does not matter. */
function isSameRow(one: TableRow, other: TableRow): boolean {
  if (one === other) return true
  return (
    isSameRecord(one.cells, other.cells) &&
    isSameRecord(one.spans ?? {}, other.spans ?? {}) &&
    String(one.mergedDown ?? '') === String(other.mergedDown ?? '') &&
    String(one.formulas ?? '') === String(other.formulas ?? '')
  )
}

function isSameRecord<Value>(one: Record<string, Value>, other: Record<string, Value>): boolean {
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key])
}

/** `row` and `index`: where it speaks of one row. */
function toIssue({ finding, severity, column, to }: Found, row?: TableRow, index?: number): Issue {
  const issue: Issue = { code: finding.code, severity, params: finding.params ?? {} }
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

/** So many texts are remembered at a time; more are those of a long day of typing. */
const MOST_TEXTS = 100_000

/** Several rules ask the same of the same cells; each text is taken apart once. */
function remember<Answer extends object | string>(ask: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    let answer = known.get(text)
    if (answer === undefined) {
      answer = ask(text)
      if (known.size >= MOST_TEXTS) known.clear()
      known.set(text, answer)
    }
    return answer
  }
}

/** Issues of the whole row before its cells, those in sheet order, the registry's order within a cell. */
function createOrder(columns: readonly ColumnSpec[]): (one: Found, other: Found) => number {
  const order = new Map(columns.map(({ key }, i) => [key, i]))
  const columnPlace = ({ column }: Found) => (column === undefined ? -1 : (order.get(column) ?? columns.length))
  return (one, other) => columnPlace(one) - columnPlace(other) || one.rule - other.rule
}
