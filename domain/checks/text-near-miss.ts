/**
 * A word of official prose with a character that only sounds or looks right: 职则 for 职责. Names are made of any
 * characters, so nothing is said inside quotation marks and titles, nor in front of what ends a name of a place.
 */
import { findSlips } from '../wording/slip-finder.ts'
import { findListedSlips } from '../wording/slip-list.ts'
import { loadSlipModel } from '../wording/slip-model.ts'
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

export const textNearMiss = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'text/near-miss': 'hint' },
  check({ text }) {
    const slips = findSlips(loadSlipModel(), text)
    if (slips.length === 0) return []
    const listed = new Uint8Array(text.length)
    for (const [{ wrong }, places] of findListedSlips(text)) {
      for (const from of places) listed.fill(1, from, from + wrong.length)
    }
    const found = slips.filter(({ at, wrong }) => !listed.subarray(at, at + wrong.length).includes(1))
    return found.map(({ at, wrong, right, isClear }) => ({
      code: 'text/near-miss' as const,
      params: { found: wrong, right, excerpt: excerpt(text, at, at + wrong.length) },
      // A fix at one click is for what hardly anybody would dispute.
      ...(isClear && { to: text.slice(0, at) + right + text.slice(at + wrong.length) }),
    }))
  },
})
