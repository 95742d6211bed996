/** Which rows an adjustment removes, moves and adds, and the order that follows. Pure. */
import type { AdjustPlan } from '../../domain/protocol.ts'
import { diffRow } from '../../domain/replay.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import { toPointer } from '../body.ts'
import type { RowWrite } from '../store/commits.ts'
import { type HeadRow, toRow } from '../store/rows.ts'
import { findBadSpan } from '../submission/row-shape.ts'
import { type Placed, placeRows } from './place-rows.ts'
import { refuseAt, requireRows } from './refuse-rows.ts'

/** The rows that end. Throws row-not-found, duplicate-row-id, row-changed. */
export function removeRows({ removed = [] }: AdjustPlan, heads: HeadRow[]): RowWrite[] {
  const rows = requireRows(
    removed.map(({ rowId }) => rowId),
    heads,
    (i) => `/removed/${i}/rowId`,
  )
  refuseStale(removed, rows, 'removed')
  return rows.map(({ row }) => ({ row, kind: 'delete', changes: [], deleted: true }))
}

/**
 * The rows that are new or come back, without their places. `heads`: all rows, deleted ones too. Throws
 * duplicate-row-id, row-not-found, row-changed, invalid.
 */
export function addRows(spec: SheetSpec, { kind, added = [] }: AdjustPlan, heads: HeadRow[]): RowWrite[] {
  const known = new Map(heads.map((head) => [head.row.rowId, head]))
  const seen = new Set<string>()
  const doubled = added.flatMap(({ rowId }, i) => {
    const isThere = seen.has(rowId) || known.get(rowId)?.deleted === false
    seen.add(rowId)
    return isThere ? [`/added/${i}/rowId`] : []
  })
  refuseAt('duplicate-row-id', doubled)
  const strangers = added.flatMap(({ rowId, baseVer }, i) =>
    baseVer > 0 && !known.has(rowId) ? [`/added/${i}/rowId`] : [],
  )
  refuseAt('row-not-found', strangers)
  const back = added.filter(({ rowId }) => known.has(rowId))
  refuseStale(
    back,
    back.flatMap(({ rowId }) => known.get(rowId) ?? []),
    'added',
    (row) => added.indexOf(row),
  )
  return added.map(({ rowId, cells, spans }, i) => {
    const row = toRow(rowId, cells, spans)
    refuseShape(spec, row, i)
    const head = known.get(rowId)
    const changes = diffRow(head?.row, row).map(({ rowId: _, ...change }) => change)
    if (!head) return { row, kind: 'insert', changes, spansConfirmed: true }
    const event = kind === 'erratum' ? 'correct' : 'adjust'
    // Whether its periods are confirmed stays as it was: nobody looked at them by bringing it back.
    return { row, kind: event, changes, deleted: false }
  })
}

function refuseShape(spec: SheetSpec, row: Row, i: number): void {
  const columns = new Set(spec.columns.map(({ key }) => key))
  const stray = Object.keys(row.cells).filter((column) => !columns.has(column))
  refuseAt(
    'invalid',
    stray.map((column) => toPointer(['added', i, 'cells', column])),
    {},
    'column',
  )
  const bad = findBadSpan(spec, row, true)
  if (bad !== undefined) refuseAt('invalid', [`/added/${i}${bad}`], {}, 'span')
}

/** Refuses rows that are not at the version that the request was made from. */
export function refuseStale<Based extends { baseVer: number }>(
  based: readonly Based[],
  heads: readonly HeadRow[],
  list: string,
  indexOf: (row: Based, i: number) => number = (_, i) => i,
): void {
  const stale = based.flatMap((row, i) => (row.baseVer === heads[i]?.ver ? [] : [{ row, i }]))
  const [first] = stale
  if (!first) return
  refuseAt(
    'row-changed',
    stale.map(({ row, i }) => `/${list}/${indexOf(row, i)}/baseVer`),
    { ver: heads[first.i]?.ver ?? 0 },
  )
}

/**
 * The new order keys by row, those of rows that have to make room included, and the rows between which
 * something goes. `heads`: all rows in order. Throws row-not-found, duplicate-row-id, invalid.
 */
export function placeAdjusted(
  { removed = [], moved = [], added = [] }: AdjustPlan,
  heads: HeadRow[],
): { keys: ReadonlyMap<string, string>; around: readonly string[] } {
  const gone = new Set(removed.map(({ rowId }) => rowId))
  const live = heads.filter(({ row, deleted }) => !deleted && !gone.has(row.rowId))
  requireRows(
    moved.map(({ rowId }) => rowId),
    live,
    (i) => `/moved/${i}/rowId`,
  )
  let outline: Placed[] = live.map(({ row, orderKey }) => ({ rowId: row.rowId, orderKey }))
  const keys = new Map<string, string>()
  const around = new Set<string>()
  const place = (rowId: string, after: string | undefined, pointer: string) => {
    const isThere = after === undefined || outline.some((row) => row.rowId === after)
    refuseAt('row-not-found', isThere ? [] : [pointer])
    refuseAt('invalid', after === rowId ? [pointer] : [], {}, 'moved')
    const found = placeRows(outline, [rowId], after)
    for (const row of found.placed) keys.set(row.rowId, row.orderKey)
    for (const row of found.around) around.add(row)
    const orderKeyOf = new Map([...outline, ...found.placed].map((row) => [row.rowId, row.orderKey]))
    outline = [...orderKeyOf].map(([id, orderKey]) => ({ rowId: id, orderKey })).sort(byPlace)
  }
  for (const [i, { rowId, after }] of moved.entries()) place(rowId, after, `/moved/${i}/after`)
  for (const [i, { rowId, after }] of added.entries()) place(rowId, after, `/added/${i}/after`)
  return { keys, around: [...around] }
}

/** As the store sorts them. */
function byPlace(a: Placed, b: Placed): number {
  if (a.orderKey !== b.orderKey) return a.orderKey < b.orderKey ? -1 : 1
  return a.rowId < b.rowId ? -1 : 1
}
