/**
 * 收回的文件: what is known of each table of a returned file, and what has to happen next with it. Plain data:
 * it lives in the pane's state while the screen is open, and nothing of it outlives the screen.
 */
import type { Layout } from '../../domain/layout.ts'
import type { Receipt, RowOutcome, Submission } from '../../domain/protocol.ts'
import type { Row, Table } from '../../domain/table.ts'
import type { Recognition } from '../checking-state.ts'
import type { Difference } from '../exchange-state.ts'
import type { MessageKey, Params } from '../messages.ts'

/** A unit whose file it may be, with how many rows speak for it: edited ones, and rows at all. */
export type ProposedUnit = { unit: string; edited: number; rows: number }

export type IntakePreview = {
  submission: Submission
  receipt: Receipt
  /** Rows that carry no version: whether file or master is newer only a person can tell. */
  unversioned: number
  /** Differences in rows of other units: shown, never sent. */
  foreign: Difference[]
  /** Rows of the file that the plan no longer lists, as the file has them. */
  gone: Row[]
  unsent: Row[]
  /** `rowId column` of clearings that the person confirmed, and of cells in which the master's text stays. */
  clears: string[]
  kept: string[]
}

export type IntakeItem = {
  id: string
  file: string
  /** SHA-256 of the file, hex. */
  hash: string
  /** Why nothing can be done with it: a text of ours, or a sentence that came ready. */
  problem?: { text: MessageKey; params?: Params } | { sentence: string } | undefined
  /** Absent where the file has no table that can be read. */
  found?: { sheet: string; table: Table; layout: Layout } | undefined
  /** Names of other tables of the same file with rows of this one. */
  overlaps?: string[] | undefined
  proposed: ProposedUnit[]
  /** Whose file it is; `isConfirmed`: the file says so itself, or a person did. */
  unit?: string | undefined
  recognition?: Recognition | undefined
  /** The year in the table's title, where the plan is of another. */
  otherYear?: number | undefined
  isConfirmed: boolean
  preview?: IntakePreview | undefined
  /** Whether a person has said that sheet and master were looked at side by side. */
  isSeen?: boolean | undefined
  /** Why the last attempt to preview or submit was refused. */
  failure?: string | undefined
  receipt?: Receipt | undefined
  /** The same table of the same file was handed in before. */
  earlier?: { submissionId: string; number: string; at: string } | undefined
}

export type Intake = { items: IntakeItem[]; open?: string | undefined }

/**
 * What has to happen next: nothing can, it is done, it was done before, a person has to say whose and which rows
 * it is, the server has to be asked, it refused, nothing changed, a person has to look, or it can go at once.
 */
export type IntakeStep =
  | 'problem'
  | 'done'
  | 'earlier'
  | 'confirm'
  | 'preview'
  | 'refused'
  | 'nothing'
  | 'look'
  | 'clean'

export function stepOf(item: IntakeItem): IntakeStep {
  if (item.receipt) return 'done'
  if (item.problem || !item.found) return 'problem'
  if (item.earlier) return 'earlier'
  if (!item.isConfirmed) return 'confirm'
  if (item.failure !== undefined) return 'refused'
  if (!item.preview) return 'preview'
  if (isDoubtful(item, item.preview)) return 'look'
  return changesNothing(item.preview) ? 'nothing' : 'clean'
}

/** Whether anything but plain changes is in it: then it is not sent in bulk, a person looks first. */
function isDoubtful({ overlaps, isSeen }: IntakeItem, { receipt, unversioned, foreign, unsent }: IntakePreview) {
  if (isSeen) return false
  const { conflicts, decided = 0, held, notWritable, blocked } = receipt.totals
  const waits = conflicts + decided + held + notWritable + blocked + foreign.length + unsent.length
  return waits > 0 || (overlaps?.length ?? 0) > 0 || (unversioned > 0 && receipt.totals.applied > 0)
}

function changesNothing({ receipt }: IntakePreview): boolean {
  return receipt.rows.every(({ outcome, applied }) => outcome === 'unchanged' && applied.length === 0)
}

/** Rows of a preview in which there is something to see. */
export function telling(rows: readonly RowOutcome[]): RowOutcome[] {
  return rows.filter(
    ({ outcome, notWritable, held }) => outcome !== 'unchanged' || notWritable.length + held.length > 0,
  )
}
