/** A required cell that is blank. 序号, milestones and lead units have rules of their own. */
import { isBlank } from '../fold.ts'
import { rowRule } from './rule.ts'
import { LEAD } from './unit-cells.ts'

export const cellRequired = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'cell/required': 'error' },
  check(row, { table }) {
    return table.spec.columns
      .filter(({ key, kind, required }) => required && kind !== 'ordinal' && kind !== 'milestone' && key !== LEAD)
      .filter(({ key }) => isBlank(row.cells[key] ?? ''))
      .map(({ key, kind }) => ({ code: 'cell/required', column: key, params: { kind } }))
  },
})
