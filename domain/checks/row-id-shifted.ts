/**
 * Ids moved against task texts: the row carries one task's id and another task's words, as after
 * sorting or inserting cells in a part of the columns. A task text that was merely edited is not
 * meant; it equals no other task of the plan.
 */
import { tableRule } from './rule.ts'

export const rowIdShifted = tableRule({
  level: 'structure',
  per: 'table',
  codes: { 'row-id/shifted': 'error' },
  check({ table, context: { planTasks }, foldText }) {
    if (!planTasks) return []
    const known = new Set(Object.values(planTasks).map(foldText))
    known.delete('')
    return table.rows.flatMap((row, index) => {
      const task = foldText(row.cells.task ?? '')
      if (!Object.hasOwn(planTasks, row.rowId)) return []
      if (task === foldText(planTasks[row.rowId] ?? '') || !known.has(task)) return []
      return [{ code: 'row-id/shifted' as const, index, column: 'task' }]
    })
  },
})
