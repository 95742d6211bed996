// Cell styles are kept in the words of the xlsx library, so that loading and saving loses nothing; these functions
// read and change them in the words of Office.js ('#RRGGBB', 'Continuous' + 'Thin', 'Center').

import type { BorderSide, CellStyle, Color } from 'hucre'
import { resolveThemeColor } from 'hucre/xlsx'
import { ExcelError, Gap } from './errors.ts'

export const NO_STYLE: CellStyle = {}
export const DEFAULT_FONT = { name: '等线', size: 11 }

const NAMED_COLORS: Record<string, string> = {
  black: '000000',
  white: 'FFFFFF',
  red: 'FF0000',
  green: '008000',
  blue: '0000FF',
  yellow: 'FFFF00',
  orange: 'FFA500',
  gray: '808080',
  grey: '808080',
  lightgray: 'D3D3D3',
  purple: '800080',
}

export function toColor(value: unknown): Color {
  const text = String(value).toLowerCase()
  const rgb = NAMED_COLORS[text] ?? /^#([0-9a-f]{6})$/.exec(text)?.[1]
  if (!rgb) throw new ExcelError('InvalidArgument', `not a colour: ${text}`)
  return { rgb: rgb.toUpperCase() }
}

export function fromColor(color: Color | undefined, theme: readonly string[], none: string): string {
  if (!color) return none
  if (color.rgb) return `#${color.rgb.slice(-6).toUpperCase()}`
  if (color.theme !== undefined && theme.length > 0) return `#${resolveThemeColor([...theme], color.theme, color.tint)}`
  return none
}

const HORIZONTAL = ['General', 'Left', 'Center', 'Right', 'Fill', 'Justify', 'CenterAcrossSelection', 'Distributed']
const VERTICAL = ['Top', 'Center', 'Bottom', 'Justify', 'Distributed']
type Alignment = NonNullable<CellStyle['alignment']>

function alignmentWord(value: unknown, words: readonly string[]): string {
  if (!words.includes(String(value))) throw new ExcelError('InvalidArgument', `not an alignment: ${String(value)}`)
  return value === 'CenterAcrossSelection' ? 'centerContinuous' : String(value).toLowerCase()
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

export const toHorizontal = (value: unknown): Alignment['horizontal'] =>
  alignmentWord(value, HORIZONTAL) as Alignment['horizontal']
export const toVertical = (value: unknown): Alignment['vertical'] =>
  alignmentWord(value, VERTICAL) as Alignment['vertical']
export const fromHorizontal = (word: Alignment['horizontal'] = 'general'): string =>
  word === 'centerContinuous' ? 'CenterAcrossSelection' : capital(word)
export const fromVertical = (word: Alignment['vertical'] = 'bottom'): string => capital(word)

// Office.js names a line by style and weight, a file by one word.
const LINES: [file: BorderSide['style'], style: string, weight: string][] = [
  ['thin', 'Continuous', 'Thin'],
  ['hair', 'Continuous', 'Hairline'],
  ['medium', 'Continuous', 'Medium'],
  ['thick', 'Continuous', 'Thick'],
  ['dashed', 'Dash', 'Thin'],
  ['mediumDashed', 'Dash', 'Medium'],
  ['dotted', 'Dot', 'Thin'],
  ['dashDot', 'DashDot', 'Thin'],
  ['mediumDashDot', 'DashDot', 'Medium'],
  ['dashDotDot', 'DashDotDot', 'Thin'],
  ['mediumDashDotDot', 'DashDotDot', 'Medium'],
  ['slantDashDot', 'SlantDashDot', 'Medium'],
  ['double', 'Double', 'Thick'],
]

export function fromLine(side: BorderSide | undefined): { style: string; weight: string } {
  const line = LINES.find(([file]) => file === side?.style)
  return line ? { style: line[1], weight: line[2] } : { style: 'None', weight: 'Thin' }
}

export function toLine(style: string, weight: string): BorderSide['style'] | undefined {
  if (style === 'None') return undefined
  const line = LINES.find(([, s, w]) => s === style && w === weight) ?? LINES.find(([, s]) => s === style)
  if (!line) throw new ExcelError('InvalidArgument', `not a line: ${style} ${weight}`)
  return line[0]
}

/** Only what a style without the key would mean; keeps equal styles equal after a value is taken back. */
export function withPart<K extends keyof CellStyle>(
  style: CellStyle,
  key: K,
  part: CellStyle[K] | undefined,
): CellStyle {
  const { [key]: _, ...rest } = style
  return part === undefined || Object.keys(part as object).length === 0 ? rest : { ...rest, [key]: part }
}

export function fillColor(style: CellStyle, theme: readonly string[]): string {
  const { fill } = style
  if (!fill || (fill.type === 'pattern' && fill.pattern === 'none')) return '#FFFFFF'
  if (fill.type !== 'pattern' || fill.pattern !== 'solid') throw new Gap('RangeFill.color of a patterned fill')
  return fromColor(fill.fgColor, theme, '#000000')
}
