/** A text that Excel cannot hold in one cell. */
import { cellRule } from './rule.ts'

/** Excel's limit for one cell, in UTF-16 units. */
export const CELL_LIMIT = 32_767

export const textTooLong = cellRule({
  level: 'cell',
  per: 'cell',
  codes: { 'text/too-long': 'error' },
  check({ text }) {
    if (text.length <= CELL_LIMIT) return []
    return [{ code: 'text/too-long', params: { length: text.length, limit: CELL_LIMIT } }]
  },
})
