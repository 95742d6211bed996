/** 生成我的表: a fresh sheet with the rows of this unit, ready to be filled in and submitted. */
import { drawTable } from '../../domain/draw-table.ts'
import type { Table, TableRow } from '../../domain/table.ts'
import { drawBeside } from './draw-beside.ts'
import { type Flow, notice, run } from './flow.ts'
import { freeName } from './free-name.ts'
import { specOf, writeLedger } from './reading.ts'
import { takeSheet } from './recognise.ts'
import { shadeSheet } from './shade.ts'
import { rowsById } from './submission.ts'
import { findMySheet, MY_SHEET, readTables } from './tables.ts'

/** `supporting`: also the rows that the unit supports, to read. `again`: although the workbook has such a sheet. */
type DrawMine = { supporting?: boolean; again?: boolean }

/**
 * Pulls the rows anew and draws those of this unit; cells that it may not write are shaded. Where the workbook has its
 * sheet already, goes to that one: two sheets of the same rows would soon differ.
 */
export function drawMySheet(flow: Flow, { supporting = false, again = false }: DrawMine = {}): Promise<void> {
  return run(
    flow,
    'busy.drawMine',
    async ({ progress, signal }) => {
      const { plan } = flow.state()
      if (!plan) return
      if (!again) {
        await readTables(flow)
        const own = findMySheet(flow.state())
        if (own) return takeSheet(flow, own.sheet)
      }
      // Where no file is open, drawing starts one.
      const taken = (await flow.host.sheets())?.names ?? []
      const rows = await flow.api.rows(plan.plan.id)
      flow.dispatch({ type: 'rowsPulled', rows })
      const known = rowsById(rows)
      const mine = rows.rows.filter(({ role }) => role === 'lead' || (supporting && role === 'supporting'))
      const table: Table = {
        spec: specOf(flow),
        rows: mine.map(({ rowId, ver, cells, spans }): TableRow => ({ rowId, ver, cells, spans })),
        complete: false,
      }
      const sheet = freeName(MY_SHEET, taken)
      const model = drawTable(table, {
        name: sheet,
        carrier: true,
        readonly: (row, column) => !known.get(row.rowId)?.writable.includes(column),
      })
      await drawBeside(flow, model, progress, signal)
      await writeLedger(flow, plan.plan, sheet, false)
      await shadeSheet(flow, sheet)
      await flow.host.jump(sheet, model.frozen?.rows ?? 0, 0)
      flow.dispatch({ type: 'sheetTaken', sheet })
      notice(flow, { tone: 'success', text: 'drawMine.done', params: { sheet, rows: mine.length } })
    },
    { cancellable: true },
  )
}
