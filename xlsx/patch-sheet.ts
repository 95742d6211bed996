/**
 * New texts in the XML of a sheet. Only the cells written change; every other character of the part stays.
 */
import { cellAddress } from '../domain/grid.ts'
import { columnNumber, shiftFormula } from './shift-formula.ts'
import {
  attributeOf,
  escapeCellText,
  escapeXml,
  findElement,
  rootPrefix,
  unescapeXml,
  withAttribute,
  withoutAttribute,
} from './xml-text.ts'

/** Text by column, by row; positions from zero. */
export type CellTexts = ReadonlyMap<number, ReadonlyMap<number, string>>

/** A row or a cell as it stands in the XML: `tag` opens it, `inner` is what it holds. */
export type Element = { position: number; whole: string; tag: string; inner: string; start: number; end: number }

/** What the sheet is with these texts. */
export type PatchedSheet = {
  xml: string
  /** Whether a formula gave way to a text. */
  lostFormula: boolean
  /** Texts of the workbook's list that cells showed before. */
  replacedStrings: Set<number>
}

export function patchCells(xml: string, texts: CellTexts): PatchedSheet {
  const data = findElement(xml, 'sheetData')
  if (!data) throw new Error('a sheet without sheetData')
  const prefix = rootPrefix(xml)
  const columnStyles = readColumnStyles(xml.slice(0, data.start))
  const inner = unshareFormulas(plainXml(data.inner), texts)
  const rows = elementsIn(inner, 'row', rowOf)
  let lostFormula = false
  const replacedStrings = new Set<number>()
  const patched = putInOrder(inner, rows, texts, (row, cells, known) => {
    const tag = known?.tag ?? `<${prefix}row r="${row + 1}">`
    const style = attributeOf(tag, 'customFormat')?.match(/^(1|true)$/) ? attributeOf(tag, 's') : undefined
    const inside = known?.inner ?? ''
    const places = elementsIn(inside, 'c', columnOf)
    const filled = putInOrder(inside, places, cells, (column, text, cell) => {
      if (cell && /<(?:\w+:)?f[\s/>]/.test(cell.inner)) lostFormula = true
      const string = cell && sharedStringOf(cell)
      if (string !== undefined) replacedStrings.add(string)
      return drawCell(prefix, row, column, text, cell ? attributeOf(cell.tag, 's') : (style ?? columnStyles(column)))
    })
    return `${openRow(tag)}${filled}</${prefix}row>`
  })
  const drawn = `<${prefix}sheetData>${patched}</${prefix}sheetData>`
  const before = growDimension(xml.slice(0, data.start), texts)
  return { xml: `${before}${drawn}${xml.slice(data.end)}`, lostFormula, replacedStrings }
}

/** The texts of the workbook's list that a sheet shows. */
export function readSharedStrings(xml: string): Set<number> {
  const used = new Set<number>()
  for (const cell of elementsIn(findElement(xml, 'sheetData')?.inner ?? '', 'c', columnOf)) {
    const string = sharedStringOf(cell)
    if (string !== undefined) used.add(string)
  }
  return used
}

function sharedStringOf({ tag, inner }: Element): number | undefined {
  if (attributeOf(tag, 't') !== 's') return undefined
  const value = findElement(inner, 'v')?.inner.trim()
  return value ? Number(value) : undefined
}

/** The sheet with these columns hidden or shown. */
export function patchHiddenColumns(xml: string, hidden: ReadonlyMap<number, boolean>): string {
  const prefix = rootPrefix(xml)
  const found = findElement(xml, 'cols')
  let columns = (found?.inner.match(/<[^>]+>/g) ?? []).filter((tag) => /^<(?:\w+:)?col[\s/]/.test(tag))
  for (const [column, isHidden] of hidden) {
    const number = column + 1
    let isKnown = false
    columns = columns.flatMap((tag) => {
      const [first, last] = [Number(attributeOf(tag, 'min')), Number(attributeOf(tag, 'max'))]
      if (number < first || number > last) return [tag]
      isKnown = true
      const part = (from: number, to: number) =>
        from > to ? [] : [withAttribute(withAttribute(tag, 'min', `${from}`), 'max', `${to}`)]
      const [own = tag] = part(number, number)
      const shown = isHidden ? withAttribute(own, 'hidden', '1') : withoutAttribute(own, 'hidden')
      return [...part(first, number - 1), shown, ...part(number + 1, last)]
    })
    if (!isKnown && isHidden) columns.push(`<${prefix}col min="${number}" max="${number}" width="9" hidden="1"/>`)
  }
  if (columns.length === 0) return xml
  columns.sort((a, b) => Number(attributeOf(a, 'min')) - Number(attributeOf(b, 'min')))
  const drawn = `<${prefix}cols>${columns.join('')}</${prefix}cols>`
  const at = found ?? findElement(xml, 'sheetData')
  if (!at) throw new Error('a sheet without sheetData')
  return `${xml.slice(0, at.start)}${drawn}${xml.slice(found ? found.end : at.start)}`
}

/** Comments and CDATA, which could hold what looks like a tag, as plain XML. */
function plainXml(xml: string): string {
  if (!xml.includes('<!')) return xml
  return xml.replace(/<!--[\s\S]*?-->/g, '').replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, text) => escapeXml(text))
}

/** The elements of this name, in order. One that does not say where it stands follows the one before it. */
export function elementsIn(xml: string, name: string, positionOf: (tag: string) => number): Element[] {
  const pattern = new RegExp(`(<((?:\\w+:)?${name})(?=[\\s/>])[^>]*?(?:/>|>))`, 'g')
  const elements: Element[] = []
  let next = 0
  for (let found = pattern.exec(xml); found; found = pattern.exec(xml)) {
    const [tag, , qualified] = found as unknown as [string, string, string]
    const start = found.index
    let end = start + tag.length
    let inner = ''
    if (!tag.endsWith('/>')) {
      const close = xml.indexOf(`</${qualified}>`, end)
      if (close < 0) throw new Error(`a ${name} without an end`)
      inner = xml.slice(end, close)
      end = close + qualified.length + 3
    }
    const stated = positionOf(tag)
    const position = Number.isNaN(stated) ? next : stated
    elements.push({ position, whole: xml.slice(start, end), tag, inner, start, end })
    next = position + 1
    pattern.lastIndex = end
  }
  return elements
}

/** The XML with what `draw` makes at each position of `changes`: in place of the element there, or between its neighbours. */
function putInOrder<Change>(
  xml: string,
  elements: Element[],
  changes: ReadonlyMap<number, Change>,
  draw: (position: number, change: Change, known: Element | undefined) => string,
): string {
  const positions = [...changes.keys()].sort((a, b) => a - b)
  let patched = ''
  let copied = 0
  let next = 0
  for (const position of positions) {
    while (next < elements.length && (elements[next] as Element).position < position) next++
    const after = elements[next]
    const known = after?.position === position ? after : undefined
    const at = after?.start ?? elements.at(-1)?.end ?? xml.length
    patched += xml.slice(copied, at) + draw(position, changes.get(position) as Change, known)
    copied = known ? known.end : at
  }
  return patched + xml.slice(copied)
}

function drawCell(prefix: string, row: number, column: number, text: string, style: string | undefined): string {
  const start = `<${prefix}c r="${cellAddress(row, column)}"${style === undefined ? '' : ` s="${style}"`}`
  if (text === '') return `${start}/>`
  const content = `<${prefix}t xml:space="preserve">${escapeCellText(text)}</${prefix}t>`
  return `${start} t="inlineStr"><${prefix}is>${content}</${prefix}is></${prefix}c>`
}

/** The row's tag without what was only computed from its cells: their span, and a height nobody set. */
function openRow(tag: string): string {
  const open = withoutAttribute(tag, 'spans').replace(/\s*\/?>$/, '>')
  return attributeOf(open, 'customHeight')?.match(/^(1|true)$/) ? open : withoutAttribute(open, 'ht')
}

function readColumnStyles(head: string): (column: number) => string | undefined {
  const tags = (findElement(head, 'cols')?.inner.match(/<[^>]+>/g) ?? []).map((tag) => ({
    first: Number(attributeOf(tag, 'min')) - 1,
    last: Number(attributeOf(tag, 'max')) - 1,
    style: attributeOf(tag, 'style'),
  }))
  return (column) => tags.find(({ first, last }) => column >= first && column <= last)?.style
}

function growDimension(head: string, texts: CellTexts): string {
  const found = findElement(head, 'dimension')
  const ref = found && /^([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$/.exec(attributeOf(found.tag, 'ref') ?? '')
  if (!found || !ref) return head
  const rows = [...texts.keys()]
  const columns = [...texts.values()].flatMap((cells) => [...cells.keys()])
  const [left, top] = [columnNumber(ref[1] as string), Number(ref[2]) - 1]
  const [right, bottom] = [columnNumber(ref[3] ?? (ref[1] as string)), Number(ref[4] ?? ref[2]) - 1]
  const first = cellAddress(Math.min(top, ...rows), Math.min(left, ...columns))
  const last = cellAddress(Math.max(bottom, ...rows), Math.max(right, ...columns))
  if (first === cellAddress(top, left) && last === cellAddress(bottom, right)) return head
  return head.slice(0, found.start) + withAttribute(found.tag, 'ref', `${first}:${last}`) + head.slice(found.end)
}

/** Writes shared formulas out where the cell that holds one for the others is overwritten. */
function unshareFormulas(inner: string, texts: CellTexts): string {
  if (!/\st\s*=\s*["']shared["']/.test(inner)) return inner
  const lost = new Map<string, { formula: string; row: number; column: number }>()
  mapFormulas(inner, (row, column, { tag, inner: formula, whole }) => {
    const shared = attributeOf(tag, 't') === 'shared' ? attributeOf(tag, 'si') : undefined
    if (shared !== undefined && formula !== '' && texts.get(row)?.has(column)) {
      lost.set(shared, { formula: unescapeXml(formula), row, column })
    }
    return whole
  })
  if (lost.size === 0) return inner
  return mapFormulas(inner, (row, column, { tag, whole }) => {
    const from = attributeOf(tag, 't') === 'shared' ? lost.get(attributeOf(tag, 'si') ?? '') : undefined
    if (!from) return whole
    const name = /^<([\w:]+)/.exec(tag)?.[1]
    return `<${name}>${escapeXml(shiftFormula(from.formula, row - from.row, column - from.column))}</${name}>`
  })
}

/** The rows with each formula element replaced by what `replace` gives for it. */
function mapFormulas(inner: string, replace: (row: number, column: number, formula: Element) => string): string {
  return mapElements(inner, 'row', rowOf, (row) =>
    row.inner.includes('f')
      ? mapElements(row.whole, 'c', columnOf, (cell) =>
          mapElements(
            cell.whole,
            'f',
            () => Number.NaN,
            (formula) => replace(row.position, cell.position, formula),
          ),
        )
      : row.whole,
  )
}

function mapElements(
  xml: string,
  name: string,
  positionOf: (tag: string) => number,
  replace: (element: Element) => string,
): string {
  let mapped = ''
  let copied = 0
  for (const element of elementsIn(xml, name, positionOf)) {
    mapped += xml.slice(copied, element.start) + replace(element)
    copied = element.end
  }
  return mapped + xml.slice(copied)
}

/** Position of a row by its tag, from zero; NaN where it does not say. */
export function rowOf(tag: string): number {
  return Number(attributeOf(tag, 'r')) - 1
}

/** The same of the column of a cell. */
export function columnOf(tag: string): number {
  const address = /^\$?([A-Z]+)/.exec(attributeOf(tag, 'r') ?? '')
  return address ? columnNumber(address[1] as string) : Number.NaN
}
