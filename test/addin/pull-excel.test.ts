/** Merging, inserting and filling in a sheet that is there already, against the real office.js over an emulated workbook. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Grid } from '../../domain/grid.ts'
import type { SheetModel, StyleName } from '../../domain/sheet-model.ts'
import { readByOpenpyxl } from '../support/openpyxl.ts'
import { findChromium, findPythonWithOpenpyxl, launchChromium } from '../support/programs.ts'
import { type ExcelPage, openExcelPage } from './excel-page.ts'

const SHEET = '任务分解表'
const cell = (text: string, style: StyleName = 'text') => ({ text, style })
const MODEL: SheetModel = {
  name: SHEET,
  visibility: 'visible',
  cells: [
    [cell('一'), cell('二'), cell('三', 'bad')],
    [cell('四'), cell(''), cell('六')],
    [cell('注：以下为说明。'), cell(''), cell('')],
  ],
  merges: [
    { row: 1, column: 0, rows: 1, columns: 2 },
    { row: 2, column: 0, rows: 1, columns: 3 },
  ],
  columnWidths: [20, 20, 20],
  rowHeights: [30, 30, 30],
  hiddenColumns: [],
}

describe.skipIf(!findChromium() || !findPythonWithOpenpyxl())('the host in Excel', () => {
  let browser: Browser
  let page: ExcelPage
  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
    page = await openExcelPage(browser)
    await page.draw(MODEL)
  })
  afterAll(async () => {
    await page?.excel.close()
    await browser?.close()
  })

  const grid = async () => ((await page.read(SHEET)) as { value: Grid }).value
  const seen = async () => readByOpenpyxl(await page.excel.save()).find(({ name }) => name === SHEET)

  test('takes merged cells apart and merges others', async () => {
    const split = [{ row: 1, column: 0, rows: 1, columns: 2 }]
    const join = [{ row: 0, column: 0, rows: 1, columns: 2 }]
    await page.write(SHEET, [{ row: 0, column: 1, text: '' }])
    await page.call('setMerges', [SHEET, { split, join }])
    expect((await grid()).merges).toEqual([join[0], MODEL.merges[1]])
    expect((await grid()).texts[0]).toEqual(['一', '', '三'])
    await page.call('setMerges', [SHEET, { split: join, join: split }])
    expect((await grid()).merges).toEqual(MODEL.merges)
  })

  test('inserts rows before a note, which moves with its merged cells, and takes them out again', async () => {
    const before = await grid()
    expect(await page.call('insertRows', [SHEET, 2, 2])).toEqual({ value: true })
    const after = await grid()
    expect(after.texts.map(([first]) => first)).toEqual(['一', '四', '', '', '注：以下为说明。'])
    expect(after.merges).toContainEqual({ row: 4, column: 0, rows: 1, columns: 3 })
    await page.call('removeRows', [SHEET, 2, 2])
    expect(await grid()).toEqual(before)
  })

  test('fills what is to be set off, takes our fill away again, and leaves a person’s own', async () => {
    await page.excel.page.evaluate(async (name) => {
      await Excel.run(async (context) => {
        context.workbook.worksheets.getItem(name).getRange('A1').format.fill.color = '#00B050'
        await context.sync()
      })
    }, SHEET)
    const places = [
      { row: 0, column: 0 },
      { row: 0, column: 2 },
      { row: 1, column: 2, style: 'bad' },
    ]
    await page.call('setFills', [SHEET, places])
    const cells = (await seen())?.cells
    expect([cells?.A1?.fill, cells?.C1?.fill, cells?.C2?.fill]).toEqual(['FF00B050', null, 'FFFFC7CE'])
    expect(page.excel.gaps).toEqual([])
  })
})
