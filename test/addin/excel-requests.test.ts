// The arithmetic behind bounded requests, for any cells.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnPoints } from '../../addin/excel/draw-sheet.ts'
import { groupCells } from '../../addin/excel/rectangles.ts'
import { packRequests, splitByBytes, textBytes } from '../../addin/excel/request-size.ts'
import type { Area } from '../../domain/grid.ts'

const place = fc.record({ row: fc.nat(8), column: fc.nat(8), key: fc.constantFrom('a', 'b') })
const placesOf = (area: Area) =>
  Array.from(
    { length: area.rows * area.columns },
    (_, i) => `${area.row + Math.floor(i / area.columns)}:${area.column + (i % area.columns)}`,
  )

describe('requests to Excel', () => {
  it('group any cells into rectangles that cover each once, and nothing else, under its own key', () => {
    fc.assert(
      fc.property(fc.uniqueArray(place, { selector: ({ row, column }) => `${row}:${column}` }), (cells) => {
        const covered = groupCells(cells).flatMap((area) => placesOf(area).map((at) => `${at}=${area.key}`))
        expect(covered.toSorted()).toEqual(cells.map(({ row, column, key }) => `${row}:${column}=${key}`).toSorted())
      }),
    )
  })

  it('group a full block into one rectangle', () => {
    const cells = Array.from({ length: 12 }, (_, i) => ({ row: Math.floor(i / 4), column: i % 4, key: 'a' }))
    expect(groupCells(cells)).toEqual([{ row: 0, column: 0, rows: 3, columns: 4, key: 'a' }])
  })

  it('split an area by bytes without losing a row, each strip within the limit unless it is a single row', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 30 }), (lengths) => {
        const area = { row: 3, column: 2, rows: lengths.length, columns: 1 }
        const strips = splitByBytes(area, (row) => '长'.repeat(lengths[row - 3] ?? 0), 100)
        expect(strips.flatMap(placesOf)).toEqual(placesOf(area))
        for (const strip of strips) expect(strip.rows === 1 || strip.bytes <= 100).toBe(true)
      }),
    )
  })

  it('pack items in order, each request within the limit unless it holds a single item', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ bytes: fc.nat(150) })), (items) => {
        const requests = packRequests(items, 100)
        expect(requests.flat()).toEqual(items)
        for (const request of requests)
          expect(request.length === 1 || request.reduce((sum, { bytes }) => sum + bytes, 0) <= 100).toBe(true)
      }),
    )
  })

  it('count at least the bytes that a text has in UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(textBytes(text)).toBeGreaterThanOrEqual(new TextEncoder().encode(text).length)
      }),
    )
  })

  it('give a column of 8 characters the points of the 69 pixels that it has in 宋体', () => {
    expect(columnPoints(8)).toBe(51.75)
  })
})
