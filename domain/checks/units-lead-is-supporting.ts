/** A unit that leads a task and supports it as well, in two columns or in one cell (牵头：…；配合：…). */

import { columnOf } from '../sheet-spec.ts'
import { rowRule } from './rule.ts'
import { LEAD, removeMention, roleOf, SUPPORTING, unitKey } from './unit-cells.ts'

export const unitsLeadIsSupporting = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'units/lead-is-supporting': 'warning' },
  check(row, { table, resolve }) {
    if (!columnOf(table.spec, LEAD)) return []
    const cells = [LEAD, SUPPORTING].flatMap((column) => {
      const text = row.cells[column]
      return text === undefined || !columnOf(table.spec, column) ? [] : [{ column, text, mentions: resolve(text) }]
    })
    const leads = new Set(
      cells.flatMap(({ column, mentions }) =>
        mentions.flatMap((mention) => (roleOf(mention, column) === 'lead' ? (unitKey(mention) ?? []) : [])),
      ),
    )
    if (leads.size === 0) return []
    return cells.flatMap(({ column, text, mentions }) =>
      mentions.flatMap((mention, i) => {
        const key = unitKey(mention)
        if (key === undefined || !leads.has(key) || roleOf(mention, column) === 'lead') return []
        const to = removeMention(text, mentions, i)
        const params = { found: mention.text }
        return [{ code: 'units/lead-is-supporting' as const, column, params, ...(to === undefined ? {} : { to }) }]
      }),
    )
  },
})
