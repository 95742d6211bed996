/** Merged areas and new rows in an opened file, as somebody else's reader finds them after saving. */
import { describe, expect, test } from 'vitest'
import { packParts, unpackParts } from '../../xlsx/archive.ts'
import { createWorkbook, openWorkbook } from '../../xlsx/edit.ts'
import { readByOpenpyxl } from '../support/openpyxl.ts'
import { findPythonWithOpenpyxl } from '../support/programs.ts'

const SHEET = '表'
const model = {
  name: SHEET,
  visibility: 'visible' as const,
  cells: [
    [
      { text: '一', style: 'bad' as const },
      { text: '二', style: 'text' as const },
    ],
    [
      { text: '三', style: 'bad' as const },
      { text: '四', style: 'text' as const },
    ],
  ],
  merges: [],
  columnWidths: [10, 10],
  rowHeights: [20, 20],
  hiddenColumns: [],
}
const merge = (row: number) => ({ row, column: 0, rows: 1, columns: 2 })

const PART = 'xl/worksheets/sheet1.xml'
const sheetXml = (bytes: Uint8Array) => new TextDecoder().decode(unpackParts(bytes).get(PART))

/** The sheet as another program might have written it. */
async function openAs(change: (xml: string) => string) {
  const bytes = await (await createWorkbook([model], '2023-11-10T01:02:03Z')).save()
  const parts = unpackParts(bytes)
  parts.set(PART, new TextEncoder().encode(change(sheetXml(bytes))))
  return openWorkbook(packParts(parts, 'deflated'))
}

describe('a sheet of another program', () => {
  test('is given merged areas behind its filter, also where the filter holds the order of a sort', async () => {
    const filter = '<autoFilter ref="A1:B2"><sortState ref="A2:B2"><sortCondition ref="A2"/></sortState></autoFilter>'
    const file = await openAs((xml) => xml.replace('</sheetData>', `</sheetData>${filter}`))
    file.setMerges(SHEET, { split: [], join: [merge(0)] })
    expect(sheetXml(await file.save())).toContain(`${filter}<mergeCells`)
  })

  test('keeps rows that do not say where they stand when rows are added below them', async () => {
    const file = await openAs((xml) => xml.replace(/<row r="\d+"/g, '<row').replace(/<c r="[A-Z]+\d+"/g, '<c'))
    file.formatRows(SHEET, [2], 1)
    const again = await openWorkbook(await file.save())
    expect(again.read(SHEET)?.texts.slice(0, 2)).toEqual([
      ['一', '二'],
      ['三', '四'],
    ])
    expect(sheetXml(await file.save())).toMatch(/ r="3"><c r="A3" s="\d+"\/><c r="B3" s="\d+"\/><\/row>/)
  })
})

describe.skipIf(!findPythonWithOpenpyxl())('an opened file', () => {
  test('is saved with merged areas where there were none, with others, and with none again', async () => {
    const file = await createWorkbook([model], '2023-11-10T01:02:03Z')
    file.write(SHEET, [{ row: 0, column: 1, text: '' }])
    file.setMerges(SHEET, { split: [], join: [merge(0)] })
    expect(file.read(SHEET)?.merges).toEqual([merge(0)])
    const once = await file.save()
    expect(readByOpenpyxl(once)[0]?.merges).toEqual(['A1:B1'])
    const again = await openWorkbook(once)
    again.setMerges(SHEET, { split: [merge(0)], join: [merge(1)] })
    const twice = await again.save()
    expect(readByOpenpyxl(twice)[0]?.merges).toEqual(['A2:B2'])
    const last = await openWorkbook(twice)
    last.setMerges(SHEET, { split: [merge(1)], join: [] })
    expect(readByOpenpyxl(await last.save())[0]?.merges).toEqual([])
  })

  test('gives new rows the formats of the row above them', async () => {
    const file = await createWorkbook([model], '2023-11-10T01:02:03Z')
    file.formatRows(SHEET, [2, 3], 1)
    file.write(SHEET, [
      { row: 2, column: 0, text: '五' },
      { row: 3, column: 0, text: '六' },
    ])
    const [sheet] = readByOpenpyxl(await file.save())
    expect([sheet?.cells.A3, sheet?.cells.A4?.fill]).toEqual([{ value: '五', type: 's', fill: 'FFFFC7CE' }, 'FFFFC7CE'])
    expect(sheet?.cells.A1?.value).toBe('一')
  })

  test('makes the same changes again when they were kept', async () => {
    const file = await createWorkbook([model], '2023-11-10T01:02:03Z')
    file.formatRows(SHEET, [2], 1)
    file.setMerges(SHEET, { split: [], join: [merge(1)] })
    const changed = file.changed()
    const other = await createWorkbook([model], '2023-11-10T01:02:03Z')
    if (changed) other.apply(changed)
    expect(await other.save()).toEqual(await file.save())
  })
})
