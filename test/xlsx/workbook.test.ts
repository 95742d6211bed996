/** Files as other programs wrote them and will read them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SheetModel } from '../../domain/sheet-model.ts'
import { openWorkbook } from '../../xlsx/edit.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { writeWorkbook } from '../../xlsx/write.ts'
import { findPythonWithOpenpyxl } from '../support/programs.ts'

const model: SheetModel = {
  name: '任务分解表',
  visibility: 'visible',
  cells: [
    [{ text: '标题', style: 'title' }, { text: '' }, { text: '' }],
    [
      { text: '=1+1', style: 'text' },
      { text: '第一行\n第二行', style: 'readonly' },
      { text: '', style: 'text' },
    ],
  ],
  merges: [{ row: 0, column: 0, rows: 1, columns: 3 }],
  columnWidths: [10, 20, 30],
  rowHeights: [30, undefined],
  hiddenColumns: [2],
  frozen: { rows: 1, columns: 1 },
  print: { paper: 'A3', orientation: 'landscape', repeatRows: [0, 0], lastColumn: 1, lastRow: 1 },
}
const write = (models = [model]) => writeWorkbook(models, { title: '试', created: '2023-03-14T00:00:00Z' })
const python = findPythonWithOpenpyxl()

/** What openpyxl says of a workbook. */
function inspect(bytes: Uint8Array, script: string): unknown {
  const file = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'book.xlsx')
  writeFileSync(file, bytes)
  const run = spawnSync(
    python as string,
    [
      '-c',
      `import openpyxl, json, sys\nwb = openpyxl.load_workbook(sys.argv[1])\nws = wb.worksheets[0]\nprint(json.dumps(${script}))`,
      file,
    ],
    { encoding: 'utf8' },
  )
  if (run.status !== 0) throw new Error(run.stderr)
  return JSON.parse(run.stdout)
}

describe('writeWorkbook', () => {
  test('reads back as it was drawn, formula-like text as text', async () => {
    const { sheets } = await readWorkbook(await write([model, { ...model, name: '_ledger', visibility: 'hidden' }]))
    expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['任务分解表', false],
      ['_ledger', true],
    ])
    const grid = sheets[0]?.grid
    expect(grid?.texts[1]?.slice(0, 2)).toEqual(['=1+1', '第一行\n第二行'])
    expect(grid?.formulas).toEqual([])
    expect(grid?.merges).toEqual(model.merges)
    expect(grid?.hiddenColumns).toEqual([2])
  })
  test('hides a column and keeps a row height beyond the last text', async () => {
    const beyond = { ...model, hiddenColumns: [2, 5], rowHeights: [30, undefined, undefined, 44] }
    const bytes = await write([beyond])
    expect((await readWorkbook(bytes)).sheets[0]?.grid.hiddenColumns).toEqual([2, 5])
    if (python) expect(inspect(bytes, `ws.row_dimensions[4].height`)).toBe(44)
    const file = await openWorkbook(await write())
    file.draw(beyond)
    expect((await openWorkbook(await file.save())).read(model.name)?.hiddenColumns).toEqual([2, 5])
  })
  test('indents texts, so that they stand off the border', async () => {
    if (python) expect(inspect(await write(), `[ws['A2'].alignment.indent, ws['A1'].alignment.indent]`)).toEqual([1, 0])
  })
  test('gives the same bytes for the same models', async () => {
    expect(Buffer.from(await write()).equals(Buffer.from(await write()))).toBe(true)
  })
  test.skipIf(!python)('is read by openpyxl with merges, fills, widths, print set-up and inert texts', async () => {
    const seen = inspect(
      await write(),
      `{'merges': [str(r) for r in ws.merged_cells.ranges], 'type': ws['A2'].data_type, 'text': ws['A2'].value, 'format': ws['A2'].number_format, 'fill': ws['B2'].fill.fgColor.rgb, 'border': ws['C2'].border.left.style, 'hidden': ws.column_dimensions['C'].hidden, 'frozen': ws.freeze_panes, 'paper': ws.page_setup.paperSize, 'orientation': ws.page_setup.orientation, 'titles': ws.print_title_rows, 'height': ws.row_dimensions[1].height}`,
    )
    expect(seen).toMatchObject({
      merges: ['A1:C1'],
      type: 's',
      text: '=1+1',
      format: '@',
      fill: 'FFF2F2F2',
      border: 'thin',
      hidden: true,
      frozen: 'B2',
      paper: 8,
      orientation: 'landscape',
      height: 30,
    })
    expect((seen as { titles: string }).titles.replaceAll('$', '')).toBe('1:1')
  })
})

describe('openWorkbook', () => {
  // Written by openpyxl: styles, a note, a hidden sheet, a date, a percentage, a formula.
  const original = readFileSync('test/fixtures/workbooks/openpyxl-styled.xlsx')

  test('shows numbers and dates as the file’s formats show them', async () => {
    const grid = (await openWorkbook(original)).read('表')
    expect(grid?.texts[1]?.[0]).toBe('350.00%')
    expect(grid?.texts[2]?.[0]).toBe('2023年3月')
    expect(grid?.formulas).toEqual([{ row: 1, column: 2 }])
  })
  test.skipIf(!python)('changes only the cells written; formats, notes and other sheets stay', async () => {
    const file = await openWorkbook(original)
    file.write('表', [
      { row: 1, column: 1, text: '改了' },
      { row: 9, column: 9, text: '新增' },
      { row: 1, column: 2, text: '不再是公式' },
    ])
    file.draw({ ...model, name: '_ledger', visibility: 'hidden' })
    file.setColumnHidden('表', 9, true)
    const seen = inspect(
      await file.save(),
      `{'b2': [ws['B2'].value, ws['B2'].fill.fgColor.rgb, ws['B2'].font.name], 'j10': ws['J10'].value, 'c2': ws['C2'].value, 'a2': [ws['A2'].value, ws['A2'].number_format], 'note': ws['B3'].comment.text, 'merges': [str(r) for r in ws.merged_cells.ranges], 'hidden': ws.column_dimensions['J'].hidden, 'width': ws.column_dimensions['B'].width, 'sheets': [[s.title, s.sheet_state] for s in wb.worksheets], 'red': wb['其他']['A1'].font.color.rgb[2:]}`,
    )
    expect(seen).toEqual({
      b2: ['改了', '00FFFF00', '宋体'],
      j10: '新增',
      c2: '不再是公式',
      a2: [3.5, '0.00%'],
      note: '批注',
      merges: ['A1:C1'],
      hidden: true,
      width: 33,
      sheets: [
        ['表', 'visible'],
        ['隐', 'hidden'],
        ['其他', 'visible'],
        ['_ledger', 'hidden'],
      ],
      red: 'FF0000',
    })
  })
})
