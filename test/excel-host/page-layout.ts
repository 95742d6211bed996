// Worksheet.pageLayout: Excel's words (points, 'A3', {horizontalFitToPages}) over the file's (inches, 'a3', fitToWidth).

import type { PageMargins, PageSetup } from 'hucre'
import { formatAddress, isEntireColumn, isEntireRow, parseAddress, type Rect } from './address.ts'
import { ExcelError, Gap } from './errors.ts'
import type { ExcelObject } from './excel-object.ts'
import { ExcelRange } from './range.ts'
import type { Sheet } from './sheet.ts'

const POINTS_PER_INCH = 72
const PAPERS: Record<string, PageSetup['paperSize']> = {
  Letter: 'letter',
  Legal: 'legal',
  A3: 'a3',
  A4: 'a4',
  A5: 'a5',
  B4: 'b4',
  B5: 'b5',
  Executive: 'executive',
  Tabloid: 'tabloid',
}
/** The "Normal" margins of a new sheet, in inches. */
const MARGINS: Required<PageMargins> = { top: 0.75, right: 0.7, bottom: 0.75, left: 0.7, header: 0.3, footer: 0.3 }

const rectOf = (sheet: Sheet, area: unknown): Rect => {
  if (area instanceof ExcelRange && area.sheet === sheet) return area.rect
  if (typeof area === 'string') return parseAddress(area).rect
  throw new Gap('a print area or title that is not one range')
}

const absolute = (rect: Rect): string => formatAddress(rect).replace(/([A-Z]+|\d+)/g, '$$$1')

class HeaderFooter implements ExcelObject {
  readonly excelClass = 'HeaderFooter'
  #sheet: Sheet

  constructor(sheet: Sheet) {
    this.#sheet = sheet
  }

  #read(place: 'oddHeader' | 'oddFooter', section: string): string {
    return new RegExp(`&${section}([\\s\\S]*?)(?=&[LCR]|$)`).exec(this.#sheet.headerFooter[place] ?? '')?.[1] ?? ''
  }

  #write(place: 'oddHeader' | 'oddFooter', section: string, value: unknown): void {
    const parts = ['L', 'C', 'R'].map((s) => [s, s === section ? String(value) : this.#read(place, s)] as const)
    const text = parts.map(([s, part]) => (part === '' ? '' : `&${s}${part}`)).join('')
    this.#sheet.headerFooter = { ...this.#sheet.headerFooter, [place]: text === '' ? undefined : text }
  }

  get leftHeader() {
    return this.#read('oddHeader', 'L')
  }
  set leftHeader(value: unknown) {
    this.#write('oddHeader', 'L', value)
  }
  get centerHeader() {
    return this.#read('oddHeader', 'C')
  }
  set centerHeader(value: unknown) {
    this.#write('oddHeader', 'C', value)
  }
  get rightHeader() {
    return this.#read('oddHeader', 'R')
  }
  set rightHeader(value: unknown) {
    this.#write('oddHeader', 'R', value)
  }
  get leftFooter() {
    return this.#read('oddFooter', 'L')
  }
  set leftFooter(value: unknown) {
    this.#write('oddFooter', 'L', value)
  }
  get centerFooter() {
    return this.#read('oddFooter', 'C')
  }
  set centerFooter(value: unknown) {
    this.#write('oddFooter', 'C', value)
  }
  get rightFooter() {
    return this.#read('oddFooter', 'R')
  }
  set rightFooter(value: unknown) {
    this.#write('oddFooter', 'R', value)
  }
}

interface Zoom {
  scale?: number
  horizontalFitToPages?: number
  verticalFitToPages?: number
}

export class PageLayout implements ExcelObject {
  readonly excelClass = 'PageLayout'
  #sheet: Sheet

  constructor(sheet: Sheet) {
    this.#sheet = sheet
  }

  #set(part: PageSetup): void {
    this.#sheet.page = { ...this.#sheet.page, ...part }
  }

  get orientation() {
    return this.#sheet.page.orientation === 'landscape' ? 'Landscape' : 'Portrait'
  }
  set orientation(value: unknown) {
    this.#set({ orientation: value === 'Landscape' ? 'landscape' : 'portrait' })
  }

  get paperSize() {
    return Object.keys(PAPERS).find((name) => PAPERS[name] === this.#sheet.page.paperSize) ?? 'A4'
  }
  set paperSize(value: unknown) {
    const paperSize = PAPERS[String(value)]
    if (!paperSize) throw new Gap(`PageLayout.paperSize = '${String(value)}'`)
    this.#set({ paperSize })
  }

  get zoom(): Zoom {
    const { fitToPage, fitToWidth = 1, fitToHeight = 1, scale = 100 } = this.#sheet.page
    if (!fitToPage) return { scale }
    return {
      ...(fitToWidth ? { horizontalFitToPages: fitToWidth } : {}),
      ...(fitToHeight ? { verticalFitToPages: fitToHeight } : {}),
    }
  }

  set zoom(value: unknown) {
    const { scale, horizontalFitToPages, verticalFitToPages } = (value ?? {}) as Zoom
    const fits = horizontalFitToPages !== undefined || verticalFitToPages !== undefined
    if (scale !== undefined && (fits || scale < 10 || scale > 400))
      throw new ExcelError('InvalidArgument', 'a zoom is a scale of 10 to 400, or pages')
    // 0 pages in a file means as many as it takes.
    if (!fits) this.#set({ fitToPage: false, scale, fitToWidth: undefined, fitToHeight: undefined })
    else
      this.#set({
        fitToPage: true,
        scale: undefined,
        fitToWidth: horizontalFitToPages ?? 0,
        fitToHeight: verticalFitToPages ?? 0,
      })
  }

  get centerHorizontally() {
    return this.#sheet.page.horizontalCentered ?? false
  }
  set centerHorizontally(value: unknown) {
    this.#set({ horizontalCentered: value === true })
  }
  get centerVertically() {
    return this.#sheet.page.verticalCentered ?? false
  }
  set centerVertically(value: unknown) {
    this.#set({ verticalCentered: value === true })
  }

  #margin(side: keyof PageMargins): number {
    return (this.#sheet.page.margins?.[side] ?? MARGINS[side]) * POINTS_PER_INCH
  }

  #setMargin(side: keyof PageMargins, points: unknown): void {
    this.#set({ margins: { ...MARGINS, ...this.#sheet.page.margins, [side]: Number(points) / POINTS_PER_INCH } })
  }

  get topMargin() {
    return this.#margin('top')
  }
  set topMargin(value: unknown) {
    this.#setMargin('top', value)
  }
  get rightMargin() {
    return this.#margin('right')
  }
  set rightMargin(value: unknown) {
    this.#setMargin('right', value)
  }
  get bottomMargin() {
    return this.#margin('bottom')
  }
  set bottomMargin(value: unknown) {
    this.#setMargin('bottom', value)
  }
  get leftMargin() {
    return this.#margin('left')
  }
  set leftMargin(value: unknown) {
    this.#setMargin('left', value)
  }
  get headerMargin() {
    return this.#margin('header')
  }
  set headerMargin(value: unknown) {
    this.#setMargin('header', value)
  }
  get footerMargin() {
    return this.#margin('footer')
  }
  set footerMargin(value: unknown) {
    this.#setMargin('footer', value)
  }

  setPrintMargins(unit: string, margins: Record<string, number>): void {
    const points = { Points: 1, Inches: POINTS_PER_INCH, Centimeters: POINTS_PER_INCH / 2.54 }[unit]
    if (!points) throw new ExcelError('InvalidArgument', `not a unit: ${unit}`)
    for (const [side, value] of Object.entries(margins)) {
      if (!(side in MARGINS)) throw new ExcelError('InvalidArgument', `not a margin: ${side}`)
      this.#setMargin(side as keyof PageMargins, value * points)
    }
  }

  setPrintArea(area: unknown): void {
    this.#set({ printArea: absolute(rectOf(this.#sheet, area)) })
  }

  setPrintTitleRows(area: unknown): void {
    const rect = rectOf(this.#sheet, area)
    const rows = isEntireRow(rect) ? rect : new ExcelRange(this.#sheet, rect).getEntireRow().rect
    this.#set({ printTitlesRow: absolute(rows) })
  }

  setPrintTitleColumns(area: unknown): void {
    const rect = rectOf(this.#sheet, area)
    const columns = isEntireColumn(rect) ? rect : new ExcelRange(this.#sheet, rect).getEntireColumn().rect
    this.#set({ printTitlesColumn: absolute(columns) })
  }

  getPrintTitleRowsOrNullObject(): ExcelRange | null {
    const { printTitlesRow } = this.#sheet.page
    return printTitlesRow ? new ExcelRange(this.#sheet, parseAddress(printTitlesRow).rect) : null
  }

  get headersFooters() {
    return { excelClass: 'HeaderFooterGroup', defaultForAllPages: new HeaderFooter(this.#sheet) }
  }
}
