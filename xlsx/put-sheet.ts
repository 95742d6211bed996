/**
 * A sheet that we draw, put into the parts of a workbook: new behind its tabs, or in place of ours of that name. All
 * other parts stay, but for the lists that must name it.
 */
import type { SheetModel } from '../domain/sheet-model.ts'
import { appendStyles } from './append-styles.ts'
import { type Parts, unpackParts } from './archive.ts'
import {
  addRelation,
  contentTypeOf,
  declareContentType,
  findWorkbookPart,
  freePath,
  listSheetParts,
  readRelations,
  relationsPath,
  sheetTags,
} from './package.ts'
import { writeWorkbook } from './write.ts'
import {
  attributeOf,
  childrenOf,
  decodePart,
  encodePart,
  escapeXml,
  findElement,
  rootPrefix,
  withAttribute,
  withoutAttribute,
} from './xml-text.ts'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const STRICT_OFFICE = 'http://purl.oclc.org/ooxml/officeDocument/relationships'
const STRICT_MAIN = 'http://purl.oclc.org/ooxml/spreadsheetml/main'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Puts the sheet into the parts, which are changed in place. */
export async function putSheet(parts: Parts, model: SheetModel): Promise<void> {
  const drawn = unpackParts(await writeWorkbook([model], { title: '', created: '1980-01-01T00:00:00Z' }))
  const workbook = findWorkbookPart(parts)
  const isStrict = decodePart(parts.get(workbook)).includes(STRICT_MAIN)
  const ours = (xml: string) => (isStrict ? xml.replaceAll(OFFICE, STRICT_OFFICE).replaceAll(MAIN, STRICT_MAIN) : xml)

  const known = listSheetParts(parts).find(({ name }) => name === model.name)
  const path = known?.path ?? freePath(parts, (number) => `xl/worksheets/sheet${number}.xml`)
  const styles = putStyles(parts, workbook, ours(decodePart(drawn.get('xl/styles.xml'))), isStrict)
  const sheet = renumber(
    inlineStrings(decodePart(drawn.get('xl/worksheets/sheet1.xml')), decodePart(drawn.get('xl/sharedStrings.xml'))),
    styles,
  )
  parts.set(path, encodePart(ours(sheet)))
  declareContentType(parts, path, `${TYPES}.worksheet+xml`)
  putRelated(parts, drawn, path, ours)
  const id = known ? undefined : addRelation(parts, workbook, `${isStrict ? STRICT_OFFICE : OFFICE}/worksheet`, path)
  const xml = decodePart(parts.get(workbook))
  const listed = listSheet(xml, model, id, isStrict ? STRICT_OFFICE : OFFICE)
  parts.set(workbook, encodePart(nameRanges(listed, model.name, decodePart(drawn.get('xl/workbook.xml')))))
}

function putStyles(parts: Parts, workbook: string, drawn: string, isStrict: boolean) {
  const path = readRelations(parts, workbook).find(({ type }) => type.endsWith('/styles'))?.target
  if (path === undefined) {
    // A file without formats gets ours.
    parts.set('xl/styles.xml', encodePart(drawn))
    addRelation(parts, workbook, `${isStrict ? STRICT_OFFICE : OFFICE}/styles`, 'xl/styles.xml')
    declareContentType(parts, 'xl/styles.xml', `${TYPES}.styles+xml`)
    return undefined
  }
  const appended = appendStyles(decodePart(parts.get(path)), drawn)
  parts.set(path, encodePart(appended.xml))
  return appended
}

/** Texts in the cells themselves: the workbook's list of texts stays as it is. */
function inlineStrings(sheet: string, sharedStrings: string): string {
  const items = childrenOf(findElement(sharedStrings, 'sst')?.inner ?? '', 'si').map((item) =>
    item.replace(/^<si>|<\/si>$/g, ''),
  )
  return sheet.replace(
    /<c ([^>]*?)t="s"([^>]*)><v>(\d+)<\/v><\/c>/g,
    (_, before, after, index) => `<c ${before}t="inlineStr"${after}><is>${items[Number(index)] ?? ''}</is></c>`,
  )
}

function renumber(sheet: string, styles: { cells: string[]; conditional: string[] } | undefined): string {
  if (!styles) return sheet
  return sheet
    .replace(/<c [^>]*>/g, (tag) => {
      const style = attributeOf(tag, 's')
      return style === undefined ? tag : withAttribute(tag, 's', styles.cells[Number(style)] ?? '0')
    })
    .replace(/<cfRule [^>]*>/g, (tag) => {
      const format = attributeOf(tag, 'dxfId')
      return format === undefined ? tag : withAttribute(tag, 'dxfId', styles.conditional[Number(format)] ?? '0')
    })
}

/** Notes and what else hangs on the drawn sheet, under names that are free. */
function putRelated(parts: Parts, drawn: Parts, path: string, ours: (xml: string) => string): void {
  const source = 'xl/worksheets/sheet1.xml'
  const relations = decodePart(drawn.get(relationsPath(source)))
  parts.delete(relationsPath(path))
  if (relations === '') return
  let xml = relations
  for (const { id, target } of readRelations(drawn, source)) {
    const bytes = drawn.get(target)
    if (!bytes) continue
    const [, stem = '', ending = ''] = /^(.*?)\d*(\.\w+)$/.exec(target) ?? []
    const free = freePath(parts, (number) => `${stem}${number}${ending}`)
    parts.set(free, encodePart(ours(decodePart(bytes))))
    declareContentType(parts, free, contentTypeOf(drawn, target) ?? 'application/xml')
    xml = xml.replace(/<Relationship\s[^>]*>/g, (tag) =>
      attributeOf(tag, 'Id') === id ? withAttribute(tag, 'Target', `/${free}`) : tag,
    )
  }
  parts.set(relationsPath(path), encodePart(ours(xml)))
}

/** The workbook part with the sheet in its list: `id` is the relation of a new one. */
function listSheet(xml: string, { name, visibility }: SheetModel, id: string | undefined, namespace: string): string {
  const state = (tag: string) =>
    visibility === 'hidden' ? withAttribute(tag, 'state', 'hidden') : withoutAttribute(tag, 'state')
  const list = findElement(xml, 'sheets')
  if (!list) throw new Error('a workbook without sheets')
  if (id === undefined) {
    return xml.replace(/<(?:\w+:)?sheet\s[^>]*>/g, (tag) => (attributeOf(tag, 'name') === name ? state(tag) : tag))
  }
  const numbers = sheetTags(xml).map((tag) => Number(attributeOf(tag, 'sheetId')))
  const number = Math.max(0, ...numbers) + 1
  const tag = state(
    `<${rootPrefix(xml)}sheet xmlns:r="${namespace}" name="${escapeXml(name)}" sheetId="${number}" r:id="${id}"/>`,
  )
  const close = xml.lastIndexOf('</', list.end - 3)
  return xml.slice(0, close) + tag + xml.slice(close)
}

/** Print areas and titles of the drawn sheet, in place of earlier ones of it. */
function nameRanges(xml: string, name: string, drawn: string): string {
  const index = String(sheetTags(xml).findIndex((tag) => attributeOf(tag, 'name') === name))
  const prefix = rootPrefix(xml)
  const added = childrenOf(findElement(drawn, 'definedNames')?.inner ?? '', 'definedName').map((element) =>
    element.replace(/^<[^>]*>/, (tag) => withAttribute(tag, 'localSheetId', index)).replace(/<(\/?)/g, `<$1${prefix}`),
  )
  const found = findElement(xml, 'definedNames')
  const kept = childrenOf(found?.inner ?? '', 'definedName').filter((element) => {
    const tag = /^[^>]*>/.exec(element)?.[0] ?? ''
    return attributeOf(tag, 'localSheetId') !== index || !attributeOf(tag, 'name')?.startsWith('_xlnm.')
  })
  const names = [...kept, ...added].join('')
  const drawnNames = names && `<${prefix}definedNames>${names}</${prefix}definedNames>`
  if (found) return xml.slice(0, found.start) + drawnNames + xml.slice(found.end)
  // The format wants them behind the sheets and what links functions and other workbooks in.
  const before = ['externalReferences', 'functionGroups', 'sheets'].map((part) => findElement(xml, part)).find(Boolean)
  return before ? xml.slice(0, before.end) + drawnNames + xml.slice(before.end) : xml
}
