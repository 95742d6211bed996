/** The wire of the commission's desk: what waits for it, row by row. */
import * as z from 'zod/mini'
import { columnKey, id, name, text } from './protocol-fields.ts'

export const ReviewState = z.enum(['none', 'pending', 'returned', 'accepted'])

const ofRow = { rowId: id, number: z.string(), task: z.string(), lead: z.array(name) }
const sent = { by: name, at: z.string(), submissionId: id }

/** A row that a unit has changed since it was last accepted, or since the plan was made; what was sent back too. */
export const QueuedRow = z.object({
  ...ofRow,
  ver: z.int(),
  review: ReviewState,
  /** Who made the last of `changes` and when; with `hand`, who did that instead, because nobody changed the row. */
  by: name,
  at: z.string(),
  /** The unit that leads the row sent it in as it stood; or not even that was done since the row was made. */
  hand: z.optional(z.enum(['sent', 'made'])),
  /** From the texts last accepted, or first made, to the present ones; an empty list where all were put back. */
  changes: z.array(
    z.object({
      column: columnKey,
      old: z.nullable(text),
      new: z.nullable(text),
      spans: z.optional(z.tuple([z.int(), z.int()])),
    }),
  ),
  errors: z.int(),
  warnings: z.int(),
  openConflicts: z.int(),
  /** Cells sent back, with the reason, while they stand. */
  returns: z.array(z.object({ column: z.optional(columnKey), reason: z.string(), by: name, at: z.string() })),
})

/** A text that a unit sent for a cell that is not its to write: nothing was merged, the commission may take it up. */
export const Suggestion = z.object({ ...ofRow, ...sent, column: columnKey, head: z.string(), submitted: z.string() })
/** A blank that a unit sent over a text without confirming it: the text stayed. */
export const HeldCell = z.object({ ...ofRow, ...sent, column: columnKey, head: z.string() })
/** A row that stayed out of the master because of errors in it, as the unit last sent it. */
export const BlockedRow = z.object({
  ...ofRow,
  ...sent,
  issues: z.array(
    z.object({
      code: z.string(),
      column: z.optional(columnKey),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
})

/** Only what still waits: what a later submission, decision or change has settled is left out. */
export const Desk = z.object({
  planId: id,
  seq: z.int(),
  queue: z.array(QueuedRow),
  suggestions: z.array(Suggestion),
  held: z.array(HeldCell),
  blocked: z.array(BlockedRow),
  openConflicts: z.int(),
  unconfirmedSpans: z.int(),
  /** Submissions that wait for a 审核 key of their unit. */
  openDrafts: z.int(),
})

export type QueuedRow = z.infer<typeof QueuedRow>
export type Suggestion = z.infer<typeof Suggestion>
export type HeldCell = z.infer<typeof HeldCell>
export type BlockedRow = z.infer<typeof BlockedRow>
export type Desk = z.infer<typeof Desk>
