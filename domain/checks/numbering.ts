/**
 * Serial numbers (序号) as the numbering rules see them.
 */
import type { Table } from '../table.ts'

export type Numbered = { index: number; value: number }

/** Key of the 序号 column; undefined in a form without one. */
export function ordinalKey(table: Table): string | undefined {
  return table.spec.columns.find((column) => column.kind === 'ordinal')?.key
}

/**
 * Rows with a plain number, in sheet order. Left out: other numberings (一, 1.1), cells merged down
 * over several rows (one number for several rows on purpose), and a table whose sections each begin
 * at 1 again, where numbers say nothing about the whole.
 */
export function numberedRows(table: Table): Numbered[] {
  const key = ordinalKey(table)
  if (key === undefined) return []
  const numbered: Numbered[] = []
  for (const [index, row] of table.rows.entries()) {
    if (row.mergedDown?.includes(key)) continue
    const digits = /^(\d{1,6})[.、]?$/.exec((row.cells[key] ?? '').normalize('NFKC').trim())
    if (digits) numbered.push({ index, value: Number(digits[1]) })
  }
  return restartsBySection(numbered) ? [] : numbered
}

/** Only runs of two or more rows, each counting 1, 2, 3 without a break. */
function restartsBySection(numbered: Numbered[]): boolean {
  let last = 0
  for (const { value } of numbered) {
    const follows = value === last + 1
    const restarts = value === 1 && last > 1
    if (!follows && !restarts) return false
    last = value
  }
  return last > 1
}
