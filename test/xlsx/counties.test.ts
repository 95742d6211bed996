/**
 * Counties that the product was not made for: workbooks as offices produce them, each read, made a
 * plan, checked, drawn and read back, and compared with what a person reads in it (made by
 * test/fixtures/counties/make.py).
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkTable } from '../../domain/check.ts'
import { drawTable } from '../../domain/draw-table.ts'
import type { Grid } from '../../domain/grid.ts'
import { columnName } from '../../domain/grid.ts'
import { inferPlan } from '../../domain/infer-plan.ts'
import { matchRows } from '../../domain/match-rows.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { PlanFile } from '../../domain/protocol.ts'
import { readTable } from '../../domain/read-table.ts'
import type { Table } from '../../domain/table.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import { planTable } from '../../tools/draw-plan.ts'
import { readSeed } from '../../tools/read-seed.ts'
import { openWorkbook } from '../../xlsx/edit.ts'
import { readWorkbook } from '../../xlsx/read.ts'
import { writeWorkbook } from '../../xlsx/write.ts'

/** Rows and columns as Excel counts them. */
type Truth = {
  sheet: string
  header: [top: number, bottom: number]
  county: string
  year: number
  title: string
  columns: Record<string, string>
  extra: string[]
  periods: { label: string; from: string; to: string; dueOn: string }[]
  units: string[]
  groups: string[]
  sections: string[]
  notes: string[]
  /** Code, index of the row, column. */
  /** Code, row from 0, column; null where it speaks of the row. */
  defects: [string, number, string | null][]
  rows: {
    at: number
    cells: Record<string, string>
    spans: Record<string, number>
    lead: string[]
    supporting: string[]
  }[]
}

const FOLDER = 'test/fixtures/counties'
const NAMES = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.xlsx') ? [file.slice(0, -5)] : []))
const COUNTIES = await Promise.all(
  NAMES.map(async (name) => {
    const bytes = readFileSync(`${FOLDER}/${name}.xlsx`)
    const truth: Truth = JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8'))
    return { name, truth, bytes, sheets: (await readWorkbook(bytes)).sheets }
  }),
)

function infer(grid: Grid, registry?: UnitRegistry) {
  let count = 0
  return inferPlan(grid, { planId: 'p', newId: () => `n${++count}`, ...(registry && { registry }) })
}

function registryOf({ units, groups }: Truth): UnitRegistry {
  return { units: units.map((name, i) => ({ id: `u${i}`, name })), groups: groups.map((name) => ({ name })) }
}

/** What was drawn and what is expected, with 'no spans' in one spelling. */
function contentOf(rows: readonly { cells: Record<string, string>; spans?: Record<string, number> }[]) {
  return rows.map(({ cells, spans }) => ({ cells, spans: spans ?? {} }))
}

/** Issues beside the true defects, and the cells that have none, over everything that was ever read here. */
const alarms = { cells: 0, defects: 0, found: 0, false: 0 }

function countAlarms(cells: number, defects: string[], found: string[]): void {
  alarms.cells += cells
  alarms.defects += defects.length
  alarms.found += found.length
  alarms.false += found.filter((issue) => !defects.includes(issue)).length
}

describe.each(COUNTIES)('the workbook $name', ({ truth, bytes, sheets }) => {
  const grid = sheets.find(({ name }) => name === truth.sheet)!.grid
  const inferred = infer(grid)
  const file = inferred.file!
  const spec = breakdownSpec({ ...file.plan, state: 'collecting' })
  const read = readTable(grid, spec, { complete: true })
  const planRows = file.rows.map(({ rowId, cells }) => ({ rowId, ...cells, task: cells.task ?? '' }))

  test('holds one table, on the sheet where a person finds it', async () => {
    expect(sheets.filter((sheet) => infer(sheet.grid).file).map(({ name }) => name)).toEqual([truth.sheet])
    expect((await openWorkbook(bytes)).read(truth.sheet)).toEqual(grid)
  })

  test('gives the plan that a person reads in it', () => {
    expect(inferred.issues).toEqual([])
    expect(PlanFile.parse(file)).toEqual(file)
    const { county, year, title } = truth
    expect(file.plan).toMatchObject({ county, year, title })
    expect(file.plan.periods.map(({ label, from, to, dueOn }) => ({ label, from, to, dueOn }))).toEqual(truth.periods)
    expect(contentOf(file.rows)).toEqual(contentOf(truth.rows))
  })

  test('puts aside what is no task and reports it', () => {
    const params = (code: string, param: string) =>
      inferred.doubts.filter((doubt) => doubt.code === code).map((doubt) => doubt.params[param])
    expect(params('column/extra', 'header')).toEqual(truth.extra)
    expect(params('row/section', 'text')).toEqual(truth.sections)
    expect(params('row/note', 'text')).toEqual(truth.notes)
  })

  test('is read where it stands', () => {
    expect(read.issues).toEqual([])
    const layout = read.layout!
    const columns = Object.entries(layout.columns).map(([key, column]) => [key, columnName(column)])
    expect(Object.fromEntries(columns)).toEqual(truth.columns)
    expect([layout.headerTop + 1, layout.headerTop + layout.headerRows]).toEqual(truth.header)
    expect(layout.rows.map((row) => row + 1)).toEqual(truth.rows.map(({ at }) => at))
    expect(contentOf(read.table.rows)).toEqual(contentOf(truth.rows))
  })

  test('names its units, with a registry and without', () => {
    const expected = truth.rows.map(({ lead, supporting }) => ({ lead, supporting }))
    for (const registry of [undefined, registryOf(truth)]) {
      const result = infer(grid, registry)
      expect(result.file!.rows.map(({ lead, supporting }) => ({ lead, supporting }))).toEqual(expected)
      const unresolved = result.doubts.filter(({ code }) => code.startsWith('unit/'))
      expect(unresolved).toEqual([])
    }
    expect(file.registry.units.map(({ name }) => name).sort()).toEqual([...truth.units].sort())
    expect((file.registry.groups ?? []).map(({ name }) => name).sort()).toEqual([...truth.groups].sort())
  })

  test('is known again row by row', () => {
    const { table, matched, unmatched } = matchRows(read.table, planRows)
    expect(unmatched).toEqual([])
    expect(matched).toHaveLength(truth.rows.length)
    expect(table.rows.map(({ rowId }) => rowId)).toEqual(file.rows.map(({ rowId }) => rowId))
  })

  test('has exactly its true defects', () => {
    const { table } = matchRows(read.table, planRows)
    const planTasks = Object.fromEntries(planRows.map(({ rowId, task }) => [rowId, task]))
    for (const registry of [registryOf(truth), file.registry]) {
      const issues = checkTable(table, { registry, periods: file.plan.periods, planTasks })
      const found = issues.map(({ code, index, column }) => [code, index, column ?? null])
      const cells = table.rows.reduce((count, row) => count + Object.keys(row.cells).length, 0)
      countAlarms(cells, truth.defects.map(String), found.map(String))
      expect(found.sort()).toEqual([...truth.defects].sort())
    }
  })

  test('reads back from the workbook drawn of it, and has no defect that the original has not', async () => {
    const rows = file.rows.map(({ rowId, cells, spans }) => ({ rowId, ver: 1, cells, spans }))
    const table: Table = { spec, rows, complete: true }
    const model = drawTable(table, { name: '任务分解表', carrier: true })
    const written = await writeWorkbook([model], { title: truth.title, created: '2030-01-01T00:00:00Z' })
    const drawn = readTable((await readWorkbook(written)).sheets[0]!.grid, spec, { complete: true })
    expect(drawn.issues).toEqual([])
    expect(contentOf(drawn.table.rows)).toEqual(contentOf(rows))
    expect(drawn.table.rows.map(({ rowId, ver }) => [rowId, ver])).toEqual(rows.map(({ rowId, ver }) => [rowId, ver]))
    const issues = checkTable(drawn.table, { registry: registryOf(truth), periods: file.plan.periods })
    const structural = truth.defects.filter(([code]) => code !== 'cell/merged-down')
    expect(issues.map(({ code, index, column }) => [code, index, column ?? null]).sort()).toEqual(
      [...structural].sort(),
    )
  })
})

/** What is wrong in the texts of the two real notices, by 序号; looked up in the notices. */
const NOTICES: [string, string[]][] = [
  [
    'fengjie-2023',
    [
      '1 target/not-covered —',
      '1 target/not-covered —',
      '1 punctuation/doubled milestone.P6',
      '2 units/lead-is-supporting supportingUnits',
      '4 target/stage-only —',
      '7 text/no-stop milestone.P1',
      '8 target/stage-only —',
      '21 text/no-stop task',
      '21 text/repeated milestone.P3',
      '22 punctuation/wrong milestone.P6',
      '24 target/stage-only —',
      '28 target/stage-only —',
      '28 text/doubled-verb milestone.P3',
      '32 target/stage-only —',
      '32 units/named-two-ways milestone.P5',
      '32 units/named-two-ways milestone.P5',
      '35 text/doubled milestone.P3',
      '39 text/no-stop milestone.P1',
      '40 punctuation/doubled task',
      '42 target/stage-only —',
      '42 space/stray milestone.P1',
    ],
  ],
  ['chengkou-2023', []],
]

test.each(NOTICES)('the notice %s has exactly the defects that stand in it', async (seed, defects) => {
  const file = await readSeed(seed)
  const table = planTable(file)
  const issues = checkTable(table, { registry: file.registry, periods: file.plan.periods })
  const found = issues.map(({ code, index, column }) => `${table.rows[index!]!.cells.number} ${code} ${column ?? '—'}`)
  countAlarms(
    table.rows.reduce((count, row) => count + Object.keys(row.cells).length, 0),
    defects,
    found,
  )
  expect(found).toEqual(defects)
})

test('no clean cell in any of them raises an alarm', () => {
  expect(alarms).toEqual({ cells: 4198, defects: 83, found: 83, false: 0 })
})
