/** Reading a sheet for its check: by the open plan or by what the sheet itself says, and what a rule may know of it. */
import { reasonFor, standingByRow, targetAnswers } from '../../domain/annotation.ts'
import type { Checker } from '../../domain/check.ts'
import { type CheckContext, planContext } from '../../domain/check-context.ts'
import type { Grid } from '../../domain/grid.ts'
import type { Issue } from '../../domain/issue.ts'
import { matchRows } from '../../domain/match-rows.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import type { PlanDetail, ServerRow } from '../../domain/protocol.ts'
import { returnedIssues } from '../../domain/review.ts'
import { isProvisional } from '../../domain/table.ts'
import type { PlacedIssue, Said } from '../checking-state.ts'
import type { Flow } from './flow.ts'
import { inferredPlan } from './inferred-plan.ts'
import { isStray, type Reader, readerOf } from './left-out.ts'
import { placeOf, type Reading, readGrid, readLedgerInfos, tasksOf } from './reading.ts'

/** `isUnit`: the reader knows only its own rows of the plan. `standing`: what was said of rows as they read, by rowId. */
export type CheckReading = {
  reading: Reading
  context: CheckContext
  rows?: ServerRow[]
  isUnit: boolean
  reader: Reader
  standing: ReadonlyMap<string, Said[]>
}

/**
 * The table of a grid by the open plan, or by what the sheet itself says; undefined where neither
 * finds one. Rows without an id are matched with the plan's by equal text, so that a sheet need not
 * be recognised to be checked. `changed`: as for `SheetHost.read`, of what the workbook says about its tables.
 */
export async function readForCheck(flow: Flow, grid: Grid, changed?: []): Promise<CheckReading | undefined> {
  const { plan: open, rows, me } = flow.state()
  const plan = open ?? (await inferredPlan(flow, grid))
  if (!plan) return undefined
  const info = (await readLedgerInfos(flow, changed)).find(({ sheet }) => sheet === grid.name)
  const reading = readGrid(grid, breakdownSpec(plan.plan), info?.complete)
  const isUnit = me?.actor.role === 'unit'
  const reader = readerOf({ me, plan })
  if (!rows) return { reading, isUnit, reader, ...withStanding(flow, reading, plainContext(plan), []) }
  const matched = { ...reading, table: matchRows(reading.table, tasksOf(rows)).table }
  const context = sheetContext(matched, plan, rows.rows, isUnit)
  return { reading: matched, rows: rows.rows, isUnit, reader, ...withStanding(flow, matched, context, rows.rows) }
}

/** What was said of a sheet and no server keeps, in the order in which it was said. */
export function saidHere(flow: Flow, sheet: string): Said[] {
  return (flow.state().saidHere ?? []).filter((one) => one.sheet === sheet).map(({ said }) => said)
}

/** What was said of these very texts, and the context with the answers among it. */
function withStanding(flow: Flow, { sheet, table }: Reading, context: CheckContext, rows: readonly ServerRow[]) {
  const said: Said[] = [...rows.flatMap(({ annotations = [] }) => annotations), ...saidHere(flow, sheet)]
  const standing = standingByRow(table.spec, table.rows, said)
  return { standing, context: { ...context, answers: targetAnswers(standing) } }
}

function plainContext({ plan, registry }: PlanDetail): CheckContext {
  return planContext(plan, registry)
}

/**
 * A unit is told only its own rows, so an id that it does not know is not wrong: such rows are
 * given as the sheet has them, and only its own can be found shifted.
 */
function sheetContext({ table }: Reading, plan: PlanDetail, rows: ServerRow[], isUnit: boolean): CheckContext {
  const carried = isUnit ? table.rows.filter((row) => !isProvisional(row.rowId)) : []
  return {
    ...plainContext(plan),
    planTasks: Object.fromEntries([...carried, ...rows].map((row) => [row.rowId, row.cells.task ?? ''])),
    planTexts: Object.fromEntries(rows.map((row) => [row.rowId, row.cells])),
    mayChangeTexts: !isUnit && plan.plan.state === 'collecting',
    unconfirmed: new Set(rows.filter((row) => !row.spansConfirmed).map((row) => row.rowId)),
  }
}

/** Every issue of the sheet, those of reading it first, then what was sent back, each with its cell and whether it is for this person to mend. */
export function findIssues(
  check: Checker,
  { reading, context, rows, isUnit, reader, standing }: CheckReading,
): PlacedIssue[] {
  const returned = returnedIssues([...standing.values()].flat())
  const found = reading.layout ? [...returned, ...check(reading.table, context)] : []
  const byId = new Map(reading.table.rows.map((row) => [row.rowId, row]))
  const heads = rows && new Map(rows.map((row) => [row.rowId, row]))
  // Without a plan there is nothing that the rows could be matched with.
  const told = rows ? found : found.filter(({ code }) => code !== 'row-id/none')
  return [...reading.issues, ...told].map((issue) => {
    const row = issue.index === undefined ? byId.get(issue.rowId ?? '') : reading.table.rows[issue.index]
    const place = placeOf(reading, row, issue.column)
    const head = heads?.get(row?.rowId ?? '')
    const isLost = !head && row !== undefined && WITHOUT_ID.includes(issue.code) && isStray(row, reader)
    const mine = !heads || !row || isLost || concerns(issue, head, isUnit)
    const reason = reasonFor(standing.get(issue.rowId ?? '') ?? [], issue)
    return {
      issue,
      mine,
      task: row?.cells.task ?? '',
      row: place?.row ?? row?.at,
      column: place?.column,
      ...(reason && { reason }),
    }
  })
}

/** What is said of rows that nobody can submit, whoever filled them in. */
const WITHOUT_ID = ['row-id/missing', 'row/id-malformed']

/** Whether this person may write the cell, or for an issue of a whole row anything in it. */
function concerns(issue: Issue, head: ServerRow | undefined, isUnit: boolean): boolean {
  if (!head) return !isUnit
  return issue.column === undefined ? head.writable.length > 0 : head.writable.includes(issue.column)
}
