/** —— left standing beside words: one of the two cannot be meant. A dash within a sentence or before each of several lines is none. */
import { cellRule } from './rule.ts'

const LEADING = /^\s*(?:——|――|──|--)\s*\p{Script=Han}/u
const TRAILING = /[。；，、\s](?:——|――|──|--)[。\s]*$/
const OWN_LINE = /^\s*(?:——|――|──|--|\/|无)\s*$/

export const placeholderBesideText = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['milestone', 'units'],
  codes: { 'placeholder/beside-text': 'hint' },
  check({ text }) {
    const lines = text.trim().split('\n')
    const hasOwnLine = lines.length > 1 && lines.some((line) => OWN_LINE.test(line))
    const isLeading = LEADING.test(text) && text.indexOf('——', 3) < 0 && lines.length === 1
    return isLeading || TRAILING.test(text) || hasOwnLine ? [{ code: 'placeholder/beside-text' }] : []
  },
})
