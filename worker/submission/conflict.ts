/** From a conflict of the merge to one that is stored: with who wrote either side, and only once. */
import type { MergeConflict } from '../../domain/merge.ts'
import type { Row } from '../../domain/table.ts'
import type { Actor } from '../env.ts'
import type { StoredConflict } from '../store/conflicts.ts'
import type { Loaded } from './load.ts'

type Origin = {
  loaded: Loaded
  identity: { actor: Actor; submissionId: string; at: string; newId: () => string }
  baseVer: number
  /** The submitted row; absent where it is a deletion. */
  row: Row | undefined
}

/**
 * The conflict to store. Where the same actor's same text is already waiting for a decision, that
 * conflict is given again, so that sending a sheet twice asks nobody twice.
 */
export function toStoredConflict(
  conflict: MergeConflict,
  { loaded, identity, baseVer, row }: Origin,
): { conflict: StoredConflict; isNew: boolean } {
  const { actor, submissionId, at, newId } = identity
  const { kind, rowId, column, columns, tuples } = conflict
  const head = loaded.heads.get(rowId)
  const submitted = kind === 'delete-edit' ? proposalText(loaded, row) : conflict.submitted
  const known = loaded.conflicts.find(
    (other) =>
      other.isOpen &&
      other.rowId === rowId &&
      other.kind === kind &&
      other.column === column &&
      other.submitted === submitted &&
      JSON.stringify(other.tuples?.submitted) === JSON.stringify(tuples?.submitted) &&
      other.submittedBy.id === actor.id,
  )
  if (known) return { conflict: known, isNew: false }
  const writer = findWriter(loaded, rowId, columns ?? (column === undefined ? undefined : [column]))
  const stored: StoredConflict = {
    id: newId(),
    rowId,
    kind,
    ...(column !== undefined ? { column } : {}),
    ...(columns ? { columns } : {}),
    ...(conflict.base !== undefined ? { base: conflict.base } : {}),
    ...(conflict.head !== undefined ? { head: conflict.head } : {}),
    ...(submitted !== undefined ? { submitted } : {}),
    ...(tuples ? { tuples } : {}),
    ...(kind === 'delete-edit' && row ? { proposal: row } : {}),
    baseVer,
    submissionId,
    submittedBy: { id: actor.id, name: actor.name },
    ...(writer ? { headBy: writer } : {}),
    at,
    isOpen: true,
    ...(head ? { current: { row: head.row, ver: head.ver, deleted: head.deleted } } : {}),
  }
  return { conflict: stored, isNew: true }
}

/** Who last wrote these columns since the base; who last changed the row where none are given. */
function findWriter(loaded: Loaded, rowId: string, columns: string[] | undefined): StoredConflict['headBy'] {
  const last = [...(loaded.events.get(rowId) ?? [])]
    .reverse()
    .find(({ changes }) => columns === undefined || changes.some(({ column }) => columns.includes(column)))
  return last ? { id: last.actorId, name: last.actorName } : undefined
}

/** The cells of a row that the head deleted, in words. */
function proposalText({ spec }: Loaded, row: Row | undefined): string | undefined {
  if (!row) return undefined
  return spec.columns
    .flatMap(({ key, header }) => (row.cells[key] === undefined ? [] : `${header}：${row.cells[key]}`))
    .join('\n')
}
