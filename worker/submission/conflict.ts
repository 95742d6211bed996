/** From a conflict of the merge to one that is stored: with who wrote either side, and only once. */
import { isBlank } from '../../domain/fold.ts'
import { type MergeConflict, mergeTable } from '../../domain/merge.ts'
import type { Row } from '../../domain/table.ts'
import type { Actor } from '../env.ts'
import type { StoredConflict } from '../store/conflicts.ts'
import type { EventChange } from '../store/rows.ts'
import type { Loaded } from './load.ts'

type Origin = {
  loaded: Loaded
  identity: { actor: Actor; submissionId: string; at: string; newId: () => string }
  base: { ver: number; row: Row | undefined }
  /** The submitted row; absent where it is a deletion. */
  row: Row | undefined
}

/**
 * The conflict to store, or the known one that it repeats: sending a sheet twice asks nobody twice. Where the same
 * actor's same text is waiting already, it goes on waiting. Where it was decided, and the row was pulled before, it
 * comes back with that decision and with the head of now: nobody is asked, and the head stays.
 */
export function toStoredConflict(
  conflict: MergeConflict,
  { loaded, identity, base, row }: Origin,
): { conflict: StoredConflict; isNew: boolean } {
  const { actor, submissionId, at, newId } = identity
  const { kind, rowId, column, columns, tuples } = conflict
  const head = loaded.heads.get(rowId)
  const proposal = kind === 'delete-edit' ? editsOf(loaded, base.row, row) : undefined
  const submitted = proposal ? describeEdits(loaded, proposal) : conflict.submitted
  const same = loaded.conflicts.filter(
    (other) =>
      other.rowId === rowId &&
      other.kind === kind &&
      other.column === column &&
      other.submitted === submitted &&
      JSON.stringify(other.tuples?.submitted) === JSON.stringify(tuples?.submitted) &&
      other.submittedBy.id === actor.id,
  )
  const open = same.find(({ isOpen }) => isOpen)
  if (open) return { conflict: open, isNew: false }
  const writer = findWriter(loaded, rowId, columns ?? (column === undefined ? undefined : [column]))
  const found = {
    rowId,
    kind,
    ...(column !== undefined ? { column } : {}),
    ...(columns ? { columns } : {}),
    ...(conflict.base !== undefined ? { base: conflict.base } : {}),
    ...(conflict.head !== undefined ? { head: conflict.head } : {}),
    ...(submitted !== undefined ? { submitted } : {}),
    ...(tuples ? { tuples } : {}),
    ...(proposal ? { proposal } : {}),
    baseVer: base.ver,
    submittedBy: { id: actor.id, name: actor.name },
    ...(writer ? { headBy: writer } : {}),
    ...(head ? { current: { row: head.row, ver: head.ver, deleted: head.deleted } } : {}),
  }
  const decided = [...same].reverse().find(({ resolution }) => isBefore(loaded, rowId, base.ver, resolution))
  if (decided?.resolution) {
    const { id, submissionId: first, at: foundAt, resolution } = decided
    return { conflict: { ...found, id, submissionId: first, at: foundAt, isOpen: false, resolution }, isNew: false }
  }
  return { conflict: { ...found, id: newId(), submissionId, at, isOpen: true }, isNew: true }
}

/**
 * Whether a row was pulled before a decision: it changed in between, at the latest by the decision itself. A decision
 * that kept the head changes nothing, so the change that it was about tells.
 */
function isBefore(loaded: Loaded, rowId: string, ver: number, resolution: StoredConflict['resolution']): boolean {
  if (!resolution) return false
  return (loaded.events.get(rowId) ?? []).some(({ seq }) => seq > ver && seq <= resolution.seq)
}

/** Who last wrote these columns since the base; who last changed the row where none are given. */
function findWriter(loaded: Loaded, rowId: string, columns: string[] | undefined): StoredConflict['headBy'] {
  const last = [...(loaded.events.get(rowId) ?? [])]
    .reverse()
    .find(({ changes }) => columns === undefined || changes.some(({ column }) => columns.includes(column)))
  return last ? { id: last.actorId, name: last.actorName } : undefined
}

/**
 * What an edit of a row that the head deleted changed against its base: only that is put back when
 * it is chosen, over whatever else became of the row. Clearings are part of it, confirmed or not:
 * whoever chooses the edit sees them and confirms them by that.
 */
function editsOf({ spec }: Loaded, base: Row | undefined, row: Row | undefined): EventChange[] {
  if (!base || !row) return []
  const columns = spec.columns.map(({ key }) => key)
  const clears = columns.map((column) => ({ rowId: row.rowId, column }))
  const { applied } = mergeTable({ columns, base: [base], head: [base], submitted: [row], clears })
  return applied.map(({ rowId: _, ...change }) => change)
}

function describeEdits({ spec }: Loaded, edits: EventChange[]): string {
  const headers = new Map(spec.columns.map(({ key, header }) => [key, header]))
  const said = (text: string) => (isBlank(text) ? '（清空）' : text)
  return edits
    .flatMap(({ column, new: text }) => (text === null ? [] : `${headers.get(column)}：${said(text)}`))
    .join('\n')
}
