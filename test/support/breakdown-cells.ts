/** Where a task's cell stands in a workbook, found by the product's own reader. */
import { cellAddress } from '../../domain/grid.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { PlanFile } from '../../domain/protocol.ts'
import { type Layout, readTable } from '../../domain/read-table.ts'
import type { TableRow } from '../../domain/table.ts'
import { readWorkbook } from '../../xlsx/read.ts'

export type Sheet = {
  rows: TableRow[]
  /** Zero-based position of a column of the row whose 序号 is `number`. */
  place(number: string, column: string): { row: number; column: number }
  address(number: string, column: string): string
  text(number: string, column: string): string
}

/** A sheet of a workbook as a breakdown table of this plan. Throws where it is none. */
export async function readBreakdown(bytes: Uint8Array, name: string, file: PlanFile): Promise<Sheet> {
  const { sheets } = await readWorkbook(bytes)
  const grid = sheets.find((sheet) => sheet.name === name)?.grid
  if (!grid) throw new Error(`no sheet named ${name}`)
  const { table, layout, issues } = readTable(grid, breakdownSpec({ ...file.plan, state: 'collecting' }))
  if (!layout) throw new Error(`${name} is no breakdown table: ${JSON.stringify(issues)}`)
  const find = (number: string) => {
    const row = table.rows.find(({ cells }) => cells.number === number)
    if (!row) throw new Error(`no row ${number}`)
    return row
  }
  const place = (number: string, column: string) => ({
    row: find(number).at as number,
    column: (layout as Layout).columns[column] as number,
  })
  return {
    rows: table.rows,
    place,
    address: (number, column) => {
      const at = place(number, column)
      return cellAddress(at.row, at.column)
    },
    text: (number, column) => find(number).cells[column] ?? '',
  }
}
