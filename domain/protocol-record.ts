/** The wire of the record: who did what, and the seals over it. */
import * as z from 'zod/mini'
import { name, prose } from './protocol-fields.ts'

/** A seal: everything recorded up to it can be checked against its hash. */
export const Seal = z.object({ n: z.int(), at: z.string(), hash: z.string(), upToSeq: z.int() })
export const SealList = z.object({ seals: z.array(Seal) })

/** One line of the record (操作记录): a write, or a privileged act. Never a text of a cell. */
export const AuditEntry = z.object({
  /** Sorts entries, and continues a list. */
  cursor: z.string(),
  at: z.string(),
  kind: z.string(),
  by: name,
  keyId: z.string(),
  planId: z.optional(z.string()),
  /** Commit that it made, where it made one. */
  seq: z.optional(z.int()),
  /** 'refused' for a write that was turned down. */
  status: z.enum(['done', 'refused']),
  detail: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
})
export const AuditList = z.object({ entries: z.array(AuditEntry), next: z.nullable(z.string()) })

/** A personal text that has to go: every place of the record that holds it is blacked out. */
export const EraseText = z.object({
  text: z.string().check(z.minLength(2), z.maxLength(500)),
  reason: prose.check(z.minLength(1)),
})
export const TextErased = z.object({
  /** Lines of the record that held the text. */
  erased: z.int(),
  marker: z.string(),
})

export type Seal = z.infer<typeof Seal>
export type SealList = z.infer<typeof SealList>
export type AuditEntry = z.infer<typeof AuditEntry>
export type AuditList = z.infer<typeof AuditList>
export type EraseText = z.infer<typeof EraseText>
export type TextErased = z.infer<typeof TextErased>
