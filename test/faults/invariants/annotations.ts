/**
 * What is said of a text is kept with it, comes from somebody who may speak of it, and is shown while that very
 * text stands: it lapses with the text and comes back with it. The last counts, and nothing that was taken back.
 */
import type { NewAnnotations, Receipt } from '../../../domain/protocol.ts'
import type { Case, Finding } from '../checker.ts'
import type { StoredAnnotation, StoredSubmission } from '../evidence.ts'
import { type OperationOf, operationsOf } from '../history.ts'
import { canonical, milestonesOf } from '../timeline.ts'
import { isForeign } from './accounted.ts'

const MILESTONE = 'milestone.P1'

export function checkAnnotations(run: Case): Finding[] {
  return [...checkKept(run), ...checkSpeakers(run), ...checkShown(run)]
}

/** Everything that was taken is stored; everything stored was said by the request that it came with. */
function checkKept(run: Case): Finding[] {
  const { submissions, annotations } = run.evidence
  const ofNone = annotations.filter(({ submissionId }) => !submissions.some(({ id }) => id === submissionId))
  return [
    ...ofNone.map(({ rowId }) => ({ message: `what is said of ${rowId} came with nothing`, about: { rowId } })),
    ...submissions.flatMap((submission) => {
      const stored = annotations.filter(({ submissionId }) => submissionId === submission.id)
      if (submission.status === 'accepted' && submission.kind === 'annotation') return checkSaid(submission, stored)
      return checkGiven(run, submission, stored)
    }),
  ]
}

function checkSaid({ body, idempotencyKey }: StoredSubmission, stored: StoredAnnotation[]): Finding[] {
  const said = (JSON.parse(body) as NewAnnotations).annotations
  const kept = stored.map(({ actorId: _, submissionId: __, column, ...rest }) => ({
    ...rest,
    ...(column && { column }),
  }))
  if (canonical(kept) === canonical(said)) return []
  return [
    { message: `${idempotencyKey} said ${canonical(said)}, kept is ${canonical(kept)}`, about: { idempotencyKey } },
  ]
}

/** Reasons that came with a 报送, for rows that were taken and texts that stood or were sent. */
function checkGiven(run: Case, submission: StoredSubmission, stored: StoredAnnotation[]): Finding[] {
  const { status, receipt, idempotencyKey } = submission
  const about = { idempotencyKey }
  const sent = requestOf(run, submission)
  if (status !== 'accepted' || !receipt || !sent) {
    return stored.length === 0 ? [] : [{ message: `${idempotencyKey} was refused, its reasons are kept`, about }]
  }
  const given = sent.body.reasons ?? []
  const missing = given.filter((one) => isTaken(run, sent, receipt, one) && !stored.some((kept) => isSame(kept, one)))
  const invented = stored.filter((kept) => !given.some((one) => isSame(kept, one)) || !isOfItsText(run, sent, kept))
  return [
    ...missing.map(({ rowId }) => ({ message: `a reason of ${idempotencyKey} for ${rowId} is lost`, about })),
    ...invented.map(({ rowId, text }) => ({ message: `${rowId} has the reason ${text}, which nobody gave`, about })),
  ]
}

type Sent = OperationOf<'submit'>
type Given = NonNullable<Sent['body']['reasons']>[number]

function requestOf({ history }: Case, { idempotencyKey, body }: StoredSubmission): Sent | undefined {
  return operationsOf(history, 'submit').find(
    (operation) => operation.idempotencyKey === idempotencyKey && operation.raw === body,
  )
}

/** Whether a cell was surely the sender's, its row there, and free of errors. */
function isTaken(run: Case, sent: Sent, { rows }: Receipt, { rowId, column }: Given): boolean {
  const told = rows.find((row) => row.rowId === rowId)
  const isGone = run.timeline.versions.get(rowId)?.some(({ deleted }) => deleted) ?? true
  const whole = { ...sent, done: run.history.ended }
  return told?.blocked.length === 0 && !isGone && !isForeign(run, whole, rowId, column ?? MILESTONE)
}

/** Whether the text that a reason was given for stood at some time, or was sent with it. */
function isOfItsText({ timeline }: Case, { body }: Sent, { rowId, column, ofText }: StoredAnnotation): boolean {
  if (column === null) return true
  const cells = [...(timeline.versions.get(rowId) ?? []), ...body.rows.filter((row) => row.rowId === rowId)]
  return cells.some((row) => (row.cells[column] ?? '') === ofText)
}

function isSame(kept: StoredAnnotation, { rowId, column, code, reason }: Given): boolean {
  return kept.kind === 'reason' && kept.text === reason && isAbout(kept, { rowId, column: column ?? null, code })
}

/** A unit speaks of its own cells, in rows that it led and its key reached at some moment of the request. */
function checkSpeakers(run: Case): Finding[] {
  const asked = operationsOf(run.history, 'annotate')
  return asked
    .filter(({ outcome }) => outcome === 'ok')
    .flatMap((operation) => {
      const { n, who, keyId, idempotencyKey, done, body } = operation
      const again = asked.filter(
        (other) => other === operation || (idempotencyKey && other.idempotencyKey === idempotencyKey),
      )
      const invoked = Math.min(...again.map((other) => other.invoked))
      return body.annotations
        .filter(({ rowId, column }) => !maySpeak(run, { keyId, invoked, done }, rowId, column))
        .map(({ rowId, column }) => ({
          message: `${who} spoke of ${column ?? 'the row'} of ${rowId}`,
          about: { rowId, operation: n },
        }))
    })
}

function maySpeak(
  { history, evidence, timeline }: Case,
  { keyId, invoked, done }: { keyId: string; invoked: number; done: number },
  rowId: string,
  column: string | undefined,
): boolean {
  if (operationsOf(history, 'archive').some((archive) => archive.outcome === 'ok' && archive.done < invoked))
    return false
  const key = evidence.keys.find(({ id }) => id === keyId)
  const actor = evidence.actors.find(({ id }) => id === key?.actorId)
  if (actor?.role === 'commission') return true
  if (column !== undefined && !milestonesOf(history).includes(column)) return false
  if (key?.rows && !key.rows.includes(rowId)) return false
  return timeline.leadsBetween(rowId, invoked, done).some((leads) => leads.includes(actor?.name ?? ''))
}

/** In the master: for each issue of a cell but errors, the last reason for the text that stands, if it is still meant. */
function checkShown({ evidence, timeline }: Case): Finding[] {
  const isOffice = ({ actorId }: StoredAnnotation) =>
    evidence.actors.find(({ id }) => id === actorId)?.role === 'commission'
  return evidence.master.issues.flatMap(({ rowId = '', column, code, severity, reason }) => {
    if (column === undefined) return []
    const text = timeline.versions.get(rowId)?.at(-1)?.cells[column] ?? ''
    let meant: StoredAnnotation[] = []
    for (const said of evidence.annotations.filter((one) => isAbout(one, { rowId, column, code }))) {
      if (said.kind !== 'withdrawal') meant.push(said)
      else meant = meant.filter((one) => !isOffice(said) && !isOffice(one) && one.actorId !== said.actorId)
    }
    const last = meant.findLast(({ kind, ofText }) => kind === 'reason' && ofText === text)
    const expected = severity === 'error' ? undefined : last?.text
    if (expected === reason?.text) return []
    const message = `${code} at ${column} of ${rowId} is explained as ${reason?.text}, and was as ${expected}`
    return [{ message, about: { rowId } }]
  })
}

function isAbout(kept: StoredAnnotation, of: Pick<StoredAnnotation, 'rowId' | 'column' | 'code'>): boolean {
  return kept.rowId === of.rowId && kept.column === of.column && kept.code === of.code
}
