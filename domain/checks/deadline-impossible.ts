/** A date that no calendar has: 4月31日, 2月30日, 13月底. */
import { readImpossibleDates } from '../wording/deadlines.ts'
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

export const deadlineImpossible = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'deadline/impossible': 'hint' },
  check({ text }) {
    if (!text.includes('月')) return []
    return readImpossibleDates(text).map(({ text: found, start, end }) => ({
      code: 'deadline/impossible' as const,
      params: { found, excerpt: excerpt(text, start, end) },
    }))
  },
})
