/**
 * 识别当前表: finds the plan's table on the open sheet and says which of its rows are which plan
 * rows. Nothing is written before the person has confirmed.
 */
import { LEDGER_SHEET, newerLedgerFormat } from '../../domain/carrier.ts'
import { foldText } from '../../domain/fold.ts'
import { cellAddress } from '../../domain/grid.ts'
import { findOtherYear } from '../../domain/infer-title.ts'
import { matchRows } from '../../domain/match-rows.ts'
import type { RowList } from '../../domain/protocol.ts'
import { isProvisional } from '../../domain/table.ts'
import { LEAVE_OUT, type Recognition } from '../checking-state.ts'
import { type Flow, notice, run } from './flow.ts'
import { isStray, type Reader, readerOf } from './left-out.ts'
import { lookForNewer } from './pull-open.ts'
import {
  activeGrid,
  type FoundReading,
  namedGrid,
  readGrid,
  readLedgerInfos,
  snapshotOf,
  specOf,
  tasksOf,
  writeCarriers,
  writeLedger,
} from './reading.ts'
import { shadeSheet } from './shade.ts'
import { rowsById } from './submission.ts'

/** A row whose id is known but not the version it was pulled at: the master becomes its base on submitting. */
const NO_VERSION = 0

/**
 * Reads the open sheet and shows what was found; with `sheet`, goes to that one first. Where every row carries its id
 * there is nothing to confirm, and a sheet that was chosen by name is then worked on from the screen it was chosen on.
 */
export function recogniseSheet(flow: Flow, sheet?: string): Promise<void> {
  return run(flow, 'busy.recognise', () => takeSheet(flow, sheet))
}

/** The same as part of other work. */
export async function takeSheet(flow: Flow, chosen?: string): Promise<void> {
  const { plan, rows } = flow.state()
  const { screen } = flow.state()
  const grid = chosen === undefined ? await activeGrid(flow) : await namedGrid(flow, chosen)
  if (!grid || !plan || !rows) return
  if (chosen !== undefined) await flow.host.jump(chosen, 0, 0)
  const ledger = await flow.host.read(LEDGER_SHEET)
  if (ledger && newerLedgerFormat(ledger) !== undefined) {
    return notice(flow, { tone: 'error', text: 'recognise.newer' })
  }
  const info = (await readLedgerInfos(flow)).find(({ sheet }) => sheet === grid.name)
  if (info && info.planId !== plan.plan.id) {
    const params = { plan: info.planTitle ?? info.planId }
    return notice(flow, { tone: 'error', text: 'recognise.otherPlan', params })
  }
  const { layout, ...reading } = readGrid(grid, specOf(flow))
  if (!layout || reading.table.rows.length === 0) {
    return notice(flow, { tone: 'warning', text: 'sheet.noTable', params: { sheet: grid.name } })
  }
  const otherYear = findOtherYear(grid, layout.headerTop, plan.plan)
  const recognition = {
    ...recognise({ ...reading, layout }, rows, readerOf(flow.state())),
    ...(otherYear !== undefined && { otherYear }),
  }
  if (info?.unit !== undefined && recognition.carried === 0 && recognition.others > 0) {
    const params = { sheet: grid.name, unit: info.unit }
    return notice(flow, { tone: 'warning', text: 'recognise.otherUnit', params })
  }
  if (isNothingFound(recognition)) {
    const text = isUnit(flow) ? 'recognise.nothingOfUnit' : 'recognise.nothing'
    return notice(flow, { tone: 'warning', text, params: { sheet: grid.name } })
  }
  flow.dispatch({ type: 'recognised', recognition })
  if (info && recognition.matched.length === 0 && recognition.open.length === 0) {
    flow.dispatch({ type: 'sheetTaken', sheet: grid.name })
    await shadeSheet(flow, grid.name)
    if (chosen !== undefined) flow.dispatch({ type: 'went', screen })
    notice(flow, { tone: 'success', text: 'recognise.allKnown' })
    await lookForNewer(flow)
  }
}

/** No row is the plan's, and none is left to ask about: most likely the table of another plan or county. */
function isNothingFound({ carried, matched, open }: Recognition): boolean {
  return carried === 0 && matched.length === 0 && open.length === 0
}

function isUnit(flow: Flow): boolean {
  return flow.state().me?.actor.role === 'unit'
}

/** The rows that the person took for rows of the plan. */
function chosenRows({ open }: Recognition): { index: number; rowId: string }[] {
  return open.flatMap(({ index, choice }) => (choice === '' || choice === LEAVE_OUT ? [] : [{ index, rowId: choice }]))
}

/** How many rows of the sheet would be known after confirming; with none there is nothing to confirm. */
export function countKnown(recognition: Recognition): number {
  return recognition.carried + recognition.matched.length + chosenRows(recognition).length
}

/** From this likeness on a row may be one of the unit's own, slightly reworded; below it is somebody else's. */
const MAYBE_MINE = 0.5

/**
 * Which plan row each sheet row is: by its carried id, else by equal task text. What is left is put
 * to the person where it resembles one of the rows that this person sees, or names the same lead;
 * the other rows of a whole county's table are other units', or nobody's, and only counted.
 */
export function recognise(
  reading: Pick<FoundReading, 'sheet' | 'table' | 'layout'>,
  rows: RowList,
  reader: Reader,
): Recognition {
  const { table, layout, sheet } = reading
  const known = rowsById(rows)
  const { matched, unmatched } = matchRows(table, tasksOf(rows))
  const carried = table.rows.filter((row) => known.has(row.rowId))
  const found = new Set([...carried, ...matched].map(({ rowId }) => rowId))
  const leads = new Set(
    rows.rows.filter(({ role }) => role === 'lead').map(({ cells }) => foldText(cells.leadUnits ?? '')),
  )
  const open = unmatched
    .filter(({ index, candidates }) => {
      const lead = foldText(table.rows[index]?.cells.leadUnits ?? '')
      return candidates.length > 0 && ((candidates[0]?.score ?? 0) >= MAYBE_MINE || leads.has(lead))
    })
    .map(({ index, task, candidates }) => ({
      index,
      address: cellAddress(table.rows[index]?.at ?? 0, layout.columns.task ?? 0),
      task,
      candidates: candidates.flatMap(({ rowId }) => {
        const cells = known.get(rowId)?.cells
        return cells ? [{ rowId, number: cells.number ?? '', task: cells.task ?? '' }] : []
      }),
      choice: '',
    }))
  const asked = new Set(open.map(({ index }) => index))
  const rest = unmatched.flatMap(({ index }) => (asked.has(index) ? [] : (table.rows[index] ?? [])))
  const strays = rest.filter((row) => isProvisional(row.rowId) && isStray(row, reader)).length
  return {
    sheet,
    snapshot: snapshotOf(table),
    carried: carried.length,
    matched,
    open,
    others: rest.length - strays,
    strays,
    missing: rows.rows.filter((row) => row.role === 'lead' && !found.has(row.rowId)).length,
    confirmed: false,
  }
}

/** Writes the ids of the matched and chosen rows into the sheet; from then on it is known by them. */
export function confirmRecognition(flow: Flow): Promise<void> {
  return run(flow, 'busy.writeIds', async ({ progress }) => {
    const { plan, rows, recognition } = flow.state()
    if (!plan || !rows || !recognition || countKnown(recognition) === 0) return
    const grid = await namedGrid(flow, recognition.sheet)
    if (!grid) return
    const { layout, ...reading } = readGrid(grid, specOf(flow))
    if (!layout || snapshotOf(reading.table) !== recognition.snapshot) {
      if (layout) {
        const { otherYear } = recognition
        const anew = {
          ...recognise({ ...reading, layout }, rows, readerOf(flow.state())),
          ...(otherYear !== undefined && { otherYear }),
        }
        flow.dispatch({ type: 'recognised', recognition: anew })
      }
      return notice(flow, { tone: 'warning', text: 'recognise.changed' })
    }
    const found = [...recognition.matched, ...chosenRows(recognition)]
    const carriers = found.flatMap(({ index, rowId }) => {
      const at = reading.table.rows[index]?.at
      return at === undefined ? [] : [{ at, rowId, ver: NO_VERSION }]
    })
    if (carriers.length > 0) await writeCarriers(flow, { ...reading, layout }, carriers, progress)
    // Only the commission, which makes and draws whole tables, knows that a sheet holds the whole plan.
    await writeLedger(flow, plan.plan, recognition.sheet, false)
    flow.dispatch({ type: 'sheetTaken', sheet: recognition.sheet })
    await shadeSheet(flow, recognition.sheet)
    notice(flow, { tone: 'success', text: 'recognise.done', params: { rows: countKnown(recognition) } })
  })
}
