/**
 * What is refused before a workbook is parsed: the browser must not be brought down by a file.
 * Sizes come from the archive's directory, so a bomb is named without being unpacked.
 */
import { unzipSync } from 'fflate'

/** Packed size; the real table of 42 tasks has 25 KB. */
const MAX_FILE_BYTES = 5 * 1024 * 1024
const MAX_UNPACKED_BYTES = 50 * 1024 * 1024
const MAX_PARTS = 500

export type WorkbookRefusalCode = 'too-large' | 'too-large-unpacked' | 'legacy-xls' | 'encrypted' | 'not-a-workbook'

/** A file that is not read, with the reason as a code; hosts have the sentence. */
export class WorkbookRefused extends Error {
  readonly code: WorkbookRefusalCode
  constructor(code: WorkbookRefusalCode, cause?: unknown) {
    super(`workbook refused: ${code}`, { cause })
    this.code = code
  }
}

/** Throws WorkbookRefused where the bytes are no workbook that can be read safely. */
export function guardWorkbook(bytes: Uint8Array): void {
  if (bytes.length > MAX_FILE_BYTES) throw new WorkbookRefused('too-large')
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw new WorkbookRefused(isEncryptedPackage(bytes) ? 'encrypted' : 'legacy-xls')
  }
  if (!startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) throw new WorkbookRefused('not-a-workbook')
  let unpacked = 0
  let parts = 0
  try {
    unzipSync(bytes, {
      filter: (part) => {
        unpacked += part.originalSize
        parts++
        return false
      },
    })
  } catch (error) {
    throw new WorkbookRefused('not-a-workbook', error)
  }
  if (unpacked > MAX_UNPACKED_BYTES || parts > MAX_PARTS) throw new WorkbookRefused('too-large-unpacked')
}

function startsWith(bytes: Uint8Array, signature: number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte)
}

/** Old .xls and encrypted .xlsx share the OLE header; only the latter names an EncryptedPackage stream. */
function isEncryptedPackage(bytes: Uint8Array): boolean {
  const name = Array.from('EncryptedPackage', (char) => [char.charCodeAt(0), 0]).flat()
  for (let at = bytes.indexOf(name[0] as number); at >= 0; at = bytes.indexOf(name[0] as number, at + 1)) {
    if (name.every((byte, i) => bytes[at + i] === byte)) return true
  }
  return false
}
