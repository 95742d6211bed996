/**
 * One submission against the head: takes out what the submitter may not write, merges, checks the
 * merged rows, and says what is to be written and what the receipt reads. Pure: everything it needs
 * was loaded, so a retry is the same call on newer rows.
 */
import { checkTable } from '../../domain/check.ts'
import type { Issue } from '../../domain/issue.ts'
import { mergeTable } from '../../domain/merge.ts'
import type { Receipt, RowOutcome } from '../../domain/protocol.ts'
import type { Row } from '../../domain/table.ts'
import type { Actor } from '../env.ts'
import { rowAt } from '../history.ts'
import type { Expected } from '../store/batch.ts'
import type { RowWrite } from '../store/commits.ts'
import { type StoredConflict, toConflictBody } from '../store/conflicts.ts'
import { ORDER_STEP, roleOn } from '../store/rows.ts'
import { NO_TOTALS, PENDING_VER } from '../store/submissions.ts'
import { toStoredConflict } from './conflict.ts'
import type { Loaded, SubmissionBody } from './load.ts'
import { type Separated, separateRow } from './separate.ts'
import { writableColumns } from './writable.ts'

export type Merged = {
  outcomes: RowOutcome[]
  totals: Receipt['totals']
  issues: Issue[]
  writes: RowWrite[]
  newConflicts: StoredConflict[]
  /** Rows whose outcome depends on their head: guarded by the commit. */
  expected: Expected[]
  /** Merged rows that were taken, for the reasons given with them. */
  accepted: Map<string, Row>
}

type Identity = { actor: Actor; submissionId: string; at: string; newId: () => string }

export function mergeSubmission(body: SubmissionBody, loaded: Loaded, identity: Identity): Merged {
  const { plan, spec, heads, events, outline, parties, registry } = loaded
  const bases = new Map([...body.rows, ...(body.deletes ?? [])].map(({ rowId, baseVer }) => [rowId, baseVer]))
  const baseOf = (rowId: string) => rowAt(heads.get(rowId), events.get(rowId) ?? [], bases.get(rowId) ?? 0)

  const separated = new Map<string, Separated>()
  for (const { rowId, cells, spans } of body.rows) {
    const head = heads.get(rowId)
    const role = roleOn(parties.get(rowId), identity.actor, registry)
    // Only the commission adds rows; a unit's row that nobody knows is reported cell by cell.
    const writable =
      head || identity.actor.role === 'commission' ? writableColumns(plan, spec, identity.actor, role) : []
    const submitted: Row = spans ? { rowId, cells, spans } : { rowId, cells }
    separated.set(rowId, separateRow(spec, writable, submitted, baseOf(rowId), head?.deleted ? undefined : head?.row))
  }

  const merging = [...separated.values()].filter(({ writable }) => writable.length > 0)
  const named = new Set(bases.keys())
  const untouched = (rowId: string): Row => ({ rowId, cells: {} })
  const headRows = outline.map(({ rowId }) => heads.get(rowId)?.row ?? untouched(rowId))
  const result = mergeTable({
    columns: spec.columns.map((column) => column.key),
    base: [
      ...outline.filter(({ rowId }) => !named.has(rowId)).map(({ rowId }) => untouched(rowId)),
      ...[...named].flatMap((rowId) => baseOf(rowId) ?? []),
    ],
    head: headRows,
    submitted: merging.map(({ row }) => row),
    deletes: (body.deletes ?? []).map(({ rowId }) => rowId),
    clears: body.clears ?? [],
  })

  const mergedRows = new Map(result.rows.map((row) => [row.rowId, row]))
  const { issues, errors } = checkMerged(loaded, merging, mergedRows, result.conflicts)
  const by = {
    applied: groupByRow(result.applied),
    converged: groupByRow(result.converged),
    conflicts: groupByRow(result.conflicts),
    held: groupByRow(result.held),
  }
  const inserted = new Set(result.inserted)
  const deleted = new Set(result.deleted)
  const merged: Merged = {
    outcomes: [],
    totals: { ...NO_TOTALS },
    issues,
    writes: [],
    newConflicts: [],
    expected: [],
    accepted: new Map(),
  }

  for (const rowId of named) {
    const head = heads.get(rowId)
    const of = separated.get(rowId)
    const blocked = (errors.get(rowId) ?? []).filter(
      ({ column }) => column === undefined || of?.writable.includes(column),
    )
    const isBlocked = blocked.length > 0 && (of?.writable.length ?? 0) > 0
    const take = <T>(list: T[] | undefined): T[] => (isBlocked ? [] : (list ?? []))
    const applied = take(by.applied.get(rowId))
    const converged = take(by.converged.get(rowId))
    const held = take(by.held.get(rowId))
    const conflicts = take(by.conflicts.get(rowId)).map((conflict) =>
      toStoredConflict(conflict, { loaded, identity, baseVer: bases.get(rowId) ?? 0, row: of?.row }),
    )
    const isDeleted = deleted.has(rowId)
    const isInserted = inserted.has(rowId) && !isBlocked
    const after = mergedRows.get(rowId)
    const isChanged = applied.length > 0 || isInserted || isDeleted
    const ver = isChanged ? PENDING_VER : (head?.ver ?? 0)

    if (isDeleted && head) merged.writes.push({ row: head.row, kind: 'delete', changes: [], deleted: true })
    else if (isInserted && after) {
      const orderKey = orderBetween(result.rows, rowId, outline, merged.writes)
      merged.writes.push({ row: after, kind: 'insert', changes: applied, orderKey, spansConfirmed: true })
    } else if (applied.length > 0 && after) merged.writes.push({ row: after, kind: 'update', changes: applied })
    if (isChanged || conflicts.length > 0 || held.length > 0 || converged.length > 0) {
      merged.expected.push({ rowId, ver: head?.ver ?? 0 })
    }
    merged.newConflicts.push(...conflicts.filter(({ isNew }) => isNew).map(({ conflict }) => conflict))
    if (after && !isBlocked && of && of.writable.length > 0) merged.accepted.set(rowId, after)

    const outcome: RowOutcome = {
      rowId,
      ver,
      outcome: 'unchanged',
      applied,
      converged,
      conflicts: conflicts.map(({ conflict }) => ({ ...toConflictBody(conflict), ver })),
      held: held.map(({ rowId: _, ...rest }) => rest),
      notWritable: of?.notWritable ?? [],
      blocked: isBlocked ? blocked : [],
    }
    outcome.outcome = nameOutcome(outcome, isInserted, isDeleted)
    merged.outcomes.push(outcome)
  }
  merged.totals = sumTotals(merged.outcomes)
  return merged
}

function nameOutcome(row: RowOutcome, isInserted: boolean, isDeleted: boolean): RowOutcome['outcome'] {
  if (row.blocked.length > 0) return 'blocked'
  if (isInserted) return 'inserted'
  if (isDeleted) return 'deleted'
  if (row.applied.length > 0) {
    return row.conflicts.length + row.held.length + row.notWritable.length > 0 ? 'partly' : 'applied'
  }
  if (row.conflicts.length > 0) return 'conflict'
  return row.held.length > 0 ? 'held' : 'unchanged'
}

/** Counts cells, but rows where a row is blocked. */
function sumTotals(outcomes: RowOutcome[]): Receipt['totals'] {
  const totals = { ...NO_TOTALS }
  for (const row of outcomes) {
    totals.applied += row.applied.length
    totals.converged += row.converged.length
    totals.conflicts += row.conflicts.length
    totals.held += row.held.length
    totals.notWritable += row.notWritable.length
    totals.blocked += row.blocked.length > 0 ? 1 : 0
  }
  return totals
}

/**
 * Issues of the merged rows, and errors by row. A submitted text that is in conflict does not stand
 * in the merged row but may later be chosen, so its own texts are checked too.
 */
function checkMerged(
  loaded: Loaded,
  merging: Separated[],
  mergedRows: Map<string, Row>,
  conflicts: { rowId: string }[],
): { issues: Issue[]; errors: Map<string, Issue[]> } {
  const { plan, spec, registry, outline, heads } = loaded
  const rows = merging.flatMap(({ row }) => mergedRows.get(row.rowId) ?? [])
  const planTasks = Object.fromEntries([
    ...rows.map((row) => [row.rowId, row.cells.task ?? '']),
    ...outline.map(({ rowId, task }) => [rowId, task]),
  ])
  const unconfirmed = new Set([...heads].filter(([, head]) => !head.spansConfirmed).map(([rowId]) => rowId))
  const context = { registry, periods: plan.periods, planTasks, unconfirmed }
  const issues = checkTable({ spec, rows, complete: false }, context).map(({ index: _, ...issue }) => issue)
  const disputed = new Set(conflicts.map(({ rowId }) => rowId))
  const proposals = merging.filter(({ row }) => disputed.has(row.rowId)).map(({ row }) => row)
  const inTexts = checkTable({ spec, rows: proposals, complete: false }, context).filter(({ code }) =>
    code.startsWith('text/'),
  )
  const errors = [...issues, ...inTexts].filter(({ severity }) => severity === 'error')
  return {
    issues,
    errors: groupByRow(errors.flatMap((issue) => (issue.rowId ? [{ ...issue, rowId: issue.rowId }] : []))),
  }
}

function groupByRow<T extends { rowId: string }>(items: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(item.rowId)
    if (group) group.push(item)
    else groups.set(item.rowId, [item])
  }
  return groups
}

/** An order key between the neighbours that the merge gave a new row. */
function orderBetween(rows: Row[], rowId: string, outline: Loaded['outline'], writes: RowWrite[]): number {
  const keys = new Map(outline.map((row) => [row.rowId, row.orderKey]))
  for (const { row, orderKey } of writes) if (orderKey !== undefined) keys.set(row.rowId, orderKey)
  const at = rows.findIndex((row) => row.rowId === rowId)
  const before = rows
    .slice(0, at)
    .reverse()
    .find((row) => keys.has(row.rowId))
  const after = rows.slice(at + 1).find((row) => keys.has(row.rowId))
  const low = before ? keys.get(before.rowId)! : undefined
  const high = after ? keys.get(after.rowId)! : undefined
  if (low === undefined) return high === undefined ? ORDER_STEP : high - ORDER_STEP
  return high === undefined ? low + ORDER_STEP : (low + high) / 2
}
