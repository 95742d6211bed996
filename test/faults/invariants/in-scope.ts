/** Nobody writes what was not theirs at that commit: rows, columns, frozen texts, rows out of a key's reach. */
import { foldText } from '../../../domain/fold.ts'
import type { Case, Finding } from '../checker.ts'
import type { StoredEvent } from '../evidence.ts'
import { operationsOf } from '../history.ts'
import { milestonesOf, type Version } from '../timeline.ts'

export function checkInScope(run: Case): Finding[] {
  return run.evidence.events.flatMap((event) =>
    [findStranger(run, event), findThawed(run, event), findOutOfReach(run, event)].flatMap((message) =>
      message === undefined ? [] : [{ message, about: { rowId: event.rowId, seq: event.seq } }],
    ),
  )
}

/** What is wrong with who wrote this event. */
function findStranger({ history, evidence, timeline }: Case, event: StoredEvent): string | undefined {
  const { seq, rowId, kind, actorId, changes } = event
  const author = evidence.actors.find(({ id }) => id === actorId)
  const isPlan = evidence.commits.find((commit) => commit.seq === seq)?.kind === 'plan'
  const isOffice = author?.role === 'commission'
  if (isPlan || isOffice) return undefined
  if (author?.role !== 'unit') return `${author?.role ?? 'nobody'} wrote event ${seq} of ${rowId}`
  if (kind !== 'update' && kind !== 'resolve') return `${author.name} made an event ${kind} of ${rowId}`
  const stray = changes.find(({ column }) => !milestonesOf(history).includes(column))
  if (stray) return `${author.name} wrote ${stray.column} of ${rowId}`
  const leads = timeline.leads(rowId, seq)
  return leads.includes(author.name)
    ? undefined
    : `${author.name} wrote ${rowId} in commit ${seq} (${kind}), which ${leads} led`
}

/** A key that reaches some rows writes nowhere else, and what it drafted is released there only. */
function findOutOfReach({ history, evidence }: Case, { seq, rowId }: StoredEvent): string | undefined {
  const submission = evidence.submissions.find((candidate) => candidate.seq === seq)
  const drafted = evidence.drafts.find(({ id }) => id === submission?.draftId)?.keyId
  const keyIds = [evidence.commits.find((commit) => commit.seq === seq)?.keyId, drafted]
  const issued = operationsOf(history, 'create-key').filter(({ reply }) => reply && keyIds.includes(reply.id))
  const stored = evidence.keys.filter(({ id }) => keyIds.includes(id))
  const isOutside = [...issued, ...stored].some(({ rows }) => rows && !rows.includes(rowId))
  return isOutside ? `a key that does not reach ${rowId} wrote it in commit ${seq}` : undefined
}

/** What is wrong with an event after the plan was issued: only periods can be confirmed, no text changed. */
function findThawed({ history, timeline }: Case, { seq, rowId, kind }: StoredEvent): string | undefined {
  if (timeline.issuedAt === undefined || seq < timeline.issuedAt) return undefined
  const texts = (version: Version | undefined) =>
    milestonesOf(history)
      .map((column) => foldText(version?.cells[column] ?? ''))
      .filter((text) => text !== '')
      .join('|')
  // What an adjustment may change is for changes.ts.
  if (kind === 'move' || kind === 'adjust' || kind === 'correct') return undefined
  const isKept = kind === 'confirm' && texts(timeline.at(rowId, seq)) === texts(timeline.at(rowId, seq - 1))
  return isKept ? undefined : `event ${seq} (${kind}) of ${rowId} changed texts after the plan was issued`
}
