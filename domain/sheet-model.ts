/**
 * SheetModel: what the domain asks a host or `xlsx/` to draw. Cells are texts only, so nothing can
 * run as a formula. Styles are named here once, so a file and a live sheet look the same.
 */
import type { Area } from './grid.ts'

export type StyleName =
  | 'attachment'
  | 'title'
  | 'header'
  | 'text'
  | 'center'
  | 'readonly'
  | 'readonlyCenter'
  | 'note'
  | 'warning'
  | 'warningCenter'
  | 'bad'
  | 'badCenter'
  | 'slipTitle'
  | 'key'
  | 'keyGroups'
  | 'cut'

export type CellStyle = {
  font: { name: string; size: number; bold?: boolean; color?: string }
  /** RRGGBB, as all colors here. */
  fill?: string
  border?: boolean
  horizontal: 'left' | 'center' | 'right'
  /** Levels of indent from the left border. */
  indent?: number
  vertical: 'top' | 'center'
  wrap: boolean
}

export type CellModel = { text: string; style?: StyleName }

export type NoteModel = { row: number; column: number; text: string }

export type SheetModel = {
  name: string
  visibility: 'visible' | 'hidden'
  /** Row by row from A1; covered cells of a merge are given with '' so that they get their borders. */
  cells: CellModel[][]
  merges: Area[]
  /** Widths in characters of the default font. */
  columnWidths: number[]
  /** Heights in points; undefined leaves the row to the program. */
  rowHeights: (number | undefined)[]
  hiddenColumns: number[]
  /** Rows and columns that stay in view. */
  frozen?: { rows: number; columns: number }
  /**
   * Rows under their header row, which gets the filter buttons. Hidden columns are in it: what a filter sorts
   * must not leave a row's id behind.
   */
  filter?: Area
  /** 批注: remarks on cells. A program that has no way to write them leaves them out. */
  notes?: NoteModel[]
  print?: {
    paper: 'A3' | 'A4'
    orientation: 'landscape' | 'portrait'
    /** First and last row repeated on every page, zero-based. */
    repeatRows?: [number, number]
    /** Last printed column, zero-based; hidden columns behind it stay off the paper. */
    lastColumn: number
    lastRow: number
    /** What stands at the foot of every page beside its number. */
    footer?: string
    /** Rows after which a page ends. Given, the sheet is not scaled to the page: programs pass over breaks then. */
    breaks?: number[]
  }
}

const SONG = '宋体'
const HEI = '黑体'
/** Tells 0 from O and 1 from l and I, and comes with Windows. */
const MONO = 'Consolas'

export const STYLES: Record<StyleName, CellStyle> = {
  attachment: { font: { name: HEI, size: 14 }, horizontal: 'left', vertical: 'center', wrap: false },
  title: { font: { name: '方正小标宋简体', size: 20 }, horizontal: 'center', vertical: 'center', wrap: true },
  header: { font: { name: HEI, size: 11 }, border: true, horizontal: 'center', vertical: 'center', wrap: true },
  text: { font: { name: SONG, size: 10 }, border: true, horizontal: 'left', indent: 1, vertical: 'center', wrap: true },
  center: { font: { name: SONG, size: 10 }, border: true, horizontal: 'center', vertical: 'center', wrap: true },
  readonly: {
    font: { name: SONG, size: 10 },
    fill: 'F2F2F2',
    border: true,
    horizontal: 'left',
    indent: 1,
    vertical: 'center',
    wrap: true,
  },
  readonlyCenter: {
    font: { name: SONG, size: 10 },
    fill: 'F2F2F2',
    border: true,
    horizontal: 'center',
    vertical: 'center',
    wrap: true,
  },
  note: { font: { name: SONG, size: 10, color: '595959' }, horizontal: 'left', vertical: 'center', wrap: false },
  warning: {
    font: { name: SONG, size: 10 },
    fill: 'FFF2CC',
    border: true,
    horizontal: 'left',
    indent: 1,
    vertical: 'center',
    wrap: true,
  },
  warningCenter: {
    font: { name: SONG, size: 10 },
    fill: 'FFF2CC',
    border: true,
    horizontal: 'center',
    vertical: 'center',
    wrap: true,
  },
  bad: {
    font: { name: SONG, size: 10, color: '9C0006' },
    fill: 'FFC7CE',
    border: true,
    horizontal: 'left',
    indent: 1,
    vertical: 'center',
    wrap: true,
  },
  badCenter: {
    font: { name: SONG, size: 10, color: '9C0006' },
    fill: 'FFC7CE',
    border: true,
    horizontal: 'center',
    vertical: 'center',
    wrap: true,
  },
  slipTitle: { font: { name: HEI, size: 13 }, border: true, horizontal: 'center', vertical: 'center', wrap: false },
  key: {
    font: { name: MONO, size: 12, bold: true },
    border: true,
    horizontal: 'center',
    vertical: 'center',
    wrap: true,
  },
  keyGroups: { font: { name: MONO, size: 10 }, border: true, horizontal: 'center', vertical: 'center', wrap: true },
  cut: { font: { name: SONG, size: 8, color: '595959' }, horizontal: 'center', vertical: 'center', wrap: false },
}
