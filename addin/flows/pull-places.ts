/** Where the cells of a pull stand on the sheet, and which of them cannot be changed in place. Pure. */
import type { Area } from '../../domain/grid.ts'
import type { SpanTuple } from '../../domain/merge-result.ts'
import type { PulledCells } from '../../domain/pull.ts'
import { coveredColumns, type TableRow } from '../../domain/table.ts'
import { covers } from '../areas.ts'
import type { CellWrite } from '../sheet-host.ts'
import type { FoundReading } from './reading.ts'

/** Why cells stay as they are: a formula, a text merged over several rows, or periods that do not stand side by side. */
export type KeptReason = 'formula' | 'mergedDown' | 'apart'

/** What a host does: take apart, write, merge. In this order nothing that still holds text is covered. */
export type Placed = { split: Area[]; writes: CellWrite[]; join: Area[] }

/** Undefined where the cells can be changed. */
export function findKept({ layout, table, grid }: FoundReading, cells: PulledCells): KeptReason | undefined {
  const row = table.rows.find(({ rowId }) => rowId === cells.rowId)
  const { columns } = cells
  if (!row || columns.some((column) => row.mergedDown?.includes(column))) return 'mergedDown'
  if (columns.some((column) => row.formulas?.includes(column))) return 'formula'
  const places = columns.map((column) => layout.columns[column])
  if (places.includes(undefined)) return 'apart'
  // A text is written into the first cell of a merged area alone.
  const isFirst = (column: string) => {
    const place = layout.columns[column] ?? 0
    const area = grid.merges.find((merge) => covers(merge, row.at ?? 0, place))
    return !area || (area.row === row.at && area.column === place)
  }
  if (!Object.keys(cells.before.cells).every(isFirst)) return 'apart'
  if (!isMerged(cells)) return undefined
  const isSideBySide = places.every((place, i) => place === (places[0] ?? 0) + i)
  return isSideBySide && !columns.some((column) => layout.widths?.[column]) ? undefined : 'apart'
}

function isMerged({ before, after }: PulledCells): boolean {
  return [before, after].some(({ spans }) => Object.keys(spans).length > 0)
}

/** The cells as they are `before` turned into what they are `after`, on a row of the sheet. */
export function placeCells({ layout }: FoundReading, row: TableRow, cells: PulledCells): Placed {
  const at = row.at ?? 0
  const areas = (tuple: SpanTuple) =>
    Object.entries(tuple.spans).map(([column, span]) => areaOf(at, layout.columns[column] ?? 0, span))
  const isSame = isEqualSpans(cells.before, cells.after)
  const writes = cells.columns.flatMap((column) => {
    const place = layout.columns[column]
    const text = cells.after.cells[column] ?? ''
    const isCovered = isSame && cells.after.cells[column] === undefined
    if (place === undefined || isCovered || (isSame && cells.before.cells[column] === text)) return []
    return [{ row: at, column: place, text }]
  })
  return isSame ? { split: [], writes, join: [] } : { split: areas(cells.before), writes, join: areas(cells.after) }
}

function areaOf(row: number, column: number, columns: number): Area {
  return { row, column, rows: 1, columns }
}

function isEqualSpans(one: SpanTuple, other: SpanTuple): boolean {
  const keys = new Set([...Object.keys(one.spans), ...Object.keys(other.spans)])
  return [...keys].every((key) => one.spans[key] === other.spans[key])
}

/** A whole row written into an empty one. Columns that the sheet does not show are left out. */
export function placeRow({ layout }: FoundReading, row: TableRow, at: number, milestones: string[]): Placed {
  const writes = Object.entries(row.cells).flatMap(([column, text]) => {
    const place = layout.columns[column]
    return place === undefined || text === '' ? [] : [{ row: at, column: place, text }]
  })
  const join = Object.keys(row.spans ?? {}).flatMap((column) => {
    const places = coveredColumns(row, column, milestones).map((key) => layout.columns[key])
    const from = places[0]
    const isSideBySide = from !== undefined && places.every((place, i) => place === from + i)
    return isSideBySide ? [areaOf(at, from, places.length)] : []
  })
  return { split: [], writes, join }
}

/** Several of these as one. */
export function joinPlaced(placed: readonly Placed[]): Placed {
  return {
    split: placed.flatMap(({ split }) => split),
    writes: placed.flatMap(({ writes }) => writes),
    join: placed.flatMap(({ join }) => join),
  }
}
