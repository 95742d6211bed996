/**
 * A text of the plan that reads otherwise on the sheet: such texts change only by the commission, by adjustment
 * or by erratum. Another task's text under this id is row-id/shifted; a blank one is cell/required.
 */
import type { CheckContext } from '../check-context.ts'
import { isBlank } from '../fold.ts'
import { tableRule } from './rule.ts'

export const taskChanged = tableRule({
  level: 'table',
  per: 'table',
  codes: { 'task/changed': 'warning' },
  check({ table, context, foldText }) {
    if (context.mayChangeTexts || (!context.planTasks && !context.planTexts)) return []
    const columns = table.spec.columns.filter(({ kind, writer }) => kind === 'text' && writer === 'commission')
    const tasks = new Set(Object.values(context.planTasks ?? {}).map(foldText))
    return table.rows.flatMap(({ rowId, cells }, index) =>
      columns.flatMap(({ key }) => {
        const [before, after] = [planText(context, rowId, key), cells[key]]
        if (before === undefined || after === undefined || isBlank(before) || isBlank(after)) return []
        if (foldText(before) === foldText(after) || (key === 'task' && tasks.has(foldText(after)))) return []
        return [{ code: 'task/changed' as const, index, column: key, to: before, params: { before, after } }]
      }),
    )
  },
})

function planText({ planTasks, planTexts }: CheckContext, rowId: string, column: string): string | undefined {
  const texts = planTexts && Object.hasOwn(planTexts, rowId) ? planTexts[rowId] : undefined
  if (texts && Object.hasOwn(texts, column)) return texts[column]
  return column === 'task' && planTasks && Object.hasOwn(planTasks, rowId) ? planTasks[rowId] : undefined
}
