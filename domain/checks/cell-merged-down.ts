/**
 * Text read from a cell merged down over several rows; never a span, because rows are merged one by one. One such
 * cell is one finding, at its first row.
 */
import { columnOf } from '../sheet-spec.ts'
import { tableRule } from './rule.ts'

export const cellMergedDown = tableRule({
  level: 'structure',
  per: 'table',
  codes: { 'cell/merged-down': 'warning' },
  check({ table }) {
    const found = new Map<string, { index: number; column: string; area: string; rows: number }>()
    for (const [index, { mergedDown, mergedAreas }] of table.rows.entries()) {
      for (const column of mergedDown ?? []) {
        if (!columnOf(table.spec, column)) continue
        const area = mergedAreas?.[column]
        // Without its address each row speaks for itself.
        const key = area ?? `${index} ${column}`
        const known = found.get(key)
        if (!known) found.set(key, { index, column, area: area ?? '', rows: 1 })
        else if (known.column === column) known.rows++
      }
    }
    return [...found.values()].map(({ index, column, area, rows }) => ({
      code: 'cell/merged-down' as const,
      index,
      column,
      ...(area !== '' && { params: { at: area, count: rows } }),
    }))
  },
})
