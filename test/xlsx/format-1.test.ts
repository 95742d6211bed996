/**
 * The first format of the workbooks that are mailed around: a hidden column rowId@ver and the hidden
 * sheet _ledger. These files were written once, by the first version, and rewritten by two other
 * programs; they are never made anew, and every later version reads them as this one did.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { LedgerInfo } from '../../domain/carrier.ts'
import { LEDGER_SHEET, newerLedgerFormat, readLedger } from '../../domain/carrier.ts'
import type { Grid } from '../../domain/grid.ts'
import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import { readTable } from '../../domain/read-table.ts'
import type { TableRow } from '../../domain/table.ts'
import { openWorkbook } from '../../xlsx/edit.ts'
import { readWorkbook } from '../../xlsx/read.ts'

type Written = { plan: Plan; ledger: LedgerInfo[]; tables: { sheet: string; rows: TableRow[] }[] }

const FOLDER = 'test/fixtures/format-1'
const written: Written = JSON.parse(readFileSync(`${FOLDER}/breakdown.json`, 'utf8'))

async function gridsOf(file: string): Promise<((name: string) => Grid | undefined)[]> {
  const bytes = readFileSync(`${FOLDER}/${file}`)
  const { sheets } = await readWorkbook(bytes)
  const opened = await openWorkbook(bytes)
  return [(name) => sheets.find((sheet) => sheet.name === name)?.grid, (name) => opened.read(name)]
}

describe.each(['breakdown.xlsx', 'breakdown-libreoffice.xlsx', 'breakdown-openpyxl.xlsx'])('%s', (file) => {
  test('says which tables it holds', async () => {
    for (const grid of await gridsOf(file)) {
      const ledger = grid(LEDGER_SHEET)!
      expect(readLedger(ledger)).toEqual(written.ledger)
      expect(newerLedgerFormat(ledger)).toBeUndefined()
    }
  })

  test.each(written.tables)('holds the rows of $sheet with texts, spans, ids and versions', async ({ sheet, rows }) => {
    const spec = breakdownSpec(written.plan)
    for (const grid of await gridsOf(file)) {
      const { table, layout, issues } = readTable(grid(sheet)!, spec)
      expect(issues).toEqual([])
      expect(layout!.extraColumns).toEqual([])
      expect(grid(sheet)!.hiddenColumns).toContain(layout!.carrierColumn)
      const read = table.rows.map(({ rowId, ver, cells, spans }) => ({ rowId, ver, cells, ...(spans && { spans }) }))
      expect(read).toEqual(rows)
    }
  })
})
