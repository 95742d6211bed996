/** Where rows go in the order of the table: the keys that put them there. Pure. */
import { keysBetween } from '../order-key.ts'

export type Placed = { rowId: string; orderKey: string }

/** Keys grow by a character for each few moves into one gap; beyond this the whole table gets new ones. */
const LONGEST_KEY = 60

/**
 * New keys that put `rowIds`, in their order, right behind `after` (undefined: at the top). `outline`:
 * all rows that are there, in order; `after` is one of them and not moved. Rows that share a key (two
 * that were added in one gap at once) leave no room: those behind the gap are placed anew with the
 * moved ones. `placed`: rows whose key changes; `around`: the rows that the gap lies between.
 */
export function placeRows(
  outline: readonly Placed[],
  rowIds: readonly string[],
  after: string | undefined,
): { placed: Placed[]; around: string[] } {
  const moved = new Set(rowIds)
  const rest = outline.filter(({ rowId }) => !moved.has(rowId))
  const gap = after === undefined ? 0 : rest.findIndex(({ rowId }) => rowId === after) + 1
  const low = rest[gap - 1]?.orderKey ?? ''
  let end = gap
  while (end < rest.length && rest[end]!.orderKey === low) end++
  const run = [...rowIds, ...rest.slice(gap, end).map(({ rowId }) => rowId)]
  const keys = keysBetween(low, rest[end]?.orderKey, run.length)
  const placed =
    Math.max(...keys.map((key) => key.length)) > LONGEST_KEY
      ? placeAll([
          ...rest.slice(0, gap).map(({ rowId }) => rowId),
          ...run,
          ...rest.slice(end).map(({ rowId }) => rowId),
        ])
      : zip(run, keys)
  const before = new Map(outline.map(({ rowId, orderKey }) => [rowId, orderKey]))
  return {
    placed: placed.filter(({ rowId, orderKey }) => before.get(rowId) !== orderKey),
    around: [rest[gap - 1], rest[end]].flatMap((row) => row?.rowId ?? []),
  }
}

function placeAll(rowIds: string[]): Placed[] {
  return zip(rowIds, keysBetween('', undefined, rowIds.length))
}

function zip(rowIds: string[], keys: string[]): Placed[] {
  return rowIds.map((rowId, i) => ({ rowId, orderKey: keys[i]! }))
}
