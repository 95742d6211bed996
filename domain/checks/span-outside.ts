/** A span that leaves the milestone columns, lies over another cell, or is no whole number of columns. */
import { milestoneKeys } from '../sheet-spec.ts'
import { rowRule } from './rule.ts'

export const spanOutside = rowRule({
  level: 'structure',
  per: 'row',
  codes: { 'span/outside': 'error' },
  check(row, { table }) {
    if (!row.spans) return []
    const keys = milestoneKeys(table.spec)
    return Object.entries(row.spans)
      .filter(([column, span]) => {
        if (span === 1) return false
        const from = keys.indexOf(column)
        const fits = from >= 0 && Number.isInteger(span) && span > 1 && from + span <= keys.length
        return !fits || keys.slice(from + 1, from + span).some((key) => row.cells[key] !== undefined)
      })
      .map(([column]) => ({ code: 'span/outside', column }))
  },
})
