/**
 * Draws a plan as the workbook that its county knows: node tools/draw-plan.ts <plan> <out.xlsx>.
 * The rows have no versions yet, so no hidden columns are written; a workbook to be filled in and
 * sent back comes from the master.
 */
import { writeFile } from 'node:fs/promises'
import { drawTable } from '../domain/draw-table.ts'
import { breakdownSpec } from '../domain/plan.ts'
import type { PlanFile } from '../domain/protocol.ts'
import type { SheetModel } from '../domain/sheet-model.ts'
import type { Table } from '../domain/table.ts'
import { writeWorkbook } from '../xlsx/write.ts'
import { readSeed, SEEDS } from './read-seed.ts'

/** The whole plan as one table, in the order of the file. */
export function planTable({ plan, rows }: PlanFile): Table {
  const spec = breakdownSpec({ ...plan, state: 'issued' })
  return { spec, rows: rows.map(({ rowId, cells, spans }) => ({ rowId, cells, spans })), complete: true }
}

/** The sheet as it is printed with the notice. */
export function drawPlan(file: PlanFile): SheetModel {
  return drawTable(planTable(file), { name: '任务分解表', carrier: false })
}

if (import.meta.main) {
  const [seed, out] = process.argv.slice(2)
  if (seed === undefined || out === undefined) {
    console.error(`用法 / Usage: node tools/draw-plan.ts <${SEEDS.join(' | ')} | folder> <out.xlsx>`)
    process.exit(2)
  }
  const file = await readSeed(seed)
  const created = new Date().toISOString()
  await writeFile(out, await writeWorkbook([drawPlan(file)], { title: file.plan.title, created }))
  console.log(`${out}: ${file.plan.title}，${file.rows.length} 行`)
}
