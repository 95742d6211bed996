/**
 * A bracket or quotation mark without its other half. Where a missing one belongs only the writer knows; a fix
 * is given only where a mark of the wrong kind, direction or number is all there is to it.
 */
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

/** Opening mark → closing mark; half-width brackets count as full-width ones. */
const PAIRS: Record<string, string> = {
  '（': '）',
  '《': '》',
  '〈': '〉',
  '【': '】',
  '〔': '〕',
  '“': '”',
  '「': '」',
  '‘': '’',
}
const CLOSING = new Set(Object.values(PAIRS))
const FULL: Record<string, string> = { '(': '（', ')': '）' }
/** In front of a figure a ‘ that nothing closes stands for an apostrophe (‘98). */
const MARKS = /[（）()《》〈〉【】〔〕“”「」’]|‘(?!\d[^‘’]*(?:‘|$))/g
/** 1） or a) before an item of a list. */
const LIST_MARK = /(?:^|[\s。；;，,：:、])(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3})$/

export const punctuationUnbalanced = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone', 'units'],
  codes: { 'punctuation/unbalanced': 'warning' },
  check({ text }) {
    const at = findUnbalanced(text)
    if (at === undefined) return []
    const params = { found: text.charAt(at), excerpt: excerpt(text, at, at + 1) }
    return [{ code: 'punctuation/unbalanced', params, to: mendMarks(text) }]
  },
})

/** Position of the first mark without its other half. */
export function findUnbalanced(text: string): number | undefined {
  if (text.search(MARKS) < 0) return undefined
  const open: { at: number; close: string }[] = []
  for (const { 0: found, index: at } of text.matchAll(MARKS)) {
    const mark = FULL[found] ?? found
    const close = PAIRS[mark]
    if (close !== undefined) open.push({ at, close })
    else if (CLOSING.has(mark)) {
      const last = open.at(-1)
      if (last?.close === mark) open.pop()
      else if (mark === '’' && isApostrophe(text, at)) continue
      else if (last) return last.at
      else if (mark !== '）' || !LIST_MARK.test(text.slice(Math.max(0, at - 5), at))) return at
    }
  }
  return open[0]?.at
}

function isApostrophe(text: string, at: number): boolean {
  return /[A-Za-zÀ-ÿ\d]/.test(text.charAt(at - 1) + text.charAt(at + 1))
}

/** The text with marks that pair; undefined where no single kind of slip explains it. */
function mendMarks(text: string): string | undefined {
  return [undoubled(text), alternating(text), matching(text)].find(
    (mended) => mended !== text && findUnbalanced(mended) === undefined,
  )
}

/** “”” → “” */
function undoubled(text: string): string {
  return text.replace(/([“”《》【】〔〕])\1+/g, '$1')
}

/** “…“ → “…”: quotation marks open and close in turn. */
function alternating(text: string): string {
  if ((text.match(/[“”]/g)?.length ?? 0) % 2 > 0) return text
  let count = 0
  return text.replace(/[“”]/g, () => (count++ % 2 === 0 ? '“' : '”'))
}

/** Closing marks that are taken for one another. */
const FAMILIES = ['》〉', '）〕】']

/** 《…〉 → 《…》: each closing mark as the one it closes asks for. */
function matching(text: string): string {
  const open: string[] = []
  return text.replace(MARKS, (found) => {
    const mark = FULL[found] ?? found
    const close = PAIRS[mark]
    if (close !== undefined) {
      open.push(close)
      return found
    }
    const wanted = open.pop()
    return wanted !== undefined && FAMILIES.some((family) => family.includes(mark) && family.includes(wanted))
      ? wanted
      : mark
  })
}
