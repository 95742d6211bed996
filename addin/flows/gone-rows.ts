/**
 * Rows of a sheet that the plan no longer lists for this person: deleted since they were pulled, or led by
 * another unit now. What was edited in them still has to reach the server, which alone has their base: all
 * of them go into the preview, and into the submission only those in which it finds an edit.
 */
import type { Receipt, RowList, RowOutcome, Submission } from '../../domain/protocol.ts'
import { isProvisional, type Table, type TableRow } from '../../domain/table.ts'
import { Refusal } from '../api.ts'
import type { Difference } from '../exchange-state.ts'
import { rowsById, submittedRow } from './submission.ts'

/** Rows with an id that the list does not have. Once the plan is issued nothing can be submitted, and there are none. */
export function findGone(table: Table, rows: RowList): TableRow[] {
  if (rows.state !== 'collecting') return []
  const known = rowsById(rows)
  return table.rows.filter(({ rowId }) => !isProvisional(rowId) && !known.has(rowId))
}

/** The submission with those gone rows behind it that can be compared: pulled at a version, and in the sheet once. */
export function withGone(submission: Submission, gone: readonly TableRow[]): Submission {
  const doubled = new Set<string>()
  const seen = new Set<string>()
  for (const { rowId } of gone) (seen.has(rowId) ? doubled : seen).add(rowId)
  const comparable = gone.flatMap((row) => (row.ver && !doubled.has(row.rowId) ? [submittedRow(row, row.ver)] : []))
  return { ...submission, rows: [...submission.rows, ...comparable] }
}

/**
 * Tries a submission, as often as it takes to leave out the gone rows for which the server refuses all of
 * it: an id or a version that it never had must not hold up a person's own rows. Rejects as `attempt` does
 * where it is refused for anything else.
 */
export async function tryWithout(
  submission: Submission,
  gone: readonly TableRow[],
  attempt: (submission: Submission) => Promise<Receipt>,
): Promise<{ submission: Submission; receipt: Receipt }> {
  const ids = new Set(gone.map(({ rowId }) => rowId))
  let tried = submission
  for (let tries = 1; ; tries++) {
    try {
      return { submission: tried, receipt: await attempt(tried) }
    } catch (error) {
      const refused = error instanceof Refusal ? refusedRows(tried, error).filter((rowId) => ids.has(rowId)) : []
      if (refused.length === 0) throw error
      const out = tries < MAX_TRIES ? new Set(refused) : ids
      tried = { ...tried, rows: tried.rows.filter(({ rowId }) => !out.has(rowId)) }
    }
  }
}

/** A refusal may name one place of many: after so many tries every gone row is left out. */
const MAX_TRIES = 4

/** Ids of the rows that a refusal points at. */
function refusedRows({ rows }: Submission, { body }: Refusal): string[] {
  return (body.errors ?? []).flatMap(({ pointer }) => {
    const at = /^\/rows\/(\d+)(?:\/|$)/.exec(pointer)?.[1]
    return (at === undefined ? undefined : rows[Number(at)]?.rowId) ?? []
  })
}

/** What a preview shows and sends of gone rows, and how its receipt reads without those that only went. */
export type GonePreview = {
  submission: Submission
  receipt: Receipt
  /** Edits in rows that are another unit's now. */
  foreign: Difference[]
  /** Rows that could not be compared with the master at all. */
  unsent: TableRow[]
}

/** Sorts out of a tried submission and its receipt the gone rows that nobody edited or that are no longer this person's. */
export function sortGone(gone: readonly TableRow[], submission: Submission, receipt: Receipt): GonePreview {
  const ids = new Set(gone.map(({ rowId }) => rowId))
  const outcomes = new Map(receipt.rows.map((row) => [row.rowId, row]))
  const isOf = (rowId: string, holds: (outcome: RowOutcome) => boolean) => {
    const outcome = outcomes.get(rowId)
    return !ids.has(rowId) || (outcome !== undefined && holds(outcome))
  }
  return {
    submission: { ...submission, rows: submission.rows.filter(({ rowId }) => isOf(rowId, isToSend)) },
    receipt: { ...receipt, rows: receipt.rows.filter(({ rowId }) => isOf(rowId, isToShow)) },
    foreign: receipt.rows
      .filter((row) => ids.has(row.rowId) && !isToShow(row))
      .flatMap(({ rowId, notWritable }) =>
        notWritable.map(({ column, head, submitted }) => ({ rowId, column, sheet: submitted, head })),
      ),
    unsent: gone.filter(({ rowId }) => !outcomes.has(rowId)),
  }
}

function isToShow({ outcome, isGone, notWritable }: RowOutcome): boolean {
  return outcome !== 'unchanged' || (isGone === true && notWritable.length > 0)
}

/** Where the deletion was upheld against this very edit, sending it again would ask nobody anything. */
function isToSend({ outcome, conflicts }: RowOutcome): boolean {
  return outcome !== 'unchanged' && !isUpheld({ conflicts })
}

/** Whether all that a row's edits met has been decided already. */
export function isUpheld({ conflicts }: Pick<RowOutcome, 'conflicts'>): boolean {
  return conflicts.length > 0 && conflicts.every(({ status }) => status === 'resolved')
}
