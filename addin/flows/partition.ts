/** The cells of some neighbouring columns while a person edits them: their texts, and which are merged. Pure. */
import { coveredColumns, type Row } from '../../domain/table.ts'

/** One cell: its text, and the first and last column that it covers, as positions. */
export type Part = { text: string; from: number; to: number }

/** The cells of a row within these columns; a column that the row does not have is a blank cell. */
export function partsOf(row: Pick<Row, 'cells' | 'spans'>, columns: readonly string[]): Part[] {
  const parts: Part[] = []
  for (let from = 0; from < columns.length; ) {
    const column = columns[from] as string
    const width = coveredColumns({ rowId: '', ...row }, column, columns).length
    const next = columns.findIndex((other, i) => i > from && i < from + width && other in row.cells)
    const to = next > 0 ? next - 1 : from + width - 1
    parts.push({ text: row.cells[column] ?? '', from, to })
    from = to + 1
  }
  return parts
}

/**
 * The parts with the one at `index` ending at column `to`: what it covers newly gives it its text on a
 * line of its own, and what it leaves becomes blank cells, so that no text is lost by merging.
 */
export function resizePart(parts: readonly Part[], index: number, to: number): Part[] {
  const part = parts[index]
  if (!part || to < part.from) return [...parts]
  const covered = parts.filter(({ from }, i) => i > index && from <= to)
  const end = Math.max(to, covered.at(-1)?.to ?? to)
  const texts = [part, ...covered].map(({ text }) => text).filter((text) => text.trim() !== '')
  const freed: Part[] = []
  for (let at = end + 1; at <= part.to; at++) freed.push({ text: '', from: at, to: at })
  return [
    ...parts.slice(0, index),
    { text: texts.join('\n'), from: part.from, to: end },
    ...freed,
    ...parts.slice(index + 1 + covered.length),
  ]
}

/** The parts as the wire takes them. */
export function cellsOfParts(
  parts: readonly Part[],
  columns: readonly string[],
): { cells: Record<string, string>; spans: Record<string, number> } {
  const named = parts.map((part) => ({ ...part, column: columns[part.from] as string }))
  return {
    cells: Object.fromEntries(named.map(({ column, text }) => [column, text])),
    spans: Object.fromEntries(
      named.filter(({ from, to }) => to > from).map(({ column, from, to }) => [column, to - from + 1]),
    ),
  }
}
