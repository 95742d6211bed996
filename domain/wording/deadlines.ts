/**
 * Points in time that a milestone names as its own: 12月底, 5月10日前, 年底, 三季度末. Left out is what only
 * mentions a time: what has been, a beginning (从5月起), a habit (每月10日前), a range, a name or a title.
 */

/**
 * `first` and `last`: the days meant, YYYY-MM-DD; `isBound`: said as a limit (底, 前, 末) rather than as a time of work;
 * `namesYear`: the year is written.
 */
export type TimeMention = {
  text: string
  start: number
  end: number
  first: string
  last: string
  isBound: boolean
  namesYear: boolean
}

const MENTION =
  /(?:(20\d{2})年|(今年|当年|本年))?(?:(1[0-2]|0?[1-9])月份?(?:(3[01]|[12]\d|0?[1-9])[日号]|(上旬|中旬|下旬|初|底|末))?|第?([一二三四1-4])季度(末|底)?|(上半年|年中)(末|底)?|(年底|年末|年终))(之前|以前|前)?/g

/** Words directly in front that make it no date of this work. */
const NOT_OWN_BEFORE =
  /(?:[每至到—–~～\-从自由第逢“《〈”·.\d]|以来|截至|截止|已于|已在|春节|确保|力争|争取|计划|预计|拟|拟于|为|待|原定|延期|上年|去年|次年|明年|来年|翌年|历年|近年)\s*$/
/** Words directly behind that make it a beginning, a range, an age or a name. */
const NOT_OWN_BEHIND = /^\s*(?:[至到—–~～\-起以龄份]|开始|来|后|之后|期间|左右|["”》〉]|[、和及](?:\d|第))/
/** In the clause: it speaks of what has been. */
const PAST = /已|此前|上年度|去年|历史|截至|截止|以来/

/** Whether a text can hold a mention at all. */
export function namesTime(text: string): boolean {
  return /[年月季]/.test(text)
}

/** Mentions in reading order; a time without a year is one of `year`. */
export function readTimeMentions(text: string, year: number): TimeMention[] {
  const mentions: TimeMention[] = []
  for (const match of text.matchAll(MENTION)) {
    const start = match.index
    const end = start + match[0].length
    if (NOT_OWN_BEFORE.test(text.slice(Math.max(0, start - 4), start)) || NOT_OWN_BEHIND.test(text.slice(end, end + 4)))
      continue
    if (PAST.test(clauseAround(text, start, end))) continue
    const days = readDays(match, year)
    // 始建于2024年3月, but not 于6月底前完成.
    if (!days || (!days.isBound && text.charAt(start - 1) === '于')) continue
    mentions.push({ text: match[0], start, end, ...days, namesYear: match[1] !== undefined })
  }
  return mentions
}

/** So far a clause is looked at: enough for any that people write. */
const CLAUSE = 30

function clauseAround(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - CLAUSE), start)
  const behind = text.slice(end, end + CLAUSE)
  return (/[^，。；]*$/.exec(before)?.[0] ?? '') + (/^[^，。；]*/.exec(behind)?.[0] ?? '')
}

const DATE = /(?:(20\d{2})年)?(?<!\d)(\d{1,2})月(\d{1,2})[日号]/g

/** 13月底, 0月份; 18月龄 is an age and not meant. */
const MONTH = /(?<![\d.])(?:0{1,2}|1[3-9]|[2-9]\d)月(?:底|末|初|份|[上中下]旬|(?=前|之前|以前))/g

/** Dates that no calendar has (4月31日, 2月30日, 13月底), in reading order; 29 February counts where the year has none. */
export function readImpossibleDates(text: string): { text: string; start: number; end: number }[] {
  const days = [...text.matchAll(DATE)].filter(
    ([, year, month, day]) => !isDay(Number(year ?? 2024), Number(month), Number(day)),
  )
  return [...days, ...text.matchAll(MONTH)]
    .map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }))
    .sort((a, b) => a.start - b.start)
}

const LONG_MONTHS = [1, 3, 5, 7, 8, 10, 12]

function isDay(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const last = LONG_MONTHS.includes(month) ? 31 : month === 2 ? (isLeap ? 29 : 28) : 30
  return month >= 1 && month <= 12 && day >= 1 && day <= last
}

type Days = Pick<TimeMention, 'first' | 'last' | 'isBound'>

function readDays(match: RegExpExecArray | RegExpMatchArray, defaultYear: number): Days | undefined {
  const [, named, , month, day, part, quarter, quarterEnd, half, halfEnd, yearEnd, before] = match
  const year = named ? Number(named) : defaultYear
  if (yearEnd) return span(year, 12, 12, 1, true)
  if (quarter) {
    const last = ('一二三四'.indexOf(quarter) + 1 || Number(quarter)) * 3
    return span(year, quarterEnd ? last : last - 2, last, 1, Boolean(quarterEnd || before))
  }
  if (half) return span(year, halfEnd ? 6 : 1, 6, 1, Boolean(halfEnd || before))
  if (!month) return undefined
  const number = Number(month)
  if (day && !isDay(year, number, Number(day))) return undefined
  if (day)
    return { first: iso(year, number, Number(day)), last: iso(year, number, Number(day)), isBound: Boolean(before) }
  return span(year, number, number, 1, Boolean(before || part === '底' || part === '末' || part === '下旬'))
}

function span(year: number, fromMonth: number, toMonth: number, fromDay: number, isBound: boolean): Days {
  return { first: iso(year, fromMonth, fromDay), last: iso(year, toMonth, 31), isBound }
}

/** The 31st of every month will do: days are only compared. */
function iso(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
