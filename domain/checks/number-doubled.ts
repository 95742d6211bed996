/** The same 序号 on several rows. */
import { ordinalKey } from './numbering.ts'
import { tableRule } from './rule.ts'

export const numberDoubled = tableRule({
  level: 'table',
  per: 'table',
  codes: { 'number/doubled': 'error' },
  check({ table, numbered: readNumbers }) {
    const column = ordinalKey(table)
    const numbered = readNumbers()
    const counts = new Map<number, number>()
    for (const { value } of numbered) counts.set(value, (counts.get(value) ?? 0) + 1)
    return numbered
      .filter(({ value }) => (counts.get(value) ?? 0) > 1)
      .map(({ index, value }) => ({
        code: 'number/doubled',
        index,
        column,
        params: { number: value, count: counts.get(value) ?? 0 },
      }))
  },
})
