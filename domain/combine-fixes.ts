/** Joins the fixes of many issues into one, so that "fix all" is one step that can be undone as one. */
import { applyFix } from './apply-fix.ts'
import { checkTable, createChecker, RULES } from './check.ts'
import type { CheckContext } from './check-context.ts'
import type { Fix, Issue } from './issue.ts'
import type { Table } from './table.ts'

/** Found by comparing rows, so not found again among a few of them. */
const OF_TABLE = new Set(RULES.filter(({ level }) => level === 'table').map(({ code }) => code))

/** More fixes than this in one cell are left for a second click. */
const ROUNDS = 40

/**
 * One fix that makes the fixes of all the given issues, at most one change a cell. Each issue's fix
 * rewrites the whole cell as it was, so they are made one after another with a check in between;
 * only issues of the given codes and cells are followed.
 */
export function combineFixes(issues: readonly Issue[], table: Table, context: CheckContext): Fix {
  const check = createChecker()
  const wanted = new Set(issues.filter((issue) => issue.fix).map(keyOf))
  const rowIds = new Set(issues.flatMap((issue) => (issue.fix ?? []).map(({ rowId }) => rowId)))
  const before: Table = { ...table, rows: table.rows.filter((row) => rowIds.has(row.rowId)), complete: false }
  let current = before
  for (let round = 0; round < ROUNDS; round++) {
    const step = firstPerCell(check(current, context).filter((issue) => wanted.has(keyOf(issue))))
    if (step.length === 0) break
    current = applyFix(current, step)
  }
  if (issues.some(({ code, fix }) => fix && OF_TABLE.has(code))) current = fixByTable(table, current, context, wanted)
  return before.rows.flatMap((row, i) =>
    Object.entries(row.cells).flatMap(([column, from]) => {
      const to = current.rows[i]?.cells[column]
      return to === undefined || to === from ? [] : [{ rowId: row.rowId, column, from, to }]
    }),
  )
}

/** The few rows after the fixes that need the whole table to be known; it is checked once for all. */
function fixByTable(table: Table, few: Table, context: CheckContext, wanted: ReadonlySet<string>): Table {
  const mended = new Map(few.rows.map((row) => [row.rowId, row]))
  const whole = { ...table, rows: table.rows.map((row) => mended.get(row.rowId) ?? row) }
  const left = checkTable(whole, context).filter((issue) => OF_TABLE.has(issue.code) && wanted.has(keyOf(issue)))
  return applyFix(few, firstPerCell(left))
}

function keyOf(issue: Issue): string {
  return JSON.stringify([issue.code, issue.rowId, issue.column])
}

function firstPerCell(issues: readonly Issue[]): Fix {
  const step = new Map<string, Fix[number]>()
  for (const change of issues.flatMap((issue) => issue.fix ?? [])) {
    const cell = JSON.stringify([change.rowId, change.column])
    if (!step.has(cell)) step.set(cell, change)
  }
  return [...step.values()]
}
