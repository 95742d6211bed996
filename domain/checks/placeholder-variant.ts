/**
 * Another sign or word for “no work in this period” or “no supporting unit”: －－, /, 无. Everything else that
 * the table does with such a cell reads ——.
 */
import { DASH } from '../fold.ts'
import { readNone } from '../wording/placeholders.ts'
import { rowRule } from './rule.ts'
import { LEAD } from './unit-cells.ts'

export const placeholderVariant = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'placeholder/variant': 'hint' },
  check(row, { table }) {
    return table.spec.columns
      .filter(({ key, kind }) => kind === 'milestone' || (kind === 'units' && key !== LEAD))
      .flatMap(({ key }) => {
        const found = readNone(row.cells[key] ?? '')
        if (found === undefined || found === DASH) return []
        return [{ code: 'placeholder/variant' as const, column: key, to: DASH, params: { found } }]
      })
  },
})
