/** A short name that two units share: which is meant is asked, not guessed. */
import { cellRule } from './rule.ts'

export const unitsAmbiguous = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['units'],
  codes: { 'units/ambiguous': 'ask' },
  check({ text }, { resolve }) {
    return resolve(text)
      .filter((mention) => mention.via === 'ambiguous')
      .map((mention) => ({
        code: 'units/ambiguous',
        params: { found: mention.text, candidates: (mention.candidates ?? []).join('、') },
      }))
  },
})
