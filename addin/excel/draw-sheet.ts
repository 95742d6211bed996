/**
 * Draws a SheetModel as a worksheet: texts, merges, looks, filter and print set-up, in bounded requests that
 * can be stopped between them. Notes are left out: writing them needs ExcelApi 1.18 (docs/decisions/020-marks.md).
 */
import { type CellStyle, type SheetModel, STYLES, type StyleName } from '../../domain/sheet-model.ts'
import { HostFailure, type Progress } from '../sheet-host.ts'
import { groupCells, groupRuns } from './rectangles.ts'
import { matrixOf, packRequests, splitByBytes } from './request-size.ts'
import { runQuietly } from './run-excel.ts'

/** A few calls on the sheet, with the bytes they cost in a request. */
type Step = { bytes: number; run: (sheet: Excel.Worksheet) => void }

const CALL_BYTES = 400
const STYLE_BYTES = 6000

/**
 * Creates the sheet, or empties and draws it anew. Rejects with HostFailure; after 'cancelled' a
 * sheet that was new is gone again, one that existed is incomplete until it is drawn again.
 */
export async function drawSheet(model: SheetModel, progress?: Progress, signal?: AbortSignal): Promise<void> {
  const requests = packRequests(stepsOf(model))
  await runQuietly(async (context) => {
    const found = context.workbook.worksheets.getItemOrNullObject(model.name)
    await context.sync()
    if (signal?.aborted) throw new HostFailure('cancelled')
    const sheet = found.isNullObject ? context.workbook.worksheets.add(model.name) : found
    if (!found.isNullObject) await emptySheet(context, sheet)
    for (const [index, request] of requests.entries()) {
      if (signal?.aborted) {
        if (found.isNullObject && index > 0) sheet.delete()
        await context.sync()
        throw new HostFailure('cancelled')
      }
      context.application.suspendScreenUpdatingUntilNextSync()
      for (const step of request) step.run(sheet)
      await context.sync()
      progress?.(index + 1, requests.length)
    }
    await setUpPrint(context, sheet, model)
  })
}

async function emptySheet(context: Excel.RequestContext, sheet: Excel.Worksheet): Promise<void> {
  const used = sheet.getUsedRangeOrNullObject()
  const { autoFilter } = sheet
  autoFilter.load('enabled')
  await context.sync()
  sheet.freezePanes.unfreeze()
  if (autoFilter.enabled) autoFilter.remove()
  if (used.isNullObject) return
  used.rowHidden = false
  used.columnHidden = false
  used.unmerge()
  used.clear()
}

function stepsOf(model: SheetModel): Step[] {
  return [
    ...textSteps(model),
    ...model.merges.map((area) => ({
      bytes: CALL_BYTES,
      run: (sheet: Excel.Worksheet) => rangeOf(sheet, area).merge(false),
    })),
    ...styleSteps(model),
    ...sizeSteps(model),
    { bytes: CALL_BYTES, run: (sheet) => setView(sheet, model) },
  ]
}

function textSteps(model: SheetModel): Step[] {
  const columns = Math.max(0, ...model.cells.map((line) => line.length))
  if (columns === 0) return []
  const textOf = (row: number, column: number) => model.cells[row]?.[column]?.text ?? ''
  const area = { row: 0, column: 0, rows: model.cells.length, columns }
  return splitByBytes(area, textOf).map((strip) => ({
    bytes: strip.bytes,
    run: (sheet) => {
      const range = rangeOf(sheet, strip)
      range.numberFormat = matrixOf(strip, () => '@')
      range.values = matrixOf(strip, textOf)
    },
  }))
}

function styleSteps(model: SheetModel): Step[] {
  const cells = model.cells.flatMap((line, row) =>
    line.flatMap(({ style }, column) => (style ? [{ row, column, key: style }] : [])),
  )
  return groupCells(cells).map((area) => ({
    bytes: STYLE_BYTES,
    run: (sheet) => applyStyle(rangeOf(sheet, area), STYLES[area.key as StyleName], area),
  }))
}

function applyStyle(range: Excel.Range, style: CellStyle, size: { rows: number; columns: number }): void {
  const { format } = range
  format.font.name = style.font.name
  format.font.size = style.font.size
  format.font.bold = style.font.bold ?? false
  if (style.font.color) format.font.color = `#${style.font.color}`
  if (style.fill) format.fill.color = `#${style.fill}`
  format.horizontalAlignment = HORIZONTAL[style.horizontal]
  if (style.indent) format.indentLevel = style.indent
  format.verticalAlignment = style.vertical === 'top' ? 'Top' : 'Center'
  format.wrapText = style.wrap
  if (!style.border) return
  const edges: Excel.BorderIndex[] = [
    Excel.BorderIndex.edgeTop,
    Excel.BorderIndex.edgeBottom,
    Excel.BorderIndex.edgeLeft,
    Excel.BorderIndex.edgeRight,
  ]
  if (size.rows > 1) edges.push(Excel.BorderIndex.insideHorizontal)
  if (size.columns > 1) edges.push(Excel.BorderIndex.insideVertical)
  for (const edge of edges) format.borders.getItem(edge).style = 'Continuous'
}

const HORIZONTAL = { left: 'Left', center: 'Center', right: 'Right' } as const

function sizeSteps(model: SheetModel): Step[] {
  const widths = groupRuns(model.columnWidths).map(({ from, count, value }) => ({
    bytes: CALL_BYTES,
    run: (sheet: Excel.Worksheet) => {
      sheet.getRangeByIndexes(0, from, 1, count).format.columnWidth = columnPoints(value)
    },
  }))
  const heights = groupRuns(model.rowHeights).flatMap(({ from, count, value }) =>
    value === undefined
      ? []
      : [
          {
            bytes: CALL_BYTES,
            run: (sheet: Excel.Worksheet) => {
              sheet.getRangeByIndexes(from, 0, count, 1).format.rowHeight = value
            },
          },
        ],
  )
  return [...widths, ...heights]
}

/**
 * Office.js measures columns in points, SheetModel in characters. A digit of 宋体 11,
 * the default of a Chinese Excel, is 8 pixels wide (of Calibri 7: there the columns come out wider
 * than asked, and nothing is cut), a column has 5 pixels of padding, and a pixel is 0.75 points.
 */
export function columnPoints(characters: number): number {
  return Math.round(characters * 8 + 5) * 0.75
}

function setView(sheet: Excel.Worksheet, model: SheetModel): void {
  for (const column of model.hiddenColumns) sheet.getRangeByIndexes(0, column, 1, 1).columnHidden = true
  const { rows, columns } = model.frozen ?? { rows: 0, columns: 0 }
  if (rows > 0 && columns > 0) sheet.freezePanes.freezeAt(sheet.getRangeByIndexes(0, 0, rows, columns))
  else if (rows > 0) sheet.freezePanes.freezeRows(rows)
  else if (columns > 0) sheet.freezePanes.freezeColumns(columns)
  if (model.filter) sheet.autoFilter.apply(rangeOf(sheet, model.filter))
  sheet.visibility = model.visibility === 'hidden' ? 'Hidden' : 'Visible'
}

/** Excel refuses page settings where no printer is installed; the table is good without them. */
async function setUpPrint(context: Excel.RequestContext, sheet: Excel.Worksheet, model: SheetModel): Promise<void> {
  const { print } = model
  if (!print) return
  const { pageLayout } = sheet
  pageLayout.orientation = print.orientation === 'landscape' ? 'Landscape' : 'Portrait'
  pageLayout.paperSize = print.paper === 'A3' ? Excel.PaperType.a3 : Excel.PaperType.a4
  pageLayout.zoom = { horizontalFitToPages: 1 }
  pageLayout.setPrintArea(sheet.getRangeByIndexes(0, 0, print.lastRow + 1, print.lastColumn + 1))
  const { defaultForAllPages } = pageLayout.headersFooters
  defaultForAllPages.centerFooter = '第 &P 页，共 &N 页'
  if (print.footer !== undefined) defaultForAllPages.leftFooter = print.footer.replaceAll('&', '&&')
  if (print.repeatRows) pageLayout.setPrintTitleRows(`$${print.repeatRows[0] + 1}:$${print.repeatRows[1] + 1}`)
  try {
    await context.sync()
  } catch (error) {
    if (!(error instanceof OfficeExtension.Error)) throw error
  }
}

function rangeOf(
  sheet: Excel.Worksheet,
  area: { row: number; column: number; rows: number; columns: number },
): Excel.Range {
  return sheet.getRangeByIndexes(area.row, area.column, area.rows, area.columns)
}
