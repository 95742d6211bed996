/**
 * 标记: how findings are painted into a workbook without touching anybody's formats. One conditional format a
 * kind of mark lies over the table and looks its cells up in a list on the hidden sheet `_ledger`; painting
 * again and clearing write that list. The rules read the ids that the rows carry, so marks follow rows that are
 * sorted or moved, whoever opens the workbook.
 */
import { type Area, columnName, type Grid, textAt } from './grid.ts'
import type { Layout } from './layout.ts'

/** The kinds from the one that wins on; `readonly`: cells that are not this person's to fill in. */
export const MARK_KINDS = ['error', 'warning', 'ask', 'hint', 'readonly'] as const
export type MarkKind = (typeof MARK_KINDS)[number]

export type MarkedCell = { row: number; column: number; kind: MarkKind }

/** RRGGBB. Each kind has a letter style of its own, so that none is told by its colour alone. */
export type MarkStyle = { fill: string; color: string; bold?: true; italic?: true; underline?: true }

export const MARK_STYLES: Record<MarkKind, MarkStyle> = {
  error: { fill: 'FFC7CE', color: '9C0006', bold: true },
  warning: { fill: 'FFE699', color: '5F3B00', underline: true },
  ask: { fill: 'DDEBF7', color: '1F3864', italic: true },
  hint: { fill: 'E2EFDA', color: '274E13' },
  readonly: { fill: 'EDEDED', color: '595959' },
}

/** The list's name in the workbook. Rules ask by it: no program takes a reference to another sheet amiss then. */
export const MARKS_NAME = 'ledger_marks'
/** Where the list stands on `_ledger`, beside what `ledgerSheet` writes. */
export const MARKS_COLUMN = 3

/** A line of the list: what is looked up, and what is found there. */
export type MarkLine = [key: string, value: string]
export type MarkRule = { kind: MarkKind; formula: string; style: MarkStyle }

/**
 * `area`: the table's body, over which the rules lie. `lines`: those of the sheet, the first telling the time.
 * `left`: how many cells found no room on the list, the least grave ones.
 */
export type Painting = { sheet: string; area: Area; rules: MarkRule[]; lines: MarkLine[]; left: number }

/** Hosts read sheets of so many rows and a few more; a longer `_ledger` could not be read again. */
const MOST_LINES = 4500

/** What is to be painted on a sheet. A cell with several kinds shows the gravest; `at`: ISO 8601. */
export function planPainting(grid: Grid, layout: Layout, cells: readonly MarkedCell[], at: string): Painting {
  const area = bodyOf(layout)
  const lines = linesOf(grid, layout, area, cells)
  const left = lines.slice(MOST_LINES)
  return {
    sheet: grid.name,
    area,
    rules: MARK_KINDS.map((kind) => ({
      kind,
      formula: ruleFormula(grid.name, kind, area.column, layout.carrierColumn),
      style: MARK_STYLES[kind],
    })),
    lines: [[`${grid.name}!${TIME}`, at], ...lines.slice(0, MOST_LINES)],
    left: left.reduce((sum, [, columns]) => sum + columns.split(',').length - 2, 0),
  }
}

const TIME = 'at'

/** The sheets that are marked, since when, and whether others' cells are shaded, from what stands on `_ledger`. */
export function readMarkedSheets(ledger: Grid): Map<string, { at: string; shades: boolean }> {
  const lines = readMarkLines(ledger)
  return new Map(
    lines.flatMap(([key, at]): [string, { at: string; shades: boolean }][] => {
      if (!key.endsWith(`!${TIME}`)) return []
      const sheet = key.slice(0, -TIME.length - 1)
      return [[sheet, { at, shades: lines.some(([other]) => other.startsWith(`${sheet}!readonly|`)) }]]
    }),
  )
}

/** The list as it stands on `_ledger`, of every sheet. */
export function readMarkLines(ledger: Grid): MarkLine[] {
  return ledger.texts.flatMap((_, row): MarkLine[] => {
    const key = textAt(ledger, row, MARKS_COLUMN)
    return key === '' ? [] : [[key, textAt(ledger, row, MARKS_COLUMN + 1)]]
  })
}

/** Whether a line is about the sheet. */
export function isLineOf([key]: MarkLine, sheet: string): boolean {
  return key.startsWith(`${sheet}!`)
}

/** Every column from the table's first to its last, without rows that are not the table's below it. */
function bodyOf({ columns, widths, firstRow, lastRow }: Layout): Area {
  const ends = Object.entries(columns).map(([key, column]) => column + (widths?.[key] ?? 1))
  const column = Math.min(...Object.values(columns))
  return { row: firstRow, column, rows: lastRow - firstRow + 1, columns: Math.max(...ends) - column }
}

/**
 * One line a row and kind, with the marked columns counted from the table's first: ",2,5,". A text merged down
 * stands, and is marked, in its first cell.
 */
function linesOf(grid: Grid, { carrierColumn }: Layout, area: Area, cells: readonly MarkedCell[]): MarkLine[] {
  const kinds = new Map<string, MarkedCell>()
  for (const { kind, ...place } of cells) {
    const { row, column } = firstCell(grid, place.row, place.column)
    if (row < area.row || row >= area.row + area.rows) continue
    if (column < area.column || column >= area.column + area.columns) continue
    const known = kinds.get(`${row}:${column}`)
    if (known && rank(known.kind) <= rank(kind)) continue
    kinds.set(`${row}:${column}`, { row, column, kind })
  }
  const lines = new Map<string, Set<number>>()
  for (const { row, column, kind } of [...kinds.values()].sort((a, b) => rank(a.kind) - rank(b.kind))) {
    const key = `${grid.name}!${kind}|${rowKey(grid, row, carrierColumn)}`
    lines.set(key, (lines.get(key) ?? new Set()).add(column - area.column))
  }
  return [...lines].map(([key, columns]) => [key, `,${[...columns].sort((a, b) => a - b).join(',')},`])
}

function rank(kind: MarkKind): number {
  return MARK_KINDS.indexOf(kind)
}

function firstCell(grid: Grid, row: number, column: number): { row: number; column: number } {
  const merge = grid.merges.find(
    (area) =>
      row >= area.row && row < area.row + area.rows && column >= area.column && column < area.column + area.columns,
  )
  return merge ?? { row, column }
}

/** As the formula makes it: what stands before the @ in the carrier cell; a row that carries no id goes by its place. */
function rowKey(grid: Grid, row: number, carrierColumn: number | undefined): string {
  const carrier = carrierColumn === undefined ? '' : textAt(grid, row, carrierColumn)
  const at = carrier.indexOf('@')
  return carrier === '' ? `#${row + 1}` : carrier.slice(0, at < 0 ? undefined : at)
}

/**
 * True in a cell whose column is found in the line of its row. Only absolute references: what a relative one
 * counts from differs between programs. ROW and COLUMN without argument are the cell's own, and nothing here
 * is volatile.
 */
function ruleFormula(sheet: string, kind: MarkKind, firstColumn: number, carrierColumn: number | undefined): string {
  const own = carrierColumn === undefined ? undefined : `INDEX(${wholeColumn(carrierColumn)},ROW())`
  const row = own === undefined ? '"#"&ROW()' : `IF(${own}="","#"&ROW(),LEFT(${own},FIND("@",${own}&"@")-1))`
  // ~ quotes the next character in what is looked up.
  const start = `${sheet}!${kind}|`.replaceAll('~', '~~').replaceAll('"', '""')
  const found = `VLOOKUP("${start}"&${row},${MARKS_NAME},2,FALSE)`
  return `=ISNUMBER(FIND(","&COLUMN()-COLUMN(${wholeColumn(firstColumn)})&",",${found}))`
}

function wholeColumn(column: number): string {
  const name = columnName(column)
  return `$${name}:$${name}`
}
