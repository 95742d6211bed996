/**
 * What is refused before a workbook is parsed, each kind of file by its name: the browser must not be brought down by a
 * file, and the person should know what it is that was chosen.
 */
import { type Parts, unpackParts } from './archive.ts'
import { type WorkbookRefusalCode, WorkbookRefused } from './refused.ts'

export { type WorkbookRefusalCode, WorkbookRefused } from './refused.ts'

/** Packed size; the real table of 42 tasks has 25 KB. */
const MAX_FILE_BYTES = 5 * 1024 * 1024

/** How files that are no zip archive begin. */
const SIGNATURES: [bytes: number[], code: WorkbookRefusalCode][] = [
  [[0x25, 0x50, 0x44, 0x46], 'other-document'],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], 'other-document'],
  [[0x52, 0x61, 0x72, 0x21], 'archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'archive'],
  [[0x1f, 0x8b], 'archive'],
]

/** A part that only one kind of file has. */
const OTHER_KINDS: [part: string, code: WorkbookRefusalCode][] = [
  ['word/document.xml', 'other-document'],
  ['ppt/presentation.xml', 'other-document'],
  ['xl/workbook.bin', 'other-spreadsheet'],
  ['content.xml', 'other-spreadsheet'],
]

/** XML whose end is cut off would be read in part, without a word. */
const ROOTS = /<\/(?:\w+:)?(?:worksheet|chartsheet|dialogsheet|sst|workbook|styleSheet)>\s*(?:<!--[\s\S]*?-->\s*)*$/
const CHECKED_PARTS = /^xl\/(?:worksheets\/[^/]+|sharedStrings|workbook|styles)\.xml$/

/** The parts of a workbook that can be read safely. Throws WorkbookRefused. */
export function guardWorkbook(bytes: Uint8Array): Parts {
  if (bytes.length === 0) throw new WorkbookRefused('empty')
  if (bytes.length > MAX_FILE_BYTES) throw new WorkbookRefused('too-large')
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new WorkbookRefused(kindOfOle(bytes))
  if (!startsWith(bytes, [0x50, 0x4b])) throw new WorkbookRefused(kindOfOther(bytes))
  const parts = unpackParts(bytes)
  const kind = OTHER_KINDS.find(([part]) => parts.has(part))
  if (kind) throw new WorkbookRefused(kind[1])
  if (!parts.has('[Content_Types].xml')) throw new WorkbookRefused('archive')
  for (const [name, part] of parts) {
    if (CHECKED_PARTS.test(name) && !ROOTS.test(tailOf(part))) throw new WorkbookRefused('damaged')
  }
  return parts
}

function startsWith(bytes: Uint8Array, signature: number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte)
}

function tailOf(part: Uint8Array): string {
  return new TextDecoder().decode(part.subarray(Math.max(0, part.length - 400)))
}

/** Old .xls, old Word files and encrypted .xlsx share one header; their streams have names of their own. */
function kindOfOle(bytes: Uint8Array): WorkbookRefusalCode {
  if (hasStream(bytes, 'EncryptedPackage')) return 'encrypted'
  if (hasStream(bytes, 'WordDocument') || hasStream(bytes, 'PowerPoint Document')) return 'other-document'
  return 'legacy-xls'
}

function hasStream(bytes: Uint8Array, stream: string): boolean {
  const name = Array.from(stream, (char) => [char.charCodeAt(0), 0]).flat()
  for (let at = bytes.indexOf(name[0] as number); at >= 0; at = bytes.indexOf(name[0] as number, at + 1)) {
    if (name.every((byte, i) => bytes[at + i] === byte)) return true
  }
  return false
}

function kindOfOther(bytes: Uint8Array): WorkbookRefusalCode {
  const known = SIGNATURES.find(([signature]) => startsWith(bytes, signature))
  if (known) return known[1]
  const isWide = startsWith(bytes, [0xff, 0xfe])
  const start = new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes.subarray(0, 4096)).toLowerCase()
  if (start.includes('urn:schemas-microsoft-com:office:spreadsheet')) return 'other-spreadsheet'
  if (/<(?:!doctype html|html|table|head|meta)\b/.test(start)) return 'web-page'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text holds
  return /[\u0000-\u0008\u000e-\u001f]/.test(start) ? 'not-a-workbook' : 'text'
}
