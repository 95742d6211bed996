/**
 * Serial numbers (序号) as the numbering rules see them.
 */
import type { Table } from '../table.ts'

export type Numbered = { index: number; value: number }

/** Key of the 序号 column; undefined in a form without one. */
export function ordinalKey({ spec }: Pick<Table, 'spec'>): string | undefined {
  return spec.columns.find((column) => column.kind === 'ordinal')?.key
}

type Fold = (text: string) => string

/**
 * Rows with a plain number, in sheet order; `fold` is `foldText`, which may remember. Left out: other numberings (一, 1.1), the further rows of a
 * task (its number merged down, or written again with the same task), and a table whose sections each begin
 * at 1 again, where numbers say nothing about the whole.
 */
export function numberedRows(table: Table, fold: Fold): Numbered[] {
  const key = ordinalKey(table)
  if (key === undefined) return []
  const numbered: Numbered[] = []
  for (const [index, row] of table.rows.entries()) {
    if (continuesCell(table, index, key) || continuesTask(table, index, key, fold)) continue
    const digits = /^(\d{1,6})[.、]?$/.exec((row.cells[key] ?? '').normalize('NFKC').trim())
    if (digits) numbered.push({ index, value: Number(digits[1]) })
  }
  return restartsBySection(numbered) ? [] : numbered
}

/** A further row of the merged cell above. */
function continuesCell({ rows }: Table, index: number, key: string): boolean {
  const [row, above] = [rows[index]!, rows[index - 1]]
  return (
    above !== undefined &&
    [row, above].every((one) => one.mergedDown?.includes(key)) &&
    row.cells[key] === above.cells[key]
  )
}

/** A further row of the task above: same number, same task, other words. A row copied whole is none. */
export function continuesTask({ spec, rows }: Table, index: number, numberKey: string, fold: Fold): boolean {
  const [row, above] = [rows[index]!, rows[index - 1]]
  if (!above) return false
  const same = (key: string) => {
    const [one, other] = [row.cells[key] ?? '', above.cells[key] ?? '']
    return one === other || fold(one) === fold(other)
  }
  return same(numberKey) && same('task') && !spec.columns.every(({ key }) => same(key))
}

/**
 * Runs that each count 1, 2, 3 without a break. One run of a single row may be a slip; where several
 * begin anew, sections of one task are likelier.
 */
function restartsBySection(numbered: Numbered[]): boolean {
  const lengths: number[] = []
  for (const { value } of numbered) {
    if (value === 1) lengths.push(1)
    else if (value === (lengths.at(-1) ?? 0) + 1) lengths[lengths.length - 1] = value
    else return false
  }
  return lengths.length > 2 || lengths.every((length) => length > 1)
}
