/**
 * 批注 of the master: on each cell whose text somebody changed, who changed it last, when and by which receipt; on
 * cells that wait for a decision or went back to their unit, that.
 */
import { toBeijingTime } from './beijing-time.ts'
import type { MasterReport } from './master-workbook.ts'
import type { TableRow } from './table.ts'

/** More notes make a workbook slow to open; what is left out stands in 变更记录. The newest come first. */
const MOST_SOURCES = 1000

/** The note on a cell of the master table, undefined where there is none. */
export function masterNotes(report: MasterReport): (row: TableRow, column: string) => string | undefined {
  const lines = new Map<string, string[]>()
  const add = (rowId: string, column: string, line: string) => {
    const key = cellKey(rowId, column)
    const known = lines.get(key)
    if (known) known.push(line)
    else lines.set(key, [line])
  }
  for (const key of openConflictCells(report)) lines.set(key, ['冲突：待裁定'])
  for (const { rowId, column = WHOLE_ROW, reason } of report.returns ?? []) add(rowId, column, `退回：${reason}`)
  for (const [key, source] of lastSources(report)) {
    const known = lines.get(key)
    if (known) known.push(source)
    else lines.set(key, [source])
  }
  return (row, column) => lines.get(cellKey(row.rowId, column))?.join('\n')
}

/** The cells of open conflicts; one of a whole row stands at its number. */
export function openConflictCells({ conflicts }: Pick<MasterReport, 'conflicts'>): Set<string> {
  return new Set(
    conflicts
      .filter(({ status }) => status === 'open')
      .flatMap(({ rowId, column, columns }) => (columns ?? [column ?? WHOLE_ROW]).map((key) => cellKey(rowId, key))),
  )
}

/** The cells that went back to their units. */
export function returnedCells({ returns = [] }: Pick<MasterReport, 'returns'>): Set<string> {
  return new Set(returns.map(({ rowId, column = WHOLE_ROW }) => cellKey(rowId, column)))
}

/** Where a remark on a whole row stands. */
const WHOLE_ROW = 'number'

export function cellKey(rowId: string, column: string): string {
  return `${rowId}\n${column}`
}

/** By cell: who changed it last. Events come in the order in which they happened. */
function lastSources({ events }: MasterReport): Map<string, string> {
  const sources = new Map<string, string>()
  for (const event of [...events].reverse())
    for (const { column, new: text } of event.changes) {
      const key = cellKey(event.rowId, column)
      if (sources.size >= MOST_SOURCES) return sources
      // A covered cell has no text of its own; the one that covers it changed in the same event.
      if (text !== null && !sources.has(key)) sources.set(key, describeSource(event))
    }
  return sources
}

const DEEDS = {
  insert: '报送',
  update: '报送',
  delete: '删除',
  resolve: '裁定冲突',
  confirm: '确认期次',
  move: '调整次序',
  adjust: '任务调整',
  correct: '勘误',
} as const

/** 县教委 2023-11-10 09:12 报送（回执20231110-0007） */
function describeSource({ by, at, kind, receipt, documentNumber }: MasterReport['events'][number]): string {
  const deed = receipt === '' && DEEDS[kind] === '报送' ? '修改' : DEEDS[kind]
  const paper = receipt !== '' ? `回执${receipt}` : documentNumber
  return `${by} ${toBeijingTime(at)} ${deed}${paper === undefined ? '' : `（${paper}）`}`
}
