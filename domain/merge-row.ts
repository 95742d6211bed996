/**
 * The merge inside one row. Columns are compared one by one, except where a span differs between
 * the versions: there the union of the overlapping spans is one unit, compared as a tuple of
 * (span, text), because half of a merged cell means nothing.
 */
import { foldText, isBlank } from './fold.ts'
import type { MergeResult, SpanTuple } from './merge-result.ts'
import { diffCell } from './replay.ts'
import { completeRow, cutTuple, splitByUnits, tuplesEqual, tupleText } from './span-units.ts'
import type { Row } from './table.ts'

/** Whether two texts of a column say the same, although they do not fold to the same. */
export type SameText = (column: string, a: string, b: string) => boolean

/**
 * Merges one row known to the head. Conflicts, holds, applied and converged changes are added to
 * `result`; the answer is the new head row, the same object where nothing was applied.
 * `clears` holds confirmed clearings as `rowId\ncolumn`.
 */
export function mergeRow(
  { columns, sameText }: { columns: string[]; sameText?: SameText | undefined },
  base: Row,
  head: Row,
  submitted: Row,
  clears: ReadonlySet<string>,
  result: MergeResult,
): Row {
  const merge = new RowMerge(head, clears, result, sameText)
  if (areCutAlike(columns, base, head, submitted)) {
    for (const column of columns) merge.mergeCell(column, base, head, submitted)
  } else {
    const [b, h, s] = [completeRow(columns, base), completeRow(columns, head), completeRow(columns, submitted, base)]
    for (const unit of splitByUnits(columns, [b, h, s])) {
      if (unit.differs) merge.mergeSpans(unit.columns, b, h, s)
      else for (const column of unit.columns) merge.mergeCell(column, b, h, s)
    }
  }
  merge.holdUnknownColumns(columns, base, submitted)
  return merge.merged ?? head
}

/** Whether the versions have the same spans and nothing under them: then each column speaks for itself. */
function areCutAlike(columns: string[], base: Row, head: Row, submitted: Row): boolean {
  if (!base.spans && !head.spans && !submitted.spans) return true
  if (!base.spans || !head.spans || !submitted.spans) return false
  for (let at = 0; at < columns.length; ) {
    const column = columns[at] as string
    const span = base.spans[column]
    if (head.spans[column] !== span || submitted.spans[column] !== span) return false
    const end = at + (span ?? 1)
    for (at++; at < end; at++) {
      const covered = columns[at]
      if (covered === undefined || covered in base.cells || covered in head.cells || covered in submitted.cells)
        return false
      if (covered in base.spans || covered in head.spans || covered in submitted.spans) return false
    }
  }
  return true
}

class RowMerge {
  merged: Row | undefined
  private readonly head: Row
  private readonly clears: ReadonlySet<string>
  private readonly result: MergeResult
  private readonly sameText: SameText | undefined

  constructor(head: Row, clears: ReadonlySet<string>, result: MergeResult, sameText: SameText | undefined) {
    this.head = head
    this.clears = clears
    this.result = result
    this.sameText = sameText
  }

  mergeCell(column: string, base: Row, head: Row, submitted: Row): void {
    const text = submitted.cells[column]
    const was = base.cells[column] ?? ''
    if (text === undefined || text === was) return
    const now = head.cells[column] ?? ''
    const { rowId } = this.head
    if (now === was) {
      const isClearing = isBlank(text) && !isBlank(was)
      if (isClearing && !this.isConfirmed(column)) this.result.held.push({ rowId, column, head: now })
      else this.set(column, text, head.spans?.[column] ?? 1)
    } else if (foldText(text) === foldText(now) || this.sameText?.(column, text, now)) {
      this.result.converged.push({ rowId, column, old: base.cells[column] ?? null, new: now })
    } else {
      this.result.conflicts.push({ kind: 'cell', rowId, column, base: was, head: now, submitted: text })
    }
  }

  mergeSpans(columns: string[], base: Row, head: Row, submitted: Row): void {
    const tuples = {
      base: cutTuple(columns, base),
      head: cutTuple(columns, head),
      submitted: cutTuple(columns, submitted),
    }
    if (tuplesEqual(columns, tuples.base, tuples.submitted)) return
    const { rowId } = this.head
    if (tuplesEqual(columns, tuples.base, tuples.head)) {
      // A text that the new spans cover, or that became blank, is a clearing like any other.
      const cleared = columns.filter(
        (column) => !isBlank(tuples.head.cells[column] ?? '') && isBlank(tuples.submitted.cells[column] ?? ''),
      )
      const open = cleared.filter((column) => !this.isConfirmed(column))
      for (const column of open) {
        this.result.held.push({ rowId, column, columns, head: tuples.head.cells[column] ?? '' })
      }
      if (open.length === 0) this.takeTuple(columns, tuples.submitted)
    } else if (tuplesEqual(columns, tuples.head, tuples.submitted, foldText)) {
      for (const column of columns) {
        const change = diffCell(rowId, column, { rowId, ...tuples.base }, { rowId, ...tuples.head })
        if (change) this.result.converged.push(change)
      }
    } else {
      this.result.conflicts.push({
        kind: 'span',
        rowId,
        column: columns[0],
        columns,
        base: tupleText(columns, tuples.base),
        head: tupleText(columns, tuples.head),
        submitted: tupleText(columns, tuples.submitted),
        tuples,
      })
    }
  }

  /** Unknown columns are held, never dropped. */
  holdUnknownColumns(columns: string[], base: Row, submitted: Row): void {
    for (const column in submitted.cells) {
      if (columns.includes(column)) continue
      const now = this.head.cells[column] ?? ''
      const text = submitted.cells[column] ?? ''
      if (text !== (base.cells[column] ?? '') && text !== now) {
        this.result.held.push({ rowId: this.head.rowId, column, head: now })
      }
    }
  }

  private isConfirmed(column: string): boolean {
    return this.clears.has(`${this.head.rowId}\n${column}`)
  }

  private takeTuple(columns: string[], tuple: SpanTuple): void {
    for (const column of columns) this.set(column, tuple.cells[column], tuple.spans[column] ?? 1)
  }

  /** Sets one cell of the new head and records the change; an undefined text is a covered column. */
  private set(column: string, text: string | undefined, span: number): void {
    this.merged ??= { ...this.head, cells: { ...this.head.cells } }
    const { merged } = this
    if (text === undefined) delete merged.cells[column]
    else merged.cells[column] = text
    const { [column]: _, ...spans } = merged.spans ?? {}
    if (span > 1) spans[column] = span
    if (Object.keys(spans).length > 0) merged.spans = spans
    else delete merged.spans
    const change = diffCell(merged.rowId, column, this.head, merged)
    if (change) this.result.applied.push(change)
  }
}
