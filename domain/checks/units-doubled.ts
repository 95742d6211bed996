/** The same unit or group twice in one cell in one role. One that leads and supports has a rule of its own. */
import { foldUnit } from '../units/segments.ts'
import { cellRule } from './rule.ts'
import { removeMention, roleOf } from './unit-cells.ts'

export const unitsDoubled = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['units'],
  codes: { 'units/doubled': 'warning' },
  check({ text, column }, { resolve }) {
    const mentions = resolve(text)
    const seen = new Set<string>()
    return mentions.flatMap((mention, i) => {
      const key = `${roleOf(mention, column.key)} ${mention.unit ?? mention.group ?? foldUnit(mention.text)}`
      if (!seen.has(key)) {
        seen.add(key)
        return []
      }
      const to = removeMention(text, mentions, i)
      return [{ code: 'units/doubled' as const, params: { found: mention.text }, ...(to !== undefined && { to }) }]
    })
  },
})
