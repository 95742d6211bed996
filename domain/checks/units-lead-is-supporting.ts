/** A unit that stands among the leads and again among those supporting them. */

import { columnOf } from '../sheet-spec.ts'
import { rowRule } from './rule.ts'
import { LEAD, leadMentions, removeMention, SUPPORTING, unitKey } from './unit-cells.ts'

export const unitsLeadIsSupporting = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'units/lead-is-supporting': 'warning' },
  check(row, { table, resolve }) {
    const text = row.cells[SUPPORTING]
    if (text === undefined || !columnOf(table.spec, LEAD) || !columnOf(table.spec, SUPPORTING)) return []
    const leads = new Set(leadMentions(row, resolve).flatMap((mention) => unitKey(mention) ?? []))
    if (leads.size === 0) return []
    const supporting = resolve(text)
    return supporting.flatMap((mention, i) => {
      const key = unitKey(mention)
      if (key === undefined || !leads.has(key)) return []
      const to = removeMention(text, supporting, i)
      const params = { found: mention.text }
      return [
        { code: 'units/lead-is-supporting' as const, column: SUPPORTING, params, ...(to === undefined ? {} : { to }) },
      ]
    })
  },
})
