// Files that are not read, each named for what it is, at a bounded cost.
import { deflateRawSync, gzipSync } from 'node:zlib'
import { unzipSync, zipSync } from 'fflate'
import { beforeAll, describe, expect, test } from 'vitest'
import type { SheetModel } from '../../domain/sheet-model.ts'
import { openWorkbook } from '../../xlsx/edit.ts'
import { WorkbookRefused } from '../../xlsx/guard.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { writeWorkbook } from '../../xlsx/write.ts'

const SHEET: SheetModel = {
  name: '表',
  visibility: 'visible',
  cells: [[{ text: '序号' }, { text: '重点任务' }]],
  merges: [],
  columnWidths: [],
  rowHeights: [],
  hiddenColumns: [],
}
const MEGABYTE = 1024 * 1024
const text = (content: string) => new TextEncoder().encode(content)
const ole = (stream: string) =>
  Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Buffer.from(stream, 'utf16le')])
const utf16 = (content: string) => Uint8Array.from([0xff, 0xfe, ...Buffer.from(content, 'utf16le')])

let workbook: Uint8Array
beforeAll(async () => {
  workbook = await writeWorkbook([SHEET], { title: '试', created: '2023-03-14T00:00:00Z' })
})

/** The workbook with a part changed, packed again. */
function withPart(name: string, change: (part: string) => string | undefined): Uint8Array {
  const parts = unzipSync(workbook)
  const changed = change(new TextDecoder().decode(parts[name]))
  if (changed === undefined) delete parts[name]
  else parts[name] = text(changed)
  return zipSync(parts)
}

/** An archive of one deflated entry whose headers state what we like: it is written by hand. */
function liar(name: string, content: Uint8Array, stated: number): Uint8Array {
  const packed = deflateRawSync(content)
  const path = text(name)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(stated, 22)
  local.writeUInt16LE(path.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(stated, 24)
  entry.writeUInt16LE(path.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + path.length, 12)
  end.writeUInt32LE(30 + path.length + packed.length, 16)
  return new Uint8Array(Buffer.concat([local, path, packed, entry, path, end]))
}

const codeOf = async (bytes: Uint8Array) =>
  readWorkbook(bytes).then(
    () => 'read',
    (error) => (error instanceof WorkbookRefused ? error.code : error),
  )

describe('a file that is no workbook of ours', () => {
  test.each<[string, () => Uint8Array, string]>([
    ['empty', () => new Uint8Array(0), 'empty'],
    ['larger than 5 MB', () => new Uint8Array(5 * MEGABYTE + 1), 'too-large'],
    ['an old .xls or .et', () => ole('Workbook'), 'legacy-xls'],
    ['an old Word file', () => ole('WordDocument'), 'other-document'],
    ['encrypted by Excel', () => ole('EncryptedPackage'), 'encrypted'],
    ['a CSV', () => text('序号,重点任务\n1,新建学校'), 'text'],
    ['a CSV in GBK', () => Uint8Array.from([0xd0, 0xf2, 0xba, 0xc5, 0x2c, 0x31, 0x0a]), 'text'],
    ['a text in UTF-16', () => utf16('序号\t重点任务'), 'text'],
    ['a web page under the name .xls', () => text('<html xmlns:x="x"><table><tr><td>1</td></tr></table>'), 'web-page'],
    [
      'XML of Excel 2003',
      () => text('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
      'other-spreadsheet',
    ],
    ['a PDF', () => text('%PDF-1.7\n'), 'other-document'],
    ['a rar', () => text('Rar!\u001a\u0007'), 'archive'],
    ['a gzip', () => gzipSync('x'), 'archive'],
    ['a zip of files', () => zipSync({ '任务分解表.xlsx': new Uint8Array([1]) }), 'archive'],
    [
      'a Word file',
      () => zipSync({ '[Content_Types].xml': text('<Types/>'), 'word/document.xml': text('<w/>') }),
      'other-document',
    ],
    [
      'an .xlsb',
      () => zipSync({ '[Content_Types].xml': text('<Types/>'), 'xl/workbook.bin': text('x') }),
      'other-spreadsheet',
    ],
    ['an .ods', () => zipSync({ mimetype: text('x'), 'content.xml': text('<x/>') }), 'other-spreadsheet'],
    ['an archive without a workbook', () => zipSync({ '[Content_Types].xml': text('<Types/>') }), 'not-a-workbook'],
    ['an archive that is cut off', () => workbook.slice(0, workbook.length / 2), 'damaged'],
    ['an archive with a flipped bit', () => workbook.map((byte, at) => (at === 900 ? byte ^ 4 : byte)), 'damaged'],
    ['a sheet that is cut off', () => withPart('xl/worksheets/sheet1.xml', (xml) => xml.slice(0, -40)), 'damaged'],
    ['a list of texts that is cut off', () => withPart('xl/sharedStrings.xml', (xml) => xml.slice(0, -20)), 'damaged'],
    ['noise', () => Uint8Array.from({ length: 500 }, (_, i) => (i * 7919) % 31), 'not-a-workbook'],
  ])('is named: %s', async (_, make, code) => {
    expect(await codeOf(make())).toBe(code)
    await expect(openWorkbook(make())).rejects.toThrow(code)
  })

  test('a bomb is refused by its directory, without being unpacked', async () => {
    const bomb = zipSync({ 'xl/workbook.xml': new Uint8Array(60 * MEGABYTE) })
    expect(bomb.length).toBeLessThan(100_000)
    expect(await codeOf(bomb)).toBe('too-large-unpacked')
  })

  test('a bomb whose headers lie is stopped at the size they state', async () => {
    const bomb = liar('xl/workbook.xml', new Uint8Array(400 * MEGABYTE), 1000)
    const before = process.memoryUsage()
    const start = performance.now()
    expect(await codeOf(bomb)).toBe('damaged')
    expect(performance.now() - start).toBeLessThan(3000)
    const after = process.memoryUsage()
    expect(after.rss - before.rss).toBeLessThan(200 * MEGABYTE)
  })

  test('a part that gives less than it states is damaged, not padded', async () => {
    expect(await codeOf(liar('xl/workbook.xml', new Uint8Array(10), 1000))).toBe('damaged')
  })

  test('more than 500 parts are refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`p${i}.xml`, new Uint8Array(1)]))
    expect(await codeOf(zipSync(many))).toBe('too-large-unpacked')
  })
})
