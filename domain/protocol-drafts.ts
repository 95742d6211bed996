/** The wire of sign-off: what a 经办 key saved and a 审核 key releases or returns. */
import * as z from 'zod/mini'
import { id, name, prose } from './protocol-fields.ts'
import { Receipt } from './protocol-submissions.ts'

export const DraftInfo = z.object({
  id,
  by: name,
  /** Post of the key that saved it. */
  post: z.string(),
  at: z.string(),
  state: z.enum(['open', 'released', 'returned', 'superseded']),
  reason: z.nullable(z.string()),
  decidedAt: z.nullable(z.string()),
  submissionId: z.nullable(id),
  totals: Receipt.shape.totals,
})
export const DraftList = z.object({ drafts: z.array(DraftInfo) })
/**
 * A draft with its receipt: as it would be if it were released now, the release's own, or, where it was
 * returned or superseded or cannot be released now, the one that was given for it.
 */
export const DraftDetail = z.object({
  draft: DraftInfo,
  receipt: Receipt,
  /** Code and detail of the refusal that a release would meet now. */
  refusal: z.optional(z.object({ code: z.string(), detail: z.string() })),
  /**
   * Of a released draft: rows that it changed and nobody else since the version it was made from. A sheet
   * that holds its texts at version `from` may go on from `to`.
   */
  moved: z.optional(z.array(z.object({ rowId: id, from: z.int(), to: z.int() }))),
})
export const ReleaseDraft = z.object({})
export const ReturnDraft = z.object({ reason: prose.check(z.minLength(1)) })

export type DraftInfo = z.infer<typeof DraftInfo>
export type DraftList = z.infer<typeof DraftList>
export type DraftDetail = z.infer<typeof DraftDetail>
export type ReturnDraft = z.infer<typeof ReturnDraft>
