/**
 * Rows through time: any earlier version of a row, and the rows as they follow from the events
 * alone. Pure; the store's rows must always equal what is rebuilt here.
 */
import { applyChanges, undoChanges } from '../domain/replay.ts'
import type { Row } from '../domain/table.ts'
import type { HeadRow, RowEvent } from './store/rows.ts'

/**
 * The row as it was at version `ver`: the head with every later event undone. Undefined where it did
 * not exist then or was deleted. `events`: all events of the row after `ver`, oldest first.
 */
export function rowAt(head: HeadRow | undefined, events: readonly RowEvent[], ver: number): Row | undefined {
  if (!head) return undefined
  let { row, deleted } = head
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i]!
    if (event.seq <= ver) break
    if (event.kind === 'insert') return undefined
    row = undoChanges(row, event.changes)
    if (event.deleted !== undefined) deleted = !event.deleted
  }
  return deleted ? undefined : row
}

/** The rows that follow from all events of a sheet, in the order of the table. */
export function rebuildRows(events: readonly RowEvent[]): HeadRow[] {
  const rows = new Map<string, HeadRow>()
  for (const event of events) {
    const before = rows.get(event.rowId)
    rows.set(event.rowId, {
      row: applyChanges(before?.row ?? { rowId: event.rowId, cells: {} }, event.changes),
      ver: event.seq,
      orderKey: event.orderKey ?? before?.orderKey ?? '',
      spansConfirmed: event.spansConfirmed ?? before?.spansConfirmed ?? true,
      deleted: event.deleted ?? before?.deleted ?? false,
    })
  }
  return [...rows.values()].sort((a, b) => compare(a.orderKey, b.orderKey) || compare(a.row.rowId, b.row.rowId))
}

/** As SQLite sorts: by code units, which for these plain ASCII texts is by bytes. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
