/** The wire of 更新本表: rows as they were at the versions that a sheet carries. */
import * as z from 'zod/mini'
import { cells, columnKey, id, MAX_ROWS, name, spans } from './protocol-fields.ts'

export const AskVersions = z.object({
  /** Each row once. */
  rows: z.array(z.object({ rowId: id, ver: z.int().check(z.gte(1)) })).check(z.maxLength(MAX_ROWS)),
})
export const RowVersion = z.object({
  rowId: id,
  ver: z.int(),
  cells,
  spans: z.optional(spans),
  /** Columns that were changed since, each with its last change. */
  changed: z.array(z.object({ column: columnKey, by: name, at: z.string() })),
})
/**
 * Rows that the asking actor may not see, that are deleted, or that never had the version asked for are left
 * out: of them nothing can be said.
 */
export const RowVersions = z.object({ planId: id, rows: z.array(RowVersion) })

export type AskVersions = z.infer<typeof AskVersions>
export type RowVersion = z.infer<typeof RowVersion>
export type RowVersions = z.infer<typeof RowVersions>
