/**
 * Makes a plan from a county's own issued table, in a layout never seen before: its columns mapped,
 * its spans read from the real merges, its units resolved. Whatever is not plain to see comes back
 * as a doubt for the commission.
 */
import { isBlank } from './fold.ts'
import type { Grid } from './grid.ts'
import { cellAddress } from './grid.ts'
import { foldHeader } from './header-text.ts'
import type { HeaderColumn, HeaderWindow } from './header-window.ts'
import { findHeaderWindow } from './header-window.ts'
import type { ColumnReading } from './infer-columns.ts'
import { isLikelyHeader, readColumns, scoreColumns } from './infer-columns.ts'
import type { Doubt } from './infer-periods.ts'
import { inferPeriods } from './infer-periods.ts'
import { readTitle, yearOf } from './infer-title.ts'
import { buildRegistry, relateUnits } from './infer-units.ts'
import type { Issue } from './issue.ts'
import type { Layout } from './layout.ts'
import { layOut } from './layout.ts'
import type { Plan, PlanColumn } from './plan.ts'
import { breakdownSpec, milestoneKey } from './plan.ts'
import type { PlanFile } from './protocol.ts'
import { readRows } from './read-rows.ts'
import type { TableRow } from './table.ts'
import { isProvisional } from './table.ts'
import type { UnitRegistry } from './units.ts'

export type { Doubt } from './infer-periods.ts'

/** What the caller knows better than the table; `newId` gives the rows their ids. */
export type InferOptions = {
  planId: string
  county?: string
  year?: number
  registry?: UnitRegistry
  newId: () => string
}

/**
 * `checkRegistry`, present where `file` is: the units to check this very table by. A registry made of the
 * table lacks there the rare names that stand for one used more often.
 */
export type InferResult = { file?: PlanFile; checkRegistry?: UnitRegistry; doubts: Doubt[]; issues: Issue[] }

/** Header over milestones that stand without one. */
const DEFAULT_GROUP = '阶段性目标'

/**
 * The plan file of the table on this sheet. `file` is absent where there is no such table
 * (header/missing) or its year or county is nowhere to be found (plan/no-year, plan/no-county).
 *
 * Doubts: column/extra {header, at}, column/assumed {header, at, column}, period/undated,
 * period/unordered, period/next-year {label}, row/section {text, at}, row/note {text, at},
 * row/merged-down {column}, row/formula {column}, row/blank-milestones {count}, row/no-task,
 * unit/unresolved {text, column}, unit/maybe-same {text, other}, unit/two-names {text, other}, lead/group {text}, lead/none.
 */
export function inferPlan(grid: Grid, options: InferOptions): InferResult {
  const window = findHeaderWindow(grid, isLikelyHeader, scoreColumns)
  if (!window) return refuse('header/missing', { header: '重点任务' })
  const reading = readColumns(window.columns)
  const heading = readTitle(grid, window.top)
  const year = options.year ?? heading.year ?? yearOfHeaders(reading)
  const county = options.county ?? heading.county
  if (year === undefined) return refuse('plan/no-year', {})
  if (county === undefined) return refuse('plan/no-county', {})

  const labels = reading.milestones.map((header) => ({ label: header.text, texts: [] as string[] }))
  const title = heading.title || `${county}${year}年民生实事任务分解表`
  const plan: Plan = {
    id: options.planId,
    county,
    year,
    title,
    titleLines: heading.titleLines.length > 0 ? heading.titleLines : [title],
    state: 'collecting',
    periods: inferPeriods(labels, year).periods,
    columns: planColumns(reading),
  }
  const header = layOut(window, placeColumns(reading), reading.carrier)
  const { rows: sheetRows, layout, issues } = readRows(grid, breakdownSpec(plan), header)
  for (const [i, label] of labels.entries()) label.texts = textsOfPeriod(sheetRows, plan, i)
  const { periods, doubts: periodDoubts } = inferPeriods(labels, year)

  const ids = new Map<TableRow, string>()
  const used = new Set<string>()
  for (const row of sheetRows) {
    const rowId = isProvisional(row.rowId) || used.has(row.rowId) ? options.newId() : row.rowId
    used.add(rowId)
    ids.set(row, rowId)
  }
  const cells = sheetRows.map((row) => ({
    rowId: ids.get(row)!,
    lead: row.cells.leadUnits ?? '',
    supporting: row.cells.supportingUnits ?? '',
  }))
  const built = options.registry
    ? undefined
    : buildRegistry(cells.flatMap(({ lead, supporting }) => [lead, supporting]))
  const registry = options.registry ?? built!.registry
  const { relations, doubts: unitDoubts } = relateUnits(cells, registry)
  const { state: _, ...planFields } = { ...plan, periods }
  const outside = new Set(issues.flatMap(({ code, index }) => (code === 'span/outside' ? [index] : [])))
  return {
    file: {
      plan: planFields,
      registry,
      rows: sheetRows.map((row, i) => ({
        rowId: ids.get(row)!,
        cells: row.cells,
        ...(row.spans && { spans: row.spans }),
        spansConfirmed: !outside.has(i),
        ...relations[i]!,
      })),
    },
    checkRegistry: built?.certain ?? registry,
    doubts: [
      ...columnDoubts(window, reading),
      ...periodDoubts,
      ...skippedDoubts(layout),
      ...sheetRows.flatMap((row) => rowDoubts(row, ids.get(row)!)),
      ...(built?.doubts ?? []),
      ...unitDoubts,
    ],
    issues: issues.map((issue) =>
      issue.index === undefined ? issue : { ...issue, rowId: ids.get(sheetRows[issue.index]!) },
    ),
  }
}

function refuse(code: string, params: Issue['params']): InferResult {
  return { doubts: [], issues: [{ code, severity: 'error', params }] }
}

function yearOfHeaders({ single, group }: ColumnReading): number | undefined {
  const texts = [...Object.values(single).map((header) => header.text), group ?? '']
  return texts.map(yearOf).find((year) => year !== undefined)
}

/** The county's own headers in its own order. */
function planColumns({ single, milestones, group }: ColumnReading): PlanColumn[] {
  const clean = (text: string) => text.replace(/\s+/g, '').slice(0, 200)
  const placed = Object.entries(single).map(([key, header]) => ({
    at: header.column,
    column: { key: key as PlanColumn['key'], header: clean(header.text) },
  }))
  if (milestones[0])
    placed.push({ at: milestones[0].column, column: { key: 'milestones', header: clean(group ?? DEFAULT_GROUP) } })
  return placed.sort((a, b) => a.at - b.at).map(({ column }) => column)
}

function placeColumns({ single, milestones }: ColumnReading): Map<string, HeaderColumn> {
  const placed = new Map<string, HeaderColumn>(Object.entries(single))
  for (const [i, header] of milestones.entries()) placed.set(milestoneKey(`P${i + 1}`), header)
  return placed
}

/** Texts due in a period: those that stand or end in its column. */
function textsOfPeriod(rows: TableRow[], plan: Plan, period: number): string[] {
  return rows.flatMap((row) => {
    for (let from = period; from >= 0; from--) {
      const key = milestoneKey(plan.periods[from]!.key)
      const text = row.cells[key]
      if (text === undefined) continue
      return from + (row.spans?.[key] ?? 1) - 1 === period ? [text] : []
    }
    return []
  })
}

function columnDoubts(window: HeaderWindow, { extra, assumed }: ColumnReading): Doubt[] {
  const at = (header: HeaderColumn) => cellAddress(window.top + window.levels - 1, header.column)
  return [
    ...extra.map((header) => ({ code: 'column/extra', params: { header: foldHeader(header.text), at: at(header) } })),
    ...assumed.map(({ key, header }) => ({
      code: 'column/assumed',
      params: { header: foldHeader(header.text), at: at(header), column: key },
    })),
  ]
}

function skippedDoubts(layout: Layout): Doubt[] {
  return layout.skipped
    .filter(({ kind }) => kind !== 'header')
    .map(({ row, kind, text }) => ({ code: `row/${kind}`, params: { text, at: cellAddress(row, 0) } }))
}

function rowDoubts(row: TableRow, rowId: string): Doubt[] {
  const doubts: Doubt[] = []
  for (const column of row.mergedDown ?? []) doubts.push({ code: 'row/merged-down', rowId, params: { column } })
  for (const column of row.formulas ?? []) doubts.push({ code: 'row/formula', rowId, params: { column } })
  if (isBlank(row.cells.task ?? '')) doubts.push({ code: 'row/no-task', rowId, params: {} })
  const blank = Object.entries(row.cells).filter(([key, text]) => key.startsWith('milestone.') && isBlank(text))
  if (blank.length > 0) doubts.push({ code: 'row/blank-milestones', rowId, params: { count: blank.length } })
  return doubts
}
