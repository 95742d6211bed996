/** What every change of rows refuses: a row named twice, or one that is not there. */
import { Refusal, type RefusalCode } from '../refusal.ts'
import type { HeadRow } from '../store/rows.ts'

/** Refuses with pointers where there are any; `detail` is the code unless told otherwise. */
export function refuseAt(
  code: RefusalCode,
  pointers: string[],
  params: Record<string, string | number> = {},
  detail: string = code,
): void {
  if (pointers.length === 0) return
  const errors = pointers.slice(0, 20).map((pointer) => ({ pointer, detail }))
  throw new Refusal(code, { count: pointers.length, ...params }, errors)
}

/**
 * The named rows in the order of their names. `path`: the pointer of the row at a place. Throws
 * duplicate-row-id, row-not-found, also for a deleted one.
 */
export function requireRows(rowIds: string[], heads: HeadRow[], path: (i: number) => string): HeadRow[] {
  const live = new Map(heads.filter(({ deleted }) => !deleted).map((head) => [head.row.rowId, head]))
  const seen = new Set<string>()
  const doubled = rowIds.flatMap((rowId, i) => {
    const isAgain = seen.has(rowId)
    seen.add(rowId)
    return isAgain ? [path(i)] : []
  })
  refuseAt('duplicate-row-id', doubled)
  refuseAt(
    'row-not-found',
    rowIds.flatMap((rowId, i) => (live.has(rowId) ? [] : [path(i)])),
  )
  return rowIds.flatMap((rowId) => live.get(rowId) ?? [])
}
