/**
 * Row heights for wrapped text. Excel does not fit rows to merged cells, and programs differ in
 * fonts, so heights are computed here, on the generous side: cut text is worse than white space.
 */

/** Excel's largest row height, in points. */
export const MAX_ROW_HEIGHT = 409

/** Size of the default font that column widths are counted in, in points. */
const DEFAULT_SIZE = 11
/** Part of a cell's width that its padding and gridlines take, in the same unit. */
const PADDING = 1
/** Line pitch by font size; the fonts that stand in for 宋体 elsewhere are taller than it. */
const LINE = 1.4

/** Lines that the text takes when wrapped in a cell of `width` characters of the default font. */
export function countLines(text: string, width: number, fontSize: number): number {
  const room = Math.max(1, width - PADDING)
  // Widths of 10 pt letters in 11 pt units: not scaled down fully, since programs round up to pixels.
  const scale = fontSize <= DEFAULT_SIZE ? 1 : fontSize / DEFAULT_SIZE
  let lines = 0
  for (const paragraph of text.split(/\r\n?|\n/)) lines += countParagraph(paragraph, room, scale)
  return lines
}

/** Words of Latin letters and digits do not break; han characters break anywhere, but punctuation does not start a line. */
function countParagraph(paragraph: string, room: number, scale: number): number {
  let lines = 1
  let used = 0
  for (const [piece] of paragraph.matchAll(/[\x21-\x7e]+|./gu)) {
    const width = unitsOf(piece) * scale
    if (used > 0 && used + width > room) {
      lines++
      used = /^[，。；：、！？）》”’]/.test(piece) ? 2 * scale : 0
    }
    used += width
    if (used > room) {
      lines += Math.ceil(used / room) - 1
      used = used % room
    }
  }
  return lines
}

function unitsOf(piece: string): number {
  let units = 0
  for (const char of piece) units += char.codePointAt(0)! < 0x250 ? 1.1 : 2
  return units
}

/** Height in points of a row whose cells need at most `lines` lines. */
export function heightOfLines(lines: number, fontSize: number): number {
  return Math.min(MAX_ROW_HEIGHT, Math.ceil(lines * fontSize * LINE + 4))
}

/** Lines of a font size that fit into the largest row. */
export function maxLines(fontSize: number): number {
  return Math.floor((MAX_ROW_HEIGHT - 4) / (fontSize * LINE))
}
