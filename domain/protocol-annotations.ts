/** The wire of annotations: reasons for leaving an issue, answers to its question, review, and their withdrawal. */
import * as z from 'zod/mini'
import { columnKey, id, name, prose } from './protocol-fields.ts'

/** So many annotations are taken at once: all rows of a large county pass in two requests. */
export const MAX_ANNOTATIONS = 500

export const AnnotationBody = z.object({
  rowId: id,
  column: z.optional(columnKey),
  /** The code, with its subject behind # where it has one; review for 退回, 通过 and their withdrawal. */
  code: prose.check(z.minLength(1), z.maxLength(100)),
  kind: z.enum(['reason', 'answer', 'return', 'accept', 'withdrawal']),
  /** The reason in words; for an answer increment, cumulative or elsewhere; empty for 通过 and a withdrawal. */
  text: prose,
  /** What it is said of, as the sender's sheet has it; a whole row is longer than one cell. In review, what the master reads. */
  ofText: z.string().check(z.maxLength(400_000)),
})
export const NewAnnotations = z.object({
  annotations: z.array(AnnotationBody).check(z.minLength(1), z.maxLength(MAX_ANNOTATIONS)),
})
export const StoredAnnotation = z.extend(AnnotationBody, { by: name, at: z.string() })
/**
 * What stands for the rows as they are in the store, and what the reader's own office or unit said last of
 * another text: it would stand for a sheet that reads so. Withdrawn ones are left out, and of the review all
 * but what stands.
 */
/** `next`: where pages were asked for and another follows, the cursor of that one. */
export const AnnotationList = z.object({ annotations: z.array(StoredAnnotation), next: z.optional(z.string()) })

export type AnnotationBody = z.infer<typeof AnnotationBody>
export type NewAnnotations = z.infer<typeof NewAnnotations>
export type StoredAnnotation = z.infer<typeof StoredAnnotation>
export type AnnotationList = z.infer<typeof AnnotationList>
