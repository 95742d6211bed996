/** LibreOffice as another person's program: it rewrites our workbooks and prints them. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findSoffice } from './programs.ts'

/** The workbook as LibreOffice saves it, its pages as PDF, or its cells as they look, as HTML. */
export function convertByLibreOffice(bytes: Uint8Array, format: 'xlsx' | 'pdf' | 'html'): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  const source = join(folder, 'book.xlsx')
  writeFileSync(source, bytes)
  // A profile of its own: two runs at a time would wait for each other.
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
  execFileSync(
    findSoffice() as string,
    [profile, '--headless', '--convert-to', format, '--outdir', join(folder, 'out'), source],
    { stdio: 'ignore', timeout: 120_000 },
  )
  const converted = readFileSync(join(folder, 'out', `book.${format}`))
  rmSync(folder, { recursive: true, force: true })
  return converted
}
