/**
 * Units behind numbers: finding them, and converting what they count. 万 and 亿 behind figures are part of a
 * unit as written and are taken out where quantities are compared.
 */
import { divide, type Exact, exactOf, multiply, parseExact, toNumber } from '../decimal.ts'
import type { Quantity, QuantityValue } from '../quantity.ts'
import { indexStarts, type WordIndex, wordsAt } from '../word-index.ts'
import { CHINESE_UNITS, CONVERSIONS, FIGURE_UNITS, NOT_BEFORE } from './unit-words.ts'

/** Powers that figures carry in their unit: 万 in 万元. Longest first. */
const POWERS: readonly (readonly [word: string, factor: Exact])[] = [
  ['万亿', exactOf(1e12)],
  ['千亿', exactOf(1e11)],
  ['百亿', exactOf(1e10)],
  ['千万', exactOf(1e7)],
  ['百万', exactOf(1e6)],
  ['十万', exactOf(1e5)],
  ['亿', exactOf(1e8)],
  ['万', exactOf(1e4)],
  ['千', exactOf(1e3)],
  ['百', exactOf(1e2)],
]
const ONE = exactOf(1)

export type NumeralStyle = 'figures' | 'chinese'

const WORDS: Record<NumeralStyle, WordIndex> = {
  figures: indexStarts([...new Set(FIGURE_UNITS)]),
  chinese: indexStarts([...new Set(CHINESE_UNITS)]),
}
const KNOWN = new Set(FIGURE_UNITS)
const NEXT_TO_NONE = new Map(Object.entries(NOT_BEFORE))

type Conversion = { unit: string; factor: Exact }

const CONVERTED = new Map<string, Conversion>(
  Object.entries(CONVERSIONS).map(([word, [unit, factor]]) => [word, { unit, factor: parseExact(factor) ?? ONE }]),
)

/**
 * Counters are an open list: one character between figures and the end of their clause is one, unless it is a
 * word of grammar or makes a name of the number (which quantity/exclusions.ts knows first).
 */
const UNKNOWN_COUNTER =
  /^(?![的地得和与及或并且等为是在对将把被由从向于以所其之也又都还就才不无未已可能须应要会起至到往来去进出内外中上下前后间里旁时已均各共约近超达余多少万亿千百十几号级型月室线街巷弄社小中幼院环圈区市省州孩胎岁周版价强届])\p{Script=Han}(?:$|[，。；、：）)]|以[上内下]|左右)/u

/** The longest unit word that starts at `at`; '' where none does. */
export function unitAt(plain: string, at: number, style: NumeralStyle): string {
  for (const word of wordsAt(WORDS[style], plain, at)) {
    const next = plain.charAt(at + word.length)
    if (word.charAt(word.length - 1) <= 'z' && /[A-Za-z]$/.test(word) && /[A-Za-z0-9²³]/.test(next)) continue
    if (next !== '' && NEXT_TO_NONE.get(word)?.includes(next)) continue
    return word
  }
  return style === 'figures' && UNKNOWN_COUNTER.test(plain.slice(at, at + 3)) ? plain.charAt(at) : ''
}

/** The power that starts at `at`, 万 in 5万元; '' where none does, and for 千克, 百分点, 万向. */
export function powerAt(plain: string, at: number): string {
  const word = unitAt(plain, at, 'figures')
  if (word !== '' && isPower(word.charAt(0))) return ''
  return POWERS.find(([power]) => plain.startsWith(power, at))?.[0] ?? ''
}

function isPower(char: string): boolean {
  return char === '万' || char === '千' || char === '百'
}

/** Whether a unit counts things or people; all others convert, measure or are money. */
export function isCounter(unit: string): boolean {
  return !CONVERTED.has(unit) && !/^(?:[年月日天周分秒度折方番]|个月|分钟|.*工作日)$/.test(unit)
}

/** 套 of 套（间）, 人次 of 人（次）. */
function firstCounter(unit: string): string {
  return /[）)]$/.test(unit) ? unit.replace(/[（(]次[）)]$/, '次').replace(/[（(][^（(]*$/, '') : unit
}

/** What one of a unit as written is in its normalised unit: 万元 → 10000 元, 亩 → 2000/3 平方米, 万人 → 10000 人. */
export function convertUnit(written: string): Conversion {
  const unit = firstCounter(written)
  const known = CONVERTED.get(unit)
  if (known) return known
  const power = KNOWN.has(unit) ? undefined : POWERS.find(([word]) => unit.startsWith(word))
  if (!power) return { unit, factor: ONE }
  const rest = unit.slice(power[0].length)
  const conversion = CONVERTED.get(rest) ?? { unit: rest, factor: ONE }
  return { unit: conversion.unit, factor: multiply(power[1], conversion.factor) }
}

/** How many of `to` one of `from` is; undefined where they count different things. Both as written. */
export function factorBetween(from: string, to: string): Exact | undefined {
  const [a, b] = [convertUnit(from), convertUnit(to)]
  return a.unit === b.unit ? divide(a.factor, b.factor) : undefined
}

/** A value as written in its normalised unit, as numbers. */
export function normalize(value: QuantityValue, unit: string): { value: QuantityValue; unit: string } {
  const converted = convertUnit(unit)
  if (converted.factor.parts === converted.factor.of) return { value, unit: converted.unit }
  const convert = (one: number) => toNumber(multiply(exactOf(one), converted.factor))
  return {
    value: typeof value === 'number' ? convert(value) : { min: convert(value.min), max: convert(value.max) },
    unit: converted.unit,
  }
}

/**
 * What a quantity counts, in its `normalizedUnit`, without rounding: 1.2亿元 is exactly 120000000, 1亩 2000/3.
 * `min` and `max` are the same where it is no range. Its fractions (1/3) are as exact as its text.
 */
export function exactValue(quantity: Pick<Quantity, 'text' | 'value' | 'unit'>): { min: Exact; max: Exact } {
  const { factor } = convertUnit(quantity.unit)
  const { value } = quantity
  if (typeof value !== 'number') {
    return { min: multiply(exactOf(value.min), factor), max: multiply(exactOf(value.max), factor) }
  }
  const read = quantity.text.includes('/') ? parseExact(quantity.text) : undefined
  const one = multiply(read ?? exactOf(value), factor)
  return { min: one, max: one }
}
