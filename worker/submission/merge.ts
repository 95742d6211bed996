/**
 * One submission against the head: takes out what the submitter may not write, merges, checks the
 * merged rows, and says what is to be written and what the receipt reads. Pure: everything it needs
 * was loaded, so a retry is the same call on newer rows.
 */

import type { Annotation } from '../../domain/annotation.ts'
import { mergeTable } from '../../domain/merge.ts'
import type { Receipt, RowOutcome } from '../../domain/protocol.ts'
import type { Row } from '../../domain/table.ts'
import { sameUnitSet } from '../../domain/unit-list.ts'
import type { Caller } from '../env.ts'
import { groupBy } from '../group-by.ts'
import { rowAt } from '../history.ts'
import { keysBetween } from '../order-key.ts'
import type { Expected } from '../store/batch.ts'
import type { RowWrite } from '../store/commits.ts'
import { type StoredConflict, toConflictBody } from '../store/conflicts.ts'
import { roleOn } from '../store/rows.ts'
import { NO_TOTALS, PENDING_VER } from '../store/submissions.ts'
import { checkMerged, errorsOf, type MergedIssue } from './check-merged.ts'
import { toStoredConflict } from './conflict.ts'
import type { Loaded, SubmissionBody } from './load.ts'
import { explainMerged, reasonsOf } from './reasons.ts'
import { type Separated, separateRow } from './separate.ts'
import { writableColumns } from './writable.ts'

export type Merged = {
  outcomes: RowOutcome[]
  totals: Receipt['totals']
  issues: MergedIssue[]
  writes: RowWrite[]
  newConflicts: StoredConflict[]
  /** Rows whose outcome depends on their head: guarded by the commit. */
  expected: Expected[]
  /** Conflicts of before that the receipt tells as waiting: guarded as well. */
  awaited: string[]
  /** Rows that were taken, as their submitter sees them: submitted texts over merged ones; with its columns. */
  accepted: Map<string, { row: Row; writable: string[] }>
  /** Those given with it that are kept. */
  reasons: Annotation[]
}

type Identity = Caller & { submissionId: string; at: string; newId: () => string }

export function mergeSubmission(body: SubmissionBody, loaded: Loaded, identity: Identity): Merged {
  const { plan, spec, heads, events, outline, parties, registry } = loaded
  const { actor } = identity
  const bases = new Map(
    [...body.rows, ...(body.deletes ?? [])].map(({ rowId, baseVer }) => [
      rowId,
      { ver: baseVer, row: rowAt(heads.get(rowId), events.get(rowId) ?? [], baseVer) },
    ]),
  )

  const separated = new Map<string, Separated>()
  for (const { rowId, cells, spans } of body.rows) {
    const head = heads.get(rowId)
    const role = roleOn(parties.get(rowId), actor, registry)
    // Only the commission adds rows; a unit's row that nobody knows is reported cell by cell.
    const writable = head || actor.role === 'commission' ? writableColumns(plan, spec, identity, rowId, role) : []
    const submitted: Row = spans ? { rowId, cells, spans } : { rowId, cells }
    const base = bases.get(rowId)?.row
    separated.set(rowId, separateRow(spec, writable, submitted, base, head?.deleted ? undefined : head?.row))
  }

  const merging = [...separated.values()].filter(({ writable }) => writable.length > 0)
  const untouched = (rowId: string): Row => ({ rowId, cells: {} })
  // Who names every row that was there has not seen those that were added since; who names some may have.
  const unseen = new Set(outline.filter(({ isNew }) => isNew).map(({ rowId }) => rowId))
  const isWhole = outline.every(({ rowId }) => bases.has(rowId) || unseen.has(rowId))
  const isKnown = (rowId: string) => !(isWhole && unseen.has(rowId))
  const result = mergeTable({
    columns: spec.columns.map((column) => column.key),
    base: [
      ...outline.filter(({ rowId }) => isKnown(rowId) && !bases.has(rowId)).map(({ rowId }) => untouched(rowId)),
      ...[...bases.values()].flatMap(({ row }) => row ?? []),
    ],
    head: outline.map(({ rowId }) => heads.get(rowId)?.row ?? untouched(rowId)),
    submitted: merging.map(({ row }) => row),
    deletes: (body.deletes ?? []).map(({ rowId }) => rowId),
    clears: body.clears ?? [],
    // Who leads comes first in its list; supporting units stand in no order.
    sameText: (column, a, b) => column === 'supportingUnits' && sameUnitSet(a, b),
  })

  const mergedRows = new Map(result.rows.map((row) => [row.rowId, row]))
  const { issues, errors } = checkMerged(loaded, { separated: merging, bases, result }, mergedRows)
  const rowIdOf = ({ rowId }: { rowId: string }) => rowId
  const by = {
    applied: groupBy(result.applied, rowIdOf),
    converged: groupBy(result.converged, rowIdOf),
    conflicts: groupBy(result.conflicts, rowIdOf),
    held: groupBy(result.held, rowIdOf),
  }
  const inserted = new Set(result.inserted)
  const deleted = new Set(result.deleted)
  const orderKeys = placeInserted(result.rows, inserted, outline)
  const merged: Merged = {
    outcomes: [],
    totals: { ...NO_TOTALS },
    issues,
    writes: [],
    newConflicts: [],
    expected: [],
    awaited: [],
    accepted: new Map(),
    reasons: [],
  }

  for (const [rowId, base] of bases) {
    const head = heads.get(rowId)
    const of = separated.get(rowId)
    const found = { applied: by.applied.get(rowId) ?? [], conflicts: by.conflicts.get(rowId) ?? [] }
    const isWriting = of !== undefined && of.writable.length > 0
    const blocked = isWriting
      ? errorsOf(actor, spec, of.writable, errors.get(rowId) ?? [], found.applied, found.conflicts)
      : []
    const isBlocked = blocked.length > 0
    const applied = isBlocked ? [] : found.applied
    const converged = isBlocked ? [] : (by.converged.get(rowId) ?? [])
    const held = isBlocked ? [] : (by.held.get(rowId) ?? [])
    const conflicts = (isBlocked ? [] : found.conflicts).map((conflict) =>
      toStoredConflict(conflict, { loaded, identity, base, row: of?.row }),
    )
    const isDeleted = deleted.has(rowId)
    const isInserted = inserted.has(rowId) && !isBlocked
    const after = mergedRows.get(rowId)
    const isChanged = applied.length > 0 || isInserted || isDeleted
    const ver = isChanged ? PENDING_VER : (head?.ver ?? 0)

    if (isDeleted && head) merged.writes.push({ row: head.row, kind: 'delete', changes: [], deleted: true })
    else if (isInserted && after) {
      const orderKey = orderKeys.get(rowId)!
      merged.writes.push({ row: after, kind: 'insert', changes: applied, orderKey, spansConfirmed: true })
    } else if (applied.length > 0 && after) merged.writes.push({ row: after, kind: 'update', changes: applied })
    if (isChanged || conflicts.length > 0 || held.length > 0 || converged.length > 0) {
      merged.expected.push({ rowId, ver: head?.ver ?? 0 })
    }
    merged.newConflicts.push(...conflicts.filter(({ isNew }) => isNew).map(({ conflict }) => conflict))
    merged.awaited.push(
      ...conflicts.filter(({ isNew, conflict }) => !isNew && conflict.isOpen).map(({ conflict }) => conflict.id),
    )
    if (after && isWriting && !isBlocked) {
      const row = { ...after, cells: { ...after.cells, ...of.row.cells } }
      merged.accepted.set(rowId, { row, writable: of.writable })
    }

    const outcome: RowOutcome = {
      rowId,
      ver,
      outcome: 'unchanged',
      ...(head?.deleted ? { isGone: true } : {}),
      applied,
      converged,
      conflicts: conflicts.map(({ conflict }) => ({ ...toConflictBody(conflict), ver })),
      held: held.map(({ rowId: _, ...rest }) => rest),
      notWritable: of?.notWritable ?? [],
      blocked,
    }
    outcome.outcome = nameOutcome(outcome, isInserted, isDeleted)
    merged.outcomes.push(outcome)
  }
  merged.totals = sumTotals(merged.outcomes)
  merged.reasons = reasonsOf(body, loaded, merged.accepted)
  merged.issues = explainMerged(issues, loaded, result.rows, merged.reasons, { by: actor.name, at: identity.at })
  return merged
}

function nameOutcome(row: RowOutcome, isInserted: boolean, isDeleted: boolean): RowOutcome['outcome'] {
  if (row.blocked.length > 0) return 'blocked'
  if (isInserted) return 'inserted'
  if (isDeleted) return 'deleted'
  if (row.applied.length > 0) {
    return row.conflicts.length + row.held.length + row.notWritable.length > 0 ? 'partly' : 'applied'
  }
  if (row.conflicts.some(({ status }) => status === 'open')) return 'conflict'
  if (row.held.length > 0) return 'held'
  return row.conflicts.length > 0 ? 'decided' : 'unchanged'
}

/** Counts cells, but rows where a row is blocked. */
function sumTotals(outcomes: RowOutcome[]): Receipt['totals'] {
  const totals = { ...NO_TOTALS }
  let decided = 0
  for (const row of outcomes) {
    totals.applied += row.applied.length
    totals.converged += row.converged.length
    const open = row.conflicts.filter(({ status }) => status === 'open').length
    totals.conflicts += open
    decided += row.conflicts.length - open
    totals.held += row.held.length
    totals.notWritable += row.notWritable.length
    totals.blocked += row.blocked.length > 0 ? 1 : 0
  }
  return decided > 0 ? { ...totals, decided } : totals
}

/** Order keys of the new rows, between those of the rows that the merge put them between. */
function placeInserted(rows: Row[], inserted: Set<string>, outline: Loaded['outline']): Map<string, string> {
  const placed = new Map<string, string>()
  if (inserted.size === 0) return placed
  const known = new Map(outline.map((row) => [row.rowId, row.orderKey]))
  let low = ''
  let run: string[] = []
  const place = (high: string | undefined) => {
    for (const [i, key] of keysBetween(low, high, run.length).entries()) placed.set(run[i]!, key)
    run = []
  }
  for (const { rowId } of rows) {
    const key = known.get(rowId)
    if (key === undefined) {
      run.push(rowId)
      continue
    }
    place(key)
    low = key
  }
  place(undefined)
  return placed
}
