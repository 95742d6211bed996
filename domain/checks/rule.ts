/**
 * The shapes of a rule. A rule sees one cell, one row or the whole table, whichever is the least it
 * needs, and answers with findings; `checkTable` adds what every issue carries.
 */
import type { CheckContext } from '../check-context.ts'
import type { Issue, Severity } from '../issue.ts'
import type { QuantityReader } from '../quantity.ts'
import type { ColumnKind, ColumnSpec } from '../sheet-spec.ts'
import type { Table, TableRow } from '../table.ts'
import type { UnitResolver } from '../units.ts'
import type { Numbered } from './numbering.ts'

/** In the order in which they are run; the plan level needs more than one table and is not here. */
export type Level = 'structure' | 'cell' | 'row' | 'table'

export type Finding<Code extends string> = {
  code: Code
  params?: Issue['params']
  /** Only where it differs from the severity declared for the code. */
  severity?: Severity
}

/**
 * What a rule of a cell or a row may look at beside it. No other row: what a rule finds is remembered until
 * its own row changes, or what the context says of that row. `resolve` and `read` remember their answers: rules
 * that ask for the same cell share them.
 */
export type RowScope = {
  table: Pick<Table, 'spec'>
  context: CheckContext
  resolve: UnitResolver
  read: QuantityReader
}

/**
 * What a rule of the whole table may look at. It runs again after every edit, so it folds texts by these two,
 * which remember their answers. `numbered`: rows with a plain 序号, read once for all rules that ask.
 */
export type TableScope = Omit<RowScope, 'read'> & {
  table: Table
  foldText: (text: string) => string
  foldHeader: (text: string) => string
  numbered: () => readonly Numbered[]
}

/** A cell that says something: neither blank nor ——. */
export type Cell = { text: string; column: ColumnSpec; row: TableRow }

type Common<Code extends string> = {
  level: Level
  /** Every code the rule may give. */
  codes: Record<Code, Severity>
}

/** `to` is the whole text of the cell after the fix. */
export type CellRule<Code extends string = string> = Common<Code> & {
  per: 'cell'
  /** Kinds of columns it looks at; all where left out. */
  kinds?: readonly ColumnKind[]
  check(cell: Cell, scope: RowScope): (Finding<NoInfer<Code>> & { to?: string })[]
}

export type RowRule<Code extends string = string> = Common<Code> & {
  per: 'row'
  check(row: TableRow, scope: RowScope): (Finding<NoInfer<Code>> & { column?: string; to?: string })[]
}

/** `index` is the row's place in `table.rows`; without it the finding speaks of the whole table. */
export type TableRule<Code extends string = string> = Common<Code> & {
  per: 'table'
  check(scope: TableScope): (Finding<NoInfer<Code>> & { index?: number; column?: string; to?: string })[]
}

/** These three only fix the type: a rule cannot give a code that it does not declare. */
export function cellRule<Code extends string>(rule: CellRule<Code>): CellRule<Code> {
  return rule
}

export function rowRule<Code extends string>(rule: RowRule<Code>): RowRule<Code> {
  return rule
}

export function tableRule<Code extends string>(rule: TableRule<Code>): TableRule<Code> {
  return rule
}
