/**
 * What the lines above a table say: its title, its county, its year.
 */
import { isBlank } from './fold.ts'
import type { Grid } from './grid.ts'
import { isNote, isSection } from './row-kind.ts'

/** `titleLines` as they stand, last one the title; `county` and `year` only where they are plain to see. */
export type TitleReading = { titleLines: string[]; title: string; county?: string; year?: number }

/** 填报单位：清河县发展和改革委员会. */
const MAKER = /单位\s*[:：]\s*([^\s:：]{3,40})/
const MAX_LINES = 10
const MAX_LENGTH = 200
const COUNTY = /([^省市县区州盟年月日\s、，（）()]{1,14}(?:县|区|市|旗))$/
/** Ends like a county but is none. */
const NO_COUNTY = /(社区|小区|园区|城区|地区|片区|辖区|全县|全市|全区|各县|各区|我县|我区|我市)$/

/** Reads the rows above `headerTop`; the sheet's name helps where they are silent. */
export function readTitle(grid: Grid, headerTop: number): TitleReading {
  const lines: string[] = []
  let maker = ''
  for (const texts of grid.texts.slice(0, headerTop)) {
    const line = [...new Set(texts.filter((text) => !isBlank(text)).map((text) => text.trim()))].join('  ')
    maker ||= MAKER.exec(line)?.[1] ?? ''
    if (line === '' || isNote(line) || isAside(line) || isSection(line)) continue
    lines.push(line.replace(/\s*\n\s*/g, '').slice(0, MAX_LENGTH))
  }
  const titleLines = lines.slice(-MAX_LINES)
  const title = titleLines
    .filter((line) => !/^附\s*件|^附\s*表/.test(line))
    .join('')
    .slice(0, MAX_LENGTH)
  const year = yearOf(title) ?? yearOf(grid.name)
  const county = countyOf(title) ?? countyOf(grid.name) ?? countyOf(maker)
  return { titleLines, title, ...(county !== undefined && { county }), ...(year !== undefined && { year }) }
}

/** The year that a text names: 2023年, 二〇二三年, or four digits alone. */
export function yearOf(text: string): number | undefined {
  const plain = inDigits(text)
  const match = /(20\d{2})\s*年/.exec(plain) ?? /(?:^|\D)(20\d{2})(?!\d)/.exec(plain)
  return match ? Number(match[1]) : undefined
}

function inDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[〇○零一二三四五六七八九]{4}(?=年)/g, (digits) =>
      [...digits].map((digit) => Math.max(0, '〇一二三四五六七八九'.indexOf(digit))).join(''),
    )
}

/**
 * The year that the title of a table names where it is not that of its plan: most likely last year's table, whose
 * tasks often read alike. Undefined where it names none, the plan's, years around it (2021—2025年), or one that the
 * plan's own title has too.
 */
export function findOtherYear(
  grid: Grid,
  headerTop: number,
  plan: { year: number; title: string },
): number | undefined {
  const { title } = readTitle(grid, headerTop)
  const inTitle = yearsIn(title)
  const years = inTitle.length > 0 ? inTitle : yearsIn(grid.name)
  const isPlans = Math.min(...years) <= plan.year && plan.year <= Math.max(...years)
  return isPlans ? undefined : years.find((year) => !yearsIn(plan.title).includes(year))
}

/** Days, months and document numbers (2022年3月, 〔2022〕5号) name the year of something else. */
function yearsIn(text: string): number[] {
  const named =
    /(?<!\d)(20\d{2})(?=\s*(?:年(?!\s*\d{1,2}(?:\s*[-—–~～至到]\s*\d{1,2})?\s*月)|[-—–~～至到]+\s*20\d{2}\s*年))/g
  return [...inDigits(text).matchAll(named)].map(([digits]) => Number(digits))
}

/** The county before the year (奉节县2023年…), after it (2023年城口县…), or at the start of the title. */
function countyOf(title: string): string | undefined {
  const plain = title
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^(关于印发|附件\d*[::]?)/, '')
    .replace(/^中共/, '')
  const before = /^(.*?)(?:20\d{2}|[〇○零一二三四五六七八九]{4})年/.exec(plain)?.[1] ?? ''
  const after = plain.replace(/^.*?(?:20\d{2}|[〇○零一二三四五六七八九]{4})年度?/, '')
  for (const text of [before, ...leadingNames(after), ...leadingNames(plain)]) {
    const county = COUNTY.exec(text)?.[1]
    if (county !== undefined && county.length > 1 && !NO_COUNTY.test(county)) return county
  }
  return undefined
}

/** 重庆市城口县重点民生… → 重庆市城口县, 重庆市: what a place may be, longest first. */
function leadingNames(text: string): string[] {
  const match = /^(?:[^省市县区州盟]{1,8}(?:省|市|自治州|州|盟))?[^省市县区州盟、,]{1,14}?(?:自治县|县|区|市|旗)/.exec(
    text,
  )
  return match ? [match[0]] : []
}

function isAside(line: string): boolean {
  return /^(\(.*\)|（.*）|.{0,6}单位\s*[:：].*|20\d{2}[年.-]\d{1,2}[月.-]\d{1,2}日?)$/.test(line)
}
