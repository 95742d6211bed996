/**
 * The same task on several rows, each with an id of its own: two people may have added it. Rows are never
 * merged by their words, so it is only asked. A task over several rows says each time something else.
 */
import { columnOf } from '../sheet-spec.ts'
import { continuesTask, ordinalKey } from './numbering.ts'
import { type TableScope, tableRule } from './rule.ts'

export const taskDoubled = tableRule({
  level: 'table',
  per: 'table',
  codes: { 'task/doubled': 'ask' },
  check(scope) {
    const said = scope.table.rows.map((_, index) => taskOf(scope, index))
    const counts = new Map<string, number>()
    for (const key of said) if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
    return said.flatMap((key, index) => {
      const count = counts.get(key ?? '') ?? 0
      return count > 1 ? [{ code: 'task/doubled' as const, index, column: 'task', params: { count } }] : []
    })
  },
})

/** Task and target, blanks and full width aside; undefined where the row has none of its own. */
function taskOf({ table, foldText, foldHeader }: TableScope, index: number): string | undefined {
  const row = table.rows[index]!
  const task = foldHeader(row.cells.task ?? '')
  if (task === '' || row.mergedDown?.includes('task')) return undefined
  if (continuesTask(table, index, ordinalKey(table) ?? 'number', foldText)) return undefined
  return columnOf(table.spec, 'target') ? `${task}\n${foldHeader(row.cells.target ?? '')}` : task
}
