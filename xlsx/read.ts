/** Workbook bytes → grids. */
import type { Sheet } from 'hucre'
import { readXlsx } from 'hucre/xlsx'
import type { Area, Grid } from '../domain/grid.ts'
import { type Parts, packParts } from './archive.ts'
import { readArrayAreas } from './array-areas.ts'
import { guardWorkbook, WorkbookRefused } from './guard.ts'
import { READ_RANGE, sheetToGrid } from './sheet-grid.ts'

export type ReadSheet = { name: string; hidden: boolean; grid: Grid }

/** How many of the first rows and columns a file keeps in view; 0 where it does not say. */
export type Frozen = { rows: number; columns: number }

/** Beside the grid: what the page needs to know of a sheet that it shows and changes. */
export type OpenSheet = ReadSheet & {
  /** Rows and columns that stay in view. */
  frozen: Frozen
  /** Areas whose cells share one formula and change only together. */
  arrays: Area[]
}

/** All of a workbook as plain data, to be handed from one thread to another. */
export type OpenedWorkbook = { parts: Parts; sheets: OpenSheet[]; active: string }

/** Parts that hold no cells: they need not be read. */
const PASSED_OVER = /^(?:xl\/(?:media|embeddings|drawings|charts|printerSettings)\/|xl\/vbaProject\.bin$)/

/** Reads every sheet, hidden ones too. Throws WorkbookRefused. */
export async function readWorkbook(bytes: Uint8Array): Promise<{ sheets: ReadSheet[] }> {
  const { sheets } = await openParts(guardWorkbook(bytes))
  return { sheets: sheets.map(({ name, hidden, grid }) => ({ name, hidden, grid })) }
}

/** Reads a workbook to change it. Throws WorkbookRefused. */
export async function readForEditing(bytes: Uint8Array): Promise<OpenedWorkbook> {
  return openParts(guardWorkbook(bytes))
}

async function openParts(parts: Parts): Promise<OpenedWorkbook> {
  const read = new Map([...parts].filter(([name]) => !PASSED_OVER.test(name)))
  try {
    const workbook = await readXlsx(packParts(read, 'stored'), { readStyles: true, range: READ_RANGE })
    const isHidden = (sheet: Sheet) => Boolean(sheet.hidden || sheet.veryHidden)
    const front = workbook.sheets[workbook.activeSheet ?? 0]
    const active = front && !isHidden(front) ? front : workbook.sheets.find((sheet) => !isHidden(sheet))
    if (!active) throw new WorkbookRefused('not-a-workbook')
    return {
      parts,
      active: active.name,
      sheets: workbook.sheets.map((sheet) => ({
        name: sheet.name,
        hidden: isHidden(sheet),
        grid: sheetToGrid(sheet),
        frozen: { rows: sheet.freezePane?.rows ?? 0, columns: sheet.freezePane?.columns ?? 0 },
        arrays: readArrayAreas(sheet),
      })),
    }
  } catch (error) {
    throw error instanceof WorkbookRefused ? error : new WorkbookRefused('not-a-workbook', error)
  }
}
