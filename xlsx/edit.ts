/**
 * An .xlsx opened for editing: our cells change, everything else in the file stays as it was.
 */
import type { Cell, Sheet } from 'hucre'
import { openXlsx, type RoundtripWorkbook, saveXlsx } from 'hucre/xlsx'
import type { Grid } from '../domain/grid.ts'
import type { SheetModel } from '../domain/sheet-model.ts'
import { guardWorkbook, WorkbookRefused } from './guard.ts'
import { modelToSheet } from './model-sheet.ts'
import { countFilledRows, sheetToGrid, splitKey } from './sheet-grid.ts'
import { writeWorkbook } from './write.ts'

export type CellText = { row: number; column: number; text: string }

/** Opens workbook bytes. Throws WorkbookRefused. */
export async function openWorkbook(bytes: Uint8Array): Promise<WorkbookFile> {
  guardWorkbook(bytes)
  try {
    const workbook = await openXlsx(bytes, { readStyles: true })
    for (const sheet of workbook.sheets) dropBorderedRows(sheet)
    return new WorkbookFile(workbook)
  } catch (error) {
    throw new WorkbookRefused('not-a-workbook', error)
  }
}

/** A workbook that holds only these sheets. */
export async function createWorkbook(models: SheetModel[], created: string): Promise<WorkbookFile> {
  return openWorkbook(await writeWorkbook(models, { title: models[0]?.name ?? '', created }))
}

/** So many empty rows below the last text are no form to fill in but a format painted down to the end of the sheet. */
const MOST_EMPTY_ROWS = 5_000

/** Such rows carry nothing but formats, and would cost two gigabytes to save (measured). */
function dropBorderedRows(sheet: Sheet): void {
  const filled = countFilledRows(sheet)
  if (sheet.rows.length - filled <= MOST_EMPTY_ROWS) return
  sheet.rows.length = filled
  for (const key of sheet.cells?.keys() ?? []) if (splitKey(key)[0] >= filled) sheet.cells?.delete(key)
  for (const row of sheet.rowDefs?.keys() ?? []) if (row >= filled) sheet.rowDefs?.delete(row)
}

export class WorkbookFile {
  private readonly workbook: RoundtripWorkbook

  constructor(workbook: RoundtripWorkbook) {
    this.workbook = workbook
  }

  names(): { name: string; hidden: boolean }[] {
    return this.workbook.sheets.map(({ name, hidden, veryHidden }) => ({ name, hidden: Boolean(hidden || veryHidden) }))
  }

  /** Name of the sheet in front. */
  get active(): string {
    const front = this.workbook.sheets[this.workbook.activeSheet ?? 0]
    const visible =
      front && !front.hidden && !front.veryHidden ? front : this.workbook.sheets.find(({ hidden }) => !hidden)
    return visible?.name ?? ''
  }

  set active(name: string) {
    const index = this.workbook.sheets.findIndex((sheet) => sheet.name === name)
    if (index >= 0) this.workbook.activeSheet = index
  }

  read(name: string): Grid | undefined {
    const sheet = this.find(name)
    return sheet && sheetToGrid(sheet)
  }

  /** Writes texts and leaves the cells' formats as they are. Throws when there is no such sheet. */
  write(name: string, writes: CellText[]): void {
    const sheet = this.find(name)
    if (!sheet) throw new Error(`no sheet named ${name}`)
    for (const { row, column, text } of writes) setText(sheet, row, column, text)
  }

  setColumnHidden(name: string, column: number, hidden: boolean): void {
    const sheet = this.find(name)
    if (!sheet) return
    const columns = [...(sheet.columns ?? [])]
    while (columns.length <= column) columns.push({})
    columns[column] = { ...columns[column], hidden }
    sheet.columns = columns
  }

  /** Adds the sheet, or replaces the one of that name whole. */
  draw(model: SheetModel): void {
    // The library's own sheets and the ones to write differ only in what ours never set.
    const sheet = modelToSheet(model) as Sheet
    const index = this.workbook.sheets.findIndex(({ name }) => name === model.name)
    if (index >= 0) this.workbook.sheets[index] = sheet
    else this.workbook.sheets.push(sheet)
  }

  save(): Promise<Uint8Array> {
    return saveXlsx(this.workbook)
  }

  private find(name: string): Sheet | undefined {
    return this.workbook.sheets.find((sheet) => sheet.name === name)
  }
}

function setText(sheet: Sheet, row: number, column: number, text: string): void {
  while (sheet.rows.length <= row) sheet.rows.push([])
  const line = sheet.rows[row] as (typeof sheet.rows)[number]
  while (line.length <= column) line.push(null)
  const value = text === '' ? null : text
  line[column] = value
  const key = `${row},${column}`
  const old = sheet.cells?.get(key)
  if (!old) return
  // Only what describes the cell stays; a formula, its result and rich text described the old text.
  const cell: Cell = { value, type: value === null ? 'empty' : 'string' }
  if (old.style) cell.style = old.style
  if (old.comment) cell.comment = old.comment
  sheet.cells?.set(key, cell)
}
