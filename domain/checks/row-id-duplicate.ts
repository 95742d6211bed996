/** Several rows carry one id: rows were copied, and nobody can tell which is meant. */
import { tableRule } from './rule.ts'

export const rowIdDuplicate = tableRule({
  level: 'structure',
  per: 'table',
  codes: { 'row-id/duplicate': 'error' },
  check({ table }) {
    const counts = new Map<string, number>()
    for (const { rowId } of table.rows) counts.set(rowId, (counts.get(rowId) ?? 0) + 1)
    return table.rows.flatMap(({ rowId }, index) => {
      const count = counts.get(rowId) ?? 0
      return count > 1 ? [{ code: 'row-id/duplicate' as const, index, params: { count } }] : []
    })
  },
})
