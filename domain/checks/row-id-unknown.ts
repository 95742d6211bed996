/** An id that the plan does not have: a row of another plan, or one that was deleted. */
import { isProvisional } from '../table.ts'
import { rowRule } from './rule.ts'

export const rowIdUnknown = rowRule({
  level: 'structure',
  per: 'row',
  codes: { 'row-id/unknown': 'warning' },
  check({ rowId }, { context: { planTasks } }) {
    if (!planTasks || isProvisional(rowId) || Object.hasOwn(planTasks, rowId)) return []
    return [{ code: 'row-id/unknown' }]
  },
})
