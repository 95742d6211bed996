// Enough XML for a manifest: elements, attributes and texts; throws on tags that do not match.

export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  text: string
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const decode = (text: string): string => text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)

export function parseXml(xml: string): XmlElement {
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  for (const [, close, name, attributes = '', empty, text] of xml
    .replace(/<\?.*?\?>|<!--[\s\S]*?-->/g, '')
    .matchAll(/<(\/?)([\w:]+)((?:\s+[\w:]+="[^"]*")*)\s*(\/?)>|([^<]+)/g)) {
    const parent = open.at(-1) as XmlElement
    if (text !== undefined) parent.text += decode(text)
    else if (close) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes <${parent.name}>`)
    } else {
      const pairs = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key, value]) => [
        key,
        decode(value as string),
      ])
      const element: XmlElement = {
        name: name as string,
        attributes: Object.fromEntries(pairs),
        children: [],
        text: '',
      }
      parent.children.push(element)
      if (!empty) open.push(element)
    }
  }
  const [root] = top.children
  if (!root || open.length !== 1) throw new Error('the document is not closed')
  return root
}

/** The element and everything below it. */
export function elements(root: XmlElement): XmlElement[] {
  return [root, ...root.children.flatMap(elements)]
}

export function attributesOf(element: XmlElement): Record<string, string> {
  return element.attributes
}

export function textOf(root: XmlElement, name: string): string {
  return root.children.find((child) => child.name === name)?.text.trim() ?? ''
}
