/**
 * The checks find the slips that stand in real tables, and say them without keeping a row out.
 */
import { expect, test } from 'vitest'
import { DEFECT_CELLS } from './corpus/defects.ts'
import { measureDefects } from './corpus/measure-defects.ts'

const measure = measureDefects(DEFECT_CELLS)

test('every defect names a part of its cell', () => {
  for (const { text, defects } of DEFECT_CELLS) {
    for (const { at } of defects) if (at !== undefined) expect(text).toContain(at)
  }
  expect(measure.of).toBeGreaterThanOrEqual(130)
})

test('finds at least 9 of 10 defects', () => {
  const kinds = [...measure.byKind].map(([kind, { found, of }]) => `${kind} ${found}/${of}`)
  expect(measure.found / measure.of, [...kinds, ...measure.missed].join('\n')).toBeGreaterThanOrEqual(0.9)
})

test('takes no wording for an error', () => {
  expect(measure.errors).toEqual([])
})
