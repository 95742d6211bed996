/** The check with every rule on, as the pane and the Worker run it. */
import { checkTable, createChecker } from '../../domain/check.ts'
import type { CheckContext } from '../../domain/check-context.ts'
import type { Table } from '../../domain/table.ts'
import { interleave, median, timeOf } from './measure.ts'
import { formatMs, formatRatio, type Line, NONE, type Part } from './report.ts'
import { type BenchTable, createTable, reviseText } from './table.ts'

const GOALS_MS = { 42: 10, 2000: 300 }
/** Per row, the long table may cost this many times the short one and still count as linear. */
const LINEAR = 1.5
const FRAME_MS = 16

export const benchCheck: Part = async ({ rounds, shotMs }) => {
  const small = await createTable(42)
  const large = await createTable(2_000)
  const remembering = createChecker()
  remembering(large.table, contextOf(large))
  // Another text each time: what was found before must not help.
  let edits = 0
  const times = await interleave(
    {
      small: () => timeOf(() => checkTable(small.table, contextOf(small)), shotMs),
      large: () => timeOf(() => checkTable(large.table, contextOf(large)), shotMs),
      edited: () => timeOf(() => remembering(editOneCell(large.table, ++edits), contextOf(large)), shotMs),
    },
    rounds,
  )
  const line = (what: string, size: string, ms: number, goal: number): Line => ({
    what,
    size,
    ours: formatMs(ms),
    other: NONE,
    ratio: NONE,
    goal: `≤ ${goal} ms`,
    met: ms <= goal,
  })
  const perRow = { small: median(times.small) / 42, large: median(times.large) / 2_000 }
  const growth = perRow.large / perRow.small
  return [
    line('校验，全部规则', '42 行', median(times.small), GOALS_MS[42]),
    line('校验，全部规则', '2,000 行', median(times.large), GOALS_MS[2_000]),
    {
      what: '校验，每行用时',
      size: '2,000 比 42 行',
      ours: `${(perRow.large * 1000).toFixed(1)} µs`,
      other: `${(perRow.small * 1000).toFixed(1)} µs`,
      ratio: formatRatio(growth),
      goal: `线性，≤ ${LINEAR}×`,
      met: growth <= LINEAR,
    },
    line('改一格后校验', '2,000 行', median(times.edited), FRAME_MS),
  ]
}

function contextOf({ plan, registry, rows }: BenchTable): CheckContext {
  return {
    registry,
    periods: plan.periods,
    planTasks: Object.fromEntries(rows.map(({ rowId, cells }) => [rowId, cells.task ?? ''])),
    unconfirmed: new Set(rows.filter(({ spansConfirmed }) => !spansConfirmed).map(({ rowId }) => rowId)),
  }
}

/** The whole sheet as a host reads it again: rows are new objects, and one of them says something else. */
function editOneCell(table: Table, n: number): Table {
  const middle = Math.floor(table.rows.length / 2)
  const rows = table.rows.map((row, i) =>
    i === middle
      ? { ...row, cells: { ...row.cells, 'milestone.P1': reviseText(row.cells['milestone.P1'] ?? '', n) } }
      : { ...row, cells: { ...row.cells } },
  )
  return { ...table, rows }
}
