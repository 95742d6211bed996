/**
 * When a submission as a whole is refused: what it carries cannot be matched to rows and versions,
 * so merging any of it would be a guess.
 */
import { foldText } from '../../domain/fold.ts'
import { rowAt } from '../history.ts'
import { notCollecting } from '../plan-state.ts'
import { Refusal } from '../refusal.ts'
import type { Loaded, SubmissionBody } from './load.ts'
import { findBadSpan } from './row-shape.ts'

/** Throws the first reason to refuse a submission. */
export function refuseSubmission(body: SubmissionBody, loaded: Loaded, isUnit: boolean): void {
  if (loaded.plan.state !== 'collecting') throw notCollecting(loaded.plan)
  refuseDuplicates(body)
  refuseBadSpans(body, loaded)
  if (isUnit && (body.deletes ?? []).length > 0) throw new Refusal('delete-not-allowed')
  refuseUnknownBases(body, loaded)
  refuseShiftedIds(body, loaded)
}

function refuseDuplicates(body: SubmissionBody): void {
  const seen = new Set<string>()
  const doubled: string[] = []
  for (const [i, { rowId }] of body.rows.entries()) {
    if (seen.has(rowId)) doubled.push(`/rows/${i}/rowId`)
    seen.add(rowId)
  }
  for (const [i, { rowId }] of (body.deletes ?? []).entries()) {
    if (seen.has(rowId)) doubled.push(`/deletes/${i}/rowId`)
    seen.add(rowId)
  }
  refuseAt('duplicate-row-id', doubled)
}

function refuseBadSpans(body: SubmissionBody, { spec }: Loaded): void {
  const bad = body.rows.flatMap((row, i) => {
    const pointer = findBadSpan(spec, row, row.baseVer === 0)
    return pointer === undefined ? [] : [`/rows/${i}${pointer}`]
  })
  refuseAt('invalid', bad)
}

function refuseUnknownBases(body: SubmissionBody, { heads, events }: Loaded): void {
  const isUnknown = ({ rowId, baseVer }: { rowId: string; baseVer: number }) =>
    baseVer > 0 && (!heads.has(rowId) || !events.get(rowId)?.some((event) => event.seq === baseVer))
  const deletes = body.deletes ?? []
  refuseAt('base-unknown', [
    ...body.rows.flatMap((row, i) => (isUnknown(row) ? [`/rows/${i}/baseVer`] : [])),
    ...deletes.flatMap((row, i) => (row.baseVer === 0 || isUnknown(row) ? [`/deletes/${i}/baseVer`] : [])),
  ])
  // A version at which the row was deleted is no base: merged over nothing, the row would count as a new one.
  const reused = body.rows.flatMap(({ rowId, baseVer }, i) => {
    const head = heads.get(rowId)
    return head?.deleted && !rowAt(head, events.get(rowId) ?? [], baseVer) ? [`/rows/${i}/rowId`] : []
  })
  refuseAt('row-id-deleted', reused)
}

/** A row that carries another row's task text, and neither its own of now nor of its base. */
function refuseShiftedIds(body: SubmissionBody, { heads, events, outline }: Loaded): void {
  const owners = new Map<string, string>()
  for (const { rowId, task } of outline) owners.set(foldText(task), rowId)
  const shifted = body.rows.flatMap(({ rowId, baseVer, cells }, i) => {
    const task = foldText(cells.task ?? '')
    const owner = task === '' ? undefined : owners.get(task)
    const head = heads.get(rowId)
    if (owner === undefined || owner === rowId || !head) return []
    const own = [head.row, rowAt(head, events.get(rowId) ?? [], baseVer)]
    return own.some((row) => row && foldText(row.cells.task ?? '') === task) ? [] : [`/rows/${i}/cells/task`]
  })
  refuseAt('row-identity-suspect', shifted)
}

function refuseAt(
  code: 'duplicate-row-id' | 'invalid' | 'base-unknown' | 'row-id-deleted' | 'row-identity-suspect',
  pointers: string[],
): void {
  if (pointers.length === 0) return
  const errors = pointers.slice(0, 20).map((pointer) => ({ pointer, detail: code }))
  throw new Refusal(code, { count: pointers.length }, errors)
}
