/** How the parts of a workbook hang together: which sheet is which part, by relations and content types. */
import type { Parts } from './archive.ts'
import { attributeOf, decodePart, encodePart, escapeXml, findElement, rootPrefix } from './xml-text.ts'

const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const CONTENT_TYPES = '[Content_Types].xml'

export type Relation = { id: string; type: string; target: string }
export type SheetPart = { name: string; path: string }

/** Path of the workbook part. */
export function findWorkbookPart(parts: Parts): string {
  const found = readRelations(parts, '').find(({ type }) => type.endsWith('/officeDocument'))
  return found && parts.has(found.target) ? found.target : 'xl/workbook.xml'
}

/** The sheets in the order of their tabs. */
export function listSheetParts(parts: Parts): SheetPart[] {
  const workbook = findWorkbookPart(parts)
  const targets = new Map(readRelations(parts, workbook).map(({ id, target }) => [id, target]))
  return sheetTags(decodePart(parts.get(workbook))).map((tag) => ({
    name: attributeOf(tag, 'name') ?? '',
    path: targets.get(relationIdOf(tag)) ?? '',
  }))
}

/** The tags that list the sheets in the workbook part. */
export function sheetTags(workbookXml: string): string[] {
  return findElement(workbookXml, 'sheets')?.inner.match(/<(?:\w+:)?sheet\s[^>]*>/g) ?? []
}

/** The only attribute named id with a prefix; sheetId is another one. */
function relationIdOf(tag: string): string {
  return /\s\w+:id\s*=\s*["']([^"']*)["']/.exec(tag)?.[1] ?? ''
}

/** The relations of a part, targets as paths of parts; '' stands for the package itself. Links out of the file are left out. */
export function readRelations(parts: Parts, path: string): Relation[] {
  const xml = decodePart(parts.get(relationsPath(path)))
  return (xml.match(/<(?:\w+:)?Relationship\s[^>]*>/g) ?? [])
    .filter((tag) => attributeOf(tag, 'TargetMode') !== 'External')
    .map((tag) => ({
      id: attributeOf(tag, 'Id') ?? '',
      type: attributeOf(tag, 'Type') ?? '',
      target: resolvePath(path, attributeOf(tag, 'Target') ?? ''),
    }))
}

export function relationsPath(path: string): string {
  const slash = path.lastIndexOf('/') + 1
  return `${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`
}

/** Adds a relation to a part and returns its id. */
export function addRelation(parts: Parts, from: string, type: string, target: string): string {
  const path = relationsPath(from)
  const xml = decodePart(parts.get(path)) || `<Relationships xmlns="${RELATIONS}"></Relationships>`
  const ids = new Set((xml.match(/<(?:\w+:)?Relationship\s[^>]*>/g) ?? []).map((tag) => attributeOf(tag, 'Id')))
  let number = ids.size + 1
  while (ids.has(`rId${number}`)) number++
  const tag = `<${rootPrefix(xml)}Relationship Id="rId${number}" Type="${type}" Target="/${escapeXml(target)}"/>`
  parts.set(path, encodePart(appendChild(xml, tag)))
  return `rId${number}`
}

/** Content type of a part; undefined where none is declared. */
export function contentTypeOf(parts: Parts, path: string): string | undefined {
  const xml = decodePart(parts.get(CONTENT_TYPES))
  const tags = xml.match(/<(?:\w+:)?(?:Override|Default)\s[^>]*>/g) ?? []
  const own = tags.find((tag) => attributeOf(tag, 'PartName') === `/${path}`)
  const shared = tags.find(
    (tag) => attributeOf(tag, 'Extension')?.toLowerCase() === path.split('.').at(-1)?.toLowerCase(),
  )
  const found = own ?? shared
  return found && attributeOf(found, 'ContentType')
}

export function declareContentType(parts: Parts, path: string, type: string): void {
  if (contentTypeOf(parts, path) === type) return
  const xml = decodePart(parts.get(CONTENT_TYPES))
  const tag = `<${rootPrefix(xml)}Override PartName="/${escapeXml(path)}" ContentType="${type}"/>`
  parts.set(CONTENT_TYPES, encodePart(appendChild(xml, tag)))
}

/** Takes a part out with everything that names it. */
export function removePart(parts: Parts, path: string, from: string): void {
  parts.delete(path)
  const types = decodePart(parts.get(CONTENT_TYPES))
  const isOverride = (tag: string) => attributeOf(tag, 'PartName') === `/${path}`
  parts.set(
    CONTENT_TYPES,
    encodePart(types.replace(/<(?:\w+:)?Override\s[^>]*>/g, (tag) => (isOverride(tag) ? '' : tag))),
  )
  const relations = decodePart(parts.get(relationsPath(from)))
  const isRelation = (tag: string) => resolvePath(from, attributeOf(tag, 'Target') ?? '') === path
  const kept = relations.replace(/<(?:\w+:)?Relationship\s[^>]*>/g, (tag) => (isRelation(tag) ? '' : tag))
  parts.set(relationsPath(from), encodePart(kept))
}

/** The first of a numbered family of paths that no part has. */
export function freePath(parts: Parts, pathOf: (number: number) => string): string {
  let number = 1
  while (parts.has(pathOf(number))) number++
  return pathOf(number)
}

/** The XML with one more child at the end of its root element. */
function appendChild(xml: string, child: string): string {
  const opened = xml.replace(/<((?:\w+:)?(?:Relationships|Types))([^>]*)\/>\s*$/, '<$1$2></$1>')
  const close = opened.lastIndexOf('</')
  return opened.slice(0, close) + child + opened.slice(close)
}

function resolvePath(from: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const steps = from.split('/').slice(0, -1)
  for (const step of target.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.join('/')
}
