/**
 * A formula shared by several cells is written out in the first of them only. When that one gives way to a text, the
 * others get formulas of their own: the same one, moved.
 */
import { columnName } from '../domain/grid.ts'

/** Texts, sheet names and brackets, which hold no references of ours; then references; then names, so that they are passed over whole. */
const TOKEN =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\]|(?<![\w.])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w.(!])|(?<![\w.$:])(\$?)([A-Z]{1,3}):(\$?)([A-Z]{1,3})(?![\w.(!])|(?<![\w.$:])(\$?)(\d{1,7}):(\$?)(\d{1,7})(?![\w.(!])|[\w.]+/g

/** The formula as it reads `rows` further down and `columns` further right. */
export function shiftFormula(formula: string, rows: number, columns: number): string {
  return formula.replace(TOKEN, (token, ...groups: (string | undefined)[]) => {
    const [d1, column, d2, row, d3, from, d4, to, d5, first, d6, last] = groups
    if (column !== undefined) return moveColumn(d1, column, columns) + moveRow(d2, row, rows)
    if (from !== undefined) return `${moveColumn(d3, from, columns)}:${moveColumn(d4, to, columns)}`
    if (first !== undefined) return `${moveRow(d5, first, rows)}:${moveRow(d6, last, rows)}`
    return token
  })
}

function moveColumn(fixed: string | undefined, name: string | undefined, by: number): string {
  return fixed ? `$${name}` : columnName(columnNumber(name ?? '') + by)
}

function moveRow(fixed: string | undefined, row: string | undefined, by: number): string {
  return fixed ? `$${row}` : String(Number(row) + by)
}

/** Position of a column by its name: A → 0. */
export function columnNumber(name: string): number {
  let number = 0
  for (const letter of name) number = number * 26 + letter.charCodeAt(0) - 64
  return number - 1
}
