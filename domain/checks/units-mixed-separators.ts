/** Units separated in two ways in one cell. One way throughout is left alone, whichever it is. */
import type { UnitMention } from '../units.ts'
import { cellRule } from './rule.ts'
import { isSeparation } from './unit-cells.ts'

const SEPARATOR = /[、，,；;/／]/g
const GAP = /[\s、，,；;/／]+/g

export const unitsMixedSeparators = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['units'],
  codes: { 'units/mixed-separators': 'hint' },
  check({ text }, { resolve }) {
    const mentions = resolve(text)
    const found = new Set(gapsOf(text, mentions).flatMap(separatorsIn))
    if (found.size < 2) return []
    const shown = [...found].map((mark) => (mark === '\n' ? '↵' : mark)).join(' ')
    return [{ code: 'units/mixed-separators', params: { found: shown }, to: unify(text, mentions) }]
  },
})

function gapsOf(text: string, mentions: UnitMention[]): string[] {
  return mentions.slice(1).map((mention, i) => text.slice(mentions[i]!.end, mention.start))
}

/** A line break separates only where nothing else does; behind a separator it is layout. */
function separatorsIn(gap: string): string[] {
  // 牵头：…；配合：… and the numbers of a list divide in their own way.
  if (!isSeparation(gap)) return []
  const marks = gap.match(SEPARATOR)
  if (marks) return marks
  if (gap.includes('\n')) return ['\n']
  return gap !== '' && gap.trim() === '' ? [' '] : []
}

function unify(text: string, mentions: UnitMention[]): string {
  let unified = ''
  let end = 0
  for (const mention of mentions) {
    const gap = text.slice(end, mention.start)
    const marks = end === 0 ? [] : separatorsIn(gap)
    unified += marks.some((mark) => mark !== '、') ? gap.replace(GAP, '、') : gap
    unified += text.slice(mention.start, mention.end)
    end = mention.end
  }
  return unified + text.slice(end)
}
