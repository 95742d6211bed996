/**
 * Groups single cells into rectangles, so that Excel gets one request object for many cells.
 */
import type { Area } from '../../domain/grid.ts'

export type KeyedCell = { row: number; column: number; key: string }
export type KeyedArea = Area & { key: string }

/**
 * Covers the cells, each once, with rectangles of equal keys: runs along the rows first, then equal
 * runs of neighbouring rows put together. Cells may come in any order; of two for one place the last counts.
 */
export function groupCells(cells: readonly KeyedCell[]): KeyedArea[] {
  const done: KeyedArea[] = []
  let open = new Map<string, KeyedArea>()
  let openRow = -2
  for (const [row, runs] of runsByRow(cells)) {
    const next = new Map<string, KeyedArea>()
    for (const run of runs) {
      const place = `${run.column}:${run.columns}:${run.key}`
      const above = row === openRow + 1 ? open.get(place) : undefined
      if (above) above.rows += 1
      else done.push(run)
      next.set(place, above ?? run)
    }
    open = next
    openRow = row
  }
  return done
}

function runsByRow(cells: readonly KeyedCell[]): [number, KeyedArea[]][] {
  const rows = new Map<number, Map<number, string>>()
  for (const { row, column, key } of cells) {
    const keys = rows.get(row) ?? new Map<number, string>()
    rows.set(row, keys.set(column, key))
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([row, keys]) => {
      const runs: KeyedArea[] = []
      for (const [column, key] of [...keys].sort(([a], [b]) => a - b)) {
        const last = runs.at(-1)
        if (last && last.key === key && last.column + last.columns === column) last.columns += 1
        else runs.push({ row, column, rows: 1, columns: 1, key })
      }
      return [row, runs]
    })
}

/** Runs of equal neighbours in a list: [from, count, value]. */
export function groupRuns<T>(values: readonly T[]): { from: number; count: number; value: T }[] {
  const runs: { from: number; count: number; value: T }[] = []
  for (const [index, value] of values.entries()) {
    const last = runs.at(-1)
    if (last && last.value === value) last.count += 1
    else runs.push({ from: index, count: 1, value })
  }
  return runs
}
