/**
 * A milestone that names no work: 待定, 同上, or 序时推进 where only a part of the year is spoken of. Of the whole
 * year issued tables say 序时推进 themselves.
 */
import { milestoneKeys } from '../sheet-spec.ts'
import { coveredColumns } from '../table.ts'
import { isUndecided, saysByTime } from '../wording/placeholders.ts'
import { cellRule } from './rule.ts'

export const placeholderUnspecific = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['milestone'],
  codes: { 'placeholder/unspecific': 'hint' },
  check({ text, row, column }, { table, context }) {
    if (context.unconfirmed?.has(row.rowId)) return []
    const keys = milestoneKeys(table.spec)
    const isWholeYear = coveredColumns(row, column.key, keys).length >= keys.length
    return isUndecided(text) || (saysByTime(text) && !isWholeYear)
      ? [{ code: 'placeholder/unspecific' as const, params: { found: text.trim() } }]
      : []
  },
})
