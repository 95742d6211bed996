/** Straight quotation marks around Chinese words; around words of other scripts, and as signs of measure, they stay. */
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

const PAIR = /["＂]([^"＂\n]*\p{Script=Han}[^"＂\n]*)["＂]/gu

export const punctuationQuotes = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'punctuation/straight-quotes': 'hint' },
  check({ text }) {
    const count = text.match(/["＂]/g)?.length ?? 0
    // An odd one would turn all that follow inside out.
    if (count === 0 || count % 2 > 0) return []
    const to = text.replace(PAIR, '“$1”')
    if (to === text) return []
    const at = text.search(PAIR)
    return [{ code: 'punctuation/straight-quotes', to, params: { excerpt: excerpt(text, at, at + 1) } }]
  },
})
