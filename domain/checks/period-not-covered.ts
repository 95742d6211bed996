/** A period for which the row has neither a cell of its own nor a span over it. */
import { milestoneKeys } from '../sheet-spec.ts'
import { coveredColumns } from '../table.ts'
import { rowRule } from './rule.ts'

export const periodNotCovered = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'period/not-covered': 'warning' },
  check(row, { table, context }) {
    if (context.unconfirmed?.has(row.rowId)) return []
    const keys = milestoneKeys(table.spec)
    const covered = new Set<string>()
    for (const key of keys) {
      if (row.cells[key] !== undefined) for (const column of coveredColumns(row, key, keys)) covered.add(column)
    }
    return keys.filter((key) => !covered.has(key)).map((column) => ({ code: 'period/not-covered', column }))
  },
})
