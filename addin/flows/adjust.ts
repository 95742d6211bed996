/**
 * 任务调整 and 勘误: after a plan was issued its texts change by paper only. The commission edits the table itself;
 * what differs from the master is shown, and goes with its reason as one change.
 */
import { foldText } from '../../domain/fold.ts'
import type { AdjustPlan, ServerRow } from '../../domain/protocol.ts'
import { diffRow } from '../../domain/replay.ts'
import { milestoneKeys, type SheetSpec } from '../../domain/sheet-spec.ts'
import type { CellChange, TableRow } from '../../domain/table.ts'
import type { Adjustment } from '../state.ts'
import { type Flow, notice, run } from './flow.ts'
import { activeGrid, namedGrid, readGrid, snapshotOf, specOf, writeCarriers } from './reading.ts'

/** What the person enters; the wire wants a paper and a period for an adjustment. */
export type AdjustmentPaper = Pick<AdjustPlan, 'kind' | 'reason' | 'documentNumber' | 'effectivePeriod'>

/** Reads the sheet in front and shows in which cells of its rows it differs from the master. */
export function draftAdjustment(flow: Flow): Promise<void> {
  return run(flow, 'busy.adjustDraft', async () => {
    const { plan } = flow.state()
    const grid = plan && (await activeGrid(flow))
    if (!plan || !grid) return
    const rows = await flow.api.rows(plan.plan.id)
    flow.dispatch({ type: 'rowsPulled', rows })
    const spec = specOf(flow)
    const { table, layout } = readGrid(grid, spec)
    const heads = new Map(rows.rows.map((row) => [row.rowId, row]))
    const known = table.rows.flatMap((row) => {
      const head = heads.get(row.rowId)
      return head ? [{ row, head }] : []
    })
    flow.dispatch({ type: 'adjustmentDrafted', adjustment: undefined })
    if (!layout || known.length === 0) {
      return notice(flow, { tone: 'warning', text: 'adjust.noRows', params: { sheet: grid.name } })
    }
    const changed = known.flatMap(({ row, head }) => {
      const changes = changesOf(spec, row, head)
      return changes.length > 0 ? [{ rowId: row.rowId, ver: head.ver, isStale: row.ver !== head.ver, changes }] : []
    })
    const adjustment = { sheet: grid.name, snapshot: snapshotOf(table), attempt: flow.newId(), rows: changed }
    flow.dispatch({ type: 'adjustmentDrafted', adjustment })
  })
}

/** From the master to the sheet; what differs only by folding, or stands in a column that the sheet lacks, is no change. */
function changesOf(spec: SheetSpec, row: TableRow, head: ServerRow): CellChange[] {
  const milestones = milestoneKeys(spec)
  const hasMilestones = milestones.some((column) => column in row.cells)
  const isThere = (column: string) => (milestones.includes(column) ? hasMilestones : column in row.cells)
  return diffRow(head, row).filter(({ column, old, new: text, spans }) => {
    const isSameText = foldText(old ?? '') === foldText(text ?? '') && (old === null) === (text === null)
    return isThere(column) && !(isSameText && (spans?.[0] ?? 1) === (spans?.[1] ?? 1))
  })
}

/** Sends the chosen rows as one change, then writes their new versions into the sheet. */
export function sendAdjustment(flow: Flow, paper: AdjustmentPaper, rowIds: readonly string[]): Promise<void> {
  return run(flow, 'busy.adjust', async ({ progress }) => {
    const { plan, adjustment } = flow.state()
    const grid = plan && adjustment && (await namedGrid(flow, adjustment.sheet))
    if (!plan || !adjustment || !grid) return
    const spec = specOf(flow)
    const { layout, ...reading } = readGrid(grid, spec)
    if (!layout || snapshotOf(reading.table) !== adjustment.snapshot) {
      flow.dispatch({ type: 'adjustmentDrafted', adjustment: undefined })
      return notice(flow, { tone: 'warning', text: 'adjust.changed' })
    }
    const chosen = adjustment.rows.filter(({ rowId }) => rowIds.includes(rowId))
    const onSheet = new Map(reading.table.rows.map((row) => [row.rowId, row]))
    const rows = chosen.map((change) => toRow(spec, change, onSheet.get(change.rowId)))
    const done = await flow.api.adjust(plan.plan.id, { ...paper, rows }, adjustment.attempt)
    flow.dispatch({ type: 'adjustmentDrafted', adjustment: undefined })
    flow.dispatch({ type: 'rowsPulled', rows: await flow.api.rows(plan.plan.id) })
    const carriers = done.rows.flatMap(({ rowId, ver }) => {
      const at = onSheet.get(rowId)?.at
      return at === undefined ? [] : [{ at, rowId, ver }]
    })
    await writeCarriers(flow, { ...reading, layout }, carriers, progress)
    notice(flow, { tone: 'success', text: 'adjust.done', params: { rows: rows.length, seq: done.seq } })
  })
}

/** The changed cells; of milestones all, because what is merged covers its neighbours. */
function toRow(
  spec: SheetSpec,
  { rowId, ver, changes }: Adjustment['rows'][number],
  row: TableRow | undefined,
): AdjustPlan['rows'][number] {
  const milestones = milestoneKeys(spec)
  const changed = new Set(changes.map(({ column }) => column))
  const sent = milestones.some((column) => changed.has(column)) ? new Set([...changed, ...milestones]) : changed
  const cells = Object.fromEntries(Object.entries(row?.cells ?? {}).filter(([column]) => sent.has(column)))
  const spans = Object.fromEntries(Object.entries(row?.spans ?? {}).filter(([column]) => sent.has(column)))
  return { rowId, baseVer: ver, cells, ...(Object.keys(spans).length > 0 && { spans }) }
}
