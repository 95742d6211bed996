/** Whoever changed something had seen what stood there: no edit is overwritten by somebody who did not know of it. */
import type { Case, Finding } from '../checker.ts'
import { listDecisions } from '../decisions.ts'
import type { StoredEvent } from '../evidence.ts'
import { operationsOf, type Shape } from '../history.ts'
import { canonical } from '../timeline.ts'

export function checkSeen(run: Case): Finding[] {
  return run.evidence.events.flatMap((event) => {
    const message = findUnseen(run, event)
    return message === undefined ? [] : [{ message, about: { rowId: event.rowId, seq: event.seq } }]
  })
}

function findUnseen(run: Case, event: StoredEvent): string | undefined {
  const { history, evidence, timeline } = run
  const { seq, rowId, kind } = event
  const before = timeline.at(rowId, seq - 1)
  if (kind === 'insert') return before ? `${rowId} was inserted again in commit ${seq}` : undefined
  if (kind === 'confirm') {
    const knew = operationsOf(history, 'confirm').some(
      ({ rowId: of, body, outcome }) => of === rowId && body.baseVer === before?.seq && outcome !== 'refused',
    )
    return knew ? undefined : `spans of ${rowId} were confirmed in commit ${seq} over an unseen version`
  }
  if (kind === 'resolve') {
    const decision = evidence.resolutions.find((resolution) => resolution.seq === seq)
    const knew = listDecisions(history).some(
      ({ conflictId, body, part }) =>
        conflictId === decision?.conflictId &&
        (body.ver === before?.seq || isFollowed(run, event, body.ver, part?.split(' ')[0])),
    )
    return knew ? undefined : `a conflict of ${rowId} was decided in commit ${seq} over an unseen version`
  }
  if (kind === 'move')
    return event.changes.length > 0 ? `the move of ${rowId} in commit ${seq} changes texts` : undefined
  if (kind === 'adjust' || kind === 'correct') {
    const knew = operationsOf(history, 'adjust').some(
      ({ body, outcome }) =>
        outcome !== 'refused' && body.rows.some((row) => row.rowId === rowId && row.baseVer === before?.seq),
    )
    return knew ? undefined : `${rowId} was adjusted in commit ${seq} over an unseen version`
  }
  return findOverwritten(run, event)
}

/** Whether the row changed since a version only by earlier decisions of the same request, in other columns. */
function isFollowed({ evidence }: Case, event: StoredEvent, since: number, request: string | undefined): boolean {
  const between = evidence.events.filter(({ rowId, seq }) => rowId === event.rowId && seq > since && seq < event.seq)
  const columns = event.changes.map(({ column }) => column)
  return (
    request !== undefined &&
    evidence.events.some(({ rowId, seq }) => rowId === event.rowId && seq === since) &&
    between.every(
      ({ seq, changes }) =>
        evidence.submissions.find((submission) => submission.seq === seq)?.idempotencyKey.split(' ')[0] === request &&
        changes.every(({ column }) => !columns.includes(column)),
    )
  )
}

/** A submission against the rows as its client had pulled them. */
function findOverwritten({ history, evidence, timeline }: Case, event: StoredEvent): string | undefined {
  const { seq, rowId, kind, changes } = event
  const submission = evidence.submissions.find((candidate) => candidate.kind === 'rows' && candidate.seq === seq)
  const sent = operationsOf(history, 'submit').find(
    (operation) => operation.idempotencyKey === submission?.idempotencyKey && operation.raw === submission.body,
  )
  const base = sent?.bases[rowId]
  const start = `commit ${seq} of ${sent?.who ?? 'nobody'}`
  if (!base) return `${start} changes ${rowId} without having seen it`
  if (kind === 'delete') {
    const before = timeline.at(rowId, seq - 1)
    const stood: Shape = { cells: before?.cells ?? {}, spans: before?.spans ?? {} }
    return canonical(stood) === canonical({ cells: base.cells, spans: base.spans })
      ? undefined
      : `${start} deletes ${rowId} although it was edited meanwhile`
  }
  const unseen = changes.find(
    ({ column, old, spans }) => (base.cells[column] ?? null) !== old || (base.spans[column] ?? 1) !== (spans?.[0] ?? 1),
  )
  return unseen
    ? `${start} replaces ${JSON.stringify(unseen.old)} in ${unseen.column} of ${rowId}, where its author saw ${JSON.stringify(base.cells[unseen.column] ?? null)}`
    : undefined
}
