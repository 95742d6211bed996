/** A row as an adjustment or an erratum makes it, and what of its closed periods that would change. Pure. */
import { milestoneKeys, type SheetSpec } from '../../domain/sheet-spec.ts'
import { completeRow } from '../../domain/span-units.ts'
import type { Row } from '../../domain/table.ts'

type Given = { cells: Record<string, string>; spans?: Record<string, number> | undefined }

/** `row` with the given cells. What is not named stays, unless a named span covers it. */
export function adjustRow(spec: SheetSpec, row: Row, { cells, spans = {} }: Given): Row {
  const milestones = milestoneKeys(spec)
  const others = Object.fromEntries(
    Object.entries({ ...row.cells, ...cells }).filter(([column]) => !milestones.includes(column)),
  )
  const periods = completeRow(milestones, { rowId: row.rowId, cells, spans }, row)
  const adjusted: Row = { rowId: row.rowId, cells: { ...others, ...periods.cells } }
  if (Object.keys(periods.spans ?? {}).length > 0) adjusted.spans = periods.spans
  return adjusted
}

/**
 * Milestone columns before `from` whose text, or the period that it began in, would not stay. A cell
 * that reaches from an earlier period beyond `from` may be cut there or reach further: the periods
 * before it keep what they had.
 */
export function closedColumns(spec: SheetSpec, before: Row, after: Row, from: string): string[] {
  const milestones = milestoneKeys(spec)
  const first = spec.columns.find((column) => column.kind === 'milestone' && column.period === from)
  const closed = first ? milestones.slice(0, milestones.indexOf(first.key)) : []
  return closed.filter((column) => {
    const [then, now] = [before, after].map((row) => cellOver(milestones, row, column))
    return then !== now || before.cells[then ?? ''] !== after.cells[now ?? '']
  })
}

/** The column whose cell covers this one, itself as a rule. */
function cellOver(milestones: string[], row: Row, column: string): string | undefined {
  let at = milestones.indexOf(column)
  while (at > 0 && row.cells[milestones[at]!] === undefined) at--
  return milestones[at]
}
