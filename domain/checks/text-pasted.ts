/**
 * The same long milestone in the same period under two tasks: one may have been pasted over the other. Official
 * formulas that many tasks share are silent, and so is the same text in neighbouring periods of one row.
 */
import { milestoneKeys } from '../sheet-spec.ts'
import { countOwnWords } from '../wording/formulas.ts'
import { tableRule } from './rule.ts'

const FEWEST = 15
const FEWEST_OWN = 8

export const textPasted = tableRule({
  level: 'table',
  per: 'table',
  codes: { 'text/pasted': 'ask' },
  check({ table, foldHeader }) {
    const taskOf = (index: number) => foldHeader(table.rows[index]?.cells.task ?? '')
    return milestoneKeys(table.spec).flatMap((column) => {
      const byText = new Map<string, number[]>()
      for (const [index, { cells, mergedDown }] of table.rows.entries()) {
        const text = foldHeader(cells[column] ?? '')
        if (text.length < FEWEST || mergedDown?.includes(column)) continue
        const known = byText.get(text)
        if (known) known.push(index)
        else byText.set(text, [index])
      }
      return [...byText].flatMap(([text, rows]) => {
        const [first, ...others] = rows
        if (first === undefined || others.length === 0) return []
        const task = taskOf(first)
        if (others.every((index) => taskOf(index) === task) || countOwnWords(text) < FEWEST_OWN) return []
        return rows.map((index) => ({ code: 'text/pasted' as const, index, column, params: { count: rows.length } }))
      })
    })
  },
})
