/**
 * From a chosen file to an open workbook. The xlsx code is loaded only now: the first screen of the
 * page does not need it.
 */
import type { WorkbookFile } from '../../xlsx/edit.ts'
import type { WorkbookRefusalCode } from '../../xlsx/refused.ts'
import { HostFailure, type HostFailureCode } from '../sheet-host.ts'

/** Packed; checked before reading, so that a huge file does not fill the memory first. */
const MAX_BYTES = 5 * 1024 * 1024

const REFUSALS: Record<WorkbookRefusalCode, HostFailureCode> = {
  'too-large': 'file-too-large',
  'too-large-unpacked': 'file-too-large',
  empty: 'file-empty',
  'legacy-xls': 'file-old-format',
  encrypted: 'file-encrypted',
  'other-spreadsheet': 'file-other-spreadsheet',
  'web-page': 'file-web-page',
  text: 'file-text',
  'other-document': 'file-other-document',
  archive: 'file-archive',
  damaged: 'file-damaged',
  'not-a-workbook': 'file-not-xlsx',
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
    throw new HostFailure(REFUSALS[error.code], error.code)
  }
}

/** SHA-256 in hex; undefined on a page without a secure connection, where browsers compute none. */
export async function hashOf(bytes: ArrayBuffer | Uint8Array): Promise<string | undefined> {
  if (typeof crypto === 'undefined' || !crypto.subtle) return undefined
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
