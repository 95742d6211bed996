/// <reference path="../../node_modules/@microsoft/office-js/dist/office.d.ts" />
// The Excel host tests the product, so it is tested itself: everything here goes through the real office.js.

import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type ExcelHost, type ExcelHostOptions, openExcelHost } from '../excel-host/host.ts'
import { findChromium, findPythonWithOpenpyxl, launchChromium } from '../support/programs.ts'

const PANE = 'https://pane.example/'
const PAGE = '<!doctype html><script src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js"></script>'

type Batch<T> = (context: Excel.RequestContext) => Promise<T>

describe.skipIf(!findChromium())('the Excel host', () => {
  let browser: Browser | undefined
  let host: ExcelHost

  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterEach(() => host?.close())
  afterAll(() => browser?.close())

  async function open(options: ExcelHostOptions = {}): Promise<void> {
    host = await openExcelHost({ browser, ...options })
    await host.page.route(`${PANE}**`, (route) => route.fulfill({ contentType: 'text/html', body: PAGE }))
    await host.goto(PANE)
    if (!options.failOfficeJs) await host.page.evaluate('Office.onReady()')
  }

  /** The batch is sent to the page as text: it sees Excel and the page, nothing of this file. */
  const run = <T>(batch: Batch<T>): Promise<T> => host.page.evaluate(`Excel.run(${batch})`)
  const codeOf = (batch: Batch<unknown>): Promise<string> =>
    host.page.evaluate(`Excel.run(${batch}).then(() => 'no error', (error) => error.code)`)

  describe('Office', () => {
    test('says where it runs', async () => {
      await open({ excelApi: '1.13' })
      const office = await host.page.evaluate(() => {
        const { platform, displayLanguage, requirements, officeTheme } = Office.context
        const supports = (version: string) => requirements.isSetSupported('ExcelApi', version)
        return {
          platform,
          displayLanguage,
          background: officeTheme.bodyBackgroundColor,
          sets: [supports('1.13'), supports('1.14')],
        }
      })
      expect(office).toEqual({ platform: 'PC', displayLanguage: 'zh-CN', background: '#ffffff', sets: [true, false] })
      expect(host.gaps).toEqual([])
    })

    test('is OfficeOnline where asked', async () => {
      await open({ platform: 'OfficeOnline' })
      expect(await host.page.evaluate('Office.context.platform')).toBe('OfficeOnline')
    })

    test('does not exist where its server is blocked', async () => {
      await open({ failOfficeJs: true })
      expect(await host.page.evaluate('typeof Office')).toBe('undefined')
    })

    test('keeps document settings over a reload', async () => {
      await open()
      const save = () =>
        new Promise((resolve) => {
          Office.context.document.settings.set('county', '奉节县')
          Office.context.document.settings.saveAsync(resolve)
        })
      await host.page.evaluate(save)
      expect(host.workbook.settings).toEqual({ county: '"奉节县"' })
      await host.page.reload()
      await host.page.evaluate('Office.onReady()')
      expect(await host.page.evaluate(() => Office.context.document.settings.get('county'))).toBe('奉节县')
    })
  })

  describe('values', () => {
    test('are typed: numbers, dates, texts, formulas', async () => {
      await open()
      host.workbook.today = () => new Date(2026, 10, 22)
      const read = await run(async (context) => {
        const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1:I1')
        range.values = [['001', '1/2', '50%', "'007", '1,000', '4-10月', '2024年1月', 'TRUE', '——']]
        range.load('values,text,numberFormat,valueTypes')
        await context.sync()
        return range.toJSON()
      })
      expect(read.values).toEqual([[1, 46024, 0.5, '007', 1000, '4-10月', 45292, true, '——']])
      expect(read.numberFormat?.[0]?.slice(0, 5)).toEqual(['General', 'm"月"d"日"', '0%', 'General', '#,##0'])
      expect(read.text?.[0]?.slice(1, 5)).toEqual(['1月2日', '50%', '007', '1,000'])
      expect(read.valueTypes?.[0]?.slice(0, 4)).toEqual(['Double', 'Double', 'Double', 'String'])
    })

    test('stay text in cells formatted @', async () => {
      await open()
      const values = await run(async (context) => {
        const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1:C1')
        range.numberFormat = [['@', '@', '@']]
        range.values = [['001', '=1+1', '-下降3%']]
        range.load('values')
        await context.sync()
        return range.values
      })
      expect(values).toEqual([['001', '=1+1', '-下降3%']])
    })

    test('that look like a formula become one, or are refused', async () => {
      await open()
      const formulas = await run(async (context) => {
        const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1:B1')
        range.values = [['+A2', '-3.2']]
        range.load('formulas')
        await context.sync()
        return range.formulas
      })
      expect(formulas).toEqual([['=+A2', -3.2]])
      const refused = await codeOf(async (context) => {
        context.workbook.worksheets.getActiveWorksheet().getRange('A1').values = [['+新增 100 人']]
        await context.sync()
      })
      expect(refused).toBe('InvalidArgument')
    })

    test('null leaves a cell, one value goes to all, another shape is refused', async () => {
      await open()
      const values = await run(async (context) => {
        const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1:B2')
        range.values = 'x' as never
        await context.sync()
        range.values = [
          [null, 'y'],
          ['', null],
        ]
        range.load('values')
        await context.sync()
        return range.values
      })
      expect(values).toEqual([
        ['x', 'y'],
        ['', 'x'],
      ])
      const refused = await codeOf(async (context) => {
        context.workbook.worksheets.getActiveWorksheet().getRange('A1:B2').values = [['x', 'y']]
        await context.sync()
      })
      expect(refused).toBe('InvalidArgument')
    })

    test('of thousands of cells travel in pieces; of whole columns or five million cells not at all', async () => {
      await open()
      const [last, whole] = await run(async (context) => {
        const sheet = context.workbook.worksheets.getActiveWorksheet()
        const range = sheet.getRangeByIndexes(0, 0, 1000, 4)
        range.values = Array.from({ length: 1000 }, (_, row) => [row, row, row, `第${row}行`])
        const cell = range.getLastCell().load('values')
        const columns = sheet.getRange('A:B').load('values')
        const fiveMillion = sheet.getRangeByIndexes(0, 0, 100_001, 50).load('values')
        await context.sync()
        return [cell.values, [columns.values, fiveMillion.values]] as const
      })
      expect(last).toEqual([['第999行']])
      expect(whole).toEqual([null, null])
      expect(host.counts.byMethod['Range.values=']).toBeGreaterThan(1)
    })
  })

  describe('merged areas', () => {
    test('hold one value; the others are dropped, and writes to them vanish', async () => {
      await open()
      const read = await run(async (context) => {
        const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1:B2')
        range.values = [
          ['a', 'b'],
          ['c', 'd'],
        ]
        range.merge(false)
        await context.sync()
        range.values = [
          ['A', 'B'],
          ['C', 'D'],
        ]
        range.load('values')
        await context.sync()
        const merged = range.values
        range.unmerge()
        range.load('values')
        await context.sync()
        return [merged, range.values]
      })
      expect(read).toEqual([
        [
          ['A', ''],
          ['', ''],
        ],
        [
          ['A', ''],
          ['', ''],
        ],
      ])
    })

    test('are found by their first cell, up to 512 of them', async () => {
      await open()
      const found = await run(async (context) => {
        const sheet = context.workbook.worksheets.getActiveWorksheet()
        sheet.getRange('A1:B1').merge(false)
        sheet.getRange('A3:B6').merge(true)
        const none = sheet.getRange('D1:F9').getMergedAreasOrNullObject()
        const second = sheet.getRange('B1:F9').getMergedAreasOrNullObject()
        const all = sheet.getRange('A1:F9').getMergedAreasOrNullObject().load('areaCount,address')
        all.areas.load('items/rowIndex,items/columnCount')
        await context.sync()
        const rows = all.areas.items.map((area) => [area.rowIndex, area.columnCount])
        return {
          none: none.isNullObject,
          second: second.isNullObject,
          count: all.areaCount,
          address: all.address,
          rows,
        }
      })
      const address = 'Sheet1!A1:B1,Sheet1!A3:B3,Sheet1!A4:B4,Sheet1!A5:B5,Sheet1!A6:B6'
      expect(found).toEqual({
        none: true,
        second: true,
        count: 5,
        address,
        rows: [
          [0, 2],
          [2, 2],
          [3, 2],
          [4, 2],
          [5, 2],
        ],
      })
      const sheet = host.workbook.sheet('Sheet1')
      for (let row = 10; row < 520; row++) sheet.merge({ row, column: 0, rows: 1, columns: 2 })
      const tooMany = await codeOf(async (context) => {
        context.workbook.worksheets
          .getActiveWorksheet()
          .getRange('A1:B600')
          .getMergedAreasOrNullObject()
          .load('areaCount')
        await context.sync()
      })
      expect(tooMany).toBe('GeneralException')
    })
  })

  describe('objects', () => {
    test('that do not exist are null objects, and so is what hangs on them', async () => {
      await open()
      const nulls = await run(async (context) => {
        const sheet = context.workbook.worksheets.getItemOrNullObject('没有')
        const used = sheet.getUsedRangeOrNullObject()
        const empty = context.workbook.worksheets.getActiveWorksheet().getUsedRangeOrNullObject()
        await context.sync()
        return [sheet.isNullObject, used.isNullObject, empty.isNullObject]
      })
      expect(nulls).toEqual([true, true, true])
      const missing = await codeOf(async (context) => {
        context.workbook.worksheets.getItem('没有').load('name')
        await context.sync()
      })
      expect(missing).toBe('ItemNotFound')
    })

    test('serve across syncs, and a range follows inserted and deleted rows', async () => {
      await open()
      const addresses = await run(async (context) => {
        const sheet = context.workbook.worksheets.getActiveWorksheet()
        const range = sheet.getRange('B5:C6')
        range.values = [
          [1, 2],
          [3, 4],
        ]
        await context.sync()
        sheet.getRange('2:3').insert('Down')
        const seen: string[] = []
        for (const _ of [1, 2]) {
          range.load('address,values')
          await context.sync()
          seen.push(`${range.address} ${range.values.flat()}`)
          sheet.getRange('1:1').delete('Up')
        }
        return seen
      })
      expect(addresses).toEqual(['Sheet1!B7:C8 1,2,3,4', 'Sheet1!B6:C7 1,2,3,4'])
    })

    test('are sheets: added, listed, hidden, renamed, deleted', async () => {
      await open()
      const sheets = await run(async (context) => {
        const { worksheets } = context.workbook
        const added = worksheets.add('_ledger')
        added.visibility = 'VeryHidden'
        worksheets.getItem('Sheet1').name = '任务 分解表'
        worksheets.add('临时').delete()
        const cell = worksheets.getItem('任务 分解表').getCell(0, 0).load('address')
        worksheets.load('items/name,items/visibility,items/id')
        const visible = worksheets.getCount(true)
        await context.sync()
        const names = worksheets.items.map((sheet) => `${sheet.name} ${sheet.visibility}`)
        return {
          names,
          ids: new Set(worksheets.items.map(({ id }) => id)).size,
          visible: visible.value,
          address: cell.address,
        }
      })
      const names = ['任务 分解表 Visible', '_ledger VeryHidden']
      expect(sheets).toEqual({ names, ids: 2, visible: 1, address: "'任务 分解表'!A1" })
      const duplicate = await codeOf(async (context) => {
        context.workbook.worksheets.add('_LEDGER')
        await context.sync()
      })
      expect(duplicate).toBe('ItemAlreadyExists')
    })
  })

  describe('ranges', () => {
    test('are found from one another', async () => {
      await open()
      await host.select('Sheet1', 'B2:C3')
      const addresses = await run(async (context) => {
        const range = context.workbook.getSelectedRange()
        const found = [
          range,
          range.getCell(1, 1),
          range.getRow(1),
          range.getColumn(0),
          range.getOffsetRange(2, -1),
          range.getResizedRange(1, 2),
          range.getBoundingRect('E9'),
          range.getEntireRow(),
          range.getEntireColumn(),
          range.getIntersectionOrNullObject('C1:D9'),
          range.worksheet.getRange(),
        ]
        for (const one of found) one.load('address')
        await context.sync()
        return found.map(({ address }) => address.slice('Sheet1!'.length))
      })
      expect(addresses).toEqual([
        'B2:C3',
        'C3',
        'B3:C3',
        'B2:B3',
        'A4:B5',
        'B2:E4',
        'B2:E9',
        '2:3',
        'B:C',
        'C2:C3',
        '1:1048576',
      ])
      const outside = await codeOf(async (context) => {
        context.workbook.worksheets.getActiveWorksheet().getRange('A1').getOffsetRange(-1, 0).load('address')
        await context.sync()
      })
      expect(outside).toBe('InvalidArgument')
    })

    test('set the view and the page', async () => {
      await open()
      const page = await run(async (context) => {
        const sheet = context.workbook.worksheets.getActiveWorksheet()
        sheet.freezePanes.freezeAt(sheet.getRange('A1:B3'))
        sheet.showGridlines = false
        const { pageLayout } = sheet
        pageLayout.orientation = 'Landscape'
        pageLayout.paperSize = 'A3'
        pageLayout.zoom = { horizontalFitToPages: 1 }
        pageLayout.leftMargin = 36
        pageLayout.centerHorizontally = true
        pageLayout.setPrintArea(sheet.getRange('A1:F20'))
        pageLayout.load('orientation,paperSize,zoom,leftMargin,topMargin,centerHorizontally')
        await context.sync()
        return pageLayout.toJSON()
      })
      expect(page).toMatchObject({ orientation: 'Landscape', paperSize: 'A3', zoom: { horizontalFitToPages: 1 } })
      expect(page).toMatchObject({ leftMargin: 36, topMargin: 54, centerHorizontally: true })
      const { frozen, showGridlines } = host.workbook.sheet('Sheet1')
      expect({ frozen, showGridlines, area: host.workbook.sheet('Sheet1').page.printArea }).toEqual({
        frozen: { rows: 3, columns: 2 },
        showGridlines: false,
        area: '$A$1:$F$20',
      })
    })

    test('are written cell by cell with their looks', async () => {
      await open()
      const properties = await run(async (context) => {
        const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1:B1')
        range.setCellProperties([[{ format: { fill: { color: '#FF0000' } } }, { format: { font: { bold: true } } }]])
        const read = range.getCellProperties({ address: true, format: { fill: { color: true }, font: { bold: true } } })
        await context.sync()
        return read.value
      })
      expect(properties).toEqual([
        [
          { address: 'Sheet1!A1', format: { fill: { color: '#FF0000' }, font: { bold: false } } },
          { address: 'Sheet1!B1', format: { fill: { color: '#FFFFFF' }, font: { bold: true } } },
        ],
      ])
    })
  })

  describe('formats', () => {
    test('are written and read; where cells differ the answer is null', async () => {
      await open()
      const read = await run(async (context) => {
        const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1:B2')
        range.format.fill.color = '#FFF2CC'
        range.format.font.bold = true
        range.format.horizontalAlignment = 'Center'
        range.format.wrapText = true
        range.format.borders.getItem('InsideHorizontal').style = 'Continuous'
        range.format.rowHeight = 30
        range.getCell(0, 0).format.fill.color = 'red'
        range.getColumn(1).columnHidden = true
        const wanted =
          'columnHidden,format/fill/color,format/font/bold,format/horizontalAlignment,format/rowHeight,format/wrapText'
        range.load(wanted)
        const cell = range.getCell(0, 0).load('format/fill/color')
        const [top, bottom] = (['EdgeTop', 'EdgeBottom'] as const).map((side) =>
          range.getCell(0, 0).format.borders.getItem(side).load('style'),
        )
        await context.sync()
        const { fill, font, horizontalAlignment, rowHeight, wrapText } = range.format
        const looks = [fill.color, font.bold, horizontalAlignment, rowHeight, wrapText]
        return [range.columnHidden, looks, cell.format.fill.color, top?.style, bottom?.style]
      })
      expect(read).toEqual([null, [null, true, 'Center', 30, true], '#FF0000', 'None', 'Continuous'])
    })

    test('conditional ones are stored, listed and deleted', async () => {
      await open()
      const counts = await run(async (context) => {
        const range = context.workbook.worksheets.getActiveWorksheet().getRange('A2:D9')
        const format = range.conditionalFormats.add(Excel.ConditionalFormatType.custom)
        format.custom.rule.formula = '=COUNTIF(_ledger!$A:$A,ROW())>0'
        format.custom.format.fill.color = '#F8CBAD'
        const before = range.conditionalFormats.getCount()
        await context.sync()
        format.delete()
        const after = range.conditionalFormats.getCount()
        await context.sync()
        return [before.value, after.value]
      })
      expect(counts).toEqual([1, 0])
    })
  })

  describe('events', () => {
    /** Leaves a list of what handlers were told in the page. */
    const listen = () =>
      run(async (context) => {
        const told: string[] = []
        Object.assign(window, { told })
        const { worksheets } = context.workbook
        const sheet = worksheets.getActiveWorksheet()
        sheet.onChanged.add(async (event) => void told.push(`sheet ${event.address} ${event.details?.valueAfter}`))
        worksheets.onChanged.add(async (event) => {
          const text = await Excel.run(async (inner) => {
            const range = event.getRange(inner).load('address')
            await inner.sync()
            return range.address
          })
          told.push(`all ${event.changeType} ${text}`)
        })
        worksheets.onActivated.add(async () => void told.push('activated'))
        worksheets.onAdded.add(async () => void told.push('added'))
        worksheets.onDeleted.add(async () => void told.push('deleted'))
        sheet.onSelectionChanged.add(async (event) => void told.push(`selected ${event.address}`))
        await context.sync()
      })
    const told = () => host.page.evaluate('told.splice(0)')

    test('tell of the user', async () => {
      await open()
      await listen()
      await host.type('Sheet1', 'B2', '已完成')
      await host.select('Sheet1', 'C3')
      await vi.waitFor(async () =>
        expect(await host.page.evaluate('told')).toEqual([
          'sheet B2 已完成',
          'all RangeEdited Sheet1!B2',
          'selected C3',
        ]),
      )
    })

    test("tell of the add-in's own writes after the sync, unless switched off", async () => {
      await open()
      await listen()
      const write = (address: string, quiet: boolean) =>
        host.page.evaluate(
          ([target, off]) =>
            Excel.run(async (context) => {
              context.runtime.enableEvents = !off
              context.workbook.worksheets.getActiveWorksheet().getRange(target).values = [['x']]
              await context.sync()
              return (window as unknown as { told: string[] }).told.length
            }),
          [address, quiet] as const,
        )
      expect(await write('A1', false)).toBe(0)
      await vi.waitFor(async () => expect(await told()).toContain('sheet A1 x'))
      await write('A2', true)
      await write('A3', false)
      await vi.waitFor(async () => expect(await host.page.evaluate('told')).toContain('sheet A3 x'))
      expect(await told()).not.toContain('sheet A2 x')
    })

    test('tell of sheets and of inserted rows, never of merging', async () => {
      await open()
      await listen()
      await run(async (context) => {
        const sheet = context.workbook.worksheets.getActiveWorksheet()
        sheet.getRange('A1:B1').merge(false)
        sheet.getRange('2:2').insert('Down')
        const other = context.workbook.worksheets.add('其他')
        await context.sync()
        other.activate()
        await context.sync()
        other.delete()
        await context.sync()
      })
      await vi.waitFor(async () =>
        expect(await host.page.evaluate('told')).toEqual(
          expect.arrayContaining(['all RowInserted Sheet1!2:2', 'added', 'activated', 'deleted']),
        ),
      )
      expect(((await told()) as string[]).filter((line) => line.startsWith('sheet'))).toEqual(['sheet 2:2 undefined'])
    })
  })

  describe('refuses', () => {
    const readName: Batch<string> = async (context) => {
      const sheet = context.workbook.worksheets.getActiveWorksheet().load('name')
      await context.sync()
      return sheet.name
    }

    test('everything while a cell is being edited', async () => {
      await open()
      host.setCellEditMode(true)
      expect(await codeOf(readName)).toBe('InvalidOperationInCellEditMode')
      host.setCellEditMode(false)
      expect(await run(readName)).toBe('Sheet1')
    })

    test('as many requests as the test throttles', async () => {
      await open()
      host.throttleNext(2)
      expect([await codeOf(readName), await codeOf(readName), await codeOf(readName)]).toEqual([
        'ActivityLimitReached',
        'ActivityLimitReached',
        'no error',
      ])
    })

    test('members above the emulated version', async () => {
      await open({ excelApi: '1.12' })
      const merged: Batch<unknown> = async (context) => {
        context.workbook.worksheets.getActiveWorksheet().getRange('A1').getMergedAreasOrNullObject()
        await context.sync()
      }
      expect(await codeOf(merged)).toBe('ApiNotFound')
      expect(host.gaps).toEqual([])
    })

    test('by name what it does not emulate', async () => {
      const complaint = vi.spyOn(console, 'error').mockImplementation(() => {})
      await open()
      const fill: Batch<unknown> = async (context) => {
        context.workbook.worksheets.getActiveWorksheet().getRange('A1').autoFill('A1:A5')
        await context.sync()
      }
      expect(await codeOf(fill)).toBe('ExcelHostGap')
      expect(host.gaps).toEqual(['excel-host: Range.autoFill is not emulated'])
      expect(complaint).toHaveBeenCalledWith('excel-host: Range.autoFill is not emulated')
      complaint.mockRestore()
    })

    test('what follows a failed action, but keeps what went before', async () => {
      await open()
      const half: Batch<unknown> = async (context) => {
        const sheet = context.workbook.worksheets.getActiveWorksheet()
        sheet.getRange('A1').values = [['before']]
        sheet.getRange('A2:B2').values = [['wrong shape']]
        sheet.getRange('A3').values = [['after']]
        await context.sync()
      }
      expect(await codeOf(half)).toBe('InvalidArgument')
      const cell = (row: number) => host.workbook.sheet('Sheet1').cell(row, 0)?.value ?? null
      expect([cell(0), cell(2)]).toEqual(['before', null])
    })

    test('more than 5 MB a request or a response, on the web alone', async () => {
      const send: Batch<unknown> = async (context) => {
        context.workbook.worksheets.getActiveWorksheet().getRange('A1').values = [['汉'.repeat(1_800_000)]]
        await context.sync()
      }
      const receive: Batch<unknown> = async (context) => {
        context.workbook.worksheets.getActiveWorksheet().getRange('A1').load('values')
        await context.sync()
      }
      await open({ platform: 'OfficeOnline' })
      expect(await codeOf(send)).toBe('RequestPayloadSizeLimitExceeded')
      host.workbook.sheet('Sheet1').type(0, 0, '汉'.repeat(1_800_000))
      expect(await codeOf(receive)).toBe('ResponsePayloadSizeLimitExceeded')
      await host.close()
      await open()
      expect([await codeOf(send), await codeOf(receive)]).toEqual(['no error', 'no error'])
    })
  })

  test('counts syncs, bytes and calls', async () => {
    await open()
    host.resetCounts()
    await run(async (context) => {
      const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1:B2')
      range.merge(false)
      range.format.autofitRows()
      await context.sync()
      await context.sync()
    })
    const { syncs, requestBytes, byMethod } = host.counts
    expect({ syncs, merge: byMethod['Range.merge'], autofit: byMethod['RangeFormat.autofitRows'] }).toEqual({
      syncs: 1,
      merge: 1,
      autofit: 1,
    })
    expect(requestBytes).toBeGreaterThan(200)
  })

  describe.skipIf(!findPythonWithOpenpyxl())('a file', () => {
    async function python(script: string, path: string): Promise<unknown> {
      const { stdout, stderr, status } = spawnSync(findPythonWithOpenpyxl() as string, ['-c', script, path], {
        encoding: 'utf8',
      })
      if (status !== 0) throw new Error(stderr)
      return stdout === '' ? undefined : JSON.parse(stdout)
    }

    const MAKE = `
import sys, openpyxl
from openpyxl.styles import PatternFill, Font, Alignment, Border, Side
book = openpyxl.Workbook()
sheet = book.active
sheet.title = '任务分解表'
sheet['A1'] = '2023年任务分解表'
sheet.merge_cells('A1:D1')
sheet['A1'].font = Font(name='方正小标宋简体', size=22, bold=True)
sheet['A1'].alignment = Alignment(horizontal='center', vertical='center', wrap_text=True)
sheet['A2'] = '序号'
sheet['A2'].fill = PatternFill('solid', fgColor='DDEBF7')
sheet['A2'].border = Border(top=Side('thin'), bottom=Side('thin'))
sheet['B2'] = 1234.5
sheet['C2'] = '=B2*2'
sheet.row_dimensions[1].height = 40
sheet.column_dimensions['B'].width = 30
sheet.column_dimensions['D'].hidden = True
sheet.row_dimensions[5].hidden = True
sheet.freeze_panes = 'B3'
sheet.page_setup.orientation = 'landscape'
sheet.page_setup.paperSize = 8
book.create_sheet('_ledger').sheet_state = 'veryHidden'
book.save(sys.argv[1])`

    const READ = `
import sys, json, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book['任务分解表']
fill = lambda at: sheet[at].fill.fgColor.rgb if sheet[at].fill.fill_type else None
print(json.dumps({
  'sheets': [[s.title, s.sheet_state] for s in book],
  'merges': sorted(str(m) for m in sheet.merged_cells.ranges),
  'values': [[c.value for c in row] for row in sheet['A1:C3']],
  'fills': [fill('A2'), fill('B2'), fill('A3')],
  'title': [sheet['A1'].font.name, sheet['A1'].font.size, sheet['A1'].alignment.horizontal],
  'border': [sheet['A2'].border.top.style, sheet['A3'].border.left.style],
  'hidden': [sheet.column_dimensions['D'].hidden, sheet.row_dimensions[5].hidden],
  'sizes': [sheet.row_dimensions[1].height, round(sheet.column_dimensions['B'].width)],
  'page': [sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.freeze_panes, sheet.print_title_rows],
  'footer': sheet.oddFooter.center.text,
  'rules': [[str(r.sqref), r.rules[0].formula] for r in sheet.conditional_formatting],
}))`

    test('is loaded, edited through Excel.run, saved, and read by openpyxl', async () => {
      const path = join(await mkdtemp(join(tmpdir(), 'excel-host-')), 'book.xlsx')
      await python(MAKE, path)
      await open({ workbook: new Uint8Array(await readFile(path)) })
      const complaint = vi.spyOn(console, 'error').mockImplementation(() => {})
      const uncalculated: Batch<unknown> = async (context) => {
        context.workbook.worksheets.getItem('任务分解表').getRange('C2').load('values')
        await context.sync()
      }
      expect(await codeOf(uncalculated)).toBe('ExcelHostGap')
      expect(host.gaps).toEqual(['excel-host: calculating =B2*2 is not emulated'])
      complaint.mockRestore()
      await host.type('任务分解表', 'C2', '=B2*2', 2469)
      const seen = await run(async (context) => {
        const sheet = context.workbook.worksheets.getItem('任务分解表')
        const all = sheet.getUsedRange().load('address,values')
        const title = sheet.getRange('A1').load('format/font/name,format/rowHeight')
        const fill = sheet.getRange('A2').load('format/fill/color')
        const corner = sheet.getRange('D5').load('columnHidden,rowHidden')
        const ledger = context.workbook.worksheets.getItem('_ledger').load('visibility')
        const merged = all.getMergedAreasOrNullObject().load('address')
        await context.sync()
        const { font, rowHeight } = title.format
        const looks = [font.name, rowHeight, fill.format.fill.color, corner.columnHidden, corner.rowHidden]
        return [all.address, all.values[1], merged.address, ledger.visibility, looks]
      })
      const looks = ['方正小标宋简体', 40, '#DDEBF7', true, true]
      const row2 = ['序号', 1234.5, 2469, '']
      expect(seen).toEqual(['任务分解表!A1:D2', row2, '任务分解表!A1:D1', 'VeryHidden', looks])
      await run(async (context) => {
        const sheet = context.workbook.worksheets.getItem('任务分解表')
        const area = sheet.getRange('A3:A4')
        area.merge(false)
        area.numberFormat = [['@'], ['@']]
        sheet.getRange('A3').values = [['001']]
        area.format.fill.color = '#FCE4D6'
        area.format.borders.getItem('EdgeLeft').style = 'Continuous'
        const rule = area.conditionalFormats.add('Custom')
        rule.custom.rule.formula = '=$A3=""'
        rule.custom.format.fill.color = '#FF0000'
        const page = sheet.pageLayout
        page.zoom = { horizontalFitToPages: 1 }
        page.setPrintTitleRows('$1:$2')
        page.headersFooters.defaultForAllPages.centerFooter = '第 &P 页'
        await context.sync()
      })
      await writeFile(path, await host.save())
      expect(await python(READ, path)).toEqual({
        sheets: [
          ['任务分解表', 'visible'],
          ['_ledger', 'veryHidden'],
        ],
        merges: ['A1:D1', 'A3:A4'],
        values: [
          ['2023年任务分解表', null, null],
          ['序号', 1234.5, '=B2*2'],
          ['001', null, null],
        ],
        fills: ['FFDDEBF7', null, 'FFFCE4D6'],
        title: ['方正小标宋简体', 22, 'center'],
        border: ['thin', 'thin'],
        hidden: [true, true],
        sizes: [40, 30],
        page: ['landscape', 8, 'B3', '$1:$2'],
        footer: '第 &P 页',
        rules: [['A3:A4', ['$A3=""']]],
      })
    })
  })
})
