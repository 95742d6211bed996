// What saving back changes in a file of another program: the cell written, and nothing else.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync, zipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import type { SheetModel } from '../../domain/sheet-model.ts'
import { openWorkbook, SharedFormulaError } from '../../xlsx/edit.ts'
import { convertByLibreOffice } from '../support/libreoffice.ts'
import { readByOpenpyxl } from '../support/openpyxl.ts'
import { findPythonWithOpenpyxl, findSoffice } from '../support/programs.ts'

/** A workbook with all that offices put into one. */
const SCRIPT = `
import sys, base64, io, openpyxl
from openpyxl.styles import Font, PatternFill, Border, Side
from openpyxl.comments import Comment
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.formatting.rule import CellIsRule
from openpyxl.workbook.protection import WorkbookProtection
book = openpyxl.Workbook()
sheet = book.active
sheet.title = '表'
sheet.append(['序号', '重点任务', '1-2月', '数'])
for i in range(1, 8): sheet.append([i, '任务%d' % i, '开工', i * 1.5])
sheet['E2'] = '=D2*2'
sheet['B3'].comment = Comment('批注', '局')
sheet['C2'].fill = PatternFill('solid', fgColor='FFFF00')
sheet['C2'].font = Font(name='仿宋', size=14, bold=True)
sheet['C2'].border = Border(left=Side(style='double'))
chart = BarChart()
chart.add_data(Reference(sheet, min_col=4, min_row=1, max_row=8), titles_from_data=True)
sheet.add_chart(chart, 'G2')
rule = DataValidation(type='list', formula1='"是,否"')
rule.add('C2:C8')
sheet.add_data_validation(rule)
sheet.conditional_formatting.add('D2:D8', CellIsRule(operator='greaterThan', formula=['5'], fill=PatternFill(bgColor='FFC7CE', fill_type='solid')))
sheet.freeze_panes = 'B2'
sheet.auto_filter.ref = 'A1:D8'
sheet.column_dimensions['B'].width = 33
sheet.row_dimensions[2].height = 44
sheet.print_title_rows = '1:1'
sheet.page_setup.orientation = 'landscape'
sheet.page_setup.paperSize = 8
sheet.oddFooter.center.text = '第 &P 页'
sheet['B5'].hyperlink = 'https://example.gov.cn/'
sheet.merge_cells('A9:D9')
other = book.create_sheet('隐')
other.sheet_state = 'hidden'
other['A1'] = '藏'
book.properties.title = '标题'
book.security = WorkbookProtection(workbookPassword='x', lockStructure=True)
book.save(sys.argv[1])
`

const SHEET = 'xl/worksheets/sheet1.xml'
const ledger: SheetModel = {
  name: '_ledger',
  visibility: 'hidden',
  cells: [
    [
      { text: 'plan', style: 'text' },
      { text: '=1', style: 'readonly' },
    ],
  ],
  merges: [],
  columnWidths: [],
  rowHeights: [],
  hiddenColumns: [],
}

const parts = (bytes: Uint8Array) =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, new TextDecoder().decode(part)]))

/** The names of the parts that differ, and of those only one of the two has. */
function differing(before: Uint8Array, after: Uint8Array): string[] {
  const [old, saved] = [parts(before), parts(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(saved)])].filter((name) => old[name] !== saved[name]).sort()
}

/** The one stretch in which two texts differ, of each. */
function difference(before: string, after: string): [string, string] {
  let start = 0
  while (before[start] !== undefined && before[start] === after[start]) start++
  let end = 0
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return [before.slice(start, before.length - end), after.slice(start, after.length - end)]
}

/** A workbook of one sheet, as raw XML: what neither openpyxl nor LibreOffice writes. */
function rawWorkbook(sheet: string, more: Record<string, string> = {}): Uint8Array {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const all: Record<string, string> = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="表" sheetId="1" r:id="s"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    [SHEET]:
      sheet.includes('<worksheet') || sheet.includes(':worksheet')
        ? sheet
        : `<worksheet xmlns="${main}">${sheet}</worksheet>`,
    ...more,
  }
  return zipSync(Object.fromEntries(Object.entries(all).map(([name, xml]) => [name, new TextEncoder().encode(xml)])))
}

async function patched(sheet: string, writes: { row: number; column: number; text: string }[]): Promise<string> {
  const file = await openWorkbook(rawWorkbook(sheet))
  file.write('表', writes)
  return parts(await file.save())[SHEET] ?? ''
}

describe.skipIf(!findPythonWithOpenpyxl() || !findSoffice())('a file of another program', { timeout: 60_000 }, () => {
  const files: Record<string, Uint8Array> = {}
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
    const path = join(folder, 'book.xlsx')
    const run = spawnSync(findPythonWithOpenpyxl() as string, ['-c', SCRIPT, path], { encoding: 'utf8' })
    if (run.status !== 0) throw new Error(run.stderr)
    files.openpyxl = readFileSync(path)
    files.LibreOffice = convertByLibreOffice(files.openpyxl, 'xlsx')
    rmSync(folder, { recursive: true, force: true })
  }, 120_000)

  test.each(['openpyxl', 'LibreOffice'])(
    'of %s comes back byte for byte where nothing was written',
    async (program) => {
      const file = await openWorkbook(files[program] as Uint8Array)
      expect(differing(files[program] as Uint8Array, await file.save())).toEqual([])
    },
  )

  test.each(['openpyxl', 'LibreOffice'])('of %s keeps all but the cell that was written', async (program) => {
    const before = files[program] as Uint8Array
    const file = await openWorkbook(before)
    file.write('表', [{ row: 1, column: 2, text: '改了 <&>' }])
    const after = await file.save()
    // The workbook asks to be calculated anew; openpyxl's asks for it already.
    expect(differing(before, after)).toEqual(program === 'openpyxl' ? [SHEET] : ['xl/workbook.xml', SHEET])
    const [was, is] = difference(parts(before)[SHEET] ?? '', parts(after)[SHEET] ?? '')
    expect(was.length).toBeLessThan(300)
    expect(is).toContain('改了 &lt;&amp;&gt')
    const [old, now] = [readByOpenpyxl(before), readByOpenpyxl(after)]
    const cell = old[0]?.cells.C2
    expect(now[0]?.cells.C2).toEqual({ ...cell, value: '改了 <&>' })
    if (old[0] && now[0]) now[0].cells.C2 = old[0].cells.C2 as (typeof now)[0]['cells'][string]
    expect(now).toEqual(old)
  })

  test.each(['openpyxl', 'LibreOffice'])('of %s takes the hidden sheet and is read by both', async (program) => {
    const before = files[program] as Uint8Array
    const file = await openWorkbook(before)
    file.draw(ledger)
    const after = await file.save()
    expect(differing(before, after)).toEqual(
      [
        '[Content_Types].xml',
        'xl/_rels/workbook.xml.rels',
        'xl/styles.xml',
        'xl/workbook.xml',
        'xl/worksheets/sheet3.xml',
      ].sort(),
    )
    const [old, now] = [readByOpenpyxl(before), readByOpenpyxl(after)]
    expect(now.slice(0, 2)).toEqual(old)
    expect(now[2]).toMatchObject({
      name: '_ledger',
      state: 'hidden',
      cells: { B1: { value: '=1', type: 's', fill: 'FFF2F2F2' } },
    })
    const rewritten = readByOpenpyxl(convertByLibreOffice(after, 'xlsx'))
    expect(rewritten.map(({ name, state }) => [name, state])).toEqual([
      ['表', 'visible'],
      ['隐', 'hidden'],
      ['_ledger', 'hidden'],
    ])
    expect(rewritten[2]?.cells.B1).toMatchObject({ value: '=1', type: 's' })
  })

  test('drawing a sheet again adds no styles and no parts', async () => {
    const once = await openWorkbook(files.LibreOffice as Uint8Array)
    once.draw(ledger)
    const first = await once.save()
    const again = await openWorkbook(first)
    again.draw(ledger)
    expect(differing(first, await again.save())).toEqual([])
  })

  test('a text that was overwritten is not in the saved file any more, unless another cell shows it', async () => {
    const file = await openWorkbook(files.LibreOffice as Uint8Array)
    file.write('表', [
      { row: 1, column: 1, text: '' },
      { row: 1, column: 2, text: '完工' },
    ])
    const saved = await file.save()
    // LibreOffice cuts a text into runs of one font each.
    const listed = (bytes: Uint8Array) =>
      (parts(bytes)['xl/sharedStrings.xml'] ?? '').split('</si>').map((item) => item.replace(/<[^>]*>/g, '').trim())
    expect(listed(files.LibreOffice as Uint8Array)).toEqual(expect.arrayContaining(['任务1', '开工']))
    expect(listed(saved)).not.toContain('任务1')
    expect(listed(saved)).toContain('开工')
    expect(readByOpenpyxl(saved)[0]?.cells.C3).toMatchObject({ value: '开工' })
  })
})

describe('the XML of a sheet', () => {
  test('keeps the rows and cells that are not written, and puts new ones in order', async () => {
    const xml = await patched(
      '<dimension ref="B2:B4"/><sheetData><row r="2" spans="2:2" ht="20"><c r="B2" s="0"><v>1</v></c></row><row r="4"/></sheetData>',
      [
        { row: 0, column: 0, text: '首' },
        { row: 1, column: 0, text: '左' },
        { row: 1, column: 3, text: '右' },
        { row: 2, column: 1, text: '' },
        { row: 3, column: 1, text: ' 空格 ' },
        { row: 5, column: 1, text: '尾' },
      ],
    )
    const inline = (text: string) => `t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`
    expect(xml).toContain(
      '<dimension ref="A1:D6"/><sheetData>' +
        `<row r="1"><c r="A1" ${inline('首')}</row>` +
        `<row r="2"><c r="A2" ${inline('左')}<c r="B2" s="0"><v>1</v></c><c r="D2" ${inline('右')}</row>` +
        '<row r="3"><c r="B3"/></row>' +
        `<row r="4"><c r="B4" ${inline(' 空格 ')}</row>` +
        `<row r="6"><c r="B6" ${inline('尾')}</row></sheetData>`,
    )
  })

  test('knows rows and cells that do not say where they stand', async () => {
    const xml = await patched(
      '<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>',
      [
        { row: 0, column: 1, text: '二' },
        { row: 1, column: 1, text: '四' },
      ],
    )
    expect(xml).toMatch(
      /<row><c><v>1<\/v><\/c><c r="B1"[\s\S]*二[\s\S]*<\/row><row><c><v>3<\/v><\/c><c r="B2"[\s\S]*四/,
    )
  })

  test('is patched under a prefix, with an empty table and with comments in it', async () => {
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    const prefixed = await patched(`<x:worksheet xmlns:x="${main}"><x:sheetData/></x:worksheet>`, [
      { row: 0, column: 0, text: '一' },
    ])
    expect(prefixed).toContain('<x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t')
    const commented = await patched(
      '<sheetData><!-- </row> --><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[</c>]]></t></is></c></row></sheetData>',
      [{ row: 0, column: 1, text: '二' }],
    )
    expect(commented).toMatch(/<row r="1"><c r="A1" t="inlineStr"><is><t>&lt;\/c&gt;<\/t><\/is><\/c><c r="B1"/)
  })

  test('gives a new cell the format of its row, or else of its column', async () => {
    const xml = await patched(
      '<cols><col min="2" max="3" style="7"/></cols><sheetData><row r="1" s="5" customFormat="1"/><row r="2"/></sheetData>',
      [
        { row: 0, column: 1, text: '一' },
        { row: 1, column: 1, text: '二' },
      ],
    )
    expect(xml).toContain('<c r="B1" s="5"')
    expect(xml).toContain('<c r="B2" s="7"')
  })

  test('writes a shared formula out in the cells that had it from an overwritten one', async () => {
    const xml = await patched(
      '<sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1+$C$1&amp;"A1"</f><v>1</v></c></row><row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row><row r="3"><c r="A3"><f t="shared" si="0"/></c></row></sheetData>',
      [{ row: 0, column: 0, text: '一' }],
    )
    expect(xml).toContain('<c r="A2"><f>B2+$C$1&amp;&quot;A1&quot;</f><v>2</v></c>')
    expect(xml).toContain('<c r="A3"><f>B3+$C$1&amp;&quot;A1&quot;</f></c>')
  })

  test('control characters and what looks like their escapes come back as they were', async () => {
    const text = 'a\u0001b_x0041_c\td\ne'
    const file = await openWorkbook(rawWorkbook('<sheetData/>'))
    file.write('表', [{ row: 0, column: 0, text }])
    expect((await openWorkbook(await file.save())).read('表')?.texts).toEqual([[text]])
  })

  test('hides one column out of a stretch of columns', async () => {
    const file = await openWorkbook(
      rawWorkbook('<cols><col min="1" max="5" width="12" customWidth="1"/></cols><sheetData/>'),
    )
    file.setColumnHidden('表', 2, true)
    file.setColumnHidden('表', 8, true)
    expect(parts(await file.save())[SHEET]).toContain(
      '<cols><col width="12" customWidth="1" min="1" max="2"/><col width="12" customWidth="1" min="3" max="3" hidden="1"/><col width="12" customWidth="1" min="4" max="5"/><col min="9" max="9" width="9" hidden="1"/></cols>',
    )
  })
})

describe('formulas', () => {
  const chained = () =>
    rawWorkbook(
      '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f><v>2</v></c></row></sheetData>',
      {
        'xl/calcChain.xml':
          '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="A1" i="1"/></calcChain>',
        'xl/_rels/workbook.xml.rels':
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>',
      },
    )

  test('that give way to a text take the list of formulas along, and the others are calculated anew', async () => {
    const file = await openWorkbook(chained())
    file.write('表', [{ row: 0, column: 0, text: '三' }])
    const saved = parts(await file.save())
    expect(saved['xl/calcChain.xml']).toBeUndefined()
    expect(saved['xl/_rels/workbook.xml.rels']).not.toContain('calcChain')
    expect(saved['xl/workbook.xml']).toContain('<calcPr fullCalcOnLoad="1"/>')
  })

  test('stay in their list where only texts change', async () => {
    const file = await openWorkbook(chained())
    file.write('表', [{ row: 2, column: 0, text: '三' }])
    expect(parts(await file.save())['xl/calcChain.xml']).toContain('r="A1"')
  })

  test('of several cells at once do not change one by one', async () => {
    const file = await openWorkbook(
      rawWorkbook(
        '<sheetData><row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row></sheetData>',
      ),
    )
    expect(() => file.write('表', [{ row: 1, column: 0, text: '三' }])).toThrow(SharedFormulaError)
    expect(file.changed()).toBeUndefined()
  })
})

describe('what is read, at a bounded cost', () => {
  test.each([
    [
      'a styled last row of the sheet',
      '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576" s="0"/></row></sheetData>',
    ],
    [
      'a text in the far corner',
      '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>',
    ],
    [
      'a merge of whole columns',
      '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>',
    ],
    [
      'formats of all columns',
      '<cols><col min="1" max="16384" width="9" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
    ],
  ])('%s', async (_, sheet) => {
    const bytes = rawWorkbook(sheet)
    const start = performance.now()
    const file = await openWorkbook(bytes)
    const grid = file.read('表')
    expect(performance.now() - start).toBeLessThan(2000)
    expect(grid?.texts[0]?.[0]).toBe('1')
    expect(grid?.texts.length).toBeLessThanOrEqual(6000)
    expect(grid?.merges.every(({ rows, columns }) => rows <= 6000 && columns <= 104)).toBe(true)
    expect(grid?.hiddenColumns.length).toBeLessThanOrEqual(104)
    // What is beyond what we read is still in the saved file.
    file.write('表', [{ row: 0, column: 1, text: '二' }])
    const saved = parts(await file.save())[SHEET] ?? ''
    for (const kept of sheet.match(/<(?:c r="(?:A1048576|XFD1048576)"|mergeCell |col )[^>]*>/g) ?? [])
      expect(saved).toContain(kept)
  })

  test('a workbook with macros, a template and Strict OOXML, which stay what they are', async () => {
    const plain = rawWorkbook('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
    const kinds: [from: string, to: string][] = [
      ['spreadsheetml.sheet.main+xml', 'spreadsheetml.template.main+xml'],
      ['vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml', 'vnd.ms-excel.sheet.macroEnabled.main+xml'],
      ['http://schemas.openxmlformats.org/spreadsheetml/2006/main', 'http://purl.oclc.org/ooxml/spreadsheetml/main'],
    ]
    for (const [from, to] of kinds) {
      const changed = Object.entries(parts(plain)).map(([name, xml]) => [
        name,
        new TextEncoder().encode(
          xml
            .replaceAll(from, to)
            .replaceAll(
              to.includes('purl') ? 'http://schemas.openxmlformats.org/officeDocument/2006/relationships' : '\0',
              'http://purl.oclc.org/ooxml/officeDocument/relationships',
            ),
        ),
      ])
      const file = await openWorkbook(
        zipSync({ ...Object.fromEntries(changed), 'xl/vbaProject.bin': new Uint8Array([1, 2, 3]) }),
      )
      expect(file.read('表')?.texts).toEqual([['1']])
      file.draw(ledger)
      file.write('表', [{ row: 0, column: 0, text: '改' }])
      const saved = await file.save()
      expect(Object.values(parts(saved)).join('')).toContain(to)
      expect(unzipSync(saved)['xl/vbaProject.bin']).toEqual(new Uint8Array([1, 2, 3]))
      const again = await openWorkbook(saved)
      expect(again.read('表')?.texts).toEqual([['改']])
      expect(again.read('_ledger')?.texts).toEqual([['plan', '=1']])
      if (to.includes('purl'))
        expect(Object.values(parts(saved)).join('')).not.toContain('openxmlformats.org/spreadsheetml')
    }
  })
})

test('the column of an Excel Table is called as its header cell', async () => {
  const file = await openWorkbook(
    rawWorkbook(
      '<sheetData><row r="1"><c r="B1" t="str"><v>旧</v></c><c r="C1" t="str"><v>另</v></c></row></sheetData>',
      {
        'xl/worksheets/_rels/sheet1.xml.rels':
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="t" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" Target="../tables/table1.xml"/></Relationships>',
        'xl/tables/table1.xml':
          '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" ref="B1:C3"><tableColumns count="2"><tableColumn id="1" name="旧"/><tableColumn id="2" name="另"/></tableColumns></table>',
      },
    ),
  )
  file.write('表', [
    { row: 0, column: 1, text: '新\n名' },
    { row: 1, column: 2, text: '值' },
  ])
  const saved = parts(await file.save())['xl/tables/table1.xml']
  expect(saved).toContain('<tableColumn id="1" name="新_x000a_名"/><tableColumn id="2" name="另"/>')
})
