/**
 * From a chosen file to an open workbook. The xlsx code is loaded only now: the first screen of the
 * page does not need it.
 */
import type { WorkbookFile } from '../../xlsx/edit.ts'
import type { OpenedWorkbook } from '../../xlsx/read.ts'
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
  const [{ WorkbookFile }, read] = await Promise.all([import('../../xlsx/edit.ts'), readAside(bytes)])
  const result = read ?? (await readHere(bytes))
  if ('refused' in result) throw new HostFailure(REFUSALS[result.refused], result.refused)
  return new WorkbookFile(result.opened)
}

/** What reading a file comes to, in a form that goes from one thread to another. */
export type ReadResult = { opened: OpenedWorkbook } | { refused: WorkbookRefusalCode }

/** Reads beside the page, which stays responsive; undefined where that is not to be had. */
function readAside(bytes: Uint8Array): Promise<ReadResult | undefined> {
  if (typeof Worker === 'undefined') return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./read-aside.ts', import.meta.url), { type: 'module' })
    const end = (result: ReadResult | undefined) => {
      worker.terminate()
      resolve(result)
    }
    worker.onmessage = ({ data }: MessageEvent<ReadResult>) => end(data)
    // Not loaded, or a bug: reading on the page works, or says which.
    worker.onerror = (event) => {
      event.preventDefault()
      end(undefined)
    }
    worker.postMessage(bytes)
  })
}

async function readHere(bytes: Uint8Array): Promise<ReadResult> {
  const { readResult } = await import('./read-result.ts')
  return readResult(bytes)
}

/** SHA-256 in hex; undefined on a page without a secure connection, where browsers compute none. */
export async function hashOf(bytes: ArrayBuffer | Uint8Array): Promise<string | undefined> {
  if (typeof crypto === 'undefined' || !crypto.subtle) return undefined
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
