/** A bullet or another dot in the place of the middle dot of names: 三峡之巅•诗橙. Before an item of a list it stays. */
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

const DOT = /(?<=[\p{Script=Han}”》])[•・∙‧⋅●˙](?=[\p{Script=Han}“《])/gu

export const punctuationMiddleDot = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'punctuation/middle-dot': 'hint' },
  check({ text }) {
    const at = text.search(DOT)
    if (at < 0) return []
    const params = { found: text.charAt(at), excerpt: excerpt(text, at, at + 1) }
    return [{ code: 'punctuation/middle-dot', params, to: text.replace(DOT, '·') }]
  },
})
