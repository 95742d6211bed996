/**
 * How the hand-made truth for quantities is written: the cell as it stands, each quantity in [ ] with what is
 * said of it behind |, in any order:
 *   [10000人|>=]            figures and unit as they stand, bounded from below
 *   [两万人|20000 人]       value and unit stated: Chinese numerals, full-width digits, carried units
 *   [460万|460 万元]        a bare 万 of money
 *   [3-5项|3..5 项]         a range (its comparator follows)
 *   #公益性岗位  @cumulative  ±   metric, role, bounds both ways
 *   ~part  ^城东社区         what it only describes, the object it belongs to; ~ or ^ alone: none
 * Metric, role, description and object stand only where they are beyond doubt.
 * Everything outside of [ ] is no quantity. Normalised values follow from the table below, written for this
 * purpose alone and not taken from the code under test.
 */
import type { Comparator, Description, QuantityRole, QuantityValue } from '../../../domain/quantity.ts'

export type TruthQuantity = {
  text: string
  start: number
  value: QuantityValue
  unit: string
  normalizedValue: QuantityValue
  normalizedUnit: string
  comparator: Comparator
  metric?: string
  role?: QuantityRole
  /** '' where it is certain that there is none. */
  describes?: Description | ''
  object?: string
  bothWays?: true
}
export type TruthCell = { text: string; quantities: TruthQuantity[] }

const COMPARATORS = new Set<string>(['>=', '<=', '>', '<', '=', '≈'])
const AREA = '平方米'
/** Written unit without 万 or 亿: factor and normalised unit. All others stay themselves. */
const CONVERSIONS: Record<string, readonly [number, string]> = {
  '': [1, ''],
  平米: [1, AREA],
  '㎡': [1, AREA],
  'm²': [1, AREA],
  亩: [2000 / 3, AREA],
  公顷: [10_000, AREA],
  平方公里: [1_000_000, AREA],
  公里: [1000, '米'],
  千米: [1000, '米'],
  km: [1000, '米'],
  里: [500, '米'],
  吨: [1000, '千克'],
  公斤: [1, '千克'],
  斤: [0.5, '千克'],
  克: [0.001, '千克'],
  成: [10, '%'],
  个百分点: [1, '百分点'],
}
const SCALES: Record<string, number> = { 万: 10_000, 亿: 100_000_000 }

/** Reads one marked cell. Throws on a mark that it does not understand: wrong truth is worse than none. */
export function readMarked(marked: string): TruthCell {
  const quantities: TruthQuantity[] = []
  let text = ''
  for (const [index, part] of marked.split(/[[\]]/).entries()) {
    if (index % 2 === 0) {
      text += part
      continue
    }
    const quantity = readMark(part, text.length)
    quantities.push(quantity)
    text += quantity.text
  }
  return { text, quantities }
}

function readMark(mark: string, start: number): TruthQuantity {
  const [text = '', ...fields] = mark.split('|')
  const stated = fields.find((field) => /^[\d.]+(\.\.[\d.]+|\/\d+)?( |$)/.test(field))
  const { value, unit } = stated === undefined ? readFigures(text) : readStated(stated)
  const { factor, normalizedUnit } = findConversion(unit)
  const comparator = fields.find((field) => COMPARATORS.has(field)) ?? (typeof value === 'number' ? '=' : 'range')
  const metric = findNamed(fields, '#')
  const role = findNamed(fields, '@')
  const describes = findNamed(fields, '~')
  const object = findNamed(fields, '^')
  const stray = fields.find((field) => field !== stated && field !== comparator && !/^[#@~^±]/.test(field))
  if (stray !== undefined) throw new Error(`mark not understood: ${mark}`)
  return {
    text,
    start,
    value,
    unit,
    normalizedValue: typeof value === 'number' ? value * factor : { min: value.min * factor, max: value.max * factor },
    normalizedUnit,
    comparator: comparator as Comparator,
    ...(metric !== undefined && { metric }),
    ...(role !== undefined && { role: role as QuantityRole }),
    ...(describes !== undefined && { describes: describes as Description | '' }),
    ...(object !== undefined && { object }),
    ...(fields.includes('±') && { bothWays: true }),
  }
}

const findNamed = (fields: string[], sign: string) => fields.find((field) => field.startsWith(sign))?.slice(1)

/** 20000余人, 1500余万元, 2.4万余户, 2\n亿元: plain figures, where the unit is what remains without 余 and 多. */
function readFigures(text: string): { value: number; unit: string } {
  const match = /^(\d[\d,]*(?:\.\d+)?)\s*([万亿]?)[余多]?([万亿]?\D*)$/.exec(text)
  if (match === null) throw new Error(`state value and unit of: ${text}`)
  const [, figures = '', scale = '', rest = ''] = match
  if (scale !== '' && rest === '') throw new Error(`state the unit of: ${text}`)
  return { value: Number(figures.replaceAll(',', '')), unit: scale + rest }
}

function readStated(stated: string): { value: QuantityValue; unit: string } {
  const [numbers = '', unit = ''] = stated.split(' ')
  const [min = '', max] = numbers.split('..')
  const [above = '', below] = min.split('/')
  if (below !== undefined) return { value: Number(above) / Number(below), unit }
  return { value: max === undefined ? Number(min) : { min: Number(min), max: Number(max) }, unit }
}

function findConversion(unit: string): { factor: number; normalizedUnit: string } {
  const scale = SCALES[unit.charAt(0)] ?? 1
  const plain = scale === 1 ? unit : unit.slice(1)
  const [factor, normalizedUnit] = CONVERSIONS[plain] ?? [1, plain]
  return { factor: scale * factor, normalizedUnit }
}
