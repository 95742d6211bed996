/**
 * Rows without an id. Where the sheet belongs to a plan and other rows carry ids, the row could not
 * be merged; a sheet that carries none at all is told so once and matched by its task texts.
 */
import { isProvisional } from '../table.ts'
import { tableRule } from './rule.ts'

export const rowIdMissing = tableRule({
  level: 'structure',
  per: 'table',
  codes: { 'row-id/missing': 'error', 'row-id/none': 'hint' },
  check({ table, context }) {
    const without = table.rows.flatMap((row, index) => (isProvisional(row.rowId) ? [index] : []))
    if (without.length === 0) return []
    if (without.length === table.rows.length) return [{ code: 'row-id/none', params: { count: without.length } }]
    return without.map((index) => {
      const finding = { code: 'row-id/missing' as const, index }
      return context.planTasks ? finding : { ...finding, severity: 'hint' as const }
    })
  },
})
