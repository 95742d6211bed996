/**
 * The little XML that changing a few cells needs: the text around them must stay as it is, byte for byte, so nothing is
 * parsed into a tree and written anew.
 */

const decoder = new TextDecoder()
const encoder = new TextEncoder()

export function decodePart(part: Uint8Array | undefined): string {
  return part ? decoder.decode(part) : ''
}

export function encodePart(xml: string): Uint8Array {
  return encoder.encode(xml)
}

const ATTRIBUTES = new Map<string, RegExp>()

/** Value of an attribute in a start tag, whatever its namespace prefix; undefined where it has none. */
export function attributeOf(tag: string, name: string): string | undefined {
  const pattern = ATTRIBUTES.get(name) ?? attributePattern(name)
  const found = pattern.exec(tag)
  return found ? unescapeXml(found[1] ?? found[2] ?? '') : undefined
}

function attributePattern(name: string): RegExp {
  const pattern = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
  ATTRIBUTES.set(name, pattern)
  return pattern
}

/** The start tag without an attribute. */
export function withoutAttribute(tag: string, name: string): string {
  return tag.replace(new RegExp(`\\s${name}\\s*=\\s*(?:"[^"]*"|'[^']*')`), '')
}

/** The start tag with an attribute of this value, in place of an earlier one. */
export function withAttribute(tag: string, name: string, value: string): string {
  return withoutAttribute(tag, name).replace(/\s*(\/?)>$/, () => {
    const end = tag.endsWith('/>') ? '/>' : '>'
    return ` ${name}="${escapeXml(value)}"${end}`
  })
}

/** Namespace prefix of the root element, with its colon; '' where it has none. */
export function rootPrefix(xml: string): string {
  return /<(?!\?|!)(\w+:)?\w/.exec(xml)?.[1] ?? ''
}

/** What an element of this name holds, with its tags; undefined where there is none. */
export function findElement(
  xml: string,
  name: string,
): { start: number; end: number; tag: string; inner: string } | undefined {
  const found = new RegExp(`<((?:\\w+:)?${name})(?=[\\s/>])[^>]*>`).exec(xml)
  if (!found) return undefined
  const [tag, qualified] = found as unknown as [string, string]
  if (tag.endsWith('/>')) return { start: found.index, end: found.index + tag.length, tag, inner: '' }
  const close = `</${qualified}>`
  const at = xml.indexOf(close, found.index)
  if (at < 0) return undefined
  return { start: found.index, end: at + close.length, tag, inner: xml.slice(found.index + tag.length, at) }
}

/** The child elements of this name in what an element holds, each whole; children of a name of theirs own are not nested here. */
export function childrenOf(inner: string, name: string): string[] {
  return inner.match(new RegExp(`<((?:\\w+:)?${name})(?=[\\s/>])(?:[^>]*/>|[^>]*>[\\s\\S]*?</\\1>)`, 'g')) ?? []
}

/** Text as the content of an element or of an attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] ?? '&quot;')
}

export function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi, (_, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal) return String.fromCodePoint(Number(decimal))
    return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[String(name).toLowerCase()] as string
  })
}

/** A cell's text as the format wants it: control characters as _xHHHH_, and what only looks like that kept apart. */
export function escapeCellText(text: string): string {
  const marked = text.replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those that XML cannot hold
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
  return escapeXml(
    marked.replace(control, (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`),
  )
}
