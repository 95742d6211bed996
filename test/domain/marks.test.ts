import { describe, expect, it } from 'vitest'
import { type LedgerInfo, ledgerSheet, readLedger } from '../../domain/carrier.ts'
import type { Grid } from '../../domain/grid.ts'
import type { Layout } from '../../domain/layout.ts'
import { MARK_KINDS, type MarkedCell, planPainting, readMarkedSheets, readMarkLines } from '../../domain/marks.ts'
import { gridOf, modelToGrid } from '../support/model-grid.ts'

const AT = '2023-11-10T01:12:00Z'
const LAYOUT: Layout = {
  headerTop: 0,
  headerRows: 1,
  firstRow: 1,
  lastRow: 3,
  columns: { number: 0, task: 1, 'milestone.P1': 2, 'milestone.P2': 3 },
  carrierColumn: 4,
  extraColumns: [],
  rows: [1, 2, 3],
  skipped: [],
}

function tableGrid(): Grid {
  return gridOf([
    ['序号', '重点任务', '3月', '5月', '台账标识'],
    ['1', '建房', '开工。', '<', 'r1@7'],
    ['2', '修路', '开工。', '建成。', ''],
    ['3', '架桥', '开工。', '建成。', 'r3@7'],
  ])
}

function linesFor(cells: MarkedCell[], grid = tableGrid()) {
  return planPainting(grid, LAYOUT, cells, AT).lines.slice(1)
}

describe('the list of marks', () => {
  it('names a row by the id it carries, without its version, and by its place where it carries none', () => {
    const cells: MarkedCell[] = [
      { row: 1, column: 1, kind: 'error' },
      { row: 2, column: 3, kind: 'error' },
    ]
    expect(linesFor(cells)).toEqual([
      ['任务分解表!error|r1', ',1,'],
      ['任务分解表!error|#3', ',3,'],
    ])
  })

  it('gives a cell the gravest of its marks, and a row one line a kind', () => {
    const cells: MarkedCell[] = [
      { row: 3, column: 2, kind: 'readonly' },
      { row: 3, column: 2, kind: 'warning' },
      { row: 3, column: 2, kind: 'hint' },
      { row: 3, column: 1, kind: 'warning' },
    ]
    expect(linesFor(cells)).toEqual([['任务分解表!warning|r3', ',1,2,']])
  })

  it('marks a merged text in its first cell, where programs look for the format', () => {
    expect(linesFor([{ row: 1, column: 3, kind: 'ask' }])).toEqual([['任务分解表!ask|r1', ',2,']])
  })

  it('leaves out what does not stand in the table', () => {
    expect(
      linesFor([
        { row: 0, column: 1, kind: 'error' },
        { row: 9, column: 1, kind: 'error' },
      ]),
    ).toEqual([])
    expect(linesFor([{ row: 1, column: 7, kind: 'error' }])).toEqual([])
  })

  it('drops the least grave marks, and counts them, where there are more than a sheet can be read with', () => {
    const rows = Array.from({ length: 4000 }, (_, i) => [String(i), '建房', '开工。', '建成。', `r${i}@1`])
    const grid = gridOf([['序号', '重点任务', '3月', '5月', '台账标识'], ...rows])
    const cells = rows.flatMap((_, i): MarkedCell[] => [
      { row: i + 1, column: 2, kind: 'readonly' },
      { row: i + 1, column: 3, kind: 'error' },
    ])
    const { lines, left } = planPainting(grid, { ...LAYOUT, lastRow: 4000 }, cells, AT)
    expect(lines.length).toBeLessThan(4600)
    expect(lines.filter(([key]) => key.includes('!error|'))).toHaveLength(4000)
    expect(left).toBe(8000 - (lines.length - 1))
  })

  it('stands beside what the hidden sheet says of tables, and neither disturbs the other', () => {
    const info: LedgerInfo = {
      format: 1,
      planId: 'p1',
      sheet: '任务分解表',
      form: 'breakdown',
      specVersion: 1,
      complete: true,
    }
    const { lines } = planPainting(tableGrid(), LAYOUT, [{ row: 1, column: 1, kind: 'error' }], AT)
    const ledger = modelToGrid(ledgerSheet([info], lines))
    expect(readLedger(ledger)).toEqual([info])
    expect(readMarkLines(ledger)).toEqual(lines)
    expect([...readMarkedSheets(ledger)]).toEqual([['任务分解表', { at: AT, shades: false }]])
  })
})

describe('the rules of marks', () => {
  it('are one a kind, short enough for Excel, and ask nothing volatile or relative', () => {
    const grid = { ...tableGrid(), name: '二〇二三年保障和改善民生行动计划重点任务分解表（征求意见稿）' }
    const { rules, area } = planPainting(grid, LAYOUT, [], AT)
    expect(area).toEqual({ row: 1, column: 0, rows: 3, columns: 4 })
    expect(rules.map(({ kind }) => kind)).toEqual([...MARK_KINDS])
    for (const { formula } of rules) {
      expect(formula.length).toBeLessThan(256)
      expect(formula).not.toMatch(/INDIRECT|OFFSET|NOW|TODAY|CELL\(/)
      expect(formula.replaceAll(/\$[A-Z]+:\$[A-Z]+/g, '')).not.toMatch(/[A-Z]{1,3}\d/)
    }
  })

  it('quote what a name of a sheet may hold', () => {
    const { rules } = planPainting({ ...tableGrid(), name: '表"一"~稿' }, LAYOUT, [], AT)
    expect(rules[0]?.formula).toContain('VLOOKUP("表""一""~~稿!error|"')
  })
})
