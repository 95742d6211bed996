/**
 * Clauses: the stretches of prose between commas and full stops, in which the words around a figure are
 * looked for. A bracket that holds a figure is a clause of its own.
 */
import type { Figure } from '../quantity.ts'

/** Offsets are UTF-16 positions. `sentence` counts full stops and semicolons before it. */
export type Clause = {
  start: number
  end: number
  sentence: number
  bracketed: boolean
  /** Words before the bracket that interrupts the clause: 覆盖率 of 覆盖率（含3所民办园）达90%. */
  lead: string
  figures: Figure[]
}

const FULL_STOPS = '。；;！!？?'
const COMMAS = '，,：:'
const PAIRS = new Map(
  ['（）', '()', '“”', '‘’', '《》', '「」', '【】'].map(([opens = '', closes = '']) => [opens, closes]),
)
/** Marks that end a clause or open a bracket; at all other characters there is nothing to decide. */
const CLAUSE_MARKS: ReadonlySet<number> = new Set(
  [...FULL_STOPS, ...COMMAS, ...PAIRS.keys(), ...PAIRS.values(), '\n'].map((mark) => mark.charCodeAt(0)),
)
const OPENS = /[（(“‘《「【]/
/** What opens, closes or ends a sentence. */
const BOUNDS = /[（(“‘《「【）)”’》」】。；;！!？?]/g
/** Longer than this a quotation is taken for a slip of the pen, not for a name. */
const LONGEST_QUOTE = 60
/** A line ends a sentence where the next one is a point of a list; else it breaks anywhere, inside words too. */
const LIST_POINT = /^\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）.．、]|[①-⑳])/

/** The clauses of a text in reading order, with the figures in them. */
export function splitClauses(text: string, figures: readonly Figure[]): Clause[] {
  const clauses: Clause[] = []
  const closing = findBrackets(text, figures)
  /** Where brackets that are clauses end, innermost last, with the words before them. */
  const open: { end: number; lead: string }[] = []
  let next = 0
  let clause: Clause = { start: 0, end: 0, sentence: 0, bracketed: false, lead: '', figures: [] }
  const cut = (at: number, lead = '') => {
    clauses.push({ ...clause, end: at })
    const { sentence } = clause
    clause = { start: at + 1, end: at + 1, sentence, bracketed: open.length > 0, lead, figures: [] }
  }
  for (let at = 0; at < text.length; at++) {
    const figure = figures[next]
    if (figure && at === figure.from) {
      clause.figures.push(figure)
      next++
      at = figure.to - 1
      continue
    }
    if (!CLAUSE_MARKS.has(text.charCodeAt(at))) continue
    const bracket = closing.get(at)
    const inner = open.at(-1)
    if (bracket?.clause) {
      const lead = clause.lead + text.slice(clause.figures.at(-1)?.to ?? clause.start, at)
      open.push({ end: bracket.end, lead: clause.figures.length > 0 ? '' : lead })
      cut(at)
    } else if (inner && at === inner.end) {
      open.pop()
      cut(at, inner.lead)
    } else if (bracket) {
      at = bracket.end
    } else if (endsSentence(text, at)) {
      cut(at)
      clause.sentence++
    } else if (COMMAS.includes(text.charAt(at))) {
      cut(at)
    }
  }
  cut(text.length)
  return clauses
}

function endsSentence(text: string, at: number): boolean {
  const character = text.charAt(at)
  if (FULL_STOPS.includes(character)) return true
  return character === '\n' && LIST_POINT.test(text.slice(at + 1, at + 8))
}

/**
 * Brackets and quotes by where they open: those with a figure are clauses, the others are passed over as
 * one word. Of unpaired ones nothing is known.
 */
function findBrackets(text: string, figures: readonly Figure[]): Map<number, { end: number; clause: boolean }> {
  const found = new Map<number, { end: number; clause: boolean }>()
  if (!OPENS.test(text)) return found
  const open: { at: number; closes: string; figure: number }[] = []
  let next = 0
  for (const { 0: character, index: at } of text.matchAll(BOUNDS)) {
    while ((figures[next]?.start ?? text.length) < at) next++
    const closes = PAIRS.get(character)
    if (closes !== undefined) open.push({ at, closes, figure: next })
    else if (FULL_STOPS.includes(character) && open.length > 0 && at - (open[0]?.at ?? 0) > LONGEST_QUOTE)
      open.length = 0
    else if (character === open.at(-1)?.closes) {
      const { at: start, figure } = open.pop() ?? { at, figure: next }
      const round = character === '）' || character === ')'
      const holds = figure < next
      if (round ? true : !holds && at - start <= LONGEST_QUOTE) found.set(start, { end: at, clause: round && holds })
    }
  }
  return found
}
