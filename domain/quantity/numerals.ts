/**
 * Numerals in plain text (quantity/text.ts): runs of figures (10000, 10,000, 2.5) and of Chinese digits
 * (三千五百, 两万), with their values, before anything is known about what they count.
 */

/**
 * Positions in the plain text. `value` is undefined where the run is no number: a code (1.2.3), a name
 * (十四五), two digits side by side (三五). `round`: a Chinese run without a digit (百, 千万), a number only
 * beside a word such as 近 or 超.
 */
export type Numeral = { start: number; end: number; style: 'figures' | 'chinese'; value?: number; round?: true }

const FIGURES = /\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)*|\d+(?:\.\d+)*/y
const CHINESE = /[〇零一二三四五六七八九十百千万亿两]+(?:点[〇零一二三四五六七八九]+)?/y
const POWERS_BEHIND_FIGURES = /[百千万亿]/
/** In two classes, since one of so many characters is looked through by a call for each character of the text. */
const NUMERAL = /[\d一二三四五六七八九]|[〇零十百千万亿两]/g
/** More digits than this count nothing: a code, a card number. */
const MAX_DIGITS = 15

const DIGITS = new Map([...'〇一二三四五六七八九'].map((char, value) => [char, value]))
DIGITS.set('零', 0)
DIGITS.set('两', 2)
const SMALL_POWERS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
])
const LARGE_POWERS = new Map([
  ['万', 1e4],
  ['亿', 1e8],
])

/** All numerals of a plain text in order; the 万 of 5万 belongs to the unit and is none. */
export function findNumerals(plain: string): Numeral[] {
  const found: Numeral[] = []
  NUMERAL.lastIndex = 0
  for (let match = NUMERAL.exec(plain); match; match = NUMERAL.exec(plain)) {
    const start = match.index
    const numeral = match[0] <= '9' ? readFigures(plain, start) : readChinese(plain, start)
    if (numeral) found.push(numeral)
    NUMERAL.lastIndex = Math.max(numeral?.end ?? 0, start + 1)
  }
  return found
}

function readFigures(plain: string, start: number): Numeral {
  FIGURES.lastIndex = start
  const [run = ''] = FIGURES.exec(plain) ?? []
  const numeral: Numeral = { start, end: start + run.length, style: 'figures' }
  const digits = run.replaceAll(',', '')
  const severalPoints = digits.includes('.') && digits.split('.').length > 2
  const zeroFirst = digits.startsWith('0') && /^0\d/.test(digits)
  if (severalPoints || zeroFirst || digits.length > MAX_DIGITS) return numeral
  return { ...numeral, value: Number(digits) }
}

function readChinese(plain: string, start: number): Numeral | undefined {
  if (POWERS_BEHIND_FIGURES.test(plain.charAt(start)) && /[\d余多]/.test(plain.charAt(start - 1))) return
  CHINESE.lastIndex = start
  const [run = ''] = CHINESE.exec(plain) ?? []
  const numeral: Numeral = { start, end: start + run.length, style: 'chinese' }
  if (run.length > MAX_DIGITS) return numeral
  const value = valueOfChinese(run)
  if (value === undefined) return numeral
  return /^[百千万亿]+$/.test(run) ? { ...numeral, value, round: true } : { ...numeral, value }
}

/**
 * The number that a run of Chinese digits writes: 三千五百 and 三千五 are 3500, 一百零五 105, 两万 20000,
 * 三点五 3.5. undefined for runs that are none: 三五, 十四五, 二〇二三.
 */
export function valueOfChinese(run: string): number | undefined {
  const [whole = '', decimals] = run.split('点')
  const value = valueOfWhole(whole)
  if (value === undefined || decimals === undefined) return value
  return Number(`${value}.${[...decimals].map((char) => DIGITS.get(char) ?? '').join('')}`)
}

function valueOfWhole(run: string): number | undefined {
  let total = 0
  let section = 0
  /** The digit that waits for its power. */
  let digit: number | undefined
  /** The next power must be below this; a last digit without one stands for a tenth of it: 三千五. */
  let power = Number.POSITIVE_INFINITY
  let zero = false
  for (const char of run) {
    const read = DIGITS.get(char)
    const small = SMALL_POWERS.get(char)
    if (read !== undefined) {
      if (digit !== undefined) return
      if (read === 0) zero = true
      else digit = read
    } else if (small !== undefined) {
      if (small >= power && section > 0) return
      section += (digit ?? 1) * small
      power = small
      digit = undefined
      zero = false
    } else {
      const large = LARGE_POWERS.get(char) ?? 1
      const before = section + (digit ?? 0)
      total =
        before === 0 ? Math.max(total, 1) * large : total >= large ? total + before * large : (total + before) * large
      section = 0
      power = large
      digit = undefined
      zero = false
    }
  }
  if (digit === undefined) return total + section
  const short = !zero && Number.isFinite(power) && power > 10
  return total + section + (short ? (digit * power) / 10 : digit)
}
