/** A task for which nobody answers: the lead cell is blank, ——, or names nothing. */
import { columnOf } from '../sheet-spec.ts'
import { rowRule } from './rule.ts'
import { LEAD, leadMentions } from './unit-cells.ts'

export const unitsNoLead = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'units/no-lead': 'error' },
  check(row, { table, resolve }) {
    if (!columnOf(table.spec, LEAD)) return []
    return leadMentions(row, resolve).length === 0 ? [{ code: 'units/no-lead', column: LEAD }] : []
  },
})
