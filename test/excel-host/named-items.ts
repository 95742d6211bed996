// Workbook.names: defined names of the whole workbook. Their formulas are stored and saved, never calculated.

import { ExcelError, Gap } from './errors.ts'
import type { ExcelObject } from './excel-object.ts'
import type { Workbook } from './workbook.ts'

class NamedItem implements ExcelObject {
  readonly excelClass = 'NamedItem'
  readonly name: string
  #workbook: Workbook

  constructor(workbook: Workbook, name: string) {
    this.#workbook = workbook
    this.name = name
  }

  identity() {
    return { Name: this.name }
  }

  get formula(): string {
    return `=${this.#workbook.findName(this.name)?.range ?? ''}`
  }

  get visible(): boolean {
    return !this.#workbook.hiddenNames.has(this.name)
  }
  set visible(value: unknown) {
    if (value === true) this.#workbook.hiddenNames.delete(this.name)
    else this.#workbook.hiddenNames.add(this.name)
  }

  delete(): void {
    this.#workbook.namedRanges = this.#workbook.namedRanges.filter(({ name }) => name !== this.name)
    this.#workbook.hiddenNames.delete(this.name)
  }
}

export class NamedItemCollection implements ExcelObject {
  readonly excelClass = 'NamedItemCollection'
  #workbook: Workbook

  constructor(workbook: Workbook) {
    this.#workbook = workbook
  }

  get items() {
    return this.#workbook.namedRanges
      .filter(({ scope }) => scope === undefined)
      .map(({ name }) => new NamedItem(this.#workbook, name))
  }

  getItemOrNullObject(name: string): NamedItem | null {
    const known = this.#workbook.findName(name)
    return known ? new NamedItem(this.#workbook, known.name) : null
  }

  getItem(name: string): NamedItem {
    const item = this.getItemOrNullObject(name)
    if (!item) throw new ExcelError('ItemNotFound', `no name ${name}`)
    return item
  }

  /** A reference as text, with its '='; on a sheet that must be there. */
  add(name: string, reference: unknown): NamedItem {
    if (typeof reference !== 'string' || !reference.startsWith('='))
      throw new Gap('NamedItemCollection.add with something else than a formula')
    if (!/^[A-Za-z_\\][\w.]*$/.test(name) || /^[A-Za-z]{1,3}\d+$/.test(name))
      throw new ExcelError('InvalidArgument', `not a name: ${name}`)
    if (this.#workbook.findName(name)) throw new ExcelError('ItemAlreadyExists', `the name ${name} is there`)
    const sheet = /^='?([^'!]+)'?!/.exec(reference)?.[1]
    if (sheet !== undefined && !this.#workbook.findSheet(sheet))
      throw new ExcelError('InvalidArgument', `no sheet ${sheet}`)
    this.#workbook.namedRanges.push({ name, range: reference.slice(1) })
    return new NamedItem(this.#workbook, name)
  }
}
