/**
 * What of a sheet stays out of a submission unseen unless somebody says so: rows of which nobody can tell the task, and
 * tasks of this person that stand nowhere in the sheet. Pure functions between a table and the rows as the server has them.
 */
import { cellAddress } from '../../domain/grid.ts'
import { matchRows } from '../../domain/match-rows.ts'
import type { PlanDetail, RowList } from '../../domain/protocol.ts'
import { isProvisional, type TableRow } from '../../domain/table.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import type { LeftOut, LeftOutRow } from '../exchange-state.ts'
import { callNames } from './intake-unit.ts'
import { type FoundReading, tasksOf } from './reading.ts'
import { rowsById } from './submission.ts'

/** Whose rows are looked for: a unit by its name; without one, those of the whole plan. */
export type Reader = { unit?: string | undefined; registry: UnitRegistry }

/** The reader who is signed in. */
export function readerOf({ me, plan }: { me?: Me | undefined; plan?: PlanDetail | undefined }): Reader {
  const unit = me?.actor.role === 'unit' ? me.actor.name : undefined
  return { unit, registry: plan?.registry ?? { units: [] } }
}

type Me = { actor: { role: string; name: string } }

/** What a submission of this table leaves out. `rows`: as the reader is told them. */
export function findLeftOut(
  { table, layout, issues }: Pick<FoundReading, 'table' | 'layout' | 'issues'>,
  rows: RowList,
  reader: Reader,
): LeftOut {
  const heads = rowsById(rows)
  const found = new Map(matchRows(table, tasksOf(rows)).matched.map(({ index, rowId }) => [index, rowId]))
  const unreadable = new Set(issues.flatMap(({ code, index }) => (code === 'row/id-malformed' ? [index] : [])))
  const left: LeftOutRow[] = []
  let others = 0
  for (const [index, row] of table.rows.entries()) {
    if (!isProvisional(row.rowId) || row.at === undefined) continue
    const rowId = found.get(index)
    const head = rowId === undefined ? undefined : heads.get(rowId)
    const isOthers = head ? head.writable.length === 0 : !isStray(row, reader)
    if (isOthers) others++
    else {
      const why = unreadable.has(index) ? 'unreadable' : head ? 'unmarked' : 'stray'
      const column = layout.columns.task ?? 0
      const address = cellAddress(row.at, column)
      left.push({
        row: row.at,
        column,
        address,
        task: row.cells.task ?? '',
        why,
        ...(rowId !== undefined && { rowId }),
      })
    }
  }
  const own = rows.rows.filter(({ role, writable }) => role === 'lead' && writable.length > 0)
  const shown = new Set([...table.rows.map(({ rowId }) => rowId), ...found.values()])
  return {
    rows: left,
    others,
    own: own.length,
    known: own.filter(({ rowId }) => table.rows.some((row) => row.rowId === rowId)).length,
    missing: own.filter(({ rowId }) => !shown.has(rowId)).map(({ rowId }) => rowId),
  }
}

/**
 * Whether a row that is no row of the plan would be missed by this reader: it names the reader's unit as the lead, or
 * nobody that the county knows. In a table without that column nothing tells it from the tasks of others.
 */
export function isStray({ cells }: Pick<TableRow, 'cells'>, { unit, registry }: Reader): boolean {
  if (unit === undefined) return true
  const lead = cells.leadUnits
  if (lead === undefined) return false
  const isNamed = (names: readonly string[]) => names.some((name) => lead.includes(name))
  if (isNamed(callNames(unit, registry))) return true
  const known = [
    ...registry.units.flatMap(({ name }) => callNames(name, registry)),
    ...(registry.groups ?? []).flatMap(({ name, aliases = [] }) => [name, ...aliases]),
  ]
  return !isNamed(known)
}

/** Whether the rows left out are all that anybody would have to be told of. */
export function isNothingLeftOut({ rows, missing }: LeftOut): boolean {
  return rows.length === 0 && missing.length === 0
}

/** Rows that are tasks of the plan, or were once marked as such: recognising the sheet brings them back. */
export function lostRows({ rows }: LeftOut): LeftOutRow[] {
  return rows.filter(({ why }) => why !== 'stray')
}
