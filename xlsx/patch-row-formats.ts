/** Formats of a row for empty rows below it, in the XML of a sheet. */
import { cellAddress } from '../domain/grid.ts'
import { columnOf, type Element, elementsIn, rowOf } from './patch-sheet.ts'
import { attributeOf, findElement, rootPrefix, withAttribute, withoutAttribute } from './xml-text.ts'

type SheetRow = Pick<Element, 'tag' | 'inner' | 'whole'>

/**
 * The sheet with each row of `formats` made anew, empty, and formatted as the row that it names. Positions from
 * zero; the new rows stand below every other row that holds anything.
 */
export function patchRowFormats(xml: string, formats: ReadonlyMap<number, number>): string {
  const data = findElement(xml, 'sheetData')
  if (!data) throw new Error('a sheet without sheetData')
  const rows = new Map<number, SheetRow>(elementsIn(data.inner, 'row', rowOf).map((row) => [row.position, row]))
  const prefix = rootPrefix(xml)
  for (const [row, like] of formats) {
    const source = rows.get(like)
    if (source) rows.set(row, emptyRow(prefix, source, row))
  }
  const inner = [...rows].sort(([a], [b]) => a - b).map(([, { whole }]) => whole)
  const tag = `<${prefix}sheetData>`
  return `${xml.slice(0, data.start)}${tag}${inner.join('')}</${prefix}sheetData>${xml.slice(data.end)}`
}

function emptyRow(prefix: string, source: SheetRow, row: number): SheetRow {
  const open = withAttribute(source.tag.replace(/\/>$/, '>'), 'r', String(row + 1))
  const tag = ['hidden', 'spans'].reduce(withoutAttribute, open)
  const cells = elementsIn(source.inner, 'c', columnOf).map(({ position, tag: cell }) => {
    const style = attributeOf(cell, 's')
    return `<${prefix}c r="${cellAddress(row, position)}"${style === undefined ? '' : ` s="${style}"`}/>`
  })
  const inner = cells.join('')
  return { tag, inner, whole: `${tag}${inner}</${prefix}row>` }
}
