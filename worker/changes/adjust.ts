/** Texts of an issued plan: by 任务调整, with its paper and its first period, or by 勘误. */
import type { Plan } from '../../domain/plan.ts'
import type { AdjustPlan, PlanChanged } from '../../domain/protocol.ts'
import { diffRow } from '../../domain/replay.ts'
import { milestoneKeys, type SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import { toPointer } from '../body.ts'
import type { Call } from '../endpoint.ts'
import { Refusal } from '../refusal.ts'
import { readAnnotations, selectAnnotations } from '../store/annotations.ts'
import type { RowWrite } from '../store/commits.ts'
import { readRegistry, selectRegistry } from '../store/plans.ts'
import { type HeadRow, readRows, selectSomeRows } from '../store/rows.ts'
import { PENDING_VER } from '../store/submissions.ts'
import { findErrors } from '../submission/refuse-errors.ts'
import { findBadSpan } from '../submission/row-shape.ts'
import { adjustRow, closedColumns } from './adjusted-row.ts'
import { changePlan } from './change-plan.ts'
import { refuseAt, requireRows } from './refuse-rows.ts'

type Adjusted = { head: HeadRow; row: Row; write: RowWrite }

/**
 * Changes texts of an issued plan. Throws plan-not-issued, row-not-found, duplicate-row-id,
 * row-changed, period-closed, invalid.
 */
export async function adjustPlan(call: Call<AdjustPlan>): Promise<PlanChanged> {
  const { db, body, params } = call
  const { kind, reason, documentNumber, effectivePeriod } = body
  const rowIds = body.rows.map(({ rowId }) => rowId)
  return changePlan(call, {
    select: (sheetId) => [
      selectSomeRows(db, sheetId, JSON.stringify(rowIds)),
      selectAnnotations(db, sheetId, JSON.stringify(rowIds)),
      ...selectRegistry(db, params.plan ?? ''),
    ],
    prepare: ({ plan, spec }, [rows, annotations, ...registry]) => {
      if (plan.state === 'collecting') throw new Refusal('plan-not-issued')
      refusePaper(plan, body)
      const heads = requireRows(rowIds, readRows(rows), (i) => `/rows/${i}/rowId`)
      refuseStale(body, heads)
      const adjusted = heads.map((head, i) => adjust(spec, body, head, i))
      const changed = adjusted.filter(({ write }) => write.changes.length > 0)
      if (changed.length === 0) refuseAt('invalid', ['/rows'], {}, 'unchanged')
      if (kind === 'adjustment') refuseClosed(plan, spec, body, adjusted)
      const errors = findErrors(
        plan,
        spec,
        readRegistry(registry),
        changed.map(({ row, write }) => ({ row, changes: write.changes })),
        readAnnotations(annotations),
      ).map(({ rowId, column, code }) => ({
        pointer: toPointer(['rows', rowIds.indexOf(rowId), 'cells', column]),
        detail: code,
      }))
      if (errors.length > 0) throw new Refusal('invalid', { count: errors.length }, errors.slice(0, 20))
      return {
        kind,
        why: { reason, documentNumber, effectivePeriod },
        expected: heads.map(({ row, ver }) => ({ rowId: row.rowId, ver })),
        writes: changed.map(({ write }) => write),
        rows: adjusted.map(({ head, write }) => ({
          rowId: head.row.rowId,
          ver: write.changes.length > 0 ? PENDING_VER : head.ver,
        })),
      }
    },
  })
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

function refuseStale({ rows }: AdjustPlan, heads: HeadRow[]): void {
  const stale = heads.flatMap(({ ver }, i) => (rows[i]?.baseVer === ver ? [] : [i]))
  const [first] = stale
  if (first === undefined) return
  refuseAt(
    'row-changed',
    stale.map((i) => `/rows/${i}/baseVer`),
    { ver: heads[first]?.ver ?? 0 },
  )
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
  return { head, row, write: { row, kind: kind === 'erratum' ? 'correct' : 'adjust', changes } }
}

/**
 * Milestones before the first period of the adjustment stay. Where nobody has confirmed which periods
 * the cells of a row stand for, that cannot be told, so they are confirmed first.
 */
function refuseClosed(plan: Plan, spec: SheetSpec, { effectivePeriod }: AdjustPlan, adjusted: Adjusted[]): void {
  if (effectivePeriod === undefined) return
  const milestones = milestoneKeys(spec)
  const unconfirmed = adjusted.flatMap(({ head, write }, i) =>
    !head.spansConfirmed && write.changes.some(({ column }) => milestones.includes(column)) ? [`/rows/${i}`] : [],
  )
  refuseAt('invalid', unconfirmed, {}, 'spans-unconfirmed')
  const closed = adjusted.flatMap(({ head, row }, i) =>
    closedColumns(spec, head.row, row, effectivePeriod).map((column) => toPointer(['rows', i, 'cells', column])),
  )
  const period = plan.periods.find(({ key }) => key === effectivePeriod)?.label ?? effectivePeriod
  refuseAt('period-closed', closed, { period })
}
