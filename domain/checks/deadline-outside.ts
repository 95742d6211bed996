/**
 * A milestone that names a time outside its period: 9月底 in the column that is due on 06-30. The period's
 * dates decide, not its label (12月底 is right under 2024年1月 where that is due on 12-31). Only the single
 * time that a cell names is judged: where there are several, one of them may well look ahead or back. Another
 * year counts only where it is written with a limit (2024年8月31日前).
 */
import { coveredColumns } from '../table.ts'
import { namesTime, readTimeMentions } from '../wording/deadlines.ts'
import { excerpt } from './characters.ts'
import { cellRule } from './rule.ts'

export const deadlineOutside = cellRule({
  level: 'cell',
  per: 'cell',
  kinds: ['milestone'],
  codes: { 'deadline/late': 'hint', 'deadline/early': 'hint' },
  check({ text, row, column }, { table, context }) {
    if (!namesTime(text) || context.unconfirmed?.has(row.rowId)) return []
    const keys = table.spec.columns.filter(({ kind }) => kind === 'milestone')
    const covered = coveredColumns(
      row,
      column.key,
      keys.map(({ key }) => key),
    )
    const periods = covered.flatMap((key) => {
      const of = keys.find((one) => one.key === key)?.period
      return context.periods.filter((period) => period.key === of)
    })
    const [first] = periods
    if (!first) return []
    const from = periods.reduce((least, period) => (period.from < least ? period.from : least), first.from)
    const dueOn = periods.reduce((most, period) => (period.dueOn > most ? period.dueOn : most), first.dueOn)
    const [mention, ...others] = readTimeMentions(text, Number(dueOn.slice(0, 4)))
    if (!mention || others.length > 0) return []
    const params = { found: mention.text, from, dueOn, excerpt: excerpt(text, mention.start, mention.end) }
    const { first: begins, last: ends, isBound, namesYear } = mention
    // 2029年12月底欠账 is no limit.
    const isLimit = namesYear && mention.text.endsWith('前')
    if (begins > dueOn && (isLimit || isSameYear(begins, dueOn))) return [{ code: 'deadline/late', params }]
    if (isBound && ends < from && (isLimit || isSameYear(ends, from))) return [{ code: 'deadline/early', params }]
    return []
  },
})

function isSameYear(one: string, other: string): boolean {
  return one.slice(0, 4) === other.slice(0, 4)
}
