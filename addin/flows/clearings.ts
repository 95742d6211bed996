/**
 * 待确认的清空: cells that are blank in the sheet and filled in the master. A submission clears nothing
 * unasked, so they stay until the person confirms the clearing or takes the text back. Found anew in the
 * sheet itself whenever it is read, so that no receipt has to be kept for it.
 */
import { isBlank } from '../../domain/fold.ts'
import type { RowList } from '../../domain/protocol.ts'
import type { Table } from '../../domain/table.ts'
import type { Difference } from '../exchange-state.ts'
import type { Flow } from './flow.ts'
import { differences, rowsById } from './submission.ts'

/** Of rows that were pulled or submitted before; cells that this person may write. */
export function findClearings(table: Table, rows: RowList): Difference[] {
  const heads = rowsById(rows)
  return table.rows.flatMap((row) => {
    const head = heads.get(row.rowId)
    if (!head || !row.ver) return []
    return differences(row, head, head.writable).filter(({ sheet, head }) => isBlank(sheet) && !isBlank(head))
  })
}

/** Notes what waits in a sheet that was just read. */
export function noteClearings(flow: Flow, sheet: string, table: Table): void {
  const { rows } = flow.state()
  if (rows) flow.dispatch({ type: 'clearingsFound', clearings: { sheet, cells: findClearings(table, rows) } })
}
