/** Reading the open sheet as the plan's table, and writing ids and texts back into it. */
import {
  CARRIER_HEADER,
  formatCarrier,
  LEDGER_SHEET,
  type LedgerInfo,
  ledgerSheet,
  readLedger,
} from '../../domain/carrier.ts'
import { foldText } from '../../domain/fold.ts'
import type { Grid } from '../../domain/grid.ts'
import type { Fix, Issue } from '../../domain/issue.ts'
import type { Layout } from '../../domain/layout.ts'
import { readMarkLines } from '../../domain/marks.ts'
import type { PlanTask } from '../../domain/match-rows.ts'
import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import type { RowList } from '../../domain/protocol.ts'
import { readTable } from '../../domain/read-table.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { Table, TableRow } from '../../domain/table.ts'
import type { CellWrite, Progress } from '../sheet-host.ts'
import { type Flow, notice } from './flow.ts'

export type Reading = { sheet: string; grid: Grid; table: Table; layout?: Layout; issues: Issue[] }

/** A reading in which the table was found. */
export type FoundReading = Reading & { layout: Layout }

/** The sheet in front, or undefined after saying that none is open. */
export async function activeGrid(flow: Flow): Promise<Grid | undefined> {
  const sheets = await flow.host.sheets()
  const grid = sheets && (await flow.host.read(sheets.active))
  if (!grid) notice(flow, { tone: 'warning', text: 'sheet.none' })
  return grid
}

/** A sheet by name as it stands now; undefined, after saying so, where it is gone. */
export async function namedGrid(flow: Flow, sheet: string): Promise<Grid | undefined> {
  const grid = await flow.host.read(sheet)
  if (!grid) notice(flow, { tone: 'warning', text: 'sheet.gone', params: { sheet } })
  return grid
}

export function readGrid(grid: Grid, spec: SheetSpec, complete = false): Reading {
  return { sheet: grid.name, grid, ...readTable(grid, spec, { complete }) }
}

/** The plan's rows as `matchRows` compares them. */
export function tasksOf(rows: RowList): PlanTask[] {
  return rows.rows.map(({ rowId, cells }) => ({
    rowId,
    task: cells.task ?? '',
    number: cells.number ?? '',
    target: cells.target,
  }))
}

/** Spec of the opened plan. Flows that need a plan are only offered with one. */
export function specOf(flow: Flow): SheetSpec {
  const plan = flow.state().plan
  if (!plan) throw new Error('no plan is open')
  return breakdownSpec(plan.plan)
}

/** The table's content as one text, to tell whether a sheet has changed since it was read. */
export function snapshotOf(table: Table): string {
  return JSON.stringify(table.rows.map(({ rowId, ver, at, cells, spans }) => [rowId, ver, at, cells, spans]))
}

/** What the workbook says about its tables. `changed`: as for `SheetHost.read`. */
export async function readLedgerInfos(flow: Flow, changed?: []): Promise<LedgerInfo[]> {
  const grid = await flow.host.read(LEDGER_SHEET, changed)
  return grid ? readLedger(grid) : []
}

/**
 * Notes on the hidden sheet which plan's table stands on a sheet, keeping what it says of others, and all marks.
 */
export async function writeLedger(flow: Flow, plan: Plan, sheet: string, complete: boolean): Promise<void> {
  const grid = await flow.host.read(LEDGER_SHEET)
  const others = grid ? readLedger(grid).filter((info) => info.sheet !== sheet) : []
  const marks = grid ? readMarkLines(grid) : []
  await flow.host.draw(ledgerSheet([...others, ledgerInfo(flow, plan, sheet, complete)], marks))
}

/** Notes when a sheet was last brought up to date (ISO 8601). Returns what was noted before. */
export async function notePulled(flow: Flow, sheet: string, at: string): Promise<string | undefined> {
  const grid = await flow.host.read(LEDGER_SHEET)
  const infos = grid ? readLedger(grid) : []
  const info = infos.find((known) => known.sheet === sheet)
  if (!grid || !info) return undefined
  await flow.host.draw(
    ledgerSheet(
      infos.map((known) => (known === info ? { ...info, pulledAt: at } : known)),
      readMarkLines(grid),
    ),
  )
  return info.pulledAt
}

export function ledgerInfo(flow: Flow, plan: Plan, sheet: string, complete: boolean): LedgerInfo {
  const { form, version } = breakdownSpec(plan)
  const { actor } = flow.state().me ?? {}
  return {
    format: 1,
    planId: plan.id,
    sheet,
    form,
    specVersion: version,
    complete,
    planTitle: plan.title,
    ...(actor?.role === 'unit' && { unit: actor.name }),
    pulledAt: flow.now().toISOString(),
  }
}

/**
 * Writes row ids and versions into the carrier column, which is made behind the table where there
 * is none, and hides it.
 */
export async function writeCarriers(
  flow: Flow,
  { sheet, grid, layout }: FoundReading,
  carriers: { at: number; rowId: string; ver: number }[],
  progress?: Progress,
): Promise<void> {
  const column = layout.carrierColumn ?? freeColumn(grid, layout)
  const writes: CellWrite[] = carriers.map(({ at, rowId, ver }) => ({
    row: at,
    column,
    text: formatCarrier({ rowId, ver }),
  }))
  if (layout.carrierColumn === undefined) writes.unshift({ row: layout.headerTop, column, text: CARRIER_HEADER })
  await flow.host.write(sheet, writes, progress)
  await flow.host.setColumnHidden(sheet, column, true)
}

/** The first column behind everything that stands beside the table. */
function freeColumn(grid: Grid, layout: Layout): number {
  const used = grid.texts
    .slice(layout.headerTop, layout.lastRow + 1)
    .flatMap((texts) => texts.map((text, column) => (text === '' ? -1 : column)))
  const headers = Object.entries(layout.columns).map(([key, column]) => column + (layout.widths?.[key] ?? 1) - 1)
  const merges = grid.merges
    .filter((area) => area.row >= layout.headerTop && area.row <= layout.lastRow)
    .map((area) => area.column + area.columns - 1)
  return [...used, ...headers, ...merges].reduce((last, column) => Math.max(last, column), -1) + 1
}

/** The cell of a row and column of a table; undefined where either does not stand on the sheet. */
export function placeOf(
  { layout }: Reading,
  row: TableRow | undefined,
  column: string | undefined,
): { row: number; column: number } | undefined {
  const at = column === undefined ? undefined : layout?.columns[column]
  return row?.at === undefined || at === undefined ? undefined : { row: row.at, column: at }
}

/**
 * The writes of a fix that can be made: only where the cell still reads `from`. A text merged down
 * over several rows belongs to the first of them and is left alone elsewhere.
 */
export function fixWrites(reading: Reading, fix: Fix): { writes: CellWrite[]; done: Fix } {
  const writes: CellWrite[] = []
  const done: Fix = []
  for (const step of fix) {
    const row = reading.table.rows.find(
      (candidate) => candidate.rowId === step.rowId && (candidate.cells[step.column] ?? '') === step.from,
    )
    const place = placeOf(reading, row, step.column)
    if (!place) continue
    writes.push({ ...place, text: step.to })
    done.push(step)
  }
  return { writes, done }
}

/** Writes of master texts over sheet texts, only where the sheet still reads what was shown. */
export function restoreWrites(
  reading: Reading,
  cells: { rowId: string; column: string; sheet: string; head: string }[],
): CellWrite[] {
  const fix = cells.flatMap(({ rowId, column, sheet, head }) => {
    const row = reading.table.rows.find((candidate) => candidate.rowId === rowId)
    const text = row?.cells[column]
    return text !== undefined && foldText(text) === foldText(sheet) ? [{ rowId, column, from: text, to: head }] : []
  })
  return fixWrites(reading, fix).writes
}
