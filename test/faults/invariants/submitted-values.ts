/** Every text in an event or a conflict was sent by somebody, for that row and column. A blank is no text. */
import type { Submission } from '../../../domain/protocol.ts'
import type { Case, Finding } from '../checker.ts'
import { listDecisions } from '../decisions.ts'
import type { StoredConflict, StoredEvent } from '../evidence.ts'
import { operationsOf } from '../history.ts'

export function checkSubmittedValues(run: Case): Finding[] {
  return [...run.evidence.events.flatMap((event) => checkEvent(run, event)), ...checkConflicts(run)]
}

function checkEvent(run: Case, event: StoredEvent): Finding[] {
  const { seq, rowId, changes } = event
  return changes.flatMap(({ column, old, new: text }) => {
    // Only the span of such a cell changed.
    if (text === null || text === '' || text === old || textsFor(run, event, column).includes(text)) return []
    return [
      {
        message: `event ${seq} sets ${column} of ${rowId} to ${JSON.stringify(text)}, which nobody sent`,
        about: { rowId, seq },
      },
    ]
  })
}

/** What could have been meant for this column by whoever made this event. */
function textsFor({ history, evidence }: Case, { seq, rowId, kind }: StoredEvent, column: string): string[] {
  const pick = (text: string | null | undefined) => (text === undefined || text === null ? [] : [text])
  const commit = evidence.commits.find((candidate) => candidate.seq === seq)
  if (commit?.kind === 'plan') return pick(history.plan.rows.find((row) => row.rowId === rowId)?.cells[column])
  if (kind === 'confirm') {
    return operationsOf(history, 'confirm').flatMap((operation) =>
      operation.rowId === rowId ? pick(operation.body.cells?.[column]) : [],
    )
  }
  if (kind === 'resolve') {
    const decision = evidence.resolutions.find((resolution) => resolution.seq === seq)
    const conflict = evidence.conflicts.find(({ id }) => id === decision?.conflictId)
    if (decision?.choice === 'submitted') return conflict ? proposedTexts(conflict, column) : []
    return listDecisions(history).flatMap(({ conflictId, body }) =>
      conflictId === decision?.conflictId ? [...pick(body.text), ...pick(body.cells?.[column])] : [],
    )
  }
  if (kind === 'adjust' || kind === 'correct') {
    return operationsOf(history, 'adjust').flatMap(({ body }) =>
      body.rows.flatMap((row) => (row.rowId === rowId ? pick(row.cells[column]) : [])),
    )
  }
  return sentFor({ history, evidence } as Case, (submission) => submission.seq === seq, rowId, column)
}

/** The text that a conflict keeps for a column. */
export function proposedTexts(
  { kind, column: own, submitted, tuples, proposal }: StoredConflict,
  column: string,
): string[] {
  if (tuples) return [tuples.submitted.cells[column]].filter((text) => text !== undefined)
  if (proposal) return proposal.flatMap((change) => (change.column === column && change.new !== null ? change.new : []))
  return kind === 'cell' && own === column && submitted !== null ? [submitted] : []
}

function sentFor(
  { evidence }: Case,
  isIt: (submission: Case['evidence']['submissions'][number]) => boolean,
  rowId: string,
  column: string,
): string[] {
  const submission = evidence.submissions.find((candidate) => candidate.kind === 'rows' && isIt(candidate))
  if (!submission) return []
  const body = JSON.parse(submission.body) as Submission
  return body.rows.flatMap((row) => (row.rowId === rowId ? (row.cells[column] ?? []) : []))
}

/** A conflict keeps what was submitted; beside it, within a span, what the submitter had left as it was. */
function checkConflicts(run: Case): Finding[] {
  return run.evidence.conflicts.flatMap((conflict) => {
    const { id, rowId, column, columns, submissionId, tuples, proposal } = conflict
    const named = columns ?? proposal?.map((change) => change.column) ?? (column === null ? [] : [column])
    return named.flatMap((key) =>
      proposedTexts(conflict, key)
        .filter((text) => text !== '' && text !== tuples?.base.cells[key])
        .filter((text) => !sentFor(run, (submission) => submission.id === submissionId, rowId, key).includes(text))
        .map((text) => ({
          message: `conflict ${id} keeps ${JSON.stringify(text)} for ${key}, which its submission did not say`,
          about: { conflictId: id, rowId },
        })),
    )
  })
}
