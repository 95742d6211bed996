/** Common slips in official writing (布署, 截止目前), from a list in which only sure ones stand. */
import { findListedSlips } from '../wording/slip-list.ts'
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

export const textSlip = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'text/slip': 'hint' },
  check({ text }) {
    return [...findListedSlips(text)].map(([{ wrong, right }, found]) => ({
      code: 'text/slip' as const,
      params: { found: wrong, right, excerpt: excerpt(text, found[0]!, found[0]! + wrong.length) },
      to: replaceAt(text, found, wrong.length, right),
    }))
  },
})

/** The text with `length` characters at each of the places in other words. */
function replaceAt(text: string, places: readonly number[], length: number, words: string): string {
  let mended = ''
  let end = 0
  for (const at of places) {
    mended += text.slice(end, at) + words
    end = at + length
  }
  return mended + text.slice(end)
}
