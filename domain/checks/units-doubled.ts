/** The same unit or group twice in one cell. One that the cell calls lead and supporting is doubled as well. */
import { foldUnit } from '../unit-segments.ts'
import { cellRule } from './rule.ts'
import { removeMention } from './unit-cells.ts'

export const unitsDoubled = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['units'],
  codes: { 'units/doubled': 'warning' },
  check({ text }, { resolve }) {
    const mentions = resolve(text)
    const seen = new Set<string>()
    return mentions.flatMap((mention, i) => {
      const key = mention.unit ?? mention.group ?? foldUnit(mention.text)
      if (!seen.has(key)) {
        seen.add(key)
        return []
      }
      const to = removeMention(text, mentions, i)
      return [{ code: 'units/doubled' as const, params: { found: mention.text }, ...(to !== undefined && { to }) }]
    })
  },
})
