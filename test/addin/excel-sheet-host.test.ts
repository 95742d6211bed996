// The Excel side of the port against the real office.js over an emulated workbook.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grid } from '../../domain/grid.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import { Workbook } from '../excel-host/workbook.ts'
import { findChromium, launchChromium } from '../support/programs.ts'
import { type ExcelPage, type Outcome, openExcelPage, type PageWindow } from './excel-page.ts'

const ROWS = 42
const COLUMNS = 11
const HIDDEN = COLUMNS

/** A breakdown table in shape: title, two header rows, 42 rows with spans, a hidden column of ids. */
function breakdownModel(rows = ROWS): SheetModel {
  const header = (text: string) => ({ text, style: 'header' as const })
  const cells: SheetModel['cells'] = [
    Array.from({ length: COLUMNS }, (_, c) => ({ text: c === 0 ? '民生实事任务分解表' : '', style: 'title' as const })),
    Array.from({ length: COLUMNS }, (_, c) => header(['序号', '重点任务', '每两月工作目标任务'][c] ?? '')),
    Array.from({ length: COLUMNS }, (_, c) => header(c < 2 ? '' : `${2 * c - 3}-${2 * c - 2}月`)),
  ]
  const merges = [
    { row: 0, column: 0, rows: 1, columns: COLUMNS },
    { row: 1, column: 0, rows: 2, columns: 1 },
    { row: 1, column: 1, rows: 2, columns: 1 },
    { row: 1, column: 2, rows: 1, columns: COLUMNS - 2 },
  ]
  for (let r = 0; r < rows; r += 1) {
    const row = r + 3
    const span = 1 + (r % 3)
    if (span > 1) merges.push({ row, column: 3, rows: 1, columns: span })
    const line = Array.from({ length: COLUMNS }, (_, c) => {
      if (c === 0) return { text: String(r + 1), style: 'center' as const }
      if (c > 3 && c < 3 + span) return { text: '', style: 'text' as const }
      const text = c === 4 ? '=1+1' : c === 5 ? '001' : c === 6 ? '1/2' : c === 7 ? '50%' : `第${r + 1}项\n目标${c}`
      return { text, style: c % 2 ? ('text' as const) : ('readonly' as const) }
    })
    cells.push([...line, { text: `row-${r}@1` }])
  }
  return {
    name: '任务分解表',
    visibility: 'visible',
    cells,
    merges,
    columnWidths: [6, 36, ...Array.from({ length: COLUMNS - 2 }, () => 22), 10],
    rowHeights: [40, 20, 20, ...Array.from({ length: rows }, () => 60)],
    hiddenColumns: [HIDDEN],
    frozen: { rows: 3, columns: 2 },
    print: { paper: 'A3', orientation: 'landscape', repeatRows: [1, 2], lastColumn: COLUMNS - 1, lastRow: rows + 2 },
  }
}

const unwrap = <T>(outcome: Outcome<T>): T => {
  if ('value' in outcome) return outcome.value
  throw new Error(outcome.message)
}

const byPlace = (a: { row: number; column: number }, b: { row: number; column: number }) =>
  a.row - b.row || a.column - b.column

describe.skipIf(!findChromium())('ExcelSheetHost', () => {
  let browser: Browser
  const opened: ExcelPage[] = []

  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
  })
  afterAll(async () => {
    for (const page of opened) expect(page.excel.gaps).toEqual([])
    await browser.close()
  })

  async function open(workbook?: Workbook): Promise<ExcelPage> {
    const page = await openExcelPage(browser, workbook ? { workbook } : {})
    opened.push(page)
    return page
  }

  it('draws a 42-row table and reads back the same texts, merges and hidden column', async () => {
    const page = await open()
    const model = breakdownModel()
    unwrap(await page.draw(model))
    const grid = unwrap(await page.read(model.name)) as Grid
    expect(grid.texts.map((line) => line.map((text) => text))).toEqual(
      model.cells.map((line) => Array.from({ length: COLUMNS + 1 }, (_, c) => line[c]?.text ?? '')),
    )
    expect(grid.merges.toSorted(byPlace)).toEqual(model.merges.toSorted(byPlace))
    expect(grid.hiddenColumns).toEqual([HIDDEN])
    expect(grid.hiddenRows).toEqual([])
    expect(grid.formulas).toEqual([])
  })

  it('reads a 42-row table in at most 6 requests', async () => {
    const page = await open()
    const model = breakdownModel()
    unwrap(await page.draw(model))
    page.excel.resetCounts()
    unwrap(await page.read(model.name))
    expect(page.excel.counts.syncs).toBeLessThanOrEqual(6)
  })

  it('draws looks, sizes, frozen panes and print set-up', async () => {
    const page = await open()
    const model = breakdownModel(2)
    unwrap(await page.draw(model))
    const sheet = page.excel.workbook.sheet(model.name)
    expect(sheet.styleAt(3, 2)).toMatchObject({
      font: { name: '宋体', size: 10 },
      fill: { fgColor: { rgb: 'F2F2F2' } },
    })
    expect(sheet.styleAt(1, 2)).toMatchObject({ font: { name: '黑体' }, alignment: { horizontal: 'center' } })
    expect(sheet.styleAt(3, 3).border).toMatchObject({ top: { style: 'thin' }, right: { style: 'thin' } })
    expect(sheet.frozen).toEqual({ rows: 3, columns: 2 })
    expect(sheet.page).toMatchObject({ orientation: 'landscape', paperSize: 'a3' })
  })

  it('gives the header filter buttons, and every page its title and number', async () => {
    const page = await open()
    const model = breakdownModel(2)
    const filter = { row: 2, column: 0, rows: 3, columns: COLUMNS + 1 }
    const print = {
      paper: 'A3' as const,
      orientation: 'landscape' as const,
      lastColumn: 9,
      lastRow: 4,
      footer: '甲&乙',
    }
    unwrap(await page.draw({ ...model, filter, print }))
    const sheet = page.excel.workbook.sheet(model.name)
    expect(sheet.filter?.rect).toEqual(filter)
    expect(sheet.headerFooter.oddFooter).toBe('&L甲&&乙&C第 &P 页，共 &N 页')
    unwrap(await page.draw(model))
    expect(sheet.filter).toBeUndefined()
  })

  it('replaces a sheet whole when it is drawn again', async () => {
    const page = await open()
    unwrap(await page.draw(breakdownModel(20)))
    unwrap(await page.draw(breakdownModel(3)))
    const grid = unwrap(await page.read('任务分解表')) as Grid
    expect(grid.texts).toHaveLength(6)
    expect(grid.merges.every(({ row }) => row < 6)).toBe(true)
  })

  it('hides a sheet that is drawn hidden, and still reads it', async () => {
    const page = await open()
    const model: SheetModel = { ...breakdownModel(1), name: '_ledger', visibility: 'hidden' }
    unwrap(await page.draw(model))
    expect(page.excel.workbook.sheet('_ledger').visibility).toBe('Hidden')
    expect(unwrap(await page.call('sheets', []))).toEqual({ active: 'Sheet1', names: ['Sheet1'] })
    expect(unwrap(await page.read('_ledger'))?.texts[0]?.[0]).toBe('民生实事任务分解表')
  })

  it('says that there is no sheet of a name', async () => {
    const page = await open()
    expect(unwrap(await page.read('没有'))).toBeUndefined()
    expect(await page.write('没有', [{ row: 0, column: 0, text: 'x' }])).toMatchObject({ code: 'sheet-missing' })
  })

  it('reads an empty sheet as an empty grid', async () => {
    const page = await open()
    expect(unwrap(await page.read('Sheet1'))?.texts).toEqual([])
  })

  it('writes texts as texts, even where typing them would make numbers, dates or formulas', async () => {
    const page = await open()
    const texts = ['=SUM(A1:A9)', '+86', '-3.2%', '@某', '001', '1/2', '2024-1-5', '50%', '第一行\n第二行', '末']
    unwrap(
      await page.write(
        'Sheet1',
        texts.map((text, row) => ({ row, column: 1, text })),
      ),
    )
    const grid = unwrap(await page.read('Sheet1')) as Grid
    expect(grid.texts.map((line) => line[1])).toEqual(texts)
    expect(grid.formulas).toEqual([])
  })

  it('touches no cell but those written, and no look', async () => {
    const page = await open()
    unwrap(await page.draw(breakdownModel()))
    const before = unwrap(await page.read('任务分解表')) as Grid
    const style = page.excel.workbook.sheet('任务分解表').styleAt(3, 2)
    unwrap(
      await page.write('任务分解表', [
        { row: 3, column: 2, text: '改' },
        { row: 3, column: 3, text: '' },
      ]),
    )
    const after = unwrap(await page.read('任务分解表')) as Grid
    const expected = before.texts.map((line) => [...line])
    expected[3]?.splice(2, 2, '改', '')
    expect(after).toEqual({ ...before, texts: expected })
    expect(page.excel.workbook.sheet('任务分解表').styleAt(3, 2)).toEqual(style)
  })

  it('writes a column of 42 cells with one range in one request', async () => {
    const page = await open()
    unwrap(await page.draw(breakdownModel()))
    page.excel.resetCounts()
    const writes = Array.from({ length: ROWS }, (_, r) => ({ row: r + 3, column: HIDDEN, text: `id-${r}@2` }))
    unwrap(await page.write('任务分解表', writes))
    // The write, the events switched on again, the range let go.
    expect(page.excel.counts.syncs).toBeLessThanOrEqual(3)
    expect(page.excel.counts.byMethod['Worksheet.getRangeByIndexes']).toBe(1)
  })

  it('tells when a cell swallowed what was written', async () => {
    const page = await open()
    unwrap(await page.draw(breakdownModel()))
    const covered = { row: 4, column: 4, text: '盖在合并单元格下' }
    expect(await page.write('任务分解表', [covered])).toMatchObject({ code: 'not-written' })
  })

  it('reads formulas with their results, and hidden rows', async () => {
    const workbook = Workbook.blank()
    const page = await open(workbook)
    await page.excel.type('Sheet1', 'A1', '合计')
    await page.excel.type('Sheet1', 'B3', '=1+1', 2)
    workbook.sheet('Sheet1').hiddenRows.add(1)
    const grid = unwrap(await page.read('Sheet1')) as Grid
    expect(grid.texts).toEqual([
      ['合计', ''],
      ['', ''],
      ['', '2'],
    ])
    expect(grid.formulas).toEqual([{ row: 2, column: 1 }])
    expect(grid.hiddenRows).toEqual([1])
  })

  it('reads more than 512 merged areas', async () => {
    const workbook = Workbook.blank()
    const sheet = workbook.sheet('Sheet1')
    for (let row = 0; row < 240; row += 1)
      for (const column of [0, 2, 4]) {
        sheet.type(row, column, '并')
        sheet.merge({ row, column, rows: 1, columns: 2 })
      }
    const page = await open(workbook)
    const grid = unwrap(await page.read('Sheet1')) as Grid
    expect(grid.merges).toHaveLength(720)
    expect(new Set(grid.merges.map(({ row, column }) => `${row}:${column}`)).size).toBe(720)
  })

  it('asks to leave the cell that is being edited, whatever is called', async () => {
    const page = await open()
    page.excel.setCellEditMode(true)
    const refused = { code: 'cell-editing', sentence: '请先按 Enter 键退出单元格编辑，再试一次。' }
    expect(await page.read('Sheet1')).toMatchObject(refused)
    expect(await page.write('Sheet1', [{ row: 0, column: 0, text: 'x' }])).toMatchObject(refused)
    expect(await page.draw(breakdownModel(1))).toMatchObject(refused)
    expect(await page.call('sheets', [])).toMatchObject(refused)
    page.excel.setCellEditMode(false)
    expect(unwrap(await page.read('Sheet1'))?.name).toBe('Sheet1')
  })

  it('tells of the user’s edits and not of its own', async () => {
    const page = await open()
    const seen = () => page.excel.page.evaluate(() => (window as unknown as PageWindow).seen.splice(0))
    unwrap(await page.draw(breakdownModel(2)))
    unwrap(await page.write('任务分解表', [{ row: 3, column: 1, text: '改' }]))
    await page.excel.type('任务分解表', 'B5', '用户改')
    await expect.poll(seen).toEqual(['任务分解表'])
    await page.excel.page.waitForTimeout(100)
    expect(await seen()).toEqual([])
  })

  it('still tells of edits after a write that failed', async () => {
    const page = await open()
    expect(await page.write('没有', [{ row: 0, column: 0, text: 'x' }])).toMatchObject({ code: 'sheet-missing' })
    await page.excel.type('Sheet1', 'A1', '改')
    await expect.poll(() => page.excel.page.evaluate(() => (window as unknown as PageWindow).seen)).toEqual(['Sheet1'])
  })

  it('jumps to a cell of another sheet', async () => {
    const page = await open()
    unwrap(await page.draw(breakdownModel(2)))
    unwrap(await page.call('jump', ['任务分解表', 4, 1]))
    expect(page.excel.workbook.activeSheet.name).toBe('任务分解表')
    expect(page.excel.workbook.activeSheet.selection).toMatchObject({ row: 4, column: 1 })
  })

  it('shows and hides a column', async () => {
    const page = await open()
    unwrap(await page.draw(breakdownModel(2)))
    unwrap(await page.call('setColumnHidden', ['任务分解表', HIDDEN, false]))
    expect(unwrap(await page.read('任务分解表'))?.hiddenColumns).toEqual([])
  })

  it('stops between requests when cancelled, and removes the sheet that it had begun', async () => {
    const page = await open()
    const code = await page.excel.page.evaluate(async (model) => {
      const { host } = window as unknown as PageWindow
      const stop = new AbortController()
      try {
        await host.draw(model, () => stop.abort(), stop.signal)
      } catch (error) {
        return (error as { code: string }).code
      }
    }, breakdownModel(300))
    expect(code).toBe('cancelled')
    expect(page.excel.workbook.findSheet('任务分解表')).toBeUndefined()
  })

  it('draws and reads 2,000 rows of long texts within the 5 MB that Excel on the web takes at a time', async () => {
    const page = await openExcelPage(browser, { platform: 'OfficeOnline' })
    opened.push(page)
    const model = breakdownModel(2000)
    for (const line of model.cells.slice(3))
      for (const cell of line) if (cell.text.startsWith('第')) cell.text += '长'.repeat(100)
    unwrap(await page.draw(model))
    const { syncs, requestBytes } = page.excel.counts
    expect(requestBytes / syncs).toBeLessThan(1_000_000)
    expect((unwrap(await page.read('任务分解表')) as Grid).texts).toHaveLength(2003)
  })

  it('clears a cell that Excel took for a formula after all, and says so', async () => {
    const workbook = Workbook.blank()
    const sheet = workbook.sheet('Sheet1')
    sheet.type = (row, column) => Object.assign(sheet.ownCell(row, column), { value: 2, formula: '=1+1' })
    const page = await open(workbook)
    expect(await page.write('Sheet1', [{ row: 1, column: 1, text: '=1+1' }])).toMatchObject({ code: 'became-formula' })
    expect(sheet.cell(1, 1)?.formula).toBeUndefined()
  })
})
