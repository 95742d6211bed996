/** Reading again after an edit in the emulated Excel: what it costs, and that it is what a full reading gives. */
import fc from 'fast-check'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseArea } from '../../addin/excel/watch-edits.ts'
import { drawTable } from '../../domain/draw-table.ts'
import { type Area, cellAddress, type Grid } from '../../domain/grid.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { milestoneKeys } from '../../domain/sheet-spec.ts'
import type { Table } from '../../domain/table.ts'
import { FENGJIE } from '../support/plan-samples.ts'
import { findChromium, launchChromium } from '../support/programs.ts'
import { type ExcelPage, openExcelPage, type PageWindow } from './excel-page.ts'

const SHEET = '任务分解表'

/** A table in shape: every period of each row, two of them in one merged cell. */
function tableOf(rows: number): Table {
  const spec = breakdownSpec(FENGJIE)
  const [first = '', second = '', ...others] = milestoneKeys(spec)
  return {
    spec,
    complete: true,
    rows: Array.from({ length: rows }, (_, i) => ({
      rowId: `r${i}`,
      ver: 1,
      cells: {
        number: String(i + 1),
        task: `开展第${i + 1}项技能培训，全年培训500人次以上，新增就业300人。`,
        [first]: '制定年度培训计划，确定承训机构，落实补助资金，启动第一批培训班次。',
        [second]: '',
        ...Object.fromEntries(others.map((key) => [key, '组织开展技能培训100人次，新增就业60人，按月通报进度。'])),
        leadUnits: '县人力社保局',
      },
      spans: { [first]: 2 },
    })),
  }
}

describe('where an edit was', () => {
  test.each<[string, Area | undefined]>([
    ['C5', { row: 4, column: 2, rows: 1, columns: 1 }],
    ['AA10:AB12', { row: 9, column: 26, rows: 3, columns: 2 }],
    ['A:A', undefined],
    ['3:4', undefined],
    ['A1,C3', undefined],
    ['', undefined],
  ])('%s', (address, area) => {
    expect(parseArea(address)).toEqual(area)
  })
})

describe.skipIf(!findChromium())('in Excel', () => {
  let browser: Browser
  let page: ExcelPage

  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
  })
  afterAll(() => browser?.close())

  /** A table of so many rows, read once as a check does. */
  async function open(rows: number): Promise<void> {
    page = await openExcelPage(browser)
    await page.draw(drawTable(tableOf(rows), { name: SHEET, carrier: true }))
    await page.read(SHEET)
  }
  const heard = () => page.excel.page.evaluate(() => (window as unknown as PageWindow).areas.splice(0))
  const again = async (areas: Area[] | undefined): Promise<Grid | undefined> => {
    const outcome = await page.call<Grid>('read', areas ? [SHEET, areas] : [SHEET])
    if ('code' in outcome) throw new Error(outcome.code)
    return outcome.value
  }

  test.each([42, 500])('of %i rows an edited cell costs one request more than its event', async (rows) => {
    await open(rows)
    page.excel.resetCounts()
    await page.excel.type(SHEET, 'B6', '完成选址。。')
    // For the name of the sheet.
    await expect.poll(() => page.excel.counts.syncs).toBe(1)
    const [area] = await heard()
    expect(area).toEqual({ row: 5, column: 1, rows: 1, columns: 1 })
    const grid = await again([area as Area])
    const { syncs, requestBytes, responseBytes } = page.excel.counts
    expect(syncs).toBe(2)
    expect(requestBytes + responseBytes).toBeLessThan(10_000)
    expect(grid?.texts[5]?.[1]).toBe('完成选址。。')
    expect(grid).toEqual(await again(undefined))
    expect(page.excel.gaps).toEqual([])
  })

  test('what is read again is what a full reading gives, whatever was typed where', async () => {
    await open(42)
    const edit = fc.record({
      row: fc.integer({ min: 3, max: 50 }),
      column: fc.nat(14),
      text: fc.constantFrom('', '完成选址。', '12', '=A1', '3.2%', '2023-05-01', "'=1"),
      next: fc.constantFrom('read', 'more', 'write'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        await again(undefined)
        const areas: Area[] = []
        for (const { row, column, text, next } of edits) {
          await page.excel.type(SHEET, cellAddress(row, column), text, text === '=A1' ? '1' : undefined)
          areas.push({ row, column, rows: 1, columns: 1 })
          // Our own writing is heard by nobody.
          if (next === 'write') await page.write(SHEET, [{ row: row + 1, column: 1, text: '程序写入。' }])
          if (next !== 'more') await again(areas.splice(0))
        }
        const partly = await again(areas)
        const whole = await again(undefined)
        // A formula that stays would have every later sheet read whole.
        for (const { row, column } of edits) await page.excel.type(SHEET, cellAddress(row, column), '')
        expect(partly).toEqual(whole)
      }),
      { numRuns: 12 },
    )
    expect(page.excel.gaps).toEqual([])
  })

  test('an edit is heard also where the person is typing in the next cell already', async () => {
    await open(3)
    await heard()
    page.excel.setCellEditMode(true)
    await page.excel.type(SHEET, 'C6', '完成选址。')
    expect(await heard()).toEqual([])
    page.excel.setCellEditMode(false)
    await expect.poll(heard, { timeout: 8000 }).toEqual([{ row: 5, column: 2, rows: 1, columns: 1 }])
  })

  test('a formula that was typed is read as one, and from then on the whole sheet', async () => {
    await open(42)
    await page.excel.type(SHEET, 'P20', '备注')
    await again(undefined)
    await page.excel.type(SHEET, 'P10', '=1+1', 2)
    const area = { row: 9, column: 15, rows: 1, columns: 1 }
    expect((await again([area]))?.formulas).toEqual([{ row: 9, column: 15 }])
    page.excel.resetCounts()
    await again([area])
    expect(page.excel.counts.syncs).toBeGreaterThan(1)
  })

  test('of a sheet that was read and not edited nothing is asked, until something of ours is written', async () => {
    await open(42)
    page.excel.resetCounts()
    expect(await again([])).toBeDefined()
    expect(page.excel.counts.syncs).toBe(0)
    await page.write(SHEET, [{ row: 6, column: 1, text: '完成立项。' }])
    expect((await again([]))?.texts[6]?.[1]).toBe('完成立项。')
  })
})
