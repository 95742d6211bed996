/**
 * What a workbook carries so that it can be mailed, re-saved by other programs and still merge the
 * same: each row's id and pulled version in a hidden column inside the table, and plan, sheet and
 * format version on a hidden sheet. Plain texts in cells survive Excel, WPS, LibreOffice and
 * openpyxl; document settings and custom parts do not. Never a credential.
 */
import type { Grid } from './grid.ts'
import { textAt } from './grid.ts'
import { foldHeader } from './header-text.ts'
import { MARKS_COLUMN, type MarkLine } from './marks.ts'
import type { SheetModel } from './sheet-model.ts'

/** Header of the hidden column. */
export const CARRIER_HEADER = '台账标识'
/** Name of the hidden sheet. */
export const LEDGER_SHEET = '_ledger'
/** Raised when an older reader would misunderstand the sheet. */
export const LEDGER_FORMAT = 1

/** One table of the workbook. `sheet` is the name of the sheet it stands on; `pulledAt` is ISO 8601. */
export type LedgerInfo = {
  format: typeof LEDGER_FORMAT
  planId: string
  sheet: string
  form: 'breakdown'
  specVersion: number
  /** The whole plan rather than one unit's rows. */
  complete: boolean
  planTitle?: string
  /** Name of the unit whose sheet it is, where it is one unit's: whose file this is when it comes back. */
  unit?: string
  pulledAt?: string
}

const CARRIER = /^([A-Za-z0-9_.-]{1,64})\s*@\s*(\d{1,15})$/

/** { rowId: 'r7', ver: 12 } → 'r7@12'. */
export function formatCarrier(carried: { rowId: string; ver: number }): string {
  return `${carried.rowId}@${carried.ver}`
}

/** Reverse of formatCarrier; outer blanks and full-width twins are forgiven. Undefined where malformed. */
export function parseCarrier(text: string): { rowId: string; ver: number } | undefined {
  const match = CARRIER.exec(text.normalize('NFKC').trim())
  return match ? { rowId: match[1]!, ver: Number(match[2]) } : undefined
}

/**
 * The hidden sheet: a key and its value in each row, one block of rows a table, each opened by its format.
 * `marks`: the list of marks, which stands beside it (readMarkLines).
 */
export function ledgerSheet(infos: LedgerInfo[], marks: readonly MarkLine[] = []): SheetModel {
  const blocks = infos.flatMap((info) => {
    const { format, ...rest } = info
    const entries = Object.entries(rest).filter(([, value]) => value !== undefined)
    return [['format', String(format)], ...entries.map(([key, value]) => [key, String(value)])]
  })
  const rows = Array.from({ length: Math.max(blocks.length, marks.length) }, (_, row) => {
    const [mark, block = []] = [marks[row], blocks[row]]
    return mark ? [...block, ...Array.from({ length: MARKS_COLUMN - block.length }, () => ''), ...mark] : block
  })
  return {
    name: LEDGER_SHEET,
    visibility: 'hidden',
    cells: rows.map((row) => row.map((text) => ({ text }))),
    merges: [],
    columnWidths: [16, 60],
    rowHeights: rows.map(() => undefined),
    hiddenColumns: [],
  }
}

/**
 * Tables that this version understands. Unknown keys are passed over, and so are blocks that lack
 * what is needed or were written in a newer format: see newerLedgerFormat.
 */
export function readLedger(grid: Grid): LedgerInfo[] {
  return readBlocks(grid).flatMap((block) => {
    const specVersion = Number(block.specversion)
    if (Number(block.format) !== LEDGER_FORMAT || !block.planid || !block.sheet) return []
    if (block.form !== 'breakdown' || !Number.isInteger(specVersion)) return []
    return [
      {
        format: LEDGER_FORMAT,
        planId: block.planid,
        sheet: block.sheet,
        form: 'breakdown' as const,
        specVersion,
        complete: /^(true|1)$/i.test(block.complete ?? ''),
        ...(block.plantitle && { planTitle: block.plantitle }),
        ...(block.unit && { unit: block.unit }),
        ...(block.pulledat && { pulledAt: block.pulledat }),
      },
    ]
  })
}

/** The newest format on the sheet that this version does not know: time to say that the program is too old. */
export function newerLedgerFormat(grid: Grid): number | undefined {
  const formats = readBlocks(grid).map((block) => Number(block.format))
  const newest = Math.max(0, ...formats.filter(Number.isFinite))
  return newest > LEDGER_FORMAT ? newest : undefined
}

/** Keys are folded: a program that rewrites the sheet may touch case and blanks. */
function readBlocks(grid: Grid): Record<string, string>[] {
  const blocks: Record<string, string>[] = []
  for (let row = 0; row < grid.texts.length; row++) {
    const key = foldHeader(textAt(grid, row, 0))
    const value = textAt(grid, row, 1).trim()
    if (key === 'format') blocks.push({ format: value })
    else if (key !== '' && blocks.length > 0) blocks.at(-1)![key] = value
  }
  return blocks
}
