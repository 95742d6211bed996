/** A unit written by the name it had before it was renamed or reorganised. */
import { cellRule } from './rule.ts'
import { replaceMention } from './unit-cells.ts'

export const unitsFormerName = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['units'],
  codes: { 'units/former-name': 'hint' },
  check({ text }, { resolve }) {
    return resolve(text).flatMap((mention) => {
      if (mention.via !== 'former-name' || mention.unit === undefined) return []
      const params = { found: mention.text, unit: mention.unit }
      return [{ code: 'units/former-name' as const, params, to: replaceMention(text, mention, mention.unit) }]
    })
  },
})
