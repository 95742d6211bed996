/** Text read from a cell merged down over several rows; never a span, because rows are merged one by one. */
import { columnOf } from '../sheet-spec.ts'
import { rowRule } from './rule.ts'

export const cellMergedDown = rowRule({
  level: 'structure',
  per: 'row',
  codes: { 'cell/merged-down': 'warning' },
  check(row, { table }) {
    return (row.mergedDown ?? [])
      .filter((key) => columnOf(table.spec, key))
      .map((column) => ({ code: 'cell/merged-down', column }))
  },
})
