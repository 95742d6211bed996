/**
 * What the Excel side of the port costs in requests to Excel (syncs) and their bytes, counted by the
 * tests' Excel host: the real office.js over an emulated workbook. The time is that of our code, office.js and the
 * emulation together, once; what a real Excel does with the requests is not in it.
 */
import { drawTable } from '../../domain/draw-table.ts'
import type { Area, Grid } from '../../domain/grid.ts'
import { MARK_KINDS, type Painting, planPainting } from '../../domain/marks.ts'
import { readTable } from '../../domain/read-table.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import { type ExcelPage, openExcelPage } from '../../test/addin/excel-page.ts'
import { launchChromium } from '../../test/support/programs.ts'
import { closeAtEnd } from './closing.ts'
import { formatMs, formatNumber, type Line, NONE, type Part } from './report.ts'
import { createTable } from './table.ts'

const GOAL_SYNCS = 6
/** The name of the edited sheet is one more, asked for by its event. */
const GOAL_AGAIN = 1

export const benchExcel: Part = async () => {
  const browser = await launchChromium()
  if (!browser)
    return [{ what: 'Excel 请求', size: '无 Chromium，未测', ours: NONE, other: NONE, ratio: NONE, goal: NONE }]
  closeAtEnd(() => browser.close())
  const page = await openExcelPage(browser)
  const lines: Line[] = []
  for (const rows of [42, 500]) lines.push(...(await benchSize(page, rows)))
  if (page.excel.gaps.length > 0) throw new Error(page.excel.gaps.join('\n'))
  await browser.close()
  return lines
}

/** A table is drawn, read, read again after an edit, corrected in ten cells, marked, marked again and cleared. */
async function benchSize(page: ExcelPage, rows: number): Promise<Line[]> {
  const { table } = await createTable(rows)
  const model = drawTable(table, { name: `任务分解表${rows}`, carrier: true, filter: true })
  const size = `${rows} 行`
  const goal = rows > 42 ? undefined : GOAL_SYNCS
  const drawing = await count(page, '绘制表格', size, goal, () => page.draw(model))
  let grid: Grid | undefined
  const reading = await count(page, '读取表格', size, goal, async () => {
    const outcome = await page.read(model.name)
    if ('value' in outcome) grid = outcome.value
    return outcome
  })
  if (!grid) throw new Error(`no sheet ${model.name}`)
  const edited: Area = { row: model.frozen?.rows ?? 0, column: 2, rows: 1, columns: 1 }
  const painting = paintEveryRow(grid, table.spec)
  return [
    drawing,
    reading,
    await count(page, '改一格后再读', size, GOAL_AGAIN, () => page.call('read', [model.name, [edited]])),
    await count(page, `写入单元格，${rows} 行表`, '10 格', goal, () => page.write(model.name, tenCells(model))),
    await count(page, '首次标记', size, goal, () => page.call('paintMarks', [painting])),
    await count(page, '重新标记', size, goal, () => page.call('paintMarks', [painting])),
    await count(page, '清除标记', size, goal, () => page.call('clearMarks', [model.name])),
  ]
}

/** Marks of every kind: on each row a finding and two cells that are others' to fill in. */
function paintEveryRow(grid: Grid, spec: SheetSpec): Painting {
  const { layout } = readTable(grid, spec, { complete: true })
  if (!layout) throw new Error('no table')
  const cells = layout.rows.flatMap((row, i) => [
    { row, column: 2 + (i % 5), kind: MARK_KINDS[i % 4] ?? 'hint' },
    { row, column: 0, kind: 'readonly' as const },
    { row, column: 1, kind: 'readonly' as const },
  ])
  return planPainting(grid, layout, cells, '2023-11-10T01:12:00Z')
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
  const start = performance.now()
  const outcome = await work()
  const took = performance.now() - start
  if ('code' in outcome) throw new Error(`${what} ${size}: ${outcome.code}`)
  const { syncs, requestBytes, responseBytes } = page.excel.counts
  return {
    what: `Excel：${what}`,
    size: `${size}，发 ${formatNumber(requestBytes / 1024)} KB，收 ${formatNumber(responseBytes / 1024)} KB`,
    ours: `${syncs} 次，${formatMs(took)}`,
    other: NONE,
    ratio: NONE,
    goal: goal === undefined ? NONE : `≤ ${goal} 次`,
    ...(goal !== undefined && { met: syncs <= goal }),
  }
}
