/** 序号 not filled in. */
import { isBlank, isDash } from '../fold.ts'
import { ordinalKey } from './numbering.ts'
import { rowRule } from './rule.ts'

export const numberMissing = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'number/missing': 'warning' },
  check(row, { table }) {
    const key = ordinalKey(table)
    if (key === undefined) return []
    const text = row.cells[key] ?? ''
    return isBlank(text) || isDash(text) ? [{ code: 'number/missing', column: key }] : []
  },
})
