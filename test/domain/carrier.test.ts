import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LedgerInfo } from '../../domain/carrier.ts'
import {
  formatCarrier,
  LEDGER_SHEET,
  ledgerSheet,
  newerLedgerFormat,
  parseCarrier,
  readLedger,
} from '../../domain/carrier.ts'
import { gridOf, modelToGrid } from '../support/model-grid.ts'

const INFO: LedgerInfo = {
  format: 1,
  planId: 'fengjie-2023',
  sheet: '任务分解表',
  form: 'breakdown',
  specVersion: 1,
  complete: true,
  planTitle: '奉节县2023年保障和改善民生行动计划',
  pulledAt: '2023-03-20T08:00:00.000Z',
}

describe('the carrier of a row', () => {
  test('reads back any id and version', () => {
    const ids = fc.stringMatching(/^[A-Za-z0-9_.-]{1,64}$/)
    fc.assert(
      fc.property(ids, fc.nat(), (rowId, ver) => {
        expect(parseCarrier(formatCarrier({ rowId, ver }))).toEqual({ rowId, ver })
      }),
    )
  })

  test('forgives blanks and full width', () => {
    expect(parseCarrier(' r-1 @ 12\n')).toEqual({ rowId: 'r-1', ver: 12 })
    expect(parseCarrier('ｒ１＠１２')).toEqual({ rowId: 'r1', ver: 12 })
  })

  test('is nothing where it is malformed', () => {
    for (const text of [
      '',
      'r1',
      'r1@',
      '@1',
      'r1@-1',
      'r1@1.5',
      'sheet-row:3@1',
      '行@1',
      'r1@1@2',
      `${'r'.repeat(65)}@1`,
    ])
      expect(parseCarrier(text)).toBeUndefined()
  })
})

describe('the hidden sheet', () => {
  test('reads back every table of the workbook', () => {
    const other: LedgerInfo = {
      format: 1,
      planId: 'p2',
      sheet: '表二',
      form: 'breakdown',
      specVersion: 1,
      complete: false,
      unit: '县教委',
    }
    const model = ledgerSheet([INFO, other])
    expect(model).toMatchObject({ name: LEDGER_SHEET, visibility: 'hidden' })
    expect(readLedger(modelToGrid(model))).toEqual([INFO, other])
  })

  test('passes over unknown keys and what other programs do to it', () => {
    const grid = gridOf([
      ['FORMAT ', ' 1'],
      ['future', 'x'],
      [],
      ['PlanId', 'p1'],
      ['sheet', ' 表 '],
      ['form', 'breakdown', 'other', 'columns'],
      ['specVersion', '1.0'],
      ['complete', 'TRUE'],
    ])
    expect(readLedger(grid)).toEqual([
      { format: 1, planId: 'p1', sheet: '表', form: 'breakdown', specVersion: 1, complete: true },
    ])
    expect(newerLedgerFormat(grid)).toBeUndefined()
  })

  test('of a newer format is not misread, and says which format it is', () => {
    const grid = gridOf([
      ['format', '2'],
      ['planId', 'p1'],
      ['sheet', '表'],
      ['form', 'breakdown'],
      ['specVersion', '1'],
    ])
    expect(readLedger(grid)).toEqual([])
    expect(newerLedgerFormat(grid)).toBe(2)
  })

  test('that is broken or empty holds no table', () => {
    expect(readLedger(gridOf([]))).toEqual([])
    expect(
      readLedger(
        gridOf([
          ['planId', 'p1'],
          ['format', '1'],
          ['sheet', '表'],
        ]),
      ),
    ).toEqual([])
  })
})
