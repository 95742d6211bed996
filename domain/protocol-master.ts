/** The wire of what is read: the master, who has reported, history; and refusals. */
import * as z from 'zod/mini'
import { cells, columnKey, id, name, spans } from './protocol-fields.ts'
import { Plan } from './protocol-plans.ts'
import { Seal } from './protocol-record.ts'
import { ReviewState } from './protocol-review.ts'
import { ConflictBody, IssueBody, nullableText } from './protocol-submissions.ts'

export const MasterRow = z.object({
  rowId: id,
  ver: z.int(),
  cells,
  spans: z.optional(spans),
  spansConfirmed: z.boolean(),
  lead: z.array(name),
  supporting: z.array(name),
  /** As in ServerRow. */
  review: z.optional(ReviewState),
})
export const ReportStatus = z.object({
  unit: name,
  rows: z.int(),
  /** Rows of the unit that at least one accepted submission has touched. */
  submittedRows: z.int(),
  /** Accepted submissions that named at least one row of the unit. */
  submissions: z.int(),
  lastAt: z.nullable(z.string()),
  errors: z.int(),
  warnings: z.int(),
  /** Those of the warnings for which a reason stands. */
  explained: z.optional(z.int()),
  openConflicts: z.int(),
  /** Rows that wait for review, that were sent back, that passed. */
  pending: z.optional(z.int()),
  returned: z.optional(z.int()),
  accepted: z.optional(z.int()),
})
export const HistoryEvent = z.object({
  seq: z.int(),
  rowId: id,
  kind: z.enum(['insert', 'update', 'delete', 'resolve', 'confirm', 'move', 'adjust', 'correct']),
  /** Reason, paper and first period of an adjustment or erratum. */
  reason: z.optional(z.string()),
  documentNumber: z.optional(z.string()),
  effectivePeriod: z.optional(z.string()),
  by: name,
  at: z.string(),
  /** Number of the receipt that it came by, and who handed in the file of `by`, as in the receipt. */
  receipt: z.optional(z.string()),
  broughtBy: z.optional(name),
  changes: z.array(
    z.object({
      column: columnKey,
      old: nullableText,
      new: nullableText,
      spans: z.optional(z.tuple([z.int(), z.int()])),
    }),
  ),
})
export const Master = z.object({
  plan: Plan,
  seq: z.int(),
  rows: z.array(MasterRow),
  status: z.array(ReportStatus),
  conflicts: z.array(ConflictBody),
  issues: z.array(IssueBody),
  /** The latest seal over the record; absent before the first. */
  seal: z.optional(Seal),
})
/** What the commission said of a row in reviewing it; `text`: the reason of a 退回. */
export const ReviewEvent = z.object({
  kind: z.enum(['return', 'accept', 'withdrawal']),
  column: z.optional(columnKey),
  text: z.string(),
  by: name,
  at: z.string(),
})
/** Conflicts too, so that a text that lost stays in sight, with who decided and why; review as it was, oldest first. */
export const History = z.object({
  events: z.array(HistoryEvent),
  conflicts: z.optional(z.array(ConflictBody)),
  reviews: z.optional(z.array(ReviewEvent)),
})

/** application/problem+json, RFC 9457. `code` is stable; `params` fill the sentence of that code. */
export const RefusalBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** JSON pointers into the request, with what is wrong there. */
  errors: z.optional(z.array(z.object({ pointer: z.string(), detail: z.string() }))),
  requestId: z.string(),
})

export type MasterRow = z.infer<typeof MasterRow>
export type ReportStatus = z.infer<typeof ReportStatus>
export type HistoryEvent = z.infer<typeof HistoryEvent>
export type ReviewEvent = z.infer<typeof ReviewEvent>
export type Master = z.infer<typeof Master>
export type History = z.infer<typeof History>
export type RefusalBody = z.infer<typeof RefusalBody>
