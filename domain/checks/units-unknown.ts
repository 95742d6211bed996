/** A name that the registry does not know. A county that has not entered its units yet is not scolded. */
import { cellRule } from './rule.ts'
import { replaceMention } from './unit-cells.ts'

export const unitsUnknown = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['units'],
  codes: { 'units/unknown': 'warning' },
  check({ text }, { context, resolve }) {
    if (context.registry.units.length === 0) return []
    return resolve(text)
      .filter((mention) => mention.via === 'unknown')
      .map((mention) => {
        const candidates = mention.candidates ?? []
        const params = { found: mention.text, candidates: candidates.join('、') }
        const [only] = candidates
        if (candidates.length !== 1 || only === undefined) return { code: 'units/unknown', params }
        return { code: 'units/unknown', params, to: replaceMention(text, mention, only) }
      })
  },
})
