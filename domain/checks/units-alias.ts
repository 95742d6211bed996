/** A unit written by an alias; understood, but the table should call it by one name. */
import { cellRule } from './rule.ts'
import { replaceMention } from './unit-cells.ts'

export const unitsAlias = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['units'],
  codes: { 'units/alias': 'hint' },
  check({ text }, { resolve }) {
    return resolve(text).flatMap((mention) => {
      if (mention.via !== 'alias' || mention.unit === undefined) return []
      const params = { found: mention.text, unit: mention.unit }
      return [{ code: 'units/alias' as const, params, to: replaceMention(text, mention, mention.unit) }]
    })
  },
})
