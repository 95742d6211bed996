/** Which columns stay in view while the table scrolls sideways: without 序号 and 任务 nobody knows which row the last period belongs to. */
import type { PlacedCell } from './place-cells.ts'

/** Pinned columns may take this share of the view; what is wider scrolls with the rest. */
const MOST_OF_VIEW = 0.5
/** From this width on, in em, a column holds sentences and not numbers or kinds: the first such one is the task. */
const OF_SENTENCES = 11
/** The task is not looked for further right. */
const FARTHEST = 4

/** A column that stays, and where, in em from the left edge of the view. */
export type Pin = { column: number; left: number }

/**
 * The shown columns to pin, from the first on. `frozen`: how many columns of the sheet the file keeps in view; where it
 * says none, those up to the task. `before`: width of the row numbers; `view`: of the view. All in em.
 */
export function pinColumns(
  columns: readonly number[],
  widths: ReadonlyMap<number, number>,
  { frozen, before, view }: { frozen: number; before: number; view: number },
): Pin[] {
  const widthOf = (column: number | undefined) => (column === undefined ? 0 : (widths.get(column) ?? 0))
  const task = columns.slice(0, FARTHEST).findIndex((column) => widthOf(column) >= OF_SENTENCES)
  const wanted = frozen > 0 ? columns.filter((column) => column < frozen) : columns.slice(0, task + 1)
  const pins: Pin[] = []
  let left = before
  for (const column of wanted) {
    if (left + widthOf(column) > view * MOST_OF_VIEW) break
    pins.push({ column, left })
    left += widthOf(column)
  }
  return pins
}

/** Where the cell stays, in em; undefined where it scrolls: a title across the table does. */
export function pinOf(pins: readonly Pin[], { column, columnSpan }: Pick<PlacedCell, 'column' | 'columnSpan'>) {
  const at = pins.findIndex((pin) => pin.column === column)
  return at >= 0 && at + columnSpan <= pins.length ? pins[at]?.left : undefined
}
