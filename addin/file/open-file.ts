/**
 * From a chosen file to an open workbook. The xlsx code is loaded only now: the first screen of the
 * page does not need it.
 */
import type { WorkbookFile } from '../../xlsx/edit.ts'
import { HostFailure, type HostFailureCode } from '../sheet-host.ts'

/** Packed; checked before reading, so that a huge file does not fill the memory first. */
const MAX_BYTES = 5 * 1024 * 1024

const REFUSALS: Record<string, HostFailureCode> = {
  'too-large': 'file-too-large',
  'too-large-unpacked': 'file-too-large',
  'legacy-xls': 'file-old-format',
  encrypted: 'file-encrypted',
}

/** Opens a chosen .xlsx. Rejects with a HostFailure of the file- codes. */
export async function openFile(file: Blob): Promise<WorkbookFile> {
  if (file.size > MAX_BYTES) throw new HostFailure('file-too-large')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const [{ openWorkbook }, { WorkbookRefused }] = await Promise.all([
    import('../../xlsx/edit.ts'),
    import('../../xlsx/guard.ts'),
  ])
  try {
    return await openWorkbook(bytes)
  } catch (error) {
    if (!(error instanceof WorkbookRefused)) throw error
    throw new HostFailure(REFUSALS[error.code] ?? (isZip(bytes) ? 'file-damaged' : 'file-not-xlsx'), error.code)
  }
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}
