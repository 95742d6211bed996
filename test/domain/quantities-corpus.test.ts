/** How well quantities are read in cells as counties write them, against truth made by hand. */
import { describe, expect, test } from 'vitest'
import { extractQuantities } from '../../domain/quantity.ts'
import { type Measure, measureQuantities } from './corpus/measure-quantities.ts'
import { CELLS as HOMES_ROADS } from './corpus/quantities-homes-roads.ts'
import { CELLS as NAMES } from './corpus/quantities-names.ts'
import { readMarked } from './corpus/quantities-notation.ts'
import { CELLS as PROGRESS } from './corpus/quantities-progress.ts'
import { CELLS as REPORTS } from './corpus/quantities-reports.ts'
import { CELLS as SCHOOLS_HEALTH } from './corpus/quantities-schools-health.ts'
import { CELLS as TRAPS } from './corpus/quantities-traps.ts'

const CELLS = [...SCHOOLS_HEALTH, ...HOMES_ROADS, ...PROGRESS, ...TRAPS, ...NAMES, ...REPORTS]

describe('quantities in hand-made cells', () => {
  const measure = measureQuantities(CELLS, extractQuantities)
  const floors: Partial<Record<keyof Measure, number>> = {
    precision: 0.97,
    recall: 0.97,
    comparator: 0.97,
    value: 0.97,
    unit: 0.97,
    normalized: 0.97,
    metric: 0.9,
    role: 0.9,
    describes: 0.9,
  }

  test.each(Object.entries(floors))('agree in %s with at least %d of the truth', (aspect, floor) => {
    expect(measure[aspect as keyof Measure], measure.misses.join('\n')).toBeGreaterThanOrEqual(floor)
  })

  test.each<[string, (text: string) => string]>([
    [
      'full-width figures',
      (text) => text.replace(/[\d.%]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
    ],
    ['half-width commas and semicolons', (text) => text.replaceAll('，', ',').replaceAll('；', ';')],
  ])('are read the same with %s', (_, change) => {
    const changed = CELLS.map(({ text, quantities }) => ({
      text: change(text),
      // The measure compares figures alone here: what is counted would be written otherwise too.
      quantities: quantities.map(({ metric, ...quantity }) => ({ ...quantity, text: change(quantity.text) })),
    }))
    const { precision, recall, value, comparator } = measureQuantities(changed, extractQuantities)
    expect(Math.min(precision, recall, value, comparator)).toBeGreaterThanOrEqual(0.97)
  })

  test('are many, and a third of the cells hold numbers that are no quantities', () => {
    expect(CELLS.length).toBeGreaterThanOrEqual(170)
    expect(measure.truth).toBeGreaterThanOrEqual(300)
    expect(CELLS.filter(hasOtherNumbers).length).toBeGreaterThanOrEqual(CELLS.length / 3)
    expect(new Set(CELLS.map(({ text }) => text)).size).toBe(CELLS.length)
  })
})

describe('the measure', () => {
  const cells = [readMarked('新建学位[300个|>=]以上，2024年投入[1.2万元]')]
  const truth = cells[0]?.quantities ?? []

  test('gives full marks to the truth itself', () => {
    const measure = measureQuantities(cells, () => truth)
    expect(measure).toMatchObject({ precision: 1, recall: 1, comparator: 1, normalized: 1, truth: 2, misses: [] })
    expect(truth[1]).toMatchObject({
      start: 18,
      value: 1.2,
      unit: '万元',
      normalizedValue: 12_000,
      normalizedUnit: '元',
    })
  })

  test('counts what is missed, what is wrongly taken and what is read otherwise', () => {
    const year = { ...readMarked('新建学位300个以上，[2024年]').quantities[0] }
    const read = () => [{ ...truth[0], comparator: '=' }, year] as typeof truth
    const measure = measureQuantities(cells, read)
    expect(measure).toMatchObject({ precision: 0.5, recall: 0.5, comparator: 0, value: 1 })
    expect(measure.misses.map((miss) => miss.slice(0, miss.indexOf(' ')))).toEqual(['比较', '漏', '误'])
  })
})

/** Figures or numerals outside of the quantities: years, grades, names, idioms. */
function hasOtherNumbers({ text, quantities }: (typeof CELLS)[number]): boolean {
  let rest = ''
  let end = 0
  for (const quantity of quantities) {
    rest += text.slice(end, quantity.start)
    end = quantity.start + quantity.text.length
  }
  return /[\d０-９一二三四五六七八九十百千万两Ⅲ]/.test(rest + text.slice(end))
}
