/** Rows that are added at the end of a sheet in a file: where they may begin, and how they are taken back. */
import type { Area, Grid } from '../../domain/grid.ts'
import type { CellWrite } from '../sheet-host.ts'

/** Whether anything stands in a row or below it. */
export function isTakenFrom({ texts, merges, formulas }: Grid, at: number): boolean {
  return (
    texts.slice(at).some((line) => line.some((text) => text !== '')) ||
    // One that was never calculated shows nothing.
    formulas.some(({ row }) => row >= at) ||
    merges.some(({ row, rows }) => row + rows > at)
  )
}

/** What leaves nothing in these rows: merged areas to take apart, and cells to write empty. */
export function emptyRows({ texts, merges }: Grid, at: number, count: number): { split: Area[]; writes: CellWrite[] } {
  const split = merges.filter(({ row }) => row >= at && row < at + count)
  const writes = texts
    .slice(at, at + count)
    .flatMap((line, i) => line.flatMap((text, column) => (text === '' ? [] : [{ row: at + i, column, text: '' }])))
  return { split, writes }
}
