/** How wide the columns of the table view are: by their texts, since the file's own widths are not read. */
import type { PlacedGrid } from './place-cells.ts'

/** Of a column with little text, in em. */
export const NARROWEST = 3

/** From this many characters on a column is at least this wide, in em. */
const STEPS: [characters: number, width: number][] = [
  [40, 15],
  [16, 11],
  [6, 8],
  [3, 5],
]

/** Width in em by column, from its longest text; a cell over several columns counts for each with its share. */
export function columnWidths({ rows, columns }: PlacedGrid): Map<number, number> {
  const longest = new Map<number, number>(columns.map((column) => [column, 0]))
  for (const { cells } of rows) {
    for (const { column: first, columns: count, columnSpan, text } of cells) {
      for (let column = first; column < first + count; column++) {
        const known = longest.get(column)
        if (known !== undefined) longest.set(column, Math.max(known, text.length / columnSpan))
      }
    }
  }
  return new Map(
    [...longest].map(([column, length]) => [column, STEPS.find(([from]) => length >= from)?.[1] ?? NARROWEST]),
  )
}
