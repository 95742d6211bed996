/** 汇总: the master as the server has it, drawn into the open workbook or saved as a file. */
import { drawTable } from '../../domain/draw-table.ts'
import { masterWorkbook } from '../../domain/master-workbook.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { Master } from '../../domain/protocol.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import type { Table, TableRow } from '../../domain/table.ts'
import type { Screen } from '../state.ts'
import { countDrafts } from './drafts.ts'
import { drawBeside } from './draw-beside.ts'
import { type Flow, notice, run } from './flow.ts'
import { type FoundReading, placeOf, readGrid, writeLedger } from './reading.ts'
import { cellKey } from './submission.ts'

/** Pulls the master and opens a screen that shows it. */
export function pullMaster(flow: Flow, screen: Screen): Promise<void> {
  return run(flow, 'busy.master', async () => {
    await refreshMaster(flow)
    await countDrafts(flow)
    flow.dispatch({ type: 'went', screen })
  })
}

/** The newest master and rows, for screens that change them. */
export async function refreshMaster(flow: Flow): Promise<Master | undefined> {
  const { plan } = flow.state()
  if (!plan) return undefined
  const [master, rows] = await Promise.all([flow.api.master(plan.plan.id), flow.api.rows(plan.plan.id)])
  flow.dispatch({ type: 'masterPulled', master })
  flow.dispatch({ type: 'rowsPulled', rows })
  return master
}

/** Saves the master workbook as the server writes it. */
export function downloadMaster(flow: Flow): Promise<void> {
  return run(
    flow,
    'busy.download',
    async ({ signal }) => {
      const { plan } = flow.state()
      if (!plan) return
      const file = await flow.api.masterFile(plan.plan.id, signal)
      flow.save(`${plan.plan.title}（总表）.xlsx`, file)
      notice(flow, { tone: 'success', text: 'master.saved' })
    },
    { cancellable: true },
  )
}

/** Sheets that are ours end like this: every drawing replaces them whole. */
const OURS = '（汇总）'
const MASTER_SHEET = `总表${OURS}`
/** Sheets of the downloaded workbook that are drawn beside it; the list of changes is only in the download. */
const LISTS = ['报送情况', '冲突']

/**
 * Brings the newest master into the open workbook. It carries ids, so it can be checked and sent back. Where it was
 * drawn before, what changed since is shown and then written in place, so that filters, widths and added columns stay;
 * `isAnew` draws it again all the same.
 */
export function drawMaster(flow: Flow, isAnew = false): Promise<void> {
  return run(
    flow,
    'busy.drawMaster',
    async ({ progress, signal }) => {
      const master = await refreshMaster(flow)
      if (!master) return
      const drawLists = async () => {
        for (const list of listSheets(master, flow.now())) await flow.host.draw(list, progress, signal)
      }
      if (!isAnew && (await compareDrawn(flow, master))) return await drawLists()
      const table: Table = { spec: breakdownSpec(master.plan), rows: master.rows, complete: true }
      const model = drawTable(table, {
        name: MASTER_SHEET,
        carrier: true,
        filter: true,
        footer: master.plan.title,
        style: unsettledStyle(master),
      })
      await drawBeside(flow, model, progress, signal)
      await writeLedger(flow, master.plan, MASTER_SHEET, true)
      await drawLists()
      await flow.host.jump(MASTER_SHEET, model.frozen?.rows ?? 0, 0)
      notice(flow, { tone: 'success', text: 'master.drawn', params: { sheet: MASTER_SHEET, rows: master.rows.length } })
    },
    { cancellable: true },
  )
}

/** Whether a drawn master stands: what changed since is shown then, or that it has to be drawn anew, which nobody does unasked. */
async function compareDrawn(flow: Flow, master: Master): Promise<boolean> {
  const { plan } = master
  const { rows } = flow.state()
  // In the browser no file need be open: the drawing is a workbook of its own then.
  if (!(await flow.host.sheets())?.names.includes(MASTER_SHEET)) return false
  const grid = await flow.host.read(MASTER_SHEET)
  if (!rows || !grid?.texts.some((line) => line.some((text) => text !== ''))) return false
  const spec = breakdownSpec(plan)
  const { layout, ...reading } = readGrid(grid, spec, true)
  const isFit = layout?.carrierColumn !== undefined && spec.columns.every(({ key }) => key in layout.columns)
  const { compareWith } = await import('./pull-compare.ts')
  const preview = isFit ? await compareWith(flow, { ...reading, layout }, rows) : undefined
  if (preview && layout) {
    await refreshFills(flow, master, { ...reading, layout })
    flow.dispatch({ type: 'pullCompared', preview: { ...preview, isAdding: preview.missing.length > 0 } })
  } else notice(flow, { tone: 'warning', text: 'pull.masterUnfit', params: { sheet: MASTER_SHEET } })
  return true
}

/** What is open now is set off as a drawing does it, and what is settled no longer is. */
async function refreshFills(flow: Flow, master: Master, reading: FoundReading): Promise<void> {
  const styleOf = unsettledStyle(master)
  const rows = new Map(master.rows.map((row) => [row.rowId, row]))
  const disputed = new Set(
    master.conflicts.flatMap(({ rowId, column, columns }) =>
      (columns ?? [column ?? 'number']).map((key) => cellKey(rowId, key)),
    ),
  )
  const cells = reading.table.rows.flatMap((row) => {
    const head = rows.get(row.rowId)
    if (!head) return []
    return Object.keys(row.cells)
      .filter((column) => disputed.has(cellKey(row.rowId, column)) || (row.spans?.[column] ?? 1) > 1)
      .flatMap((column) => {
        const place = placeOf(reading, row, column)
        return place ? [{ ...place, style: styleOf(head, column) }] : []
      })
  })
  await flow.host.setFills?.(MASTER_SHEET, cells)
}

/** 报送情况 and 冲突 as the downloaded workbook has them, under names that are ours. */
function listSheets({ plan, rows, status, conflicts }: Master, now: Date): SheetModel[] {
  const at = now.toISOString()
  return masterWorkbook({ plan, spec: breakdownSpec(plan), rows, status, conflicts, events: [], at })
    .filter(({ name }) => LISTS.includes(name))
    .map((model) => ({ ...model, name: `${model.name}${OURS}` }))
}

/** Cells with an open conflict, and milestones whose spans are not confirmed, are set off. */
function unsettledStyle(master: Master): (row: TableRow, column: string) => 'bad' | 'warning' | undefined {
  const conflicted = new Set(
    master.conflicts
      .filter((conflict) => conflict.status === 'open')
      .flatMap(({ rowId, column, columns }) => (columns ?? [column ?? 'number']).map((key) => cellKey(rowId, key))),
  )
  const unconfirmed = new Set(master.rows.filter((row) => !row.spansConfirmed).map((row) => row.rowId))
  return (row, column) => {
    if (conflicted.has(cellKey(row.rowId, column))) return 'bad'
    return unconfirmed.has(row.rowId) && (row.spans?.[column] ?? 1) > 1 ? 'warning' : undefined
  }
}
