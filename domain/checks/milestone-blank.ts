/** A milestone left blank: —— says that there is no work in the period, blank says nothing. */
import { isBlank } from '../fold.ts'
import { rowRule } from './rule.ts'

export const milestoneBlank = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'milestone/blank': 'error' },
  check(row, { table }) {
    return table.spec.columns
      .filter(({ key, kind, required }) => required && kind === 'milestone' && isBlank(row.cells[key] ?? 'absent'))
      .map(({ key }) => ({ code: 'milestone/blank', column: key }))
  },
})
