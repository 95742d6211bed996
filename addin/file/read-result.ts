/** Reads a workbook and gives a refusal as a value: an error loses its class on the way from one thread to another. */
import { WorkbookRefused } from '../../xlsx/guard.ts'
import { readForEditing } from '../../xlsx/read.ts'
import type { ReadResult } from './open-file.ts'

export async function readResult(bytes: Uint8Array): Promise<ReadResult> {
  try {
    return { opened: await readForEditing(bytes) }
  } catch (error) {
    if (error instanceof WorkbookRefused) return { refused: error.code }
    throw error
  }
}
