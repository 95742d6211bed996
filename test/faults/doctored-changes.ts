/** More runs made wrong on purpose: drafts, tries, decisions of several, changes of the plan, keys, what is said of texts. */

import type { NewAnnotations } from '../../domain/protocol.ts'
import { listDecisions } from './decisions.ts'
import { type Doctored, need } from './doctored.ts'
import type { Evidence } from './evidence.ts'
import { type OperationOf, operationsOf } from './history.ts'
import type { Run } from './run.ts'

const DRAFTS = 'a draft is released once, returned, superseded by all of it, or open'
const CHANGES = 'changes of the plan do what they say'
const KEYS = 'a key ends when it ends'
const ANNOTATIONS = 'what is said of a text stands with it'
const REVIEWS = 'only the commission reviews, and only what stands'

export const DOCTORED_CHANGES: Doctored[] = [
  {
    name: 'a released draft that became nothing',
    breaks: DRAFTS,
    doctor: ({ evidence }) => {
      const { id } = releasedDraft(evidence)
      evidence.submissions = evidence.submissions.filter(({ draftId }) => draftId !== id)
    },
  },
  {
    name: 'a draft that was merged and waits',
    breaks: DRAFTS,
    doctor: ({ evidence }) => {
      delete releasedDraft(evidence).decision
    },
  },
  {
    name: 'a draft superseded by nothing that holds it',
    breaks: DRAFTS,
    doctor: ({ evidence }) => {
      const last = need(evidence.drafts.at(-1))
      const { keyId, at } = last
      evidence.drafts = [last]
      last.decision = { kind: 'superseded', submissionId: null, reason: null, keyId, at }
    },
  },
  {
    name: 'a return that was acknowledged and is not there',
    breaks: DRAFTS,
    doctor: ({ history, evidence }) => {
      const { draftId } = need(operationsOf(history, 'return').find(({ outcome }) => outcome === 'ok'))
      delete need(evidence.drafts.find(({ id }) => id === draftId)).decision
    },
  },
  {
    name: 'an edit of a released draft that nobody knows of',
    breaks: 'every acknowledged edit is in the master, a conflict, a hold or told as not taken',
    doctor: ({ history, evidence }) => {
      const made = evidence.submissions.filter(({ draftId, receipt }) => draftId !== undefined && receipt)
      const told = operationsOf(history, 'submit').map(({ reply }) => reply?.draftId)
      const rows = made.flatMap(({ draftId, receipt }) => (told.includes(draftId) ? (receipt?.rows ?? []) : []))
      // Of a row that changed hands meanwhile nobody could tell.
      const edited = rows.filter(({ applied, conflicts }) => applied.length > 0 && conflicts.length === 0)
      need(edited[0])
      for (const { applied } of edited) applied.pop()
    },
  },
  {
    name: 'a try that was kept',
    breaks: 'what was only tried is nowhere',
    doctor: ({ history, evidence }) => {
      const sent = operationsOf(history, 'submit').map(({ raw }) => raw)
      const { raw } = need(operationsOf(history, 'dry-run').find((tried) => !sent.includes(tried.raw)))
      need(evidence.submissions[0]).body = raw
    },
  },
  {
    name: 'one of several decisions that was acknowledged and is not stored',
    breaks: 'one key, at most one commit',
    doctor: ({ history, evidence }) => {
      const done = listDecisions(history).find(({ part, outcome }) => part !== undefined && outcome === 'ok')
      const { part } = need(done)
      evidence.submissions = evidence.submissions.filter(({ idempotencyKey }) => idempotencyKey !== part)
    },
  },
  {
    name: 'an edited decision that set another text',
    breaks: 'conflicts are open until decided, and decided once',
    doctor: ({ evidence }) => {
      const decided = evidence.resolutions.filter(({ choice }) => choice === 'edited').map(({ seq }) => seq)
      const event = evidence.events.find(({ seq, changes }) => decided.includes(seq) && changes.length > 0)
      need(need(event).changes.find((change) => change.new !== null)).new = '另一文本'
    },
  },
  {
    name: 'rows moved to another place',
    breaks: CHANGES,
    doctor: ({ history, evidence }) => {
      const { body } = committed(evidence, operationsOf(history, 'order'))
      if (body.after === undefined)
        body.after = need(evidence.rows.find(({ rowId }) => !body.rowIds.includes(rowId))).rowId
      else delete body.after
    },
  },
  {
    name: 'an adjustment that reaches into a closed period',
    breaks: CHANGES,
    doctor: ({ history, evidence }) => {
      const columns = evidence.events.flatMap(({ kind, seq, changes }) =>
        (kind === 'adjust' || kind === 'correct') && changes.some(({ column }) => /^milestone\.P[123]$/.test(column))
          ? [seq]
          : [],
      )
      const keys = evidence.submissions.flatMap(({ seq, idempotencyKey }) =>
        columns.includes(seq ?? 0) ? idempotencyKey : [],
      )
      const asked = operationsOf(history, 'adjust').filter(({ idempotencyKey }) => keys.includes(idempotencyKey ?? ''))
      need(asked[0])
      // An erratum may reach anywhere, an adjustment not.
      for (const { body } of asked) Object.assign(body, { kind: 'adjustment', effectivePeriod: 'P4' })
    },
  },
  {
    name: 'an adjustment of which a cell is missing',
    breaks: CHANGES,
    doctor: ({ history, evidence }) => {
      const { body } = committed(evidence, operationsOf(history, 'adjust'))
      body.rows[0]!.cells.task = '未写入'
    },
  },
  {
    name: 'a commit after the plan was archived',
    breaks: CHANGES,
    doctor: ({ evidence }) => {
      const archive = need(evidence.commits.find(({ kind }) => kind === 'archive'))
      evidence.commits.push({ ...archive, seq: archive.seq + 0.5, kind: 'order' })
    },
  },
  {
    name: 'a setting that did not stay',
    breaks: CHANGES,
    doctor: ({ evidence }) => {
      evidence.master.plan.signOff = evidence.master.plan.signOff === 'reviewer' ? 'none' : 'reviewer'
    },
  },
  {
    name: 'a key that wrote after its last day',
    breaks: KEYS,
    doctor: ({ history, evidence }) => {
      const { keyId } = unitCommit(evidence)
      history.operations.push({ ...issuedAs(history, keyId), expiresOn: '2023-03-01' })
    },
  },
  {
    name: 'a key that wrote a row out of its reach',
    breaks: 'nothing outside the scope of its author',
    doctor: ({ history, evidence }) => {
      const { keyId } = unitCommit(evidence)
      history.operations.push({ ...issuedAs(history, keyId), rows: ['别的任务'] })
    },
  },
  {
    name: 'a key that was replaced twice',
    breaks: KEYS,
    doctor: ({ history }) => {
      const rotated = need(operationsOf(history, 'rotate-key').find(({ reply }) => reply))
      history.operations.push({ ...rotated, n: history.operations.length })
    },
  },
  {
    name: 'a reason that nobody gave',
    breaks: ANNOTATIONS,
    doctor: ({ evidence }) => {
      need(evidence.annotations.find(({ kind }) => kind === 'reason')).text = '无人说明'
    },
  },
  {
    name: 'an annotation that was taken and is not there',
    breaks: ANNOTATIONS,
    doctor: ({ evidence }) => {
      const { id } = need(evidence.submissions.find(({ kind }) => kind === 'annotation'))
      evidence.annotations = evidence.annotations.filter(({ submissionId }) => submissionId !== id)
    },
  },
  {
    name: 'a unit that spoke of a row of another',
    breaks: ANNOTATIONS,
    doctor: ({ history, evidence }) => {
      const units = evidence.actors.filter(({ role }) => role === 'unit').map(({ id }) => id)
      const keyIds = evidence.keys.filter(({ actorId }) => units.includes(actorId)).map(({ id }) => id)
      const said = operationsOf(history, 'annotate').find(
        ({ outcome, keyId }) => outcome === 'ok' && keyIds.includes(keyId),
      )
      need(need(said).body.annotations[0]).column = 'task'
    },
  },
  {
    name: 'a reason that explains although it was taken back',
    breaks: ANNOTATIONS,
    doctor: ({ evidence }) => {
      const issue = need(evidence.master.issues.find(({ column, severity }) => column && severity !== 'error'))
      const { rowId = '', column = '', code } = issue
      const came = need(evidence.submissions.find(({ kind }) => kind === 'annotation'))
      const ofText = need(evidence.rows.find((row) => row.rowId === rowId)).cells[column] ?? ''
      const reason = { rowId, column, code, kind: 'reason' as const, text: '已撤回', ofText }
      const said = [reason, { ...reason, kind: 'withdrawal' as const, text: '' }]
      const body = JSON.parse(came.body) as NewAnnotations
      came.body = JSON.stringify({ annotations: [...body.annotations, ...said] })
      const { actorId, id: submissionId } = came
      // In the order in which they were stored, behind what came with them.
      const at = evidence.annotations.findLastIndex((one) => one.submissionId === submissionId) + 1
      evidence.annotations.splice(at, 0, ...said.map((one) => ({ ...one, actorId, submissionId })))
      issue.reason = { text: '已撤回', by: '县教委', at: '2023-03-06T01:00:00.000Z' }
    },
  },
  {
    name: 'a unit that let its own row pass',
    breaks: REVIEWS,
    doctor: ({ evidence }) => {
      const passed = need(evidence.annotations.find(({ kind }) => kind === 'accept'))
      passed.actorId = need(evidence.actors.find(({ role }) => role === 'unit')).id
    },
  },
  {
    name: 'a row that passed with a text that nobody had seen',
    breaks: REVIEWS,
    doctor: ({ evidence }) => {
      need(evidence.annotations.find(({ kind }) => kind === 'accept')).ofText += '。'
    },
  },
  {
    name: 'an acceptance that outlives its text',
    breaks: REVIEWS,
    doctor: ({ evidence }) => {
      need(evidence.master.rows.find(({ review }) => review === 'pending')).review = 'accepted'
    },
  },
  {
    name: 'a reason shown beside another text',
    breaks: ANNOTATIONS,
    doctor: ({ evidence }) => {
      const issue = need(evidence.master.issues.find(({ column }) => column !== undefined))
      issue.reason = { text: '已失效', by: '县教委', at: '2023-03-06T01:00:00.000Z' }
    },
  },
]

function releasedDraft({ drafts }: Evidence): Evidence['drafts'][number] {
  return need(drafts.find(({ decision }) => decision?.kind === 'released'))
}

/** A change that was committed, as it was asked for. */
function committed<Asked extends { idempotencyKey?: string }>({ submissions }: Evidence, asked: Asked[]): Asked {
  const keys = submissions.flatMap(({ seq, idempotencyKey }) => (seq === null ? [] : idempotencyKey))
  return need(asked.find(({ idempotencyKey }) => keys.includes(idempotencyKey ?? '')))
}

function unitCommit({ commits, actors, events }: Evidence): Evidence['commits'][number] {
  const units = actors.filter(({ role }) => role === 'unit').map(({ id }) => id)
  return need(commits.find(({ actorId, seq }) => units.includes(actorId) && events.some((event) => event.seq === seq)))
}

/** An operation as if this key had been issued by it. */
function issuedAs({ operations }: Run['history'], keyId: string): OperationOf<'create-key'> {
  const when = { n: operations.length, invoked: 0, done: 0, outcome: 'ok', status: 201, faults: [] } as const
  return { ...when, faults: [], who: 'officer0', keyId: '', kind: 'create-key', unit: '县教委', reply: { id: keyId } }
}
