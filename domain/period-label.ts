/**
 * What a period's header says about time. Counties write the same checkpoint in many ways
 * (3月, 3月份, 3月底前, 一季度, 1—6月, 2024年1月, a real date), and the reader and the import of a
 * county's own table must agree on them.
 */

/** Months are 1 to 12. `year` and `fromMonth` only where the label names them. */
export type PeriodLabel = { year?: number; fromMonth?: number; toMonth: number }

const ENGLISH_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const CHINESE_DIGITS = '零一二三四五六七八九十'

/** Words around the time that do not change it. Only taken off where a time remains. */
const BEFORE = /^(截至|截止|至|到|当年|本年|今年|次年|翌年|明年|下一?年|第[一二三四五六七八九]阶段)+/
const AFTER = /(工作|目标值?|任务|阶段|进度|计划|安排|节点|完成|之前|以前|前|为止|止)+$/

const MONTH = '(1[0-2]|0?[1-9])'
const MONTHS = new RegExp(`^(?:${MONTH}月?份?-(?:(20\\d{2})年)?)?${MONTH}月份?(?:[0-3]?\\d[日号])?[底末初中下上旬]*$`)

/** Reads a header as a time; undefined where it is none. Blanks, width and brackets do not matter. */
export function parsePeriodLabel(text: string): PeriodLabel | undefined {
  const plain = text.normalize('NFKC').replace(/[\s\u200B-\u200D\u2060\uFEFF]/g, '')
  const remark = /^(.+?)[([〔【](.+)[)\]〕】]$/.exec(plain)
  // 一季度(1-3月): the remark says the same; 第一阶段(1-3月): it alone gives the time.
  return parsePlain(plain) ?? (remark ? (parsePlain(remark[1]!) ?? parsePlain(remark[2]!)) : undefined)
}

function parsePlain(text: string): PeriodLabel | undefined {
  const plain = text.replace(/[()〔〕[\]【】]/g, '')
  return parseDate(plain) ?? parseWords(plain.replace(BEFORE, '').replace(AFTER, ''))
}

/** The date that a host shows where the header cell is a real date. */
function parseDate(text: string): PeriodLabel | undefined {
  const numeric = /^(20\d{2})[-/.]([01]?\d)(?:[-/.][0-3]?\d)?(?:00:00(?::00)?)?$/.exec(text)
  if (numeric) return monthLabel(Number(numeric[1]), undefined, Number(numeric[2]))
  const english = /^([a-z]{3})[a-z]*[-/.]?(\d{2}|20\d{2})$/i.exec(text)
  const month = english ? ENGLISH_MONTHS.indexOf(english[1]!.toLowerCase()) + 1 : 0
  return month > 0 ? monthLabel(2000 + (Number(english![2]) % 100), undefined, month) : undefined
}

function parseWords(text: string): PeriodLabel | undefined {
  const dated = /^(20\d{2})年度?(.+)$/.exec(text)
  const year = dated ? Number(dated[1]) : undefined
  const words = (dated ? dated[2]! : text).replace(/[一二三四五六七八九十]+/g, chineseNumber)
  const months = MONTHS.exec(words.replace(/[-\u2010-\u2015\u2212~至到]+(?=\d)/g, '-'))
  if (months) {
    const ends = months[2] ? Number(months[2]) : year
    return monthLabel(ends, months[1] ? Number(months[1]) : undefined, Number(months[3]))
  }
  const quarter = /^(?:第?([1-4])季度?|q([1-4]))[底末]?$/i.exec(words)
  if (quarter) {
    const last = Number(quarter[1] ?? quarter[2]) * 3
    return { year, fromMonth: last - 2, toMonth: last }
  }
  if (/^上半年[底末]?$/.test(words)) return { year, fromMonth: 1, toMonth: 6 }
  if (/^下半年[底末]?$/.test(words)) return { year, fromMonth: 7, toMonth: 12 }
  return /^(年[底末终]|全年度?)$/.test(words) ? { year, toMonth: 12 } : undefined
}

function monthLabel(year: number | undefined, fromMonth: number | undefined, toMonth: number): PeriodLabel | undefined {
  if (toMonth < 1 || toMonth > 12) return undefined
  return { year, fromMonth, toMonth }
}

/** 九 → 9, 十一 → 11; longer ones stay as they are. */
function chineseNumber(word: string): string {
  const ones = CHINESE_DIGITS.indexOf(word.slice(-1))
  if (word.length === 1) return String(ones)
  return word.length === 2 && word.startsWith('十') ? String(10 + ones) : word
}

/** True when two labels name the same checkpoint; a year that only one of them gives is no difference. */
export function samePeriod(a: PeriodLabel, b: PeriodLabel): boolean {
  if (a.toMonth !== b.toMonth) return false
  if (a.year !== undefined && b.year !== undefined && a.year !== b.year) return false
  return a.fromMonth === undefined || b.fromMonth === undefined || a.fromMonth === b.fromMonth
}
