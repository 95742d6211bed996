/** Formats of a row for empty rows below it, in the XML of a sheet. */
import { cellAddress } from '../domain/grid.ts'
import { columnNumber } from './shift-formula.ts'
import { attributeOf, childrenOf, findElement, rootPrefix, withAttribute, withoutAttribute } from './xml-text.ts'

/**
 * The sheet with each row of `formats` made anew, empty, and formatted as the row that it names. Positions from
 * zero; the new rows stand below every other row that holds anything.
 */
export function patchRowFormats(xml: string, formats: ReadonlyMap<number, number>): string {
  const data = findElement(xml, 'sheetData')
  if (!data) throw new Error('a sheet without sheetData')
  const rows = childrenOf(data.inner, 'row')
  const numberOf = (row: string) => Number(attributeOf(startTag(row), 'r')) - 1
  const byNumber = new Map(rows.map((row) => [numberOf(row), row]))
  const prefix = rootPrefix(xml)
  for (const [row, like] of formats) {
    const source = byNumber.get(like)
    if (source !== undefined) byNumber.set(row, emptyRow(prefix, source, row))
  }
  const inner = [...byNumber].sort(([a], [b]) => a - b).map(([, row]) => row)
  const tag = `<${prefix}sheetData>`
  return `${xml.slice(0, data.start)}${tag}${inner.join('')}</${prefix}sheetData>${xml.slice(data.end)}`
}

function startTag(element: string): string {
  return element.slice(0, element.indexOf('>') + 1)
}

function emptyRow(prefix: string, source: string, row: number): string {
  const open = withAttribute(startTag(source).replace(/\/>$/, '>'), 'r', String(row + 1))
  const tag = ['hidden', 'spans'].reduce(withoutAttribute, open)
  const cells = childrenOf(source, 'c').map((cell) => {
    const letters = /^([A-Z]+)/.exec(attributeOf(startTag(cell), 'r') ?? '')?.[1] ?? ''
    const style = attributeOf(startTag(cell), 's')
    const address = cellAddress(row, columnNumber(letters))
    return letters === '' ? '' : `<${prefix}c r="${address}"${style === undefined ? '' : ` s="${style}"`}/>`
  })
  return `${tag}${cells.join('')}</${prefix}row>`
}
