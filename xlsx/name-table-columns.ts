/**
 * An Excel Table keeps the texts of its header row a second time, as names of its columns; where the two differ, Excel
 * takes the file for damaged.
 */
import type { Parts } from './archive.ts'
import { readRelations } from './package.ts'
import type { CellTexts } from './patch-sheet.ts'
import { columnNumber } from './shift-formula.ts'
import { attributeOf, decodePart, encodePart, withAttribute } from './xml-text.ts'

/** Gives the columns of a sheet's tables the names that were written into their header cells. */
export function nameTableColumns(parts: Parts, sheet: string, texts: CellTexts): void {
  for (const { type, target } of readRelations(parts, sheet)) {
    const part = type.endsWith('/table') ? parts.get(target) : undefined
    if (!part) continue
    const xml = decodePart(part)
    const table = /<(?:\w+:)?table\s[^>]*>/.exec(xml)?.[0] ?? ''
    const first = /^\$?([A-Z]+)\$?(\d+)/.exec(attributeOf(table, 'ref') ?? '')
    const written = first && texts.get(Number(first[2]) - 1)
    if (!first || !written || attributeOf(table, 'headerRowCount') === '0') continue
    let column = columnNumber(first[1] as string)
    const named = xml.replace(/<(?:\w+:)?tableColumn\s[^>]*>/g, (tag) => {
      const name = written.get(column++)
      return name ? withAttribute(tag, 'name', name.replaceAll('\n', '_x000a_')) : tag
    })
    parts.set(target, encodePart(named))
  }
}
