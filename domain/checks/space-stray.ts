/**
 * Blanks that nobody meant: around the text, invisible ones, and those between Chinese characters.
 * Blanks between words of other scripts, at the beginning of a further line and where a figure is still to be filled
 * in (投资   万元) stay.
 */

import type { UnitResolver } from '../units.ts'
import { findBlanks } from '../wording/blanks.ts'
import { charAt, excerpt, isChinese } from './characters.ts'
import { cellRule } from './rule.ts'

const ZERO_WIDTH = /[\u200B-\u200D\u2060\uFEFF]/g
const INNER = /[^\S\n\r]+/g
const BLANK = /[\s\u200B-\u200D\u2060\uFEFF]/

export const spaceStray = cellRule({
  level: 'cell',
  per: 'cell',
  codes: { 'space/stray': 'hint' },
  check({ text, column }, { resolve }) {
    if (!BLANK.test(text)) return []
    const to = column.kind === 'units' ? removeInMentions(text, resolve) : removeStraySpaces(text)
    if (to === text) return []
    let at = 0
    while (text[at] === to[at]) at++
    const place = at < text.length && to !== '' && text.startsWith(to) ? 'end' : at === 0 ? 'start' : 'inside'
    return [{ code: 'space/stray', to, params: { place, excerpt: excerpt(text, at, at + 1) } }]
  },
})

/** A blank may well divide two units that nobody knows yet; only inside a known name is it surely stray. */
function removeInMentions(text: string, resolve: UnitResolver): string {
  let tidy = ''
  let end = 0
  for (const { start, end: stop, via } of resolve(text)) {
    const words = text.slice(start, stop)
    const strayed = via === 'unknown' || via === 'ambiguous' ? words : removeStraySpaces(words)
    tidy += text.slice(end, start) + strayed
    end = stop
  }
  return (tidy + text.slice(end)).replace(ZERO_WIDTH, '').trim()
}

function removeStraySpaces(text: string): string {
  const visible = text.replace(ZERO_WIDTH, '').trim()
  const blanks = findBlanks(visible)
  let next = 0
  return visible.replace(INNER, (run, at: number) => {
    while (next < blanks.length && blanks[next]!.end <= at) next++
    if (next < blanks.length && blanks[next]!.start <= at) return run
    const before = charAt(visible, at - 1)
    const after = charAt(visible, at + run.length)
    if (before === '\n' || before === '\r') return run
    if (isChinese(before) && isChinese(after)) return ''
    if (after === '\n' || after === '\r') return ''
    return run.replace(/[\u3000\u00A0]/g, ' ')
  })
}
