// The browser page's side of the port: a file in, screens' calls, a file out.

import { describe, expect, it } from 'vitest'
import { FileSheetHost } from '../../addin/file/file-sheet-host.ts'
import { nextCell } from '../../addin/file/move-cell.ts'
import { placeCells } from '../../addin/file/place-cells.ts'
import type { Grid } from '../../domain/grid.ts'
import type { SheetModel } from '../../domain/sheet-model.ts'
import { packParts, unpackParts } from '../../xlsx/archive.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { writeWorkbook } from '../../xlsx/write.ts'

const PROPERTIES = { title: '任务分解表', created: '2023-01-01T00:00:00Z' }

function model(name: string, texts: string[][], extra: Partial<SheetModel> = {}): SheetModel {
  return {
    name,
    visibility: 'visible',
    cells: texts.map((line) => line.map((text) => ({ text, style: 'text' as const }))),
    merges: [],
    columnWidths: [],
    rowHeights: [],
    hiddenColumns: [],
    ...extra,
  }
}

const TABLE = model(
  '任务分解表',
  [
    ['序号', '任务', '1-2月'],
    ['1', '新建学校', '开工'],
    ['2', '改造管网', ''],
  ],
  {
    merges: [{ row: 1, column: 1, rows: 2, columns: 1 }],
  },
)

async function fileOf(models: SheetModel[], name = '任务分解表.xlsx'): Promise<File> {
  return new File([new Uint8Array(await writeWorkbook(models, PROPERTIES))], name)
}

async function openHost(models = [TABLE, model('说明', [['填表说明']])]): Promise<FileSheetHost> {
  const host = new FileSheetHost()
  await host.open(await fileOf(models))
  return host
}

async function save(host: FileSheetHost): Promise<{ name: string; bytes: Uint8Array }> {
  const saved = { name: '', bytes: new Uint8Array() as Uint8Array }
  await host.save((name, bytes) => void Object.assign(saved, { name, bytes }))
  return saved
}

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const utf16 = (text: string): number[] => [...text].flatMap((char) => [char.charCodeAt(0), 0])

describe('FileSheetHost', () => {
  it('puts no rows where a formula stands, also one that was never calculated', async () => {
    const host = await openHost([model('表', [['一']])])
    const parts = unpackParts((await save(host)).bytes)
    const part = 'xl/worksheets/sheet1.xml'
    const xml = new TextDecoder().decode(parts.get(part))
    const row = '<row r="2"><c r="A2"><f>1+1</f></c></row>'
    parts.set(part, new TextEncoder().encode(xml.replace('</sheetData>', `${row}</sheetData>`)))
    await host.open(new File([new Uint8Array(packParts(parts, 'deflated'))], '表.xlsx'))
    expect(await host.insertRows('表', 1, 1)).toBe(false)
    expect(await host.insertRows('表', 2, 1)).toBe(true)
  })

  it('has no sheets before a file is open, and says so when asked to act', async () => {
    const host = new FileSheetHost()
    expect(await host.sheets()).toBeUndefined()
    await expect(host.read('x')).rejects.toMatchObject({ code: 'no-file' })
    await expect(host.write('x', [{ row: 0, column: 0, text: '' }])).rejects.toMatchObject({ code: 'no-file' })
  })

  it('takes a mark away with the text that it was about, and leaves the others', async () => {
    const host = await openHost()
    const [first, other] = [
      { row: 1, column: 2, severity: 'error' as const },
      { row: 2, column: 2, severity: 'hint' as const },
    ]
    host.showMarks('任务分解表', [first, other])
    host.edit('任务分解表', [{ row: 1, column: 2, text: '开工建设' }])
    expect(host.view()?.marks).toEqual([other])
  })

  it('shades cells in its view, until the sheet is drawn anew or another file is opened', async () => {
    const host = await openHost()
    const cells = [{ row: 1, column: 0 }]
    host.showShaded('任务分解表', cells)
    expect(host.view()?.shaded).toEqual(cells)
    host.show('说明')
    expect(host.view()?.shaded).toEqual([])
    host.show('任务分解表')
    await host.draw(TABLE)
    expect(host.view()?.shaded).toEqual([])
    host.showShaded('任务分解表', cells)
    await host.open(await fileOf([TABLE]))
    expect(host.view()?.shaded).toEqual([])
  })

  it('reads, writes and saves under the file’s own name', async () => {
    const host = await openHost()
    expect(await host.sheets()).toEqual({ active: '任务分解表', names: ['任务分解表', '说明'] })
    await host.write('任务分解表', [{ row: 2, column: 2, text: '=完工' }])
    expect(host.unsaved).toBe(true)
    const saved = await save(host)
    expect(saved.name).toBe('任务分解表.xlsx')
    expect(host.unsaved).toBe(false)
    const { sheets } = await readWorkbook(saved.bytes)
    expect(sheets[0]?.grid.texts[2]?.[2]).toBe('=完工')
    expect(sheets[0]?.grid.formulas).toEqual([])
  })

  it.each([
    ['larger than 5 MB', new Uint8Array(5 * 1024 * 1024 + 1), 'file-too-large'],
    ['an old .xls', new Uint8Array([...OLE, ...new Array(600).fill(0)]), 'file-old-format'],
    ['encrypted', new Uint8Array([...OLE, ...new Array(600).fill(0), ...utf16('EncryptedPackage')]), 'file-encrypted'],
    ['a text', new TextEncoder().encode('序号,任务'), 'file-text'],
    ['empty', new Uint8Array(), 'file-empty'],
    ['a broken archive', new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]), 'file-damaged'],
  ])('refuses a file that is %s, and keeps the one that is open', async (_, bytes, code) => {
    const host = await openHost()
    await expect(host.open(new File([bytes], 'x.xlsx'))).rejects.toMatchObject({ code })
    expect(host.fileName).toBe('任务分解表.xlsx')
    expect(host.view()?.grid.texts[1]?.[1]).toBe('新建学校')
  })

  it('starts a workbook with the first sheet drawn, and adds hidden ones to it', async () => {
    const host = new FileSheetHost()
    await expect(host.draw(model('_ledger', [['x']], { visibility: 'hidden' }))).rejects.toMatchObject({
      code: 'no-file',
    })
    await host.draw(TABLE)
    await host.draw(model('_ledger', [['plan']], { visibility: 'hidden' }))
    expect(host.fileName).toBe('任务分解表.xlsx')
    expect(host.unsaved).toBe(true)
    expect(host.tabs()).toEqual(['任务分解表'])
    expect((await host.read('_ledger'))?.texts).toEqual([['plan']])
  })

  it('refuses to write under a merged area, as Excel would', async () => {
    const host = await openHost()
    const covered = { row: 2, column: 1, text: 'x' }
    await expect(host.write('任务分解表', [covered])).rejects.toMatchObject({ code: 'not-written' })
    expect(host.unsaved).toBe(false)
  })

  it('names a missing sheet', async () => {
    const host = await openHost()
    expect(await host.read('没有')).toBeUndefined()
    await expect(host.write('没有', [{ row: 0, column: 0, text: 'x' }])).rejects.toMatchObject({
      code: 'sheet-missing',
    })
    await expect(host.jump('没有', 0, 0)).rejects.toMatchObject({ code: 'sheet-missing' })
  })

  it('tells watchers of the user’s edits and of a new file, not of its own writes', async () => {
    const host = await openHost()
    const seen: string[] = []
    const end = host.watch((sheet) => seen.push(sheet))
    await host.write('任务分解表', [{ row: 1, column: 2, text: '自写' }])
    expect(seen).toEqual([])
    host.edit('任务分解表', [{ row: 1, column: 2, text: '用户改' }])
    host.edit('任务分解表', [{ row: 1, column: 2, text: '用户改' }])
    await host.open(await fileOf([model('另一张', [['x']])]))
    expect(seen).toEqual(['任务分解表', '另一张'])
    end()
    host.edit('另一张', [{ row: 0, column: 0, text: 'y' }])
    expect(seen).toHaveLength(2)
  })

  it('brings a sheet to the front when jumping, and shows the marks of that sheet', async () => {
    const host = await openHost()
    host.showMarks('说明', [{ row: 0, column: 0, severity: 'error' }])
    expect(host.view()?.marks).toEqual([])
    await host.jump('说明', 0, 0)
    expect(host.view()).toMatchObject({ sheet: '说明', marks: [{ severity: 'error' }] })
    expect(host.selection).toEqual({ sheet: '说明', row: 0, column: 0 })
  })

  it('hides a column', async () => {
    const host = await openHost()
    await host.setColumnHidden('任务分解表', 2, true)
    expect((await host.read('任务分解表'))?.hiddenColumns).toEqual([2])
  })
})

describe('placeCells', () => {
  const grid: Grid = {
    name: 'x',
    texts: [
      ['题', '', ''],
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
      ['g', 'h', 'i'],
    ],
    merges: [
      { row: 0, column: 0, rows: 1, columns: 3 },
      { row: 1, column: 0, rows: 3, columns: 1 },
    ],
    formulas: [{ row: 2, column: 1 }],
    hiddenRows: [1],
    hiddenColumns: [2],
  }
  const placed = placeCells(grid, { count: 100 })

  it('spans what is visible and leaves out what is hidden', () => {
    expect(
      placed.rows.map(({ row, cells }) => [
        row,
        cells.map(({ text, rowSpan, columnSpan }) => [text, rowSpan, columnSpan]),
      ]),
    ).toEqual([
      [0, [['题', 1, 2]]],
      [
        2,
        [
          ['a', 2, 1],
          ['e', 1, 1],
        ],
      ],
      [3, [['h', 1, 1]]],
    ])
  })

  it('knows the cell that a covered position belongs to', () => {
    expect(placed.at(3, 0)).toMatchObject({ row: 1, column: 0, text: 'a' })
    expect(placed.at(2, 1)?.formula).toBe(true)
    expect(placed.at(1, 1)).toBeUndefined()
  })

  it('moves past merged and hidden cells, and stops at the edge', () => {
    const title = placed.at(0, 0)
    const down = title && nextCell(placed, title, 'down')
    expect(down?.text).toBe('a')
    expect(down && nextCell(placed, down, 'right')?.text).toBe('e')
    expect(down && nextCell(placed, down, 'down')).toBeUndefined()
    expect(down && nextCell(placed, down, 'up')).toBe(title)
    expect(title && nextCell(placed, title, 'right')).toBeUndefined()
  })
})
