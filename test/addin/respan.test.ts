import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Range, rangesFit, rangesOf, respan } from '../../addin/flows/respan.ts'
import type { Row } from '../../domain/table.ts'

const COLUMNS = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6']
const ROW: Row = {
  rowId: 'r11',
  cells: { P1: '——', P2: '完成更新。', P3: '完成评审。', P5: '——', P6: '完成任务。' },
  spans: { P3: 2 },
}

test('the texts of a row and the periods they cover, cells without work left out', () => {
  expect(rangesOf(ROW, COLUMNS)).toEqual([
    { text: '完成更新。', from: 1, to: 1 },
    { text: '完成评审。', from: 2, to: 3 },
    { text: '完成任务。', from: 5, to: 5 },
  ])
})

test('a text that is moved on leaves —— behind and covers what it was given', () => {
  const ranges = rangesOf(ROW, COLUMNS).map((range) => (range.from === 2 ? { ...range, from: 3, to: 4 } : range))
  expect(respan(ROW, COLUMNS, ranges)).toEqual({
    cells: { P1: '——', P2: '完成更新。', P3: '——', P4: '完成评审。', P6: '完成任务。' },
    spans: { P4: 2 },
  })
})

test('a cell without work over several periods stays one cell in what is left of it', () => {
  const row: Row = { rowId: 'r2', cells: { P1: '——', P6: '达到95%。' }, spans: { P1: 5 } }
  expect(respan(row, COLUMNS, [{ text: '达到95%。', from: 3, to: 5 }])).toEqual({
    cells: { P1: '——', P4: '达到95%。' },
    spans: { P1: 3, P4: 3 },
  })
})

test('a blank cell stays blank: whether it means no work is not for us to say', () => {
  const row: Row = { rowId: 'r3', cells: { ...Object.fromEntries(COLUMNS.map((key) => [key, ''])), P2: '开工。' } }
  expect(respan(row, COLUMNS, [{ text: '开工。', from: 1, to: 2 }]).cells).toEqual({
    P1: '',
    P2: '开工。',
    P4: '',
    P5: '',
    P6: '',
  })
})

test.each<[string, Range[], boolean]>([
  [
    'side by side',
    [
      { text: 'a', from: 0, to: 1 },
      { text: 'b', from: 2, to: 5 },
    ],
    true,
  ],
  [
    'in another order',
    [
      { text: 'a', from: 4, to: 5 },
      { text: 'b', from: 0, to: 3 },
    ],
    true,
  ],
  [
    'sharing a period',
    [
      { text: 'a', from: 0, to: 2 },
      { text: 'b', from: 2, to: 3 },
    ],
    false,
  ],
  [
    'one inside the other',
    [
      { text: 'a', from: 0, to: 5 },
      { text: 'b', from: 2, to: 3 },
    ],
    false,
  ],
  ['running backwards', [{ text: 'a', from: 3, to: 2 }], false],
])('texts %s', (_, ranges, fit) => {
  expect(rangesFit(ranges)).toBe(fit)
})

/** Rows that fill every period: a list of [columns covered, kind of text]. */
const rows = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom('——', '', '完成。')), { minLength: 6 })
  .map((parts): Row => {
    const row = { rowId: 'r', cells: {} as Record<string, string>, spans: {} as Record<string, number> }
    let at = 0
    for (const [wanted, text] of parts) {
      const span = Math.min(wanted, COLUMNS.length - at)
      if (span === 0) break
      row.cells[COLUMNS[at]!] = text
      if (span > 1) row.spans[COLUMNS[at]!] = span
      at += span
    }
    return row
  })

test('the proposal left as it is comes back as it was', () => {
  fc.assert(
    fc.property(rows, (row) => {
      expect(respan(row, COLUMNS, rangesOf(row, COLUMNS))).toEqual({ cells: row.cells, spans: row.spans })
    }),
  )
})
