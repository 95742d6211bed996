/** 校验报告 as a workbook of its own, one sheet for each sheet that was checked. */
import { checkReport, checkRowTargets } from '../../domain/check-report.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import type { CheckedSheet } from './check-workbook.ts'

/** Bytes of an .xlsx. `now`: printed on each sheet. */
export async function drawReports(sheets: readonly CheckedSheet[], now: Date): Promise<Uint8Array> {
  const at = now.toISOString()
  const reports = sheets.map(({ plan, spec, rows, issues }, i) => {
    const model = checkReport({ title: plan.title, spec, rows, issues, targets: checkRowTargets(spec, rows), at })
    return i === 0 ? model : { ...model, name: `${model.name}${i + 1}` }
  })
  return await writeWorkbook(reports, { title: sheets[0]?.plan.title ?? '', created: at })
}
