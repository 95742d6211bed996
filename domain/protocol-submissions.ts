/** The wire of rows: pulling, submitting, receipts, conflicts and their decisions. */
import * as z from 'zod/mini'
import { StoredAnnotation } from './protocol-annotations.ts'
import { cellRef, cells, columnKey, id, MAX_ROWS, name, prose, spans, text } from './protocol-fields.ts'
import { Plan } from './protocol-plans.ts'
import { ReviewState } from './protocol-review.ts'

export const SubmittedRow = z.object({
  rowId: id,
  /** Version the row was pulled at; 0 for a new row. */
  baseVer: z.int().check(z.gte(0)),
  cells,
  spans: z.optional(spans),
})
export const Submission = z.object({
  form: z.literal('breakdown'),
  specVersion: z.int(),
  /** Only from the commission: the unit whose returned file this is. It is merged and recorded as that unit's. */
  behalfOf: z.optional(name),
  rows: z.array(SubmittedRow).check(z.maxLength(MAX_ROWS)),
  /** Clearings that the submitter confirmed. */
  clears: z.optional(z.array(cellRef).check(z.maxLength(100_000))),
  /** Rows that the submitter deleted explicitly. */
  deletes: z.optional(z.array(z.object({ rowId: id, baseVer: z.int().check(z.gte(1)) })).check(z.maxLength(MAX_ROWS))),
  /** Reasons for warnings that were left as they are. */
  reasons: z.optional(
    z
      .array(
        z.object({
          rowId: id,
          column: z.optional(columnKey),
          code: z.string().check(z.maxLength(100)),
          reason: prose.check(z.minLength(1)),
        }),
      )
      .check(z.maxLength(MAX_ROWS)),
  ),
})

export const nullableText = z.nullable(text)
export const CellChange = z.object({
  rowId: id,
  column: columnKey,
  old: nullableText,
  new: nullableText,
  spans: z.optional(z.tuple([z.int(), z.int()])),
})
/** Why a warning is left as it is; it lapses when the text that it was given for changes. */
export const IssueReason = z.object({ text: z.string(), by: name, at: z.string() })
export const IssueBody = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'hint', 'ask']),
  rowId: z.optional(id),
  column: z.optional(columnKey),
  index: z.optional(z.int()),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  fix: z.optional(z.array(z.object({ rowId: id, column: columnKey, from: z.string(), to: z.string() }))),
  /** The reason that stands for leaving it; an error has none. */
  reason: z.optional(IssueReason),
  /** In a receipt: neither the row as it stood nor the row as submitted has it; the two together do. */
  fromMerge: z.optional(z.boolean()),
})

export const ServerRow = z.object({
  rowId: id,
  ver: z.int(),
  cells,
  spans: z.optional(spans),
  spansConfirmed: z.boolean(),
  /** How the asking actor stands to this row. */
  role: z.enum(['lead', 'supporting', 'none']),
  /** Columns that the asking actor may write now. */
  writable: z.array(columnKey),
  lead: z.array(name),
  supporting: z.array(name),
  openConflicts: z.int(),
  /** Where the commission's review of the row stands; absent: none. */
  review: z.optional(ReviewState),
  /** What is wrong now in columns that the asking actor may write, or with the row as a whole. */
  issues: z.optional(z.array(IssueBody)),
  /** As in AnnotationList. */
  annotations: z.optional(z.array(StoredAnnotation)),
})
export const RowList = z.object({ planId: id, state: Plan.shape.state, seq: z.int(), rows: z.array(ServerRow) })

const shape = z.object({ cells, spans })

export const ConflictBody = z.object({
  id,
  kind: z.enum(['cell', 'span', 'delete-edit', 'edit-delete']),
  rowId: id,
  column: z.optional(columnKey),
  columns: z.optional(z.array(columnKey)),
  base: z.optional(z.string()),
  head: z.optional(z.string()),
  submitted: z.optional(z.string()),
  status: z.enum(['open', 'resolved']),
  /** Version of the row when read: what a resolution is guarded by. */
  ver: z.int(),
  submissionId: id,
  /** Who submitted the text that lost, and who last wrote the head. */
  submittedBy: name,
  headBy: z.optional(name),
  at: z.string(),
  /** Task text, so that a list can be read without the table. */
  task: z.string(),
  number: z.string(),
  /** Of a span conflict: the three versions with their spans, as they were when it was found. */
  versions: z.optional(z.object({ base: shape, head: shape, submitted: shape })),
  /** In a list, of an open edit of a row that is deleted: the row as choosing that edit brings it back. */
  restored: z.optional(shape),
  /** In a list: whether the asking key may decide it now. */
  mayDecide: z.optional(z.boolean()),
  /** How it was decided; a resolved one has it. */
  resolution: z.optional(
    z.object({
      choose: z.enum(['head', 'submitted', 'edited']),
      by: name,
      reason: z.nullable(z.string()),
      at: z.string(),
      seq: z.int(),
    }),
  ),
})

export const RowOutcome = z.object({
  rowId: id,
  /** Version after the submission. */
  ver: z.int(),
  /** `decided`: all that it would change has been decided before, and the master's texts stay. */
  outcome: z.enum(['applied', 'unchanged', 'partly', 'conflict', 'held', 'blocked', 'inserted', 'deleted', 'decided']),
  /** The master had deleted the row before: what was edited in it is a conflict or nothing. */
  isGone: z.optional(z.boolean()),
  applied: z.array(CellChange),
  converged: z.array(CellChange),
  /** One that is resolved was decided before this submission came: its head is the text that stood then. */
  conflicts: z.array(ConflictBody),
  held: z.array(z.object({ column: columnKey, columns: z.optional(z.array(columnKey)), head: z.string() })),
  notWritable: z.array(z.object({ column: columnKey, head: z.string(), submitted: z.string() })),
  /** Errors in cells that the submitter may write: the row stays out until they are mended. */
  blocked: z.array(IssueBody),
})
export const Receipt = z.object({
  submissionId: id,
  /** Printed on paper: 20231110-0007. */
  number: z.string(),
  planId: id,
  dryRun: z.boolean(),
  replayed: z.boolean(),
  /** Saved by a 经办 key: nothing is merged until a 审核 key of the unit releases this draft. */
  draftId: z.optional(id),
  at: z.string(),
  by: name,
  /** Who handed in the file of `by`, where it was not `by`. */
  broughtBy: z.optional(name),
  /** Commit that carries the changes; null when nothing changed. */
  seq: z.nullable(z.int()),
  /** SHA-256 of the submission as received, hex. */
  hash: z.string(),
  rows: z.array(RowOutcome),
  totals: z.object({
    applied: z.int(),
    converged: z.int(),
    /** Those that wait for a decision. */
    conflicts: z.int(),
    /** Clashes that had been decided before; absent: none. */
    decided: z.optional(z.int()),
    held: z.int(),
    notWritable: z.int(),
    blocked: z.int(),
  }),
  /** Every issue of the rows after the merge, for the submitter's cells and for the commission. */
  issues: z.array(IssueBody),
})
export const SubmissionList = z.object({
  submissions: z.array(
    z.object({
      id,
      number: z.string(),
      by: name,
      /** As in the receipt. */
      broughtBy: z.optional(name),
      /** Of one that was handed in for its unit: the Idempotency-Key, by which the same file is known again. */
      attempt: z.optional(z.string()),
      at: z.string(),
      status: z.enum(['accepted', 'refused']),
      rows: z.int(),
      totals: Receipt.shape.totals,
    }),
  ),
  /** Continues the list as `?cursor=`; absent at its end. */
  next: z.optional(z.string()),
})

/** `next`: where pages were asked for and another follows, the cursor of that one. */
export const ConflictList = z.object({ conflicts: z.array(ConflictBody), next: z.optional(z.string()) })
/** `text` is the edited text when neither version stands; for a span, the new cells and spans of its columns. */
export const Resolution = z.object({
  choose: z.enum(['head', 'submitted', 'edited']),
  text: z.optional(text),
  cells: z.optional(cells),
  spans: z.optional(spans),
  reason: z.optional(prose),
  ver: z.int(),
})
/** So many take a request to what D1 allows one to ask of it; more go in several. */
export const MAX_DECISIONS = 60
/**
 * Several decisions at once: all of one plan, each as if it came alone; one that fails stops no other.
 * They were seen together: `ver` of each is what was read, also where one before it changes the same row
 * in other columns.
 */
export const Resolutions = z.object({
  decisions: z.array(z.extend(Resolution, { conflictId: id })).check(z.minLength(1), z.maxLength(MAX_DECISIONS)),
})
export const ResolutionOutcomes = z.object({
  outcomes: z.array(
    z.object({
      conflictId: id,
      outcome: z.optional(RowOutcome),
      /** Code and detail of the refusal, where it was refused. */
      refusal: z.optional(z.object({ code: z.string(), detail: z.string() })),
    }),
  ),
})

export type ServerRow = z.infer<typeof ServerRow>
export type RowList = z.infer<typeof RowList>
export type SubmittedRow = z.infer<typeof SubmittedRow>
export type Submission = z.infer<typeof Submission>
export type ConflictBody = z.infer<typeof ConflictBody>
export type RowOutcome = z.infer<typeof RowOutcome>
export type Receipt = z.infer<typeof Receipt>
export type SubmissionList = z.infer<typeof SubmissionList>
export type ConflictList = z.infer<typeof ConflictList>
export type Resolution = z.infer<typeof Resolution>
export type Resolutions = z.infer<typeof Resolutions>
export type ResolutionOutcomes = z.infer<typeof ResolutionOutcomes>
export type IssueReason = z.infer<typeof IssueReason>
