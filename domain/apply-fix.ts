/** Applies fixes to a table, and tells which of them a person looks at one by one. */
import type { Fix, Issue } from './issue.ts'
import type { Table } from './table.ts'

/** The table with the fix made; cells that read otherwise stay as they are. The input is not changed. */
export function applyFix(table: Table, fix: Fix): Table {
  const byRow = new Map<string, Fix>()
  for (const change of fix) {
    const changes = byRow.get(change.rowId)
    if (changes) changes.push(change)
    else byRow.set(change.rowId, [change])
  }
  const rows = table.rows.map((row) => {
    let cells = row.cells
    for (const { column, from, to } of byRow.get(row.rowId) ?? []) {
      if (Object.hasOwn(cells, column) && cells[column] === from) cells = { ...cells, [column]: to }
    }
    return cells === row.cells ? row : { ...row, cells }
  })
  return { ...table, rows }
}

/** Fixes that rest on a guess or take something away: one at a time, looked at by a person. */
const LOOK_FIRST = new Set([
  'units/unknown',
  'units/lead-is-supporting',
  'text/formula-like',
  'text/slip',
  'text/doubled',
  'text/near-miss',
  'text/stray-end',
  'text/stray-start',
  'punctuation/unbalanced',
  'task/changed',
])

/** Whether a fix may be made together with others, unseen. */
export function isSafeFix(issue: Issue): boolean {
  return issue.fix !== undefined && !LOOK_FIRST.has(issue.code)
}
