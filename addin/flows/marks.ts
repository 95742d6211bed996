/** 标记: paints what a check found into the workbook, only when asked, and takes it away again. */
import { LEDGER_SHEET } from '../../domain/carrier.ts'
import { type MarkedCell, planPainting, readMarkedSheets } from '../../domain/marks.ts'
import type { CheckResult, PlacedIssue } from '../checking-state.ts'
import { createTranslate } from '../messages.ts'
import { formatTime } from '../ui/time.ts'
import { checkGrid } from './check.ts'
import { type Flow, notice, run, runQuietly } from './flow.ts'
import { namedGrid, readGrid } from './reading.ts'
import { unwritableCells } from './shade.ts'

/** Checks the sheet as it stands and marks what is open; with `shades`, also the cells that are others' to fill in. */
export function markSheet(flow: Flow, sheet: string, shades: boolean): Promise<void> {
  return run(flow, 'marks.painting', async () => {
    const grid = await namedGrid(flow, sheet)
    if (!grid) return
    await checkGrid(flow, grid, { stays: true })
    const { check } = flow.state()
    if (check?.sheet !== sheet) return
    const reading = readGrid(grid, check.spec)
    if (!reading.layout || check.table.length === 0) return
    const found = cellsOf(check)
    // Rows without ids are known by now: the check matched them with the plan's.
    const matched = { ...reading, table: { ...reading.table, rows: [...check.table] } }
    const shaded = shades ? unwritableCells(flow, matched) : []
    const cells: MarkedCell[] = [...found, ...shaded.map((place) => ({ ...place, kind: 'readonly' as const }))]
    const at = flow.now().toISOString()
    const painting = planPainting(grid, reading.layout, cells, at)
    await flow.host.paintMarks?.(painting)
    flow.dispatch({ type: 'marked', sheet, marks: { at, of: marksOf(check.issues), shades } })
    const count = new Set(found.map(({ row, column }) => `${row}:${column}`)).size
    const t = createTranslate(flow.state().locale)
    notice(flow, {
      tone: 'success',
      text: 'marks.painted',
      params: {
        time: formatTime(at),
        count,
        left: painting.left > 0 ? t('marks.left', { count: painting.left }) : '',
      },
    })
  })
}

/** Takes every mark of the sheet away. */
export function clearSheetMarks(flow: Flow, sheet: string): Promise<void> {
  return run(flow, 'marks.clearing', async () => {
    await flow.host.clearMarks?.(sheet)
    flow.dispatch({ type: 'marked', sheet, marks: undefined })
    notice(flow, { tone: 'success', text: 'marks.cleared' })
  })
}

/** Finds out which sheets were marked before the pane was opened. */
export function readMarks(flow: Flow): Promise<void> {
  return runQuietly(flow, async () => {
    const ledger = await flow.host.read(LEDGER_SHEET)
    const marks = ledger ? Object.fromEntries(readMarkedSheets(ledger)) : {}
    flow.dispatch({ type: 'marksRead', marks })
  })
}

/** What is still to be done about an issue and where it stands, as one text: marks of another one are out of date. */
export function marksOf(issues: readonly PlacedIssue[]): string {
  return issues
    .filter(isOpen)
    .map(({ issue }) => `${issue.rowId ?? issue.index}:${issue.column}:${issue.severity}`)
    .sort()
    .join('\n')
}

function isOpen({ mine, reason, row, column }: PlacedIssue): boolean {
  return mine && !reason && row !== undefined && column !== undefined
}

function cellsOf({ issues }: CheckResult): MarkedCell[] {
  return issues
    .filter(isOpen)
    .flatMap(({ issue, row, column }) =>
      row === undefined || column === undefined ? [] : [{ row, column, kind: issue.severity }],
    )
}
