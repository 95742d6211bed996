/**
 * Only the commission sends back and passes, and only a text that stood; a row that is told as passed reads as it
 * did then, one that is told as sent back still has what was sent back. Written anew: it shares no code with the
 * Worker that it judges.
 */
import type { Case, Finding } from '../checker.ts'
import type { StoredAnnotation } from '../evidence.ts'
import type { Shape } from '../history.ts'
import { milestonesOf } from '../timeline.ts'

export function checkReviews(run: Case): Finding[] {
  const { evidence } = run
  const said = evidence.annotations.filter(({ code, kind }) => code === 'review' && kind !== 'reason')
  return [
    ...said.flatMap((one) => [findStranger(run, one), findUnseen(run, one)].flatMap((found) => found ?? [])),
    ...evidence.master.rows.flatMap(({ rowId, review = 'none' }) => {
      const expected = expectedOf(run, rowId, said)
      if (expected.includes(review)) return []
      return [{ message: `${rowId} is told as ${review}, and is ${expected.join(' or ')}`, about: { rowId } }]
    }),
  ]
}

function findStranger({ evidence }: Case, { rowId, kind, actorId }: StoredAnnotation): Finding | undefined {
  const author = evidence.actors.find(({ id }) => id === actorId)
  if (author?.role === 'commission') return undefined
  return { message: `${author?.name} said ${kind} of ${rowId}`, about: { rowId } }
}

function findUnseen(run: Case, { rowId, kind, column, ofText }: StoredAnnotation): Finding | undefined {
  const stood = (run.timeline.versions.get(rowId) ?? []).some((version) => textOf(run, version, column) === ofText)
  if (kind === 'withdrawal' || stood) return undefined
  return { message: `${kind} of ${rowId} is of a text that never stood: ${ofText}`, about: { rowId } }
}

/** The text of a cell, or of the row but its number: each text with its span, in the order of the sheet. */
function textOf({ history }: Case, { cells, spans }: Shape, column: string | null): string {
  if (column !== null) return cells[column] ?? ''
  const columns = ['task', ...milestonesOf(history), 'leadUnits', 'supportingUnits']
  return JSON.stringify(columns.map((key) => [cells[key] ?? null, spans[key] ?? 1]))
}

function expectedOf(run: Case, rowId: string, said: readonly StoredAnnotation[]): string[] {
  const { evidence, timeline } = run
  const head = timeline.versions.get(rowId)?.at(-1)
  if (!head || evidence.planState !== 'collecting') return ['none']
  let returns: StoredAnnotation[] = []
  let passed: StoredAnnotation[] = []
  for (const one of said.filter((candidate) => candidate.rowId === rowId)) {
    if (one.kind === 'return') returns.push(one)
    if (one.kind === 'accept') {
      passed.push(one)
      returns = []
    }
    if (one.kind !== 'withdrawal') continue
    returns = returns.filter(({ column }) => column !== one.column)
    if (one.column === null) passed = []
  }
  const stands = ({ column, ofText }: StoredAnnotation) => textOf(run, head, column) === ofText
  if (returns.some(stands)) return ['returned']
  if (passed.some(stands)) return ['accepted']
  const outcomes = outcomesOf(run, rowId)
  if (outcomes.some((outcome) => outcome !== 'unchanged')) return ['pending']
  // Left as it stood: it counts where the unit leads the row on the day on which the master was read.
  return outcomes.length > 0 ? ['pending', 'none'] : ['none']
}

/** What became of a row in the accepted submissions of units, where it had no errors. */
function outcomesOf({ evidence }: Case, rowId: string): string[] {
  const units = evidence.actors.filter(({ role }) => role === 'unit').map(({ id }) => id)
  return evidence.submissions
    .filter(({ kind, status, actorId }) => kind === 'rows' && status === 'accepted' && units.includes(actorId))
    .flatMap(({ receipt }) => receipt?.rows.filter((row) => row.rowId === rowId) ?? [])
    .flatMap(({ outcome }) => (outcome === 'blocked' ? [] : [outcome]))
}
