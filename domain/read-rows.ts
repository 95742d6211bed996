/**
 * Reads the rows below a header that was found: texts as typed, merged milestone cells as spans,
 * cells merged down as their text in each row, ids from the carrier column.
 */
import { parseCarrier } from './carrier.ts'
import { isBlank } from './fold.ts'
import type { Area, Grid } from './grid.ts'
import { cellAddress, textAt } from './grid.ts'
import { foldHeader } from './header-text.ts'
import type { Issue } from './issue.ts'
import type { Layout, SkippedKind } from './layout.ts'
import type { MergedCells } from './merged-cells.ts'
import { paintMerges } from './merged-cells.ts'
import type { RowView } from './row-kind.ts'
import { judgeRow } from './row-kind.ts'
import type { SheetSpec } from './sheet-spec.ts'
import { milestoneKeys } from './sheet-spec.ts'
import type { TableRow } from './table.ts'
import { PROVISIONAL } from './table.ts'

/** What a merged area means: one cell, a span of `length` milestones from `key`, or neither. */
type Meaning = { kind: 'cell' | 'span' | 'outside'; key?: string; length: number; keys: string[] }

type Reader = {
  grid: Grid
  spec: SheetSpec
  layout: Layout
  /** Column keys in sheet order. */
  keys: string[]
  /** Sheet column → column key. */
  owners: (string | undefined)[]
  merged: MergedCells
  meanings: Map<Area, Meaning>
  milestones: string[]
  formulas: Map<number, Set<number>>
  headers: Map<string, Set<string>>
}

/** Fills `rows`, `skipped` and `lastRow` of the layout, which is otherwise as findHeader made it. */
export function readRows(
  grid: Grid,
  spec: SheetSpec,
  header: Layout,
): { rows: TableRow[]; layout: Layout; issues: Issue[] } {
  const layout: Layout = { ...header, rows: [], skipped: [] }
  const reader = makeReader(grid, spec, layout)
  const rows: TableRow[] = []
  const issues: Issue[] = []
  let afterNote = false
  for (let at = layout.firstRow; at < grid.texts.length; at++) {
    const carried = layout.carrierColumn === undefined ? '' : textAt(grid, at, layout.carrierColumn)
    const carrier = parseCarrier(carried)
    if (!carrier) {
      const view = viewRow(reader, at)
      if (!view) continue
      const kind = judgeRow(view, reader.headers, afterNote)
      if (kind === 'note') afterNote = true
      if (kind) layout.skipped.push({ row: at, kind, text: titleOf(view, kind) })
      if (kind) continue
    }
    const row = readRow(reader, at, carrier ?? { rowId: `${PROVISIONAL}${at + 1}` }, rows.length, issues)
    if (!carrier && !isBlank(carried))
      issues.push({
        code: 'row/id-malformed',
        severity: 'error',
        rowId: row.rowId,
        index: rows.length,
        params: { text: carried, at: cellAddress(at, layout.carrierColumn!) },
      })
    rows.push(row)
    layout.rows.push(at)
    layout.lastRow = at
    afterNote = false
  }
  return { rows, layout, issues }
}

function makeReader(grid: Grid, spec: SheetSpec, layout: Layout): Reader {
  const keys = Object.keys(layout.columns).sort((a, b) => layout.columns[a]! - layout.columns[b]!)
  const owners: (string | undefined)[] = []
  const headers = new Map<string, Set<string>>()
  for (const key of keys) {
    const from = layout.columns[key]!
    for (let column = from; column < from + (layout.widths?.[key] ?? 1); column++) owners[column] = key
    const texts = new Set<string>()
    for (let row = layout.headerTop; row < layout.firstRow; row++) texts.add(foldHeader(textAt(grid, row, from)))
    headers.set(key, texts)
  }
  const formulas = new Map<number, Set<number>>()
  for (const { row, column } of grid.formulas) {
    if (!formulas.has(row)) formulas.set(row, new Set())
    formulas.get(row)!.add(column)
  }
  const bounds = { firstRow: layout.firstRow, endRow: grid.texts.length, endColumn: owners.length }
  return {
    grid,
    spec,
    layout,
    keys,
    owners,
    merged: paintMerges(grid.merges, bounds),
    meanings: new Map(),
    milestones: milestoneKeys(spec),
    formulas,
    headers,
  }
}

/** The row as a whole, to tell what it is; undefined where it has no text of its own. */
function viewRow(reader: Reader, at: number): RowView | undefined {
  const { grid, layout, keys, owners, merged } = reader
  const sources: { text: string; column: number; area?: Area }[] = []
  for (const [column, text] of (grid.texts[at] ?? []).entries())
    if (column !== layout.carrierColumn && !isBlank(text)) sources.push({ text, column, area: merged.at(at, column) })
  const above = keys.map((key) => merged.at(at, layout.columns[key]!)).filter((area) => area && area.row < at)
  if (sources.length === 0 && (above.length === 0 || above.length === keys.length)) return undefined
  for (const area of new Set(above)) {
    const text = textAt(grid, area!.row, area!.column)
    if (!isBlank(text)) sources.push({ text, column: area!.column, area })
  }
  if (sources.length === 0) return undefined
  const leftmost = sources.reduce((a, b) => (b.column < a.column ? b : a))
  const owner = owners[leftmost.column]
  const covered = leftmost.area ? meaningOf(reader, leftmost.area).keys : owner === undefined ? [] : [owner]
  return {
    texts: keys.map((key) => ({ key, text: sourceOf(reader, at, key).text })),
    first: leftmost.text,
    cells: sources.length,
    ...(sources.length === 1 && { lone: { text: leftmost.text, keys: covered } }),
  }
}

/** What the row says: its first text, and behind the number of a section its title. */
function titleOf({ first, texts, lone }: RowView, kind: SkippedKind): string {
  const task = texts.find(({ key }) => key === 'task')?.text ?? ''
  return (kind === 'section' && !lone ? `${first.trim()} ${task.trim()}` : first).trim()
}

function readRow(
  reader: Reader,
  at: number,
  carried: { rowId: string; ver?: number },
  index: number,
  issues: Issue[],
): TableRow {
  const row: TableRow = { ...carried, cells: {}, at }
  for (const { key } of reader.spec.columns) {
    if (reader.layout.columns[key] === undefined) continue
    const { text, covered, area, meaning, formula } = sourceOf(reader, at, key)
    if (covered) continue
    row.cells[key] = text
    if (meaning?.kind === 'span') row.spans = { ...row.spans, [key]: meaning.length }
    if (area && area.rows > 1) {
      row.mergedDown = [...(row.mergedDown ?? []), key]
      row.mergedAreas = { ...row.mergedAreas, [key]: areaAddress(area) }
    }
    if (formula) row.formulas = [...(row.formulas ?? []), key]
    if (area && meaning?.kind === 'outside' && meaning.keys[0] === key) {
      const where = { rowId: row.rowId, column: key, index }
      issues.push({ code: 'span/outside', severity: 'error', ...where, params: { at: areaAddress(area) } })
    }
  }
  return row
}

function areaAddress({ row, column, rows, columns }: Area): string {
  return `${cellAddress(row, column)}:${cellAddress(row + rows - 1, column + columns - 1)}`
}

/** The text that a column shows in a row, and the merged area it comes from. */
function sourceOf(reader: Reader, at: number, key: string) {
  const column = reader.layout.columns[key]!
  const area = reader.merged.at(at, column)
  const meaning = area && meaningOf(reader, area)
  const [row, from] = area ? [area.row, area.column] : [at, column]
  const owned = !meaning || meaning.key === key
  return {
    text: owned ? textAt(reader.grid, row, from) : '',
    covered: meaning?.kind === 'span' && !owned,
    area,
    meaning,
    formula: owned && (reader.formulas.get(row)?.has(from) ?? false),
  }
}

function meaningOf(reader: Reader, area: Area): Meaning {
  const known = reader.meanings.get(area)
  if (known) return known
  const meaning = judgeArea(reader, area)
  reader.meanings.set(area, meaning)
  return meaning
}

/**
 * A span covers milestone columns alone, in the spec's order. A cell merged with a column that has no
 * place in the table stays one cell, unless it is a milestone: its periods would be in doubt.
 */
function judgeArea({ owners, milestones }: Reader, area: Area): Meaning {
  const covered: (string | undefined)[] = []
  for (let column = area.column; column < Math.min(area.column + area.columns, owners.length); column++)
    covered.push(owners[column])
  const strays = area.column + area.columns > owners.length || covered.includes(undefined)
  const keys = [...new Set(covered)].filter((key) => key !== undefined)
  const key = owners[area.column]
  const from = milestones.indexOf(key ?? '')
  if (keys.length === 1 && key !== undefined && (from < 0 || !strays)) return { kind: 'cell', key, length: 1, keys }
  const isSpan = !strays && from >= 0 && keys.every((other, i) => other === milestones[from + i])
  return isSpan ? { kind: 'span', key, length: keys.length, keys } : { kind: 'outside', key, length: 1, keys }
}
