/**
 * 更新本表: what brings a sheet up to the master without touching what its person has not sent yet. The same
 * three versions meet as when the sheet is submitted, and the same merge decides; only its result goes into the
 * sheet instead of into the master. So submitting afterwards gives what submitting before would have given.
 */
import { foldText } from './fold.ts'
import { emptyResult, type SpanTuple } from './merge-result.ts'
import { mergeRow } from './merge-row.ts'
import { completeRow, cutTuple, splitByUnits, tuplesEqual } from './span-units.ts'
import { isProvisional, type Row, type TableRow } from './table.ts'
import { sameUnitSet } from './unit-list.ts'

/**
 * Cells of one row that change together: one column, or those of merged cells. `before` is what the sheet
 * reads and `after` what the master has for it; `base` what both began with, absent where nobody knows.
 */
export type PulledCells = {
  rowId: string
  columns: string[]
  base?: SpanTuple
  before: SpanTuple
  after: SpanTuple
}

/** A row that the sheet and the master both have, at the version that the sheet carries and at the master's. */
export type PulledRow = { rowId: string; from: number | undefined; to: number }

export type Pull = {
  /** Only the master moved on. */
  updates: PulledCells[]
  /** Both moved on and differ, or nobody knows which did: a person decides. */
  conflicts: PulledCells[]
  /** Edits of the sheet that the master does not have, and that stay. */
  unsent: { rowId: string; column: string }[]
  rows: PulledRow[]
  /** Rows of the sheet with an id that the master does not list. */
  gone: TableRow[]
  /** Ids that stand in the sheet more than once: nobody can tell which row is meant, so all of them stay. */
  doubled: string[]
  /** Rows of the master that the sheet lacks, in the master's order. */
  missing: string[]
}

export type PullInput = {
  /** Keys of the spec's columns in its order. */
  columns: string[]
  /** Those of them that stand on the sheet. */
  present: ReadonlySet<string>
  sheet: readonly TableRow[]
  heads: readonly (Row & { ver: number })[]
  /** Rows as they were at the version that the sheet carries, where that is not the master's. */
  bases: readonly Row[]
}

/** Compares every row of a sheet with the master. Nothing is decided for the person where both moved on. */
export function comparePull({ columns, present, sheet, heads, bases }: PullInput): Pull {
  const headById = new Map(heads.map((row) => [row.rowId, row]))
  const baseById = new Map(bases.map((row) => [row.rowId, row]))
  const count = new Map<string, number>()
  for (const { rowId } of sheet) count.set(rowId, (count.get(rowId) ?? 0) + 1)
  const pull: Pull = { updates: [], conflicts: [], unsent: [], rows: [], gone: [], doubled: [], missing: [] }
  pull.doubled = [...count].flatMap(([rowId, times]) => (times > 1 ? [rowId] : []))
  pull.missing = heads.flatMap(({ rowId }) => (count.has(rowId) ? [] : [rowId]))
  for (const row of sheet) {
    if (isProvisional(row.rowId) || (count.get(row.rowId) ?? 0) > 1) continue
    const head = headById.get(row.rowId)
    if (!head) {
      pull.gone.push(row)
      continue
    }
    pull.rows.push({ rowId: row.rowId, from: row.ver, to: head.ver })
    const base = row.ver === head.ver ? head : baseById.get(row.rowId)
    const found = base ? compareRow(columns, base, head, row) : compareUnknown(columns, head, row)
    const isShown = ({ columns: cells }: PulledCells) => cells.some((column) => present.has(column))
    pull.updates.push(...found.updates.filter(isShown))
    pull.conflicts.push(...found.conflicts.filter(isShown))
    pull.unsent.push(...found.unsent)
  }
  return pull
}

type Found = Pick<Pull, 'updates' | 'conflicts' | 'unsent'>

function compareRow(columns: string[], base: Row, head: Row, sheet: Row): Found {
  const { rowId } = head
  const result = emptyResult()
  // A clearing that nobody confirmed yet is an unsent edit like any other.
  const clears = new Set(columns.map((column) => `${rowId}\n${column}`))
  const sameText = (column: string, a: string, b: string) => column === 'supportingUnits' && sameUnitSet(a, b)
  const merged = mergeRow({ columns, sameText }, base, head, sheet, clears, result)
  const [from, now, then] = [completeRow(columns, sheet, base), completeRow(columns, head), completeRow(columns, base)]
  const conflicts = result.conflicts.map(({ column, columns: union }) => {
    const cells = union ?? (column === undefined ? [] : [column])
    return cellsOf(cells, { rowId, base: then, before: from, after: now })
  })
  const open = new Set(conflicts.flatMap((cells) => cells.columns))
  const updates = changedUnits(columns, from, completeRow(columns, merged))
    .filter((unit) => !unit.some((column) => open.has(column)))
    .map((unit) => cellsOf(unit, { rowId, base: then, before: from, after: completeRow(columns, merged) }))
  return { updates, conflicts, unsent: result.applied.map(({ column }) => ({ rowId, column })) }
}

/** Without a base there is no telling which of two texts is the older one. */
function compareUnknown(columns: string[], head: Row, sheet: Row): Found {
  const { rowId } = head
  const [from, now] = [completeRow(columns, sheet, head), completeRow(columns, head)]
  const conflicts = changedUnits(columns, from, now, foldText).map((unit) =>
    cellsOf(unit, { rowId, before: from, after: now }),
  )
  return { updates: [], conflicts, unsent: [] }
}

/** The smallest groups of columns that differ between two complete rows. */
function changedUnits(columns: string[], from: Row, to: Row, fold?: (text: string) => string): string[][] {
  return splitByUnits(columns, [from, to])
    .flatMap((unit) => (unit.differs ? [unit.columns] : unit.columns.map((column) => [column])))
    .filter((unit) => !tuplesEqual(unit, cutTuple(unit, from), cutTuple(unit, to), fold))
}

function cellsOf(
  columns: string[],
  { rowId, base, before, after }: { rowId: string; base?: Row; before: Row; after: Row },
): PulledCells {
  return {
    rowId,
    columns,
    ...(base && { base: cutTuple(columns, base) }),
    before: cutTuple(columns, before),
    after: cutTuple(columns, after),
  }
}

/** What a person decided of a conflict; without a decision it waits. */
export type PullDecision = 'mine' | 'theirs'

/** Names a conflict, also to whoever keeps the decisions. */
export function pullKey({ rowId, columns }: Pick<PulledCells, 'rowId' | 'columns'>): string {
  return `${rowId} ${columns[0] ?? ''}`
}

/**
 * What goes into the sheet: the cells to change, and the versions to carry. A row gets the master's version
 * only where nothing in it waits, neither for a decision nor for what `isKept` says cannot be written: over an
 * older version whatever waits becomes a conflict when it is submitted, over the newer one it would undo what
 * others wrote.
 */
export function settlePull(
  pull: Pull,
  decisions: Readonly<Record<string, PullDecision>>,
  isKept: (cells: PulledCells) => boolean,
): { cells: PulledCells[]; rows: PulledRow[] } {
  const chosen = pull.conflicts.filter((cells) => decisions[pullKey(cells)] === 'theirs')
  const wanted = [...pull.updates, ...chosen]
  const waiting = new Set([
    ...pull.conflicts.filter((cells) => decisions[pullKey(cells)] === undefined).map(({ rowId }) => rowId),
    ...wanted.filter(isKept).map(({ rowId }) => rowId),
  ])
  return {
    cells: wanted.filter((cells) => !isKept(cells)),
    rows: pull.rows.filter(({ rowId, from, to }) => from !== to && !waiting.has(rowId)),
  }
}

/** The row with these cells as they are `after`. The row given is left as it is. */
export function withCells<Of extends Row>(row: Of, { columns, after }: Pick<PulledCells, 'columns' | 'after'>): Of {
  const cells = { ...row.cells }
  const spans = { ...row.spans }
  for (const column of columns) {
    delete cells[column]
    delete spans[column]
  }
  Object.assign(cells, after.cells)
  Object.assign(spans, after.spans)
  const { spans: _, ...rest } = row
  return { ...(rest as Of), cells, ...(Object.keys(spans).length > 0 && { spans }) }
}
