/**
 * An .xlsx opened for editing: our cells change, everything else in the file stays as it was, byte for byte. The library
 * only reads; saving patches the parts of the file itself (docs/decisions/025-own-patching.md).
 */
import type { Area, Grid } from '../domain/grid.ts'
import type { SheetModel } from '../domain/sheet-model.ts'
import { type Parts, packParts } from './archive.ts'
import { forgetStrings } from './forget-strings.ts'
import { modelToGrid } from './model-grid.ts'
import { nameTableColumns } from './name-table-columns.ts'
import { findWorkbookPart, listSheetParts, readRelations, removePart } from './package.ts'
import { patchMerges } from './patch-merges.ts'
import { patchRowFormats } from './patch-row-formats.ts'
import { type CellTexts, patchCells, patchHiddenColumns } from './patch-sheet.ts'
import { putSheet } from './put-sheet.ts'
import { type Frozen, type OpenedWorkbook, type OpenSheet, readForEditing } from './read.ts'
import { writeWorkbook } from './write.ts'
import { decodePart, encodePart, findElement, rootPrefix, withAttribute } from './xml-text.ts'

export type CellText = { row: number; column: number; text: string }

/** Everything that was changed since the file was opened, by sheet: plain data, to be kept and applied again. */
export type WorkbookChanges = {
  texts: Map<string, Map<number, Map<number, string>>>
  hiddenColumns: Map<string, Map<number, boolean>>
  drawn: Map<string, SheetModel>
  /** All merged areas of a sheet, where they were changed. */
  merges: Map<string, readonly Area[]>
  /** New rows, each with the row that it is formatted like. */
  rowFormats: Map<string, Map<number, number>>
}

/** A text would be written into a part of cells that share one formula. */
export class SharedFormulaError extends Error {
  override readonly name = 'SharedFormulaError'
}

/** Opens workbook bytes. Throws WorkbookRefused. */
export async function openWorkbook(bytes: Uint8Array): Promise<WorkbookFile> {
  return new WorkbookFile(await readForEditing(bytes))
}

/** A workbook that holds only these sheets. */
export async function createWorkbook(models: SheetModel[], created: string): Promise<WorkbookFile> {
  return openWorkbook(await writeWorkbook(models, { title: models[0]?.name ?? '', created }))
}

export class WorkbookFile {
  /** Name of the sheet in front. */
  private front: string
  private readonly parts: Parts
  private readonly sheets: Map<string, OpenSheet>
  private readonly changes: WorkbookChanges = {
    texts: new Map(),
    hiddenColumns: new Map(),
    drawn: new Map(),
    merges: new Map(),
    rowFormats: new Map(),
  }

  constructor({ parts, sheets, active }: OpenedWorkbook) {
    this.parts = parts
    this.sheets = new Map(sheets.map((sheet) => [sheet.name, sheet]))
    this.front = active
  }

  names(): { name: string; hidden: boolean }[] {
    return [...this.sheets.values()].map(({ name, hidden }) => ({ name, hidden }))
  }

  get active(): string {
    return this.front
  }

  set active(name: string) {
    if (this.sheets.has(name)) this.front = name
  }

  /** The same object until the sheet changes. */
  read(name: string): Grid | undefined {
    return this.sheets.get(name)?.grid
  }

  /** What the file keeps in view of a sheet; undefined where there is no such one. */
  frozen(name: string): Frozen | undefined {
    return this.sheets.get(name)?.frozen
  }

  /** Writes texts and leaves the cells' formats as they are. Throws when there is no such sheet, or SharedFormulaError. */
  write(name: string, writes: CellText[]): void {
    const sheet = this.find(name)
    const isShared = ({ row, column }: CellText) =>
      sheet.arrays.some(
        (area) =>
          row >= area.row && row < area.row + area.rows && column >= area.column && column < area.column + area.columns,
      )
    if (writes.some(isShared)) throw new SharedFormulaError(`an array formula on ${name}`)
    const texts = new Map(this.changes.texts.get(name))
    const lines = sheet.grid.texts.slice()
    const copied = new Set<number>()
    for (const { row, column, text } of writes) {
      const plain = text.replace(/\r\n?/g, '\n')
      if (!copied.has(row)) {
        copied.add(row)
        texts.set(row, new Map(texts.get(row)))
        while (lines.length <= row) lines.push([])
        lines[row] = lines[row]?.slice() ?? []
      }
      texts.get(row)?.set(column, plain)
      const line = lines[row] as string[]
      while (line.length < column) line.push('')
      line[column] = plain
    }
    this.changes.texts.set(name, texts)
    const isText = ({ row, column }: { row: number; column: number }) => texts.get(row)?.has(column)
    const formulas = sheet.grid.formulas.filter((cell) => !isText(cell))
    this.sheets.set(name, { ...sheet, grid: { ...sheet.grid, texts: lines, formulas } })
  }

  /** Takes merged areas apart and merges others. Throws when there is no such sheet. */
  setMerges(name: string, { split, join }: { split: readonly Area[]; join: readonly Area[] }): void {
    const sheet = this.find(name)
    const isSplit = (area: Area) => split.some(({ row, column }) => row === area.row && column === area.column)
    const merges = [...sheet.grid.merges.filter((area) => !isSplit(area)), ...join]
    this.changes.merges.set(name, merges)
    this.sheets.set(name, { ...sheet, grid: { ...sheet.grid, merges } })
  }

  /** Formats rows that hold nothing, below all that do, like another one. Throws when there is no such sheet. */
  formatRows(name: string, rows: readonly number[], like: number): void {
    this.find(name)
    const formats = new Map(this.changes.rowFormats.get(name))
    for (const row of rows) formats.set(row, like)
    this.changes.rowFormats.set(name, formats)
  }

  setColumnHidden(name: string, column: number, hidden: boolean): void {
    const sheet = this.find(name)
    const others = sheet.grid.hiddenColumns.filter((known) => known !== column)
    const hiddenColumns = hidden ? [...others, column].sort((a, b) => a - b) : others
    this.sheets.set(name, { ...sheet, grid: { ...sheet.grid, hiddenColumns } })
    this.changes.hiddenColumns.set(name, new Map(this.changes.hiddenColumns.get(name)).set(column, hidden))
  }

  /** Adds the sheet, or replaces the one of that name whole. */
  draw(model: SheetModel): void {
    const { name } = model
    this.changes.drawn.set(name, model)
    this.changes.texts.delete(name)
    this.changes.hiddenColumns.delete(name)
    this.changes.merges.delete(name)
    this.changes.rowFormats.delete(name)
    this.sheets.set(name, {
      name,
      hidden: model.visibility === 'hidden',
      grid: modelToGrid(model),
      frozen: model.frozen ?? { rows: 0, columns: 0 },
      arrays: [],
    })
  }

  /** What was changed so far; undefined where nothing was. */
  changed(): WorkbookChanges | undefined {
    return Object.values(this.changes).some((changes) => changes.size > 0) ? this.changes : undefined
  }

  /** Makes changes again that were kept, on the same file. Passes over sheets that are not there. */
  apply({ texts, hiddenColumns, drawn, merges = new Map(), rowFormats = new Map() }: WorkbookChanges): void {
    for (const model of drawn.values()) this.draw(model)
    for (const [name, rows] of rowFormats) {
      if (this.sheets.has(name)) for (const [row, like] of rows) this.formatRows(name, [row], like)
    }
    for (const [name, areas] of merges) {
      if (this.sheets.has(name)) this.setMerges(name, { split: this.find(name).grid.merges, join: areas })
    }
    for (const [name, rows] of texts) {
      if (!this.sheets.has(name)) continue
      this.write(
        name,
        [...rows].flatMap(([row, cells]) => [...cells].map(([column, text]) => ({ row, column, text }))),
      )
    }
    for (const [name, columns] of hiddenColumns) {
      if (this.sheets.has(name)) for (const [column, hidden] of columns) this.setColumnHidden(name, column, hidden)
    }
  }

  async save(): Promise<Uint8Array> {
    const parts = new Map(this.parts)
    for (const model of this.changes.drawn.values()) await putSheet(parts, model)
    const paths = new Map(listSheetParts(parts).map(({ name, path }) => [name, path]))
    for (const [name, columns] of this.changes.hiddenColumns) {
      patchPart(parts, paths.get(name), (xml) => patchHiddenColumns(xml, columns))
    }
    for (const [name, formats] of this.changes.rowFormats) {
      patchPart(parts, paths.get(name), (xml) => patchRowFormats(xml, formats))
    }
    for (const [name, merges] of this.changes.merges) {
      patchPart(parts, paths.get(name), (xml) => patchMerges(xml, merges))
    }
    this.patchTexts(parts, paths)
    return packParts(parts, 'deflated')
  }

  private patchTexts(parts: Parts, paths: ReadonlyMap<string, string>): void {
    const replaced = new Set<number>()
    let lostFormula = false
    for (const [name, rows] of this.changes.texts) {
      patchPart(parts, paths.get(name), (xml) => {
        const patched = patchCells(xml, rows as CellTexts)
        lostFormula ||= patched.lostFormula
        for (const string of patched.replacedStrings) replaced.add(string)
        return patched.xml
      })
      const path = paths.get(name)
      if (path !== undefined) nameTableColumns(parts, path, rows)
    }
    forgetStrings(parts, replaced)
    const workbook = findWorkbookPart(parts)
    const chain = readRelations(parts, workbook).find(({ type }) => type.endsWith('/calcChain'))
    // The list of formulas may not name a cell that has none; Excel makes it anew where it is missing.
    if (lostFormula && chain) removePart(parts, chain.target, workbook)
    const hasFormulas = [...this.sheets.values()].some(({ grid }) => grid.formulas.length > 0)
    if (hasFormulas && this.changes.texts.size > 0) patchPart(parts, workbook, askForCalculation)
  }

  private find(name: string): OpenSheet {
    const sheet = this.sheets.get(name)
    if (!sheet) throw new Error(`no sheet named ${name}`)
    return sheet
  }
}

function patchPart(parts: Parts, path: string | undefined, patch: (xml: string) => string): void {
  const part = path === undefined ? undefined : parts.get(path)
  if (path !== undefined && part) parts.set(path, encodePart(patch(decodePart(part))))
}

/** Results of formulas over our cells are out of date: the workbook asks to be calculated when it is opened. */
function askForCalculation(xml: string): string {
  const found = findElement(xml, 'calcPr')
  if (found) {
    return (
      xml.slice(0, found.start) +
      withAttribute(found.tag, 'fullCalcOnLoad', '1') +
      xml.slice(found.start + found.tag.length)
    )
  }
  const before = ['definedNames', 'externalReferences', 'functionGroups', 'sheets']
    .map((name) => findElement(xml, name))
    .find(Boolean)
  if (!before) return xml
  return `${xml.slice(0, before.end)}<${rootPrefix(xml)}calcPr fullCalcOnLoad="1"/>${xml.slice(before.end)}`
}
