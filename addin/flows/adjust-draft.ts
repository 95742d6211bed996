/**
 * What the table in front says otherwise than the issued plan, kind by kind: texts, units, tasks that are new or
 * missing, and their order. Pure; nothing is decided here, and a task that is missing is only ever proposed.
 */
import { foldText, isBlank } from '../../domain/fold.ts'
import { relateUnits } from '../../domain/infer-units.ts'
import { matchRows } from '../../domain/match-rows.ts'
import type { RowList, ServerRow } from '../../domain/protocol.ts'
import { diffRow } from '../../domain/replay.ts'
import { milestoneKeys, type SheetSpec } from '../../domain/sheet-spec.ts'
import { type CellChange, isProvisional, PROVISIONAL, type Row, type Table, type TableRow } from '../../domain/table.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import {
  type AddedRow,
  type AdjustedRow,
  type Adjustment,
  isAnswerable,
  itemKey,
  type NamedUnits,
} from './adjustment.ts'
import { tasksOf } from './reading.ts'
import { rowsById } from './submission.ts'

/** What is compared with what. `removals`: by rowId, the version at which a row that the sheet still has was removed. */
export type Compared = {
  spec: SheetSpec
  table: Table
  rows: RowList
  registry: UnitRegistry
  removals: ReadonlyMap<string, number>
  newId: () => string
}

export type Differences = Pick<Adjustment, 'isWhole' | 'rows' | 'added' | 'removed' | 'moved' | 'sequence' | 'chosen'>

/** Rows of the sheet that the plan does not list and that carry the id of one that it did. */
export function findStrangers(table: Table, rows: RowList): TableRow[] {
  const heads = rowsById(rows)
  return splitCopies(table, heads).rows.filter(
    ({ rowId, ver = 0 }) => !heads.has(rowId) && !isProvisional(rowId) && ver > 0,
  )
}

/** Undefined where no row of the sheet is one of the plan's. */
export function compareTable(compared: Compared): Differences | undefined {
  const { spec, table, rows, registry, removals, newId } = compared
  const heads = rowsById(rows)
  const matched = matchRows(splitCopies(table, heads), tasksOf(rows)).table
  const present = matched.rows.filter((row) => !isEmpty(row))
  const known = present.flatMap((row) => {
    const head = heads.get(row.rowId)
    return head ? [{ row, head, changes: changesOf(spec, row, head) }] : []
  })
  if (known.length === 0) return undefined
  const strangers = present.filter(({ rowId }) => !heads.has(rowId))
  const edited = known.filter(({ changes }) => changes.length > 0)
  const nameUnits = namesBy(registry, [...strangers, ...edited.map(({ row, changes }) => wordsOf(row, changes))])
  const ids = new Map(strangers.map((row) => [row, removals.has(row.rowId) ? row.rowId : newId()]))
  const added = strangers.map((row): AddedRow => {
    const isCopy = row.rowId.startsWith(COPY)
    const complete = completeSpecRow(spec, row, ids.get(row) ?? row.rowId)
    return { row: complete, baseVer: removals.get(row.rowId) ?? 0, isCopy, ...nameUnits(row.rowId) }
  })
  const listed = new Set(known.map(({ head }) => head.rowId))
  const carried = new Set(table.rows.map(({ rowId }) => rowId))
  const newest = Math.max(...table.rows.map(({ ver = 0 }) => ver))
  // What came into the plan after the sheet was drawn is not missing from it; what was blanked is gone from it.
  const isMissing = ({ rowId, ver }: ServerRow) =>
    !listed.has(rowId) && (carried.has(rowId) || (table.complete && ver <= newest))
  const isBehind = known.some(({ row, head }) => Boolean(row.ver) && row.ver !== head.ver)
  const order = known.map(({ head }) => head.rowId)
  const differences = {
    isWhole: table.complete,
    rows: edited.map((one) => adjustedRow(spec, one, nameUnits)),
    added,
    removed: rows.rows.filter(isMissing).map(({ rowId, ver }) => ({ rowId, ver })),
    moved: table.complete && !isBehind ? movedRows(order, rows) : [],
    sequence: present.map((row) => ({ rowId: ids.get(row) ?? row.rowId, at: row.at ?? 0 })),
  }
  return { ...differences, chosen: proposed(differences) }
}

/** What is chosen at first: nothing that ends or comes back, and no text of which the sheet cannot say how old it is. */
function proposed({ rows, added, moved }: Omit<Differences, 'chosen'>): string[] {
  return [
    ...rows.flatMap(({ rowId, isStale, isUnversioned, units }) =>
      isStale || isUnversioned
        ? []
        : [itemKey('text', rowId), ...(units && isAnswerable(units) ? [itemKey('units', rowId)] : [])],
    ),
    ...added.filter((one) => one.baseVer === 0 && isAnswerable(one)).map(({ row }) => itemKey('added', row.rowId)),
    ...moved.map((rowId) => itemKey('moved', rowId)),
  ]
}

const COPY = `${PROVISIONAL}copy-`

/** A row that was copied with its hidden id is a row of its own: the one that reads as the plan keeps the id. */
function splitCopies(table: Table, heads: ReadonlyMap<string, ServerRow>): Table {
  const byId = new Map<string, TableRow[]>()
  for (const row of table.rows) byId.set(row.rowId, [...(byId.get(row.rowId) ?? []), row])
  const copies = new Set<TableRow>()
  for (const [rowId, rows] of byId) {
    const task = foldText(heads.get(rowId)?.cells.task ?? '')
    const original = rows.find(({ cells }) => foldText(cells.task ?? '') === task) ?? rows[0]
    for (const row of rows) if (row !== original) copies.add(row)
  }
  const split = ({ ver: _, ...row }: TableRow): TableRow => ({ ...row, rowId: `${COPY}${row.at}` })
  return { ...table, rows: table.rows.map((row) => (copies.has(row) ? split(row) : row)) }
}

function isEmpty({ cells }: Row): boolean {
  return Object.values(cells).every(isBlank)
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

type Edited = { row: TableRow; head: ServerRow; changes: CellChange[] }
type NameUnits = (rowId: string) => NamedUnits

function adjustedRow(spec: SheetSpec, { row, head, changes }: Edited, nameUnits: NameUnits): AdjustedRow {
  const milestones = milestoneKeys(spec)
  const changed = new Set(changes.map(({ column }) => column))
  const sent = milestones.some((column) => changed.has(column)) ? new Set([...changed, ...milestones]) : changed
  const only = <Value>(values: Record<string, Value>) =>
    Object.fromEntries(Object.entries(values).filter(([column]) => sent.has(column)))
  const spans = only(row.spans ?? {})
  const units = renamedUnits(head, changed, nameUnits)
  return {
    rowId: head.rowId,
    ver: head.ver,
    isStale: Boolean(row.ver) && row.ver !== head.ver,
    isUnversioned: !row.ver,
    changes,
    cells: only(row.cells),
    ...(Object.keys(spans).length > 0 && { spans }),
    ...(units && !isSameUnits(units, head) && { units }),
  }
}

/** Who answers by the words that changed; where only one of the two cells did, the other's units stay. */
function renamedUnits(head: ServerRow, changed: ReadonlySet<string>, nameUnits: NameUnits): NamedUnits | undefined {
  const [isLead, isSupporting] = [changed.has('leadUnits'), changed.has('supportingUnits')]
  if (!isLead && !isSupporting) return undefined
  const named = nameUnits(head.rowId)
  const lead = isLead ? named.lead : head.lead
  const supporting = isSupporting ? named.supporting : [...head.supporting, ...named.supporting]
  return { ...named, lead, supporting: [...new Set(supporting)].filter((unit) => !lead.includes(unit)) }
}

/** The row with the words alone of its units that changed. */
function wordsOf({ rowId, cells }: Row, changes: readonly CellChange[]): Row {
  const changed = new Set(changes.map(({ column }) => column))
  return { rowId, cells: Object.fromEntries(Object.entries(cells).filter(([column]) => changed.has(column))) }
}

/** Who leads comes first in its list; supporting units stand in no order. */
function isSameUnits({ lead, supporting, unknown }: NamedUnits, head: ServerRow): boolean {
  const sorted = (names: string[]) => [...names].sort().join('\n')
  return (
    unknown.length === 0 && lead.join('\n') === head.lead.join('\n') && sorted(supporting) === sorted(head.supporting)
  )
}

/** Who the words of these rows name, all looked up at once: the registry is indexed for it. */
function namesBy(registry: UnitRegistry, rows: readonly Row[]): NameUnits {
  const words = rows.map(({ rowId, cells }) => ({
    rowId,
    lead: cells.leadUnits ?? '',
    supporting: cells.supportingUnits ?? '',
  }))
  const { relations, doubts } = relateUnits(words, registry)
  const unknown = new Map<string, Set<string>>()
  for (const { rowId = '', params } of doubts)
    if (params.text !== undefined) unknown.set(rowId, (unknown.get(rowId) ?? new Set()).add(String(params.text)))
  const named = new Map(words.map(({ rowId }, i) => [rowId, relations[i]]))
  return (rowId) => ({ lead: [], supporting: [], ...named.get(rowId), unknown: [...(unknown.get(rowId) ?? [])] })
}

/** A new row says something in every column of the plan, or a span covers it. */
function completeSpecRow(spec: SheetSpec, { cells, spans }: Row, rowId: string): Row {
  const milestones = milestoneKeys(spec)
  const covered = new Set<string>()
  for (const [column, length] of Object.entries(spans ?? {}))
    for (const key of milestones.slice(milestones.indexOf(column) + 1, milestones.indexOf(column) + length))
      covered.add(key)
  const texts = spec.columns.filter(({ key }) => !covered.has(key)).map(({ key }) => [key, cells[key] ?? ''])
  return { rowId, cells: Object.fromEntries(texts), ...(spans && Object.keys(spans).length > 0 && { spans }) }
}

/** The fewest rows whose moving makes the order of the sheet out of the plan's; rows that only the plan has stay. */
function movedRows(sheet: readonly string[], rows: RowList): string[] {
  const places = new Map(rows.rows.map(({ rowId }, i) => [rowId, i]))
  const stays = longestRising(sheet.map((rowId) => places.get(rowId) ?? 0))
  return sheet.filter((_, i) => !stays.has(i))
}

/** Indices of a longest rising part of a list of different numbers. */
function longestRising(numbers: readonly number[]): Set<number> {
  /** By length less one: where the part of that length with the lowest end ends. */
  const ends: number[] = []
  const before = new Map<number, number>()
  for (const [i, number] of numbers.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1
      else high = middle
    }
    const previous = ends[low - 1]
    if (previous !== undefined) before.set(i, previous)
    ends[low] = i
  }
  const rising = new Set<number>()
  for (let at = ends.at(-1); at !== undefined; at = before.get(at)) rising.add(at)
  return rising
}
