/** Comparing a known sheet with the newest master: asks the server for what only it knows, the bases. */

import type { RowList, RowVersions } from '../../domain/protocol.ts'
import { comparePull, pullKey } from '../../domain/pull.ts'
import type { TableRow } from '../../domain/table.ts'
import type { Flow } from './flow.ts'
import { findKept } from './pull-places.ts'
import type { Changed, PullPreview } from './pull-preview.ts'
import { type FoundReading, snapshotOf } from './reading.ts'
import { rememberVisit } from './remember-visit.ts'
import { rowsById } from './submission.ts'

/** How a sheet stands against the master now. Undefined without a plan. */
export async function compareSheet(flow: Flow, reading: FoundReading): Promise<PullPreview | undefined> {
  const { plan } = flow.state()
  if (!plan) return undefined
  const rows = await flow.api.rows(plan.plan.id)
  flow.dispatch({ type: 'rowsPulled', rows })
  await rememberVisit(flow)
  return compareWith(flow, reading, rows)
}

/** The same with the rows that were just read. */
export async function compareWith(flow: Flow, reading: FoundReading, rows: RowList): Promise<PullPreview | undefined> {
  const { table, layout, sheet } = reading
  const asked = olderRows(table.rows, rows)
  const versions = asked.length === 0 ? [] : (await flow.api.versions(rows.planId, { rows: asked })).rows
  const columns = table.spec.columns.map(({ key }) => key)
  const pull = comparePull({
    columns,
    present: new Set(columns.filter((column) => layout.columns[column] !== undefined)),
    sheet: table.rows,
    heads: rows.rows,
    bases: versions.map(({ rowId, cells, spans }) => ({ rowId, cells, ...(spans && { spans }) })),
  })
  const missing = new Set(pull.missing)
  const isWhole = table.complete
  return {
    sheet,
    snapshot: snapshotOf(table),
    pull,
    kept: keptOf(reading, [...pull.updates, ...pull.conflicts]),
    decisions: {},
    changed: changedOf(versions),
    missing: rows.rows.filter(({ rowId, role }) => missing.has(rowId) && (isWhole || role === 'lead')),
    isAdding: false,
    complete: isWhole,
  }
}

/** Rows of the sheet at another version than the master's, each once: of those the base is not known here. */
function olderRows(sheet: readonly TableRow[], rows: RowList): { rowId: string; ver: number }[] {
  const heads = rowsById(rows)
  const asked = sheet.flatMap(({ rowId, ver }) => {
    const head = heads.get(rowId)
    return head && ver && ver !== head.ver ? [{ rowId, ver }] : []
  })
  return [...new Map(asked.map((row) => [row.rowId, row])).values()]
}

function keptOf(reading: FoundReading, cells: readonly Parameters<typeof findKept>[1][]): PullPreview['kept'] {
  return Object.fromEntries(
    cells.flatMap((each) => {
      const reason = findKept(reading, each)
      return reason ? [[pullKey(each), reason]] : []
    }),
  )
}

function changedOf(versions: RowVersions['rows']): Record<string, Changed> {
  return Object.fromEntries(
    versions.flatMap(({ rowId, changed }) => changed.map(({ column, by, at }) => [`${rowId} ${column}`, { by, at }])),
  )
}
