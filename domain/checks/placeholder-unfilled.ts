/** A blank within a sentence that nobody has filled: 完成投资XX万元, 培训___人次, 由（待定）负责. Whole cells of such signs are told by the rules beside. */
import { findBlanks } from '../wording/blanks.ts'
import { isUndecided, readNone } from '../wording/placeholders.ts'
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

export const placeholderUnfilled = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'placeholder/unfilled': 'warning' },
  check({ text, column }) {
    const blanks = findBlanks(text)
    if (blanks.length === 0) return []
    if (column.kind === 'milestone' && (isUndecided(text) || readNone(text) !== undefined)) return []
    return blanks.map(({ start, end }) => ({
      code: 'placeholder/unfilled' as const,
      params: { found: text.slice(start, end).trim(), excerpt: excerpt(text, start, end) },
    }))
  },
})
