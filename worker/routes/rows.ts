/** Rows: what an actor works on, confirmed spans, and the history of a row. */

import type { z } from 'zod/mini'
import { foldText } from '../../domain/fold.ts'
import { ConfirmSpans, History, RowList, ServerRow } from '../../domain/protocol.ts'
import { diffRow } from '../../domain/replay.ts'
import { milestoneKeys, type SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import { beijingDate } from '../beijing-date.ts'
import type { Call } from '../endpoint.ts'
import { type Endpoint, endpoint, endpointWithBody } from '../endpoint.ts'
import { groupBy } from '../group-by.ts'
import { notCollecting } from '../plan-state.ts'
import { Refusal } from '../refusal.ts'
import { reviewsOfRows } from '../reviews.ts'
import { issuesOfRows } from '../row-issues.ts'
import { readReviews, selectReviews, tellAnnotations } from '../store/annotations.ts'
import { batchFailure, emptyGuard, guardStatement, runBatch } from '../store/batch.ts'
import { commitStatements } from '../store/commits.ts'
import {
  concerns,
  readConflicts,
  readOpenCounts,
  selectConflicts,
  selectOpenCounts,
  toConflictBody,
} from '../store/conflicts.ts'
import { findPlan, type PlanSheet, readRegistry, selectRegistry, sheetIdOf } from '../store/plans.ts'
import { type HeadRow, readEvents, readParties, roleOn, selectEvents, selectParties } from '../store/rows.ts'
import { type ReceiptOfCommit, readReceipts, selectReceipts } from '../store/submission-list.ts'
import { findEarlier, insertSubmission, NO_TOTALS } from '../store/submissions.ts'
import { readWholePlan, selectWholePlan } from '../store/whole-plan.ts'
import { refuseErrors } from '../submission/refuse-errors.ts'
import { findBadSpan } from '../submission/row-shape.ts'
import { writableColumns } from '../submission/writable.ts'

const EVERYONE = ['unit', 'commission', 'supervision', 'admin'] as const

export const rowEndpoints: Endpoint[] = [
  endpoint(
    {
      method: 'get',
      path: '/api/plans/:plan/rows',
      summary: '任务：单位见其牵头与配合的，其余见全部',
      roles: EVERYONE,
      answer: { status: 200, schema: RowList },
      refusals: ['plan-not-found'],
    },
    listRows,
  ),
  endpointWithBody(
    {
      method: 'post',
      path: '/api/plans/:plan/rows/:row/spans',
      summary: '确认合并格对应的期次',
      roles: ['commission'],
      idempotencyKey: 'optional',
      answer: { status: 200, schema: ServerRow },
      refusals: [
        'plan-not-found',
        'row-not-found',
        'row-changed',
        'texts-frozen',
        'plan-archived',
        'idempotency-key-missing',
        'idempotency-key-reused',
      ],
    },
    ConfirmSpans,
    confirmSpans,
  ),
  endpoint(
    {
      method: 'get',
      path: '/api/plans/:plan/rows/:row/history',
      summary: '一项任务的变更记录',
      roles: EVERYONE,
      answer: { status: 200, schema: History },
      refusals: ['plan-not-found', 'row-not-found'],
    },
    showHistory,
  ),
]

async function loadRows({ db, params, services, caller }: Call<unknown>, rowId?: string) {
  const planId = params.plan ?? ''
  const only = rowId === undefined ? undefined : JSON.stringify([rowId])
  const [conflicts, ...whole] = await db.batch([
    selectOpenCounts(db, sheetIdOf(planId)),
    ...selectWholePlan(db, planId, beijingDate(services.now()), only),
  ])
  const loaded = await readWholePlan(db, whole, planId, caller.actor)
  const { planSheet, registry: units, heads, parties: related, annotations, sentRows } = loaded
  const open = readOpenCounts(conflicts)
  const annotationsOf = groupBy(annotations, ({ rowId }) => rowId)
  const reviews = reviewsOfRows(planSheet, heads, annotations, sentRows, related)
  const toServerRow = ({ row, ver, spansConfirmed }: HeadRow): z.infer<typeof ServerRow> => {
    const role = roleOn(related.get(row.rowId), caller.actor, units)
    const review = reviews.get(row.rowId)
    const told = tellAnnotations(planSheet, row, annotationsOf.get(row.rowId) ?? [], caller.actor)
    return {
      ...row,
      ver,
      spansConfirmed,
      role,
      writable: writableColumns(planSheet.plan, planSheet.spec, caller, row.rowId, role),
      lead: (related.get(row.rowId)?.lead ?? []).map(({ name }) => name),
      supporting: (related.get(row.rowId)?.supporting ?? []).map(({ name }) => name),
      openConflicts: open.get(row.rowId) ?? 0,
      ...(review ? { review } : {}),
      ...(told.length > 0 ? { annotations: told } : {}),
    }
  }
  return { planSheet, heads, toServerRow, units, annotations }
}

async function listRows(call: Call<unknown>) {
  const { planSheet, heads, toServerRow, units, annotations } = await loadRows(call)
  const isUnit = call.caller.actor.role === 'unit'
  const listed = heads
    .map((head) => ({ head, row: toServerRow(head) }))
    .filter(({ row }) => !isUnit || row.role !== 'none')
  // Whatever others wrote since the last pull, or a merge put together, shows here at the latest.
  const mine = listed.filter(({ row }) => row.writable.length > 0).map(({ head }) => head)
  const isWhole = !isUnit && mine.length === listed.length
  const found = issuesOfRows(planSheet, mine, units, annotations, isWhole)
  const issues = groupBy(found, ({ rowId = '' }) => rowId)
  const rows = listed.map(({ row }) => {
    const own = (issues.get(row.rowId) ?? []).filter(
      ({ column }) => column === undefined || row.writable.includes(column),
    )
    return own.length > 0 ? { ...row, issues: own.map(({ index: _, ...issue }) => issue) } : row
  })
  const { plan, seq } = planSheet
  return { value: { planId: plan.id, state: plan.state, seq, rows } }
}

async function confirmSpans(call: Call<z.infer<typeof ConfirmSpans>>) {
  const { db, body, params, caller, raw, services } = call
  const rowId = params.row ?? ''
  const { planSheet, heads, toServerRow } = await loadRows(call, rowId)
  const [head] = heads
  if (!head) throw new Refusal('row-not-found')
  // The same request again: it is done, and the row is answered as it is now.
  if (await findEarlier(call)) return { value: toServerRow(head) }
  if (head.ver !== body.baseVer) throw new Refusal('row-changed', { ver: head.ver })
  if (planSheet.plan.state === 'archived') throw notCollecting(planSheet.plan)
  const row = correctSpans(planSheet, head.row, body)

  const { plan, spec, sheetId, epoch } = planSheet
  const changes = diffRow(head.row, row)
  await refuseErrors(db, plan, spec, row, changes)
  const who = { actorId: caller.actor.id, keyId: caller.key.id, at: services.now().toISOString() }
  const submissionId = services.newId()
  try {
    await runBatch(db, [
      guardStatement(db, { keyId: caller.key.id, at: who.at, sheetId, epoch, expected: [{ rowId, ver: head.ver }] }),
      ...commitStatements(db, { sheetId, kind: 'confirm', ...who }, [
        { row, kind: 'confirm', changes, spansConfirmed: true },
      ]),
      ...insertSubmission(db, {
        id: submissionId,
        planId: plan.id,
        sheetId,
        kind: 'confirm',
        path: call.path,
        ...who,
        idempotencyKey: call.idempotencyKey ?? submissionId,
        bodySha256: raw.sha256,
        body: raw.text,
        status: 'accepted',
        hasCommit: true,
        rowOutcomes: [[rowId, 'confirmed']],
        totals: { ...NO_TOTALS, applied: changes.length },
        result: '{}',
      }),
      emptyGuard(db),
    ])
  } catch (error) {
    if (error instanceof Refusal) throw error
    const landed = await findEarlier(call)
    if (!landed) {
      if (batchFailure(error) === 'other') throw error
      throw new Refusal('row-changed', { ver: (await loadRows(call, rowId)).heads[0]?.ver ?? head.ver })
    }
  }
  const after = await loadRows(call, rowId)
  return { value: after.toServerRow(after.heads[0]!) }
}

/** The row with the spans of its milestones as given; as proposed where none are. */
function correctSpans({ plan, spec }: PlanSheet, row: Row, body: z.infer<typeof ConfirmSpans>): Row {
  if (body.cells === undefined && body.spans === undefined) return row
  const columns = milestoneKeys(spec)
  const others = Object.entries(row.cells).filter(([column]) => !columns.includes(column))
  const stray = Object.keys(body.cells ?? {}).find((column) => !columns.includes(column))
  if (stray !== undefined) throw invalidAt(`/cells/${stray}`)
  const cells = body.cells ?? milestoneCells(spec, row)
  const corrected: Row = { rowId: row.rowId, cells: { ...Object.fromEntries(others), ...cells } }
  const spans = body.spans ?? {}
  if (Object.keys(spans).length > 0) corrected.spans = spans
  const bad = findBadSpan(spec, corrected, true)
  if (bad !== undefined) throw invalidAt(bad)
  if (plan.state === 'issued' && textsOf(spec, row) !== textsOf(spec, corrected)) throw new Refusal('texts-frozen')
  return corrected
}

function milestoneCells(spec: SheetSpec, row: Row): Record<string, string> {
  const columns = milestoneKeys(spec)
  return Object.fromEntries(Object.entries(row.cells).filter(([column]) => columns.includes(column)))
}

/** The texts of the milestones in their order, whatever periods they stand in. */
function textsOf(spec: SheetSpec, row: Row): string {
  const texts = milestoneKeys(spec).flatMap((column) => foldText(row.cells[column] ?? '') || [])
  return JSON.stringify(texts)
}

function invalidAt(pointer: string): Refusal {
  return new Refusal('invalid', { count: 1 }, [{ pointer, detail: 'span' }])
}

async function showHistory({ db, params, services, caller }: Call<unknown>) {
  const rowId = params.row ?? ''
  const { plan, sheetId } = await findPlan(db, params.plan ?? '', caller.actor)
  const [events, receiptResult, reviews, conflicts, parties, ...registry] = await db.batch([
    selectEvents(db, sheetId, rowId),
    selectReceipts(db, plan.id, { sheetId, rowId }),
    selectReviews(db, sheetId, rowId),
    selectConflicts(db, sheetId, { rowIds: JSON.stringify([rowId]) }),
    selectParties(db, sheetId, beijingDate(services.now())),
    ...selectRegistry(db, plan.id),
  ])
  const role = roleOn(readParties(parties).get(rowId), caller.actor, readRegistry(registry))
  const list = readEvents(events)
  if (list.length === 0 || (caller.actor.role === 'unit' && role === 'none')) throw new Refusal('row-not-found')
  const receipts = readReceipts(receiptResult)
  return {
    value: {
      events: list.map(({ seq, rowId: id, kind, actorName, at, changes, reason, documentNumber, effectivePeriod }) => ({
        seq,
        rowId: id,
        kind,
        ...(reason !== undefined ? { reason } : {}),
        ...(documentNumber !== undefined ? { documentNumber } : {}),
        ...(effectivePeriod !== undefined ? { effectivePeriod } : {}),
        by: actorName,
        at,
        ...toldReceipt(receipts.get(seq)),
        changes,
      })),
      conflicts: readConflicts(conflicts)
        .filter((conflict) => concerns(conflict, caller.actor, role))
        .map(toConflictBody),
      reviews: readReviews(reviews),
    },
  }
}

function toldReceipt(of: ReceiptOfCommit | undefined): { receipt?: string; broughtBy?: string } {
  return of ? { receipt: of.number, ...(of.broughtBy !== undefined ? { broughtBy: of.broughtBy } : {}) } : {}
}
