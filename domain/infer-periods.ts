/**
 * Turns the labels of period columns (3月, 一季度, 1—6月, 2024年1月) into periods with dates.
 */
import { isBlank, isDash } from './fold.ts'
import { parsePeriodLabel } from './period-label.ts'
import type { Period } from './plan.ts'

/** Something that a person should look at before the plan counts. */
export type Doubt = { code: string; rowId?: string; params: Record<string, string | number> }

/** `texts`: what stands in the column, spans that end in it included. */
export type PeriodColumn = { label: string; texts: string[] }

const YEAR_END = /12月(底|末|31日|份?前)|年底前?/

/**
 * Periods in column order with keys P1 and on; each begins the day after the one before it, the
 * first on 1 January, and is due and supervised on the last day of its label's last month. A label
 * of the next year falls due at the year's end where most texts under it say so (12月底…).
 * A label without a time runs to the year's end. Doubts: period/undated, period/unordered, period/next-year {label}.
 */
export function inferPeriods(columns: PeriodColumn[], year: number): { periods: Period[]; doubts: Doubt[] } {
  const doubts: Doubt[] = []
  const periods: Period[] = []
  const first = parsePeriodLabel(columns[0]?.label ?? '')?.year ?? year
  let last = { year: Math.min(first, year), month: 0 }
  for (const [i, { label, texts }] of columns.entries()) {
    const parsed = parsePeriodLabel(label)
    let end = { year: parsed?.year ?? last.year, month: parsed?.toMonth ?? 12 }
    if (!parsed) doubts.push({ code: 'period/undated', params: { label } })
    else if (parsed.year === undefined && end.month < last.month && end.year === year) {
      end = { ...end, year: year + 1 }
      doubts.push({ code: 'period/next-year', params: { label, year: year + 1 } })
    }
    const ordered = end.year > last.year || (end.year === last.year && end.month > last.month)
    if (parsed && !ordered) doubts.push({ code: 'period/unordered', params: { label } })
    const from = ordered ? firstDay(last) : `${end.year}-${two(end.month)}-01`
    const to = lastDay(end)
    const dueOn = end.year > year && saysYearEnd(texts) ? `${year}-12-31` : to
    periods.push({ key: `P${i + 1}`, label: label.replace(/\s+/g, ''), from, to, dueOn, supervisedOn: to })
    if (parsed && ordered) last = end
  }
  return { periods, doubts }
}

function saysYearEnd(texts: string[]): boolean {
  const filled = texts.filter((text) => !isBlank(text) && !isDash(text))
  return filled.filter((text) => YEAR_END.test(text)).length * 2 > filled.length
}

/** The day after the end of a month; month 0 is the one before January. */
function firstDay({ year, month }: { year: number; month: number }): string {
  return month === 12 ? `${year + 1}-01-01` : `${year}-${two(month + 1)}-01`
}

function lastDay({ year, month }: { year: number; month: number }): string {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return `${year}-${two(month)}-${days}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
