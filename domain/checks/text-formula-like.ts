/** Text that a spreadsheet could run as a formula when the file is opened or pasted elsewhere. */
import { isDash } from '../fold.ts'
import { cellRule } from './rule.ts'

const OPENING = /^(?:[\t\r]|\s*[=+\-@＝＋－＠])/
const NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?[%‰]?$/

/** True for a text that begins like a formula; numbers such as -3.2% and dash values do not count. */
export function isFormulaLike(text: string): boolean {
  return OPENING.test(text) && !isDash(text) && !NUMBER.test(text.normalize('NFKC').trim())
}

export const textFormulaLike = cellRule({
  level: 'cell',
  per: 'cell',
  codes: { 'text/formula-like': 'error' },
  check({ text }) {
    if (!isFormulaLike(text)) return []
    const bare = text.trim()
    const finding = { code: 'text/formula-like' as const, params: { found: bare.charAt(0) } }
    return [isFormulaLike(bare) ? finding : { ...finding, params: { found: 'Tab' }, to: bare }]
  },
})
