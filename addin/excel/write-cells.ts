/**
 * Writes texts into single cells and proves that they arrived as texts. The number format @ goes
 * first: writing a value is like typing it, which makes numbers, dates and formulas of texts.
 */
import { type CellWrite, HostFailure, type Progress } from '../sheet-host.ts'
import { groupCells } from './rectangles.ts'
import { matrixOf, packRequests, splitByBytes } from './request-size.ts'
import { runQuietly } from './run-excel.ts'

/** What an area costs in a request beside its texts. */
const AREA_BYTES = 2000

/**
 * Writes the cells and nothing else, neither their format (except @) nor other cells. Later writes
 * to one place win. Rejects with HostFailure: 'sheet-missing'; 'became-formula' after clearing
 * such cells; 'not-written' where Excel kept something else, as in a covered cell of a merged area.
 */
export async function writeCells(sheetName: string, writes: readonly CellWrite[], progress?: Progress): Promise<void> {
  const texts = new Map(writes.map(({ row, column, text }) => [`${row}:${column}`, text.replaceAll('\r\n', '\n')]))
  const textOf = (row: number, column: number) => texts.get(`${row}:${column}`) ?? ''
  const areas = groupCells(writes.map(({ row, column }) => ({ row, column, key: '' })))
  const strips = areas.flatMap((area) => splitByBytes(area, textOf)).map((s) => ({ ...s, bytes: s.bytes + AREA_BYTES }))
  const requests = packRequests(strips)
  if (requests.length === 0) return
  await runQuietly(async (context) => {
    const sheet = context.workbook.worksheets.getItem(sheetName)
    for (const [index, request] of requests.entries()) {
      context.application.suspendScreenUpdatingUntilNextSync()
      const written = request.map((area) => {
        const range = sheet.getRangeByIndexes(area.row, area.column, area.rows, area.columns)
        range.numberFormat = matrixOf(area, () => '@')
        range.values = matrixOf(area, textOf)
        range.load('values,formulas')
        return { range, expected: matrixOf(area, textOf) }
      })
      await context.sync()
      for (const { range, expected } of written) await verify(context, range, expected)
      progress?.(index + 1, requests.length)
    }
  })
}

async function verify(context: Excel.RequestContext, range: Excel.Range, expected: string[][]): Promise<void> {
  const formulas: [number, number][] = []
  let lost = false
  for (const [r, line] of expected.entries())
    for (const [c, text] of line.entries()) {
      const value: unknown = range.values[r]?.[c]
      const formula: unknown = range.formulas[r]?.[c]
      if (typeof formula === 'string' && formula.startsWith('=') && formula !== value) formulas.push([r, c])
      else if (String(value).replaceAll('\r\n', '\n') !== text) lost = true
    }
  if (formulas.length > 0) {
    for (const [r, c] of formulas) range.getCell(r, c).clear(Excel.ClearApplyTo.contents)
    await context.sync()
    throw new HostFailure('became-formula')
  }
  if (lost) throw new HostFailure('not-written')
}
