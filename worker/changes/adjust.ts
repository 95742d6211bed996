/**
 * An issued plan changed by one paper: by 任务调整, with its number and its first period, or by 勘误. Texts, tasks
 * that end or are new, their order and their units, all in one commit or not at all.
 */
import type { Annotation } from '../../domain/annotation.ts'
import type { Plan } from '../../domain/plan.ts'
import type { AdjustPlan, PlanChanged } from '../../domain/protocol.ts'
import { diffRow } from '../../domain/replay.ts'
import { milestoneKeys, type SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import { beijingDate } from '../beijing-date.ts'
import { toPointer } from '../body.ts'
import type { Call } from '../endpoint.ts'
import { Refusal } from '../refusal.ts'
import { readAnnotations, selectAnnotations } from '../store/annotations.ts'
import type { RowWrite } from '../store/commits.ts'
import { readRegistry, selectRegistry } from '../store/plans.ts'
import { replaceRelations } from '../store/relations.ts'
import { type HeadRow, type Relation, readRows, selectRows } from '../store/rows.ts'
import { PENDING_VER } from '../store/submissions.ts'
import { findErrors } from '../submission/refuse-errors.ts'
import { findBadSpan } from '../submission/row-shape.ts'
import { adjustRow, closedColumns } from './adjusted-row.ts'
import { addRows, placeAdjusted, refuseStale, removeRows } from './adjusted-table.ts'
import { changePlan } from './change-plan.ts'
import { refuseAt, requireRows } from './refuse-rows.ts'
import { firstDay, refuseDay, resolveRelations } from './relations.ts'

/** `at`: its list of the request, and its place there. */
type Adjusted = { head: HeadRow; row: Row; write: RowWrite; at: [list: string, index: number] }

/**
 * Changes an issued plan. Throws plan-not-issued, row-not-found, duplicate-row-id, row-changed, period-closed,
 * lead-missing, unit-not-found, invalid.
 */
export async function adjustPlan(call: Call<AdjustPlan>): Promise<PlanChanged> {
  const { db, body, params } = call
  const { kind, reason, documentNumber, effectivePeriod, rows, added = [], units = [] } = body
  const written = JSON.stringify([...rows, ...added].map(({ rowId }) => rowId))
  return changePlan(call, {
    select: (sheetId) => [
      selectRows(db, sheetId),
      selectAnnotations(db, sheetId, written),
      ...selectRegistry(db, params.plan ?? ''),
    ],
    prepare: ({ plan, spec, sheetId }, [rowResult, annotations, ...registryResults], now) => {
      if (plan.state === 'collecting') throw new Refusal('plan-not-issued')
      refusePaper(plan, body)
      const today = beijingDate(now)
      // A plan may be adjusted before it begins: its units then answer from its first day on.
      const effectiveOn = body.effectiveOn ?? [today, firstDay(plan)].sort().at(-1) ?? today
      refuseDay(plan, effectiveOn, today)
      refuseContradictions(body)
      const heads = readRows(rowResult)
      const registry = readRegistry(registryResults)
      const adjusted = adjustRows(spec, body, heads)
      const arriving = addRows(spec, body, heads)
      if (kind === 'adjustment') refuseClosed(plan, spec, body, [...adjusted, ...returning(arriving, heads)])
      const relations = relationsOf(body, heads, registry, effectiveOn)
      const table = [...removeRows(body, heads), ...arriving]
      const { keys, around } = placeAdjusted(body, heads)
      const changed = adjusted.filter(({ write }) => write.changes.length > 0).map(({ write }) => write)
      const writes = placeWrites([...changed, ...table], keys, heads)
      if (writes.length + relations.length === 0) refuseAt('invalid', ['/rows'], {}, 'unchanged')
      refuseErrors(plan, spec, registry, body, writes, readAnnotations(annotations))
      const versions = new Map(heads.map(({ row, ver }) => [row.rowId, ver]))
      const moved = new Set(writes.map(({ row }) => row.rowId))
      const named = [...adjusted.map(({ row }) => row), ...units].map(({ rowId }) => rowId)
      const isRelated = relations.length > 0
      return {
        kind,
        why: { reason, documentNumber, effectivePeriod, ...(isRelated && { effectiveOn }) },
        expected: [...new Set([...named, ...moved, ...around])].map((rowId) => ({
          rowId,
          ver: versions.get(rowId) ?? 0,
        })),
        writes,
        // Who read before whom a row belongs to commits nothing any more.
        raisesEpoch: isRelated,
        statements: isRelated
          ? replaceRelations(
              db,
              sheetId,
              effectiveOn,
              [...units, ...added].map(({ rowId }) => rowId),
              relations,
            )
          : [],
        rows: [...new Set([...named, ...moved])].map((rowId) => ({
          rowId,
          ver: moved.has(rowId) ? PENDING_VER : (versions.get(rowId) ?? 0),
        })),
      }
    },
  })
}

/** A row that ends cannot be changed besides. */
function refuseContradictions({ rows, removed = [], moved = [], units = [] }: AdjustPlan): void {
  const gone = new Set(removed.map(({ rowId }) => rowId))
  const stray = Object.entries({ rows, moved, units }).flatMap(([list, named]) =>
    named.flatMap(({ rowId }, i) => (gone.has(rowId) ? [`/${list}/${i}/rowId`] : [])),
  )
  refuseAt('invalid', stray, {}, 'removed')
}

function adjustRows(spec: SheetSpec, body: AdjustPlan, heads: HeadRow[]): Adjusted[] {
  const named = requireRows(
    body.rows.map(({ rowId }) => rowId),
    heads,
    (i) => `/rows/${i}/rowId`,
  )
  refuseStale(body.rows, named, 'rows')
  return named.map((head, i) => adjust(spec, body, head, i))
}

/** Of the rows that `added` writes, in its order, those that were there before. */
function returning(arriving: RowWrite[], heads: HeadRow[]): Adjusted[] {
  const known = new Map(heads.map((head) => [head.row.rowId, head]))
  return arriving.flatMap((write, i): Adjusted[] => {
    const head = known.get(write.row.rowId)
    return head ? [{ head, row: write.row, write, at: ['added', i] }] : []
  })
}

/** The units of rows that change hands, and of rows that are new. */
function relationsOf(
  { units = [], added = [] }: AdjustPlan,
  heads: HeadRow[],
  registry: UnitRegistry,
  day: string,
): Relation[] {
  requireRows(
    units.map(({ rowId }) => rowId),
    heads,
    (i) => `/units/${i}/rowId`,
  )
  return [...resolveRelations(units, 'units', registry, day), ...resolveRelations(added, 'added', registry, day)]
}

/** One event a row: with its place where it has a new one, and an event of its own for a row that only moves. */
function placeWrites(writes: RowWrite[], keys: ReadonlyMap<string, string>, heads: HeadRow[]): RowWrite[] {
  const written = new Set(writes.map(({ row }) => row.rowId))
  const placed = writes.map((write) => {
    const orderKey = keys.get(write.row.rowId)
    return orderKey === undefined ? write : { ...write, orderKey }
  })
  const moves = heads.flatMap(({ row }): RowWrite[] => {
    const orderKey = keys.get(row.rowId)
    return orderKey === undefined || written.has(row.rowId) ? [] : [{ row, kind: 'move', changes: [], orderKey }]
  })
  return [...placed, ...moves]
}

/** Errors in what is written, each at its cell of the request. */
function refuseErrors(
  plan: Plan,
  spec: SheetSpec,
  registry: UnitRegistry,
  { rows, added = [] }: AdjustPlan,
  writes: RowWrite[],
  annotations: Annotation[],
): void {
  const pointerOf = new Map<string, [list: string, index: number]>([
    ...rows.map(({ rowId }, i) => [rowId, ['rows', i]] as [string, [string, number]]),
    ...added.map(({ rowId }, i) => [rowId, ['added', i]] as [string, [string, number]]),
  ])
  // Of a row that comes back only what it says otherwise than before: it may have been left with a blank. A new
  // one is checked whole, columns that it does not name too.
  const everything = spec.columns.map(({ key }) => ({ column: key }))
  const texts = writes.flatMap(({ row, kind, changes }) =>
    pointerOf.has(row.rowId) ? [{ row, changes: kind === 'insert' ? everything : changes }] : [],
  )
  const errors = findErrors(plan, spec, registry, texts, annotations).map(({ rowId, column, code }) => ({
    pointer: toPointer([...(pointerOf.get(rowId) ?? []), 'cells', column]),
    detail: code,
  }))
  if (errors.length > 0) throw new Refusal('invalid', { count: errors.length }, errors.slice(0, 20))
}

/** An adjustment needs its paper and, where the plan has periods, the first that it changes; an erratum neither. */
function refusePaper({ periods }: Plan, { kind, documentNumber, effectivePeriod }: AdjustPlan): void {
  const isKnown = periods.some(({ key }) => key === effectivePeriod)
  if (kind === 'erratum') {
    if (effectivePeriod !== undefined) refuseAt('invalid', ['/effectivePeriod'], {}, 'not-for-erratum')
    return
  }
  if (documentNumber === undefined) refuseAt('invalid', ['/documentNumber'], {}, 'missing')
  if (effectivePeriod === undefined && periods.length > 0) refuseAt('invalid', ['/effectivePeriod'], {}, 'missing')
  if (effectivePeriod !== undefined && !isKnown) refuseAt('invalid', ['/effectivePeriod'], {}, 'unknown')
}

/** Throws invalid for columns and spans that make no sense. */
function adjust(spec: SheetSpec, { kind, rows }: AdjustPlan, head: HeadRow, i: number): Adjusted {
  const { cells, spans = {} } = rows[i]!
  const columns = new Set(spec.columns.map(({ key }) => key))
  const stray = Object.keys(cells).filter((column) => !columns.has(column))
  refuseAt(
    'invalid',
    stray.map((column) => toPointer(['rows', i, 'cells', column])),
    {},
    'column',
  )
  const row = adjustRow(spec, head.row, { cells, spans })
  const bad = findBadSpan(spec, { cells, spans }, false) ?? findBadSpan(spec, row, true)
  if (bad !== undefined) refuseAt('invalid', [`/rows/${i}${bad}`], {}, 'span')
  const changes = diffRow(head.row, row).map(({ rowId: _, ...change }) => change)
  return { head, row, write: { row, kind: kind === 'erratum' ? 'correct' : 'adjust', changes }, at: ['rows', i] }
}

/**
 * Milestones before the first period of the adjustment stay, also of a row that comes back. Where nobody has confirmed which periods
 * the cells of a row stand for, that cannot be told, so they are confirmed first.
 */
function refuseClosed(plan: Plan, spec: SheetSpec, { effectivePeriod }: AdjustPlan, adjusted: Adjusted[]): void {
  if (effectivePeriod === undefined) return
  const milestones = milestoneKeys(spec)
  const unconfirmed = adjusted.flatMap(({ head, write, at }) =>
    !head.spansConfirmed && write.changes.some(({ column }) => milestones.includes(column)) ? [toPointer(at)] : [],
  )
  refuseAt('invalid', unconfirmed, {}, 'spans-unconfirmed')
  const closed = adjusted.flatMap(({ head, row, at }) =>
    closedColumns(spec, head.row, row, effectivePeriod).map((column) => toPointer([...at, 'cells', column])),
  )
  const period = plan.periods.find(({ key }) => key === effectivePeriod)?.label ?? effectivePeriod
  refuseAt('period-closed', closed, { period })
}
