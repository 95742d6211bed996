/** 变更记录 of one row, and the way from a row of the desk to the same row in the open workbook. */
import { matchRows } from '../../domain/match-rows.ts'
import { type Flow, notice, run } from './flow.ts'
import { placeOf, readGrid, readLedgerInfos, specOf, tasksOf } from './reading.ts'

/** Reads all that happened to a row and opens it; leaving goes back to the screen that asked. */
export function openHistory(flow: Flow, rowId: string): Promise<void> {
  return run(flow, 'busy.history', async () => {
    const { plan, screen } = flow.state()
    if (!plan) return
    const history = await flow.api.history(plan.plan.id, rowId)
    flow.dispatch({ type: 'historyOpened', shown: { rowId, history, from: screen } })
  })
}

/** Selects a row's cell in the open workbook: in the sheet in front, else in one that carries this plan's table. */
export function jumpToRow(flow: Flow, rowId: string, column = 'task'): Promise<void> {
  return run(flow, 'busy.jump', async () => {
    const { plan, rows } = flow.state()
    const sheets = await flow.host.sheets()
    if (!plan || !rows || !sheets) return notice(flow, { tone: 'warning', text: 'sheet.none' })
    const carrying = (await readLedgerInfos(flow)).filter(({ planId }) => planId === plan.plan.id)
    const names = new Set([sheets.active, ...carrying.map(({ sheet }) => sheet)])
    for (const name of names) {
      const grid = sheets.names.includes(name) ? await flow.host.read(name) : undefined
      const reading = grid && readGrid(grid, specOf(flow))
      const row =
        reading && matchRows(reading.table, tasksOf(rows)).table.rows.find((candidate) => candidate.rowId === rowId)
      const place = reading && (placeOf(reading, row, column) ?? placeOf(reading, row, 'task'))
      if (place) return flow.host.jump(name, place.row, place.column)
    }
    notice(flow, { tone: 'warning', text: 'jump.notThere' })
  })
}
