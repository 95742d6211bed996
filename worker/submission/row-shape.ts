/** Whether the spans of a row make sense: inside the milestone columns, with nothing under them. */
import { milestoneKeys, type SheetSpec } from '../../domain/sheet-spec.ts'

type Shape = { cells: Record<string, string>; spans?: Record<string, number> }

/**
 * What is wrong with the spans of a row, as a JSON pointer into it; undefined where nothing is. With
 * `complete`, every milestone column must be there or covered.
 */
export function findBadSpan(spec: SheetSpec, row: Shape, complete: boolean): string | undefined {
  const columns = milestoneKeys(spec)
  const spans = row.spans ?? {}
  const stray = Object.keys(spans).find((column) => !columns.includes(column) || row.cells[column] === undefined)
  if (stray !== undefined) return `/spans/${stray}`
  for (let at = 0; at < columns.length; ) {
    const column = columns[at]!
    if (row.cells[column] === undefined) {
      if (complete) return `/cells/${column}`
      at++
      continue
    }
    const span = spans[column] ?? 1
    if (at + span > columns.length) return `/spans/${column}`
    const covered = columns.slice(at + 1, at + span).find((key) => row.cells[key] !== undefined)
    if (covered !== undefined) return `/cells/${covered}`
    at += span
  }
  return undefined
}
