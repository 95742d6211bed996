/** Editing the cells of neighbouring periods: merging and splitting lose no text and leave no gap. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellsOfParts, type Part, partsOf, resizePart } from '../../addin/flows/partition.ts'

const COLUMNS = ['P1', 'P2', 'P3', 'P4']

test('a row with a merged cell becomes its cells and back', () => {
  const row = { cells: { P1: '甲', P2: '乙', P4: '丙' }, spans: { P2: 2 } }
  const parts = partsOf(row, COLUMNS)
  expect(parts.map(({ from, to }) => [from, to])).toEqual([
    [0, 0],
    [1, 2],
    [3, 3],
  ])
  expect(cellsOfParts(parts, COLUMNS)).toEqual(row)
})

test('merging takes in the texts of the cells that it covers, blank ones without a line', () => {
  const parts = partsOf({ cells: { P1: '甲', P2: '', P3: '乙', P4: '丙' } }, COLUMNS)
  expect(resizePart(parts, 0, 2)).toEqual([
    { text: '甲\n乙', from: 0, to: 2 },
    { text: '丙', from: 3, to: 3 },
  ])
})

test('splitting keeps the text in the first period and leaves blank ones', () => {
  const parts = partsOf({ cells: { P1: '甲', P4: '丙' }, spans: { P1: 3 } }, COLUMNS)
  expect(cellsOfParts(resizePart(parts, 0, 0), COLUMNS)).toEqual({
    cells: { P1: '甲', P2: '', P3: '', P4: '丙' },
    spans: {},
  })
})

test('whatever is merged and split, every column is covered once and every text is still there', () => {
  const step = fc.tuple(fc.nat(3), fc.nat(3))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let parts: Part[] = partsOf({ cells: { P1: '甲', P2: '乙', P3: '丙', P4: '丁' } }, COLUMNS)
      for (const [index, to] of steps) parts = resizePart(parts, index, to)
      expect(parts.flatMap(({ from, to }) => COLUMNS.slice(from, to + 1))).toEqual(COLUMNS)
      for (const text of ['甲', '乙', '丙', '丁']) expect(parts.map((part) => part.text).join()).toContain(text)
    }),
  )
})
