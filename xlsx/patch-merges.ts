/** Merged areas in the XML of a sheet, in place of those that it had. */
import { type Area, cellAddress } from '../domain/grid.ts'
import { findElement, rootPrefix } from './xml-text.ts'

/** The cells, and what may stand between them and the merged areas. */
const BEFORE = [
  'sheetData',
  'sheetCalcPr',
  'sheetProtection',
  'protectedRanges',
  'scenarios',
  'autoFilter',
  'sortState',
  'dataConsolidate',
  'customSheetViews',
]

/** The sheet with these merged areas and no others. */
export function patchMerges(xml: string, merges: readonly Area[]): string {
  const prefix = rootPrefix(xml)
  const areas = merges.map(({ row, column, rows, columns }) => {
    const last = cellAddress(row + rows - 1, column + columns - 1)
    return `<${prefix}mergeCell ref="${cellAddress(row, column)}:${last}"/>`
  })
  const drawn =
    areas.length === 0 ? '' : `<${prefix}mergeCells count="${areas.length}">${areas.join('')}</${prefix}mergeCells>`
  const found = findElement(xml, 'mergeCells')
  if (found) return xml.slice(0, found.start) + drawn + xml.slice(found.end)
  // Behind the last of them to end: the order of a sort stands inside its filter, or beside it.
  const end = Math.max(...BEFORE.map((name) => findElement(xml, name)?.end ?? -1))
  if (end < 0) throw new Error('a sheet without sheetData')
  return xml.slice(0, end) + drawn + xml.slice(end)
}
