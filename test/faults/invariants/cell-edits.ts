/** What a submitted row changes against the copy that its sender had. */
import type { Submission } from '../../../domain/protocol.ts'
import type { Shape } from '../history.ts'

/** `to` is null where the submitted spans cover a cell that had a text. */
export type CellEdit = { column: string; to: string | null }

/** A column that is left out was not touched, and neither was a span that is not mentioned. */
export function listEdits(row: Submission['rows'][number], base: Shape | undefined, milestones: string[]): CellEdit[] {
  const edits: CellEdit[] = []
  for (const [column, to] of Object.entries(row.cells)) {
    const was = base ? base.cells[column] : ''
    if (to !== was || spanOf(row, base, column, milestones) !== (base?.spans[column] ?? 1)) edits.push({ column, to })
  }
  for (const column of Object.keys(base?.cells ?? {})) {
    if (row.cells[column] === undefined && isCovered(row, column, milestones)) edits.push({ column, to: null })
  }
  return edits
}

function spanOf(
  row: Submission['rows'][number],
  base: Shape | undefined,
  column: string,
  milestones: string[],
): number {
  const named = row.spans?.[column]
  if (named !== undefined) return named
  const was = base?.spans[column] ?? 1
  const from = milestones.indexOf(column)
  const freed = milestones.slice(from + 1, from + was).findIndex((key) => row.cells[key] !== undefined)
  return freed < 0 ? was : freed + 1
}

function isCovered(row: Submission['rows'][number], column: string, milestones: string[]): boolean {
  const at = milestones.indexOf(column)
  return Object.entries(row.spans ?? {}).some(([key, span]) => {
    const from = milestones.indexOf(key)
    return from < at && at < from + span
  })
}
