/** Quotation marks or title marks within the same kind: “开展“四送”活动” → “开展‘四送’活动”, 《关于印发《…》的通知》 → 〈…〉. */
import { excerpt } from './characters.ts'
import { findUnbalanced } from './punctuation-unbalanced.ts'
import { cellRule } from './rule.ts'

const INNER: Record<string, string> = { '“': '‘', '”': '’', '《': '〈', '》': '〉' }
const OPENING = '“《'
const MARKS = /[“”《》]/g

export const punctuationNested = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone'],
  codes: { 'punctuation/nested': 'hint' },
  check({ text }) {
    const inner = findInner(text)
    const [first] = inner
    if (first === undefined || findUnbalanced(text) !== undefined) return []
    const chars = text.split('')
    for (const at of inner) chars[at] = INNER[text.charAt(at)] ?? text.charAt(at)
    const found = text.charAt(first)
    const params = { found, right: INNER[found] ?? '', excerpt: excerpt(text, first, first + 1) }
    return [{ code: 'punctuation/nested', params, to: chars.join('') }]
  },
})

/** Positions of marks at the second depth; deeper ones stay, as the first kind may be used there again. */
function findInner(text: string): number[] {
  if (text.search(MARKS) < 0) return []
  const depth: Record<string, number> = { '“': 0, '《': 0 }
  const inner: number[] = []
  for (const { 0: mark, index } of text.matchAll(MARKS)) {
    const kind = mark === '“' || mark === '”' ? '“' : '《'
    const before = depth[kind] ?? 0
    const opens = OPENING.includes(mark)
    depth[kind] = opens ? before + 1 : Math.max(0, before - 1)
    if ((opens ? before : before - 1) === 1) inner.push(index)
  }
  return inner
}
