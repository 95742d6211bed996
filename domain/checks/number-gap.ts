/** A 序号 that no row has; judged only on the whole table, because one unit's rows have gaps by nature. */
import { ordinalKey } from './numbering.ts'
import { tableRule } from './rule.ts'

export const numberGap = tableRule({
  level: 'table',
  per: 'table',
  codes: { 'number/gap': 'warning' },
  check({ table, numbered: readNumbers }) {
    if (!table.complete) return []
    const column = ordinalKey(table)
    const ascending = [...readNumbers()].sort((a, b) => a.value - b.value)
    return ascending.flatMap(({ index, value }, i) => {
      const below = ascending[i - 1]?.value ?? 0
      if (value <= below + 1) return []
      return [{ code: 'number/gap' as const, index, column, params: { from: below + 1, to: value - 1 } }]
    })
  },
})
