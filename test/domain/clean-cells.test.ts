/**
 * Over faultless official prose the checks stay silent, or nobody reads them.
 */
import { expect, test } from 'vitest'
import { checkTable } from '../../domain/check.ts'
import type { Issue } from '../../domain/issue.ts'
import { type CellColumn, cellContext, placeCell, type TriedCell } from './corpus/cell-table.ts'
import {
  CLEAN_IN_PERIODS,
  CLEAN_LEADS,
  CLEAN_MILESTONES,
  CLEAN_TARGETS,
  CLEAN_TASKS,
  CLEAN_UNITS,
} from './corpus/clean-cells.ts'
import { CLEAN_AIMS, CLEAN_CONDUCT, CLEAN_DATED, CLEAN_REPORTS, CLEAN_WORKS } from './corpus/clean-cells-provinces.ts'

const CELLS: [CellColumn, readonly string[]][] = [
  ['milestone', CLEAN_MILESTONES],
  ['task', CLEAN_TASKS],
  ['target', CLEAN_TARGETS],
  ['milestone', CLEAN_WORKS],
  ['milestone', CLEAN_CONDUCT],
  ['milestone', CLEAN_REPORTS],
  ['task', CLEAN_AIMS],
  ['units', CLEAN_UNITS],
  ['lead', CLEAN_LEADS],
]

const cells: TriedCell[] = [
  ...CELLS.flatMap(([column, texts]) => texts.map((text) => ({ column, text }))),
  ...[...CLEAN_IN_PERIODS, ...CLEAN_DATED].map(([period, text]) => ({ column: 'milestone' as const, period, text })),
]

/** What is said about a table that is faultless with this cell in it. */
function complaints(wanted: (issue: Issue) => boolean): string[] {
  return cells.flatMap((cell) =>
    checkTable(placeCell(cell).table, cellContext)
      .filter(wanted)
      .map(({ code, severity }) => `${cell.text}: ${code} (${severity})`),
  )
}

test('there are at least 540 clean cells, none twice', () => {
  expect(new Set(cells.map(({ column, text }) => column + text)).size).toBe(cells.length)
  expect(cells.length).toBeGreaterThanOrEqual(540)
})

test('no warning and no error over clean cells', () => {
  expect(complaints(({ severity }) => severity === 'warning' || severity === 'error')).toEqual([])
})

test('hints and questions over fewer than 1 in 100 clean cells', () => {
  const doubts = complaints(({ severity }) => severity === 'hint' || severity === 'ask')
  expect(doubts.length, doubts.join('\n')).toBeLessThan(cells.length / 100)
})
