/** 导出校验报告: the check as one sheet to print, saved as a file of its own; the open workbook stays as it is. */
import { createTranslate } from '../messages.ts'
import { XLSX_TYPE } from '../save-file.ts'
import { beijingDay } from '../ui/time.ts'
import { findIssues, readForCheck } from './check-reading.ts'
import { type Flow, notice, run } from './flow.ts'
import { namedGrid } from './reading.ts'

/** Reads the sheet anew, so that what is printed is what it says now. */
export function saveReport(flow: Flow, sheet: string): Promise<void> {
  return run(
    flow,
    'busy.report',
    async ({ progress, signal }) => {
      const grid = await namedGrid(flow, sheet)
      const found = grid && (await readForCheck(flow, grid))
      if (!found) return
      const { reading, context, rows = [] } = found
      const { spec, rows: table } = reading.table
      const t = createTranslate('zh')
      const [{ check, checkReport, checkRowTargets }, { writeWorkbook }] = await Promise.all([
        flow.checking(),
        import('../../xlsx/write.ts'),
      ])
      progress(1, 3)
      signal.throwIfAborted()
      const leads = new Map(rows.map(({ rowId, lead }) => [rowId, lead]))
      const issues = findIssues(check, found).map(({ issue, reason }) =>
        reason ? { ...issue, reason: { text: reason.text, by: reason.by ?? t('reason.here') } } : issue,
      )
      const title = flow.state().plan?.plan.title ?? spec.titleLines.at(-1) ?? sheet
      const model = checkReport({
        title,
        spec,
        rows: table.map((row) => ({ ...row, lead: leads.get(row.rowId) ?? [] })),
        issues,
        targets: checkRowTargets(spec, table, context.answers),
        at: flow.now().toISOString(),
      })
      progress(2, 3)
      const bytes = await writeWorkbook([model], { title: `${title}校验报告`, created: flow.now().toISOString() })
      signal.throwIfAborted()
      const name = `${sheet}（校验报告，${beijingDay(flow.now())}）.xlsx`
      flow.save(name, new Blob([new Uint8Array(bytes)], { type: XLSX_TYPE }))
      notice(flow, { tone: 'success', text: 'report.saved', params: { name } })
    },
    { cancellable: true },
  )
}
