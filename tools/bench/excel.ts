/**
 * What the Excel side of the port costs in requests to Excel (syncs) and their bytes, counted by the
 * tests' Excel host: the real office.js over an emulated workbook. Counts, not times.
 */
import { drawTable } from '../../domain/draw-table.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import { type ExcelPage, openExcelPage } from '../../test/addin/excel-page.ts'
import { launchChromium } from '../../test/support/programs.ts'
import { closeAtEnd } from './closing.ts'
import { formatNumber, type Line, NONE, type Part } from './report.ts'
import { createTable } from './table.ts'

const GOAL_SYNCS = 6

export const benchExcel: Part = async () => {
  const browser = await launchChromium()
  if (!browser)
    return [{ what: 'Excel 请求', size: '无 Chromium，未测', ours: NONE, other: NONE, ratio: NONE, goal: NONE }]
  closeAtEnd(() => browser.close())
  const page = await openExcelPage(browser)
  const small = await drawModel(42)
  const lines = [
    await count(page, '绘制表格', '42 行', GOAL_SYNCS, () => page.draw(small)),
    await count(page, '读取表格', '42 行', GOAL_SYNCS, () => page.read(small.name)),
    await count(page, '写入单元格', '10 格', GOAL_SYNCS, () => page.write(small.name, tenCells(small))),
  ]
  const large = await drawModel(500)
  await page.draw(large)
  lines.push(await count(page, '读取表格', '500 行', undefined, () => page.read(large.name)))
  if (page.excel.gaps.length > 0) throw new Error(page.excel.gaps.join('\n'))
  await browser.close()
  return lines
}

async function drawModel(rows: number): Promise<SheetModel> {
  const { table } = await createTable(rows)
  return drawTable(table, { name: `任务分解表${rows}`, carrier: true })
}

/** Cells of ten rows in one column, as fixes after a check are. */
function tenCells({ frozen }: SheetModel) {
  const first = frozen?.rows ?? 0
  return Array.from({ length: 10 }, (_, i) => ({ row: first + 4 * i, column: 1, text: `改写第 ${i + 1} 处。` }))
}

async function count(
  page: ExcelPage,
  what: string,
  size: string,
  goal: number | undefined,
  work: () => Promise<{ value: unknown } | { code: string }>,
): Promise<Line> {
  page.excel.resetCounts()
  const outcome = await work()
  if ('code' in outcome) throw new Error(`${what} ${size}: ${outcome.code}`)
  const { syncs, requestBytes, responseBytes } = page.excel.counts
  return {
    what: `Excel：${what}`,
    size: `${size}，发 ${formatNumber(requestBytes / 1024)} KB，收 ${formatNumber(responseBytes / 1024)} KB`,
    ours: `${syncs} 次`,
    other: NONE,
    ratio: NONE,
    goal: goal === undefined ? NONE : `≤ ${goal} 次`,
    ...(goal !== undefined && { met: syncs <= goal }),
  }
}
