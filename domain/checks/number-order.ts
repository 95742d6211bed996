/** 序号 smaller than the one above it. */
import { ordinalKey } from './numbering.ts'
import { tableRule } from './rule.ts'

export const numberOrder = tableRule({
  level: 'table',
  per: 'table',
  codes: { 'number/out-of-order': 'warning' },
  check({ table, numbered: readNumbers }) {
    const column = ordinalKey(table)
    const numbered = readNumbers()
    return numbered.flatMap(({ index, value }, i) => {
      const above = numbered[i - 1]
      if (!above || value >= above.value) return []
      return [{ code: 'number/out-of-order' as const, index, column, params: { number: value, above: above.value } }]
    })
  },
})
