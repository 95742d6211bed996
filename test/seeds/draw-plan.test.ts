/** The drawn workbook: what a county opens and prints reads back as the plan that it was drawn from. */
import { describe, expect, it } from 'vitest'
import { readTable } from '../../domain/read-table.ts'
import { drawPlan, planTable } from '../../tools/draw-plan.ts'
import { readSeed, SEEDS } from '../../tools/read-seed.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { writeWorkbook } from '../../xlsx/write.ts'

describe.each(SEEDS)('the workbook of %s', (planId) => {
  it('reads back as the rows, texts and spans of the seed, with no issue', async () => {
    const file = await readSeed(planId)
    const bytes = await writeWorkbook([drawPlan(file)], { title: file.plan.title, created: '2030-01-01T00:00:00Z' })
    const { sheets } = await readWorkbook(bytes)
    const { table, issues } = readTable(sheets[0]!.grid, planTable(file).spec)
    expect(issues).toEqual([])
    expect(table.rows.map(({ cells, spans }) => ({ cells, spans: spans ?? {} }))).toEqual(
      file.rows.map(({ cells, spans }) => ({ cells, spans: spans ?? {} })),
    )
  })

  it('prints on A3 landscape under its title lines, the header on every page', async () => {
    const file = await readSeed(planId)
    const model = drawPlan(file)
    const titles = file.plan.titleLines.length
    expect(model.cells.slice(0, titles).map((line) => line[0]!.text)).toEqual(file.plan.titleLines)
    const levels = file.plan.periods.length > 0 ? 2 : 1
    expect(model.print).toMatchObject({
      paper: 'A3',
      orientation: 'landscape',
      repeatRows: [titles, titles + levels - 1],
      lastRow: titles + levels + file.rows.length - 1,
    })
    expect(model.hiddenColumns).toEqual([])
    for (const height of model.rowHeights) expect(height).toBeGreaterThan(0)
  })
})
