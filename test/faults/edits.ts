/** What people do to a row of their sheet, from a seed. */
import { annotatedText } from '../../domain/annotation.ts'
import type { AnnotationBody, Submission } from '../../domain/protocol.ts'
import { REVIEW_CODE } from '../../domain/review.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import type { Shape } from './history.ts'
import type { Random } from './random.ts'
import { MILESTONES } from './random-county.ts'

/** A row after somebody worked on it, and the clearings that they confirmed. */
export type Draft = Shape & { clears: string[] }

type Edit = 'text' | 'common' | 'fold' | 'dash' | 'blank' | 'merge' | 'split' | 'whole' | 'formula' | 'stray'

const UNIT_EDITS: Record<Edit, number> = {
  text: 9,
  common: 3,
  fold: 2,
  dash: 1,
  blank: 3,
  merge: 3,
  split: 3,
  whole: 2,
  formula: 0.5,
  stray: 2,
}

/** Texts that several people come upon, so that edits meet. */
const COMMON = ['完成招标', '完成主体工程', '全面完工']
const DASHES = ['——', '—', '－', '-']

/** Issues that cells of these counties have, and one that none has; and one of a whole row. */
const REASONED = [
  { column: 'number', code: 'number/gap' },
  { column: 'number', code: 'number/out-of-order' },
  { column: 'milestone.P1', code: 'space/stray' },
  { column: 'milestone.P2', code: 'other' },
  { code: 'whole-row' },
]

/** Why somebody leaves a warning of a row as it is. */
export function drawReason(random: Random, rowId: string, reason: string): NonNullable<Submission['reasons']>[number] {
  return { rowId, ...random.pick(REASONED), reason }
}

/** What somebody says of a row as it stands in their sheet: mostly why an issue stays, now and then that no more. */
export function drawAnnotation(
  random: Random,
  rowId: string,
  cells: Record<string, string>,
  newText: () => string,
): AnnotationBody {
  const kind = random.weigh({ reason: 6, withdrawal: 2, answer: 1 })
  const about = random.pick(REASONED)
  const ofText = about.column === undefined ? JSON.stringify(cells) : (cells[about.column] ?? '')
  if (kind === 'reason') return { rowId, ...about, kind, text: newText(), ofText }
  if (kind === 'withdrawal') return { rowId, ...about, kind, text: '', ofText }
  return { rowId, code: 'target/ambiguous#完成稿', kind, text: random.pick(['increment', 'cumulative']), ofText }
}

/** 退回, 通过 or its withdrawal, of a row as it stands in a sheet. */
export function drawJudgement(random: Random, spec: SheetSpec, row: Row, newText: () => string): AnnotationBody {
  const kind = random.weigh({ accept: 3, return: 3, withdrawal: 1 })
  const column = kind === 'accept' || random.chance(0.3) ? undefined : random.pick(MILESTONES)
  const of = { code: REVIEW_CODE, ...(column === undefined ? {} : { column }) }
  const text = kind === 'return' ? newText() : ''
  return { rowId: row.rowId, ...of, kind, text, ofText: annotatedText(spec, row, of) }
}

/** Edits one to three things. `newText` gives a text that nobody has written before. */
export function editRow(random: Random, row: Shape, newText: () => string): Draft {
  const draft: Draft = { cells: { ...row.cells }, spans: { ...row.spans }, clears: [] }
  const times = 1 + random.int(3)
  for (let i = 0; i < times; i++) applyEdit(random, draft, random.weigh(UNIT_EDITS), newText)
  return draft
}

function applyEdit(random: Random, draft: Draft, edit: Edit, newText: () => string): void {
  const { cells, spans, clears } = draft
  const present = MILESTONES.filter((column) => cells[column] !== undefined)
  const column = random.pick(present)
  switch (edit) {
    case 'text':
      cells[column] = newText()
      return
    case 'common':
      cells[column] = random.pick(COMMON)
      return
    case 'fold':
      cells[column] = `${cells[column]}${random.pick([' ', '\u3000', '\n'])}`
      return
    case 'dash':
      cells[column] = random.pick(DASHES)
      return
    case 'blank':
      cells[column] = random.pick(['', ' '])
      if (random.chance(0.5)) clears.push(column)
      return
    case 'merge':
      mergeNext(random, draft, column, newText)
      return
    case 'split': {
      const merged = present.find((key) => (spans[key] ?? 1) > 1)
      if (merged !== undefined) splitSpan(random, draft, merged, newText)
      return
    }
    case 'whole':
      for (const key of present) cells[key] = newText()
      return
    case 'formula':
      cells[column] = '=SUM(A1)'
      return
    case 'stray':
      cells[random.pick(['task', 'number', 'leadUnits'])] = newText()
  }
}

/** Merges a cell with its right neighbour, as Excel does: the left text stays unless one is typed. */
function mergeNext(random: Random, { cells, spans, clears }: Draft, column: string, newText: () => string): void {
  const from = MILESTONES.indexOf(column)
  const next = MILESTONES[from + (spans[column] ?? 1)]
  if (next === undefined) return
  spans[column] = (spans[column] ?? 1) + (spans[next] ?? 1)
  delete spans[next]
  delete cells[next]
  if (random.chance(0.5)) cells[column] = newText()
  if (random.chance(0.7)) clears.push(next)
}

/** Unmerges a cell; the freed cells are typed into or left blank. */
function splitSpan(random: Random, { cells, spans }: Draft, column: string, newText: () => string): void {
  const from = MILESTONES.indexOf(column)
  for (const freed of MILESTONES.slice(from + 1, from + (spans[column] ?? 1))) {
    cells[freed] = random.chance(0.85) ? newText() : ''
  }
  delete spans[column]
}
