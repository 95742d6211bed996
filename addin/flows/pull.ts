/**
 * 更新本表: brings what the master has newer into the sheet that is open, after a preview. What the person has not sent
 * yet, formats, other columns and the order of the rows stay; where both moved on the person decides cell by cell.
 */
import { formatCarrier } from '../../domain/carrier.ts'
import { foldText } from '../../domain/fold.ts'
import {
  type PullDecision,
  type PulledCells,
  type PulledRow,
  pullKey,
  settlePull,
  withCells,
} from '../../domain/pull.ts'
import type { Table, TableRow } from '../../domain/table.ts'
import { isOtherCopy } from './fix.ts'
import { type Flow, notice, run, type Step } from './flow.ts'
import { addRows, removeAdded } from './pull-added.ts'
import { compareSheet, compareWith } from './pull-compare.ts'
import { joinPlaced, type Placed, placeCells } from './pull-places.ts'
import type { Pulled, PullPreview } from './pull-preview.ts'
import { type FoundReading, namedGrid, notePulled, readGrid, readLedgerInfos, snapshotOf, specOf } from './reading.ts'
import { shadeSheet } from './shade.ts'
import { submittableReading } from './submit.ts'

/** So many rows are written before the person may stop. */
const ROWS_AT_ONCE = 50

/** Compares the sheet with the master and shows what would change; writes nothing. With `sheet`, that one. */
export function previewPull(flow: Flow, sheet?: string): Promise<void> {
  return run(flow, 'busy.pull', async () => {
    const reading = sheet === undefined ? await submittableReading(flow) : await namedReading(flow, sheet)
    const preview = reading && (await compareSheet(flow, reading))
    if (preview) flow.dispatch({ type: 'pullCompared', preview })
  })
}

/** The table of a sheet; undefined, after saying so, where there is none. */
async function namedReading(flow: Flow, sheet: string): Promise<FoundReading | undefined> {
  const grid = await namedGrid(flow, sheet)
  if (!grid) return undefined
  const info = (await readLedgerInfos(flow)).find((known) => known.sheet === sheet)
  const { layout, ...reading } = readGrid(grid, specOf(flow), info?.complete)
  if (layout) return { ...reading, layout }
  notice(flow, { tone: 'warning', text: 'sheet.noTable', params: { sheet } })
  return undefined
}

/** Decides conflicts of the preview, or leaves them for later. */
export function decidePull(flow: Flow, conflicts: readonly PulledCells[], decision: PullDecision | undefined): void {
  flow.dispatch({ type: 'pullDecided', keys: conflicts.map(pullKey), decision })
}

/** Writes what was previewed and decided. Where the sheet has changed since, a new preview is shown instead. */
export function applyPull(flow: Flow): Promise<void> {
  return run(flow, 'busy.pullWrite', (step) => writePull(flow, step), { cancellable: true })
}

async function writePull(flow: Flow, step: Step): Promise<void> {
  const { pull: shown, rows } = flow.state()
  if (!shown || !rows) return
  const reading = await namedReading(flow, shown.sheet)
  if (!reading) return
  if (snapshotOf(reading.table) !== shown.snapshot) {
    const preview = await compareWith(flow, reading, rows)
    if (preview) flow.dispatch({ type: 'pullCompared', preview })
    return notice(flow, { tone: 'warning', text: 'pull.changed' })
  }
  const settled = settlePull(shown.pull, shown.decisions, (cells) => shown.kept[pullKey(cells)] !== undefined)
  const { copyId } = flow.host
  const done: Pulled = { sheet: shown.sheet, copyId, cells: [], rows: [], added: [], waiting: countWaiting(shown) }
  let isAll = true
  let looked = 0
  try {
    for (const [i, part] of inParts(settled.cells).entries()) {
      step.signal.throwIfAborted()
      const now = i === 0 ? reading : await namedReading(flow, shown.sheet)
      if (!now) return
      // Whoever types while a long table is written keeps what was typed.
      const free = part.filter(({ after: _, ...cells }) =>
        reads(now.table, cells.rowId, [{ ...cells, after: cells.before }]),
      )
      await writeCells(flow, now, free)
      done.cells.push(...free)
      looked += part.length
      step.progress(looked, settled.cells.length)
    }
    const read = await namedReading(flow, shown.sheet)
    const arrived = settled.rows.filter(({ rowId }) => read && reads(read.table, rowId, settled.cells))
    isAll = arrived.length === settled.rows.length && done.cells.length === settled.cells.length
    // The version goes last: over a text that did not arrive it would make the next submission undo others' work.
    if (read) await writeVersions(flow, read, arrived)
    done.rows.push(...arrived)
    if (shown.isAdding && read) await addRows(flow, read, shown, done.added)
    done.pulledAt = await notePulled(flow, shown.sheet, flow.now().toISOString())
    isAll &&= !shown.isAdding || done.added.length === shown.missing.length
  } finally {
    done.rows.push(...unsettled(shown, done))
    if (done.rows.length + done.added.length > 0) await showPulled(flow, done)
  }
  notice(
    flow,
    isAll ? { tone: 'success', text: 'pull.done', params: countsOf(done) } : { tone: 'warning', text: 'pull.partly' },
  )
}

/** Rows that were written to and keep the version that they had. */
function unsettled({ pull }: PullPreview, done: Pulled): PulledRow[] {
  const known = new Set(done.rows.map(({ rowId }) => rowId))
  const written = new Set(done.cells.map(({ rowId }) => rowId))
  return pull.rows
    .filter(({ rowId }) => written.has(rowId) && !known.has(rowId))
    .map(({ rowId, from }) => ({ rowId, from, to: from ?? 0 }))
}

/** Shows what was written; what was found in the sheet before may no longer be so. */
async function showPulled(flow: Flow, done: Pulled): Promise<void> {
  flow.dispatch({ type: 'pulledIn', pulled: done })
  flow.dispatch({ type: 'sheetEdited', sheet: done.sheet })
  await shadeSheet(flow, done.sheet)
}

function countsOf({ cells, added }: Pulled): { cells: number; rows: number } {
  return { cells: cells.length, rows: added.length }
}

function countWaiting({ pull, decisions }: PullPreview): number {
  return pull.conflicts.filter((cells) => decisions[pullKey(cells)] === undefined).length
}

/** The cells in parts of so many rows, those of one row together. */
function inParts(cells: readonly PulledCells[]): PulledCells[][] {
  const rows = [...new Set(cells.map(({ rowId }) => rowId))]
  const parts: PulledCells[][] = []
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const ids = new Set(rows.slice(from, from + ROWS_AT_ONCE))
    parts.push(cells.filter(({ rowId }) => ids.has(rowId)))
  }
  return parts
}

async function writeCells(flow: Flow, reading: FoundReading, cells: readonly PulledCells[]): Promise<void> {
  const rows = new Map(reading.table.rows.map((row) => [row.rowId, row]))
  const placed = cells.flatMap((each) => {
    const row = rows.get(each.rowId)
    return row ? [placeCells(reading, row, each)] : []
  })
  await put(flow, reading.sheet, joinPlaced(placed))
}

async function put(flow: Flow, sheet: string, { split, writes, join }: Placed): Promise<void> {
  if (split.length > 0) await flow.host.setMerges(sheet, { split, join: [] })
  if (writes.length > 0) await flow.host.write(sheet, writes)
  if (join.length > 0) await flow.host.setMerges(sheet, { split: [], join })
}

async function writeVersions(flow: Flow, { sheet, table, layout }: FoundReading, rows: readonly PulledRow[]) {
  const column = layout.carrierColumn
  const places = new Map(table.rows.map(({ rowId, at }) => [rowId, at]))
  const writes = rows.flatMap(({ rowId, to }) => {
    const row = places.get(rowId)
    return row === undefined || column === undefined ? [] : [{ row, column, text: formatCarrier({ rowId, ver: to }) }]
  })
  if (writes.length > 0) await flow.host.write(sheet, writes)
}

/** Whether a row of the sheet reads as these cells were written. */
function reads(table: Table, rowId: string, cells: readonly PulledCells[]): boolean {
  const row = table.rows.find((candidate) => candidate.rowId === rowId)
  return row !== undefined && cells.every((each) => each.rowId !== rowId || isAfter(table, row, each))
}

/** Excel keeps its own line breaks; whatever else differs was not written or has been edited since. */
function isAfter({ spec }: Table, row: TableRow, cells: PulledCells): boolean {
  const wanted = withCells(row, cells)
  return spec.columns.every(
    ({ key }) =>
      foldText(row.cells[key] ?? '') === foldText(wanted.cells[key] ?? '') &&
      (row.spans?.[key] ?? 1) === (wanted.spans?.[key] ?? 1),
  )
}

/**
 * Takes the last pull back: every row that still carries the version it was given gets the texts back that it had,
 * where they still read as they were written. A row that was submitted since keeps what it has: older texts under
 * its newer version would undo what others wrote.
 */
export function undoPull(flow: Flow): Promise<void> {
  return run(flow, 'busy.pullUndo', async () => {
    const { pulled } = flow.state()
    if (pulled && isOtherCopy(flow, pulled.copyId)) return
    const reading = pulled && (await namedReading(flow, pulled.sheet))
    if (!pulled || !reading) return
    const rows = new Map(reading.table.rows.map((row) => [row.rowId, row]))
    const given = new Map(pulled.rows.map((row) => [row.rowId, row]))
    const isHeld = (rowId: string) => rows.get(rowId)?.ver !== given.get(rowId)?.to
    const back = pulled.cells.filter((cells) => {
      const row = rows.get(cells.rowId)
      return row !== undefined && !isHeld(cells.rowId) && isAfter(reading.table, row, cells)
    })
    const carriers = pulled.rows.filter(({ rowId, from, to }) => from !== to && rows.has(rowId) && !isHeld(rowId))
    // The version goes first here: older texts are safe only under the older version.
    await writeVersions(
      flow,
      reading,
      carriers.map(({ rowId, from, to }) => ({ rowId, from: to, to: from ?? 0 })),
    )
    await writeCells(
      flow,
      reading,
      back.map(({ before, after, ...cells }) => ({ ...cells, before: after, after: before })),
    )
    const removed = await removeAdded(flow, pulled)
    if (pulled.pulledAt !== undefined) await notePulled(flow, pulled.sheet, pulled.pulledAt)
    const isAll = back.length === pulled.cells.length && removed === pulled.added.length
    flow.dispatch({ type: 'pullUndone' })
    flow.dispatch({ type: 'sheetEdited', sheet: pulled.sheet })
    notice(flow, isAll ? { tone: 'success', text: 'pull.undone' } : { tone: 'warning', text: 'pull.undonePartly' })
  })
}
