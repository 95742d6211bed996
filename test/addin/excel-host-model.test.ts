// The emulated workbook by itself, without a browser: what typed text becomes, and what moves when cells move.

import { describe, expect, test } from 'vitest'
import { formatAddress, parseAddress, quoteSheetName } from '../excel-host/address.ts'
import { shiftCells } from '../excel-host/shift.ts'
import { typed } from '../excel-host/typing.ts'
import { Workbook } from '../excel-host/workbook.ts'

describe('typing into a General cell', () => {
  const value = (text: string) => {
    const { value, formula } = typed(text, 'General', 2026)
    return formula ?? value
  }

  test.each([
    ['', null],
    ['001', 1],
    ['-3.2%', -0.032],
    ['(5)', -5],
    ['1,234.5', 1234.5],
    ['1E3', 1000],
    ['123456789012345234', 123456789012345000],
    ['10-1', 46296],
    ['2024-12-31', 45657],
    ['13-1', '13-1'],
    ['12:30', 12.5 / 24],
    ['TRUE', true],
    ["'=1", '=1'],
    ['=SUM(A1:A2)', '=SUM(A1:A2)'],
    ['-A1', '=-A1'],
    ['-', '-'],
    ['——', '——'],
    ['１００', '１００'],
    ['10000人以上', '10000人以上'],
    ['1.完成选址\n2.开工', '1.完成选址\n2.开工'],
  ])('%j becomes %j', (text, expected) => {
    expect(value(text)).toEqual(expected)
  })

  test.each(['-完成率，下降', '+新增 100 人', '=SUM(A1'])('%j is no formula and is refused', (text) => {
    expect(() => value(text)).toThrow('does not accept')
  })

  test('keeps text in a cell formatted @', () => {
    expect(typed('=1+1', '@', 2026)).toEqual({ value: '=1+1' })
  })
})

describe('addresses', () => {
  test.each(['A1', 'AA10:AB12', 'C:D', '3:7', 'XFD1048576'])('%s is read and printed', (address) => {
    expect(formatAddress(parseAddress(`'表 1'!${address}`).rect)).toBe(address)
  })

  test('outside the sheet there are none', () => {
    for (const text of ['A0', 'XFE1', 'A1048577', 'A', '一']) expect(() => parseAddress(text)).toThrow()
  })

  test('sheet names are quoted where they must be', () => {
    expect(['任务分解表', '总 表', "O'Brien", '2023', 'A1'].map(quoteSheetName)).toEqual([
      '任务分解表',
      "'总 表'",
      "'O''Brien'",
      "'2023'",
      "'A1'",
    ])
  })
})

describe('inserting and deleting', () => {
  function table() {
    const sheet = Workbook.blank().sheet('Sheet1')
    for (let row = 0; row < 6; row++) sheet.type(row, 0, `第${row}行`)
    sheet.merge(parseAddress('B2:C4').rect)
    sheet.rowHeights.set(4, 60)
    sheet.hiddenRows.add(5)
    return sheet
  }
  const merges = (sheet: ReturnType<typeof table>) => sheet.merges.map(({ rect }) => formatAddress(rect))
  const whole = (address: string) => parseAddress(address).rect

  test('rows move cells, heights, hidden rows, and stretch the merge they fall into', () => {
    const sheet = table()
    shiftCells(sheet, whole('3:4'), 'row', 'insert')
    expect([merges(sheet), sheet.cell(4, 0)?.value, sheet.rowHeights.get(6), sheet.hiddenRows]).toEqual([
      ['B2:C6'],
      '第2行',
      60,
      new Set([7]),
    ])
    shiftCells(sheet, whole('3:4'), 'row', 'delete')
    expect([merges(sheet), sheet.cell(2, 0)?.value, sheet.hiddenRows]).toEqual([['B2:C4'], '第2行', new Set([5])])
  })

  test('cells that would tear a merge are refused', () => {
    expect(() => shiftCells(table(), whole('B1'), 'row', 'insert')).toThrow('torn')
  })

  test('the first row of a merge: what Excel does is not known, so it is a gap', () => {
    expect(() => shiftCells(table(), whole('2:2'), 'row', 'delete')).toThrow('not emulated')
  })

  test('columns work alike', () => {
    const sheet = table()
    shiftCells(sheet, whole('A:A'), 'column', 'delete')
    expect([merges(sheet), sheet.cell(0, 0)]).toEqual([['A2:B4'], undefined])
  })
})
