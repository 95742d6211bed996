/** Merged areas in the XML of a sheet, in place of those that it had. */
import { type Area, cellAddress } from '../domain/grid.ts'
import { findElement, rootPrefix } from './xml-text.ts'

/** What may stand between the cells and the merged areas, in the order of the format. */
const BEFORE = ['customSheetViews', 'dataConsolidate', 'sortState', 'autoFilter', 'scenarios', 'protectedRanges']
const ALWAYS_BEFORE = ['sheetProtection', 'sheetCalcPr', 'sheetData']

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
  const at = [...BEFORE, ...ALWAYS_BEFORE].map((name) => findElement(xml, name)).find(Boolean)
  if (!at) throw new Error('a sheet without sheetData')
  return xml.slice(0, at.end) + drawn + xml.slice(at.end)
}
