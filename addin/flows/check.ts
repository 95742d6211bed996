/** 校验: checks the sheet in place and never writes to it. Kept up to date by live-check.ts. */
import type { Checker } from '../../domain/check.ts'
import type { Grid } from '../../domain/grid.ts'
import type { Issue } from '../../domain/issue.ts'
import type { Receipt } from '../../domain/protocol.ts'
import type { CheckResult, PlacedIssue } from '../checking-state.ts'
import { createTranslate, type MessageKey } from '../messages.ts'
import type { Notice } from '../state.ts'
import { type CheckReading, findIssues, readForCheck } from './check-reading.ts'
import { noteClearings } from './clearings.ts'
import { type Flow, notice, run, runQuietly } from './flow.ts'
import { activeGrid, namedGrid, snapshotOf } from './reading.ts'

/** The gravest first. */
export const SEVERITIES: readonly Issue['severity'][] = ['error', 'warning', 'ask', 'hint']

/** Checks the open sheet; with `sheet`, that one again. */
export function checkSheet(flow: Flow, sheet?: string): Promise<void> {
  return run(flow, 'busy.check', async () => {
    const grid = sheet === undefined ? await activeGrid(flow) : await namedGrid(flow, sheet)
    if (grid) await checkGrid(flow, grid)
  })
}

/** Checks a grid and shows the results; with `stays`, on the screen that is open. */
export async function checkGrid(flow: Flow, grid: Grid, options: { stays?: boolean } = {}): Promise<void> {
  const found = await readForCheck(flow, grid)
  if (found) showIssues(flow, (await flow.checking()).check, found, options.stays)
  else notice(flow, { tone: 'warning', text: 'sheet.noTable', params: { sheet: grid.name } })
}

function showIssues(flow: Flow, check: Checker, found: CheckReading, stays?: boolean): void {
  const { sheet, table } = found.reading
  const result = resultOf(check, found)
  noteClearings(flow, sheet, table)
  flow.dispatch({ type: 'checked', stays, check: result })
  markIssues(flow, result)
  notice(flow, foundNotice(flow, result))
}

/** What the check of a table came to. */
export function resultOf(check: Checker, found: CheckReading): CheckResult {
  const { sheet, table, layout } = found.reading
  const issues = findIssues(check, found)
  return {
    sheet,
    spec: table.spec,
    issues,
    snapshot: snapshotOf(table),
    stale: false,
    rows: table.rows.length,
    masterIssues: findMasterIssues(found, issues),
    table: table.rows,
    columns: layout?.columns ?? {},
    standing: [...found.standing.values()].flat(),
  }
}

/** Points out the cells where the host can do so without writing. What stays for a reason is no longer to be done. */
export function markIssues({ host }: Flow, { sheet, issues }: CheckResult): void {
  const marks = issues.flatMap(({ issue, mine, reason, row, column }) =>
    mine && !reason && row !== undefined && column !== undefined ? [{ row, column, severity: issue.severity }] : [],
  )
  host.showMarks?.(sheet, marks)
}

/** How many issues of each kind this person has to look at, in a sentence. */
export function foundNotice(flow: Flow, { issues }: CheckResult): Notice & { text: MessageKey } {
  const mine = issues.filter((placed) => placed.mine)
  const open = mine.filter(({ reason }) => !reason)
  const isGrave = open.some(({ issue }) => issue.severity === 'error' || issue.severity === 'warning')
  const t = createTranslate(flow.state().locale)
  const counts = SEVERITIES.flatMap((severity) => {
    const count = open.filter(({ issue }) => issue.severity === severity).length
    return count === 0 ? [] : [t(`found.${severity}`, { count })]
  })
  if (open.length < mine.length) counts.push(t('found.explained', { count: mine.length - open.length }))
  return {
    tone: open.length === 0 ? 'success' : isGrave ? 'warning' : 'info',
    text: mine.length > 0 ? 'check.found' : 'check.clean',
    params: { counts: counts.join(t('comma')) },
  }
}

/** Issues of the master's rows that stand in this sheet without being found there: what others wrote made them. */
function findMasterIssues({ reading, rows = [] }: CheckReading, found: PlacedIssue[]): Receipt['issues'] {
  const keyOf = ({ code, rowId, column }: { code: string; rowId?: string; column?: string }) =>
    `${code} ${rowId} ${column}`
  const known = new Set(found.map(({ issue }) => keyOf(issue)))
  const shown = new Set(reading.table.rows.map(({ rowId }) => rowId))
  return rows
    .filter(({ rowId }) => shown.has(rowId))
    .flatMap(({ issues = [] }) => issues)
    .filter((issue) => issue.severity !== 'hint' && !known.has(keyOf(issue)))
}

/** Brings the cell of an issue into view; `quietly`: the keys stay where they are. */
export function jumpTo(
  flow: Flow,
  sheet: string,
  row: number,
  column: number,
  options?: { quietly: boolean },
): Promise<void> {
  return runQuietly(flow, () => flow.host.jump(sheet, row, column, options))
}
