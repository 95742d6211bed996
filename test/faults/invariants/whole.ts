/** What a commit wrote is exactly what its receipt says, also where nobody ever got the receipt. */
import type { Case, Finding } from '../checker.ts'
import type { Change, StoredSubmission } from '../evidence.ts'
import { operationsOf } from '../history.ts'
import { canonical } from '../timeline.ts'

export function checkWhole(run: Case): Finding[] {
  const { evidence } = run
  const findings: Finding[] = []
  const commits = new Map(evidence.commits.map((commit) => [commit.seq, commit]))
  for (const { seq, rowId, actorId } of evidence.events) {
    const commit = commits.get(seq)
    if (commit?.actorId !== actorId)
      findings.push({ message: `event ${seq} has no commit of its author`, about: { rowId, seq } })
  }
  for (const { seq, kind } of evidence.commits) {
    const owners = evidence.submissions.filter((submission) => submission.kind === 'rows' && submission.seq === seq)
    const decisions = evidence.resolutions.filter((resolution) => resolution.seq === seq)
    const events = evidence.events.filter((event) => event.seq === seq)
    const about = { seq }
    if (owners.length !== Number(kind === 'submission'))
      findings.push({ message: `${owners.length} submissions made commit ${seq} (${kind})`, about })
    if (decisions.length !== Number(kind === 'resolution'))
      findings.push({ message: `${decisions.length} decisions made commit ${seq} (${kind})`, about })
    const allowed = {
      plan: [events.length],
      submission: [events.length],
      resolution: [0, 1],
      confirm: [1],
      issue: [0],
      relations: [0],
      settings: [0],
      archive: [0],
      order: [events.length],
      adjustment: [Math.max(1, events.length)],
      erratum: [Math.max(1, events.length)],
    }[kind]
    if (!allowed?.includes(events.length))
      findings.push({ message: `commit ${seq} (${kind}) has ${events.length} events`, about })
  }
  findings.push(...checkIssue(run))
  for (const submission of evidence.submissions) findings.push(...checkReceipt(run, submission))
  findings.push(...checkConflictsListed(run))
  return findings
}

/** The plan is issued by exactly one commit, and is where that was acknowledged. */
function checkIssue({ history, evidence }: Case): Finding[] {
  const commits = evidence.commits.filter(({ kind }) => kind === 'issue').length
  const tried = operationsOf(history, 'issue').filter(({ outcome }) => outcome !== 'refused')
  const isIssued = evidence.planState !== 'collecting'
  const isTold = tried.some(({ outcome }) => outcome === 'ok')
  if (commits === Number(isIssued) && (isIssued ? tried.length > 0 : !isTold)) return []
  return [{ message: `${commits} commits issue the plan, which is ${evidence.planState}`, about: {} }]
}

/** The receipt as stored against the events of its commit. */
function checkReceipt({ evidence }: Case, { receipt, seq, idempotencyKey }: StoredSubmission): Finding[] {
  if (!receipt) return []
  const about = { idempotencyKey, ...(seq === null ? {} : { seq }) }
  const told = receipt.rows
    .filter(({ applied, outcome }) => applied.length > 0 || outcome === 'inserted' || outcome === 'deleted')
    .map(({ rowId, outcome, applied }) => `${rowId} ${kindOf(outcome)} ${listChanges(applied)}`)
  const written = evidence.events
    .filter((event) => event.seq === seq)
    .map(({ rowId, kind, changes }) => `${rowId} ${kind} ${listChanges(changes)}`)
  if (canonical(told.sort()) === canonical(written.sort())) return []
  return [
    {
      message: `the receipt of ${idempotencyKey} says\n  ${told.join('\n  ')}\nits commit wrote\n  ${written.join('\n  ')}`,
      about,
    },
  ]
}

function kindOf(outcome: string): string {
  if (outcome === 'inserted') return 'insert'
  return outcome === 'deleted' ? 'delete' : 'update'
}

function listChanges(changes: Change[]): string {
  return canonical(changes.map(({ column, old, new: text, spans }) => canonical({ column, old, text, spans })).sort())
}

/** Conflicts that a receipt tells are stored; a stored one was told by the submission that it names. */
function checkConflictsListed({ evidence }: Case): Finding[] {
  const stored = new Map(evidence.conflicts.map((conflict) => [conflict.id, conflict]))
  const told = evidence.submissions.flatMap(({ id, idempotencyKey, receipt }) =>
    (receipt?.rows ?? []).flatMap(({ conflicts }) =>
      conflicts.map((conflict) => ({ id, idempotencyKey, conflictId: conflict.id })),
    ),
  )
  return [
    ...told
      .filter(({ conflictId }) => !stored.has(conflictId))
      .map(({ conflictId, idempotencyKey }) => ({
        message: `conflict ${conflictId} was told, but is not stored`,
        about: { conflictId, idempotencyKey },
      })),
    ...evidence.conflicts
      .filter(
        (conflict) => !told.some(({ id, conflictId }) => id === conflict.submissionId && conflictId === conflict.id),
      )
      .map(({ id, rowId }) => ({
        message: `conflict ${id} is stored, but no receipt tells it`,
        about: { conflictId: id, rowId },
      })),
  ]
}
