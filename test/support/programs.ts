// The programs outside npm that tests judge by: a browser, openpyxl and LibreOffice. Where one is missing, the tests
// that need it are skipped with a line that says how to get it, never silently.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = names.flatMap((name) => [
    name,
    ...folders.flatMap((folder) => [join(folder, name), join(folder, `${name}.exe`)]),
  ])
  return candidates.find((path) => (path.includes('/') || path.includes('\\')) && existsSync(path))
}

function missing(what: string, remedy: string): undefined {
  console.warn(`\n*** ${what} not found: the tests that need it are SKIPPED. ${remedy} ***\n`)
  return undefined
}

let chromiumPath: { found: string | undefined } | undefined

export function findChromium(): string | undefined {
  chromiumPath ??= {
    found:
      process.env.CHROMIUM ??
      onPath([
        '/usr/bin/chromium',
        'chromium',
        'chromium-browser',
        'google-chrome',
        'google-chrome-stable',
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      ]) ??
      missing('Chromium', 'Install it (apt-get install chromium) or name one in the environment variable CHROMIUM.'),
  }
  return chromiumPath.found
}

export async function launchChromium(): Promise<Browser | undefined> {
  const executablePath = findChromium()
  // Without a UTF-8 locale Chromium names no download in Chinese.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  return executablePath ? chromium.launch({ executablePath, args: CHROMIUM_ARGS, env }) : undefined
}

let python: { found: string | undefined } | undefined

/** A Python that can import openpyxl, which reads our .xlsx files with other people's eyes. */
export function findPythonWithOpenpyxl(): string | undefined {
  const imports = (path: string): boolean => {
    try {
      execFileSync(path, ['-c', 'import openpyxl'], { stdio: 'ignore', timeout: 20_000 })
      return true
    } catch {
      return false
    }
  }
  const candidates = [process.env.PYTHON, '/usr/bin/python3', onPath(['python3']), onPath(['python'])]
  python ??= {
    found:
      candidates.find((path) => path !== undefined && imports(path)) ??
      missing('A Python with openpyxl', 'apt-get install python3-openpyxl, or pip install openpyxl.'),
  }
  return python.found
}

let soffice: { found: string | undefined } | undefined

export function findSoffice(): string | undefined {
  soffice ??= {
    found:
      onPath([
        'soffice',
        'libreoffice',
        '/Applications/LibreOffice.app/Contents/MacOS/soffice',
        'C:\\Program Files\\LibreOffice\\program\\soffice.exe',
      ]) ?? missing('LibreOffice', 'apt-get install libreoffice-calc.'),
  }
  return soffice.found
}

let pdfToText: { found: string | undefined } | undefined

/** Reads printed pages: what a row cuts off is not on them. */
export function findPdfToText(): string | undefined {
  pdfToText ??= { found: onPath(['pdftotext']) ?? missing('pdftotext', 'apt-get install poppler-utils.') }
  return pdfToText.found
}
