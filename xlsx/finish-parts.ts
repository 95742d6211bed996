/**
 * What the library cannot be asked for, put right in the finished file: how large the boxes of notes are, and that
 * the names behind filters are hidden.
 */
import { packParts, unpackParts } from './archive.ts'

/** By this name other programs than Excel find a sheet's filter (LibreOffice, measured). */
export const FILTER_NAME = '_xlnm._FilterDatabase'

/** Left column, its offset in pixels, top row, offset, right column, offset, bottom row, offset. */
const ANCHOR = /<x:Anchor>(\d+),15,(\d+),2,\d+,31,\d+,4<\/x:Anchor>/g

/** The same workbook, finished. Costs a second packing, so only where there are notes or filters. */
export function finishParts(bytes: Uint8Array): Uint8Array {
  const parts = unpackParts(bytes)
  for (const [name, part] of parts) {
    const finish = name === 'xl/workbook.xml' ? hideFilterNames : /\.vml$/.test(name) ? fitNotes : undefined
    if (finish) parts.set(name, new TextEncoder().encode(finish(new TextDecoder().decode(part))))
  }
  return packParts(parts, 'deflated')
}

function hideFilterNames(workbook: string): string {
  return workbook.replaceAll(`name="${FILTER_NAME}"`, `name="${FILTER_NAME}" hidden="1"`)
}

/**
 * A box ends one column and one row further on, which is room for two lines; the library's own of two columns and
 * four rows cover half the screen in a table of wrapped texts.
 */
function fitNotes(drawing: string): string {
  return drawing.replace(ANCHOR, (_, column, row) => {
    const [right, bottom] = [Number(column) + 1, Number(row) + 1]
    return `<x:Anchor>${column},15,${row},2,${right},60,${bottom},12</x:Anchor>`
  })
}
