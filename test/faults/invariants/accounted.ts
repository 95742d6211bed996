/**
 * Every edit that was acknowledged is where its receipt says: in the master at that commit, the same
 * as what stood there, kept in a conflict, held, or told as not taken for a reason that is true. That
 * nothing later overwrites it unseen is for seen.ts.
 */
import { foldText, isBlank } from '../../../domain/fold.ts'
import type { Receipt, Submission } from '../../../domain/protocol.ts'
import type { Case, Finding } from '../checker.ts'
import { type OperationOf, operationsOf } from '../history.ts'
import { milestonesOf } from '../timeline.ts'
import { type CellEdit, listEdits } from './cell-edits.ts'
import { proposedTexts } from './submitted-values.ts'

type Told = Receipt['rows'][number]
type Acknowledged = OperationOf<'submit'> & { reply: Receipt }

export function checkAccounted(run: Case): Finding[] {
  return operationsOf(run.history, 'submit')
    .flatMap((operation) => {
      const reply = settledReply(run, operation)
      return reply ? [{ ...operation, ...reply }] : []
    })
    .flatMap((operation: Acknowledged) => [
      ...operation.body.rows.flatMap((row) => checkRow(run, operation, row)),
      ...(operation.body.deletes ?? []).flatMap(({ rowId }) => checkDelete(run, operation, rowId)),
    ])
}

/**
 * The receipt that counts: of a draft that was released, the one that its release was given, at some time
 * until the end. Of a draft that waits or was turned down nothing is in the table.
 */
function settledReply(
  { history, evidence }: Case,
  { reply, done }: OperationOf<'submit'>,
): Pick<Acknowledged, 'reply' | 'done'> | undefined {
  if (reply?.draftId === undefined) return reply && { reply, done }
  const made = evidence.submissions.find(({ draftId }) => draftId === reply.draftId)
  if (!made?.receipt) return undefined
  const settle = <T extends { ver: number }>(row: T): T => (row.ver < 0 ? { ...row, ver: made.seq ?? 0 } : row)
  return { reply: { ...made.receipt, rows: made.receipt.rows.map(settle) }, done: history.ended }
}

function checkRow(run: Case, operation: Acknowledged, row: Submission['rows'][number]): Finding[] {
  const { rowId } = row
  const about = { rowId, operation: operation.n, idempotencyKey: operation.idempotencyKey }
  const told = operation.reply.rows.find((candidate) => candidate.rowId === rowId)
  const edits = listEdits(row, operation.bases[rowId], milestonesOf(run.history))
  if (!told) return [{ message: `the receipt of ${operation.who} does not speak of ${rowId}`, about }]
  if (told.blocked.length > 0) {
    const isError = told.blocked.every(({ severity }) => severity === 'error')
    return isError ? [] : [{ message: `${rowId} was blocked without an error`, about }]
  }
  return edits.flatMap((edit) => {
    const message = findLost(run, operation, told, edit, edits)
    return message === undefined ? [] : [{ message: `${operation.who}, ${edit.column} of ${rowId}: ${message}`, about }]
  })
}

/** What is wrong with the account of one edit. */
function findLost(
  run: Case,
  operation: Acknowledged,
  told: Told,
  { column, to }: CellEdit,
  edits: CellEdit[],
): string | undefined {
  const state = run.timeline.at(told.rowId, told.ver)
  const base = operation.bases[told.rowId]
  const stands = state?.cells[column] ?? null
  const touches = (entry: { column?: string; columns?: string[] }) =>
    entry.column === column || (entry.columns?.includes(column) ?? false)

  const applied = told.applied.find((change) => change.column === column)
  if (applied) return applied.new === to && stands === to ? undefined : `applied as ${applied.new}, ${stands} stands`
  if (told.converged.some(touches)) {
    return foldText(stands ?? '') === foldText(to ?? '') ? undefined : `told as the same as ${stands}`
  }
  const conflict = told.conflicts.find((entry) => touches(entry) || entry.kind === 'delete-edit')
  if (conflict) {
    const stored = run.evidence.conflicts.find(({ id }) => id === conflict.id)
    const [kept = null] = stored ? proposedTexts(stored, column) : []
    // A deleted row's edits of cells that are not the submitter's are told as such.
    const isKept = stored && kept === to
    if (isKept || !isForeign(run, operation, told.rowId, column)) {
      return isKept ? undefined : `told as conflict ${conflict.id}, which keeps ${kept}`
    }
  }
  const held = told.held.find(touches)
  if (held) {
    const clears = edits.some((edit) => isClearing(edit.to) && (held.columns ?? [held.column]).includes(edit.column))
    return clears && stands === (base?.cells[column] ?? null) ? undefined : `held, but ${stands} stands`
  }
  if (!isForeign(run, operation, told.rowId, column)) return `sent ${JSON.stringify(to)}, and nothing became of it`
  // In a row that is deleted stands nothing, and whoever blanks a cell there agrees with that.
  const same = [state?.deleted ? null : stands, base?.cells[column]].some(
    (text) => foldText(text ?? '') === foldText(to ?? ''),
  )
  const isTold = told.notWritable.some((entry) => entry.column === column && entry.submitted === to)
  // A cell that only got covered has no text; the cell that covers it is told.
  return isTold || same || to === null ? undefined : `a stray ${JSON.stringify(to)} is not told`
}

/** Whether the cell may have been somebody else's at some moment of the request, or of an earlier one of this key. */
export function isForeign(
  run: Case,
  { keyId, idempotencyKey, done }: Pick<Acknowledged, 'keyId' | 'idempotencyKey' | 'done'>,
  rowId: string,
  column: string,
): boolean {
  const { history, evidence, timeline } = run
  const key = evidence.keys.find(({ id }) => id === keyId)
  const actor = evidence.actors.find(({ id }) => id === key?.actorId)
  if (actor?.role === 'commission') return false
  if (!milestonesOf(history).includes(column) || !timeline.versions.has(rowId)) return true
  const attempts = operationsOf(history, 'submit').filter((operation) => operation.idempotencyKey === idempotencyKey)
  const [first] = attempts
  const scopes = attempts.map((attempt) => evidence.keys.find(({ id }) => id === attempt.keyId)?.rows)
  if (scopes.some((rows) => rows && !rows.includes(rowId))) return true
  return timeline.leadsBetween(rowId, first?.invoked ?? 0, done).some((leads) => !leads.includes(actor?.name ?? ''))
}

function checkDelete(run: Case, operation: Acknowledged, rowId: string): Finding[] {
  const about = { rowId, operation: operation.n, idempotencyKey: operation.idempotencyKey }
  const told = operation.reply.rows.find((candidate) => candidate.rowId === rowId)
  const state = told && run.timeline.at(rowId, told.ver)
  const isKept = told?.conflicts.some(({ id }) => run.evidence.conflicts.some((stored) => stored.id === id))
  if (state?.deleted || isKept) return []
  return [{ message: `${operation.who} deleted ${rowId}, and nothing became of it`, about }]
}

/** Only what would clear something is held. */
function isClearing(to: string | null): boolean {
  return to === null || isBlank(to)
}
