/** Stops typed twice or two kinds of stop in a row, blanks between them or not: 。。 or .。; …… and —— are single marks. */
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

const RUN = /[，、；：。！？,;.](?:[^\S\n]*[，、；：。！？,;.])+/g
/** May be an ellipsis or a slip; only the writer knows. */
const ELLIPSIS = /。{3}|\.{2}/
/** The stop that ends more wins. */
const STRENGTH = '、，：；。！？'
const FULL: Record<string, string> = { ',': '，', ';': '；', '.': '。' }

export const punctuationDoubled = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['text', 'milestone', 'units'],
  codes: { 'punctuation/doubled': 'warning' },
  check({ text }) {
    if (text.search(RUN) < 0) return []
    const runs = [...text.matchAll(RUN)].filter(([run]) => isSlip(run))
    const [first] = runs
    if (!first) return []
    const finding = {
      code: 'punctuation/doubled' as const,
      params: { found: first[0], excerpt: excerpt(text, first.index, first.index + first[0].length) },
    }
    if (runs.some(([run]) => ELLIPSIS.test(run))) return [finding]
    return [{ ...finding, to: text.replace(RUN, (run) => (isSlip(run) ? strongest(run) : run)) }]
  },
})

/** 。。 or .。 but not 1., or 1.、 or ,, which may belong to a list or another script; ？！ is one mark. */
function isSlip(run: string): boolean {
  const stops = run.replace(/[.\s]/g, '')
  if (stops === '？！' || stops === '！？') return false
  return /[，、；：。！？]/.test(stops) && (stops.length > 1 || stops === '。')
}

function strongest(run: string): string {
  const marks = [...run].map((mark) => FULL[mark] ?? mark)
  return marks.reduce((best, mark) => (STRENGTH.indexOf(mark) > STRENGTH.indexOf(best) ? mark : best))
}
