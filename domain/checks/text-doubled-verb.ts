/** Two verbs for one work: 开展某幼儿园进行装修设计. Only from the beginning of a clause, and not where another word joins the two. */
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

const CLAUSE_START = '(?:^|[，。；：、\\s])(?:\\d{1,2}月[底份]?前?|继续|持续|全面|深入|积极|有序|扎实|同步|组织)*'
/** 对…进行, 开展情况进行, 开展检查后进行, 开展调查并进行, 以…方式进行 are whole sentences. */
const DOUBLED = new RegExp(
  `${CLAUSE_START}(开展(?!情况|的|了|以|就|将|把|时)对?([^，。；：、\\s对就将把并和及与或以后来再的时且由按至到]{2,24})进行)(?!时|曲|中|到|的)`,
)

export const textDoubledVerb = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'text/doubled-verb': 'hint' },
  check({ text }) {
    if (!text.includes('进行')) return []
    const match = DOUBLED.exec(text)
    const words = match?.[1]
    if (!match || words === undefined) return []
    const start = match.index + match[0].length - words.length
    return [
      { code: 'text/doubled-verb', params: { found: words, excerpt: excerpt(text, start, start + words.length) } },
    ]
  },
})
