/**
 * Units separated in two ways in one cell. One way throughout is left alone, whichever it is, and so is
 * a comma that sets a group off from the units before it: 县财政局、县农业农村局，各乡镇（街道）.
 */
import type { UnitMention } from '../units.ts'
import { cellRule } from './rule.ts'
import { isGroup, isSeparation } from './unit-cells.ts'

const SEPARATOR = /[、，,；;/／]/g
const GAP = /[\s、，,；;/／]+/g
const SETS_OFF = /^\s*[，,；;]\s*$/

export const unitsMixedSeparators = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['units'],
  codes: { 'units/mixed-separators': 'hint' },
  check({ text }, { resolve }) {
    const mentions = resolve(text)
    const found = new Set(mentions.flatMap((_, i) => separatorsBefore(text, mentions, i)))
    if (found.size < 2) return []
    const shown = [...found].map((mark) => (mark === '\n' ? '↵' : mark)).join(' ')
    return [{ code: 'units/mixed-separators', params: { found: shown }, to: unify(text, mentions) }]
  },
})

/** A line break separates only where nothing else does; behind a separator it is layout. */
function separatorsBefore(text: string, mentions: UnitMention[], i: number): string[] {
  const before = mentions[i - 1]
  // Behind 县科技局等27个部门 a comma sets the list off from what follows.
  if (!before || before.text.startsWith('等')) return []
  const gap = text.slice(before.end, mentions[i]!.start)
  // 牵头：…；配合：… and the numbers of a list divide in their own way.
  if (!isSeparation(gap)) return []
  if (isGroup(mentions[i]!) && SETS_OFF.test(gap)) return []
  const marks = gap.match(SEPARATOR)
  if (marks) return marks
  if (gap.includes('\n')) return ['\n']
  return gap !== '' && gap.trim() === '' ? [' '] : []
}

function unify(text: string, mentions: UnitMention[]): string {
  let unified = ''
  let end = 0
  for (const [i, mention] of mentions.entries()) {
    const gap = text.slice(end, mention.start)
    const isOther = separatorsBefore(text, mentions, i).some((mark) => mark !== '、')
    unified += isOther ? gap.replace(GAP, '、') : gap
    unified += text.slice(mention.start, mention.end)
    end = mention.end
  }
  return unified + text.slice(end)
}
