/**
 * A cell that holds a formula: its result changes with other cells and other files. 序号 is often
 * counted by one on purpose and identifies nothing, so there it is only a hint.
 */
import { columnOf } from '../sheet-spec.ts'
import { rowRule } from './rule.ts'

export const cellFormula = rowRule({
  level: 'structure',
  per: 'row',
  codes: { 'cell/formula': 'error' },
  check(row, { table }) {
    return (row.formulas ?? []).flatMap((key) => {
      const column = columnOf(table.spec, key)
      if (!column) return []
      const finding = { code: 'cell/formula' as const, column: key }
      return [column.kind === 'ordinal' ? { ...finding, severity: 'hint' as const } : finding]
    })
  },
})
