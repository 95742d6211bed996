/**
 * The styles of a sheet that we draw, added behind the styles that a workbook has: those of its own cells keep their
 * numbers. A style that is there already is used again, so that drawing a sheet again and again adds nothing.
 */
import { attributeOf, childrenOf, findElement, rootPrefix, withAttribute } from './xml-text.ts'

/** Numbers that the format gives to formats of its own; texts (@) are all that we draw. */
const BUILT_IN_FORMATS: Record<string, string> = { '@': '49' }

/** Where each style of `drawn` stands in the styles returned. `conditional`: formats of conditional formats. */
export type AppendedStyles = { xml: string; cells: string[]; conditional: string[] }

/** Both are styles parts: the workbook's, and the one written with the sheet. */
export function appendStyles(workbook: string, drawn: string): AppendedStyles {
  const prefix = rootPrefix(workbook)
  const ours = (inner: string) => inner.replace(/<(\/?)(?=[a-zA-Z])/g, `<$1${prefix}`)
  let xml = workbook
  const append = (section: string, child: string, elements: string[]): string[] => {
    const found = findElement(xml, section)
    const known = found ? childrenOf(found.inner, child) : []
    const numbers = elements.map((element) => {
      const at = known.indexOf(element)
      return String(at >= 0 ? at : known.push(element) - 1)
    })
    if (!found) {
      const before = findElement(xml, 'cellStyles') ?? findElement(xml, 'cellXfs')
      if (before && known.length > 0) {
        const drawnSection = `<${prefix}${section} count="${known.length}">${known.join('')}</${prefix}${section}>`
        xml = xml.slice(0, before.end) + drawnSection + xml.slice(before.end)
      }
      return numbers
    }
    const open = withAttribute(found.tag, 'count', String(known.length)).replace(/\/>$/, '>')
    // What stands there stays as it is written; only the new ones follow.
    const added = known.slice(childrenOf(found.inner, child).length).join('')
    const close = `</${/^<([\w:]+)/.exec(open)?.[1]}>`
    if (added !== '') xml = `${xml.slice(0, found.start)}${open}${found.inner}${added}${close}${xml.slice(found.end)}`
    return numbers
  }
  const elementsOf = (section: string, child: string) =>
    childrenOf(ours(findElement(drawn, section)?.inner ?? ''), child)
  const formats = new Map(
    elementsOf('numFmts', 'numFmt').map((tag) => [attributeOf(tag, 'numFmtId'), attributeOf(tag, 'formatCode') ?? '']),
  )
  const fonts = append('fonts', 'font', elementsOf('fonts', 'font'))
  const fills = append('fills', 'fill', elementsOf('fills', 'fill'))
  const borders = append('borders', 'border', elementsOf('borders', 'border'))
  const cells = elementsOf('cellXfs', 'xf').map((whole) => {
    const tag = /^[^>]*>/.exec(whole)?.[0] ?? ''
    const isClosed = tag.endsWith('/>')
    const numbered = [
      ['numFmtId', formatNumber(formats, attributeOf(tag, 'numFmtId'))],
      ['fontId', fonts[Number(attributeOf(tag, 'fontId'))] ?? '0'],
      ['fillId', fills[Number(attributeOf(tag, 'fillId'))] ?? '0'],
      ['borderId', borders[Number(attributeOf(tag, 'borderId'))] ?? '0'],
    ].reduce((open, [name, value]) => withAttribute(open, name as string, value as string), tag)
    return isClosed ? numbered : numbered + whole.slice(tag.length)
  })
  return {
    cells: append('cellXfs', 'xf', cells),
    conditional: append('dxfs', 'dxf', elementsOf('dxfs', 'dxf')),
    xml,
  }
}

function formatNumber(formats: ReadonlyMap<string | undefined, string>, id: string | undefined): string {
  const code = formats.get(id)
  if (code === undefined) return id ?? '0'
  const builtIn = BUILT_IN_FORMATS[code]
  if (builtIn === undefined) throw new Error(`no number for the format ${code}`)
  return builtIn
}
