/** Runs made wrong on purpose, each as a defect of the Worker would leave it: proof that the checker can fail. */
import type { Invariant } from './checker.ts'
import type { Evidence, StoredEvent } from './evidence.ts'
import { operationsOf } from './history.ts'
import type { Run } from './run.ts'
import { buildTimeline } from './timeline.ts'

/** Changes a copy of a good run. Throws NothingOfTheKind where the run has nothing that could be made wrong so. */
type Doctor = (run: Run) => void

export type Doctored = { name: string; breaks: Invariant; doctor: Doctor }

export const DOCTORED: Doctored[] = [
  {
    name: 'an acknowledged submission of which nothing is left',
    breaks: 'one key, at most one commit',
    doctor: ({ history, evidence }) => {
      const { seq } = lastUpdate({ history, evidence })
      evidence.events = evidence.events.filter((event) => event.seq !== seq)
      evidence.commits = evidence.commits.filter((commit) => commit.seq !== seq)
      evidence.submissions = evidence.submissions.filter((submission) => submission.seq !== seq)
    },
  },
  {
    name: 'an acknowledged edit that neither the receipt nor the rows know',
    breaks: 'every acknowledged edit is in the master, a conflict, a hold or told as not taken',
    doctor: ({ history, evidence }) => {
      const event = lastUpdate({ history, evidence })
      const lost = event.changes.pop()
      const isLost = (change: { column: string }) => change.column === lost?.column
      const receipts = [
        ...operationsOf(history, 'submit').flatMap(({ reply }) => (reply?.seq === event.seq ? [reply] : [])),
        ...evidence.submissions.flatMap(({ seq, receipt }) => (seq === event.seq && receipt ? [receipt] : [])),
      ]
      for (const { applied, rowId } of receipts.flatMap(({ rows }) => rows)) {
        if (rowId === event.rowId) applied.splice(0, applied.length, ...applied.filter((change) => !isLost(change)))
      }
    },
  },
  {
    name: 'a conflict that was told and not stored',
    breaks: 'every acknowledged edit is in the master, a conflict, a hold or told as not taken',
    doctor: ({ history, evidence }) => {
      const told = operationsOf(history, 'submit').flatMap(
        ({ reply }) => reply?.rows.flatMap((row) => row.conflicts) ?? [],
      )
      const lost = need(told.find(({ kind }) => kind === 'cell'))
      evidence.conflicts = evidence.conflicts.filter(({ id }) => id !== lost.id)
    },
  },
  {
    name: 'half of a commit',
    breaks: 'a submission is done wholly or not at all',
    doctor: ({ evidence }) => {
      const seqs = evidence.commits.filter(({ kind }) => kind === 'submission').map(({ seq }) => seq)
      const of = (seq: number) => evidence.events.filter((event) => event.seq === seq)
      const half = need(seqs.map(of).find((events) => events.length > 1))[0]!
      evidence.events = evidence.events.filter((event) => event !== half)
    },
  },
  {
    name: 'an issue that left the plan open',
    breaks: 'a submission is done wholly or not at all',
    doctor: ({ evidence }) => {
      evidence.planState = evidence.planState === 'issued' ? 'collecting' : 'issued'
    },
  },
  {
    name: 'a row that is not what its events say',
    breaks: 'the events give the state',
    doctor: ({ evidence }) => {
      evidence.rows[0]!.cells.task += '。'
    },
  },
  {
    name: 'a master that leaves out a row',
    breaks: 'the events give the state',
    doctor: ({ evidence }) => {
      evidence.master.rows.pop()
    },
  },
  {
    name: 'two commits under one key',
    breaks: 'one key, at most one commit',
    doctor: ({ evidence }) => {
      const once = need(evidence.submissions.find(({ kind, status }) => kind === 'rows' && status === 'accepted'))
      evidence.submissions.push({ ...once, id: `${once.id}-again`, number: '20230306-9999', seq: null })
    },
  },
  {
    name: 'a refused submission that was done',
    breaks: 'one key, at most one commit',
    doctor: ({ history, evidence }) => {
      const { seq } = lastUpdate({ history, evidence })
      const done = need(evidence.submissions.find((submission) => submission.seq === seq))
      for (const operation of operationsOf(history, 'submit')) {
        if (operation.idempotencyKey === done.idempotencyKey) operation.outcome = 'refused'
      }
    },
  },
  {
    name: 'a value that nobody sent',
    breaks: 'no value that nobody submitted',
    doctor: ({ history, evidence }) => {
      lastUpdate({ history, evidence }).changes[0]!.new = '无人报送'
    },
  },
  {
    name: 'a row written by a unit that does not lead it',
    breaks: 'nothing outside the scope of its author',
    doctor: ({ history, evidence }) => {
      const event = lastUpdate({ history, evidence })
      const leads = buildTimeline(history, evidence).leads(event.rowId, event.seq)
      const stranger = evidence.actors.find(({ role, name }) => role === 'unit' && !leads.includes(name))
      event.actorId = need(stranger).id
    },
  },
  {
    name: 'a column written that is the commission’s',
    breaks: 'nothing outside the scope of its author',
    doctor: ({ history, evidence }) => {
      lastUpdate({ history, evidence }).changes[0]!.column = 'task'
    },
  },
  {
    name: 'a text changed after the plan was issued',
    breaks: 'nothing outside the scope of its author',
    doctor: ({ history, evidence }) => {
      const { seq, actorId } = lastUpdate({ history, evidence })
      evidence.commits = evidence.commits.filter(({ kind }) => kind !== 'issue')
      evidence.commits.push({ seq: seq - 0.5, kind: 'issue', actorId, keyId: '', at: '2023-03-06T01:00:00.000Z' })
    },
  },
  {
    name: 'a key served after it was revoked',
    breaks: 'a key ends when it ends',
    doctor: ({ history }) => {
      const pull = need(operationsOf(history, 'pull').findLast(({ outcome }) => outcome === 'ok'))
      const n = history.operations.length
      history.operations.push({ ...pull, n, kind: 'revoke-key', target: pull.keyId, invoked: 0, done: 0 })
    },
  },
  {
    name: 'an edit overwritten by somebody who had not seen it',
    breaks: 'nothing is overwritten unseen',
    doctor: ({ history, evidence }) => {
      const { seq, rowId, changes } = lastUpdate({ history, evidence })
      const sent = operationsOf(history, 'submit').filter(({ reply }) => reply?.seq === seq)
      for (const { bases } of sent) bases[rowId]!.cells[changes[0]!.column] = '更早的文本'
    },
  },
  {
    name: 'a read of some rows before and some rows after a commit',
    breaks: 'a read shows one moment, and everything acknowledged before it',
    doctor: ({ history, evidence }) => {
      const { versions } = buildTimeline(history, evidence)
      const rows = operationsOf(history, 'pull').flatMap(({ reply }) => reply?.rows ?? [])
      const torn = need(rows.find(({ rowId, ver }) => ver > versions.get(rowId)![0]!.seq))
      const older = versions.get(torn.rowId)![0]!
      Object.assign(torn, { ver: older.seq, cells: older.cells, spans: older.spans })
    },
  },
  {
    name: 'a read that misses what was acknowledged before',
    breaks: 'a read shows one moment, and everything acknowledged before it',
    doctor: ({ history }) => {
      const last = need(operationsOf(history, 'pull').findLast(({ reply }) => reply !== undefined))
      last.reply!.seq = 1
    },
  },
  {
    name: 'a decision that was acknowledged and is not there',
    breaks: 'conflicts are open until decided, and decided once',
    doctor: ({ history, evidence }) => {
      const decided = need(operationsOf(history, 'resolve').find(({ outcome }) => outcome === 'ok'))
      evidence.resolutions = evidence.resolutions.filter(({ conflictId }) => conflictId !== decided.conflictId)
    },
  },
  {
    name: 'a decision for the submitted text that set another',
    breaks: 'conflicts are open until decided, and decided once',
    doctor: ({ evidence }) => {
      const decided = need(
        evidence.resolutions.find(
          ({ choice, seq }) => choice === 'submitted' && eventOf(evidence, seq)?.changes.length,
        ),
      )
      eventOf(evidence, decided.seq)!.changes[0]!.new = '另一文本'
    },
  },
  {
    name: 'a conflict told as waiting after it was decided',
    breaks: 'conflicts are open until decided, and decided once',
    doctor: ({ history }) => {
      const told = operationsOf(history, 'submit').flatMap(
        ({ reply }) => (reply?.draftId === undefined && reply?.rows.flatMap(({ conflicts }) => conflicts)) || [],
      )
      const decided = need(
        operationsOf(history, 'resolve').find(
          ({ outcome, conflictId }) => outcome === 'ok' && told.some(({ id }) => id === conflictId),
        ),
      )
      Object.assign(decided, { invoked: -1, done: -1 })
    },
  },
  {
    name: 'a conflict told against a text that stood there before',
    breaks: 'conflicts are open until decided, and decided once',
    doctor: ({ history }) => {
      const told = operationsOf(history, 'submit').flatMap(
        ({ reply }) => (reply?.draftId === undefined && reply?.rows.flatMap(({ conflicts }) => conflicts)) || [],
      )
      const conflict = need(told.find(({ kind }) => kind === 'cell'))
      conflict.head = conflict.base ?? ''
    },
  },
  {
    name: 'a refused submission that was thrown away',
    breaks: 'what was refused is kept, and only faults are unexplained',
    doctor: ({ history, evidence }) => {
      const refused = operationsOf(history, 'submit').find(
        ({ outcome, status, faults }) => outcome === 'refused' && status !== 401 && faults.length === 0,
      )
      const lost = need(refused).idempotencyKey
      evidence.submissions = evidence.submissions.filter(({ idempotencyKey }) => idempotencyKey !== lost)
    },
  },
  {
    name: 'a failure without a fault',
    breaks: 'what was refused is kept, and only faults are unexplained',
    doctor: ({ history }) => {
      Object.assign(history.operations[0]!, { status: 500, outcome: 'unknown', faults: [] })
    },
  },
  {
    name: 'a workbook with another text',
    breaks: 'export, import and export are the same',
    doctor: ({ evidence }) => {
      evidence.exports.workbook[0]!.cells.task = '另一事项'
    },
  },
]

/** The last event of a row, made by a submission of a unit that was acknowledged. */
function lastUpdate({ history, evidence }: Run): StoredEvent {
  const acknowledged = operationsOf(history, 'submit').map(({ reply }) => reply?.seq)
  const units = evidence.actors.filter(({ role }) => role === 'unit').map(({ id }) => id)
  return need(
    evidence.events.findLast(
      ({ kind, actorId, rowId, seq, changes }) =>
        kind === 'update' &&
        units.includes(actorId) &&
        acknowledged.includes(seq) &&
        changes.some(({ new: text }) => text !== null) &&
        !evidence.events.some((later) => later.rowId === rowId && later.seq > seq),
    ),
  )
}

function eventOf(evidence: Evidence, seq: number): StoredEvent | undefined {
  return evidence.events.find((event) => event.seq === seq)
}

export class NothingOfTheKind extends Error {}

/** What was looked for. Throws NothingOfTheKind. */
export function need<T>(found: T | undefined): T {
  if (found === undefined) throw new NothingOfTheKind()
  return found
}
