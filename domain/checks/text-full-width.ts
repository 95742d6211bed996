/** Full-width figures and Latin letters (２０２３年, ＨＰＶ): searches and sums do not find them. */
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

/** With the point between two of them. A ０ among Chinese numerals (二０一０年) stands for 〇. */
const RUN = /(?<![一二三四五六七八九〇])[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)*(?![一二三四五六七八九〇０-９])/g

export const textFullWidth = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'text/full-width': 'hint' },
  check({ text }) {
    const first = text.match(RUN)?.[0]
    if (first === undefined) return []
    const at = text.indexOf(first)
    const params = { found: first, right: first.normalize('NFKC'), excerpt: excerpt(text, at, at + first.length) }
    return [{ code: 'text/full-width', params, to: text.replace(RUN, (run) => run.normalize('NFKC')) }]
  },
})
