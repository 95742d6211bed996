// 标记 over the real office.js and an emulated workbook; LibreOffice says what the saved file shows.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LEDGER_SHEET, ledgerSheet } from '../../domain/carrier.ts'
import { drawTable } from '../../domain/draw-table.ts'
import type { Grid } from '../../domain/grid.ts'
import {
  MARK_KINDS,
  MARK_STYLES,
  MARKS_NAME,
  type MarkedCell,
  type Painting,
  planPainting,
  readMarkLines,
} from '../../domain/marks.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { readTable } from '../../domain/read-table.ts'
import type { Table } from '../../domain/table.ts'
import type { Cell } from '../excel-host/sheet.ts'
import { shiftCells } from '../excel-host/shift.ts'
import { convertByLibreOffice } from '../support/libreoffice.ts'
import { FENGJIE, fengjieRow } from '../support/plan-samples.ts'
import { findChromium, findSoffice, launchChromium } from '../support/programs.ts'
import { type ExcelPage, type Outcome, openExcelPage } from './excel-page.ts'

const AT = '2023-11-10T01:12:00Z'
const SHEET = '任务分解表'
const SPEC = breakdownSpec(FENGJIE)
const ROWS = 6
/** Every cell has a text of its own, by which it is found again whatever moved. */
const TABLE: Table = {
  spec: SPEC,
  complete: true,
  rows: Array.from({ length: ROWS }, (_, i) =>
    fengjieRow(
      `r${i}`,
      `${i + 1}`,
      `甲${i}`,
      [
        [`乙${i}`, 2],
        [`丙${i}`, 1],
        [`丁${i}`, 3],
      ],
      `戊${i}`,
      `己${i}`,
    ),
  ),
}
const MODEL = drawTable(TABLE, { name: SHEET, carrier: true })
const FIRST = MODEL.frozen?.rows ?? 0

/** One cell of each kind, one of them inside a merged area and two kinds in one cell. */
const CELLS: MarkedCell[] = [
  { row: FIRST, column: 1, kind: 'error' },
  { row: FIRST + 1, column: 2, kind: 'warning' },
  { row: FIRST + 2, column: 6, kind: 'ask' },
  { row: FIRST + 3, column: 4, kind: 'hint' },
  { row: FIRST + 3, column: 4, kind: 'readonly' },
  { row: FIRST + 5, column: 8, kind: 'readonly' },
]
const SHOWN = { error: ['甲0'], warning: ['乙1'], ask: ['丁2'], hint: ['丙3'], readonly: ['戊5'] }

const unwrap = <T>(outcome: Outcome<T>): T => {
  if ('value' in outcome) return outcome.value
  throw new Error(outcome.message)
}

function paintingOf(grid: Grid, cells: MarkedCell[] = CELLS): Painting {
  const { layout } = readTable(grid, SPEC, { complete: true })
  if (!layout) throw new Error('no table')
  return planPainting(grid, layout, cells, AT)
}

/** Texts of the cells that LibreOffice shows in the colour of each kind. */
function shownTexts(bytes: Uint8Array): Record<string, string[]> {
  const html = new TextDecoder().decode(convertByLibreOffice(bytes, 'html'))
  const cells = [...html.matchAll(/<td[^>]*bgcolor="#([0-9A-F]{6})"[^>]*>(.*?)<\/td>/gs)]
  return Object.fromEntries(
    MARK_KINDS.map((kind) => [
      kind,
      cells
        .filter(([, color]) => color === MARK_STYLES[kind].fill)
        .map(([, , cell = '']) => cell.replace(/<[^>]*>/g, '')),
    ]),
  )
}

describe.skipIf(!findChromium())('marks in Excel', () => {
  let browser: Browser
  const opened: ExcelPage[] = []

  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
  })
  afterAll(async () => {
    for (const page of opened) expect(page.excel.gaps).toEqual([])
    await browser.close()
  })

  async function openDrawn(): Promise<ExcelPage> {
    const page = await openExcelPage(browser)
    opened.push(page)
    unwrap(await page.draw(MODEL))
    return page
  }

  async function paint(page: ExcelPage, cells?: MarkedCell[]): Promise<void> {
    const grid = unwrap(await page.read(SHEET)) as Grid
    unwrap(await page.call('paintMarks', [paintingOf(grid, cells)]))
  }

  async function ledgerLines(page: ExcelPage) {
    const grid = unwrap(await page.read(LEDGER_SHEET))
    return grid && readMarkLines(grid)
  }

  /** Everything a person could see of their workbook, and what they could not. */
  function stateOf({ excel }: ExcelPage) {
    return {
      sheets: excel.workbook.sheets.map(({ name, visibility }) => [name, visibility]),
      names: excel.workbook.namedRanges,
      cells: excel.workbook.sheets.map((sheet) => [...sheet.cells()].map(([row, column, cell]) => [row, column, cell])),
      rules: excel.workbook.sheets.map((sheet) => sheet.conditionalFormats),
    }
  }

  it('leave the workbook, once they are cleared, as it was before', async () => {
    const page = await openDrawn()
    const before = structuredClone(stateOf(page))
    await paint(page)
    expect(stateOf(page)).not.toEqual(before)
    unwrap(await page.call('clearMarks', [SHEET]))
    expect(stateOf(page)).toEqual(before)
  })

  it('touch no cell of the table, and hide list and name', async () => {
    const page = await openDrawn()
    const sheet = page.excel.workbook.sheet(SHEET)
    const before = structuredClone([...sheet.cells()])
    await paint(page)
    expect([...sheet.cells()]).toEqual(before)
    expect(page.excel.workbook.sheet(LEDGER_SHEET).visibility).toBe('Hidden')
    expect([...page.excel.workbook.hiddenNames]).toEqual([MARKS_NAME])
  })

  it('are painted again by writing the list alone', async () => {
    const page = await openDrawn()
    await paint(page)
    const rules = page.excel.workbook.sheet(SHEET).conditionalFormats.map(({ id }) => id)
    page.excel.resetCounts()
    await paint(page, [{ row: FIRST, column: 3, kind: 'hint' }])
    expect(page.excel.workbook.sheet(SHEET).conditionalFormats.map(({ id }) => id)).toEqual(rules)
    expect(page.excel.counts.byMethod['ConditionalFormatCollection.add']).toBeUndefined()
    expect(await ledgerLines(page)).toEqual([
      [`${SHEET}!at`, AT],
      [`${SHEET}!hint|r0`, ',2,'],
    ])
  })

  it('get rules over the whole table where rows were added below it', async () => {
    const page = await openDrawn()
    await paint(page)
    const row = FIRST + ROWS
    unwrap(
      await page.write(SHEET, [
        { row, column: 0, text: '7' },
        { row, column: 1, text: '甲6' },
      ]),
    )
    await paint(page, [{ row, column: 1, kind: 'error' }])
    const rects = page.excel.workbook.sheet(SHEET).conditionalFormats.map(({ rect }) => rect.rows)
    expect(rects).toEqual(MARK_KINDS.map(() => ROWS + 1))
    expect(await ledgerLines(page)).toContainEqual([`${SHEET}!error|#${row + 1}`, ',1,'])
  })

  it('leave the marks of other sheets, other rules and what the hidden sheet says of tables', async () => {
    const page = await openDrawn()
    unwrap(await page.draw({ ...MODEL, name: '另一张表' }))
    const info = { format: 1, planId: 'p', sheet: SHEET, form: 'breakdown', specVersion: 1, complete: true } as const
    unwrap(await page.draw(ledgerSheet([info])))
    const own = page.excel.workbook.sheet(SHEET)
    own.conditionalFormats = [
      {
        id: '{own}',
        priority: 0,
        stopIfTrue: false,
        formula: '=$A1="1"',
        style: {},
        rect: { row: 0, column: 0, rows: 9, columns: 1 },
      },
    ]
    await paint(page)
    const other = unwrap(await page.read('另一张表')) as Grid
    unwrap(await page.call('paintMarks', [paintingOf(other, [{ row: FIRST, column: 1, kind: 'error' }])]))
    unwrap(await page.call('clearMarks', [SHEET]))
    expect(own.conditionalFormats.map(({ id }) => id)).toEqual(['{own}'])
    expect(page.excel.workbook.sheet('另一张表').conditionalFormats).toHaveLength(MARK_KINDS.length)
    expect(await ledgerLines(page)).toEqual([
      ['另一张表!at', AT],
      ['另一张表!error|r0', ',1,'],
    ])
    expect(unwrap(await page.read(LEDGER_SHEET))?.texts[1]?.slice(0, 2)).toEqual(['planId', 'p'])
  })

  it('forget a sheet that was renamed', async () => {
    const page = await openDrawn()
    await paint(page)
    const sheet = page.excel.workbook.sheet(SHEET)
    sheet.name = '任务分解表（改）'
    const grid = unwrap(await page.read(sheet.name)) as Grid
    unwrap(await page.call('paintMarks', [paintingOf(grid, [])]))
    expect(sheet.conditionalFormats).toHaveLength(MARK_KINDS.length)
    expect(await ledgerLines(page)).toEqual([['任务分解表（改）!at', AT]])
  })

  it('take six syncs at most', async () => {
    const page = await openDrawn()
    const grid = unwrap(await page.read(SHEET)) as Grid
    page.excel.resetCounts()
    unwrap(await page.call('paintMarks', [paintingOf(grid)]))
    expect(page.excel.counts.syncs).toBeLessThanOrEqual(6)
    page.excel.resetCounts()
    unwrap(await page.call('clearMarks', [SHEET]))
    expect(page.excel.counts.syncs).toBeLessThanOrEqual(6)
  })

  describe.skipIf(!findSoffice())('in LibreOffice', () => {
    it('are shown in the saved file, the gravest of a cell, a merged area as a whole', async () => {
      const page = await openDrawn()
      await paint(page)
      expect(shownTexts(await page.excel.save())).toEqual(SHOWN)
    })

    it('follow rows that were sorted and rows that were put in', async () => {
      const page = await openDrawn()
      await paint(page)
      const sheet = page.excel.workbook.sheet(SHEET)
      // What sorting the other way round does: texts and ids change places, formats and rules stay.
      const turned = [...sheet.cells()].map(([row, column, cell]): [number, number, Cell] => [
        row < FIRST ? row : 2 * FIRST + ROWS - 1 - row,
        column,
        cell,
      ])
      sheet.replaceCells(turned)
      shiftCells(sheet, { row: FIRST + 2, column: 0, rows: 2, columns: 16_384 }, 'row', 'insert')
      expect(shownTexts(await page.excel.save())).toEqual(SHOWN)
    })

    it('are gone from the saved file once they were cleared', async () => {
      const page = await openDrawn()
      await paint(page)
      unwrap(await page.call('clearMarks', [SHEET]))
      expect(Object.values(shownTexts(await page.excel.save())).flat()).toEqual([])
    })
  })
})
