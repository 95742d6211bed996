// The emulated workbook: its sheets, which of them is active, its settings, and the list of what happened that
// Excel would tell an add-in about.

import type { CellStyle, NamedRange } from 'hucre'
import { formatAddress, type Rect } from './address.ts'
import { ExcelError } from './errors.ts'
import { Sheet } from './sheet.ts'
import { NO_STYLE } from './style.ts'

export type ChangeType =
  | 'RangeEdited'
  | 'RowInserted'
  | 'RowDeleted'
  | 'ColumnInserted'
  | 'ColumnDeleted'
  | 'CellInserted'
  | 'CellDeleted'

/** Happenings in Excel's own terms; events.ts puts them on the wire. */
export type Happening =
  | {
      kind: 'changed'
      sheet: Sheet
      address: string
      changeType: ChangeType
      shiftDirection: string
      before?: unknown
      after?: unknown
    }
  | { kind: 'activated' | 'deactivated' | 'added' | 'deleted'; sheet: Sheet }
  | { kind: 'selectionChanged'; sheet: Sheet; address: string }

export class Workbook {
  sheets: Sheet[] = []
  /** Office.context.document.settings: JSON by key. */
  settings: Record<string, string> = {}
  enableEvents = true
  themeColors: readonly string[] = []
  namedRanges: NamedRange[] = []
  /** Names that the name manager does not show; the library that writes files cannot hide them. */
  readonly hiddenNames = new Set<string>()
  /** The day on which '1/2' is typed. */
  today: () => Date = () => new Date()
  happenings: Happening[] = []
  #active: Sheet | undefined
  #lastId = 0
  #styles = new Map<string, CellStyle>()

  static blank(name = 'Sheet1'): Workbook {
    const workbook = new Workbook()
    workbook.addSheet(name)
    workbook.happenings = []
    return workbook
  }

  get activeSheet(): Sheet {
    const sheet = this.#active ?? this.sheets.find(({ visibility }) => visibility === 'Visible')
    if (!sheet) throw new Error('excel-host: a workbook without a visible sheet')
    return sheet
  }

  /** A name of the whole workbook, in whatever case. */
  findName(name: string): NamedRange | undefined {
    return this.namedRanges.find(
      (range) => range.scope === undefined && range.name.toLowerCase() === name.toLowerCase(),
    )
  }

  findSheet(nameOrId: string): Sheet | undefined {
    const name = nameOrId.toLowerCase()
    return (
      this.sheets.find((sheet) => sheet.id === nameOrId) ??
      this.sheets.find((sheet) => sheet.name.toLowerCase() === name)
    )
  }

  sheet(name: string): Sheet {
    const sheet = this.findSheet(name)
    if (!sheet) throw new ExcelError('ItemNotFound', `no sheet ${name}`)
    return sheet
  }

  addSheet(name: string): Sheet {
    this.checkName(name)
    const sheet = new Sheet(this, `{00000000-0001-0000-0000-${String(this.nextId()).padStart(12, '0')}}`, name)
    this.sheets.push(sheet)
    this.happened({ kind: 'added', sheet })
    return sheet
  }

  /** One object for equal styles, and NO_STYLE for the empty one: thousands of cells share a few styles. */
  sharedStyle(style: CellStyle): CellStyle {
    if (Object.keys(style).length === 0) return NO_STYLE
    const key = JSON.stringify(style)
    const shared = this.#styles.get(key) ?? style
    this.#styles.set(key, shared)
    return shared
  }

  nextId(): number {
    this.#lastId++
    return this.#lastId
  }

  /** Excel's next free Sheet1, Sheet2, … */
  freeName(): string {
    let n = this.sheets.length + 1
    while (this.findSheet(`Sheet${n}`)) n++
    return `Sheet${n}`
  }

  checkName(name: string, own?: Sheet): void {
    if (name === '' || name.length > 31 || /[\\/?*[\]:]/.test(name) || /^'|'$/.test(name))
      throw new ExcelError('InvalidArgument', `not a sheet name: ${name}`)
    const taken = this.sheets.some((sheet) => sheet !== own && sheet.name.toLowerCase() === name.toLowerCase())
    if (taken) throw new ExcelError('ItemAlreadyExists', `a sheet named ${name} exists`)
  }

  deleteSheet(sheet: Sheet): void {
    this.#keepOneVisible(sheet)
    this.sheets = this.sheets.filter((other) => other !== sheet)
    this.#leave(sheet)
    this.happened({ kind: 'deleted', sheet })
  }

  hideSheet(sheet: Sheet, visibility: 'Hidden' | 'VeryHidden'): void {
    this.#keepOneVisible(sheet)
    sheet.visibility = visibility
    this.#leave(sheet)
  }

  activate(sheet: Sheet): void {
    if (sheet.visibility !== 'Visible') throw new ExcelError('InvalidOperation', `${sheet.name} is hidden`)
    const left = this.activeSheet
    this.#active = sheet
    if (left === sheet) return
    this.happened({ kind: 'deactivated', sheet: left })
    this.happened({ kind: 'activated', sheet })
  }

  select(sheet: Sheet, rect: Rect): void {
    this.activate(sheet)
    sheet.selection = rect
    this.happened({ kind: 'selectionChanged', sheet, address: formatAddress(rect) })
  }

  happened(happening: Happening): void {
    if (this.enableEvents) this.happenings.push(happening)
  }

  edited(sheet: Sheet, rect: Rect, values?: { before: unknown; after: unknown }): void {
    const address = formatAddress(rect)
    this.happened({ kind: 'changed', sheet, address, changeType: 'RangeEdited', shiftDirection: 'None', ...values })
  }

  #keepOneVisible(leaving: Sheet): void {
    const left = this.sheets.some((sheet) => sheet !== leaving && sheet.visibility === 'Visible')
    if (!left) throw new ExcelError('InvalidOperation', 'a workbook must have a visible sheet')
  }

  #leave(sheet: Sheet): void {
    if (this.#active !== undefined && this.#active !== sheet) return
    this.#active = undefined
    this.happened({ kind: 'activated', sheet: this.activeSheet })
  }
}
