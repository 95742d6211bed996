/** The row that a decision of a conflict makes. */
import type { z } from 'zod/mini'
import type { Resolution } from '../../domain/protocol.ts'
import { applyChanges } from '../../domain/replay.ts'
import { milestoneKeys, type SheetSpec } from '../../domain/sheet-spec.ts'
import { completeRow } from '../../domain/span-units.ts'
import { coveredColumns, type Row } from '../../domain/table.ts'
import { Refusal } from '../refusal.ts'
import type { StoredConflict } from '../store/conflicts.ts'
import { findBadSpan } from './row-shape.ts'

type Decision = z.infer<typeof Resolution>
type Cells = { cells: Record<string, string>; spans?: Record<string, number> | undefined }

/** `row` as it is now, with the decision in it. Throws conflict-outdated, invalid. */
export function proposedRow(spec: SheetSpec, conflict: StoredConflict, row: Row, decision: Decision): Row {
  const { kind, column, columns, tuples, submitted, proposal } = conflict
  if (decision.choose === 'submitted') {
    if (tuples && columns) return replaceColumns(row, columns, tuples.submitted)
    if (proposal) return applyChanges(row, proposal)
    return setText(row, column, submitted)
  }
  if (decision.text !== undefined && kind === 'cell') return setText(row, column, decision.text)
  if (!decision.cells) throw invalidAt('/cells', 'missing')
  const allowed = columns ?? (column !== undefined ? withNeighbours(spec, column) : spec.columns.map(({ key }) => key))
  const stray = Object.keys(decision.cells).find((key) => !allowed.includes(key))
  if (stray !== undefined) throw invalidAt(`/cells/${stray}`, 'column')
  const shape = { rowId: row.rowId, cells: decision.cells, spans: decision.spans ?? {} }
  const bad = findBadSpan(spec, shape, false)
  if (bad !== undefined) throw invalidAt(bad, 'span')
  const milestones = milestoneKeys(spec)
  const tooWide = Object.keys(shape.spans).find((key) =>
    coveredColumns(shape, key, milestones).some((covered) => !allowed.includes(covered)),
  )
  if (tooWide !== undefined) throw invalidAt(`/spans/${tooWide}`, 'span')
  return setCells(spec, row, shape)
}

/** A milestone may be decided together with its neighbours, because it may be merged with them. */
function withNeighbours(spec: SheetSpec, column: string): string[] {
  const milestones = milestoneKeys(spec)
  return milestones.includes(column) ? milestones : [column]
}

function setText(row: Row, column: string | undefined, text: string | undefined): Row {
  // A column that a span covers by now has no text of its own to set.
  if (column === undefined || text === undefined || row.cells[column] === undefined)
    throw new Refusal('conflict-outdated')
  return { ...row, cells: { ...row.cells, [column]: text } }
}

/** Cells that are not named stay, unless a span that is named covers them. */
function setCells(spec: SheetSpec, row: Row, { cells, spans = {} }: Cells): Row {
  const milestones = milestoneKeys(spec)
  const complete = completeRow(milestones, { rowId: row.rowId, cells, spans }, row)
  return replaceColumns({ ...row, cells: { ...row.cells, ...cells } }, milestones, complete)
}

function replaceColumns(row: Row, columns: string[], { cells, spans = {} }: Cells): Row {
  const without = <T>(record: Record<string, T>) =>
    Object.fromEntries(Object.entries(record).filter(([column]) => !columns.includes(column)))
  const kept = { ...without(row.spans ?? {}), ...spans }
  const replaced: Row = { rowId: row.rowId, cells: { ...without(row.cells), ...cells } }
  return Object.keys(kept).length > 0 ? { ...replaced, spans: kept } : replaced
}

function invalidAt(pointer: string, detail: string): Refusal {
  return new Refusal('invalid', { count: 1 }, [{ pointer, detail }])
}
