// What Excel makes of text that is typed into a cell. Writing range.values is typing too: this is where '001'
// loses its zeros and '1/2' becomes a day in January, so the product's defences are tested against it.

import { ExcelError } from './errors.ts'

export type CellValue = string | number | boolean | null

export interface Typed {
  value: CellValue
  formula?: string
  /** The number format Excel gives a General cell when it recognises a date, a percentage, … */
  numberFormat?: string
}

const DATE = 'yyyy/m/d'
const MONTH_DAY = 'm"月"d"日"'
const YEAR_MONTH = 'yyyy"年"m"月"'

/** Serial number of a day; 1900's phantom 29 February makes 1899-12-30 day zero for every real date. */
export function serialOf(year: number, month: number, day: number): number | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1900 || year > 9999) return undefined
  return (date.getTime() - Date.UTC(1899, 11, 30)) / 86_400_000
}

function typedDate(text: string, thisYear: number): Typed | undefined {
  const forms: [RegExp, (n: number[]) => [number, number, number], string][] = [
    [/^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/, ([y = 0, m = 0, d = 0]) => [y, m, d], DATE],
    [/^(\d{4})年(\d{1,2})月(\d{1,2})日$/, ([y = 0, m = 0, d = 0]) => [y, m, d], 'yyyy"年"m"月"d"日"'],
    [/^(\d{4})[-/](\d{1,2})$/, ([y = 0, m = 0]) => [y, m, 1], YEAR_MONTH],
    [/^(\d{4})年(\d{1,2})月$/, ([y = 0, m = 0]) => [y, m, 1], YEAR_MONTH],
    [/^(\d{1,2})[-/](\d{1,2})$/, ([m = 0, d = 0]) => [thisYear, m, d], MONTH_DAY],
    [/^(\d{1,2})月(\d{1,2})日$/, ([m = 0, d = 0]) => [thisYear, m, d], MONTH_DAY],
  ]
  for (const [form, order, numberFormat] of forms) {
    const match = form.exec(text)
    const value = match ? serialOf(...order(match.slice(1).map(Number))) : undefined
    if (value !== undefined) return { value, numberFormat }
  }
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text)
  if (!time) return undefined
  const [h = 0, m = 0, s = 0] = time.slice(1).map((part) => Number(part ?? 0))
  return m < 60 && s < 60
    ? { value: (h * 3600 + m * 60 + s) / 86_400, numberFormat: time[3] ? 'h:mm:ss' : 'h:mm' }
    : undefined
}

function typedNumber(text: string): Typed | undefined {
  const match = /^(\(?)([-+]?)([¥$￥]?)(\d+|\d{1,3}(?:,\d{3})+)?(\.\d*)?(e[-+]?\d+)?(%?)(\)?)$/i.exec(text)
  if (!match) return undefined
  const [, open, sign, currency, whole = '', fraction = '', exponent, percent, close] = match
  if ((whole === '' && !/\d/.test(fraction)) || !!open !== !!close || (open && sign)) return undefined
  const digits = Number(whole.replaceAll(',', '') + fraction + (exponent ?? ''))
  // Excel keeps 15 significant digits: an identity card number typed as a number loses its last three.
  const value = Number((digits / (percent ? 100 : 1)).toPrecision(15)) * (open || sign === '-' ? -1 : 1)
  const decimals = fraction.length > 1
  const numberFormat = exponent
    ? '0.00E+00'
    : percent
      ? decimals
        ? '0.00%'
        : '0%'
      : currency
        ? decimals
          ? '¥#,##0.00'
          : '¥#,##0'
        : whole.includes(',')
          ? decimals
            ? '#,##0.00'
            : '#,##0'
          : undefined
  return { value, numberFormat }
}

/**
 * A crude look, not a formula parser: enough to refuse '+新增 100 人', the mistake that matters. Whether a Chinese Excel
 * refuses full-width marks or turns them into ASCII ones is not known; either way the text is not what was meant.
 */
function checkFormula(formula: string): void {
  const bare = formula
    .slice(1)
    .replace(/"(?:[^"]|"")*"/g, '0')
    .replace(/'(?:[^']|'')+'!/g, '')
  let depth = 0
  for (const c of bare) depth = depth < 0 ? depth : depth + (c === '(' ? 1 : c === ')' ? -1 : 0)
  if (
    depth !== 0 ||
    /["'，。；：、《》“”？！]/.test(bare) ||
    /[-+*/^&=<>,(]\s*$/.test(bare) ||
    /[\p{L}\d)]\s+[\p{L}\d(]/u.test(bare)
  )
    throw new ExcelError('InvalidArgument', `Excel does not accept the formula ${formula}`)
}

export function typed(input: string | number | boolean, numberFormat: string, thisYear: number): Typed {
  if (numberFormat === '@') return { value: String(input) === '' ? null : String(input) }
  if (typeof input !== 'string') return { value: input }
  if (input === '') return { value: null }
  if (input.startsWith("'")) return { value: input.slice(1) }
  const text = input.trim()
  if (/^(true|false)$/i.test(text)) return { value: text.toLowerCase() === 'true' }
  const known = typedNumber(text) ?? typedDate(text, thisYear)
  if (known) return numberFormat === 'General' ? known : { value: known.value }
  if (/^[-+=@]./s.test(text)) {
    const formula = text.startsWith('=') ? text : `=${text}`
    checkFormula(formula)
    return { value: null, formula }
  }
  return { value: input }
}
