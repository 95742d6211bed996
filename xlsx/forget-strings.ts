/**
 * The texts of a workbook stand in one list that cells point into. A text that was overwritten must not live on there:
 * what a person deletes from the sheet is not in the saved file.
 */
import type { Parts } from './archive.ts'
import { findWorkbookPart, listSheetParts, readRelations } from './package.ts'
import { readSharedStrings } from './patch-sheet.ts'
import { childrenOf, decodePart, encodePart, findElement } from './xml-text.ts'

/** Empties those of the replaced texts that no sheet shows any more; their places stay, for the others' numbers. */
export function forgetStrings(parts: Parts, replaced: Set<number>): void {
  const workbook = findWorkbookPart(parts)
  const path = readRelations(parts, workbook).find(({ type }) => type.endsWith('/sharedStrings'))?.target
  const xml = decodePart(path === undefined ? undefined : parts.get(path))
  const list = findElement(xml, 'sst')
  if (path === undefined || !list || replaced.size === 0) return
  const gone = new Set(replaced)
  for (const sheet of listSheetParts(parts)) {
    for (const used of readSharedStrings(decodePart(parts.get(sheet.path)))) gone.delete(used)
  }
  const items = childrenOf(list.inner, 'si').map((item, index) =>
    gone.has(index) ? item.replace(/^<((?:\w+:)?)si[\s\S]*$/, '<$1si><$1t/></$1si>') : item,
  )
  const open = xml.slice(0, list.start) + list.tag
  const close = /^<([\w:]+)/.exec(list.tag)?.[1]
  parts.set(path, encodePart(`${open}${items.join('')}</${close}>${xml.slice(list.end)}`))
}
