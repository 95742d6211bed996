/**
 * Row heights for wrapped text. Excel does not fit rows to merged cells, and programs differ in
 * fonts, so heights are computed here, such that no program cuts a text: cut text is worse than
 * white space.
 */

/** Excel's largest row height, in points. */
export const MAX_ROW_HEIGHT = 409

/**
 * What one unit of column width, a line and a letter measure: `unit` in points, the others by font
 * size. Where 宋体 is there (Excel, WPS), columns are narrow and lines low; where others stand in for
 * it (LibreOffice on Linux, measured), both are larger.
 */
type Face = { unit: number; line: number; letter: number }
const SONG: Face = { unit: 5.95, line: 1.25, letter: 0.52 }
const STAND_IN: Face = { unit: 6.9, line: 1.45, letter: 0.64 }
/** The worst of both, for whoever counts lines without knowing the program. */
const WORST: Face = { unit: SONG.unit, line: STAND_IN.line, letter: STAND_IN.letter }
/** What one level of indent takes at most, in points. */
const INDENT = 10.5
/** Room above and below the text, in points. */
const MARGIN = 6

/** Height in points that a text needs when wrapped in a cell of `width` characters of the default font; may exceed the largest row. */
export function heightOfText(text: string, width: number, fontSize: number, indent = 0): number {
  const heights = [SONG, STAND_IN].map((face) => linesIn(face, text, width, fontSize, indent) * face.line * fontSize)
  return Math.ceil(Math.max(...heights) + MARGIN)
}

/** Lines that the text takes at most when wrapped in a cell of `width` characters of the default font. */
export function countLines(text: string, width: number, fontSize: number): number {
  return linesIn(WORST, text, width, fontSize, 0)
}

function linesIn(face: Face, text: string, width: number, fontSize: number, indent: number): number {
  const room = Math.max(fontSize, width * face.unit - indent * INDENT) / fontSize
  let lines = 0
  for (const paragraph of text.split(/\r\n?|\n/)) lines += countParagraph(paragraph, room, face.letter)
  return lines
}

/**
 * Words of Latin letters and digits do not break; han characters break anywhere, but punctuation does
 * not start a line: what stands before it goes with it. `room` and `letter` in han characters.
 */
function countParagraph(paragraph: string, room: number, letter: number): number {
  let lines = 1
  let used = 0
  let last = 0
  for (const [piece] of paragraph.matchAll(/[\x21-\x7e]+|./gu)) {
    const width = widthOf(piece, letter)
    if (used > 0 && used + width > room) {
      lines++
      used = /^[，。；：、！？）》”’]/.test(piece) && last + width <= room ? last : 0
    }
    used += width
    last = width
    if (used > room) {
      lines += Math.ceil(used / room) - 1
      used = used % room
    }
  }
  return lines
}

function widthOf(piece: string, letter: number): number {
  let width = 0
  for (const char of piece) width += char === '%' || char.codePointAt(0)! >= 0x250 ? 1 : letter
  return width
}

/** Height in points of a row whose cells need at most `lines` lines. */
export function heightOfLines(lines: number, fontSize: number): number {
  return Math.min(MAX_ROW_HEIGHT, Math.ceil(lines * fontSize * WORST.line + MARGIN))
}

/** Lines of a font size that fit into the largest row. */
export function maxLines(fontSize: number): number {
  return Math.floor((MAX_ROW_HEIGHT - MARGIN) / (fontSize * WORST.line))
}
