/**
 * Reads a table from a sheet: finds the header of the spec, then the rows below it. Issued tables,
 * tables that units sent back and sheets of our own drawing all come in this way.
 */
import { findHeader } from './find-header.ts'
import type { Grid } from './grid.ts'
import type { Issue } from './issue.ts'
import type { Layout } from './layout.ts'
import { readRows } from './read-rows.ts'
import type { SheetSpec } from './sheet-spec.ts'
import type { Table } from './table.ts'

export type { Layout } from './layout.ts'

/** `layout` is absent where the sheet has no such table; the table then has no rows. */
export type ReadResult = { table: Table; layout?: Layout; issues: Issue[] }

/**
 * Reads what the spec describes from the grid. Rows without a carried id get a provisional one.
 * `complete`: the sheet holds the whole plan, as `_ledger` says (default false).
 * Issues: header/missing {header}, header/doubled {header, at}, span/outside {at}, row/id-malformed {text, at}.
 */
export function readTable(grid: Grid, spec: SheetSpec, options: { complete?: boolean } = {}): ReadResult {
  const { layout: header, issues } = findHeader(grid, spec)
  const complete = options.complete ?? false
  if (!header) return { table: { spec, rows: [], complete }, issues }
  const { rows, layout, issues: rowIssues } = readRows(grid, spec, header)
  return { table: { spec, rows, complete }, layout, issues: [...issues, ...rowIssues] }
}
